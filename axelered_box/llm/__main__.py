"""The program of a model: it loads one and answers what comes over a socket."""

import argparse
import os
import socket
import sys
import time
from io import BufferedRWPair
from pathlib import Path
from typing import TYPE_CHECKING

from axelered_box import llm
from axelered_box.domain.model_wire import ModelReady, ModelRefused
from axelered_box.domain.models import ModelFailed
from axelered_box.domain.modules import Failure
from axelered_box.llm.serving import send, serve

if TYPE_CHECKING:
    from axelered_box.llm.runtime import LocalModel


def main(arguments: list[str]) -> None:
    """Load the model and serve it on the socket whose descriptor is told; end when the socket is closed."""
    told = _parser().parse_args(arguments)
    # The libraries print to where they like; nothing of it may reach the standard output.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    os.environ.update(llm.ENVIRONMENT)
    with socket.socket(fileno=told.socket) as ours, ours.makefile("rwb") as stream:
        _work(stream, told)


def _work(stream: BufferedRWPair, told: argparse.Namespace) -> None:
    began = time.monotonic()
    try:
        model = _load(told)
    except ModelFailed as error:
        send(stream, ModelRefused(failure=Failure(code=error.code, message=error.message)))
        return
    load_s = time.monotonic() - began
    send(stream, ModelReady(described=model.describe(), embeds=model.embeds, load_s=load_s, memory_bytes=_memory()))
    serve(stream, model)


def _load(told: argparse.Namespace) -> "LocalModel":
    try:
        from axelered_box.llm.runtime import LocalModel  # noqa: PLC0415  # reads the environment as it is loaded
    except (ImportError, OSError) as error:
        why = (
            f"llama.cpp, which runs language models, is not installed or does not load: {error}. Set the box up again."
        )
        raise ModelFailed("model_missing", why) from error
    return LocalModel(Path(told.model), told.context, told.name, told.threads)


def _memory() -> int:
    """Return how many bytes of this process are in memory."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="axelered_box.llm")
    parser.add_argument("socket", type=int, help="the descriptor of a connected stream socket")
    parser.add_argument("--model", required=True, help="a GGUF file")
    parser.add_argument("--name", help="the name by which results tell of it; that of the file when absent")
    parser.add_argument("--context", type=int, default=4096, help="the longest context in tokens")
    parser.add_argument("--threads", type=int, default=1, help="how many threads write; requests say how many read")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
