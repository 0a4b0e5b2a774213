"""What lies in a workspace's bucket: outputs of runs below ``runs/``, and below ``inputs/`` what clients put there.

Keys are compared by their UTF-8 bytes, as S3 has it; SQLite's own order of texts is that.
"""

import sqlite3
from typing import Any

import msgspec

from axelered_box.domain.ids import now_ms
from axelered_box.domain.modules import Json
from axelered_box.storage.erasure import doom
from axelered_box.storage.rows import to_json

INPUTS = "inputs/"
RUNS = "runs/"
LAST_CHARACTER = "\U0010ffff"
"""Sorts behind every other character."""
BATCH = 1000


class BucketObject(msgspec.Struct, frozen=True, kw_only=True):
    """An object as clients of the bucket see it."""

    key: str
    object: str
    size_bytes: int
    sha256: str
    etag: str
    """Without quotes."""
    modified_ms: int
    headers: Json
    """``content-type``, ``x-amz-meta-...`` and ``x-amz-checksum-...`` by name."""


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a list: objects and common prefixes, both by key."""

    objects: list[BucketObject]
    prefixes: list[str]
    next_key: str | None
    """The key or prefix behind which the next page begins; None on the last page."""


def find(db: sqlite3.Connection, workspace_id: str, key: str) -> BucketObject | None:
    """Return the living object of a key, None when there is none."""
    values = {"workspace": workspace_id, "key": key, "now": now_ms()}
    if key.startswith(RUNS):
        run_id, _, name = key.removeprefix(RUNS).partition("/")
        row = db.execute(
            f"{_OUTPUTS} AND r.id = :run AND o.key = :name", {**values, "run": run_id, "name": name}
        ).fetchone()
    else:
        row = db.execute(f"{_OWN} AND key = :key", values).fetchone()
    return None if row is None else _object(row)


def put(db: sqlite3.Connection, workspace_id: str, made: BucketObject, expires_ms: int) -> None:
    """Make an object visible in place of the one before it, whose bytes are doomed."""
    _doom_own(db, workspace_id, made.key)
    db.execute(
        "INSERT INTO bucket_objects"
        " (workspace_id, key, object, size_bytes, sha256, etag, headers, modified_ms, expires_ms)"
        " VALUES (:workspace, :key, :object, :size_bytes, :sha256, :etag, :headers, :modified_ms, :expires)",
        {
            **msgspec.structs.asdict(made),
            "headers": to_json(made.headers),
            "workspace": workspace_id,
            "expires": expires_ms,
        },
    )


def delete(db: sqlite3.Connection, workspace_id: str, key: str) -> None:
    """Remove an object that a client put; that there is none is no error."""
    _doom_own(db, workspace_id, key)


def list_objects(
    db: sqlite3.Connection, workspace_id: str, *, prefix: str, delimiter: str, after: str, limit: int
) -> Listed:
    """Return the objects behind a key whose keys have a prefix; those with a delimiter behind it as common prefixes."""
    objects: list[BucketObject] = []
    prefixes: list[str] = []
    marker, last = after, None
    while True:
        rows = _rows(db, workspace_id, prefix, marker, max(2, min(BATCH, limit + 1)))
        for row in rows:
            common = _common(row["key"], prefix, delimiter)
            if common is not None and (common in prefixes[-1:] or after.startswith(common)):
                continue
            if len(objects) + len(prefixes) == limit:
                return Listed(objects=objects, prefixes=prefixes, next_key=last)
            if common is None:
                objects.append(_object(row))
                last = row["key"]
            else:
                prefixes.append(common)
                last = common
        if len(rows) < max(2, min(BATCH, limit + 1)):
            return Listed(objects=objects, prefixes=prefixes, next_key=None)
        common = _common(rows[-1]["key"], prefix, delimiter)
        marker = max(rows[-1]["key"], "" if common is None else common + LAST_CHARACTER)


def expire(db: sqlite3.Connection, limit: int) -> int:
    """Remove objects whose life has ended, at most so many; return how many there were."""
    now = now_ms()
    rows = db.execute(
        "SELECT workspace_id, key FROM bucket_objects WHERE expires_ms <= :now LIMIT :limit",
        {"now": now, "limit": limit},
    ).fetchall()
    for row in rows:
        _doom_own(db, row["workspace_id"], row["key"])
    return len(rows)


_OWN = (
    "SELECT key, object, size_bytes, sha256, etag, modified_ms, headers FROM bucket_objects"
    " WHERE workspace_id = :workspace AND expires_ms > :now"
)
_OUTPUTS = (
    "SELECT 'runs/' || r.id || '/' || o.key AS key, o.object, o.size_bytes, o.sha256, o.sha256 AS etag,"
    " r.finished_ms AS modified_ms, json_object('content-type', o.media_type) AS headers"
    " FROM runs r JOIN outputs o ON o.run_id = r.id"
    " WHERE r.workspace_id = :workspace AND r.erased_ms IS NULL AND r.finished_ms IS NOT NULL AND r.expires_ms > :now"
)


def _rows(db: sqlite3.Connection, workspace_id: str, prefix: str, after: str, limit: int) -> list[sqlite3.Row]:
    """Return the first objects behind a key that have a prefix, of both kinds, by key."""
    values: dict[str, Any] = {
        "workspace": workspace_id,
        "now": now_ms(),
        "after": after,
        "first": prefix,
        "last": _behind(prefix),
        "limit": limit,
    }
    span = " AND key > :after AND key >= :first AND key < :last ORDER BY key LIMIT :limit"
    own = db.execute(_OWN + span, values).fetchall()
    if not (RUNS.startswith(prefix) or prefix.startswith(RUNS)) or after > RUNS + LAST_CHARACTER:
        return own
    outputs = db.execute(
        f"SELECT * FROM ({_OUTPUTS} AND r.id >= :run_first AND r.id < :run_last) WHERE 1" + span,
        {**values, **_run_span(prefix, after)},
    ).fetchall()
    return sorted([*own, *outputs], key=lambda row: str(row["key"]).encode())[:limit]


def _behind(prefix: str) -> str | bytes:
    """Return the first text that sorts behind all that begin with a prefix; SQLite sorts bytes behind every text."""
    begun = prefix.rstrip(LAST_CHARACTER)
    if not begun:
        return b""
    code = ord(begun[-1]) + 1
    return begun[:-1] + chr(0xE000 if code == 0xD800 else code)  # surrogates are no characters


def _run_span(prefix: str, after: str) -> dict[str, str]:
    """Return between which run ids the outputs lie that a prefix and a key before them allow."""
    run = prefix.removeprefix(RUNS).partition("/")[0] if prefix.startswith(RUNS) else ""
    begun = after.removeprefix(RUNS).partition("/")[0] if after.startswith(RUNS) else ""
    return {"run_first": max(run, begun.rstrip(LAST_CHARACTER)), "run_last": run + LAST_CHARACTER}


def _common(key: str, prefix: str, delimiter: str) -> str | None:
    """Return the part of a key up to the first delimiter behind the prefix, None when there is none."""
    if not delimiter:
        return None
    place = key.find(delimiter, len(prefix))
    return None if place < 0 else key[: place + len(delimiter)]


def _doom_own(db: sqlite3.Connection, workspace_id: str, key: str) -> None:
    row = db.execute(
        "DELETE FROM bucket_objects WHERE workspace_id = :workspace AND key = :key RETURNING object",
        {"workspace": workspace_id, "key": key},
    ).fetchone()
    if row is not None:
        doom(db, [row["object"].split("/")[0]])


def _object(row: sqlite3.Row) -> BucketObject:
    return BucketObject(
        key=row["key"],
        object=row["object"],
        size_bytes=row["size_bytes"],
        sha256=row["sha256"],
        etag=row["etag"],
        modified_ms=row["modified_ms"],
        headers=msgspec.json.decode(row["headers"]),
    )
