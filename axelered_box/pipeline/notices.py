"""Who in this process waits to hear of a run: the ones that long-poll and the ones that read its events."""

import asyncio
import contextlib
from collections.abc import Iterator


class Watch:
    """One that waits for news of a run."""

    def __init__(self, *, ends_only: bool) -> None:
        self.ends_only = ends_only
        self._news = asyncio.Event()

    def wake(self) -> None:
        """Say that there is news."""
        self._news.set()

    async def wait(self, timeout_s: float) -> bool:
        """Wait for news since the last time; tell False when there was none within the time."""
        try:
            async with asyncio.timeout(max(0.0, timeout_s)):  # not wait_for: it can swallow a cancellation
                await self._news.wait()
        except TimeoutError:
            return False
        self._news.clear()
        return True


class Notices:
    """The watches of all runs; news is told after it has been committed."""

    def __init__(self) -> None:
        self._watches: dict[str, set[Watch]] = {}
        self.closing = False
        """Whether the box is stopping, so that nobody should go on waiting."""
        self.ends = asyncio.Event()
        """Set when any run has ended or was erased; who waits for it clears it."""

    @contextlib.contextmanager
    def watch(self, run_id: str, *, ends_only: bool = False) -> Iterator[Watch]:
        """Hear of a run inside the block; with `ends_only`, only of its end."""
        watch = Watch(ends_only=ends_only)
        self._watches.setdefault(run_id, set()).add(watch)
        try:
            yield watch
        finally:
            self._watches[run_id].discard(watch)
            if not self._watches[run_id]:
                del self._watches[run_id]

    def tell(self, run_id: str, *, ended: bool = False) -> None:
        """Tell that something about a run has changed."""
        if ended:
            self.ends.set()
        for watch in self._watches.get(run_id, ()):
            if ended or not watch.ends_only:
                watch.wake()

    def wake_all(self) -> None:
        """Wake everybody: the box is stopping."""
        self.closing = True
        for watches in self._watches.values():
            for watch in watches:
                watch.wake()
