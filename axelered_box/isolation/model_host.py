"""The one warm language model: its process is started at the first question, asked in turn, replaced when it fails.

A question that takes too long, or that nobody waits for any more, ends the process: a model cannot be interrupted.
The next question starts another, which takes about as long as reading the weights.
"""

import asyncio
import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import msgspec

from axelered_box.domain import model_wire
from axelered_box.domain.model_wire import ModelReady, ModelRefused, ModelReply, ModelRequest, failed
from axelered_box.domain.models import Ask
from axelered_box.domain.modules import Failure
from axelered_box.isolation import bound

MAX_REQUESTS = 5000
"""After so many questions the process is replaced, so that what a library leaks does not add up."""
LAST_BREATH_S = 0.1
"""So long a process that is given up may take to end by itself, since then its code tells why."""
MAX_LOG_BYTES = 1 << 20
_PASSED = ("LD_LIBRARY_PATH",)
_FIXED = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/nonexistent",
    "PYTHONHASHSEED": "0",
}

log = logging.getLogger(__name__)


class ModelFile(msgspec.Struct, frozen=True, kw_only=True):
    """The model that a question is for."""

    name: str
    path: str
    sha256: str
    context_tokens: int


class _Lost(Exception):
    """The process gave no answer: it crashed, or wrote something that is none."""


class _Process:
    """A model's process, and the stream to it."""

    def __init__(
        self, popen: "subprocess.Popen[bytes]", reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.popen = popen
        self.reader = reader
        self.writer = writer
        self.ready: ModelReady | None = None
        self.requests = 0

    async def line(self) -> bytes:
        """Return the next line; raise _Lost when there is none."""
        try:
            line = await self.reader.readline()
        except (ConnectionError, ValueError) as error:
            raise _Lost from error
        if not line.endswith(b"\n"):
            raise _Lost
        return line

    async def end(self) -> None:
        """End the process and wait until it is gone."""
        self.writer.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.popen.pid, signal.SIGKILL)
        await asyncio.to_thread(self.popen.wait)


class ModelHost:
    """The model's process; questions wait for one another."""

    def __init__(self, log_file: Path, program: list[str] | None = None) -> None:
        self._log_file = log_file
        self._program = program or _command()
        self._turn = asyncio.Lock()
        self._process: _Process | None = None
        self._model: ModelFile | None = None

    @property
    def ready(self) -> ModelReady | None:
        """Return what the loaded model told of itself, None while none is loaded."""
        return None if self._process is None else self._process.ready

    async def ask(
        self, model: ModelFile, ask: Ask, *, threads: AbstractContextManager[int], limit_s: float
    ) -> ModelReply:
        """Have a question answered by a model; what keeps it from that is the reply's failure.

        The threads are taken, and the time limit runs, from when the question's turn comes. Cancelling ends the
        process.
        """
        async with self._turn:
            try:
                with threads as count:
                    async with asyncio.timeout(limit_s):
                        reply = await self._ask(model, ModelRequest(ask=ask, threads=count))
            except TimeoutError:
                await self._end()
                return failed(
                    "model_timed_out",
                    f"The language model '{model.name}' did not answer within {limit_s:g} s (MODEL_TIMEOUT_SECONDS)."
                    " Raise the setting, take a smaller model, or send a shorter document.",
                )
            except _Lost:
                exit_code = await self._end()
                log.warning("model_lost", extra={"fields": {"model": model.name, "exit_code": exit_code}})
                return _crashed(model, exit_code, self._log_file)
            except BaseException:
                await asyncio.shield(self._end())
                raise
            return reply

    async def stop(self) -> None:
        """End the process."""
        await self._end()

    async def _ask(self, model: ModelFile, request: ModelRequest) -> ModelReply:
        """Send a question to the model's process, started if need be; raise _Lost."""
        stale = self._process is not None and self._process.requests >= MAX_REQUESTS
        if self._process is None or self._model != model or stale:
            refused = await self._start(model)
            if refused is not None:
                return ModelReply(failure=refused)
        process = self._process
        assert process is not None
        process.requests += 1
        try:
            process.writer.write(msgspec.json.encode(request) + b"\n")
            await process.writer.drain()
        except ConnectionError as error:
            raise _Lost from error
        try:
            return model_wire.replies.decode(await process.line())
        except msgspec.MsgspecError as error:
            raise _Lost from error

    async def _start(self, model: ModelFile) -> Failure | None:
        """Replace the process by one with this model; return why that is not possible."""
        await self._end()
        if not await asyncio.to_thread(Path(model.path).is_file):
            return Failure(
                code="model_missing",
                message=f"The file of the language model '{model.name}' is gone. Add it again with 'models add FILE'.",
            )
        ours, theirs = socket.socketpair()
        reader, writer = await asyncio.open_connection(sock=ours, limit=model_wire.MAX_LINE_BYTES)
        launching = asyncio.ensure_future(asyncio.to_thread(self._launch, model, theirs))
        try:
            await asyncio.shield(launching)
        except BaseException:
            writer.close()
            await asyncio.wait({launching})
            raise
        finally:
            if launching.done() and launching.exception() is None:
                self._process, self._model = _Process(launching.result(), reader, writer), model
        try:
            process = self._process
            assert process is not None
            opening = model_wire.openings.decode(await process.line())
        except msgspec.MsgspecError as error:
            raise _Lost from error
        if isinstance(opening, ModelRefused):
            await self._end()
            return opening.failure
        process.ready = opening
        fields = {"model": model.name, "load_s": opening.load_s, "memory_bytes": opening.memory_bytes}
        log.info("model_loaded", extra={"fields": fields})
        return None

    def _launch(self, model: ModelFile, theirs: socket.socket) -> "subprocess.Popen[bytes]":
        """Start the program with an environment that names nothing of the box's secrets."""
        full = self._log_file.exists() and self._log_file.stat().st_size > MAX_LOG_BYTES
        arguments = ["--model", model.path, "--name", model.name, "--context", str(model.context_tokens)]
        with theirs, self._log_file.open("wb" if full else "ab") as log_file:
            return subprocess.Popen(
                [*_bound(), *self._program, *arguments, str(theirs.fileno())],
                env={**_FIXED, **_passed(os.environ)},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log_file,
                stderr=log_file,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )

    async def _end(self) -> int | None:
        """End the process, if there is one; return its exit code where it ended by itself."""
        process, self._process, self._model = self._process, None, None
        if process is None:
            return None
        try:
            code = await asyncio.to_thread(process.popen.wait, LAST_BREATH_S)
        except subprocess.TimeoutExpired:
            code = None
        await process.end()
        return code


def _passed(outer: Mapping[str, str]) -> dict[str, str]:
    return {name: outer[name] for name in _PASSED if name in outer}


def _crashed(model: ModelFile, exit_code: int | None, log_file: Path) -> ModelReply:
    """Return what the end of a process means that gave no answer."""
    if exit_code == -signal.SIGKILL:
        return failed(
            "model_out_of_memory",
            f"The language model '{model.name}' was ended by the system, most likely for lack of memory."
            " Take a smaller model, or give the machine more memory.",
        )
    return failed(
        "model_crashed",
        f"The language model '{model.name}' crashed; {log_file.name} in the data folder says more. Try the run again;"
        " if it crashes again, the model's file may be damaged.",
    )


def _bound() -> list[str]:
    """Return the words before a command that make its process end with this one, whatever it is at."""
    if getattr(sys, "frozen", False):
        return []
    return [sys.executable, "-I", "-S", bound.__file__, str(os.getpid())]


def _command() -> list[str]:
    """Return the command that runs a model's program."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--model-server"]
    return [sys.executable, "-P", "-m", "axelered_box.llm"]
