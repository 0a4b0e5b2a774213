"""The body of a request as it comes in: piece by piece, with a limit on silence, or whole as JSON."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, TypeVar

import msgspec
from litestar.types import HTTPScope, Receive

from axelered_box.api.calls import Call, header
from axelered_box.domain.errors import InvalidRequest, MalformedBody, UnsupportedMediaType, UploadTooLarge
from axelered_box.pipeline.config import problems_of

T = TypeVar("T")

SILENCE_S = 60.0
"""How long a client may send nothing in the midst of its body."""
MAX_JSON_BYTES = 1 << 20
JSON = "application/json"


async def pieces(receive: Receive) -> AsyncIterator[bytes]:
    """Yield the pieces of a body; raise MalformedBody when it stops before its end."""
    more = True
    while more:
        try:
            async with asyncio.timeout(SILENCE_S):
                message = await receive()
        except TimeoutError:
            raise MalformedBody(f"Nothing of the body came for {SILENCE_S:.0f} seconds. Send it again.") from None
        if message["type"] != "http.request":
            raise MalformedBody("The connection ended before the body did.")
        more = message.get("more_body", False)
        if message["body"]:
            yield message["body"]


async def json_body(call: Call) -> Any:
    """Return the JSON value that a body holds; raise UnsupportedMediaType, UploadTooLarge, MalformedBody."""
    kind = (header(call.scope, b"content-type") or "").partition(";")[0].strip().lower()
    if kind != JSON:
        raise UnsupportedMediaType(f"The body must be {JSON}; see the header Content-Type.")
    body = bytearray()
    async for piece in pieces(call.receive):
        body += piece
        if len(body) > MAX_JSON_BYTES:
            raise UploadTooLarge(f"A JSON body may have {MAX_JSON_BYTES} bytes. Send files as multipart/form-data.")
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError) as error:
        raise MalformedBody(f"The body is no valid JSON: {_reason(error)}.") from None


async def typed_body(call: Call, kind: type[T]) -> T:
    """Return a JSON body as a value of a type; raise InvalidRequest naming the wrong member, or as `json_body`."""
    value = await json_body(call)
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise InvalidRequest(problems_of(error, ["body"], value)) from None


def content_length(scope: HTTPScope) -> int | None:
    """Return how long a body says it is, None when it does not."""
    value = header(scope, b"content-length")
    return int(value) if value is not None and value.isascii() and value.isdigit() else None


def _reason(error: Exception) -> str:
    """Return why text is no JSON; the words are msgspec's and name a place, not content."""
    return str(error) if isinstance(error, msgspec.DecodeError) else "it is nested too deeply"
