"""The routes of webhooks: endpoints, their secrets, and what came of their deliveries."""

import sqlite3
from typing import Annotated
from urllib.parse import urlsplit

import msgspec
from litestar.response.base import ASGIResponse

from axelered_box.api.bodies import typed_body
from axelered_box.api.calls import Call, done, listing, ok
from axelered_box.delivery import sign
from axelered_box.domain.errors import InvalidRequest
from axelered_box.domain.ids import iso, now_ms
from axelered_box.domain.modules import Json
from axelered_box.egress import EgressDenied
from axelered_box.storage import outbox, webhooks
from axelered_box.storage.outbox import EVENTS, Delivery
from axelered_box.storage.webhooks import Webhook

Url = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
Secret = Annotated[str, msgspec.Meta(max_length=300)]


class NewWebhook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body by which an endpoint is registered."""

    url: Url
    events: list[str] | None = None
    secret: Secret | None = None
    enabled: bool = True


class ChangedWebhook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body by which an endpoint is changed; what it does not name stays."""

    url: Url | msgspec.UnsetType = msgspec.UNSET
    events: list[str] | msgspec.UnsetType | None = msgspec.UNSET
    secret: Secret | msgspec.UnsetType = msgspec.UNSET
    enabled: bool | msgspec.UnsetType = msgspec.UNSET


async def create(call: Call) -> ASGIResponse:
    """Register an endpoint; its secret is shown this once."""
    body, workspace_id = await typed_body(call, NewWebhook), call.workspace_id
    await _check_url(call, body.url)
    events, secret = _events(body.events), _secret(body.secret)
    sealed = call.parts.tools.sealer.seal(secret)
    made = await call.parts.tools.database.write(
        lambda db: webhooks.create(db, workspace_id, url=body.url, events=events, secret=sealed, enabled=body.enabled)
    )
    return ok({**_object(made), "secret": secret}, 201)


async def list_all(call: Call) -> ASGIResponse:
    """List the endpoints of a workspace, newest first."""
    query, workspace_id = call.query(), call.workspace_id
    limit, before = query.limit(), query.cursor()
    found, total = await call.parts.tools.database.read(
        lambda db: webhooks.list_webhooks(db, workspace_id, before=before, limit=limit + 1)
    )
    cursor = found[limit - 1].id if len(found) > limit else None
    return listing([_object(webhook) for webhook in found[:limit]], limit, cursor, total)


async def get(call: Call) -> ASGIResponse:
    """Show an endpoint."""
    return ok(_object(await _get(call)))


async def change(call: Call) -> ASGIResponse:
    """Change an endpoint."""
    body, workspace_id, webhook_id = await typed_body(call, ChangedWebhook), call.workspace_id, call.name("webhook_id")
    await _get(call)
    changes: Json = {}
    if body.url is not msgspec.UNSET:
        await _check_url(call, body.url)
        changes["url"] = body.url
    if body.events is not msgspec.UNSET:
        changes["events"] = _events(body.events)
    if body.secret is not msgspec.UNSET:
        sealed = call.parts.tools.sealer.seal(_secret(body.secret))
        changes |= {"secret": sealed, "old_secret": None, "old_until_ms": None}
    if body.enabled is not msgspec.UNSET:
        changes["enabled"] = body.enabled

    def write(db: sqlite3.Connection) -> Webhook:
        return webhooks.change(db, msgspec.structs.replace(webhooks.get(db, workspace_id, webhook_id), **changes))

    changed = await call.parts.tools.database.write(write)
    call.parts.wake_deliveries()
    return ok(_object(changed))


async def delete(call: Call) -> ASGIResponse:
    """Remove an endpoint, and what was still to be delivered to it."""
    workspace_id, webhook_id = call.workspace_id, call.name("webhook_id")
    await call.parts.tools.database.write(lambda db: webhooks.delete(db, workspace_id, webhook_id))
    return done()


async def rotate(call: Call) -> ASGIResponse:
    """Give an endpoint a new secret, shown this once; the one before signs too for a day."""
    workspace_id, webhook_id, secret = call.workspace_id, call.name("webhook_id"), sign.new_secret()
    sealed = call.parts.tools.sealer.seal(secret)
    rotated = await call.parts.tools.database.write(lambda db: webhooks.rotate(db, workspace_id, webhook_id, sealed))
    return ok({**_object(rotated), "secret": secret})


async def test(call: Call) -> ASGIResponse:
    """Send a test event to an endpoint."""
    webhook = await _get(call)
    if not webhook.enabled:
        sentence = "The webhook is disabled, so nothing is sent to it. Enable it first."
        raise InvalidRequest.of(["path", "webhook_id"], sentence, webhook.id, "disabled")
    delivery = await call.parts.tools.database.write(lambda db: outbox.add_test(db, webhook))
    call.parts.wake_deliveries()
    return ok(_delivery_object(delivery, webhook), 202)


async def list_deliveries(call: Call) -> ASGIResponse:
    """List what was sent to an endpoint or is to be, newest first."""
    webhook, query = await _get(call), call.query()
    limit, before = query.limit(), query.cursor()
    found, total = await call.parts.tools.database.read(
        lambda db: outbox.list_deliveries(db, webhook.id, before=before, limit=limit + 1)
    )
    cursor = found[limit - 1].id if len(found) > limit else None
    return listing([_delivery_object(delivery, webhook) for delivery in found[:limit]], limit, cursor, total)


async def redeliver(call: Call) -> ASGIResponse:
    """Send an event again, under the same webhook-id."""
    webhook, delivery_id = await _get(call), call.name("delivery_id")
    again = await call.parts.tools.database.write(lambda db: outbox.redeliver(db, webhook.id, delivery_id))
    call.parts.wake_deliveries()
    return ok(_delivery_object(again, webhook), 202)


async def _get(call: Call) -> Webhook:
    workspace_id, webhook_id = call.workspace_id, call.name("webhook_id")
    return await call.parts.tools.database.read(lambda db: webhooks.get(db, workspace_id, webhook_id))


async def _check_url(call: Call, url: str) -> None:
    """Raise InvalidRequest for an address that events cannot or may not be sent to."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("https", "http") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.username is not None:
        sentence = "It must be an address such as https://erp.example.org/hook, without user and password."
        raise InvalidRequest.of(["body", "url"], sentence, url, "url_parsing")
    try:
        await call.parts.webhook_egress.check(url)
    except EgressDenied:
        sentence = (
            "Events go to https addresses of the internet; other hosts, and http, only where the operator lists the"
            " host or its network in WEBHOOK_ALLOW."
        )
        raise InvalidRequest.of(["body", "url"], sentence, url, "target_not_allowed") from None


def _events(events: list[str] | None) -> list[str] | None:
    """Return the types that an endpoint wants; raise InvalidRequest for one that is none."""
    for place, event in enumerate(events or []):
        if event not in EVENTS:
            sentence = f"There is no event of this type. Allowed are {', '.join(EVENTS)}."
            raise InvalidRequest.of(["body", "events", place], sentence, event, "enum")
    return events or None


def _secret(secret: str | None) -> str:
    """Return the secret of an endpoint, a new one when none was sent; raise InvalidRequest."""
    if secret is None:
        return sign.new_secret()
    try:
        sign.check(secret)
    except sign.WeakSecret as error:
        raise InvalidRequest.of(["body", "secret"], str(error), None, "weak_secret") from None
    return secret


def _object(webhook: Webhook) -> Json:
    """Return an endpoint as clients see it, without its secret."""
    rotating = webhook.old_until_ms is not None and webhook.old_until_ms > now_ms()
    return {
        "id": webhook.id,
        "url": webhook.url,
        "events": list(EVENTS) if webhook.events is None else webhook.events,
        "enabled": webhook.enabled,
        "pausedReason": webhook.paused,
        "oldSecretUntil": iso(webhook.old_until_ms) if rotating else None,
        "createdAt": iso(webhook.created_ms),
        "updatedAt": iso(webhook.updated_ms),
    }


def _delivery_object(delivery: Delivery, webhook: Webhook) -> Json:
    """Return a delivery as clients see it."""
    waits = delivery.state == "pending"
    state = "paused" if waits and not webhook.enabled else "retrying" if waits and delivery.attempts else delivery.state
    return {
        "id": delivery.id,
        "type": delivery.type,
        "runId": delivery.run_id,
        "status": state,
        "attempts": delivery.attempts,
        "createdAt": iso(delivery.created_ms),
        "nextAttemptAt": iso(delivery.next_ms) if waits else None,
        "deliveredAt": iso(delivery.delivered_ms),
        "lastAttemptAt": iso(delivery.last_ms),
        "lastStatus": delivery.last_status,
        "lastError": delivery.last_error,
        "lastDurationMs": delivery.last_duration_ms,
        "request": None if delivery.body is None else {"url": webhook.url, "body": msgspec.json.decode(delivery.body)},
    }
