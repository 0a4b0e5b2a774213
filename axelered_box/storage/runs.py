"""Runs: how they are accepted, found, listed and ended."""

import hashlib
import sqlite3

import msgspec

from axelered_box.domain.errors import (
    Erased,
    IdempotencyConflict,
    InvalidRequest,
    NotFound,
    QueueFull,
    RunEnded,
    RunNotIdle,
)
from axelered_box.domain.ids import now_ms
from axelered_box.domain.modules import Json
from axelered_box.domain.runs import TERMINAL, File, NewFile, Run, State, Task
from axelered_box.storage.erasure import doom_batches, receipt_of
from axelered_box.storage.events import emit
from axelered_box.storage.files import insert_file
from axelered_box.storage.rows import files_of, run_of, tasks_of
from axelered_box.storage.run_records import NewRun, first_of, insert_run, insert_tasks, resolve
from axelered_box.storage.run_states import end, move


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """The run of a request, the tasks to ring for, and whether the run was there before."""

    run_id: str
    task_ids: list[str]
    replayed: bool = False
    view: "RunView | None" = None
    """The run as it was recorded, None when it was there before."""


class RunView(msgspec.Struct, frozen=True, kw_only=True):
    """A run with what an answer shows of it."""

    run: Run
    files: list[File]
    tasks: list[Task]
    queue_position: int | None


def create(db: sqlite3.Connection, new: NewRun) -> Accepted:
    """Record a run with its files and tasks, or return the one that its idempotency key made before.

    Raises IdempotencyConflict, Erased, QueueFull, InvalidRequest (a saved configuration that it names is not there).
    """
    earlier = _earlier(db, new)
    if earlier is not None:
        return earlier
    ahead = None if new.staged else check_queue(db, new.queue_limit)
    run = insert_run(db, new)
    resolve(db, run)
    if new.idempotency_key is not None:
        db.execute(
            "INSERT INTO idempotency (workspace_id, key_digest, fingerprint, run_id) VALUES (:w, :k, :f, :r)",
            {"w": new.workspace_id, "k": _key_digest(new), "f": new.fingerprint, "r": run.id},
        )
    emit(db, run.id, "status", {"status": run.state})
    for file in new.files:
        insert_file(db, run.id, file, repeat=False)
    files = files_of(db, run.id)
    tasks = [] if new.staged else insert_tasks(db, run.id, files, new.modules)
    position = None if ahead is None else ahead + 1
    view = RunView(run=run, files=files, tasks=tasks, queue_position=position)
    return Accepted(run_id=run.id, task_ids=first_of(tasks, new.modules), view=view)


def check_queue(db: sqlite3.Connection, limit: int) -> int:
    """Return how many runs wait; raise QueueFull, with the seconds until room is likely, when no more may."""
    rows = db.execute("SELECT state, COUNT(*) FROM runs WHERE state IN ('pending', 'processing') GROUP BY state")
    counts: dict[str, int] = dict(rows.fetchall())
    waiting = sum(counts.values())
    if waiting >= limit:
        recent = db.execute(
            "SELECT COUNT(*), MIN(finished_ms), MAX(finished_ms) FROM"
            " (SELECT finished_ms FROM runs WHERE finished_ms IS NOT NULL ORDER BY id DESC LIMIT 50)"
        ).fetchone()
        rate_s = (recent[2] - recent[1]) / 1000 / recent[0] if recent[0] > 1 else 5.0
        raise QueueFull(
            f"{waiting} runs wait or work and QUEUE_LIMIT is {limit}. Send the request again later.",
            retry_after_s=max(1, min(60, round(rate_s))),
        )
    return counts.get(State.PENDING, 0)


def add_files(db: sqlite3.Connection, workspace_id: str, run_id: str, files: list[NewFile], most: int) -> list[str]:
    """Add files to an idle run; return the objects that it has no use for, since it has those files already.

    Raises NotFound, Erased, RunNotIdle, and InvalidRequest when it would have more than `most` files.
    """
    run = get(db, workspace_id, run_id)
    if run.state is not State.IDLE:
        raise RunNotIdle(f"The run is {run.state}; files can be added while it is idle. Make a new run.", runId=run_id)
    spare = [file.object for file in files if not insert_file(db, run_id, file, repeat=True)]
    count = len(files_of(db, run_id))
    if count > most:
        raise InvalidRequest.of(["body", "files"], f"A run has at most {most} files (MAX_FILES), not {count}.", count)
    return spare


def submit(
    db: sqlite3.Connection, workspace_id: str, run_id: str, modules: dict[str, bool], queue_limit: int
) -> list[str]:
    """Queue an idle run; return its tasks to ring for, none when it was queued before.

    Raises NotFound, Erased, QueueFull, RunNotIdle (a canceled run), and RunNotIdle without files.
    """
    run = get(db, workspace_id, run_id)
    if run.state is not State.IDLE:
        return []
    check_queue(db, queue_limit)
    resolve(db, run)
    move(db, run, State.PENDING)
    db.execute("UPDATE runs SET submitted_ms = :now, expires_ms = NULL WHERE id = :id", {"now": now_ms(), "id": run_id})
    return first_of(insert_tasks(db, run_id, files_of(db, run_id), modules), modules)


def get(db: sqlite3.Connection, workspace_id: str, run_id: str) -> Run:
    """Return a run of a workspace; raise NotFound, or Erased with the receipt once its life has ended."""
    row = db.execute(
        "SELECT * FROM runs WHERE id = :id AND workspace_id = :workspace", {"id": run_id, "workspace": workspace_id}
    ).fetchone()
    if row is None:
        raise NotFound("There is no such run in this workspace. Check the id in the address.")
    run = run_of(row)
    if run.erased_ms is not None:
        raise _erased(run)
    if run.expires_ms is not None and run.expires_ms <= now_ms():
        receipt = receipt_of(db, run, None)
        raise Erased("The run's life has ended and it is being erased. Make a new run.", receipt=receipt, runId=run.id)
    return run


def view(db: sqlite3.Connection, workspace_id: str, run_id: str) -> RunView:
    """Return a run with its files, tasks and place in the queue; raise NotFound or Erased."""
    return view_of(db, get(db, workspace_id, run_id))


def view_of(db: sqlite3.Connection, run: Run) -> RunView:
    """Return a run with what an answer shows of it."""
    position = None
    if run.state is State.PENDING:
        waiting = "SELECT COUNT(*) FROM runs WHERE state = 'pending' AND id <= :id"
        position = db.execute(waiting, {"id": run.id}).fetchone()[0]
    return RunView(run=run, files=files_of(db, run.id), tasks=tasks_of(db, run.id), queue_position=position)


def cancel(db: sqlite3.Connection, workspace_id: str, run_id: str, ttl_s: int, engine: Json) -> None:
    """End a run as canceled, with what it has; raise NotFound, Erased, RunEnded."""
    run = get(db, workspace_id, run_id)
    if run.state in TERMINAL:
        raise RunEnded(f"The run is {run.state}; only a run that has not ended can be canceled.", runId=run_id)
    for task in tasks_of(db, run_id):
        if task.state not in TERMINAL:
            db.execute(
                "UPDATE tasks SET state = 'canceled', lease = NULL, finished_ms = :now WHERE id = :id",
                {"now": now_ms(), "id": task.id},
            )
            doom_batches(db, task.id)
    end(db, run, State.CANCELED, ttl_s, engine)


def _erased(run: Run) -> Erased:
    return Erased("The run was erased; the receipt says what and when.", receipt=run.receipt, runId=run.id)


def _earlier(db: sqlite3.Connection, new: NewRun) -> Accepted | None:
    """Return the run that the idempotency key made before, if it did."""
    if new.idempotency_key is None:
        return None
    row = db.execute(
        "SELECT fingerprint, run_id FROM idempotency WHERE workspace_id = :w AND key_digest = :k",
        {"w": new.workspace_id, "k": _key_digest(new)},
    ).fetchone()
    if row is None:
        return None
    if row["fingerprint"] != new.fingerprint:
        raise IdempotencyConflict(
            "The idempotency key was sent before with another config or other files. Use a new key for a new request.",
            runId=row["run_id"],
        )
    get(db, new.workspace_id, row["run_id"])
    return Accepted(run_id=row["run_id"], task_ids=[], replayed=True)


def _key_digest(new: NewRun) -> bytes:
    return hashlib.sha256((new.idempotency_key or "").encode("utf-8", "surrogatepass")).digest()
