"""A model answers the requests of a stream in order, and its failures are answers too."""

import socket
import threading
from collections.abc import Iterator, Sequence
from typing import BinaryIO

import msgspec
import pytest

from axelered_box.domain.model_wire import ModelReply, ModelRequest, replies
from axelered_box.domain.models import (
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
from axelered_box.llm.serving import serve


class CountingModel:
    """A model whose likelihoods are the lengths of answers, and which notes its threads."""

    def __init__(self) -> None:
        self.tokens_read = 0
        self.threads: list[int] = []

    def use_threads(self, threads: int) -> None:
        self.threads.append(threads)

    def describe(self) -> Described:
        return Described(name="counting", context_tokens=10, can_score=True)

    def score(self, shared: str, questions: Sequence[Question]) -> list[list[Likelihood]]:
        self.tokens_read += len(shared)
        return [[Likelihood(-float(len(answer)), 1) for answer in one.answers] for one in questions]

    def generate(self, ask: Generate) -> Generated:
        raise ModelFailed("prompt_too_long", f"{len(ask.prompt)} is too long.")

    def embed(self, texts: Sequence[str]) -> list[list[float]] | None:
        return None if not texts else [[1.0] for _ in texts]

    def count(self, texts: Sequence[str]) -> list[int]:
        return [len(text) for text in texts]


@pytest.fixture
def served() -> Iterator[tuple[BinaryIO, CountingModel]]:
    """Give a stream to a model that is served in another thread."""
    ours, theirs = socket.socketpair()
    model = CountingModel()
    with theirs.makefile("rwb") as stream:
        worker = threading.Thread(target=serve, args=(stream, model))
        worker.start()
        with ours, ours.makefile("rwb") as own:
            yield own, model
            ours.shutdown(socket.SHUT_WR)
            worker.join(10)
        assert not worker.is_alive()
    theirs.close()


def asked(stream: BinaryIO, ask: Ask, threads: int = 1) -> ModelReply:
    stream.write(msgspec.json.encode(ModelRequest(ask=ask, threads=threads)) + b"\n")
    stream.flush()
    return replies.decode(stream.readline())


def test_each_question_has_its_kind_of_answer(served: tuple[BinaryIO, CountingModel]) -> None:
    """Every kind of request is answered by the part of the model that is for it."""
    stream, _ = served
    questions = [Question(text="?", answers=["a", "bcd"])]

    assert asked(stream, Describe()).answer == Described(name="counting", context_tokens=10, can_score=True)
    assert asked(stream, Score(shared="four", questions=questions)).answer == Scored(
        likelihoods=[[Likelihood(-1.0, 1), Likelihood(-3.0, 1)]], prompt_tokens=4
    )
    assert asked(stream, Count(texts=["ab", ""])).answer == Counted(tokens=[2, 0])
    assert asked(stream, Embed(texts=["ab"])).answer == Embedded(vectors=[[1.0]])
    assert asked(stream, Embed(texts=[])).answer == Embedded(vectors=None)


def test_a_failure_is_an_answer_and_the_next_question_is_answered(served: tuple[BinaryIO, CountingModel]) -> None:
    """What the model cannot do is told with its code; it goes on."""
    stream, model = served
    failure = asked(stream, Generate(prompt="long"), threads=2).failure

    assert failure is not None
    assert (failure.code, failure.message) == ("prompt_too_long", "4 is too long.")
    assert asked(stream, Count(texts=["a"])).answer == Counted(tokens=[1])
    assert model.threads == [2, 1]
