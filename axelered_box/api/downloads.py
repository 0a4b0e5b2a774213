"""How a stored file is sent: whole, in part, or not at all when the client has it; never as a page of this box."""

import io
import os
from collections.abc import AsyncIterator, Callable
from urllib.parse import quote

import msgspec
from litestar.response.base import ASGIResponse
from litestar.response.streaming import ASGIStreamingResponse

from axelered_box.api.calls import Call
from axelered_box.api.ranges import Span, is_unchanged, may_be_partial, span_of
from axelered_box.domain.errors import NotFound
from axelered_box.storage.objects import Objects

PIECE_BYTES = 256 << 10
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
    file, size_bytes = await _open(objects, download.object)
    try:
        asked = call.header(b"range") if may_be_partial(call.header(b"if-range"), tag) else None
        span = span_of(asked, size_bytes)
        length = size_bytes if span is None else span.length
        headers["content-length"] = str(length)
        if span is not None:
            headers["content-range"] = f"bytes {span.first}-{span.first + span.length - 1}/{size_bytes}"
    except BaseException:
        file.close()
        raise
    if call.scope["method"] == "HEAD":
        file.close()
        return ASGIResponse(headers=headers, media_type=_typed(download.media_type), is_head_response=True)
    return ASGIStreamingResponse(
        iterator=_Pieces(objects, file, span or Span(0, size_bytes)),
        headers={**headers, "content-type": _typed(download.media_type)},
        status_code=200 if span is None else 206,
    )


def disposition(kind: str, name: str) -> str:
    """Return a Content-Disposition that names a file: plainly, and in full by RFC 5987."""
    plain = "".join(sign if sign in _SIGNS else "_" for sign in name)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


class _Pieces:
    """The pieces of an open file, read on the threads of the store; the file is closed with the last, or with this."""

    def __init__(self, objects: Objects, file: io.FileIO, span: Span) -> None:
        self._objects = objects
        self._file = file
        self._span = span

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield the pieces."""
        at, end = self._span.first, self._span.first + self._span.length
        try:
            while at < end:
                piece = await self._objects.run(_reading(self._file, min(PIECE_BYTES, end - at), at))
                if not piece:
                    return
                at += len(piece)
                yield piece
        finally:
            self._file.close()

    def __del__(self) -> None:
        self._file.close()


def _reading(file: io.FileIO, length: int, at: int) -> Callable[[], bytes]:
    return lambda: os.pread(file.fileno(), length, at)


async def _open(objects: Objects, name: str) -> tuple[io.FileIO, int]:
    """Return a stored file, open, and its size."""

    def work() -> tuple[io.FileIO, int]:
        file = io.FileIO(os.open(objects.path(name), os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW))
        return file, os.fstat(file.fileno()).st_size

    try:
        return await objects.run(work)
    except FileNotFoundError:
        raise NotFound("The file is gone: its run is being erased.") from None


def _typed(media_type: str) -> str:
    """Return a media type with its charset: all texts that are made here are UTF-8."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") and ";" not in media_type else media_type
