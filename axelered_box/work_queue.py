"""The doorbell: Huey on a SQLite file of its own wakes worker threads, which hand the work to the event loop.

Nothing is lost with a message: the tables of `box.db` say what there is to do, the queue is emptied at each start
and rung anew. A worker thread holds its place while the loop works, so there are as many tasks under way as threads.
"""

import asyncio
import logging
import math
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from huey import Huey
from huey.consumer import Consumer
from huey.storage import SqliteStorage

IDLE_WAIT_S = 1.0
BUSY_TIMEOUT_S = 5.0
STOP_WAIT_S = 5.0

RING_AGAIN_S = 600.0
"""After so long a ring that was not answered is taken for lost, as its message may be with an error of the queue."""

log = logging.getLogger(__name__)

Work = Callable[[str], Awaitable[None]]


class Doorbell:
    """One queue and its worker threads; `work` is called on the event loop with what was rung for."""

    def __init__(self, file: Path, name: str, workers: int, work: Work, timeout_s: float = BUSY_TIMEOUT_S) -> None:
        self._huey = Huey(
            name, results=False, storage_class=_WakingStorage, filename=str(file), fsync=False, timeout=timeout_s
        )
        self._huey.storage.flush_queue()
        self._work = work
        self._loop = asyncio.get_running_loop()
        self._ring = self._huey.task(name="ring")(self._answer)
        self._started = False
        self._rung: dict[str, float] = {}
        self._to_ring: asyncio.Queue[str] = asyncio.Queue()
        self._consumer = _EmbeddedConsumer(self._huey, workers=workers, periodic=False, scheduler_interval=60)
        self._ringing = asyncio.create_task(self._pass_on())

    def start(self) -> None:
        """Start the worker threads."""
        self._consumer.start()
        self._started = True

    def ring(self, *names: str) -> None:
        """Ask for work by its name; one that was rung for a short while ago and not yet answered is left alone."""
        now = time.monotonic()
        for name in names:
            if now - self._rung.get(name, -math.inf) > RING_AGAIN_S:
                self._rung[name] = now
                self._to_ring.put_nowait(name)

    @property
    def waiting(self) -> int:
        """Return how many rings have not been answered."""
        return len(self._rung)

    def check_health(self) -> None:
        """Replace worker threads that have died; call this from time to time."""
        try:
            self._consumer.check_worker_health()
        except RuntimeError:  # no thread could be started: the next call tries again
            log.exception("health_check_failed")

    async def stop(self) -> None:
        """Stop the worker threads; cancel the work first, for they wait for it."""
        self._ringing.cancel()
        self._consumer.stop_flag.set()
        self._huey.storage.wake_all()
        if self._started:
            await asyncio.to_thread(self._consumer.stop, True)
        self._huey.storage.close()

    async def _pass_on(self) -> None:
        """Hand rings to the queue, as many at a time as there are, off the event loop."""
        while True:
            names = [await self._to_ring.get()]
            while not self._to_ring.empty():
                names.append(self._to_ring.get_nowait())
            try:
                await asyncio.to_thread(self._enqueue, names)
            except Exception:  # a full disk, a lock: those who care ring again
                log.exception("ring_failed", extra={"fields": {"rings": len(names)}})
                for name in names:
                    self._rung.pop(name, None)

    def _enqueue(self, names: list[str]) -> None:
        for name in names:
            self._ring(name)

    def _answer(self, name: str) -> None:
        """On a worker thread: have the event loop do the work, and wait for it."""
        self._loop.call_soon_threadsafe(self._rung.pop, name, None)
        asyncio.run_coroutine_threadsafe(self._shielded(name), self._loop).result()

    async def _shielded(self, name: str) -> None:
        """Do the work; a failure is logged and not the end of the worker thread."""
        try:
            await self._work(name)
        except Exception:  # a worker thread outlives every failure; recovery finds the task again
            log.exception("work_failed", extra={"fields": {"work": name}})


class _WakingStorage(SqliteStorage):  # type: ignore[misc]  # huey has no types
    """Storage whose workers wait on a condition and not on a clock: measured 0.7 ms from ring to start, not 50."""

    blocking = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._bell = threading.Condition()
        super().__init__(*args, **kwargs)

    def enqueue(self, data: bytes, priority: float | None = None) -> None:
        """Add a message and wake a worker."""
        super().enqueue(data, priority)
        with self._bell:
            self._bell.notify()

    def wake_all(self) -> None:
        """Wake all workers, so that they see that they must stop."""
        with self._bell:
            self._bell.notify_all()

    def dequeue(self) -> bytes | None:
        """Return a message; wait for one for a while, so that a worker sees when it must stop."""
        with self._bell:
            message: bytes | None = super().dequeue()
            if message is not None:
                return message
            self._bell.wait(IDLE_WAIT_S)
        later: bytes | None = super().dequeue()
        return later


class _EmbeddedConsumer(Consumer):  # type: ignore[misc]  # huey has no types
    """A consumer inside a program that has signal handlers of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, shutdown_timeout=STOP_WAIT_S, **kwargs)

    def _set_signal_handlers(self) -> None:
        """Leave the signals to the program."""
