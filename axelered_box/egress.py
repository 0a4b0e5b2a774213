"""The one way out: every connection that the box opens to another machine is made, allowed and logged here.

A host is allowed when the operator's list names it (``erp.local``, ``erp.local:8443``) or when every address it has
lies in a network of the list (``10.0.5.0/24``). The address that was judged is the one that is connected to.
"""

import asyncio
import contextlib
import ipaddress
import logging
import socket
import ssl
from collections import deque
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import msgspec

from axelered_box.domain.ids import iso, now_ms

KEPT_LINES = 200
MAX_ANSWER_BYTES = 16 << 20
CONNECT_LIMIT_S = 10.0
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_PORTS = {"http": 80, "https": 443}
_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
_INSIDE = (
    ipaddress.IPv6Network("64:ff9b:1::/48"),  # RFC 8215: NAT64 of one's own network, the address in it at any place
    ipaddress.IPv6Network("::/96"),  # RFC 4291: "IPv4-compatible", long given up
    ipaddress.IPv6Network("fec0::/10"),  # RFC 3879: site-local
)
"""Networks that Python takes for the internet, but whose addresses lead to one's own network."""
_METADATA = frozenset({ipaddress.ip_address("fd00:ec2::254"), ipaddress.ip_address("100.100.100.200")})
"""Addresses at which clouds hand out secrets to whoever asks; like link-local ones they are always refused."""

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
    """The way out for one purpose, with its list of allowed hosts and networks.

    With `public`, addresses of the internet are allowed over https without being listed.
    """

    def __init__(self, allowed: str, setting: str, *, public: bool = False) -> None:
        self._entries = [entry.strip().lower() for entry in allowed.split(",") if entry.strip()]
        self._networks = [network for entry in self._entries if (network := _network(entry)) is not None]
        self._setting = setting
        self._public = public
        self._tls = ssl.create_default_context()
        self.lines: deque[dict[str, Any]] = deque(maxlen=KEPT_LINES)
        """The last connections and refusals, for the operator: time, host, outcome."""

    def names(self, url: str) -> bool:
        """Tell whether the list could allow an address: it names the host, or has a network to be looked at later."""
        try:
            host, port = _host(url)
        except EgressFailed:
            return False
        return self._is_named(host, port) or bool(self._networks)

    async def check(self, url: str) -> None:
        """Raise EgressDenied when an address may not be connected to as its host stands now, EgressFailed for none."""
        host, port = _host(url)
        try:
            await self._allowed_address(urlsplit(url).scheme, host, port)
        except EgressFailed:  # it may have an address later; it is judged again at each connection
            if not self._is_named(host, port) and not (self._public and urlsplit(url).scheme == "https"):
                raise self._denied(host, port) from None

    async def post(self, url: str, *, headers: dict[str, str], body: bytes, limit_s: float) -> Answer:
        """POST to an address, without following redirects, and read an answer of at most MAX_ANSWER_BYTES.

        Raises EgressDenied, EgressFailed, TimeoutError. The time limit is for all of it.
        """
        async with self._opened("POST", url, headers, body, limit_s) as response:
            return Answer(status=response.status_code, body=await _body(response, MAX_ANSWER_BYTES))

    async def tell(self, url: str, *, headers: dict[str, str], body: bytes, limit_s: float, most: int) -> int:
        """POST to an address as `post` does; return the status, of the answer at most so many bytes being read."""
        async with self._opened("POST", url, headers, body, limit_s) as response:
            read = 0
            async for chunk in response.aiter_raw():
                read += len(chunk)
                if read >= most:
                    break
            return int(response.status_code)

    @contextlib.asynccontextmanager
    async def get(self, url: str, *, limit_s: float) -> AsyncIterator[AsyncIterator[bytes]]:
        """GET an address, without following redirects, and yield the pieces of its body.

        Raises EgressDenied, EgressFailed (for any status but 200 too), TimeoutError.
        """
        async with self._opened("GET", url, {}, None, limit_s) as response:
            if response.status_code != 200:
                raise EgressFailed(f"{urlsplit(url).hostname} answered {response.status_code} in place of 200.")
            yield response.aiter_bytes()

    @contextlib.asynccontextmanager
    async def _opened(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None, limit_s: float
    ) -> AsyncIterator[Any]:
        """Send a request; the answer's body is read inside the block, all within the limit."""
        import httpx  # noqa: PLC0415  # most boxes never go out

        host, port = _host(url)
        parts = urlsplit(url)
        try:
            async with asyncio.timeout(limit_s):
                address = await self._allowed_address(parts.scheme, host, port)
                target = httpx.URL(url).copy_with(host=address)
                sent = {**headers, "host": parts.netloc.rpartition("@")[2]}
                async with (
                    httpx.AsyncClient(
                        verify=self._tls,
                        trust_env=False,
                        follow_redirects=False,
                        timeout=httpx.Timeout(limit_s, connect=CONNECT_LIMIT_S),
                    ) as client,
                    client.stream(
                        method, target, headers=sent, content=body, extensions={"sni_hostname": host}
                    ) as response,
                ):
                    self._note(host, port, str(response.status_code))
                    yield response
        except TimeoutError:
            self._note(host, port, "timed out")
            raise
        except httpx.TimeoutException as error:
            self._note(host, port, "timed out")
            raise TimeoutError from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            self._note(host, port, type(error).__name__)
            raise EgressFailed(f"{host}:{port} was not reached ({type(error).__name__}).") from error

    async def _allowed_address(self, scheme: str, host: str, port: int) -> str:
        """Return an address of a host that may be connected to; raise EgressDenied, EgressFailed."""
        if not self._may_be_allowed(scheme, host, port):
            raise self._denied(host, port)
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            self._note(host, port, "unknown host")
            raise EgressFailed(f"The host {host} has no address here. Check its name and the DNS.") from error
        addresses = [str(info[4][0]).partition("%")[0] for info in found]
        named = self._is_named(host, port)
        if not all(self._is_allowed(scheme, ipaddress.ip_address(address), named=named) for address in addresses):
            raise self._denied(host, port)
        return addresses[0]

    def _may_be_allowed(self, scheme: str, host: str, port: int) -> bool:
        """Tell whether a host could be allowed, by its addresses at the latest."""
        return self._is_named(host, port) or bool(self._networks) or (self._public and scheme == "https")

    def _is_allowed(self, scheme: str, address: Address, *, named: bool) -> bool:
        """Tell whether an address may be connected to; what it wraps is judged, not the wrapping."""
        inner = _unwrapped(address)
        if inner.is_link_local or inner.is_multicast or inner.is_unspecified or inner in _METADATA:
            return False
        if named or any(inner in network or address in network for network in self._networks):
            return True
        return self._public and scheme == "https" and inner.is_global and not _is_inside(address)

    def _denied(self, host: str, port: int) -> EgressDenied:
        self._note(host, port, "denied")
        return EgressDenied(f"This box may not connect to {host}:{port}. The operator can list it in {self._setting}.")

    def _is_named(self, host: str, port: int) -> bool:
        return host in self._entries or f"{host}:{port}" in self._entries

    def _note(self, host: str, port: int, outcome: str) -> None:
        self.lines.append({"time": iso(now_ms()), "host": host, "port": port, "outcome": outcome})
        log.info("egress", extra={"fields": {"host": host, "port": port, "outcome": outcome}})


async def _body(response: Any, most: int) -> bytes:
    """Return an answer's body; raise EgressFailed when it is too large."""
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > most:
            raise EgressFailed(f"The answer has more than {most} bytes.")
    return bytes(body)


def _host(url: str) -> tuple[str, int]:
    """Return host and port of an address; raise EgressFailed when it is none."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").lower(), parts.port or _PORTS.get(parts.scheme, 443)
    except ValueError as error:
        raise EgressFailed(f"It is no address that can be connected to: {error}.") from error


def _is_inside(address: Address) -> bool:
    return any(address in network for network in _INSIDE)


def _unwrapped(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address carries (mapped, 6to4, Teredo, NAT64), else the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if any(address in network for network in _NAT64):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None) or address


def _network(entry: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    """Return the network that an entry of the list is, None when it is a name."""
    try:
        return ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return None
