"""How content leaves the box: rows are emptied, objects doomed, receipts kept and at last forgotten."""

import sqlite3

from axelered_box.domain.ids import now_ms
from axelered_box.domain.modules import Json
from axelered_box.domain.runs import Output, Run
from axelered_box.storage.rows import files_of, output_of, run_of, tasks_of, to_json


def erase(db: sqlite3.Connection, run: Run) -> Json:
    """Take all content from a run that has ended and doom its objects; return the receipt that stays."""
    now = now_ms()
    files = files_of(db, run.id)
    made = _outputs(db, run.id)
    receipt = receipt_of(db, run, now)
    for task in tasks_of(db, run.id):
        doom_batches(db, task.id)
    doom(db, [file.object for file in files] + [output.object.split("/")[0] for output in made])
    own = "(SELECT id FROM files WHERE run_id = :run)"
    images = db.execute(f"SELECT object FROM previews WHERE file_id IN {own}", {"run": run.id})
    doom(db, [row["object"].split("/")[0] for row in images])
    db.execute(f"DELETE FROM previews WHERE file_id IN {own}", {"run": run.id})
    for table in ("corrections", "events", "outputs", "tasks", "files"):
        db.execute(f"DELETE FROM {table} WHERE run_id = :run", {"run": run.id})
    db.execute(
        "UPDATE runs SET config = '{}', resolved = NULL, metadata = NULL, error = NULL, outcome = NULL,"
        " erased_ms = :now, receipt = :receipt WHERE id = :id",
        {"now": now, "receipt": to_json(receipt), "id": run.id},
    )
    return receipt


def receipt_of(db: sqlite3.Connection, run: Run, erased_ms: int | None) -> Json:
    """Return what will be left of a run: ids, hashes, sizes and times, no content and no names."""
    return {
        "runId": run.id,
        "workspaceId": run.workspace_id,
        "status": run.state,
        "createdAtMs": run.created_ms,
        "finishedAtMs": run.finished_ms,
        "erasedAtMs": erased_ms,
        "inputs": [{"sha256": file.sha256, "bytes": file.size_bytes} for file in files_of(db, run.id)],
        "outputs": [{"sha256": output.sha256, "bytes": output.size_bytes} for output in _outputs(db, run.id)],
    }


def expired(db: sqlite3.Connection, limit: int) -> list[Run]:
    """Return runs whose life has ended and that still have content."""
    rows = db.execute(
        "SELECT * FROM runs WHERE erased_ms IS NULL AND expires_ms <= :now ORDER BY expires_ms LIMIT :limit",
        {"now": now_ms(), "limit": limit},
    )
    return [run_of(row) for row in rows]


def doom(db: sqlite3.Connection, objects: list[str]) -> None:
    """Note objects that must go from the disk."""
    db.executemany("INSERT OR IGNORE INTO doomed (object) VALUES (?)", [(name,) for name in objects])


def doomed(db: sqlite3.Connection, limit: int) -> list[str]:
    """Return objects that must go from the disk."""
    return [row["object"] for row in db.execute("SELECT object FROM doomed LIMIT :limit", {"limit": limit})]


def forget_doomed(db: sqlite3.Connection, objects: list[str]) -> None:
    """Note that objects are gone from the disk."""
    db.executemany("DELETE FROM doomed WHERE object = ?", [(name,) for name in objects])


def known_objects(db: sqlite3.Connection) -> set[str]:
    """Return the names of all objects that a row names."""
    rows = db.execute(
        "SELECT object FROM files UNION SELECT object FROM batches WHERE object IS NOT NULL"
        " UNION SELECT object FROM outputs UNION SELECT object FROM previews UNION SELECT object FROM doomed"
    )
    return {row["object"].split("/")[0] for row in rows}


def purge_tombstones(db: sqlite3.Connection, older_than_ms: int) -> None:
    """Forget runs that were erased before an instant, their receipts and idempotency keys too."""
    old = "(SELECT id FROM runs WHERE erased_ms < :limit)"
    db.execute(f"DELETE FROM idempotency WHERE run_id IN {old}", {"limit": older_than_ms})
    db.execute("DELETE FROM runs WHERE erased_ms < :limit", {"limit": older_than_ms})


def doom_batches(db: sqlite3.Connection, task_id: str) -> None:
    """Forget the kept steps of a task and doom their folders."""
    rows = db.execute("SELECT object FROM batches WHERE task_id = :task AND object IS NOT NULL", {"task": task_id})
    doom(db, [row["object"] for row in rows])
    db.execute("DELETE FROM batches WHERE task_id = :task", {"task": task_id})


def _outputs(db: sqlite3.Connection, run_id: str) -> list[Output]:
    return [output_of(row) for row in db.execute("SELECT * FROM outputs WHERE run_id = :run", {"run": run_id})]
