"""Who sends a request: the key in its header, looked up anew each time, and what that key may see."""

import sqlite3
from enum import Enum

from axelered_box.domain.errors import Forbidden, NotFound, Unauthorized
from axelered_box.storage import workspaces
from axelered_box.storage.database import Database
from axelered_box.storage.workspaces import ApiKey

SCHEME = "bearer"


class Access(Enum):
    """Who may use a route."""

    OPEN = "open"
    """Anybody."""
    KEY = "key"
    """Whoever has a key."""
    WORKSPACE = "workspace"
    """Keys of the workspace that the address names, and server keys."""
    SERVER = "server"
    """Server keys only."""


async def authenticate(
    database: Database, authorization: str | None, access: Access, workspace_id: str | None
) -> ApiKey:
    """Return the key of a request; raise Unauthorized, Forbidden, or NotFound for a workspace it may not see.

    Nothing is remembered between requests, so that a deleted key is dead at once.
    """
    secret = _secret(authorization)

    def look(db: sqlite3.Connection) -> ApiKey:
        key = workspaces.find_key(db, secret)
        if key is None:
            raise Unauthorized
        if access is Access.SERVER and key.workspace_id is not None:
            raise Forbidden("This takes a server key; 'keys create --server' makes one. Yours is of one workspace.")
        if access is Access.WORKSPACE and workspace_id is not None:
            _see(db, key, workspace_id)
        return key

    return await database.read(look)


def _secret(authorization: str | None) -> str:
    """Return the secret of an Authorization header."""
    scheme, _, secret = (authorization or "").strip().partition(" ")
    if scheme.lower() != SCHEME or not secret.strip():
        raise Unauthorized
    return secret.strip()


def _see(db: sqlite3.Connection, key: ApiKey, workspace_id: str) -> None:
    """Raise NotFound when the key may not see the workspace, in the words for one that is not there."""
    if key.workspace_id is None:
        workspaces.get_workspace(db, workspace_id)
    elif key.workspace_id != workspace_id:
        raise NotFound("There is no such workspace. Check the id in the address.")
