"""Tasks at work: claimed under a lease, kept alive, advanced step by step, finished once, or found lost."""

import secrets
import sqlite3

import msgspec

from axelered_box.domain.ids import now_ms
from axelered_box.domain.modules import Failure, Json
from axelered_box.domain.runs import TASK_MOVES, Batch, Claim, Output, State, advance
from axelered_box.storage import run_states, task_graph
from axelered_box.storage.erasure import doom_batches
from axelered_box.storage.events import emit
from axelered_box.storage.rows import file_of, from_json, run_of, to_json

LEASE_S = 30
MAX_LOST_ALIVE = 3
MAX_LOST_WITH_BOX = 10


class LeaseLost(Exception):
    """The task is no longer in the hands of this worker: it was canceled, or given to another."""


class Finished(msgspec.Struct, frozen=True, kw_only=True):
    """How a task ended and what it made."""

    state: State
    result: Json
    outputs: list[Output]
    pages: int | None
    """The pages of the document, where the task found that out."""
    pages_read: int | None
    """The pages that were to be read and have been; None for a task that failed."""
    new_pages: list[int]
    """Pages (from 0) read since the lease was last renewed."""
    seconds: float
    peak_memory_bytes: int
    model: Json | None = None
    """The language model that the task asked, and the tokens that it took."""


def claim(db: sqlite3.Connection, task_id: str) -> Claim | None:
    """Take a pending task; None when it cannot begin: it was canceled, another ring was for it, or it waits for one."""
    row = db.execute(
        "UPDATE tasks SET state = 'processing', attempt = attempt + 1, lease = :lease, lease_until_ms = :until,"
        " started_ms = COALESCE(started_ms, :now) WHERE id = :id AND state = 'pending' AND waits_for IS NULL"
        " RETURNING *",
        {"id": task_id, "lease": secrets.token_hex(8), "until": _lease_end(), "now": now_ms()},
    ).fetchone()
    if row is None:
        return None
    run_states.start(db, row["run_id"])
    run = run_of(db.execute("SELECT * FROM runs WHERE id = :id", {"id": row["run_id"]}).fetchone())
    file = file_of(db.execute("SELECT * FROM files WHERE id = :id", {"id": row["file_id"]}).fetchone())
    _emit_state(db, row["run_id"], file.name, row["module"], State.PROCESSING)
    return Claim(
        task_id=task_id,
        run_id=run.id,
        workspace_id=run.workspace_id,
        module=row["module"],
        attempt=row["attempt"],
        lease=row["lease"],
        file=file,
        document=task_graph.document_of(db, file.id),
        options=run.options,
        extraction=task_graph.extraction_of(db, file.id),
        searchable=task_graph.searchable_of(db, file.id),
    )


def keep_alive(db: sqlite3.Connection, claim: Claim, pages: list[int], pages_total: int | None) -> None:
    """Renew a lease and record pages (from 0) that have been read; raise LeaseLost."""
    renewed = db.execute(
        "UPDATE tasks SET lease_until_ms = :until, pages_done = pages_done + :pages,"
        " pages_total = COALESCE(:total, pages_total) WHERE id = :id AND lease = :lease AND state = 'processing'",
        {
            "id": claim.task_id,
            "lease": claim.lease,
            "until": _lease_end(),
            "pages": len(pages),
            "total": pages_total,
        },
    )
    if renewed.rowcount == 0:
        raise LeaseLost("The task was canceled or given to another worker.")
    _emit_pages(db, claim, pages, pages_total)


def set_plan(db: sqlite3.Connection, claim: Claim, plan: Json) -> None:
    """Keep the plan of a task, so that a later attempt does not plan again; raise LeaseLost."""
    _held(db, claim)
    db.execute("UPDATE tasks SET plan = :plan WHERE id = :id", {"plan": to_json(plan), "id": claim.task_id})


def plan_of(db: sqlite3.Connection, task_id: str) -> tuple[Json | None, list[Batch]]:
    """Return the plan that an earlier attempt made, and the steps of it that have ended; first set the pages right."""
    row = db.execute("SELECT plan FROM tasks WHERE id = :id", {"id": task_id}).fetchone()
    batches = [
        Batch(
            place=row["place"],
            step=msgspec.json.decode(row["step"]),
            object=row["object"],
            failure=from_json(row["failure"]),
        )
        for row in db.execute("SELECT * FROM batches WHERE task_id = :task ORDER BY place", {"task": task_id})
    ]
    return from_json(row["plan"]), batches


def reset_pages(db: sqlite3.Connection, claim: Claim, pages_done: int) -> None:
    """Set the count of pages to those that are kept, at the begin of an attempt; raise LeaseLost."""
    _held(db, claim)
    db.execute("UPDATE tasks SET pages_done = :pages WHERE id = :id", {"pages": pages_done, "id": claim.task_id})


def keep_batch(db: sqlite3.Connection, claim: Claim, batch: Batch) -> None:
    """Record a planned step that has ended, and that the task gets on; raise LeaseLost."""
    _held(db, claim)
    db.execute(
        "INSERT INTO batches (task_id, place, step, object, failure) VALUES (:task, :place, :step, :object, :failure)",
        {
            "task": claim.task_id,
            "place": batch.place,
            "step": to_json(batch.step),
            "object": batch.object,
            "failure": None if batch.failure is None else to_json(batch.failure),
        },
    )
    db.execute("UPDATE tasks SET lost_with_box = 0, lost_alive = 0 WHERE id = :id", {"id": claim.task_id})


def finish(db: sqlite3.Connection, claim: Claim, finished: Finished, ttl_s: int, engine: Json) -> bool:
    """End a task, once, by the holder of its lease; tell whether the run ended with it. Raises LeaseLost."""
    _held(db, claim)
    advance(TASK_MOVES, State.PROCESSING, finished.state)
    db.execute(
        "UPDATE tasks SET state = :state, lease = NULL, finished_ms = :now, result = :result, seconds = :seconds,"
        " peak_memory_bytes = :peak, model = :model, plan = NULL, pages_total = COALESCE(:read, pages_total),"
        " pages_done = COALESCE(:read, pages_done) WHERE id = :id",
        {
            "state": finished.state,
            "now": now_ms(),
            "result": to_json(finished.result),
            "seconds": finished.seconds,
            "peak": finished.peak_memory_bytes,
            "model": None if finished.model is None else to_json(finished.model),
            "read": finished.pages_read,
            "id": claim.task_id,
        },
    )
    if finished.pages is not None:
        db.execute("UPDATE files SET pages = :pages WHERE id = :id", {"pages": finished.pages, "id": claim.file.id})
    db.executemany(
        "INSERT INTO outputs (run_id, key, task_id, role, object, size_bytes, sha256, media_type)"
        " VALUES (:run, :key, :task, :role, :object, :size_bytes, :sha256, :media_type)",
        [{**msgspec.structs.asdict(o), "run": claim.run_id, "task": claim.task_id} for o in finished.outputs],
    )
    doom_batches(db, claim.task_id)
    _emit_pages(db, claim, finished.new_pages, finished.pages_read)
    _emit_state(db, claim.run_id, claim.file.name, claim.module, finished.state)
    task_graph.settle(db, claim.task_id, claim.module, finished.state)
    return run_states.end_if_done(db, claim.run_id, ttl_s, engine)


def waiting(db: sqlite3.Connection, run_id: str | None = None) -> list[str]:
    """Return the tasks, of one run or of all, that wait for a worker and for no other task, the oldest first."""
    rows = db.execute(
        "SELECT id FROM tasks WHERE state = 'pending' AND waits_for IS NULL AND run_id = COALESCE(:run, run_id)"
        " ORDER BY id",
        {"run": run_id},
    )
    return [row["id"] for row in rows]


def recover_all(db: sqlite3.Connection, ttl_s: int, engine: Json) -> None:
    """At start: give up every lease, since the processes that held them are gone."""
    for row in db.execute("SELECT * FROM tasks WHERE state = 'processing' ORDER BY id").fetchall():
        _lose(db, row, "lost_with_box", MAX_LOST_WITH_BOX, ttl_s, engine)


def recover_expired(db: sqlite3.Connection, held: set[str], ttl_s: int, engine: Json) -> None:
    """Give up leases that ran out, except those of tasks that this process is known to work on."""
    rows = db.execute(
        "SELECT * FROM tasks WHERE state = 'processing' AND lease_until_ms < :now ORDER BY id", {"now": now_ms()}
    ).fetchall()
    for row in rows:
        if row["id"] not in held:
            _lose(db, row, "lost_alive", MAX_LOST_ALIVE, ttl_s, engine)


def give_back(db: sqlite3.Connection, claim: Claim, *, lost: bool, ttl_s: int, engine: Json) -> None:
    """Put a task back: its worker was lost, or the box is being stopped in good order (not counted)."""
    row = db.execute(
        "SELECT * FROM tasks WHERE id = :id AND lease = :lease", {"id": claim.task_id, "lease": claim.lease}
    ).fetchone()
    if row is not None:
        _lose(db, row, "lost_alive" if lost else None, MAX_LOST_ALIVE, ttl_s, engine)


def _lose(db: sqlite3.Connection, row: sqlite3.Row, counter: str | None, most: int, ttl_s: int, engine: Json) -> None:
    """Put a task back among those that wait, or fail it when it was lost too often."""
    file = file_of(db.execute("SELECT * FROM files WHERE id = :id", {"id": row["file_id"]}).fetchone())
    lost = row[counter] + 1 if counter else 0
    if counter:
        db.execute(f"UPDATE tasks SET {counter} = :lost WHERE id = :id", {"lost": lost, "id": row["id"]})
    state = State.FAILED if counter and lost >= most else State.PENDING
    advance(TASK_MOVES, State(row["state"]), state)
    if state is State.PENDING:
        db.execute("UPDATE tasks SET state = 'pending', lease = NULL WHERE id = :id", {"id": row["id"]})
        return
    failure = Failure(
        code="worker_lost",
        message=f"The work on this file was lost {lost} times. The log of the box says why; then retry the run.",
    )
    db.execute(
        "UPDATE tasks SET state = 'failed', lease = NULL, finished_ms = :now, result = :result WHERE id = :id",
        {"now": now_ms(), "result": to_json({"error": failure}), "id": row["id"]},
    )
    doom_batches(db, row["id"])
    _emit_state(db, row["run_id"], file.name, row["module"], state)
    task_graph.settle(db, row["id"], row["module"], state)
    run_states.end_if_done(db, row["run_id"], ttl_s, engine)


def _held(db: sqlite3.Connection, claim: Claim) -> None:
    """Raise LeaseLost unless the claim still holds its task."""
    row = db.execute(
        "SELECT 1 FROM tasks WHERE id = :id AND lease = :lease AND state = 'processing'",
        {"id": claim.task_id, "lease": claim.lease},
    ).fetchone()
    if row is None:
        raise LeaseLost("The task was canceled or given to another worker.")


def _emit_state(db: sqlite3.Connection, run_id: str, file: str, module: str, state: State) -> None:
    emit(db, run_id, "task", {"file": file, "module": module, "status": state})


def _emit_pages(db: sqlite3.Connection, claim: Claim, pages: list[int], total: int | None) -> None:
    for page in pages:
        emit(db, claim.run_id, "page", {"file": claim.file.name, "page": page + 1, "pages": total})


def _lease_end() -> int:
    return now_ms() + LEASE_S * 1000
