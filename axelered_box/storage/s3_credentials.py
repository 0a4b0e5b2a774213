"""The credentials of the bucket: an access key and a sealed secret for a workspace, apart from its API keys."""

import secrets
import sqlite3

import msgspec

from axelered_box.domain.errors import NotFound
from axelered_box.domain.ids import now_ms
from axelered_box.storage.workspaces import get_workspace

BUCKET_PREFIX = "ws-"
"""A bucket is named so, and by the id of its workspace."""
REGION = "local"
ACCESS_KEY_PREFIX = "AXBK"
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_SECRET_BYTES = 30


class S3Credential(msgspec.Struct, frozen=True, kw_only=True):
    """A credential; its secret is sealed."""

    access_key: str
    workspace_id: str
    secret: str
    created_ms: int


def new_pair() -> tuple[str, str]:
    """Return a new access key (20 letters and digits) and a new secret (40 characters)."""
    access_key = ACCESS_KEY_PREFIX + "".join(secrets.choice(_ALPHABET) for _ in range(16))
    return access_key, secrets.token_urlsafe(_SECRET_BYTES)


def create(db: sqlite3.Connection, workspace_id: str, access_key: str, sealed_secret: str) -> S3Credential:
    """Record a credential; raise NotFound when there is no such workspace."""
    get_workspace(db, workspace_id)
    made = S3Credential(access_key=access_key, workspace_id=workspace_id, secret=sealed_secret, created_ms=now_ms())
    db.execute(
        "INSERT INTO s3_credentials (access_key, workspace_id, secret, created_ms)"
        " VALUES (:access_key, :workspace_id, :secret, :created_ms)",
        msgspec.structs.asdict(made),
    )
    return made


def find(db: sqlite3.Connection, access_key: str) -> S3Credential | None:
    """Return a credential of a workspace that is not deleted, None when there is none."""
    row = db.execute(
        "SELECT c.* FROM s3_credentials c JOIN workspaces w ON w.id = c.workspace_id"
        " WHERE c.access_key = :key AND w.deleted_ms IS NULL",
        {"key": access_key},
    ).fetchone()
    return None if row is None else _credential(row)


def list_credentials(
    db: sqlite3.Connection, workspace_id: str, *, before: str | None, limit: int
) -> tuple[list[S3Credential], int]:
    """Return the credentials of a workspace by access key, from the last down, and how many there are."""
    values = {"workspace": workspace_id, "before": before, "limit": limit}
    rows = db.execute(
        "SELECT * FROM s3_credentials WHERE workspace_id = :workspace AND (:before IS NULL OR access_key < :before)"
        " ORDER BY access_key DESC LIMIT :limit",
        values,
    ).fetchall()
    total = db.execute("SELECT COUNT(*) FROM s3_credentials WHERE workspace_id = :workspace", values).fetchone()[0]
    return [_credential(row) for row in rows], total


def delete(db: sqlite3.Connection, workspace_id: str, access_key: str | None) -> int:
    """Delete a credential of a workspace, dead at once, or all of them; return how many. Raises NotFound."""
    deleted = db.execute(
        "DELETE FROM s3_credentials WHERE workspace_id = :workspace AND (:key IS NULL OR access_key = :key)",
        {"workspace": workspace_id, "key": access_key},
    ).rowcount
    if access_key is not None and deleted == 0:
        raise NotFound("There is no such access key in this workspace. GET lists those there are.")
    return deleted


def _credential(row: sqlite3.Row) -> S3Credential:
    return S3Credential(
        access_key=row["access_key"],
        workspace_id=row["workspace_id"],
        secret=row["secret"],
        created_ms=row["created_ms"],
    )
