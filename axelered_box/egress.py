"""The one way out: every connection that the box opens to another machine is made, allowed and logged here.

A host is allowed when the operator's list names it (``erp.local``, ``erp.local:8443``) or when every address it has
lies in a network of the list (``10.0.5.0/24``). The address that was judged is the one that is connected to.
"""

import asyncio
import ipaddress
import logging
import socket
import ssl
from collections import deque
from typing import Any
from urllib.parse import urlsplit

import msgspec

from axelered_box.domain.ids import iso, now_ms

KEPT_LINES = 200
MAX_ANSWER_BYTES = 16 << 20
CONNECT_LIMIT_S = 10.0
_PORTS = {"http": 80, "https": 443}

log = logging.getLogger(__name__)


class EgressDenied(Exception):
    """The operator's list does not have the host; the sentence says which setting would."""


class EgressFailed(Exception):
    """The other side was not reached, or gave no answer that can be used; the sentence says how."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the other side answered."""

    status: int
    body: bytes


class Egress:
    """The way out for one purpose, with its list of allowed hosts and networks."""

    def __init__(self, allowed: str, setting: str) -> None:
        self._entries = [entry.strip().lower() for entry in allowed.split(",") if entry.strip()]
        self._setting = setting
        self.lines: deque[dict[str, Any]] = deque(maxlen=KEPT_LINES)
        """The last connections and refusals, for the operator: time, host, outcome."""

    def names(self, url: str) -> bool:
        """Tell whether the list could allow an address: it names the host, or has a network to be looked at later."""
        host, port = _host(url)
        return self._is_named(host, port) or any(_network(entry) is not None for entry in self._entries)

    async def post(self, url: str, *, headers: dict[str, str], body: bytes, limit_s: float) -> Answer:
        """POST to an address, without following redirects; raise EgressDenied, EgressFailed, TimeoutError."""
        import httpx  # noqa: PLC0415  # most boxes never go out

        host, port = _host(url)
        address = await self._allowed_address(host, port)
        parts = urlsplit(url)
        target = httpx.URL(url).copy_with(host=address)
        sent = {**headers, "host": parts.netloc.rpartition("@")[2]}
        try:
            async with (
                asyncio.timeout(limit_s),
                httpx.AsyncClient(
                    verify=ssl.create_default_context() if parts.scheme == "https" else False,
                    trust_env=False,
                    follow_redirects=False,
                    timeout=httpx.Timeout(limit_s, connect=CONNECT_LIMIT_S),
                ) as client,
                client.stream(
                    "POST", target, headers=sent, content=body, extensions={"sni_hostname": host}
                ) as response,
            ):
                answer = Answer(status=response.status_code, body=await _body(response))
        except httpx.HTTPError as error:
            self._note(host, port, type(error).__name__)
            raise EgressFailed(f"{host}:{port} was not reached ({type(error).__name__}).") from error
        self._note(host, port, str(answer.status))
        return answer

    async def _allowed_address(self, host: str, port: int) -> str:
        """Return an address of a host that may be connected to; raise EgressDenied, EgressFailed."""
        named = self._is_named(host, port)
        if not named and not any(_network(entry) is not None for entry in self._entries):
            raise self._denied(host, port)
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            self._note(host, port, "unknown host")
            raise EgressFailed(f"The host {host} has no address here. Check its name and the DNS.") from error
        addresses = [str(info[4][0]) for info in found]
        if not named and not all(self._is_in_network(address) for address in addresses):
            raise self._denied(host, port)
        return addresses[0]

    def _denied(self, host: str, port: int) -> EgressDenied:
        self._note(host, port, "denied")
        return EgressDenied(f"This box may not connect to {host}:{port}. The operator can list it in {self._setting}.")

    def _is_named(self, host: str, port: int) -> bool:
        return host in self._entries or f"{host}:{port}" in self._entries

    def _is_in_network(self, address: str) -> bool:
        networks = [network for entry in self._entries if (network := _network(entry)) is not None]
        return any(ipaddress.ip_address(address.partition("%")[0]) in network for network in networks)

    def _note(self, host: str, port: int, outcome: str) -> None:
        self.lines.append({"time": iso(now_ms()), "host": host, "port": port, "outcome": outcome})
        log.info("egress", extra={"fields": {"host": host, "port": port, "outcome": outcome}})


async def _body(response: Any) -> bytes:
    """Return an answer's body; raise EgressFailed when it is too large."""
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > MAX_ANSWER_BYTES:
            raise EgressFailed(f"The answer has more than {MAX_ANSWER_BYTES} bytes.")
    return bytes(body)


def _host(url: str) -> tuple[str, int]:
    """Return host and port of an address."""
    parts = urlsplit(url)
    return (parts.hostname or "").lower(), parts.port or _PORTS.get(parts.scheme, 443)


def _network(entry: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    """Return the network that an entry of the list is, None when it is a name."""
    try:
        return ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return None
