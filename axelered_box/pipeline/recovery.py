"""What brings work back that was lost: at start with the process that died, later with a lease that ran out."""

import logging

from axelered_box.pipeline.execute import Executor
from axelered_box.pipeline.tools import Tools
from axelered_box.storage import erasure, tasks
from axelered_box.work_queue import Doorbell

log = logging.getLogger(__name__)


async def at_start(tools: Tools, doorbell: Doorbell) -> None:
    """Give up all leases, doom objects without a row, and ring for every task that waits."""
    ttl_s, engine = tools.settings.ttl_seconds, tools.engine
    await tools.database.write(lambda db: tasks.recover_all(db, ttl_s, engine))
    known = await tools.database.read(erasure.known_objects)
    orphans = sorted(await tools.objects.run(tools.objects.names) - known)
    if orphans:
        await tools.database.write(lambda db: erasure.doom(db, orphans))
    waiting = await tools.database.read(tasks.waiting)
    log.info("recovered", extra={"fields": {"waiting_tasks": len(waiting), "orphaned_objects": len(orphans)}})
    doorbell.ring(*waiting)


async def sweep(tools: Tools, executor: Executor, doorbell: Doorbell) -> None:
    """Give up leases that ran out in this process's life, and ring for waiting tasks whose ring was lost."""
    ttl_s, engine = tools.settings.ttl_seconds, tools.engine
    held = executor.held
    await tools.database.write(lambda db: tasks.recover_expired(db, held, ttl_s, engine))
    doorbell.ring(*await tools.database.read(tasks.waiting))
