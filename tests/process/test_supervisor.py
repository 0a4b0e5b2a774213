"""Every end of a child is one outcome, and nothing of it is left."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from axelered_box.domain.model_wire import ModelReply
from axelered_box.domain.models import Ask, Count, Counted
from axelered_box.domain.modules import Failure, Json, Step, StepLimits, StepMessage
from axelered_box.isolation import supervisor
from axelered_box.isolation.fork_server import ForkServer, ServerLost, ServerUnavailable

ROOT = Path(__file__).parents[2]
START = "import runpy, sys; sys.path.insert(0, {!r}); runpy.run_module('tests.hostile_modules', run_name='__main__')"
PROGRAM = [sys.executable, "-c", START.format(str(ROOT))]
MEMORY_BYTES = 256 << 20


@contextlib.asynccontextmanager
async def hostile_server(folder: Path) -> AsyncIterator[ForkServer]:
    """Run a fork server with the hostile modules."""
    server = ForkServer(folder / "children.log", PROGRAM)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


def work_folder(parent: Path, text: str = "words") -> Path:
    """Make a work folder with an input."""
    folder = parent / f"work-{time.time_ns()}"
    (folder / "out").mkdir(parents=True)
    (folder / "tmp").mkdir()
    (folder / "input").write_text(text, "utf-8")
    return folder


async def answer(ask: Ask) -> ModelReply:
    """Answer what a child asks: the number of words, and nothing else."""
    if isinstance(ask, Count):
        return ModelReply(answer=Counted(tokens=[len(text.split()) for text in ask.texts]))
    return ModelReply(failure=Failure(code="model_missing", message="There is no model."))


def message(module: str) -> StepMessage:
    """Return an order to a hostile module."""
    limits = StepLimits(memory_bytes=MEMORY_BYTES, max_pages=10, cpu_s=60)
    return StepMessage(
        module=module, step=Step(), options={}, file_name="a.txt", media_type="text/plain", limits=limits
    )


def times(deadline_s: float = 30, page_s: float = 30, silence_s: float = 30) -> supervisor.Times:
    """Return time limits."""
    return supervisor.Times(deadline_s=time.monotonic() + deadline_s, page_s=page_s, silence_s=silence_s)


async def end_of(
    server: ForkServer, parent: Path, module: str, limits: supervisor.Times | None = None
) -> supervisor.StepEnd:
    """Run a hostile module to its end."""
    return await supervisor.run(server, work_folder(parent), message(module), limits or times(), lambda _: None, answer)


def run(tmp_path: Path, work: Callable[[ForkServer], Coroutine[Any, Any, None]]) -> None:
    """Run a coroutine with a hostile server."""

    async def body() -> None:
        async with hostile_server(tmp_path) as server:
            await asyncio.wait_for(work(server), 50)

    asyncio.run(body())


def test_an_answer_brings_its_result_and_files(tmp_path: Path) -> None:
    """A module that answers has its result, its progress and its peak memory taken over."""
    progress: list[Json] = []

    async def work(server: ForkServer) -> None:
        folder = work_folder(tmp_path)
        end = await supervisor.run(server, folder, message("answer"), times(), progress.append, answer)

        assert end.failure is None
        assert end.result is not None and end.result.outputs[0].name == "a.txt"
        assert (folder / "out" / "a.txt").read_text("utf-8") == "WORDS"
        assert progress == [{"pagesTotal": 1}]
        assert end.peak_memory_bytes > 1 << 20

    run(tmp_path, work)


def test_a_child_asks_the_model_over_its_wire(tmp_path: Path) -> None:
    """What it asks is answered while it works, and what has no answer is the task's failure."""

    async def work(server: ForkServer) -> None:
        end = await end_of(server, tmp_path, "ask")
        assert end.result is not None
        assert end.result.result == {"words": [2, 3]}

        end = await end_of(server, tmp_path, "ask_in_vain")
        assert end.failure is not None
        assert (end.failure.code, end.of_child) == ("model_missing", False)

    run(tmp_path, work)


def test_what_a_child_asked_is_given_up_when_it_ends(tmp_path: Path) -> None:
    """Its end is told at once, and the model is not kept busy for nobody."""
    given_up: list[float] = []

    async def slowly(_: Ask) -> ModelReply:
        try:
            await asyncio.sleep(20)
        except asyncio.CancelledError:
            given_up.append(time.monotonic())
            raise
        return ModelReply()

    async def work(server: ForkServer) -> None:
        await server.warm()
        began = time.monotonic()
        folder = work_folder(tmp_path)
        end = await supervisor.run(server, folder, message("ask_and_die"), times(), lambda _: None, slowly)
        assert end.failure is not None
        assert (end.failure.code, end.of_child) == ("crashed", True)
        assert given_up
        assert given_up[0] - began < 5

    run(tmp_path, work)


@pytest.mark.parametrize(
    ("module", "code", "of_child"),
    [
        ("refuse", "too_odd", False),
        ("raise", "module_error", True),
        ("crash", "crashed", True),
        ("leave", "crashed", True),
        ("fill_memory", "out_of_memory", True),
        ("babble", "unreadable_answer", True),
    ],
)
def test_each_end_has_its_code(tmp_path: Path, module: str, code: str, of_child: bool) -> None:
    """A child that refuses, fails, crashes, runs out of memory or babbles ends with a code of its own."""

    async def work(server: ForkServer) -> None:
        end = await end_of(server, tmp_path, module)

        assert end.failure is not None
        assert (end.failure.code, end.of_child) == (code, of_child)
        assert "secret" not in end.failure.message

    run(tmp_path, work)


@pytest.mark.parametrize(
    ("module", "limits", "code", "page"),
    [
        ("hang", (1.0, 30.0, 30.0), "task_timed_out", None),
        ("hang", (30.0, 30.0, 1.0), "no_progress", None),
        ("hang_on_page", (30.0, 1.0, 30.0), "page_timed_out", 2),
    ],
)
def test_each_time_limit_ends_a_child(
    tmp_path: Path, module: str, limits: tuple[float, float, float], code: str, page: int | None
) -> None:
    """The limits of the task, of a page and of silence each end a child soon after they are reached."""

    async def work(server: ForkServer) -> None:
        began = time.monotonic()
        end = await end_of(server, tmp_path, module, times(*limits))

        assert end.failure is not None
        assert (end.failure.code, end.failure.page) == (code, page)
        assert end.task_out_of_time == (code == "task_timed_out")
        assert time.monotonic() - began < 10

    run(tmp_path, work)


def test_cancel_ends_the_whole_group(tmp_path: Path) -> None:
    """Cancelling the supervisor ends the child and what it started, before the cancellation is through."""

    async def work(server: ForkServer) -> None:
        job = asyncio.create_task(end_of(server, tmp_path, "bring_grandchildren"))
        pids = await grandchildren(tmp_path, 3)
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job
        await gone(pids)

    run(tmp_path, work)


def test_what_an_answering_child_started_is_ended_too(tmp_path: Path) -> None:
    """A process that a child leaves behind when it has answered is ended with its group."""

    async def work(server: ForkServer) -> None:
        end = await end_of(server, tmp_path, "leave_grandchild")

        assert end.failure is None
        await gone(await grandchildren(tmp_path, 1))

    run(tmp_path, work)


def test_a_lost_fork_server_is_replaced(tmp_path: Path) -> None:
    """When the fork server is killed its children end, those who wait are told, and the next child works."""

    async def work(server: ForkServer) -> None:
        job = asyncio.create_task(end_of(server, tmp_path, "bring_grandchildren"))
        await grandchildren(tmp_path, 3)
        assert server._process is not None
        os.kill(server._process.pid, signal.SIGKILL)
        with pytest.raises(ServerLost):
            await job

        end = await end_of(server, tmp_path, "answer")
        assert end.failure is None

    run(tmp_path, work)


def test_a_stuck_fork_server_is_killed(tmp_path: Path) -> None:
    """A fork server that does not carry out an order to end a child is killed, and another takes its place."""

    async def work(server: ForkServer) -> None:
        job = asyncio.create_task(end_of(server, tmp_path, "bring_grandchildren"))
        pids = await grandchildren(tmp_path, 3)
        assert server._process is not None
        os.kill(server._process.pid, signal.SIGSTOP)
        began = time.monotonic()
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job

        assert time.monotonic() - began < 10
        assert (await end_of(server, tmp_path, "answer")).failure is None
        for pid in pids:  # their parent died before it could end them
            os.kill(pid, signal.SIGKILL)

    run(tmp_path, work)


def test_a_fork_server_that_does_not_come_up_is_said_to_be_unavailable(tmp_path: Path) -> None:
    """When the program ends again and again, asking for a child fails at once instead of waiting."""

    async def body() -> None:
        server = ForkServer(tmp_path / "children.log", ["false"])
        await server.start()
        try:
            async with asyncio.timeout(20):
                while server.alive:  # noqa: ASYNC110  # the server tells nobody
                    await asyncio.sleep(0.1)
            with pytest.raises(ServerUnavailable):
                await server.fork(tmp_path)
        finally:
            await server.stop()

    asyncio.run(body())


def test_a_child_has_a_world_of_its_own(tmp_path: Path) -> None:
    """A child has an allow-listed environment, its folder as working directory, few descriptors, low priority."""
    os.environ["AXELERED_SECRET_OF_THE_TEST"] = "x"

    async def work(server: ForkServer) -> None:
        end = await end_of(server, tmp_path, "show_world")

        assert end.result is not None and end.result.result is not None
        seen = end.result.result
        assert "AXELERED_SECRET_OF_THE_TEST" not in seen["environment"]
        assert seen["environment"]["HOME"] == seen["cwd"]
        assert seen["cwd"].startswith(str(tmp_path))
        assert seen["nice"] >= 15
        assert seen["descriptors"] <= 6
        assert seen["session"] is True
        assert "a library prints" in end.log

    try:
        run(tmp_path, work)
    finally:
        del os.environ["AXELERED_SECRET_OF_THE_TEST"]


def test_many_forks_do_not_hang(tmp_path: Path) -> None:
    """Two hundred children, four at a time, all answer."""

    async def work(server: ForkServer) -> None:
        turn = asyncio.Semaphore(4)

        async def one() -> None:
            async with turn:
                assert (await end_of(server, tmp_path, "answer")).failure is None

        await asyncio.gather(*[one() for _ in range(200)])

    run(tmp_path, work)


async def grandchildren(folder: Path, count: int) -> list[int]:
    """Wait until hostile children have named so many processes they started; return their ids."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        found = [int(file.name.split("-")[1]) for file in folder.glob("grandchild-*")]
        if len(found) >= count:
            return found
        await asyncio.sleep(0.02)
    raise AssertionError("no grandchildren")


async def gone(pids: list[int]) -> None:
    """Check that processes end within 2 s."""
    end = time.monotonic() + 2
    while any(alive(pid) for pid in pids):
        assert time.monotonic() < end, "still running"
        await asyncio.sleep(0.02)


def alive(pid: int) -> bool:
    """Tell whether a process runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
