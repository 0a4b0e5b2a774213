"""How a model answers requests that come over a stream, one after the other."""

from io import BufferedRWPair
from typing import Protocol

import msgspec

from axelered_box.domain.model_wire import ModelReply, ModelRequest, requests
from axelered_box.domain.models import (
    Answer,
    Ask,
    Count,
    Counted,
    Describe,
    Embed,
    Embedded,
    Generate,
    Model,
    ModelFailed,
    Score,
    Scored,
)
from axelered_box.domain.modules import Failure


class ServedModel(Model, Protocol):
    """A model that also counts what it reads, and works with as many threads as it is told."""

    @property
    def tokens_read(self) -> int:
        """How many tokens it has read so far."""

    def use_threads(self, threads: int) -> None:
        """Work with so many threads from now on."""


def serve(stream: BufferedRWPair, model: ServedModel) -> None:
    """Answer each request of a stream until it ends."""
    while line := stream.readline():
        send(stream, _reply(requests.decode(line), model))


def send(stream: BufferedRWPair, message: msgspec.Struct) -> None:
    """Write one message as a line."""
    stream.write(msgspec.json.encode(message) + b"\n")
    stream.flush()


def _reply(request: ModelRequest, model: ServedModel) -> ModelReply:
    try:
        model.use_threads(request.threads)
        return ModelReply(answer=_answer(request.ask, model))
    except ModelFailed as error:
        return ModelReply(failure=Failure(code=error.code, message=error.message))


def _answer(ask: Ask, model: ServedModel) -> Answer:
    match ask:
        case Score():
            before = model.tokens_read
            likelihoods = model.score(ask.shared, ask.questions)
            return Scored(likelihoods=likelihoods, prompt_tokens=model.tokens_read - before)
        case Generate():
            return model.generate(ask)
        case Embed():
            return Embedded(vectors=model.embed(ask.texts))
        case Count():
            return Counted(tokens=model.count(ask.texts))
        case Describe():
            return model.describe()
