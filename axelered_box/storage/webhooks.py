"""Webhooks: the endpoints of a workspace that are told of its runs; their secrets are sealed."""

import sqlite3

import msgspec

from axelered_box.domain.errors import NotFound
from axelered_box.domain.ids import new_id, now_ms
from axelered_box.storage.rows import to_json

ROTATION_MS = 24 * 3600 * 1000
"""How long the secret before a rotation still signs."""


class Webhook(msgspec.Struct, frozen=True, kw_only=True):
    """An endpoint."""

    id: str
    workspace_id: str
    url: str
    events: list[str] | None
    """The types that it is told of; None for all."""
    secret: str
    """Sealed."""
    old_secret: str | None
    old_until_ms: int | None
    """Until when the secret before it signs too."""
    enabled: bool
    paused: str | None
    """Why the box itself disabled it."""
    created_ms: int
    updated_ms: int

    def wants(self, event: str) -> bool:
        """Tell whether it is told of a type of event."""
        return self.enabled and (self.events is None or event in self.events)


def create(
    db: sqlite3.Connection, workspace_id: str, *, url: str, events: list[str] | None, secret: str, enabled: bool
) -> Webhook:
    """Register an endpoint."""
    now = now_ms()
    values = {
        "id": new_id(),
        "workspace": workspace_id,
        "url": url,
        "events": None if events is None else to_json(events),
        "secret": secret,
        "enabled": enabled,
        "now": now,
    }
    db.execute(
        "INSERT INTO webhooks (id, workspace_id, url, events, secret, enabled, created_ms, updated_ms)"
        " VALUES (:id, :workspace, :url, :events, :secret, :enabled, :now, :now)",
        values,
    )
    return get(db, workspace_id, str(values["id"]))


def get(db: sqlite3.Connection, workspace_id: str, webhook_id: str) -> Webhook:
    """Return an endpoint; raise NotFound."""
    row = db.execute(
        "SELECT * FROM webhooks WHERE id = :id AND workspace_id = :workspace",
        {"id": webhook_id, "workspace": workspace_id},
    ).fetchone()
    if row is None:
        raise NotFound("There is no such webhook in this workspace. Check the id in the address.")
    return webhook_of(row)


def list_webhooks(
    db: sqlite3.Connection, workspace_id: str, *, before: str | None, limit: int
) -> tuple[list[Webhook], int]:
    """Return the newest endpoints below a cursor and how many there are."""
    values = {"workspace": workspace_id, "before": before, "limit": limit}
    rows = db.execute(
        "SELECT * FROM webhooks WHERE workspace_id = :workspace AND (:before IS NULL OR id < :before)"
        " ORDER BY id DESC LIMIT :limit",
        values,
    ).fetchall()
    total = db.execute("SELECT COUNT(*) FROM webhooks WHERE workspace_id = :workspace", values).fetchone()[0]
    return [webhook_of(row) for row in rows], total


def change(db: sqlite3.Connection, webhook: Webhook) -> Webhook:
    """Give an endpoint the address, events, secret and state that the value has; enabling it clears why it paused."""
    db.execute(
        "UPDATE webhooks SET url = :url, events = :events, secret = :secret, old_secret = :old_secret,"
        " old_until_ms = :old_until_ms, enabled = :enabled, failing_since_ms = NULL,"
        " paused = CASE WHEN :enabled THEN NULL ELSE paused END, updated_ms = :now WHERE id = :id",
        {
            **msgspec.structs.asdict(webhook),
            "events": None if webhook.events is None else to_json(webhook.events),
            "now": now_ms(),
        },
    )
    return get(db, webhook.workspace_id, webhook.id)


def rotate(db: sqlite3.Connection, workspace_id: str, webhook_id: str, secret: str) -> Webhook:
    """Give an endpoint a new secret; the one before it signs for a day more. Raises NotFound."""
    webhook = get(db, workspace_id, webhook_id)
    return change(
        db,
        msgspec.structs.replace(webhook, secret=secret, old_secret=webhook.secret, old_until_ms=now_ms() + ROTATION_MS),
    )


def delete(db: sqlite3.Connection, workspace_id: str, webhook_id: str) -> None:
    """Remove an endpoint with what was to be delivered to it; raise NotFound."""
    get(db, workspace_id, webhook_id)
    db.execute("DELETE FROM deliveries WHERE webhook_id = :id", {"id": webhook_id})
    db.execute("DELETE FROM webhooks WHERE id = :id", {"id": webhook_id})


def webhook_of(row: sqlite3.Row) -> Webhook:
    """Return the endpoint of a row."""
    return Webhook(
        id=row["id"],
        workspace_id=row["workspace_id"],
        url=row["url"],
        events=None if row["events"] is None else msgspec.json.decode(row["events"]),
        secret=row["secret"],
        old_secret=row["old_secret"],
        old_until_ms=row["old_until_ms"],
        enabled=bool(row["enabled"]),
        paused=row["paused"],
        created_ms=row["created_ms"],
        updated_ms=row["updated_ms"],
    )
