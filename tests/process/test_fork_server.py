"""A fork server that is lost, stuck or slow is replaced, and ends with the box."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from axelered_box.isolation.fork_server import ForkServer, ServerLost, ServerUnavailable
from tests.samples.hostile_server import ROOT, end_of, grandchildren, run


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


def test_many_forks_do_not_hang(tmp_path: Path) -> None:
    """Two hundred children, four at a time, all answer."""

    async def work(server: ForkServer) -> None:
        turn = asyncio.Semaphore(4)

        async def one() -> None:
            async with turn:
                assert (await end_of(server, tmp_path, "answer")).failure is None

        await asyncio.gather(*[one() for _ in range(200)])

    run(tmp_path, work)


BOX = """
import asyncio, sys
from pathlib import Path
from axelered_box.isolation.fork_server import ForkServer

async def main():
    server = ForkServer(Path(sys.argv[1]) / "children.log", [sys.executable, "-c", "import time; time.sleep(60)"])
    await server.start()
    print(server._process.pid, flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


def test_a_server_that_still_loads_ends_with_the_box(tmp_path: Path) -> None:
    """The kernel ends it when the box is killed, since it does not look at its socket yet."""
    with subprocess.Popen([sys.executable, "-c", BOX, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE) as box:
        assert box.stdout is not None
        server = int(box.stdout.readline())
        time.sleep(0.3)
        box.kill()
    deadline = time.monotonic() + 3
    while Path(f"/proc/{server}").exists() and "Z" not in Path(f"/proc/{server}/stat").read_text().split()[2]:
        assert time.monotonic() < deadline, "it goes on"
        time.sleep(0.02)
