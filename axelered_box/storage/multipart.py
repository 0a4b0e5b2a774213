"""Uploads in parts: begun, filled part by part, and completed as one object or aborted."""

import sqlite3

import msgspec

from axelered_box.domain.ids import new_id, now_ms
from axelered_box.domain.modules import Json
from axelered_box.storage.erasure import doom
from axelered_box.storage.rows import to_json


class MultipartUpload(msgspec.Struct, frozen=True, kw_only=True):
    """An upload that takes parts."""

    id: str
    key: str
    headers: Json
    created_ms: int


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A part that has been received."""

    number: int
    object: str
    size_bytes: int
    etag: str
    """Without quotes."""
    checksums: Json
    """``x-amz-checksum-...`` by name."""
    modified_ms: int


def begin(db: sqlite3.Connection, workspace_id: str, key: str, headers: Json) -> MultipartUpload:
    """Begin an upload in parts."""
    made = MultipartUpload(id=new_id(), key=key, headers=headers, created_ms=now_ms())
    db.execute(
        "INSERT INTO multiparts (id, workspace_id, key, headers, created_ms)"
        " VALUES (:id, :workspace, :key, :headers, :created_ms)",
        {**msgspec.structs.asdict(made), "workspace": workspace_id, "headers": to_json(headers)},
    )
    return made


def find(db: sqlite3.Connection, workspace_id: str, key: str, upload_id: str) -> MultipartUpload | None:
    """Return an upload that is under way, None when there is none."""
    row = db.execute(
        "SELECT * FROM multiparts WHERE id = :id AND workspace_id = :workspace AND key = :key",
        {"id": upload_id, "workspace": workspace_id, "key": key},
    ).fetchone()
    return None if row is None else _upload(row)


def put_part(db: sqlite3.Connection, upload_id: str, part: Part) -> bool:
    """Record a part in place of the one before it; tell False when the upload has ended meanwhile."""
    if db.execute("SELECT 1 FROM multiparts WHERE id = :id", {"id": upload_id}).fetchone() is None:
        return False
    _doom_parts(db, upload_id, part.number)
    db.execute(
        "INSERT INTO parts (upload_id, number, object, size_bytes, etag, checksums, modified_ms)"
        " VALUES (:upload, :number, :object, :size_bytes, :etag, :checksums, :modified_ms)",
        {**msgspec.structs.asdict(part), "upload": upload_id, "checksums": to_json(part.checksums)},
    )
    return True


def parts_of(db: sqlite3.Connection, upload_id: str) -> list[Part]:
    """Return the parts of an upload by number."""
    rows = db.execute("SELECT * FROM parts WHERE upload_id = :upload ORDER BY number", {"upload": upload_id})
    return [
        Part(
            number=row["number"],
            object=row["object"],
            size_bytes=row["size_bytes"],
            etag=row["etag"],
            checksums=msgspec.json.decode(row["checksums"]),
            modified_ms=row["modified_ms"],
        )
        for row in rows
    ]


def end(db: sqlite3.Connection, upload_id: str) -> None:
    """Forget an upload and doom its parts: it is complete, or aborted."""
    _doom_parts(db, upload_id, None)
    db.execute("DELETE FROM multiparts WHERE id = :id", {"id": upload_id})


def list_uploads(
    db: sqlite3.Connection, workspace_id: str, *, prefix: str, after: tuple[str, str], limit: int
) -> list[MultipartUpload]:
    """Return the uploads behind a key and id whose keys have a prefix, by key and id."""
    rows = db.execute(
        "SELECT * FROM multiparts WHERE workspace_id = :workspace AND substr(key, 1, length(:prefix)) = :prefix"
        " AND (key, id) > (:key, :id) ORDER BY key, id LIMIT :limit",
        {"workspace": workspace_id, "prefix": prefix, "key": after[0], "id": after[1], "limit": limit},
    )
    return [_upload(row) for row in rows]


def expire(db: sqlite3.Connection, begun_before_ms: int) -> int:
    """End uploads that were begun before an instant; return how many there were."""
    rows = db.execute("SELECT id FROM multiparts WHERE created_ms < :limit", {"limit": begun_before_ms}).fetchall()
    for row in rows:
        end(db, row["id"])
    return len(rows)


def _doom_parts(db: sqlite3.Connection, upload_id: str, number: int | None) -> None:
    rows = db.execute(
        "DELETE FROM parts WHERE upload_id = :upload AND (:number IS NULL OR number = :number) RETURNING object",
        {"upload": upload_id, "number": number},
    ).fetchall()
    doom(db, [row["object"] for row in rows])


def _upload(row: sqlite3.Row) -> MultipartUpload:
    return MultipartUpload(
        id=row["id"], key=row["key"], headers=msgspec.json.decode(row["headers"]), created_ms=row["created_ms"]
    )
