"""The content encoding ``aws-chunked``: chunks with a length each, signed or not, and trailing headers."""

import hashlib
import re
from collections.abc import AsyncIterator

from axelered_box.s3.sigv4 import Chain, Refused

MAX_LINE_BYTES = 4096
MAX_CHUNK_BYTES = 128 << 20
MAX_TRAILERS = 10
_SIZE = re.compile(rb"[0-9a-fA-F]{1,8}")
_SIGNATURE_FIELD = b"chunk-signature="
_TRAILER_SIGNATURE = "x-amz-trailer-signature"


class ChunkedBody:
    """The payload of a body in chunks; the signatures and the trailers are checked as it is read."""

    def __init__(self, source: AsyncIterator[bytes], chain: Chain | None, announced: frozenset[str]) -> None:
        self._source = source
        self._chain = chain
        self._announced = announced
        """The names of the headers that may trail, in lower case."""
        self._buffer = bytearray()
        self.trailers: dict[str, str] = {}
        """The trailing headers by lower-case name, known when all pieces were read."""

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield the payload piece by piece; raise Refused for what is broken, or signed by another."""
        while True:
            size, signature = self._head(await self._line())
            digest = hashlib.sha256()
            left = size
            while left:
                piece = await self._some(left)
                digest.update(piece)
                left -= len(piece)
                yield piece
            if size and await self._line() != b"":
                raise _broken("A chunk is longer than it says.")
            if self._chain is not None:
                self._chain.check_chunk(signature, digest.hexdigest())
            if size == 0:
                break
        await self._read_trailers()
        rest = bytes(self._buffer) or await anext(self._source, b"")
        if rest:
            raise _broken("The body goes on behind its last chunk.")

    def _head(self, line: bytes) -> tuple[int, str]:
        """Return the size and the signature that the line before a chunk tells."""
        number, _, extension = line.partition(b";")
        if not _SIZE.fullmatch(number):
            raise _broken("A chunk does not begin with its length.")
        size = int(number, 16)
        if size > MAX_CHUNK_BYTES:
            raise _broken(f"A chunk has {size} bytes; at most {MAX_CHUNK_BYTES} are taken.")
        signature = extension.strip().removeprefix(_SIGNATURE_FIELD).decode("latin-1")
        return size, signature

    async def _read_trailers(self) -> None:
        """Read the headers behind the last chunk, up to an empty line or the end."""
        signed = b""
        signature = ""
        for _ in range(MAX_TRAILERS):
            line = await self._line(at_end=True)
            if line == b"":
                break
            name, _, value = line.decode("latin-1").partition(":")
            name = name.strip().lower()
            if name == _TRAILER_SIGNATURE:
                signature = value.strip()
            elif name not in self._announced:
                raise Refused("InvalidRequest", "A header trails the body that x-amz-trailer does not announce.")
            else:
                self.trailers[name] = value.strip()
                signed += f"{name}:{value.strip()}\n".encode("latin-1")
        if self._announced and self._chain is not None:
            self._chain.check_trailer(signature, signed)

    async def _line(self, *, at_end: bool = False) -> bytes:
        """Return the bytes up to the next line end, without it; with `at_end` the end of the body is one too."""
        while b"\r\n" not in self._buffer:
            if len(self._buffer) > MAX_LINE_BYTES:
                raise _broken("A line between chunks has no end.")
            piece = await anext(self._source, b"")
            if not piece:
                if at_end:
                    line, self._buffer = bytes(self._buffer), bytearray()
                    return line
                raise _broken("The body ends within a chunk.")
            self._buffer += piece
        end = self._buffer.index(b"\r\n")
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 2]
        return line

    async def _some(self, most: int) -> bytes:
        """Return the next bytes, at most so many."""
        if not self._buffer:
            piece = await anext(self._source, b"")
            if not piece:
                raise _broken("The body ends within a chunk.")
            self._buffer += piece
        some = bytes(self._buffer[:most])
        del self._buffer[: len(some)]
        return some


def _broken(message: str) -> Refused:
    return Refused("IncompleteBody", message)
