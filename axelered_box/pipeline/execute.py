"""What a worker does when it is rung: claim a task, have it attempted, and see that every end is recorded."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable

from axelered_box.domain.runs import Claim
from axelered_box.isolation.fork_server import ServerLost, ServerUnavailable
from axelered_box.modules import TABLE
from axelered_box.pipeline.attempt import Attempt
from axelered_box.pipeline.tools import Tools
from axelered_box.storage import tasks

log = logging.getLogger(__name__)


class Executor:
    """The tasks that this process works on now; it can end those of a run, or all; it rings for those that get free."""

    def __init__(self, tools: Tools, ring: Callable[..., None]) -> None:
        self._tools = tools
        self._ring = ring
        self._jobs: dict[str, tuple[str, asyncio.Task[None]]] = {}
        self._stopping = False

    @property
    def held(self) -> set[str]:
        """Return the ids of the tasks that are worked on."""
        return set(self._jobs)

    async def execute(self, task_id: str) -> None:
        """Do a task, if it still waits to be done; leave it when no child can be had, recovery rings again."""
        async with self._tools.slots.hold():
            if self._stopping or not self._tools.server.alive:
                return
            claim = await self._tools.database.write(lambda db: tasks.claim(db, task_id))
            if claim is None:
                return
            if self._stopping:
                await self._give_back(claim, lost=False)
                return
            self._tools.notices.tell(claim.run_id)
            job = asyncio.create_task(self._attempt(claim))
            self._jobs[task_id] = (claim.run_id, job)
            try:
                await asyncio.wait({job})
            finally:
                del self._jobs[task_id]
            if job.cancelled() and self._stopping:  # before its first turn
                await self._give_back(claim, lost=False)

    async def cancel_run(self, run_id: str) -> None:
        """End the work on a run that the tables no longer want; its children are gone when this returns."""
        await self._end([job for owner, job in self._jobs.values() if owner == run_id])

    async def stop(self) -> None:
        """End all work and put it back, so that the next start goes on with it."""
        self._stopping = True
        await self._end([job for _, job in self._jobs.values()])

    async def _end(self, jobs: list[asyncio.Task[None]]) -> None:
        for job in jobs:
            job.cancel()
        if jobs:
            await asyncio.wait(jobs)

    async def _attempt(self, claim: Claim) -> None:
        """Attempt a claimed task; whatever happens, the tables know."""
        began = time.monotonic()
        try:
            options = self._tools.sealer.opened(claim.options.get(TABLE[claim.module].config_member) or {})
            ended = await Attempt(self._tools, claim, options).run()
            self._tools.notices.tell(claim.run_id, ended=ended)
            if claim.document is None and not ended:
                self._ring(*await self._tools.database.read(lambda db: tasks.waiting(db, claim.run_id)))
        except tasks.LeaseLost:
            self._tools.notices.tell(claim.run_id)
        except asyncio.CancelledError:
            if self._stopping:
                await self._give_back(claim, lost=False)
        except ServerUnavailable:
            log.warning("no_child", extra={"fields": {"run": claim.run_id, "task": claim.task_id}})
            await self._give_back(claim, lost=False)
        except ServerLost:
            log.warning("fork_server_lost", extra={"fields": {"run": claim.run_id, "task": claim.task_id}})
            await self._give_back(claim, lost=True)
        except Exception:  # a fault of ours: the task is tried again, and fails for good after some attempts
            log.exception("attempt_failed", extra={"fields": {"run": claim.run_id, "task": claim.task_id}})
            await self._give_back(claim, lost=True)
        fields = {"run": claim.run_id, "task": claim.task_id, "module": claim.module, "attempt": claim.attempt}
        log.info("attempt_ended", extra={"fields": {**fields, "seconds": round(time.monotonic() - began, 3)}})

    async def _give_back(self, claim: Claim, *, lost: bool) -> None:
        """Put a task back among those that wait; recovery rings for it."""
        ttl_s, engine = self._tools.settings.ttl_seconds, self._tools.engine
        try:
            await self._tools.database.write(
                lambda db: tasks.give_back(db, claim, lost=lost, ttl_s=ttl_s, engine=engine)
            )
        except sqlite3.Error:  # its lease runs out, then recovery puts it back
            log.exception("give_back_failed", extra={"fields": {"task": claim.task_id}})
        self._tools.notices.tell(claim.run_id, ended=True)
