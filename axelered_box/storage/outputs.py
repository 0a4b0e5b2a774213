"""The outputs of runs: what tasks made and the object store keeps."""

import sqlite3

from axelered_box.domain.errors import NotFound
from axelered_box.domain.runs import Output
from axelered_box.storage.rows import output_of
from axelered_box.storage.runs import get


def outputs(db: sqlite3.Connection, workspace_id: str, run_id: str) -> list[Output]:
    """Return the outputs of a run by key; raise NotFound or Erased."""
    get(db, workspace_id, run_id)
    rows = db.execute("SELECT * FROM outputs WHERE run_id = :run ORDER BY key", {"run": run_id})
    return [output_of(row) for row in rows]


def output(db: sqlite3.Connection, workspace_id: str, run_id: str, key: str) -> Output:
    """Return one output of a run; raise NotFound or Erased."""
    get(db, workspace_id, run_id)
    row = db.execute("SELECT * FROM outputs WHERE run_id = :run AND key = :key", {"run": run_id, "key": key}).fetchone()
    if row is None:
        raise NotFound("The run has no such output. 'outputs' of the run lists those it has.")
    return output_of(row)
