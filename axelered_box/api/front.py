"""What stands before the routes: whose host it is, which request it is, one line of log, and the headers of safety."""

import asyncio
import logging
import re
import time
from collections.abc import Iterable
from urllib.parse import urlsplit

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send
from litestar.types.asgi_types import HTTPResponseBodyEvent, ReceiveMessage

from axelered_box.api import errors
from axelered_box.api.bodies import content_length
from axelered_box.api.calls import Traffic, header
from axelered_box.domain.ids import new_id
from axelered_box.settings import Settings

PREFIX = b"/v1"
ALIASES = frozenset({b"w", b"modules", b"system"})
"""First segments of addresses that answer without the prefix too."""
LINGER_S = 10.0
LINGER_ABOVE_BYTES = 1 << 20
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")
_LOCAL = ("localhost", "127.0.0.1", "[::1]")
_SAFETY: tuple[tuple[bytes, bytes], ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)
"""Headers of every answer that does not bring its own."""

log = logging.getLogger("axelered_box.api")


class Front:
    """The ASGI application that the server calls."""

    def __init__(self, app: ASGIApp, settings: Settings, traffic: Traffic) -> None:
        self._app = app
        self._traffic = traffic
        self._hosts = _allowed_hosts(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request; answer, whatever happens."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        began = time.monotonic()
        exchange = _Exchange(scope, receive, send)
        try:
            await self._serve(scope, exchange)
        except Exception as error:  # the last resort: nothing of a fault is shown outside
            answer = errors.answer(error, exchange.request_id)
            if exchange.status is None:
                await answer(scope, exchange.receive, exchange.send)
        self._traffic.count(exchange.status or 0)
        _log(scope, exchange, time.monotonic() - began)

    async def _serve(self, scope: HTTPScope, exchange: "_Exchange") -> None:
        if not self._is_ours(scope):
            answer = errors.problem(
                exchange.request_id,
                421,
                "unknown_host",
                "The host is not known here",
                "The header Host names another machine. The operator can allow it (ALLOWED_HOSTS, PUBLIC_URL).",
            )
            await answer(scope, exchange.receive, exchange.send)
            return
        _add_prefix(scope)
        await self._app(scope, exchange.receive, exchange.send)

    def _is_ours(self, scope: HTTPScope) -> bool:
        """Tell whether the Host header names this box; a page elsewhere cannot make a browser reach it then."""
        if self._hosts is None:
            return True
        host = _name(header(scope, b"host") or "")
        server = scope["server"]
        return host in self._hosts or (server is not None and host == server[0])


class _Exchange:
    """A request and its answer: what has come in and what has gone out of it."""

    def __init__(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        told = header(scope, b"x-request-id")
        self.request_id = told if told is not None and _REQUEST_ID.fullmatch(told) else new_id()
        self.status: int | None = None
        self._scope = scope
        self._receive = receive
        self._send = send
        self._received_all = False
        self._lingers = False
        scope["state"] = {"request_id": self.request_id}

    async def receive(self) -> ReceiveMessage:
        """Pass on what comes in."""
        message = await self._receive()
        if message["type"] != "http.request" or not message.get("more_body", False):
            self._received_all = True
        return message

    async def send(self, message: Message) -> None:
        """Pass on what goes out, with the headers that every answer has."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = self._headers(message["headers"])
        elif message["type"] == "http.response.body" and self._lingers and not message["more_body"]:
            message["more_body"] = True
            await self._send(message)
            await self._linger()
            message = HTTPResponseBodyEvent(type="http.response.body", body=b"", more_body=False)
        await self._send(message)

    def _headers(self, headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        own = list(headers)
        names = {name for name, _ in own}
        own.append((b"x-request-id", self.request_id.encode()))
        own.extend(pair for pair in _SAFETY if pair[0] not in names)
        if self._is_cut_short():
            self._lingers = True
            own.append((b"connection", b"close"))
        return own

    def _is_cut_short(self) -> bool:
        """Tell whether a large body is refused before its end: the connection cannot be used any more."""
        if self.status is None or self.status < 400 or self._received_all:
            return False
        length = content_length(self._scope)
        return length > LINGER_ABOVE_BYTES if length is not None else bool(header(self._scope, b"transfer-encoding"))

    async def _linger(self) -> None:
        """Take in what the client still sends, for a while: one that is cut off at once does not see the answer."""
        try:
            async with asyncio.timeout(LINGER_S):
                while not self._received_all:
                    await self.receive()
        except TimeoutError:
            return


def _allowed_hosts(settings: Settings) -> frozenset[str] | None:
    """Return the hosts by which the box may be addressed, None for any."""
    further = [name.strip() for name in settings.allowed_hosts.split(",") if name.strip()]
    if "*" in further:
        return None
    public = urlsplit(settings.public_url).netloc.rpartition("@")[2]
    own = f"[{settings.host}]" if ":" in settings.host else settings.host
    return frozenset(_name(host) for host in (*_LOCAL, own, public, *further) if host)


def _name(host: str) -> str:
    """Return the name of a host without its port."""
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].rstrip(".").lower()


def _add_prefix(scope: HTTPScope) -> None:
    """Let an address without the prefix mean the one with it."""
    raw = scope["raw_path"]
    if raw.split(b"/", 2)[1:2] and raw.split(b"/", 2)[1] in ALIASES:
        scope["raw_path"] = PREFIX + raw
        scope["path"] = PREFIX.decode() + scope["path"]


def _log(scope: HTTPScope, exchange: _Exchange, seconds: float) -> None:
    """Log a request by the form of its address: names of files and values of queries stay out of the log."""
    if log.isEnabledFor(logging.INFO):
        fields = {
            "request": exchange.request_id,
            "method": scope["method"],
            "route": scope.get("path_template") or "-",
            "status": exchange.status,
            "ms": round(seconds * 1000, 1),
        }
        log.info("request", extra={"fields": fields})
