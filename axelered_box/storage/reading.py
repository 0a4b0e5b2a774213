"""How a stored file is read: opened once, then in pieces, on the threads of the store."""

import io
import os
from collections.abc import AsyncGenerator, Callable

from axelered_box.domain.errors import NotFound
from axelered_box.storage.objects import Objects

PIECE_BYTES = 256 << 10


class OpenFile:
    """A stored file that is open; it is closed with the last of its pieces, or with this."""

    def __init__(self, objects: Objects, file: io.FileIO) -> None:
        self._objects = objects
        self._file = file
        self.size_bytes = os.fstat(file.fileno()).st_size

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    async def pieces(self, first: int, length: int) -> AsyncGenerator[bytes, None]:
        """Yield so many bytes from the first on, then close the file."""
        at, end = first, first + length
        try:
            while at < end:
                piece = await self._objects.run(_reading(self._file, min(PIECE_BYTES, end - at), at))
                if not piece:
                    return
                at += len(piece)
                yield piece
        finally:
            self.close()

    def __del__(self) -> None:
        self.close()


async def open_file(objects: Objects, name: str) -> OpenFile:
    """Open a stored file; raise NotFound when it has just been erased."""

    def work() -> OpenFile:
        descriptor = os.open(objects.path(name), os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        return OpenFile(objects, io.FileIO(descriptor))

    try:
        return await objects.run(work)
    except FileNotFoundError:
        raise NotFound("The file is gone: its run is being erased.") from None


def _reading(file: io.FileIO, length: int, at: int) -> Callable[[], bytes]:
    return lambda: os.pread(file.fileno(), length, at)
