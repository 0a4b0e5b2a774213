"""The files on disk: uploads on their way in, stored objects under random names, and the folders of work.

An object is a file, or a folder of files that a task made; its name says nothing of its content. Nothing counts as
stored before its bytes and its folder are synced. ``staging/`` and ``work/`` are emptied at each start.
"""

import asyncio
import contextlib
import functools
import hashlib
import logging
import os
import secrets
import shutil
import stat
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T")

log = logging.getLogger(__name__)

BUFFER_BYTES = 1 << 20
DISK_THREADS = 8
MAX_GROUP = 64
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
        self.commits = Commits(self)

    def prepare(self) -> None:
        """Make the folders; erase what an earlier process left in ``staging/`` and ``work/``."""
        for folder in (self.staging, self.work):
            shutil.rmtree(folder, ignore_errors=True)
        for folder in (self.objects, self.staging, self.work):
            folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)

    def close(self) -> None:
        """Wait for the disk work that is under way."""
        self._threads.shutdown(wait=True)

    def upload(self) -> "Upload":
        """Begin to receive an object."""
        return Upload(self)

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
    async def work_folder(self, object_name: str, kept: list[tuple[str, str]]) -> AsyncIterator[Path]:
        """Make a folder of work for the block: the object as ``input``, ``out/``, kept folders below ``kept/``."""
        folder = self.work / secrets.token_hex(16)
        try:
            await self._run_to_its_end(lambda: self._fill_work_folder(folder, object_name, kept))
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
            _remove(folder / name)
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

    def _fill_work_folder(self, folder: Path, object_name: str, kept: list[tuple[str, str]]) -> None:
        folder.mkdir(FOLDER_MODE)
        (folder / "out").mkdir(FOLDER_MODE)
        os.link(self.objects / object_name, folder / "input")
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
                _remove(self.objects / name)
            except OSError:
                log.exception("erase_failed", extra={"fields": {"object": name}})
        return [name for name in names if not os.path.lexists(self.objects / name)]


class Upload:
    """An object that is being received: bytes go to ``staging/`` while they are hashed.

    Small ones stay in memory until `finish`, which writes, syncs and moves them in one hop to a thread.
    """

    def __init__(self, store: Objects) -> None:
        self._store = store
        self._name = secrets.token_hex(16)
        self._path = store.staging / self._name
        self._hash = hashlib.sha256()
        self._buffer = bytearray()
        self._written = 0

    @property
    def size_bytes(self) -> int:
        """Return the bytes received so far."""
        return self._written + len(self._buffer)

    async def write(self, chunk: bytes | bytearray) -> None:
        """Take the next bytes; waits for the disk once a buffer is full."""
        self._buffer += chunk
        if len(self._buffer) >= BUFFER_BYTES:
            await self._store.run(self._flush)

    async def finish(self) -> Stored:
        """Sync the bytes, move them among the objects, sync the folder, and return the stored object."""
        return await self._store.commits.finish(self)

    async def abort(self) -> None:
        """Erase what was received, also when it has been finished."""
        self._buffer.clear()
        await self._store.run(self._remove)

    def _remove(self) -> None:
        _remove(self._path)
        _remove(self._store.objects / self._name)

    def _flush(self) -> None:
        self._hash.update(self._buffer)
        descriptor = os.open(self._path, os.O_CREAT | os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC, FILE_MODE)
        try:
            _write_all(descriptor, self._buffer)
        finally:
            os.close(descriptor)
        self._written += len(self._buffer)
        self._buffer.clear()

    def sync(self) -> None:
        """On a thread: write what is still in memory and sync the bytes to disk."""
        self._hash.update(self._buffer)
        descriptor = os.open(self._path, os.O_CREAT | os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC, FILE_MODE)
        try:
            _write_all(descriptor, self._buffer)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        self._written += len(self._buffer)
        self._buffer.clear()

    def move(self) -> Stored:
        """On a thread: move the synced bytes among the objects; their folder is to be synced then."""
        self._path.rename(self._store.objects / self._name)
        return Stored(object=self._name, size_bytes=self._written, sha256=self._hash.hexdigest())


class Commits:
    """Finishes uploads in groups: those that wait at the same time are synced one after the other by one thread.

    Measured with 64 small uploads at a time: a thread for each takes 0.6 ms of CPU an upload, most of it spent on
    waiting for the interpreter's lock; a group takes 0.1 ms, and its folder is synced once.
    """

    def __init__(self, store: Objects) -> None:
        self._store = store
        self._waiting: list[tuple[Upload, asyncio.Future[Stored]]] = []
        self._committing: asyncio.Task[None] | None = None

    async def finish(self, upload: Upload) -> Stored:
        """Finish an upload with the next group."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Stored] = loop.create_future()
        self._waiting.append((upload, future))
        if self._committing is None:
            self._committing = loop.create_task(self._commit_groups())
        return await future

    async def _commit_groups(self) -> None:
        """Commit groups as long as uploads wait."""
        while self._waiting:
            group, self._waiting = self._waiting[:MAX_GROUP], self._waiting[MAX_GROUP:]
            ends = await self._store.run(functools.partial(self._commit, [upload for upload, _ in group]))
            for (_, future), end in zip(group, ends, strict=True):
                if future.done():
                    continue
                if isinstance(end, Exception):
                    future.set_exception(end)
                else:
                    future.set_result(end)
        self._committing = None

    def _commit(self, uploads: list[Upload]) -> Sequence[Stored | OSError]:
        """On a thread: finish uploads; return the object or the error of each."""
        ends: list[Stored | OSError] = []
        for upload, error in [(upload, _error_of(upload.sync)) for upload in uploads]:
            try:
                ends.append(upload.move() if error is None else error)
            except OSError as late:
                ends.append(late)
        unsynced = _error_of(self._store.sync)
        return ends if unsynced is None else [unsynced] * len(ends)


class FolderSync:
    """Syncs a folder's entries for many threads: those that wait at the same time share one sync."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._state = threading.Condition()
        self._asked = 0
        self._done = 0
        self._running = False

    def __call__(self) -> None:
        """Return once a sync has ended that began after this call did."""
        with self._state:
            self._asked += 1
            mine = self._asked
            while self._running and self._done < mine:
                self._state.wait()
            if self._done >= mine:
                return
            self._running, covered = True, self._asked
        try:
            sync_folder(self._folder)
        except BaseException:
            covered = 0
            raise
        finally:
            with self._state:
                self._running, self._done = False, max(self._done, covered)
                self._state.notify_all()


def _error_of(work: Callable[[], None]) -> OSError | None:
    """Do disk work; return its error, None when there was none."""
    try:
        work()
    except OSError as error:
        return error
    return None


def sync_folder(folder: Path) -> None:
    """Sync a folder's entries to disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, data: bytes | bytearray) -> None:
    """Write all bytes."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


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


def _remove(path: Path) -> None:
    """Erase a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
