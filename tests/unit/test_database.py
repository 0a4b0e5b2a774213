"""The writer commits in groups, undoes failures alone, and brings schemas up to date."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from axelered_box.storage import workspaces
from axelered_box.storage.database import Database, UnusableDatabase, brief
from axelered_box.storage.schema import MIGRATIONS


def test_a_failure_is_undone_alone(tmp_path: Path) -> None:
    """Of use cases that share a transaction, one that raises leaves no trace and the others stay."""

    def bad(db: sqlite3.Connection) -> None:
        workspaces.create_workspace(db, "bad")
        raise LookupError("mine")

    async def body() -> tuple[list[object], int, list[str]]:
        database = await Database.open(tmp_path / "box.db")
        works = [lambda db: workspaces.create_workspace(db, "good"), bad] * 20
        ends: list[object] = await asyncio.gather(*[database.write(work) for work in works], return_exceptions=True)
        found, total = await database.read(lambda db: workspaces.list_workspaces(db, only=None, before=None, limit=100))
        await database.close()
        return ends, total, [workspace.name for workspace in found]

    ends, total, names = asyncio.run(body())
    assert sum(isinstance(end, LookupError) for end in ends) == 20
    assert (total, set(names)) == (20, {"good"})


def test_what_was_written_is_there_for_another_connection(tmp_path: Path) -> None:
    """When `write` returns, another process's connection sees the result."""

    async def body() -> int:
        database = await Database.open(tmp_path / "box.db")
        await database.write(lambda db: workspaces.create_workspace(db, "one"))
        with brief(tmp_path / "box.db") as db:
            count: int = db.execute("SELECT COUNT(*) FROM workspaces").fetchone()[0]
        await database.close()
        return count

    assert asyncio.run(body()) == 1


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    """A database of a later schema is left alone with a sentence."""
    with brief(tmp_path / "box.db") as db:
        db.execute(f"PRAGMA user_version={len(MIGRATIONS) + 1}")

    with pytest.raises(UnusableDatabase, match="newer program"), brief(tmp_path / "box.db"):
        pass


def test_durability_settings_are_on(tmp_path: Path) -> None:
    """Every connection syncs fully, writes ahead, checks foreign keys and overwrites what it deletes."""
    with brief(tmp_path / "box.db") as db:
        values = [
            db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        ]

    assert values == ["wal", 2, 1, 1]
