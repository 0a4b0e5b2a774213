"""Tasks that wait for another of the same file: freed when it is done, skipped when it is not."""

import sqlite3

from axelered_box.domain.ids import now_ms
from axelered_box.domain.modules import Failure
from axelered_box.domain.runs import TASK_MOVES, State, advance
from axelered_box.storage.events import emit
from axelered_box.storage.rows import to_json

FIRST = "parse"
"""The module without whose result no other can work."""


def settle(db: sqlite3.Connection, task_id: str, module: str, state: State) -> None:
    """Free the tasks that wait for one that has ended; skip those that wait for a parse that has failed."""
    if state is State.COMPLETED or module != FIRST:
        db.execute("UPDATE tasks SET waits_for = NULL WHERE waits_for = :id", {"id": task_id})
    else:
        _skip_after(db, task_id)


def _skip_after(db: sqlite3.Connection, task_id: str) -> None:
    """Skip the tasks that wait for one, and those that wait for them."""
    failure = Failure(
        code="not_parsed", message="The file could not be read, so there is nothing to work on. See its parse member."
    )
    rows = db.execute(
        "SELECT t.id, t.run_id, t.state, t.module, f.name FROM tasks t JOIN files f ON f.id = t.file_id"
        " WHERE t.waits_for = :id",
        {"id": task_id},
    ).fetchall()
    for row in rows:
        advance(TASK_MOVES, State(row["state"]), State.SKIPPED)
        db.execute(
            "UPDATE tasks SET state = 'skipped', waits_for = NULL, finished_ms = :now, result = :result WHERE id = :id",
            {"now": now_ms(), "result": to_json({"error": failure}), "id": row["id"]},
        )
        told = {"file": row["name"], "module": row["module"], "status": State.SKIPPED}
        emit(db, row["run_id"], "task", told)
        _skip_after(db, row["id"])


def document_of(db: sqlite3.Connection, file_id: int) -> str | None:
    """Return the object of the `document.json` that parse made of a file, None while there is none."""
    return _made(db, file_id, FIRST, "document")


def extraction_of(db: sqlite3.Connection, file_id: int) -> str | None:
    """Return the object of what extract found in a file, None while there is none."""
    return _made(db, file_id, "extract", "output")


def searchable_of(db: sqlite3.Connection, file_id: int) -> str | None:
    """Return the object of the PDF with a text layer that parse made of a file, None where there is none."""
    return _made(db, file_id, FIRST, "searchablePdf")


def _made(db: sqlite3.Connection, file_id: int, module: str, role: str) -> str | None:
    row = db.execute(
        "SELECT o.object FROM outputs o JOIN tasks t ON t.id = o.task_id"
        " WHERE t.file_id = :file AND t.module = :module AND o.role = :role",
        {"file": file_id, "module": module, "role": role},
    ).fetchone()
    return None if row is None else str(row["object"])
