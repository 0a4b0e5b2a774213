"""The checksums by which clients of the bucket have their uploads verified."""

import base64
import hashlib
import zlib
from typing import Protocol

from axelered_box.s3.sigv4 import Refused

PREFIX = "x-amz-checksum-"
NAMES = ("crc32", "crc32c", "crc64nvme", "sha1", "sha256")
_FIELDS = {"crc32": "CRC32", "crc32c": "CRC32C", "crc64nvme": "CRC64NVME", "sha1": "SHA1", "sha256": "SHA256"}


class Checksum(Protocol):
    """A checksum that grows with what it is fed."""

    def update(self, data: bytes) -> None:
        """Take the next bytes."""

    def digest(self) -> bytes:
        """Return it, big-endian."""


class _Crc:
    """A cyclic redundancy check."""

    def __init__(self, name: str) -> None:
        from awscrt import checksums  # noqa: PLC0415  # only few clients ask for these

        self._step = {"crc32": zlib.crc32, "crc32c": checksums.crc32c, "crc64nvme": checksums.crc64nvme}[name]
        self._size = 8 if name == "crc64nvme" else 4
        self._value = 0

    def update(self, data: bytes) -> None:
        """Take the next bytes."""
        self._value = self._step(data, self._value)

    def digest(self) -> bytes:
        """Return it, big-endian."""
        return self._value.to_bytes(self._size, "big")


def begin(name: str) -> Checksum:
    """Begin a checksum of one of `NAMES`."""
    return hashlib.new(name, usedforsecurity=False) if name.startswith("sha") else _Crc(name)


def element(name: str) -> str:
    """Return the XML element of a checksum, such as ``ChecksumCRC32``."""
    return f"Checksum{_FIELDS[name]}"


def wanted(headers: dict[str, str]) -> str | None:
    """Return the algorithm that the headers of an upload name, by value, trailer or name; raise Refused."""
    given = [name for name in NAMES if PREFIX + name in headers]
    if len(given) > 1:
        raise Refused("InvalidRequest", f"Expecting a single {PREFIX} header.")
    if given:
        return given[0]
    trailer = headers.get("x-amz-trailer", "").strip().lower()
    told = trailer.removeprefix(PREFIX) if trailer else ""
    told = told or headers.get("x-amz-sdk-checksum-algorithm", headers.get("x-amz-checksum-algorithm", "")).lower()
    if not told:
        return None
    if told not in NAMES:
        raise Refused("InvalidRequest", f"Checksum algorithm provided is unsupported. Known are {', '.join(NAMES)}.")
    return told


def check(name: str, given: str, digest: bytes) -> None:
    """Raise Refused unless a given value, in base64, is that of the digest."""
    try:
        decoded = base64.b64decode(given, validate=True)
    except ValueError:
        decoded = b""
    if len(decoded) != len(digest):
        raise Refused("InvalidRequest", f"Value for {PREFIX}{name} header is invalid.")
    if decoded != digest:
        raise Refused("BadDigest", f"The {_FIELDS[name]} you specified did not match the calculated checksum.")
