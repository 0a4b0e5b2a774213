"""The events of a run as they happen, as Server-Sent Events that can be taken up again where they broke off."""

import sqlite3
import time
from collections.abc import AsyncIterator

import msgspec
from litestar.response.base import ASGIResponse
from litestar.response.streaming import ASGIStreamingResponse

from axelered_box.api.calls import Call
from axelered_box.domain.errors import Erased, NotFound
from axelered_box.domain.runs import TERMINAL, Event
from axelered_box.storage import runs
from axelered_box.storage.events import events_after

HEARTBEAT_S = 15.0
RETRY_MS = 2000
END = "end"


class _News(msgspec.Struct, frozen=True):
    """The events behind a number, and whether there will be more."""

    events: list[Event]
    ended: bool


async def stream(call: Call) -> ASGIResponse:
    """Send the events of a run: those there are, then each as it happens, to the end of the run."""
    after = _last_seen(call)
    news = await _read(call, after)
    if after and news.ended and not news.events:
        return ASGIResponse(status_code=204)
    return ASGIStreamingResponse(
        iterator=_Lines(call, after),
        headers={"content-type": "text/event-stream; charset=utf-8", "x-accel-buffering": "no"},
        is_head_response=call.scope["method"] == "HEAD",
    )


class _Lines:
    """The lines of an event stream."""

    def __init__(self, call: Call, after: int) -> None:
        self._call = call
        self._after = after

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield events, and a comment whenever there was nothing to say for a while."""
        notices = self._call.parts.tools.notices
        yield f"retry: {RETRY_MS}\n\n".encode()
        with notices.watch(self._call.run_id) as watch:
            heard = time.monotonic()
            while not notices.closing:
                try:
                    news = await _read(self._call, self._after)
                except (Erased, NotFound):
                    return
                for event in news.events:
                    self._after = event.seq
                    yield _line(event)
                if news.ended:
                    return
                now = time.monotonic()
                heard = now if news.events else heard
                if now - heard >= HEARTBEAT_S:
                    heard = now
                    yield b":\n\n"
                await watch.wait(HEARTBEAT_S - (now - heard))


async def _read(call: Call, after: int) -> _News:
    """Return what has happened since; raise NotFound or Erased."""
    workspace_id, run_id = call.workspace_id, call.run_id

    def look(db: sqlite3.Connection) -> _News:
        run = runs.get(db, workspace_id, run_id)
        return _News(events_after(db, run_id, after), run.state in TERMINAL)

    return await call.parts.tools.database.read(look)


def _line(event: Event) -> bytes:
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (event.seq, event.type.encode(), msgspec.json.encode(event.data))


def _last_seen(call: Call) -> int:
    """Return the number of the last event that the client has seen, 0 when it has seen none."""
    told = call.header(b"last-event-id") or ""
    return int(told) if told.isascii() and told.isdigit() and len(told) < 16 else 0
