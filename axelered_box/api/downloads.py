"""How a stored file is sent: whole, in part, or not at all when the client has it; never as a page of this box."""

from urllib.parse import quote

import msgspec
from litestar.response.base import ASGIResponse
from litestar.response.streaming import ASGIStreamingResponse

from axelered_box.api.calls import Call
from axelered_box.domain.ranges import is_unchanged, may_be_partial, span_of
from axelered_box.storage.reading import open_file

_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !#$&+-.^_`|~()[]{},;=@'")


class Download(msgspec.Struct, frozen=True, kw_only=True):
    """A stored file to be sent: where it lies, what it is, and the name to save it by."""

    object: str
    tag: str
    """What stays the same as long as the bytes do."""
    media_type: str
    name: str
    disposition: str = "attachment"


async def send(call: Call, download: Download) -> ASGIResponse:
    """Answer a request for a file; raise RangeNotSatisfiable, and NotFound when it has just been erased."""
    objects, tag = call.parts.tools.objects, f'"{download.tag}"'
    headers = {
        "etag": tag,
        "accept-ranges": "bytes",
        "content-disposition": disposition(download.disposition, download.name),
        "content-security-policy": "sandbox",
    }
    if is_unchanged(call.header(b"if-none-match"), tag):
        return ASGIResponse(status_code=304, headers=headers)
    file = await open_file(objects, download.object)
    try:
        asked = call.header(b"range") if may_be_partial(call.header(b"if-range"), tag) else None
        span = span_of(asked, file.size_bytes)
        length = file.size_bytes if span is None else span.length
        headers["content-length"] = str(length)
        if span is not None:
            headers["content-range"] = f"bytes {span.first}-{span.first + span.length - 1}/{file.size_bytes}"
    except BaseException:
        file.close()
        raise
    if call.scope["method"] == "HEAD":
        file.close()
        return ASGIResponse(headers=headers, media_type=_typed(download.media_type), is_head_response=True)
    return ASGIStreamingResponse(
        iterator=file.pieces(0 if span is None else span.first, length),
        headers={**headers, "content-type": _typed(download.media_type)},
        status_code=200 if span is None else 206,
    )


def disposition(kind: str, name: str) -> str:
    """Return a Content-Disposition that names a file: plainly, and in full by RFC 5987."""
    plain = "".join(sign if sign in _SIGNS else "_" for sign in name)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _typed(media_type: str) -> str:
    """Return a media type with its charset: all texts that are made here are UTF-8."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") and ";" not in media_type else media_type
