"""Runs and claims in a fresh database, for tests of the tables."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from axelered_box.domain.modules import Json
from axelered_box.domain.runs import Claim, NewFile, Output, State
from axelered_box.storage import runs, tasks, workspaces
from axelered_box.storage.database import brief
from axelered_box.storage.run_records import NewRun
from axelered_box.storage.runs import Accepted

ENGINE: Json = {"version": "test"}
TTL_S = 60


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Return a fresh database inside a transaction."""
    with brief(tmp_path / "box.db") as connection:
        yield connection


@pytest.fixture
def workspace(db: sqlite3.Connection) -> str:
    """Return the id of the default workspace."""
    return workspaces.default_workspace(db).id


def new_file(name: str = "a.txt", content: str = "a") -> NewFile:
    """Return a stored file."""
    return NewFile(name=name, object=f"object-{content}", size_bytes=1, sha256=content, media_type="text/plain")


def new_run(workspace: str, **changes: Any) -> NewRun:
    """Return what is recorded of a run with one file."""
    new = NewRun(
        workspace_id=workspace,
        config={},
        metadata={"order": 7},
        files=[new_file()],
        modules={"parse": True},
        staged=False,
        idempotency_key=None,
        fingerprint=b"same",
        ttl_s=TTL_S,
        queue_limit=100,
    )
    return msgspec.structs.replace(new, **changes)


def accepted(db: sqlite3.Connection, workspace: str, **changes: Any) -> Accepted:
    """Record a run."""
    return runs.create(db, new_run(workspace, **changes))


def claimed(db: sqlite3.Connection, run: Accepted) -> Claim:
    """Claim the first task of a run."""
    claim = tasks.claim(db, run.task_ids[0])
    assert claim is not None
    return claim


def finished(state: State = State.COMPLETED, name: str = "object-out/document.md") -> tasks.Finished:
    """Return how a task ended."""
    made = Output(
        key="a.txt/parse/document.md",
        role="markdown",
        object=name,
        size_bytes=2,
        sha256="h",
        media_type="text/markdown",
    )
    return tasks.Finished(
        state=state,
        result={"ocrPages": []}
        if state is State.COMPLETED
        else {"error": {"code": "crashed", "message": "m", "page": 1}},
        outputs=[made] if state is State.COMPLETED else [],
        pages=1,
        pages_read=1,
        new_pages=[0],
        seconds=0.5,
        peak_memory_bytes=9,
    )
