"""The requests of the bucket: outputs go to those who hold a presigned link; no other operation is offered."""

import logging
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from urllib.parse import quote, unquote

import msgspec
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send
from litestar.types.asgi_types import HTTPResponseBodyEvent, HTTPResponseStartEvent

from axelered_box.domain.errors import Erased, NotFound, RangeNotSatisfiable
from axelered_box.domain.ids import new_id
from axelered_box.domain.ranges import is_unchanged, may_be_partial, span_of
from axelered_box.domain.runs import Output
from axelered_box.pipeline.parts import Parts
from axelered_box.s3 import sigv4, xml
from axelered_box.s3.links import BUCKET_PREFIX, Links
from axelered_box.s3.sigv4 import Refused
from axelered_box.storage import outputs, workspaces
from axelered_box.storage.reading import open_file

_HEADER_MARKS = (b"AWS4-HMAC-SHA256", b"AWS ")
_QUERY_MARKS = (b"X-Amz-Signature=", b"AWSAccessKeyId=")

log = logging.getLogger(__name__)


class _Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What is sent back."""

    status: int
    headers: dict[str, str]
    pieces: AsyncIterator[bytes] | None = None
    body: bytes = b""


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
        answer = await _answer(parts, links, scope, request_id)
        headers = {**answer.headers, "x-amz-request-id": request_id, "x-content-type-options": "nosniff"}
        log.info("request", extra={"fields": {"request": request_id, "bucket": True, "status": answer.status}})
        await send(
            HTTPResponseStartEvent(
                type="http.response.start",
                status=answer.status,
                headers=[(name.encode(), value.encode("latin-1")) for name, value in headers.items()],
            )
        )
        if answer.pieces is not None:
            async for piece in answer.pieces:
                await send(HTTPResponseBodyEvent(type="http.response.body", body=piece, more_body=True))
        await send(HTTPResponseBodyEvent(type="http.response.body", body=answer.body, more_body=False))

    return serve


async def _answer(parts: Parts, links: Links, scope: HTTPScope, request_id: str) -> _Answer:
    """Return the answer to a request; every refusal in S3's form."""
    path = unquote(scope["raw_path"].decode("latin-1"))
    try:
        return await _get(parts, links, scope, path)
    except Refused as refused:
        code, message = refused.code, refused.message
    except (NotFound, Erased):
        code, message = "NoSuchKey", "The specified key does not exist."
    except RangeNotSatisfiable as error:
        code, message = "InvalidRange", error.message
    except Exception:  # unforeseen: the chain goes to the log, a fixed sentence outside
        log.exception("request_failed", extra={"fields": {"request": request_id}})
        code, message = "InternalError", "The request failed inside the box; its log has the reason."
    body = xml.error(code, message, quote(path), request_id)
    headers = {"content-type": "application/xml", "content-length": str(len(body))}
    return _Answer(status=xml.STATUSES[code], headers=headers, body=b"" if scope["method"] == "HEAD" else body)


async def _get(parts: Parts, links: Links, scope: HTTPScope, path: str) -> _Answer:
    """Send an output, or tell of it, to the holder of a presigned link; raise Refused and what look-ups raise."""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    workspace_id = _opened(links, scope, path, headers)
    output = await _find(parts, workspace_id, path)
    tag = f'"{output.sha256}"'
    told = {
        "etag": tag,
        "accept-ranges": "bytes",
        "content-type": output.media_type,
        "content-disposition": f"attachment; filename*=UTF-8''{quote(output.key.rpartition('/')[2], safe='')}",
        "content-security-policy": "sandbox",
        "cache-control": "private, no-store",
    }
    if is_unchanged(headers.get("if-none-match"), tag):
        return _Answer(status=304, headers=told)
    span = span_of(headers.get("range") if may_be_partial(headers.get("if-range"), tag) else None, output.size_bytes)
    first, length = (0, output.size_bytes) if span is None else (span.first, span.length)
    told["content-length"] = str(length)
    if span is not None:
        told["content-range"] = f"bytes {first}-{first + length - 1}/{output.size_bytes}"
    status = 200 if span is None else 206
    if scope["method"] == "HEAD":
        return _Answer(status=status, headers=told)
    file = await open_file(parts.tools.objects, output.object)
    return _Answer(status=status, headers=told, pieces=file.pieces(first, length))


def _opened(links: Links, scope: HTTPScope, path: str, headers: dict[str, str]) -> str:
    """Return the workspace that a request's signature opens; raise Refused."""
    query = scope["query_string"].decode("latin-1")
    if any(mark in scope["query_string"] for mark in _QUERY_MARKS[1:]) or headers.get("authorization"):
        raise Refused("NotImplemented", "Only presigned links of signature version 4 are offered.")
    if _QUERY_MARKS[0] not in scope["query_string"]:
        raise Refused("AccessDenied", "Access Denied")
    told = sigv4.read_query(query)
    found = links.find(told.access_key)
    if found is None:
        raise Refused("InvalidAccessKeyId", "The access key is not known here.")
    workspace_id, credential = found
    sigv4.verify(told, credential, scope["method"], path, query, headers, datetime.now(UTC))
    if not path.startswith(f"/{BUCKET_PREFIX}{workspace_id}/"):
        raise Refused("AccessDenied", "Access Denied")
    if scope["method"] not in ("GET", "HEAD"):
        raise Refused("NotImplemented", "Links of outputs can be read only.")
    return workspace_id


async def _find(parts: Parts, workspace_id: str, path: str) -> Output:
    """Return the output that a path names, ``/ws-<workspace>/runs/<run>/<key>``; raise NotFound or Erased."""
    _, _, folder, run_id, key = [*path.split("/", 4), "", "", ""][:5]
    if folder != "runs":
        raise NotFound("There is nothing but outputs.")

    def look(db: sqlite3.Connection) -> Output:
        workspaces.get_workspace(db, workspace_id)
        return outputs.output(db, workspace_id, run_id, key)

    return await parts.tools.database.read(look)
