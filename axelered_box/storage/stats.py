"""The figures of the whole box that monitoring asks for."""

import sqlite3

import msgspec


class Stats(msgspec.Struct, frozen=True, kw_only=True):
    """How many runs there are by state, when the oldest that waits was queued, and how many pages were read."""

    runs: dict[str, int]
    oldest_pending_ms: int | None
    pages: int
    """The pages read for runs that are still kept."""


def stats(db: sqlite3.Connection) -> Stats:
    """Return the figures of now."""
    runs = dict(db.execute("SELECT state, COUNT(*) FROM runs GROUP BY state").fetchall())
    oldest = db.execute("SELECT submitted_ms FROM runs WHERE state = 'pending' ORDER BY id LIMIT 1").fetchone()
    pages = db.execute("SELECT COALESCE(SUM(pages_done), 0) FROM tasks").fetchone()[0]
    return Stats(runs=runs, oldest_pending_ms=oldest["submitted_ms"] if oldest else None, pages=pages)


def answers(db: sqlite3.Connection) -> bool:
    """Tell that the database can be read."""
    return bool(db.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()[0])
