"""Bodies of the bucket in chunks, and their signatures and checksums."""

import base64
import hashlib
import hmac
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.faces.bucket import Client, client_of, code_of
from tests.faces.face import open_face

pytestmark = pytest.mark.anyio


Stream = Callable[[bytes, str, str], bytes]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.parametrize("name", ["crc32", "crc32c", "crc64nvme", "sha1", "sha256"])
async def test_checksums_are_kept_and_given_back(tmp_path: Path, name: str) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        put = await s3.put("inputs/a", b"words", x_amz_sdk_checksum_algorithm=name.upper())
        given = put.headers[f"x-amz-checksum-{name}"]
        known = {
            "crc32": base64.b64encode(zlib.crc32(b"words").to_bytes(4, "big")).decode(),
            "sha1": base64.b64encode(hashlib.sha1(b"words").digest()).decode(),
            "sha256": base64.b64encode(hashlib.sha256(b"words").digest()).decode(),
        }
        assert given == known.get(name, given)
        again = await s3.send(
            "PUT", "inputs/b", body=b"words", headers={f"x-amz-checksum-{name}": given, "x-amz-meta-x": "1"}
        )
        assert again.status_code == 200
        asked = await s3.send("GET", "inputs/b", headers={"x-amz-checksum-mode": "ENABLED"})
        assert asked.headers[f"x-amz-checksum-{name}"] == given
        assert f"x-amz-checksum-{name}" not in (await s3.get("inputs/b")).headers


def _chunks(pieces: list[bytes], trailer: dict[str, str], spoil: int | None = None) -> Stream:
    """Return what makes a signed chunked body; the chunk at `spoil` gets another's bytes."""

    def make(key: bytes, time: str, seed: str) -> bytes:
        scope = f"{time[:8]}/local/s3/aws4_request"
        body, before = b"", seed
        empty = hashlib.sha256(b"").hexdigest()
        for place, piece in enumerate([*pieces, b""]):
            lines = ["AWS4-HMAC-SHA256-PAYLOAD", time, scope, before, empty, hashlib.sha256(piece).hexdigest()]
            before = hmac.new(key, "\n".join(lines).encode(), hashlib.sha256).hexdigest()
            sent = piece if place != spoil else bytes(len(piece))
            body += f"{len(piece):x};chunk-signature={before}\r\n".encode() + sent + (b"\r\n" if piece else b"")
        if trailer:
            text = "".join(f"{name}:{value}\n" for name, value in trailer.items())
            lines = ["AWS4-HMAC-SHA256-TRAILER", time, scope, before, hashlib.sha256(text.encode()).hexdigest()]
            signature = hmac.new(key, "\n".join(lines).encode(), hashlib.sha256).hexdigest()
            body += "".join(f"{name}:{value}\r\n" for name, value in trailer.items()).encode()
            body += f"x-amz-trailer-signature:{signature}\r\n".encode()
        return body + b"\r\n"

    return make


async def _streamed(s3: Client, payload: str, pieces: list[bytes], **options: Any) -> Any:
    trailer = options.pop("trailer", {})
    headers = {"x-amz-decoded-content-length": str(sum(map(len, pieces))), "content-encoding": "aws-chunked"}
    if trailer:
        headers["x-amz-trailer"] = next(iter(trailer))
    stream = options.pop("stream", None) or _chunks(pieces, trailer, options.pop("spoil", None))
    return await s3.send("PUT", "inputs/a", headers=headers | options, payload=payload, stream=stream)


async def test_chunked_bodies_are_taken_and_each_signature_is_checked(tmp_path: Path) -> None:
    signed = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
    pieces = [b"a" * 70_000, b"b" * 9]
    crc = base64.b64encode(zlib.crc32(b"".join(pieces)).to_bytes(4, "big")).decode()
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        for payload, trailer in ((signed, {}), (f"{signed}-TRAILER", {"x-amz-checksum-crc32": crc})):
            put = await _streamed(s3, payload, pieces, trailer=trailer)
            assert put.status_code == 200, put.text
            got = await s3.get("inputs/a")
            assert got.content == b"".join(pieces)
            assert "content-encoding" not in got.headers
            assert code_of(await _streamed(s3, payload, pieces, trailer=trailer, spoil=1)) == (
                403,
                "SignatureDoesNotMatch",
            )
        wrong = await _streamed(s3, f"{signed}-TRAILER", pieces, trailer={"x-amz-checksum-crc32": "AAAAAA=="})
        assert code_of(wrong) == (400, "BadDigest")


async def test_unsigned_chunks_with_a_trailer_are_held_to_it(tmp_path: Path) -> None:
    crc = base64.b64encode(zlib.crc32(b"words").to_bytes(4, "big")).decode()

    def body(value: str) -> Callable[[bytes, str, str], bytes]:
        return lambda *_: f"5\r\nwords\r\n0\r\nx-amz-checksum-crc32:{value}\r\n\r\n".encode()

    payload = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        told = {"x-amz-checksum-crc32": crc}
        assert (await _streamed(s3, payload, [b"words"], trailer=told, stream=body(crc))).status_code == 200
        wrong = await _streamed(s3, payload, [b"words"], trailer=told, stream=body("AAAAAA=="))
        assert code_of(wrong) == (400, "BadDigest")
        cut = await _streamed(s3, payload, [b"words"], trailer=told, stream=lambda *_: b"5\r\nwor")
        assert code_of(cut) == (400, "IncompleteBody")
        short = await _streamed(s3, payload, [b"words and more"], trailer=told, stream=body(crc))
        assert code_of(short) == (400, "IncompleteBody")
