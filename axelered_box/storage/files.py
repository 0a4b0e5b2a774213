"""The input files of runs, under names that are unique in their run."""

import sqlite3
from collections.abc import Iterator

import msgspec

from axelered_box.domain.runs import NewFile


def insert_file(db: sqlite3.Connection, run_id: str, file: NewFile, *, repeat: bool) -> bool:
    """Add a file under a free name; with `repeat`, tell False when one of that name and content is there already."""
    taken = {
        row["name"]: row["sha256"]
        for row in db.execute("SELECT name, sha256 FROM files WHERE run_id = :run", {"run": run_id})
    }
    if repeat and any(taken[name] == file.sha256 for name in _names_like(file.name, taken)):
        return False
    free = next(name for name in _numbered(file.name) if name not in taken)
    db.execute(
        "INSERT INTO files (run_id, place, name, object, size_bytes, sha256, media_type)"
        " VALUES (:run, :place, :name, :object, :size_bytes, :sha256, :media_type)",
        {**msgspec.structs.asdict(file), "run": run_id, "place": len(taken), "name": free},
    )
    return True


def _names_like(name: str, taken: dict[str, str]) -> list[str]:
    """Return the taken names that are `name` or one of its numbered forms."""
    found: list[str] = []
    for candidate in _numbered(name):
        if candidate not in taken:
            return found
        found.append(candidate)
    return found


def _numbered(name: str) -> Iterator[str]:
    """Yield ``scan.pdf``, ``scan (2).pdf``, ``scan (3).pdf`` and so on."""
    yield name
    stem, dot, ending = name.rpartition(".")
    number = 2
    while True:
        yield f"{stem} ({number}).{ending}" if dot and stem else f"{name} ({number})"
        number += 1
