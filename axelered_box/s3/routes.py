"""The bucket as an application: requests are read and their signatures checked, operations done, answers sent."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote, unquote

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send
from litestar.types.asgi_types import HTTPResponseBodyEvent, HTTPResponseStartEvent

from axelered_box.domain.errors import Erased, NotFound
from axelered_box.domain.ids import new_id
from axelered_box.pipeline.parts import Parts
from axelered_box.s3 import sigv4, xml
from axelered_box.s3.links import Links
from axelered_box.s3.messages import XML, Answer, Request
from axelered_box.s3.sigv4 import Credential, Query, Refused
from axelered_box.s3.table import operation_of
from axelered_box.storage import s3_credentials, workspaces
from axelered_box.storage.s3_credentials import BUCKET_PREFIX

SILENCE_S = 60.0
"""How long a client may send nothing in the midst of its body."""
_HEADER_MARKS = (b"AWS4-HMAC-SHA256", b"AWS ")
_QUERY_MARKS = (b"X-Amz-Signature=", b"AWSAccessKeyId=")
_LINK_METHODS = ("GET", "HEAD")

log = logging.getLogger(__name__)


def is_signed(scope: Scope) -> bool:
    """Tell whether a request is one for the bucket: it has a mark of AWS, or begins with a bucket's name."""
    if scope["raw_path"].startswith(f"/{BUCKET_PREFIX}".encode()):
        return True
    query = scope["query_string"]
    if query and any(mark in query for mark in _QUERY_MARKS):
        return True
    return any(name == b"authorization" and value.startswith(_HEADER_MARKS) for name, value in scope["headers"])


def create_app(parts: Parts, links: Links) -> ASGIApp:
    """Return the bucket face of a box."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            return
        request_id = new_id()
        body = _Body(receive)
        answer = await _answer(parts, links, scope, body, request_id)
        headers = {**answer.headers, "x-amz-request-id": request_id, "x-content-type-options": "nosniff"}
        if not body.ended:
            headers["connection"] = "close"
        log.info("request", extra={"fields": {"request": request_id, "bucket": True, "status": answer.status}})
        await send(
            HTTPResponseStartEvent(
                type="http.response.start",
                status=answer.status,
                headers=[(name.encode("latin-1"), _header_value(value)) for name, value in headers.items()],
            )
        )
        if answer.pieces is not None:
            await _send_pieces(answer.pieces, receive, send)
        await send(HTTPResponseBodyEvent(type="http.response.body", body=answer.body, more_body=False))

    return serve


async def _send_pieces(pieces: AsyncGenerator[bytes, None], receive: Receive, send: Send) -> None:
    """Send the pieces of an answer until the client is gone."""
    gone = asyncio.create_task(_gone(receive))
    try:
        async for piece in pieces:
            if gone.done():
                break
            await send(HTTPResponseBodyEvent(type="http.response.body", body=piece, more_body=True))
    finally:
        gone.cancel()
        await asyncio.wait({gone})
        await pieces.aclose()


async def _gone(receive: Receive) -> None:
    """Return when the client is gone; what is left of its body is passed over."""
    while (await receive())["type"] != "http.disconnect":
        continue


class _Body:
    """The body of a request, piece by piece as it comes."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self.ended = False

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield the pieces; raise Refused when they stop before the end."""
        while not self.ended:
            try:
                async with asyncio.timeout(SILENCE_S):
                    message = await self._receive()
            except TimeoutError:
                raise Refused("RequestTimeout", f"Nothing of the body came for {SILENCE_S:.0f} seconds.") from None
            if message["type"] != "http.request":
                raise Refused("IncompleteBody", "The connection ended before the body did.")
            self.ended = not message.get("more_body", False)
            if message["body"]:
                yield message["body"]

    async def skip(self) -> None:
        """Look whether there is a body at all, so that the connection of a request without one can be kept."""
        if not self.ended:
            message = await self._receive()
            self.ended = message["type"] != "http.request" or not message.get("more_body", False)


async def _answer(parts: Parts, links: Links, scope: HTTPScope, body: _Body, request_id: str) -> Answer:
    """Return the answer to a request; every refusal in S3's form."""
    if scope["method"] in ("GET", "HEAD", "DELETE") or _has_no_body(scope):
        await body.skip()
    try:
        request = await _request(parts, links, scope, body, request_id)
        return await operation_of(request)(request)
    except Refused as refused:
        code, message = refused.code, refused.message
    except (NotFound, Erased, FileNotFoundError):
        code, message = "NoSuchKey", "The specified key does not exist."
    except Exception:  # unforeseen: the chain goes to the log, a fixed sentence outside
        log.exception("request_failed", extra={"fields": {"request": request_id}})
        code, message = "InternalError", "The request failed inside the box; its log has the reason."
    told = xml.error(code, message, scope["raw_path"].decode("latin-1"), request_id)
    headers = {"content-type": XML, "content-length": str(len(told))}
    return Answer(status=xml.STATUSES[code], headers=headers, body=b"" if scope["method"] == "HEAD" else told)


async def _request(parts: Parts, links: Links, scope: HTTPScope, body: _Body, request_id: str) -> Request:
    """Return a request whose signature fits and that is about the bucket of its credential; raise Refused."""
    headers = _headers(scope)
    try:
        path = unquote(scope["raw_path"].decode("latin-1"), errors="strict")
        query: Query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise Refused("InvalidURI", "Couldn't parse the specified URI: it is no UTF-8.") from None
    told = sigv4.read(headers, query)
    workspace_id, credential, of_links = await _credential(parts, links, told.access_key)
    chain = sigv4.verify(told, credential, scope["method"], path, query, headers, datetime.now(UTC))
    bucket, _, key = path.removeprefix("/").partition("/")
    if of_links and (scope["method"] not in _LINK_METHODS or not key.startswith("runs/")):
        raise Refused("AccessDenied", "Links of outcomes open outputs, to be read.")
    if bucket and bucket != f"{BUCKET_PREFIX}{workspace_id}":
        raise Refused("NoSuchBucket" if not of_links else "AccessDenied", "The specified bucket does not exist.")
    return Request(
        parts=parts,
        workspace_id=workspace_id,
        bucket=bucket,
        key=key,
        method=scope["method"],
        query=query,
        headers={**sigv4.headers_in(query), **headers} if told.expires_s is not None else headers,
        body=body.pieces(),
        chain=chain,
        presigned=told.expires_s is not None,
        request_id=request_id,
    )


async def _credential(parts: Parts, links: Links, access_key: str) -> tuple[str, Credential, bool]:
    """Return the workspace and the secret of an access key, and whether it is that of links; raise Refused."""
    tools = parts.tools
    link = links.find(access_key)
    if link is not None:
        workspace_id, credential = link
        await tools.database.read(lambda db: workspaces.get_workspace(db, workspace_id))
        return workspace_id, credential, True
    found = await tools.database.read(lambda db: s3_credentials.find(db, access_key))
    if found is None:
        raise Refused("InvalidAccessKeyId", "The access key is not known here.")
    return found.workspace_id, Credential(found.access_key, tools.sealer.open(found.secret)), False


def _headers(scope: HTTPScope) -> dict[str, str]:
    """Return the headers by lower-case name; those of one name joined by commas, as they are signed."""
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1").lower(), value.decode("utf-8", "surrogateescape")
        headers[key] = f"{headers[key]},{text}" if key in headers else text
    return headers


def _has_no_body(scope: HTTPScope) -> bool:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return lengths in ([], [b"0"]) and not any(name == b"transfer-encoding" for name, _ in scope["headers"])


def _header_value(value: str) -> bytes:
    """Return a header's value as it came, or percent-encoded where it cannot be sent."""
    if "\r" in value or "\n" in value:
        value = quote(value)
    return value.encode("utf-8", "surrogateescape")
