"""How runs end their life: erased when their time is up or a client says so, with a receipt that stays a while."""

import functools
import logging
import sqlite3

from axelered_box.domain.ids import now_ms
from axelered_box.domain.modules import Json
from axelered_box.domain.runs import TERMINAL, State
from axelered_box.pipeline.clock import Clock
from axelered_box.pipeline.execute import Executor
from axelered_box.pipeline.tools import Tools
from axelered_box.storage import bucket, erasure, multipart, outbox, run_states, runs

SWEEP_RUNS = 500

log = logging.getLogger(__name__)


async def delete(tools: Tools, executor: Executor, workspace_id: str, run_id: str) -> Json:
    """End a run if needed, erase all it has, and return the receipt; raise NotFound or Erased."""
    ttl_s, engine = tools.settings.ttl_seconds, tools.engine

    def take(db: sqlite3.Connection) -> Json:
        if runs.get(db, workspace_id, run_id).state not in TERMINAL:
            runs.cancel(db, workspace_id, run_id, ttl_s, engine)
        return erasure.erase(db, runs.get(db, workspace_id, run_id))

    receipt = await tools.database.write(take)
    tools.database.note_erasure()
    tools.notices.tell(run_id, ended=True)
    await executor.cancel_run(run_id)
    await erase_doomed(tools)
    return receipt


async def sweep_unless_moved(tools: Tools, clock: Clock) -> None:
    """Sweep; while the clock is mistrusted, only erase what was deleted, since that cannot be taken back."""
    if clock.is_steady():
        await sweep(tools)
    else:
        await erase_doomed(tools)


async def sweep(tools: Tools) -> None:
    """Erase the runs whose time is up, their bytes, old receipts, and what the database keeps of them in its log."""
    gone = await erase_doomed(tools)
    ttl_s, engine = tools.settings.ttl_seconds, tools.engine

    def expire(db: sqlite3.Connection) -> list[str]:
        found = erasure.expired(db, SWEEP_RUNS)
        for run in found:
            state = run.state
            if state is State.IDLE:
                state = State.CANCELED
                run_states.end(db, run, state, ttl_s, engine)
            outbox.add_expired(db, run, state)
            erasure.erase(db, run)
        return [run.id for run in found]

    erased: list[str] = []
    while True:
        batch = await tools.database.write(expire)
        erased += batch
        if len(batch) < SWEEP_RUNS:
            break
    own = await _expire_bucket(tools)
    limit_ms = now_ms() - tools.settings.tombstone_seconds * 1000
    await tools.database.write(lambda db: erasure.purge_tombstones(db, limit_ms))
    gone += await erase_doomed(tools)
    if erased or own or gone:
        tools.database.note_erasure()
    await tools.database.drop_traces()
    if erased or gone:
        log.info("swept", extra={"fields": {"runs": len(erased), "objects": gone}})
    for run_id in erased:
        tools.notices.tell(run_id, ended=True)


async def _expire_bucket(tools: Tools) -> int:
    """Remove the objects of buckets whose time is up, and uploads in parts as old; return how many there were."""
    begun_before_ms = now_ms() - tools.settings.ttl_seconds * 1000
    count = await tools.database.write(lambda db: multipart.expire(db, begun_before_ms))
    while True:
        removed = await tools.database.write(lambda db: bucket.expire(db, SWEEP_RUNS))
        count += removed
        if removed < SWEEP_RUNS:
            return count


async def erase_doomed(tools: Tools) -> int:
    """Erase doomed objects from the disk, then forget them; return how many there were."""
    count = 0
    while True:
        names = await tools.database.read(lambda db: erasure.doomed(db, SWEEP_RUNS))
        if not names:
            return count
        gone = await tools.objects.erase(names)
        await tools.database.write(functools.partial(erasure.forget_doomed, objects=gone))
        count += len(gone)
        if not gone:
            log.error("erase_stuck", extra={"fields": {"objects": len(names)}})
            return count
