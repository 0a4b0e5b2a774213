"""One attempt at a task: its steps in children, their progress, and what is kept of them."""

import asyncio
import contextlib
import functools
import logging
import re
import time
from collections import deque
from pathlib import Path

import msgspec

from axelered_box.domain.modules import Failure, Json, Kept, Plan, Step, StepLimits, StepMessage
from axelered_box.domain.runs import Batch, Claim, Output, State
from axelered_box.isolation import supervisor
from axelered_box.isolation.fork_server import ForkServer
from axelered_box.isolation.slots import Slots
from axelered_box.pipeline.finishing import to_its_end
from axelered_box.pipeline.notices import Notices
from axelered_box.settings import Settings
from axelered_box.storage import tasks
from axelered_box.storage.database import Database
from axelered_box.storage.objects import Objects, OutputMissing, Stored
from axelered_box.storage.tasks import Finished

HEARTBEAT_S = 5.0
PROGRESS_PAUSE_S = 0.25
CPU_SLACK_S = 60
_FRAME = re.compile(r'^  File "[^"]*", line \d+, in .*$', re.MULTILINE)

log = logging.getLogger(__name__)


class Tools(msgspec.Struct, frozen=True, kw_only=True):
    """What an attempt works with."""

    database: Database
    objects: Objects
    server: ForkServer
    slots: Slots
    notices: Notices
    settings: Settings
    engine: Json


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What a step came to, its files safe in the object store."""

    end: supervisor.StepEnd
    files: list[Stored] = []

    @property
    def folder(self) -> str | None:
        """Return the object that holds the files."""
        return self.files[0].object.split("/")[0] if self.files else None


class Attempt:
    """The work on a claimed task from its first step, or from where an earlier attempt was lost, to its end."""

    def __init__(self, tools: Tools, claim: Claim, options: Json) -> None:
        self._tools = tools
        self._claim = claim
        self._options = options
        self._began = time.monotonic()
        self._peak_bytes = 0
        self._read: set[int] = set()
        self._unsaved: list[int] = []
        self._total: int | None = None
        self._news = asyncio.Event()

    async def run(self) -> bool:
        """Carry the task to its end and record it; tell whether the run ended with it.

        Raises LeaseLost when the task was taken away, ServerLost when its child was lost with the fork server.
        """
        beating = asyncio.create_task(self._beat())
        work = asyncio.create_task(self._work())
        try:
            await asyncio.wait({beating, work}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                await beating
            made = await work
        finally:
            for task in (beating, work):
                task.cancel()
            await asyncio.gather(beating, work, return_exceptions=True)
        return await to_its_end(self._finish(made))

    async def _work(self) -> Made:
        """Do the steps that are still to do; return the last one's end."""
        plan_json, batches = await self._tools.database.read(lambda db: tasks.plan_of(db, self._claim.task_id))
        if plan_json is None:
            made = await self._begin()
            if made.end.result is None or made.end.result.plan is None:
                return made
            plan = made.end.result.plan
            await self._tools.database.write(lambda db: tasks.set_plan(db, self._claim, msgspec.to_builtins(plan)))
        else:
            plan = msgspec.convert(plan_json, Plan)
        self._total = plan.pages_total
        self._read = {page for batch in batches for page in msgspec.convert(batch.step, Step).pages}
        await self._tools.database.write(lambda db: tasks.reset_pages(db, self._claim, len(self._read)))
        failed = await self._batches(plan, batches)
        if failed is not None:
            return failed
        _, batches = await self._tools.database.read(lambda db: tasks.plan_of(db, self._claim.task_id))
        return await self._step(plan.last, batches)

    async def _begin(self) -> Made:
        """Do the first step; when its child came to harm on one page of several, have it only plan."""
        made = await self._step(Step())
        harmed = made.end.of_child and not made.end.task_out_of_time
        if harmed and self._total is not None and self._total > 1:
            return await self._step(Step(state={"inline": False}))
        return made

    async def _batches(self, plan: Plan, batches: list[Batch]) -> Made | None:
        """Do the planned steps that have not ended, side by side as far as slots are idle; None when all have."""
        todo = deque(self._left(plan, batches))
        running: dict[asyncio.Task[Made | list[Step]], bool] = {}
        own_slot_free = True
        try:
            while todo or running:
                while todo and (own_slot_free or self._tools.slots.borrow()):
                    task = asyncio.create_task(self._batch(todo.popleft()))
                    running[task], own_slot_free = not own_slot_free, False
                done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    if running.pop(task):
                        self._tools.slots.give_back()
                    else:
                        own_slot_free = True
                    result = task.result()
                    if isinstance(result, Made):
                        return result
                    todo.extendleft(reversed(result))
            return None
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            for borrowed in running.values():
                if borrowed:
                    self._tools.slots.give_back()

    def _left(self, plan: Plan, batches: list[Batch]) -> list[Step]:
        """Return the planned steps, less the pages that have ended."""
        left = []
        for step in plan.steps:
            pages = [page for page in step.pages if page not in self._read]
            if pages:
                left.append(msgspec.structs.replace(step, pages=pages))
        return left

    async def _batch(self, step: Step) -> Made | list[Step]:
        """Do one planned step and keep what it left.

        Return further steps when its child came to harm and its pages are to be tried one by one; the end of the
        task when that is how it ended.
        """
        made = await self._step(step, keep_all=True)
        end = made.end
        if end.failure is not None and (end.task_out_of_time or not end.of_child):
            return made
        if end.failure is not None and len(step.pages) > 1:
            return [msgspec.structs.replace(step, pages=[page]) for page in step.pages]
        failure = None if end.failure is None else msgspec.structs.replace(end.failure, page=step.pages[0] + 1)
        batch = Batch(
            place=step.pages[0],
            step=msgspec.to_builtins(step),
            object=made.folder,
            failure=None if failure is None else msgspec.to_builtins(failure),
        )
        await to_its_end(self._keep(batch))
        for page in step.pages:
            self._page_done(page)
        return []

    async def _keep(self, batch: Batch) -> None:
        """Record a planned step; drop what it left when the task was taken away."""
        try:
            await self._tools.database.write(lambda db: tasks.keep_batch(db, self._claim, batch))
        except tasks.LeaseLost:
            await self._tools.objects.erase([batch.object] if batch.object else [])
            raise

    async def _step(self, step: Step, batches: list[Batch] | None = None, *, keep_all: bool = False) -> Made:
        """Have one step done in a work folder of its own; keep the outputs it names, or all that it leaves."""
        objects, kept = self._tools.objects, [_kept(batch) for batch in batches or []]
        pairs = zip(kept, batches or [], strict=True)
        names = [(one.folder, batch.object) for one, batch in pairs if one.folder and batch.object]
        async with objects.work_folder(self._claim.file.object, names) as folder:
            end = await supervisor.run(
                self._tools.server, folder, self._message(step, kept), self._times(), self._on_progress
            )
            self._peak_bytes = max(self._peak_bytes, end.peak_memory_bytes)
            return await self._gather(folder, end, keep_all=keep_all)

    async def _gather(self, folder: Path, end: supervisor.StepEnd, *, keep_all: bool) -> Made:
        """Move the files of a step that has answered into the object store."""
        if end.failure is not None and end.of_child:
            self._log_harm(end)
        if end.result is None or not (end.result.outputs or keep_all):
            return Made(end=end)
        names = None if keep_all else [output.name for output in end.result.outputs]
        adopting = asyncio.ensure_future(self._tools.objects.adopt(folder / "out", names))
        try:
            files = await asyncio.shield(adopting)
        except asyncio.CancelledError:
            await asyncio.wait({adopting})
            if not adopting.exception():
                await self._tools.objects.erase([stored.object.split("/")[0] for stored in adopting.result()[:1]])
            raise
        except OutputMissing:
            failure = Failure(code="unreadable_answer", message="The work named files that it did not make.")
            return Made(end=supervisor.StepEnd(failure=failure, of_child=True, log=end.log))
        return Made(end=end, files=files)

    async def _finish(self, made: Made) -> bool:
        """Record the end of the task; drop its files when it was taken away."""
        end = made.end
        if end.result is not None:
            state, result = State.COMPLETED, end.result.result or {}
            pages = (end.result.document or {}).get("pages", self._total)
        else:
            state, result, pages = State.FAILED, {"error": msgspec.to_builtins(end.failure)}, self._total
        finished = Finished(
            state=state,
            result=result,
            outputs=self._outputs(made),
            pages=pages,
            new_pages=self._unsaved,
            seconds=time.monotonic() - self._began,
            peak_memory_bytes=self._peak_bytes,
        )
        ttl_s, engine = self._tools.settings.ttl_seconds, self._tools.engine
        try:
            return await self._tools.database.write(lambda db: tasks.finish(db, self._claim, finished, ttl_s, engine))
        except tasks.LeaseLost:
            await self._tools.objects.erase([made.folder] if made.folder else [])
            raise

    def _outputs(self, made: Made) -> list[Output]:
        """Return the outputs of the last step under their keys in the run."""
        if made.end.result is None:
            return []
        return [
            Output(
                key=f"{self._claim.file.name}/{self._claim.module}/{output.name}",
                role=output.role,
                object=stored.object,
                size_bytes=stored.size_bytes,
                sha256=stored.sha256,
                media_type=output.media_type,
            )
            for output, stored in zip(made.end.result.outputs, made.files, strict=True)
        ]

    def _message(self, step: Step, kept: list[Kept]) -> StepMessage:
        settings = self._tools.settings
        return StepMessage(
            module=self._claim.module,
            step=step,
            options=self._options,
            file_name=self._claim.file.name,
            media_type=self._claim.file.media_type,
            kept=kept,
            limits=StepLimits(
                memory_bytes=settings.task_memory_bytes,
                max_pages=settings.max_pages,
                cpu_s=int(settings.run_timeout_seconds) + CPU_SLACK_S,
            ),
            faults=settings.faults == 1,
        )

    def _times(self) -> supervisor.Times:
        settings = self._tools.settings
        return supervisor.Times(
            deadline_s=self._began + settings.run_timeout_seconds,
            page_s=settings.page_timeout_seconds,
            silence_s=settings.silence_seconds,
        )

    def _on_progress(self, progress: Json) -> None:
        """Take a line of progress from a child."""
        if "pagesTotal" in progress:
            self._total = int(progress["pagesTotal"])
            self._news.set()
        if "pageDone" in progress:
            self._page_done(int(progress["pageDone"]))

    def _page_done(self, page: int) -> None:
        """Count a page (from 0), once."""
        if page not in self._read:
            self._read.add(page)
            self._unsaved.append(page)
            self._news.set()

    async def _beat(self) -> None:
        """Keep the lease alive and save progress, until cancelled; raise LeaseLost."""
        while True:
            with contextlib.suppress(TimeoutError):  # without news the lease is renewed all the same
                await asyncio.wait_for(self._news.wait(), HEARTBEAT_S)
            await asyncio.sleep(PROGRESS_PAUSE_S)
            self._news.clear()
            pages, self._unsaved = self._unsaved, []
            renewal = functools.partial(tasks.keep_alive, claim=self._claim, pages=pages, pages_total=self._total)
            await to_its_end(self._tools.database.write(renewal))
            self._tools.notices.tell(self._claim.run_id)

    def _log_harm(self, end: supervisor.StepEnd) -> None:
        """Log how a child came to harm: the code, and the frames of a traceback without its messages."""
        fields = {
            "run": self._claim.run_id,
            "task": self._claim.task_id,
            "module": self._claim.module,
            "code": None if end.failure is None else end.failure.code,
            "frames": _FRAME.findall(end.log)[-8:],
        }
        log.warning("child_harmed", extra={"fields": fields})
        log.debug("child_log", extra={"fields": {"task": self._claim.task_id, "tail": end.log}})


def _kept(batch: Batch) -> Kept:
    """Return what the last step is told of a planned step that has ended."""
    return Kept(
        step=msgspec.convert(batch.step, Step),
        folder=None if batch.object is None else f"{batch.place:06d}",
        failure=None if batch.failure is None else msgspec.convert(batch.failure, Failure),
    )
