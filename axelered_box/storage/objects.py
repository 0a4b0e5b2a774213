"""The files on disk: stored objects under random names, and the folders of work.

An object is a file, or a folder of files that a task made; its name says nothing of its content. Nothing counts as
stored before its bytes and its folder are synced. ``staging/`` and ``work/`` are emptied at each start.
"""

import asyncio
import contextlib
import hashlib
import logging
import os
import secrets
import shutil
import stat
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import msgspec

from axelered_box.storage.syncing import FolderSync, sync_folder

T = TypeVar("T")

log = logging.getLogger(__name__)

DISK_THREADS = 8
FILE_MODE = 0o600
FOLDER_MODE = 0o700


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """An object that is safe on disk."""

    object: str
    size_bytes: int
    sha256: str


class OutputMissing(Exception):
    """A child named an output that is no plain file in its output folder."""


class Objects:
    """The object store below the data folder; its methods hand disk work to threads of its own."""

    def __init__(self, data_dir: Path) -> None:
        self.objects = data_dir / "objects"
        self.staging = data_dir / "staging"
        self.work = data_dir / "work"
        self._threads = ThreadPoolExecutor(DISK_THREADS, thread_name_prefix="disk")
        self.sync = FolderSync(self.objects)

    def prepare(self) -> None:
        """Make the folders; erase what an earlier process left in ``staging/`` and ``work/``."""
        for folder in (self.staging, self.work):
            shutil.rmtree(folder, ignore_errors=True)
        for folder in (self.objects, self.staging, self.work):
            folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)

    def close(self) -> None:
        """Wait for the disk work that is under way."""
        self._threads.shutdown(wait=True)

    def path(self, name: str) -> Path:
        """Return where an object, or a file of a folder object, lies."""
        return self.objects / name

    def free_bytes(self) -> int:
        """Return the free bytes of the disk, for an ordinary user."""
        disk = os.statvfs(self.objects)
        return disk.f_bavail * disk.f_frsize

    def total_bytes(self) -> int:
        """Return the size of the disk."""
        disk = os.statvfs(self.objects)
        return disk.f_blocks * disk.f_frsize

    async def run(self, work: Callable[[], T]) -> T:
        """Run blocking disk work on a thread of the store."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def adopt(self, folder: Path, names: list[str] | None) -> list[Stored]:
        """Keep a folder that a child filled: sync and hash the named files (None: all), drop all else, move it in.

        Return the files in the order named, as objects ``<folder>/<name>``. Raises OutputMissing.
        """
        return await self.run(lambda: self._adopt(folder, names))

    @contextlib.asynccontextmanager
    async def work_folder(
        self, object_name: str, kept: list[tuple[str, str]], beside: dict[str, str] | None = None
    ) -> AsyncIterator[Path]:
        """Make a folder of work for the block: the object as ``input``, ``out/``, kept folders below ``kept/``.

        The file objects of `beside` lie in it by the names that they have there.
        """
        folder = self.work / secrets.token_hex(16)
        try:
            await self._run_to_its_end(lambda: self._fill_work_folder(folder, object_name, kept, beside or {}))
            yield folder
        finally:
            await self._run_to_its_end(lambda: shutil.rmtree(folder, ignore_errors=True))

    async def copy(self, name: str) -> str:
        """Give an object's bytes a second name (a hard link), so that each dies on its own; return the name."""
        new = secrets.token_hex(16)
        await self.run(lambda: self._link(name, new))
        return new

    async def erase(self, names: list[str]) -> list[str]:
        """Erase objects from the disk; return those that are gone, now or before."""
        return await self.run(lambda: self._erase(names))

    def names(self) -> set[str]:
        """Return the names of all objects on disk."""
        return set(os.listdir(self.objects))

    def _adopt(self, folder: Path, names: list[str] | None) -> list[Stored]:
        found = sorted(os.listdir(folder))
        names = found if names is None else names
        if not names:
            return []
        for name in set(found) - set(names):
            remove(folder / name)
        name = secrets.token_hex(16)
        files = [_sync_and_hash(folder, file, name) for file in names]
        folder.chmod(FOLDER_MODE)
        sync_folder(folder)
        folder.rename(self.objects / name)
        self.sync()
        return files

    async def _run_to_its_end(self, work: Callable[[], T]) -> T:
        """Run disk work; a cancellation meanwhile takes effect once it has ended."""
        future = asyncio.ensure_future(self.run(work))
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            await asyncio.wait({future})
            raise

    def _fill_work_folder(
        self, folder: Path, object_name: str, kept: list[tuple[str, str]], beside: dict[str, str]
    ) -> None:
        folder.mkdir(FOLDER_MODE)
        (folder / "out").mkdir(FOLDER_MODE)
        os.link(self.objects / object_name, folder / "input")
        for name, other in beside.items():
            os.link(self.objects / other, folder / name)
        if kept:
            (folder / "kept").mkdir(FOLDER_MODE)
        for name, kept_object in kept:
            shutil.copytree(self.objects / kept_object, folder / "kept" / name, copy_function=os.link)

    def _link(self, name: str, new: str) -> None:
        os.link(self.objects / name, self.objects / new)
        self.sync()

    def _erase(self, names: list[str]) -> list[str]:
        for name in names:
            try:
                remove(self.objects / name)
            except OSError:
                log.exception("erase_failed", extra={"fields": {"object": name}})
        return [name for name in names if not os.path.lexists(self.objects / name)]


def _sync_and_hash(folder: Path, name: str, new_folder: str) -> Stored:
    """Sync and hash one plain file of a folder; raise OutputMissing when it is none."""
    try:
        descriptor = os.open(folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise OutputMissing(name) from error
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode) or "/" in name:
            raise OutputMissing(name)
        os.fchmod(descriptor, FILE_MODE)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = os.fstat(descriptor).st_size
        os.fsync(descriptor)
    return Stored(object=f"{new_folder}/{name}", size_bytes=size, sha256=digest)


def remove(path: Path) -> None:
    """Erase a file or a folder, if it is there; raise OSError."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
