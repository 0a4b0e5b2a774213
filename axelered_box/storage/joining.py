"""How an object is made of the bytes of others, one behind the other."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from axelered_box.storage.objects import FILE_MODE, Objects, Stored

COPY_BYTES = 1 << 20


def joined(objects: Objects, places: list[tuple[Path, int, int]]) -> tuple[Stored, str]:
    """On a thread: write bytes of files, one behind the other, as a new object; return it and its MD5 in hex."""
    name = secrets.token_hex(16)
    staged = objects.staging / name
    sha256, md5 = hashlib.sha256(), hashlib.md5(usedforsecurity=False)
    descriptor = os.open(staged, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, FILE_MODE)
    try:
        with os.fdopen(descriptor, "wb") as target:
            for path, first, length in places:
                with path.open("rb") as source:
                    source.seek(first)
                    for piece in _pieces(source, length):
                        sha256.update(piece)
                        md5.update(piece)
                        target.write(piece)
            target.flush()
            os.fsync(target.fileno())
            size = target.tell()
        staged.rename(objects.objects / name)
    except BaseException:
        staged.unlink(missing_ok=True)
        raise
    objects.sync()
    return Stored(object=name, size_bytes=size, sha256=sha256.hexdigest()), md5.hexdigest()


def _pieces(source: BinaryIO, length: int) -> Iterator[bytes]:
    """Yield so many bytes of a file."""
    left = length
    while left:
        piece = source.read(min(COPY_BYTES, left))
        if not piece:
            raise EOFError("A stored part is shorter than recorded.")
        left -= len(piece)
        yield piece
