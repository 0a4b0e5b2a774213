"""A fork server whose modules misbehave, for the tests of what it does about them."""

import asyncio
import contextlib
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

from axelered_box.domain.model_wire import ModelReply
from axelered_box.domain.models import Ask, Count, Counted
from axelered_box.domain.modules import Failure, Step, StepLimits, StepMessage
from axelered_box.isolation import supervisor
from axelered_box.isolation.fork_server import ForkServer

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
