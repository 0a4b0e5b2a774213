"""The connections to ``box.db``: one writer that commits in groups, some readers, and migration.

A use case is a plain function of a `sqlite3.Connection`. `Database.write` runs it inside a transaction that it may
share with others that wait at the same time: they are synced to disk together, and one that raises is undone alone.
"""

import asyncio
import contextlib
import functools
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from axelered_box.storage.schema import MIGRATIONS

T = TypeVar("T")
UseCase = Callable[[sqlite3.Connection], T]

READERS = 2
MAX_GROUP = 64
BUSY_TIMEOUT_S = 10.0
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)


class UnusableDatabase(Exception):
    """The database is damaged, or was written by a newer version of the program; the sentence says what to do."""


class _Connection(aiosqlite.Connection):
    """A connection whose thread runs whole functions, so that a use case costs one hop."""

    async def run(self, work: UseCase[T]) -> T:
        """Run a function of the connection on its thread."""
        result: T = await self._execute(work, self._conn)  # type: ignore[no-untyped-call]  # aiosqlite's own way
        return result


class Database:
    """The open database: `write` and `read` run use cases."""

    def __init__(self, writer: _Connection, readers: list[_Connection]) -> None:
        self._writer = writer
        self._readers = readers
        self._turn = 0
        self._traces = True
        self._waiting: asyncio.Queue[tuple[UseCase[Any], asyncio.Future[Any]]] = asyncio.Queue()
        self._committing = asyncio.create_task(self._commit_groups())

    @classmethod
    async def open(cls, file: Path) -> "Database":
        """Open a database file, make it when absent, and bring its schema up to date; raise UnusableDatabase."""
        opened: list[_Connection] = []
        try:
            opened.append(await _connect(file))
            await opened[0].run(migrate)
            for _ in range(READERS):
                opened.append(await _connect(file))
        except BaseException as error:
            for connection in opened:
                await connection.close()
            if isinstance(error, sqlite3.DatabaseError):
                raise UnusableDatabase(f"{file} cannot be used: {error}. 'doctor' checks it.") from error
            raise
        return cls(opened[0], opened[1:])

    async def write(self, work: UseCase[T]) -> T:
        """Run a use case in a transaction; return its result once it is synced to disk."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait((work, future))
        return await future

    async def read(self, work: UseCase[T]) -> T:
        """Run a use case that only reads, beside the writer."""
        self._turn = (self._turn + 1) % len(self._readers)
        return await self._readers[self._turn].run(work)

    def note_erasure(self) -> None:
        """Note that content was erased whose traces are still in the write-ahead log."""
        self._traces = True

    async def drop_traces(self) -> None:
        """Empty the write-ahead log if content was erased since the last time; a busy log is left for the next."""
        if self._traces:
            self._traces = False
            busy: int = await self._writer.run(lambda db: db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
            self._traces = self._traces or busy != 0

    async def close(self) -> None:
        """Commit what waits, then close all connections."""
        await self._waiting.join()
        self._committing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._committing
        for connection in [*self._readers, self._writer]:
            await connection.close()

    async def _commit_groups(self) -> None:
        """Take all use cases that wait, up to MAX_GROUP, and commit them as one transaction; for ever."""
        while True:
            group = [await self._waiting.get()]
            while len(group) < MAX_GROUP and not self._waiting.empty():
                group.append(self._waiting.get_nowait())
            works = [work for work, future in group if not future.cancelled()]
            futures = [future for _, future in group if not future.cancelled()]
            try:
                results = await self._writer.run(functools.partial(_transact, works=works))
            except Exception as error:  # a full disk, no memory: those that wait are told, the next group is tried
                results = [error] * len(futures)
            for future, result in zip(futures, results, strict=True):
                _settle(future, result)
            for _ in group:
                self._waiting.task_done()


def _settle(future: "asyncio.Future[Any]", result: Any) -> None:
    """Hand a result or an error to the one that waits, if it still does."""
    if future.done():
        return
    if isinstance(result, Exception):
        future.set_exception(result)
    else:
        future.set_result(result)


def _transact(db: sqlite3.Connection, works: list[UseCase[Any]]) -> list[Any]:
    """Run use cases in one transaction; return the result or the exception of each."""
    results: list[Any] = []
    with transaction(db):
        for work in works:
            db.execute("SAVEPOINT one")
            try:
                results.append(work(db))
            except Exception as error:  # whatever it is, it belongs to the caller of this use case alone
                db.execute("ROLLBACK TO one")
                results.append(error)
            db.execute("RELEASE one")
    return results


@contextlib.contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Begin a transaction that may write; commit it at the end, or undo it when the block raises."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # a full disk may have undone it already
            db.execute("ROLLBACK")
        raise


@contextlib.contextmanager
def brief(file: Path) -> Iterator[sqlite3.Connection]:
    """Open the database for one short transaction of the command line, beside a server that may be running."""
    db = sqlite3.connect(file, timeout=BUSY_TIMEOUT_S, isolation_level=None)
    try:
        _prepare(db)
        migrate(db)
        with transaction(db):
            yield db
    finally:
        db.close()


def migrate(db: sqlite3.Connection) -> None:
    """Bring the schema up to the newest version, step by step; raise UnusableDatabase when it is beyond that."""
    with transaction(db):
        version: int = db.execute("PRAGMA user_version").fetchone()[0]
        if version > len(MIGRATIONS):
            raise UnusableDatabase(
                f"The database has schema version {version}; this program knows versions up to {len(MIGRATIONS)}. "
                "Start the newer program that wrote it, or restore a backup made by this one."
            )
        for place in range(version, len(MIGRATIONS)):
            for statement in MIGRATIONS[place].split(";\n"):
                db.execute(statement)
            db.execute(f"PRAGMA user_version={place + 1}")


def _prepare(db: sqlite3.Connection) -> None:
    """Set what every connection needs."""
    db.row_factory = sqlite3.Row
    for pragma in _PRAGMAS:
        db.execute(pragma)


async def _connect(file: Path) -> _Connection:
    """Open one connection."""
    connection = _Connection(
        lambda: sqlite3.connect(file, timeout=BUSY_TIMEOUT_S, isolation_level=None), iter_chunk_size=64
    )
    await connection
    try:
        await connection.run(_prepare)
    except BaseException:
        await connection.close()
        raise
    return connection
