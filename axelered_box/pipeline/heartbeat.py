"""The sign of life of an attempt: it renews the lease and saves which pages have been read."""

import asyncio
import contextlib
import functools
import logging
import sqlite3

from axelered_box.domain.modules import Json
from axelered_box.domain.runs import Claim
from axelered_box.pipeline.finishing import to_its_end
from axelered_box.pipeline.notices import Notices
from axelered_box.storage import tasks
from axelered_box.storage.database import Database

HEARTBEAT_S = 5.0
PROGRESS_PAUSE_S = 0.25

log = logging.getLogger(__name__)


class Heartbeat:
    """What children have told of a task's pages (from 0), and what of it is not saved yet."""

    def __init__(self, database: Database, notices: Notices, claim: Claim) -> None:
        self._database = database
        self._notices = notices
        self._claim = claim
        self._news = asyncio.Event()
        self.read: set[int] = set()
        self.unsaved: list[int] = []
        self.total: int | None = None

    async def go_on(self, read: set[int], total: int) -> None:
        """Count from the pages on that earlier attempts have kept; raise LeaseLost."""
        self.read, self.unsaved, self.total = read, [], total
        await self._database.write(lambda db: tasks.reset_pages(db, self._claim, len(read)))

    def hear(self, progress: Json) -> None:
        """Take a line of progress from a child."""
        if "pagesTotal" in progress:
            self.total = int(progress["pagesTotal"])
            self._news.set()
        if "pageDone" in progress:
            self.page_done(int(progress["pageDone"]))

    def page_done(self, page: int) -> None:
        """Count a page (from 0), once."""
        if page not in self.read:
            self.read.add(page)
            self.unsaved.append(page)
            self._news.set()

    def take(self) -> list[int]:
        """Return the pages (from 0) that are not saved yet, for one who saves them."""
        pages, self.unsaved = self.unsaved, []
        return pages

    async def beat(self) -> None:
        """Keep the lease alive and save progress, until cancelled; raise LeaseLost."""
        while True:
            with contextlib.suppress(TimeoutError):  # without news the lease is renewed all the same
                async with asyncio.timeout(HEARTBEAT_S):  # not wait_for: it can swallow a cancellation
                    await self._news.wait()
            await asyncio.sleep(PROGRESS_PAUSE_S)
            self._news.clear()
            pages = self.take()
            renewal = functools.partial(tasks.keep_alive, claim=self._claim, pages=pages, pages_total=self.total)
            try:
                await to_its_end(self._database.write(renewal))
            except sqlite3.OperationalError:  # a full disk, a lock: the next beat tells of these pages
                log.exception("heartbeat_failed", extra={"fields": {"task": self._claim.task_id}})
                self.unsaved = pages + self.unsaved
                continue
            self._notices.tell(self._claim.run_id)
