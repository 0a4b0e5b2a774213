"""The events of runs: appended in the order things happened, read from any point on."""

import sqlite3

import msgspec

from axelered_box.domain.modules import Json
from axelered_box.domain.runs import Event
from axelered_box.storage.rows import to_json


def emit(db: sqlite3.Connection, run_id: str, kind: str, data: Json) -> None:
    """Append an event to a run."""
    db.execute(
        "INSERT INTO events (run_id, seq, type, data) SELECT :run, COALESCE(MAX(seq), 0) + 1, :type, :data"
        " FROM events WHERE run_id = :run",
        {"run": run_id, "type": kind, "data": to_json(data)},
    )


def events_after(db: sqlite3.Connection, run_id: str, after: int) -> list[Event]:
    """Return the events of a run behind a number."""
    rows = db.execute(
        "SELECT * FROM events WHERE run_id = :run AND seq > :after ORDER BY seq", {"run": run_id, "after": after}
    )
    return [Event(seq=row["seq"], type=row["type"], data=msgspec.json.decode(row["data"])) for row in rows]
