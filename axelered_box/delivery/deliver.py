"""The sender: takes events from the outbox and brings each to its endpoint, one endpoint never waiting for another."""

import asyncio
import functools
import logging
import random
import time

from axelered_box import __version__
from axelered_box.delivery import sign
from axelered_box.domain.ids import now_ms
from axelered_box.egress import Egress, EgressDenied, EgressFailed
from axelered_box.settings import Settings
from axelered_box.storage import outbox
from axelered_box.storage.database import Database
from axelered_box.storage.outbox import Attempt, Delivery
from axelered_box.storage.sealing import Sealer
from axelered_box.storage.webhooks import Webhook

MAX_ANSWER_BYTES = 64 << 10
JITTER = 0.1
"""A wait is up to so much longer or shorter, so that endpoints that failed together are not tried together."""
LONGEST_SLEEP_S = 30.0
GONE = 410

log = logging.getLogger(__name__)


class Deliverer:
    """Delivers what is due, with one task for each endpoint that has something to get."""

    def __init__(
        self, database: Database, egress: Egress, sealer: Sealer, settings: Settings, news: asyncio.Event
    ) -> None:
        self._database = database
        self._egress = egress
        self._sealer = sealer
        self._limit_s = settings.webhook_timeout_seconds
        self._waits_s = schedule(settings.webhook_schedule)
        self._news = news
        self._senders: dict[str, asyncio.Task[None]] = {}
        self._main: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to deliver, what was left over by an earlier process first."""
        self._main = asyncio.create_task(self._run())

    def wake(self) -> None:
        """Have the outbox looked at now."""
        self._news.set()

    async def stop(self) -> None:
        """End all deliveries; those under way are sent again at the next start, under the same id."""
        tasks = [task for task in (self._main, *self._senders.values()) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            self._news.clear()
            try:
                await self._start_senders()
                sleep_s = await self._until_due_s()
            except Exception:  # a fault of ours or of the disk: what is due stays due
                log.exception("deliveries_failed")
                sleep_s = LONGEST_SLEEP_S
            try:
                async with asyncio.timeout(sleep_s):
                    await self._news.wait()
            except TimeoutError:
                continue

    async def _start_senders(self) -> None:
        """Start a task for each endpoint that something is due for and that has none."""
        for webhook_id in await self._database.read(lambda db: outbox.endpoints_due(db, now_ms())):
            if webhook_id not in self._senders:
                task = asyncio.create_task(self._send_all(webhook_id))
                self._senders[webhook_id] = task
                task.add_done_callback(functools.partial(self._done, webhook_id))

    def _done(self, webhook_id: str, _: asyncio.Task[None]) -> None:
        """Forget a task that has ended."""
        del self._senders[webhook_id]
        self._news.set()

    async def _until_due_s(self) -> float:
        """Return the seconds until the next delivery is due that no task is at."""
        busy = list(self._senders)
        due_ms = await self._database.read(lambda db: outbox.next_due_ms(db, busy))
        if due_ms is None:
            return LONGEST_SLEEP_S
        return min(LONGEST_SLEEP_S, max(0.05, (due_ms - now_ms()) / 1000))

    async def _send_all(self, webhook_id: str) -> None:
        """Deliver what is due to one endpoint; after a fault of ours or of the disk, rest, and leave it due."""
        try:
            await self._send_due(webhook_id)
        except Exception:  # one endpoint's fault must not end the task for good; the log has the chain
            log.exception("delivery_failed")
            await asyncio.sleep(LONGEST_SLEEP_S)

    async def _send_due(self, webhook_id: str) -> None:
        """Deliver what is due to one endpoint, the oldest first, until nothing is."""
        while True:
            found = await self._database.read(lambda db: outbox.first_due(db, webhook_id, now_ms()))
            if found is None:
                return
            webhook, delivery = found
            attempt = await self._attempt(webhook, delivery)
            next_ms = self._next_ms(delivery, attempt)
            await self._database.write(
                functools.partial(outbox.record, delivery=delivery, attempt=attempt, next_ms=next_ms)
            )

    async def _attempt(self, webhook: Webhook, delivery: Delivery) -> Attempt:
        """Send an event once."""
        began_ms, began = now_ms(), time.monotonic()
        body = (delivery.body or "").encode()
        status: int | None = None
        error: str | None = None
        try:
            headers = sign.headers(delivery.id, began_ms // 1000, body, self._secrets(webhook))
            status = await self._egress.tell(
                webhook.url,
                headers={
                    **headers,
                    "content-type": "application/json",
                    "user-agent": f"axelered-box/{__version__}",
                },
                body=body,
                limit_s=self._limit_s,
                most=MAX_ANSWER_BYTES,
            )
        except TimeoutError:
            error = f"It did not answer within {self._limit_s:g} s."
        except (EgressDenied, EgressFailed) as failed:
            error = str(failed)
        except Exception:  # unforeseen: it counts as an attempt, so that it is not made again and again at once
            log.exception("delivery_failed")
            error = "The attempt failed inside the box; its log has the reason."
        delivered = status is not None and 200 <= status < 300
        if status is not None and not delivered:
            error = f"It answered {status}; only 2xx counts as received."
        return Attempt(
            began_ms=began_ms,
            duration_ms=round((time.monotonic() - began) * 1000),
            status=status,
            error=error,
            delivered=delivered,
            gone=status == GONE,
        )

    def _secrets(self, webhook: Webhook) -> list[str]:
        """Return the secrets that sign now, the newest first."""
        kept = [webhook.secret]
        if webhook.old_secret is not None and (webhook.old_until_ms or 0) > now_ms():
            kept.append(webhook.old_secret)
        return [self._sealer.open(secret) for secret in kept]

    def _next_ms(self, delivery: Delivery, attempt: Attempt) -> int | None:
        """Return when an event is to be tried again, None when the schedule has no further try."""
        tries = delivery.attempts + 1
        if attempt.delivered or tries >= len(self._waits_s):
            return None
        wait_s = self._waits_s[tries] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311  # no secret
        return now_ms() + round(wait_s * 1000)


def schedule(text: str) -> list[float]:
    """Return the waits, in seconds, before each try of an event; raises ValueError."""
    return [float(part) for part in text.split(",") if part.strip()]
