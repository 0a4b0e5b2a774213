"""Lists of runs: page by page, newest first, narrowed to what is looked for."""

import sqlite3
from typing import Any

import msgspec

from axelered_box.domain.ids import now_ms
from axelered_box.storage.rows import run_of
from axelered_box.storage.runs import RunView, view_of


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What a list of runs is narrowed to."""

    states: list[str]
    query: str | None
    after_ms: int | None
    before_ms: int | None
    cursor: str | None
    limit: int


def list_runs(db: sqlite3.Connection, workspace_id: str, page: Page) -> tuple[list[RunView], int]:
    """Return the newest runs below a cursor that match, and how many match without the cursor."""
    where = (
        "workspace_id = :workspace AND erased_ms IS NULL AND (expires_ms IS NULL OR expires_ms > :now)"
        " AND (:after IS NULL OR created_ms > :after) AND (:before IS NULL OR created_ms < :before)"
    )
    values: dict[str, Any] = {
        "workspace": workspace_id,
        "now": now_ms(),
        "after": page.after_ms,
        "before": page.before_ms,
        "cursor": page.cursor,
        "limit": page.limit,
    }
    if page.states:
        values |= {f"state{place}": state for place, state in enumerate(page.states)}
        where += f" AND state IN ({', '.join(f':state{place}' for place in range(len(page.states)))})"
    if page.query:
        values["query"] = page.query.lower()
        where += (
            " AND (instr(lower(COALESCE(metadata, '')), :query) OR EXISTS"
            " (SELECT 1 FROM files WHERE files.run_id = runs.id AND instr(lower(name), :query)))"
        )
    rows = db.execute(
        f"SELECT * FROM runs WHERE {where} AND (:cursor IS NULL OR id < :cursor) ORDER BY id DESC LIMIT :limit", values
    ).fetchall()
    total = db.execute(f"SELECT COUNT(*) FROM runs WHERE {where}", values).fetchone()[0]
    return [view_of(db, run_of(row)) for row in rows], total
