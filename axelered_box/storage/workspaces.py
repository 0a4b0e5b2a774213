"""Workspaces and API keys: who may see what; of a key's secret only a salted digest is stored."""

import hashlib
import hmac
import secrets
import sqlite3

import msgspec

from axelered_box.domain.errors import NotFound
from axelered_box.domain.ids import new_id, now_ms

DEFAULT_NAME = "default"


class Workspace(msgspec.Struct, frozen=True, kw_only=True):
    """A workspace: runs, keys and settings that no other workspace sees."""

    id: str
    name: str
    created_ms: int
    default_parser_id: str | None = None
    """The saved parser of runs that name none."""
    default_llm_id: str | None = None
    """The saved model of modules that name none."""


class ApiKey(msgspec.Struct, frozen=True, kw_only=True):
    """An API key without its secret; without a workspace it is a server key, which may do everything."""

    id: str
    workspace_id: str | None
    name: str
    created_ms: int
    expires_ms: int | None


class NewKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key just made, with the secret that is shown this once."""

    key: ApiKey
    secret: str

    def __repr__(self) -> str:
        return f"NewKey(key={self.key!r}, secret=...)"


def create_workspace(db: sqlite3.Connection, name: str) -> Workspace:
    """Make a workspace."""
    made = Workspace(id=new_id(), name=name, created_ms=now_ms())
    db.execute(
        "INSERT INTO workspaces (id, name, created_ms) VALUES (:id, :name, :created_ms)", msgspec.structs.asdict(made)
    )
    return made


def default_workspace(db: sqlite3.Connection) -> Workspace:
    """Return the oldest workspace that is not deleted; make one named ``default`` when there is none."""
    row = db.execute("SELECT * FROM workspaces WHERE deleted_ms IS NULL ORDER BY id LIMIT 1").fetchone()
    return _workspace(row) if row else create_workspace(db, DEFAULT_NAME)


def get_workspace(db: sqlite3.Connection, workspace_id: str, *, deleted: bool = False) -> Workspace:
    """Return a workspace; raise NotFound. With `deleted`, only one that is deleted."""
    row = db.execute(
        "SELECT * FROM workspaces WHERE id = :id AND (deleted_ms IS NOT NULL) = :deleted",
        {"id": workspace_id, "deleted": deleted},
    ).fetchone()
    if row is None:
        raise NotFound("There is no such workspace. Check the id in the address.")
    return _workspace(row)


def list_workspaces(
    db: sqlite3.Connection, *, only: str | None, before: str | None, limit: int
) -> tuple[list[Workspace], int]:
    """Return the newest workspaces below a cursor and how many there are; `only` narrows to one."""
    where = "deleted_ms IS NULL AND (:only IS NULL OR id = :only)"
    rows = db.execute(
        f"SELECT * FROM workspaces WHERE {where} AND (:before IS NULL OR id < :before) ORDER BY id DESC LIMIT :limit",
        {"only": only, "before": before, "limit": limit},
    ).fetchall()
    total = db.execute(f"SELECT COUNT(*) FROM workspaces WHERE {where}", {"only": only}).fetchone()[0]
    return [_workspace(row) for row in rows], total


def change_workspace(db: sqlite3.Connection, workspace: Workspace) -> Workspace:
    """Give a workspace the name and the defaults that the value has; return it."""
    db.execute(
        "UPDATE workspaces SET name = :name, default_parser_id = :default_parser_id, default_llm_id = :default_llm_id"
        " WHERE id = :id",
        msgspec.structs.asdict(workspace),
    )
    return workspace


def delete_workspace(db: sqlite3.Connection, workspace_id: str) -> None:
    """Delete a workspace so that it can be undeleted; raise NotFound."""
    get_workspace(db, workspace_id)
    db.execute("UPDATE workspaces SET deleted_ms = :now WHERE id = :id", {"id": workspace_id, "now": now_ms()})


def undelete_workspace(db: sqlite3.Connection, workspace_id: str) -> Workspace:
    """Bring a deleted workspace back; raise NotFound when none of that id is deleted."""
    get_workspace(db, workspace_id, deleted=True)
    db.execute("UPDATE workspaces SET deleted_ms = NULL WHERE id = :id", {"id": workspace_id})
    return get_workspace(db, workspace_id)


def create_key(db: sqlite3.Connection, workspace_id: str | None, name: str, expires_ms: int | None) -> NewKey:
    """Make a key of a workspace, or a server key; raise NotFound when there is no such workspace."""
    if workspace_id is not None:
        get_workspace(db, workspace_id)
    handle, rest, salt = secrets.token_hex(8), secrets.token_urlsafe(32), secrets.token_bytes(16)
    secret = f"ax_{handle}_{rest}"
    key = ApiKey(id=new_id(), workspace_id=workspace_id, name=name, created_ms=now_ms(), expires_ms=expires_ms)
    db.execute(
        "INSERT INTO keys (id, handle, workspace_id, name, salt, digest, created_ms, expires_ms)"
        " VALUES (:id, :handle, :workspace_id, :name, :salt, :digest, :created_ms, :expires_ms)",
        {**msgspec.structs.asdict(key), "handle": handle, "salt": salt, "digest": _digest(salt, secret)},
    )
    return NewKey(key=key, secret=secret)


def find_key(db: sqlite3.Connection, secret: str) -> ApiKey | None:
    """Return the living key that a secret opens, of a workspace that is not deleted; None when there is none."""
    parts = secret.split("_", 2)
    row = db.execute(
        "SELECT keys.* FROM keys LEFT JOIN workspaces ON workspaces.id = keys.workspace_id"
        " WHERE handle = :handle AND workspaces.deleted_ms IS NULL AND (expires_ms IS NULL OR expires_ms > :now)",
        {"handle": parts[1] if len(parts) == 3 else "", "now": now_ms()},
    ).fetchone()
    salt, digest = (row["salt"], row["digest"]) if row else (b"", b"")
    matches = hmac.compare_digest(_digest(salt, secret), digest)
    return _key(row) if matches else None


def list_keys(
    db: sqlite3.Connection, workspace_id: str | None, *, before: str | None, limit: int
) -> tuple[list[ApiKey], int]:
    """Return the newest keys below a cursor and how many there are; all keys when no workspace is named."""
    where = "(:workspace IS NULL OR workspace_id = :workspace)"
    rows = db.execute(
        f"SELECT * FROM keys WHERE {where} AND (:before IS NULL OR id < :before) ORDER BY id DESC LIMIT :limit",
        {"workspace": workspace_id, "before": before, "limit": limit},
    ).fetchall()
    total = db.execute(f"SELECT COUNT(*) FROM keys WHERE {where}", {"workspace": workspace_id}).fetchone()[0]
    return [_key(row) for row in rows], total


def delete_key(db: sqlite3.Connection, key_id: str, workspace_id: str | None = None) -> None:
    """Delete a key, dead at once; raise NotFound. With a workspace, only a key of that one."""
    deleted = db.execute(
        "DELETE FROM keys WHERE id = :id AND (:workspace IS NULL OR workspace_id = :workspace)",
        {"id": key_id, "workspace": workspace_id},
    )
    if deleted.rowcount == 0:
        raise NotFound("There is no such key. 'keys list' shows the keys there are.")


def _digest(salt: bytes, secret: str) -> bytes:
    """Return the digest of a secret; it has 256 random bits, so that one round is enough."""
    return hashlib.sha256(salt + secret.encode("utf-8", "surrogatepass")).digest()


def _workspace(row: sqlite3.Row) -> Workspace:
    return Workspace(
        id=row["id"],
        name=row["name"],
        created_ms=row["created_ms"],
        default_parser_id=row["default_parser_id"],
        default_llm_id=row["default_llm_id"],
    )


def _key(row: sqlite3.Row) -> ApiKey:
    return ApiKey(
        id=row["id"],
        workspace_id=row["workspace_id"],
        name=row["name"],
        created_ms=row["created_ms"],
        expires_ms=row["expires_ms"],
    )
