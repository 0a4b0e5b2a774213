"""The program: it counts words, gives back what it is to generate, and crashes, hangs or babbles when told to."""

import argparse
import os
import socket
import time

import msgspec

from axelered_box.domain import model_wire
from axelered_box.domain.model_wire import ModelReady, ModelRefused, ModelReply, Opening
from axelered_box.domain.models import (
    Answer,
    Ask,
    Count,
    Counted,
    Describe,
    Described,
    Embedded,
    Generate,
    Generated,
    Likelihood,
    Score,
    Scored,
)
from axelered_box.domain.modules import Failure


def _opening(name: str, context: int) -> Opening:
    if name == "broken":
        return ModelRefused(failure=Failure(code="model_broken", message="The file is damaged."))
    if name == "crashing":
        os._exit(3)
    described = Described(name=name, context_tokens=context, can_score=True)
    return ModelReady(described=described, embeds=False, load_s=0.0, memory_bytes=os.getpid())


def _answer(ask: Ask, described: Described) -> Answer:
    if isinstance(ask, Describe):
        return described
    if isinstance(ask, Count):
        return Counted(tokens=[len(text.split()) for text in ask.texts])
    if isinstance(ask, Generate):
        return Generated(text=_act(ask.prompt), finished=True, prompt_tokens=7, completion_tokens=2)
    if isinstance(ask, Score):
        rows = [[Likelihood(-float(len(answer)), 1) for answer in question.answers] for question in ask.questions]
        return Scored(likelihoods=rows, prompt_tokens=5)
    return Embedded(vectors=None)


def _act(prompt: str) -> str:
    if prompt == "crash":
        os.abort()
    if prompt == "hang":
        time.sleep(3600)
    return prompt.upper()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model")
    parser.add_argument("--name")
    parser.add_argument("--context", type=int)
    parser.add_argument("descriptor", type=int)
    told = parser.parse_args()
    with socket.socket(fileno=told.descriptor) as connection, connection.makefile("rwb") as stream:
        opening = _opening(told.name, told.context)
        stream.write(msgspec.json.encode(opening) + b"\n")
        stream.flush()
        if isinstance(opening, ModelRefused):
            return
        for line in stream:
            request = model_wire.requests.decode(line)
            babble = isinstance(request.ask, Generate) and request.ask.prompt == "babble"
            answer = b"words\n" if babble else _reply(request.ask, opening.described)
            stream.write(answer)
            stream.flush()


def _reply(ask: Ask, described: Described) -> bytes:
    return msgspec.json.encode(ModelReply(answer=_answer(ask, described))) + b"\n"


main()
