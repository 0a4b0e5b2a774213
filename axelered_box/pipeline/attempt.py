"""One attempt at a task: its steps in children, their progress, and what is kept of them."""

import asyncio
import sqlite3
import time
from collections import deque

import msgspec

from axelered_box.domain.modules import Json, Plan, Step
from axelered_box.domain.runs import Batch, Claim, Output, State
from axelered_box.pipeline.asking import Asking
from axelered_box.pipeline.finishing import to_its_end
from axelered_box.pipeline.heartbeat import Heartbeat
from axelered_box.pipeline.stepping import Made, Work, do_step, drop
from axelered_box.pipeline.tools import Tools
from axelered_box.storage import tasks
from axelered_box.storage.tasks import Finished


class Attempt:
    """The work on a claimed task from its first step, or from where an earlier attempt was lost, to its end."""

    def __init__(self, tools: Tools, claim: Claim, options: Json) -> None:
        self._tools = tools
        self._claim = claim
        self._began = time.monotonic()
        self._peak_bytes = 0
        self._pulse = Heartbeat(tools.database, tools.notices, claim)
        self._asking = Asking(tools, options)
        self._steps = Work(
            tools=tools,
            claim=claim,
            options=options,
            began=self._began,
            on_progress=self._pulse.hear,
            asking=self._asking,
        )

    async def run(self) -> bool:
        """Carry the task to its end and record it; tell whether the run ended with it.

        Raises LeaseLost when the task was taken away, ServerLost when its child was lost with the fork server.
        """
        beating = asyncio.create_task(self._pulse.beat())
        work = asyncio.create_task(self._work())
        try:
            await asyncio.wait({beating, work}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                await beating
            made = await work
        except BaseException:
            await to_its_end(self._abandon(beating, work))
            raise
        beating.cancel()
        await asyncio.wait({beating})
        return await to_its_end(self._finish(made))

    async def _abandon(self, beating: asyncio.Task[None], work: asyncio.Task[Made]) -> None:
        """End both, and drop what the work made at the last moment."""
        for task in (beating, work):
            task.cancel()
        await asyncio.wait({beating, work})
        if not work.cancelled() and work.exception() is None:
            await drop(self._tools, work.result().folder)

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
        read = {page for batch in batches for page in msgspec.convert(batch.step, Step).pages}
        await self._pulse.go_on(read, plan.pages_total)
        failed = await self._batches(plan, batches)
        if failed is not None:
            return failed
        _, batches = await self._tools.database.read(lambda db: tasks.plan_of(db, self._claim.task_id))
        return await self._step(plan.last, batches)

    async def _step(self, step: Step, batches: list[Batch] | None = None, *, keep_all: bool = False) -> Made:
        """Do one step, and note the most memory that one took."""
        made = await do_step(self._steps, step, batches, keep_all=keep_all)
        self._peak_bytes = max(self._peak_bytes, made.end.peak_memory_bytes)
        return made

    async def _begin(self) -> Made:
        """Do the first step; when its child came to harm on one page of several, have it only plan."""
        made = await self._step(Step())
        harmed = made.end.of_child and not made.end.task_out_of_time
        if harmed and self._pulse.total is not None and self._pulse.total > 1:
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
            pages = [page for page in step.pages if page not in self._pulse.read]
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
        for page in step.pages:
            self._pulse.page_done(page)
        await to_its_end(self._keep(batch))
        return []

    async def _keep(self, batch: Batch) -> None:
        """Record a planned step and the pages it read; drop what it left when the task was taken away."""
        pages, total = self._pulse.take(), self._pulse.total

        def keep(db: sqlite3.Connection) -> None:
            tasks.keep_batch(db, self._claim, batch)
            tasks.keep_alive(db, self._claim, pages, total)

        try:
            await self._tools.database.write(keep)
        except BaseException:
            await drop(self._tools, batch.object)
            raise

    async def _finish(self, made: Made) -> bool:
        """Record the end of the task; drop its files when it was taken away."""
        end = made.end
        pages: int | None = None
        read: int | None = None
        if end.result is not None:
            state, result = State.COMPLETED, end.result.result or {}
            pages = msgspec.convert((end.result.document or {}).get("pages"), int | None)
            read = self._pulse.total if self._pulse.total is not None else pages
        else:
            state, result = State.FAILED, {"error": msgspec.to_builtins(end.failure)}
        finished = Finished(
            state=state,
            result=result,
            outputs=self._outputs(made),
            pages=pages,
            pages_read=read,
            new_pages=self._pulse.unsaved,
            seconds=time.monotonic() - self._began,
            peak_memory_bytes=self._peak_bytes,
            model=self._asking.used,
        )
        ttl_s, engine = self._tools.settings.ttl_seconds, self._tools.engine
        try:
            return await self._tools.database.write(lambda db: tasks.finish(db, self._claim, finished, ttl_s, engine))
        except BaseException:
            await drop(self._tools, made.folder)
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
