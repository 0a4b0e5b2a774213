"""How the body of an upload is received: decoded, hashed, held to what its headers promise, and stored."""

import asyncio
import base64
import hashlib
import re
from collections.abc import AsyncIterator

import msgspec

from axelered_box.domain.errors import DiskReserveReached
from axelered_box.pipeline.finishing import to_its_end
from axelered_box.s3 import checksums
from axelered_box.s3.chunks import ChunkedBody
from axelered_box.s3.messages import Request
from axelered_box.s3.sigv4 import CONTENT_HASH, UNSIGNED_PAYLOAD, Refused
from axelered_box.s3.xml import MAX_BODY_BYTES
from axelered_box.storage.uploads import Upload

HASH_BYTES = 1 << 20
CHECK_DISK_BYTES = 16 << 20
STREAMING = "STREAMING-"
_SIGNED_CHUNKS = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
_STREAMINGS = {
    _SIGNED_CHUNKS: (True, False),
    f"{_SIGNED_CHUNKS}-TRAILER": (True, True),
    "STREAMING-UNSIGNED-PAYLOAD-TRAILER": (False, True),
}
"""The ways in which a body comes in chunks: whether they are signed, and whether headers trail."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """An upload that is stored, but not yet visible."""

    object: str
    size_bytes: int
    sha256: str
    md5: str
    checksums: dict[str, str]
    """``x-amz-checksum-...`` by name, as the client gave or asked for it."""


class _Hashes:
    """What an upload is hashed by, on threads of the store."""

    def __init__(self, request: Request) -> None:
        self.name = checksums.wanted(request.headers)
        self.sha256 = hashlib.sha256()
        self.md5 = hashlib.md5(usedforsecurity=False)
        self.checksum = None if self.name is None else checksums.begin(self.name)

    def update(self, data: bytes) -> None:
        """Take the next bytes."""
        self.sha256.update(data)
        self.md5.update(data)
        if self.checksum is not None:
            self.checksum.update(data)


async def whole_body(request: Request) -> bytes:
    """Return a small body, such as XML, checked as an upload is; raise Refused."""
    length = request.headers.get("content-length")
    if length is None and "transfer-encoding" not in request.headers:
        raise Refused("MissingContentLength", "You must provide the Content-Length HTTP header.")
    hashes, body = _Hashes(request), bytearray()
    source, trailers = _decoded(request)
    async for piece in source:
        body += piece
        if len(body) > MAX_BODY_BYTES:
            raise Refused("MalformedXML", f"The XML may have {MAX_BODY_BYTES} bytes.")
        hashes.update(piece)
    _check(request, hashes, trailers(), len(body))
    return bytes(body)


async def receive(request: Request) -> Received:
    """Store the body of an upload; raise Refused when it is not what its headers say, and leave nothing then."""
    intake = request.parts.intake
    expected = _expected_length(request)
    if expected > intake.max_upload_bytes:
        raise Refused("EntityTooLarge", f"An object may have {intake.max_upload_bytes} bytes (MAX_UPLOAD_BYTES).")
    check_disk(request, 0)
    upload = intake.begin()
    try:
        return await _receive(request, upload, expected)
    except BaseException:
        await to_its_end(upload.abort())
        raise


async def discard(request: Request, received: Received) -> None:
    """Erase an upload that did not become visible."""
    await to_its_end(request.parts.tools.objects.erase([received.object]))


async def _receive(request: Request, upload: Upload, expected: int) -> Received:
    hashes, buffer, checked = _Hashes(request), bytearray(), 0
    source, trailers = _decoded(request)
    async for piece in source:
        buffer += piece
        if upload.size_bytes + len(piece) > expected:
            raise Refused("IncompleteBody", "The body is longer than its headers say.")
        await upload.write(piece)
        if len(buffer) >= HASH_BYTES:
            await asyncio.to_thread(hashes.update, bytes(buffer))
            buffer.clear()
        if upload.size_bytes - checked >= CHECK_DISK_BYTES:
            checked = upload.size_bytes
            check_disk(request, checked)
    hashes.update(bytes(buffer))
    given = _check(request, hashes, trailers(), upload.size_bytes)
    if upload.size_bytes != expected:
        raise Refused("IncompleteBody", "You did not provide the number of bytes specified by the headers.")
    stored = await to_its_end(upload.finish())
    return Received(
        object=stored.object,
        size_bytes=stored.size_bytes,
        sha256=stored.sha256,
        md5=hashes.md5.hexdigest(),
        checksums=given,
    )


def _expected_length(request: Request) -> int:
    """Return how many bytes of payload the headers promise; raise Refused."""
    streams = request.headers.get(CONTENT_HASH, "").startswith(STREAMING)
    length = request.headers.get("x-amz-decoded-content-length" if streams else "content-length")
    if length is None:
        raise Refused("MissingContentLength", "You must provide the Content-Length HTTP header.")
    if not (length.isascii() and length.isdigit() and len(length) < 16):
        raise Refused("InvalidArgument", "The length of the content is no number.")
    return int(length)


def _decoded(request: Request) -> tuple[AsyncIterator[bytes], "_Trailers"]:
    """Return the payload of a body, and what gives its trailing headers once it was read; raise Refused."""
    told = UNSIGNED_PAYLOAD if request.presigned else request.headers.get(CONTENT_HASH, "")
    if not told.startswith(STREAMING):
        if told != UNSIGNED_PAYLOAD and not _SHA256.fullmatch(told):
            raise Refused(
                "InvalidArgument", f"{CONTENT_HASH} must be UNSIGNED-PAYLOAD, a SHA-256 in hex, or streaming."
            )
        return request.body, _Trailers(None)
    if told not in _STREAMINGS:
        raise Refused("NotImplemented", f"{told} is not offered.")
    signed, has_trailers = _STREAMINGS[told]
    names = request.headers.get("x-amz-trailer", "").lower().split(",") if has_trailers else []
    announced = frozenset(name.strip() for name in names) - {""}
    body = ChunkedBody(request.body, request.chain if signed else None, announced)
    return body.pieces(), _Trailers(body)


class _Trailers:
    """The trailing headers of a body, once it was read."""

    def __init__(self, body: ChunkedBody | None) -> None:
        self._body = body

    def __call__(self) -> dict[str, str]:
        return {} if self._body is None else self._body.trailers


def _check(request: Request, hashes: _Hashes, trailers: dict[str, str], size_bytes: int) -> dict[str, str]:
    """Hold a body to its headers and trailers; return the checksum to be kept; raise Refused."""
    told = request.headers.get(CONTENT_HASH, "")
    if not request.presigned and _SHA256.fullmatch(told) and told != hashes.sha256.hexdigest():
        raise Refused("XAmzContentSHA256Mismatch", "The provided x-amz-content-sha256 header does not match the body.")
    given_md5 = request.headers.get("content-md5")
    if given_md5 is not None:
        _check_md5(given_md5, hashes)
    if hashes.name is None or hashes.checksum is None:
        return {}
    header, digest = checksums.PREFIX + hashes.name, hashes.checksum.digest()
    given = trailers.get(header, request.headers.get(header))
    if given is None and header == request.headers.get("x-amz-trailer", "").strip().lower():
        raise Refused("InvalidRequest", f"The trailing header {header} is missing.")
    if given is not None:
        checksums.check(hashes.name, given, digest)
    return {header: base64.b64encode(digest).decode()}


def _check_md5(given: str, hashes: _Hashes) -> None:
    try:
        decoded = base64.b64decode(given, validate=True)
    except ValueError:
        decoded = b""
    if len(decoded) != hashes.md5.digest_size:
        raise Refused("InvalidDigest", "The Content-MD5 you specified is not valid.")
    if decoded != hashes.md5.digest():
        raise Refused("BadDigest", "The Content-MD5 you specified did not match what we received.")


def check_disk(request: Request, received_bytes: int) -> None:
    """Raise Refused when the disk has no room but its reserve."""
    try:
        request.parts.intake.check_disk(received_bytes)
    except DiskReserveReached as error:
        raise Refused("InsufficientStorage", error.message) from None
