"""The model as a child sees it: what the child asks goes over its wire to the box, which has it answered."""

from collections.abc import Sequence
from io import BufferedRWPair
from typing import TypeVar

import msgspec

from axelered_box.domain import model_wire
from axelered_box.domain.models import (
    Answer,
    Ask,
    Count,
    Counted,
    Describe,
    Described,
    Embed,
    Embedded,
    Generate,
    Generated,
    Likelihood,
    ModelFailed,
    Question,
    Score,
    Scored,
)
from axelered_box.isolation import wire

A = TypeVar("A", bound=Answer)


class AskedModel:
    """A model at the other end of a stream; each call waits for the reply. It is the `Model` that modules get."""

    def __init__(self, stream: BufferedRWPair) -> None:
        self._stream = stream
        self._described: Described | None = None

    def describe(self) -> Described:
        """Return which model it is; asked once."""
        if self._described is None:
            self._described = self._ask(Describe(), Described)
        return self._described

    def score(self, shared: str, questions: Sequence[Question]) -> list[list[Likelihood]]:
        """Return the likelihoods of each question's answers; raises ModelFailed."""
        return self._ask(Score(shared=shared, questions=list(questions)), Scored).likelihoods

    def generate(self, ask: Generate) -> Generated:
        """Return the continuation of a prompt; raises ModelFailed."""
        return self._ask(ask, Generated)

    def embed(self, texts: Sequence[str]) -> list[list[float]] | None:
        """Return a vector for each text, None where the box has no model for it; raises ModelFailed."""
        return self._ask(Embed(texts=list(texts)), Embedded).vectors

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text; raises ModelFailed."""
        return self._ask(Count(texts=list(texts)), Counted).tokens

    def _ask(self, ask: Ask, kind: type[A]) -> A:
        """Send a question and return its answer; raises ModelFailed, and ConnectionError when the box is gone."""
        self._stream.write(msgspec.json.encode(wire.Asked(ask=ask)) + b"\n")
        self._stream.flush()
        line = self._stream.readline()
        if not line:
            raise ConnectionError("The box has closed the wire.")
        reply = model_wire.replies.decode(line)
        if reply.failure is not None:
            raise ModelFailed(reply.failure.code, reply.failure.message)
        if not isinstance(reply.answer, kind):
            raise ModelFailed("model_error", "The model gave an answer to another question.")
        return reply.answer
