"""The outbox: what webhooks are to be told, written with the end of the run, and what came of each delivery.

A delivery is `pending` until it is `delivered`, or `dead` when the schedule is used up. What is pending for an endpoint
that is disabled waits until it is enabled again.
"""

import sqlite3
from typing import Any

import msgspec

from axelered_box.domain.errors import Erased, NotFound
from axelered_box.domain.ids import iso, new_id, now_ms
from axelered_box.domain.modules import Json
from axelered_box.domain.runs import Run, State
from axelered_box.storage.rows import to_json
from axelered_box.storage.webhooks import Webhook, webhook_of

GIVE_UP_MS = 5 * 24 * 3600 * 1000
"""An endpoint that has failed for so long is paused."""
COMPLETED = "process.completed"
FAILED = "process.failed"
CANCELED = "process.canceled"
EXPIRED = "process.expired"
TEST = "webhook.test"
EVENTS = (COMPLETED, FAILED, CANCELED, EXPIRED, TEST)
_LIVE = (
    "(SELECT * FROM webhooks WHERE enabled AND workspace_id IN (SELECT id FROM workspaces WHERE deleted_ms IS NULL)) w"
)
"""Endpoints that are delivered to: enabled ones, of workspaces that are not deleted."""
_TYPES = {State.COMPLETED: [COMPLETED], State.FAILED: [COMPLETED, FAILED], State.CANCELED: [COMPLETED, CANCELED]}


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """An event on its way to an endpoint."""

    id: str
    webhook_id: str
    type: str
    run_id: str | None
    body: str | None
    """JSON as it is sent; None once the run is erased."""
    state: str
    attempts: int
    created_ms: int
    next_ms: int | None
    delivered_ms: int | None
    last_ms: int | None
    last_status: int | None
    last_error: str | None
    last_duration_ms: int | None


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """How an attempt to deliver ended."""

    began_ms: int
    duration_ms: int
    status: int | None
    error: str | None
    delivered: bool
    gone: bool = False
    """Whether the endpoint wants no more (410)."""


def add_end(db: sqlite3.Connection, run: Run, state: State, files: list[str], *, partial: bool) -> None:
    """Write to the outbox that a run has ended, in the transaction that ends it."""
    for kind in _TYPES[state]:
        data = {**_about(run), "status": state, "files": files, "metadata": run.metadata, "partial": partial}
        _add(db, run, kind, data)


def add_expired(db: sqlite3.Connection, run: Run, state: State) -> None:
    """Write to the outbox that a run's life has ended; its names are gone, so the event has none."""
    partial = bool((run.outcome or {}).get("partial"))
    _add(db, run, EXPIRED, {**_about(run), "status": state, "partial": partial})


def add_test(db: sqlite3.Connection, webhook: Webhook) -> Delivery:
    """Write a test event for one endpoint to the outbox."""
    data = {"workspaceId": webhook.workspace_id, "webhookId": webhook.id}
    return _insert(db, webhook.id, TEST, None, data)


def strip(db: sqlite3.Connection, run: Run) -> None:
    """Take names and metadata of an erased run out of what is still to be delivered, and all out of what was."""
    db.execute("UPDATE deliveries SET body = NULL WHERE run_id = :run AND state != 'pending'", {"run": run.id})
    rows = db.execute("SELECT id, body FROM deliveries WHERE run_id = :run AND state = 'pending'", {"run": run.id})
    for row in rows.fetchall():
        body = msgspec.json.decode(row["body"])
        body["data"] = {name: value for name, value in body["data"].items() if name not in ("files", "metadata")}
        db.execute("UPDATE deliveries SET body = :body WHERE id = :id", {"body": to_json(body), "id": row["id"]})


def endpoints_due(db: sqlite3.Connection, now: int) -> list[str]:
    """Return the live endpoints that something is to be delivered to now."""
    rows = db.execute(
        f"SELECT DISTINCT d.webhook_id FROM deliveries d JOIN {_LIVE} ON w.id = d.webhook_id"
        " WHERE d.state = 'pending' AND d.next_ms <= :now",
        {"now": now},
    )
    return [row["webhook_id"] for row in rows]


def next_due_ms(db: sqlite3.Connection, but: list[str]) -> int | None:
    """Return when the next delivery to a live endpoint is due, some endpoints left out."""
    due: int | None = db.execute(
        f"SELECT MIN(d.next_ms) FROM deliveries d JOIN {_LIVE} ON w.id = d.webhook_id"
        " WHERE d.state = 'pending' AND d.webhook_id NOT IN (SELECT value FROM json_each(:but))",
        {"but": to_json(but)},
    ).fetchone()[0]
    return due


def first_due(db: sqlite3.Connection, webhook_id: str, now: int) -> tuple[Webhook, Delivery] | None:
    """Return the delivery to a live endpoint that has been due for longest."""
    row = db.execute(f"SELECT * FROM {_LIVE} WHERE id = :id", {"id": webhook_id}).fetchone()
    found = db.execute(
        "SELECT * FROM deliveries WHERE webhook_id = :id AND state = 'pending' AND next_ms <= :now"
        " ORDER BY next_ms, id LIMIT 1",
        {"id": webhook_id, "now": now},
    ).fetchone()
    return None if row is None or found is None else (webhook_of(row), _delivery(found))


def record(db: sqlite3.Connection, delivery: Delivery, attempt: Attempt, next_ms: int | None) -> None:
    """Note how an attempt ended; `next_ms` is when the next one is due, None when there is none.

    Where the event was asked for again meanwhile, it stays due.
    """
    state = "delivered" if attempt.delivered else "dead" if next_ms is None else "pending"
    db.execute(
        "UPDATE deliveries SET state = :state, attempts = attempts + 1, next_ms = :next"
        " WHERE id = :id AND attempts = :attempts",
        {
            "state": state,
            "next": None if attempt.delivered else next_ms,
            "id": delivery.id,
            "attempts": delivery.attempts,
        },
    )
    db.execute(
        "UPDATE deliveries SET last_ms = :began, last_status = :status, last_error = :error,"
        " last_duration_ms = :duration, delivered_ms = CASE WHEN :delivered THEN :began ELSE delivered_ms END"
        " WHERE id = :id",
        {
            "delivered": attempt.delivered,
            "began": attempt.began_ms,
            "status": attempt.status,
            "error": attempt.error,
            "duration": attempt.duration_ms,
            "id": delivery.id,
        },
    )
    if attempt.delivered:
        db.execute("UPDATE webhooks SET failing_since_ms = NULL WHERE id = :id", {"id": delivery.webhook_id})
        return
    db.execute(
        "UPDATE webhooks SET failing_since_ms = COALESCE(failing_since_ms, :now) WHERE id = :id",
        {"now": attempt.began_ms, "id": delivery.webhook_id},
    )
    if attempt.gone:
        _pause(db, delivery.webhook_id, "It answered 410: it wants no more events.")
    long_ago = {"id": delivery.webhook_id, "limit": attempt.began_ms - GIVE_UP_MS}
    if db.execute("SELECT 1 FROM webhooks WHERE id = :id AND failing_since_ms < :limit", long_ago).fetchone():
        _pause(db, delivery.webhook_id, "It has failed for five days.")


def list_deliveries(
    db: sqlite3.Connection, webhook_id: str, *, before: str | None, limit: int
) -> tuple[list[Delivery], int]:
    """Return the newest deliveries of an endpoint below a cursor and how many there are."""
    values = {"webhook": webhook_id, "before": before, "limit": limit}
    rows = db.execute(
        "SELECT * FROM deliveries WHERE webhook_id = :webhook AND (:before IS NULL OR id < :before)"
        " ORDER BY id DESC LIMIT :limit",
        values,
    ).fetchall()
    total = db.execute("SELECT COUNT(*) FROM deliveries WHERE webhook_id = :webhook", values).fetchone()[0]
    return [_delivery(row) for row in rows], total


def redeliver(db: sqlite3.Connection, webhook_id: str, delivery_id: str) -> Delivery:
    """Have an event delivered again, under its id; raise NotFound, or Erased when its run is."""
    row = db.execute(
        "SELECT * FROM deliveries WHERE id = :id AND webhook_id = :webhook", {"id": delivery_id, "webhook": webhook_id}
    ).fetchone()
    if row is None:
        raise NotFound("There is no such delivery of this webhook. Check the id in the address.")
    if row["body"] is None:
        raise Erased("The run that the event is about was erased, and with it the event.", runId=row["run_id"])
    db.execute(
        "UPDATE deliveries SET state = 'pending', attempts = 0, next_ms = :now WHERE id = :id",
        {"now": now_ms(), "id": delivery_id},
    )
    return _delivery(db.execute("SELECT * FROM deliveries WHERE id = :id", {"id": delivery_id}).fetchone())


def forget(db: sqlite3.Connection, older_than_ms: int) -> None:
    """Forget deliveries that ended before an instant."""
    db.execute("DELETE FROM deliveries WHERE state != 'pending' AND created_ms < :limit", {"limit": older_than_ms})


def _about(run: Run) -> Json:
    return {"runId": run.id, "workspaceId": run.workspace_id}


def _add(db: sqlite3.Connection, run: Run, kind: str, data: Json) -> None:
    """Write an event to the outbox for each endpoint of the run's workspace that wants it."""
    rows = db.execute("SELECT * FROM webhooks WHERE workspace_id = :workspace", {"workspace": run.workspace_id})
    for row in rows.fetchall():
        if webhook_of(row).wants(kind):
            _insert(db, row["id"], kind, run.id, data)


def _insert(db: sqlite3.Connection, webhook_id: str, kind: str, run_id: str | None, data: Json) -> Delivery:
    now = now_ms()
    values: dict[str, Any] = {
        "id": new_id(),
        "webhook": webhook_id,
        "type": kind,
        "run": run_id,
        "body": to_json({"type": kind, "timestamp": iso(now), "data": data}),
        "now": now,
    }
    db.execute(
        "INSERT INTO deliveries (id, webhook_id, type, run_id, body, state, created_ms, next_ms)"
        " VALUES (:id, :webhook, :type, :run, :body, 'pending', :now, :now)",
        values,
    )
    return _delivery(db.execute("SELECT * FROM deliveries WHERE id = :id", values).fetchone())


def _pause(db: sqlite3.Connection, webhook_id: str, reason: str) -> None:
    db.execute("UPDATE webhooks SET enabled = 0, paused = :why WHERE id = :id", {"why": reason, "id": webhook_id})


def _delivery(row: sqlite3.Row) -> Delivery:
    return Delivery(**{name: row[name] for name in Delivery.__struct_fields__})
