"""How runs move from state to state, each move told as an event, and how they end, once, with their outcome."""

import sqlite3

from axelered_box.domain import outcome
from axelered_box.domain.ids import now_ms
from axelered_box.domain.modules import Json
from axelered_box.domain.runs import RUN_MOVES, TERMINAL, Output, Run, State, advance
from axelered_box.storage import outbox
from axelered_box.storage.events import emit
from axelered_box.storage.rows import files_of, output_of, run_of, tasks_of, to_json


def end_if_done(db: sqlite3.Connection, run_id: str, ttl_s: int, engine: Json) -> bool:
    """End a run when all its tasks have; tell whether that was so."""
    tasks = tasks_of(db, run_id)
    if any(task.state not in TERMINAL for task in tasks):
        return False
    run = run_of(db.execute("SELECT * FROM runs WHERE id = :id", {"id": run_id}).fetchone())
    end(db, run, outcome.end_state(tasks), ttl_s, engine)
    return True


def end(db: sqlite3.Connection, run: Run, state: State, ttl_s: int, engine: Json) -> None:
    """Write the end of a run, once: state, outcome, expiry and the last events."""
    move(db, run, state)
    now, tasks = now_ms(), tasks_of(db, run.id)
    made = outcome.build(run.workspace_id, run.id, files_of(db, run.id), tasks, _outputs_by_task(db, run.id), engine)
    error = outcome.first_error(tasks) if state is State.FAILED else None
    db.execute(
        "UPDATE runs SET finished_ms = :now, expires_ms = :expires, outcome = :outcome, error = :error WHERE id = :id",
        {
            "now": now,
            "expires": now + ttl_s * 1000,
            "outcome": to_json(made),
            "error": None if error is None else to_json(error),
            "id": run.id,
        },
    )
    emit(db, run.id, "end", {"status": state})
    outbox.add_end(db, run, state, [file.name for file in files_of(db, run.id)], partial=made["partial"])


def start(db: sqlite3.Connection, run_id: str) -> None:
    """Move a queued run to processing, if it is not there yet."""
    run = run_of(db.execute("SELECT * FROM runs WHERE id = :id", {"id": run_id}).fetchone())
    if run.state is State.PENDING:
        move(db, run, State.PROCESSING)
        db.execute("UPDATE runs SET started_ms = :now WHERE id = :id", {"now": now_ms(), "id": run_id})


def move(db: sqlite3.Connection, run: Run, state: State) -> None:
    """Change the state of a run as the table allows, and tell of it."""
    advance(RUN_MOVES, run.state, state)
    db.execute("UPDATE runs SET state = :state WHERE id = :id", {"state": state, "id": run.id})
    emit(db, run.id, "status", {"status": state})


def _outputs_by_task(db: sqlite3.Connection, run_id: str) -> dict[str, list[Output]]:
    """Return the outputs of a run by task, in the order of their keys."""
    found: dict[str, list[Output]] = {}
    for row in db.execute("SELECT * FROM outputs WHERE run_id = :run ORDER BY key", {"run": run_id}):
        found.setdefault(row["task_id"], []).append(output_of(row))
    return found
