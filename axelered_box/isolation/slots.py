"""The one pool of CPU slots: a child takes one while it works, and idle ones can be borrowed."""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator


class Slots:
    """As many slots as children may work at once; those that wait get them in the order they came."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._free = count
        self._waiting: deque[asyncio.Future[None]] = deque()

    @property
    def free(self) -> int:
        """Return how many slots nobody uses."""
        return self._free

    @contextlib.asynccontextmanager
    async def hold(self) -> AsyncIterator[None]:
        """Hold a slot inside the block; waits for one."""
        await self._acquire()
        try:
            yield
        finally:
            self._release()

    def borrow(self) -> bool:
        """Take a slot that nobody uses or waits for; tell whether there was one. Give it back by `give_back`."""
        if self._free > 0 and not self._waiting:
            self._free -= 1
            return True
        return False

    def give_back(self) -> None:
        """Give a borrowed slot back."""
        self._release()

    async def _acquire(self) -> None:
        if self.borrow():
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._release()
            raise

    def _release(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
