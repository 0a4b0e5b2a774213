"""How rows become values and values become text, and the look-ups that every use case shares."""

import sqlite3
from typing import Any

import msgspec

from axelered_box.domain.modules import Json
from axelered_box.domain.runs import File, Output, Run, State, Task


def files_of(db: sqlite3.Connection, run_id: str) -> list[File]:
    """Return the files of a run in order."""
    rows = db.execute("SELECT * FROM files WHERE run_id = :run ORDER BY place", {"run": run_id})
    return [file_of(row) for row in rows]


def tasks_of(db: sqlite3.Connection, run_id: str) -> list[Task]:
    """Return the tasks of a run."""
    return [task_of(row) for row in db.execute("SELECT * FROM tasks WHERE run_id = :run ORDER BY id", {"run": run_id})]


def run_of(row: sqlite3.Row) -> Run:
    """Return the run of a row."""
    return Run(
        id=row["id"],
        workspace_id=row["workspace_id"],
        state=State(row["state"]),
        config=msgspec.json.decode(row["config"]),
        metadata=from_json(row["metadata"]),
        created_ms=row["created_ms"],
        submitted_ms=row["submitted_ms"],
        started_ms=row["started_ms"],
        finished_ms=row["finished_ms"],
        expires_ms=row["expires_ms"],
        erased_ms=row["erased_ms"],
        error=from_json(row["error"]),
        outcome=from_json(row["outcome"]),
        receipt=from_json(row["receipt"]),
        retry_of=row["retry_of"],
        resolved=from_json(row["resolved"]),
    )


def file_of(row: sqlite3.Row) -> File:
    """Return the file of a row."""
    return File(
        id=row["id"],
        place=row["place"],
        name=row["name"],
        object=row["object"],
        size_bytes=row["size_bytes"],
        sha256=row["sha256"],
        media_type=row["media_type"],
        pages=row["pages"],
    )


def task_of(row: sqlite3.Row) -> Task:
    """Return the task of a row."""
    return Task(
        id=row["id"],
        run_id=row["run_id"],
        file_id=row["file_id"],
        module=row["module"],
        requested=bool(row["requested"]),
        state=State(row["state"]),
        attempt=row["attempt"],
        pages_done=row["pages_done"],
        pages_total=row["pages_total"],
        started_ms=row["started_ms"],
        result=from_json(row["result"]),
        peak_memory_bytes=row["peak_memory_bytes"],
        seconds=row["seconds"],
        model=from_json(row["model"]),
    )


def output_of(row: sqlite3.Row) -> Output:
    """Return the output of a row."""
    return Output(
        key=row["key"],
        role=row["role"],
        object=row["object"],
        size_bytes=row["size_bytes"],
        sha256=row["sha256"],
        media_type=row["media_type"],
    )


def to_json(value: Any) -> str:
    """Return a value as JSON text."""
    return msgspec.json.encode(value).decode()


def from_json(text: str | None) -> Json | None:
    """Return the object that JSON text holds, None for no text."""
    value: Json | None = None if text is None else msgspec.json.decode(text)
    return value
