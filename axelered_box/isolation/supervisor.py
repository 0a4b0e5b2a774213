"""One step of a task, watched from its start to its end: every end of a child becomes one outcome."""

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec

from axelered_box.domain.model_wire import ModelReply
from axelered_box.domain.models import Ask
from axelered_box.domain.modules import Failure, Json, StepMessage, StepResult
from axelered_box.isolation import wire
from axelered_box.isolation.fork_server import Child, ForkServer

LOG_TAIL_BYTES = 4000
LAST_BREATH_S = 5.0
"""How long a child that has answered may take to end."""
NEAR_LIMIT = 0.9
"""A child that crashes with this part of its memory limit in use is taken to have run out of memory."""


OnAsk = Callable[[Ask], Awaitable[ModelReply]]
"""Has a question of a child's answered by a language model."""


class Times(msgspec.Struct, frozen=True, kw_only=True):
    """How long a child may take, in seconds."""

    deadline_s: float
    """The `time.monotonic` at which the task's time is up."""
    page_s: float
    silence_s: float


class StepEnd(msgspec.Struct, frozen=True, kw_only=True):
    """How a step ended: with a result, or with a failure."""

    result: StepResult | None = None
    failure: Failure | None = None
    of_child: bool = False
    """Whether the failure is that of the child (a crash, a time limit) and not the module's own answer."""
    task_out_of_time: bool = False
    peak_memory_bytes: int = 0
    log: str = ""


class _OutOfTime(Exception):
    """A limit was reached; the failure says which."""

    def __init__(self, failure: Failure, *, of_task: bool = False) -> None:
        super().__init__(failure.code)
        self.failure = failure
        self.of_task = of_task


class _Unreadable(Exception):
    """The child wrote something that is no line of the wire."""


class _Watch:
    """What a child has told so far, and the instant at which it must have told more."""

    def __init__(self, times: Times, on_progress: Callable[[Json], None]) -> None:
        self._times = times
        self._on_progress = on_progress
        self._heard = time.monotonic()
        self.page: int | None = None
        self._page_since = self._heard

    def hear(self, progress: Json) -> None:
        """Take a line of progress."""
        self._heard = time.monotonic()
        if "pageStarted" in progress:
            self.page, self._page_since = int(progress["pageStarted"]), self._heard
        if "pageDone" in progress:
            self.page = None
        self._on_progress(progress)

    def task_limit(self) -> tuple[float, _OutOfTime]:
        """Return the instant at which the task's time is up, and what it means."""
        task = Failure(
            code="task_timed_out",
            message="The work took longer than RUN_TIMEOUT_SECONDS allows. Split the document or raise the setting.",
            page=self.shown_page,
        )
        return self._times.deadline_s, _OutOfTime(task, of_task=True)

    def next_limit(self) -> tuple[float, _OutOfTime]:
        """Return the earliest instant at which a limit is reached, and what it means."""
        times = self._times
        silent = Failure(
            code="no_progress",
            message="The work gave no sign of progress for SILENCE_SECONDS and was ended.",
            page=self.shown_page,
        )
        limits = [
            self.task_limit(),
            (self._heard + times.silence_s, _OutOfTime(silent)),
        ]
        if self.page is not None:
            page = Failure(
                code="page_timed_out",
                message=f"Page {self.page + 1} took longer than PAGE_TIMEOUT_SECONDS allows.",
                page=self.page + 1,
            )
            limits.append((self._page_since + times.page_s, _OutOfTime(page)))
        return min(limits, key=lambda limit: limit[0])

    @property
    def shown_page(self) -> int | None:
        """Return the page being read, counted from 1."""
        return None if self.page is None else self.page + 1


async def run(
    server: ForkServer,
    folder: Path,
    message: StepMessage,
    times: Times,
    on_progress: Callable[[Json], None],
    on_ask: OnAsk,
) -> StepEnd:
    """Have a step done by a child in a work folder; return how it ended, the child and its group being gone.

    What the child asks the language model is answered by `on_ask`; the time that takes counts for the task only.

    Cancelling this coroutine ends the child before it returns. Raises ServerLost when the fork server died, and
    ServerUnavailable when no child could be started.
    """
    child = await server.fork(folder)
    watch = _Watch(times, on_progress)
    last: wire.Line | None = None
    late: _OutOfTime | None = None
    unreadable = False
    try:
        child.writer.write(msgspec.json.encode(message) + b"\n")
        last = await _last_line(child, watch, on_ask)
    except _OutOfTime as error:
        late = error
    except _Unreadable:
        unreadable = True
    except ConnectionError:
        last = None
    finally:
        child.writer.close()
        if not isinstance(last, wire.Answered | wire.Refused | wire.OutOfMemory | wire.Raised):
            await server.end(child)
    try:
        async with asyncio.timeout(LAST_BREATH_S):
            ended = await asyncio.shield(child.ended)
    except TimeoutError:
        await server.end(child)
        ended = await child.ended
    log = await asyncio.to_thread(_log_tail, folder)
    peak = ended.peak_memory_bytes
    if isinstance(last, wire.Answered):
        return StepEnd(result=last.result, peak_memory_bytes=peak, log=log)
    if isinstance(last, wire.Refused):
        return StepEnd(failure=last.failure, peak_memory_bytes=peak, log=log)
    if late is not None:
        failure = late.failure
    elif unreadable:
        failure = Failure(code="unreadable_answer", message="The work ended with an answer that cannot be read.")
    elif isinstance(last, wire.Raised):
        failure = Failure(
            code="module_error",
            message="The file could not be worked on, for a reason that the log of the box has.",
            page=watch.shown_page,
        )
    else:
        memory_bytes = ended.shared_memory_bytes + NEAR_LIMIT * message.limits.memory_bytes
        out_of_memory = isinstance(last, wire.OutOfMemory) or ended.peak_memory_bytes > memory_bytes
        failure = _failure_of(ended, watch, out_of_memory=out_of_memory)
    of_task = late is not None and late.of_task
    return StepEnd(failure=failure, of_child=True, task_out_of_time=of_task, peak_memory_bytes=peak, log=log)


async def _last_line(child: Child, watch: _Watch, on_ask: OnAsk) -> wire.Line | None:
    """Read lines until one ends the step; None when the child ended without one."""
    while True:
        limit, meaning = watch.next_limit()
        try:
            # not wait_for: that of Python 3.11 can swallow a cancellation
            async with asyncio.timeout(max(0.0, limit - time.monotonic())):
                text = await child.reader.readline()
        except TimeoutError:
            raise meaning from None
        except ValueError as error:
            raise _Unreadable from error
        if not text.endswith(b"\n"):
            return None
        try:
            line: wire.Line = wire.lines.decode(text)
        except msgspec.MsgspecError as error:
            raise _Unreadable from error
        if isinstance(line, wire.Asked):
            await _answer(child, watch, asyncio.ensure_future(on_ask(line.ask)))
            continue
        if not isinstance(line, wire.Told):
            return line
        try:
            watch.hear(line.progress)
        except (TypeError, ValueError) as error:
            raise _Unreadable from error


async def _answer(child: Child, watch: _Watch, answering: "asyncio.Future[ModelReply]") -> None:
    """Send a child the answer to its question; the task's time limit goes on meanwhile.

    Raises ConnectionError when the child ends before.
    """
    deadline_s, meaning = watch.task_limit()
    try:
        limit_s = max(0.0, deadline_s - time.monotonic())
        ends: set[asyncio.Future[Any]] = {answering, child.ended}
        await asyncio.wait(ends, timeout=limit_s, return_when=asyncio.FIRST_COMPLETED)
    finally:
        if not answering.done():
            answering.cancel()
            await asyncio.wait({answering})
    if answering.cancelled():
        if child.ended.done():
            raise ConnectionError("The child has ended while it waited.")
        raise meaning
    watch.hear({})
    child.writer.write(msgspec.json.encode(answering.result()) + b"\n")
    await child.writer.drain()


def _failure_of(ended: wire.Ended, watch: _Watch, *, out_of_memory: bool) -> Failure:
    """Return what the end of a child means that gave no answer."""
    page = watch.shown_page
    if out_of_memory or ended.exit_code == -signal.SIGKILL:
        return Failure(
            code="out_of_memory",
            message="The work needed more memory than TASK_MEMORY_BYTES allows. Split the file or raise the setting.",
            page=page,
        )
    if ended.exit_code == -signal.SIGXCPU:
        return Failure(
            code="task_timed_out", message="The work took more CPU time than RUN_TIMEOUT_SECONDS allows.", page=page
        )
    return Failure(
        code="crashed",
        message="The program that reads the file crashed on it; the file may be damaged. Other files are not affected.",
        page=page,
    )


def _log_tail(folder: Path) -> str:
    """Return the end of what the child and its libraries printed."""
    try:
        with (folder / "log").open("rb") as file:
            file.seek(max(0, file.seek(0, 2) - LOG_TAIL_BYTES))
            return file.read().decode("utf-8", errors="replace")
    except FileNotFoundError:
        return ""
