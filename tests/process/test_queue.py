"""The doorbell rings once for each name, survives a queue that cannot be written, and stops when told."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

from axelered_box.work_queue import Doorbell


def test_each_ring_is_answered_once(tmp_path: Path) -> None:
    """Names that are rung several times before they are answered are answered once each."""

    async def body() -> list[str]:
        answered: list[str] = []

        async def work(name: str) -> None:
            answered.append(name)

        bell = Doorbell(tmp_path / "queue.db", "work", 2, work)
        for _ in range(3):
            bell.ring("a", "b", "c")
        bell.start()
        await until(lambda: len(answered) == 3)
        await bell.stop()
        return answered

    assert sorted(asyncio.run(body())) == ["a", "b", "c"]


def test_a_failure_is_not_the_end_of_a_worker(tmp_path: Path) -> None:
    """Work that raises, or is cancelled, leaves the one worker thread to the next."""

    async def body() -> None:
        answered: list[str] = []

        async def work(name: str) -> None:
            if name == "bad":
                raise LookupError
            if name == "cancelled":
                raise asyncio.CancelledError
            answered.append(name)

        bell = Doorbell(tmp_path / "queue.db", "work", 1, work)
        bell.start()
        bell.ring("bad", "cancelled", "good")
        await until(lambda: answered == ["good"])
        await bell.stop()

    asyncio.run(body())


def test_a_queue_that_was_locked_rings_later(tmp_path: Path) -> None:
    """While the queue's file cannot be written a ring is lost; the same ring afterwards is heard."""

    async def body() -> None:
        answered: list[str] = []

        async def work(name: str) -> None:
            answered.append(name)

        bell = Doorbell(tmp_path / "queue.db", "work", 1, work, timeout_s=0.2)
        bell.start()
        with contextlib.closing(sqlite3.connect(tmp_path / "queue.db", isolation_level=None)) as foreign:
            foreign.execute("BEGIN EXCLUSIVE")
            bell.ring("a")
            await until(lambda: bell.waiting == 0)
            foreign.execute("ROLLBACK")
        bell.ring("a")
        await until(lambda: answered == ["a"])
        await bell.stop()

    asyncio.run(body())


async def until(true: Callable[[], bool]) -> None:
    """Wait until a condition holds."""
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110  # any condition
            await asyncio.sleep(0.01)
