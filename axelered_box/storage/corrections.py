"""What people put right of the extracted fields of a run; it dies with the run."""

import sqlite3
from typing import Any

import msgspec

from axelered_box.storage.rows import to_json
from axelered_box.storage.runs import get


class Correction(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The right value of one field: the file it is of, and where it stands in the extracted data (RFC 6901)."""

    file: str
    path: str
    value: Any


def corrections(db: sqlite3.Connection, workspace_id: str, run_id: str) -> list[Correction]:
    """Return the corrections of a run; raise NotFound or Erased."""
    get(db, workspace_id, run_id)
    row = db.execute("SELECT corrections FROM corrections WHERE run_id = :run", {"run": run_id}).fetchone()
    return msgspec.json.decode(row["corrections"], type=list[Correction]) if row else []


def replace(db: sqlite3.Connection, workspace_id: str, run_id: str, new: list[Correction]) -> None:
    """Replace the corrections of a run; raise NotFound or Erased."""
    get(db, workspace_id, run_id)
    db.execute(
        "INSERT INTO corrections (run_id, corrections) VALUES (:run, :corrections)"
        " ON CONFLICT (run_id) DO UPDATE SET corrections = excluded.corrections",
        {"run": run_id, "corrections": to_json(new)},
    )
