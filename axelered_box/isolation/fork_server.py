"""The box's side of the fork server: started as a program, restarted when it dies, told to start and end children."""

import asyncio
import contextlib
import itertools
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from axelered_box.isolation import bound, wire

RESTART_PAUSE_S = 0.5
MAX_RESTART_PAUSE_S = 10.0
START_LIMIT_S = 60.0
BROKEN_AFTER = 3
"""So many deaths in a row before it was warm, and the server counts as broken until one start succeeds."""
ENVIRONMENT = ("AXELERED_TESSERACT", "AXELERED_TESSDATA", "LD_LIBRARY_PATH")
"""Variables that the fork server gets from the box's environment; all others stay behind."""
_FIXED = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/nonexistent",
    "OMP_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "ORT_DISABLE_TELEMETRY": "1",
    "PYTHONHASHSEED": "0",
    # Transparent huge pages for the heap: a fork then faults 7,400 times for a page instead of 37,500
    # (measured: 0.19 s of work become 0.13 s).
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
}


END_LIMIT_S = 5.0
"""How long the server may take to end a child, or itself; then it is killed."""
MAX_LOG_BYTES = 1 << 20


class ServerLost(Exception):
    """The fork server died, and with it the child."""


class ServerUnavailable(Exception):
    """No child can be had now: the fork server does not come up, or the system has no process left."""


log = logging.getLogger(__name__)


class Child:
    """A child that was started: the stream to it, and its end."""

    def __init__(self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.number = number
        self.reader = reader
        self.writer = writer
        self.ended: asyncio.Future[wire.Ended] = asyncio.get_running_loop().create_future()


class ForkServer:
    """The fork server's process; it lives until `stop`, restarted whenever it dies."""

    def __init__(self, log: Path, program: list[str] | None = None) -> None:
        self._log = log
        self._program = program or _command()
        self._numbers = itertools.count(1)
        self._children: dict[int, Child] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._warm = False
        self._decided = asyncio.Event()
        """Set when the server is warm, and when it is given up for now."""
        self._stopping = False
        self._failures = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self.versions: dict[str, str] = {}
        """What the server has loaded, known once it is warm."""

    @property
    def alive(self) -> bool:
        """Tell whether children can be had, now or as soon as the server has warmed up."""
        return self._failures < BROKEN_AFTER and not self._stopping

    async def start(self) -> None:
        """Start the program; children can be asked for at once, they begin when it is warm."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        try:
            self._process = await asyncio.to_thread(self._launch, theirs)
        except BaseException:
            ours.close()
            raise
        self._control = ours
        asyncio.get_running_loop().add_reader(ours, self._take_reports)

    async def stop(self) -> None:
        """End the server and all children."""
        self._stopping = True
        self._lose()
        self._decided.set()
        if self._process is not None:
            try:
                await asyncio.to_thread(self._process.wait, END_LIMIT_S)
            except subprocess.TimeoutExpired:
                self._kill()

    async def warm(self) -> None:
        """Wait until the server is warm; raise ServerUnavailable when it cannot be had."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(START_LIMIT_S):
                await self._decided.wait()
        if not self._warm:
            raise ServerUnavailable(f"The parsers do not load; {self._log} says why.")

    async def fork(self, folder: Path) -> Child:
        """Start a child in a work folder; raise ServerLost, ServerUnavailable."""
        await self.warm()
        ours, theirs = socket.socketpair()
        with theirs:
            reader, writer = await asyncio.open_connection(sock=ours, limit=wire.MAX_LINE_BYTES)
            child = Child(next(self._numbers), reader, writer)
            self._children[child.number] = child
            try:
                self._send(wire.Start(child=child.number, folder=str(folder)), [theirs.fileno()])
            except ServerLost:
                self._children.pop(child.number, None)
                writer.close()
                raise
        return child

    async def end(self, child: Child) -> None:
        """Kill a child and its group, and wait until they are gone; a server that does not do it is killed itself."""
        if not child.ended.done():
            with contextlib.suppress(ServerLost):
                self._send(wire.Kill(child=child.number), [])
        with contextlib.suppress(ServerLost, ServerUnavailable):
            try:
                async with asyncio.timeout(END_LIMIT_S):
                    await asyncio.shield(child.ended)
            except TimeoutError:
                self._kill()
                await asyncio.shield(child.ended)

    def _launch(self, theirs: socket.socket) -> "subprocess.Popen[bytes]":
        """Start the program with an environment that names nothing of the box's secrets."""
        full = self._log.exists() and self._log.stat().st_size > MAX_LOG_BYTES
        with theirs, self._log.open("wb" if full else "ab") as log:
            return subprocess.Popen(
                [*bound.words(), *self._program, str(theirs.fileno())],
                env=environment(os.environ),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )

    def _send(self, order: wire.Order, descriptors: list[int]) -> None:
        """Send an order; raise ServerLost."""
        if self._control is None:
            raise ServerLost
        try:
            socket.send_fds(self._control, [msgspec.json.encode(order)], descriptors)
        except (OSError, ValueError) as error:
            raise ServerLost from error

    def _take_reports(self) -> None:
        """Read what the server reports; when it is gone, start another."""
        while self._control is not None:
            try:
                packet = self._control.recv(wire.MAX_PACKET_BYTES)
            except BlockingIOError:
                return
            except OSError:
                packet = b""
            if not packet:
                self._restart()
                return
            report = wire.reports.decode(packet)
            if isinstance(report, wire.Ready):
                self.versions = report.versions
                self._failures = 0
                self._warm = True
                self._decided.set()
                continue
            child = self._children.pop(report.child, None)
            if child is not None and not child.ended.done():
                _settle(child, report)

    def _restart(self) -> None:
        """Give up the children of a dead server and start another, unless the box is stopping."""
        self._count_failure(0 if self._warm else 1)
        self._lose()
        if not self._stopping:
            task = asyncio.get_running_loop().create_task(self._start_later())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _count_failure(self, count: int) -> None:
        """Count a start that failed; after some in a row those who wait for a child are told."""
        self._failures += count
        if self._failures >= BROKEN_AFTER:
            self._decided.set()

    async def _start_later(self) -> None:
        while not self._stopping:
            await asyncio.sleep(min(MAX_RESTART_PAUSE_S, RESTART_PAUSE_S * 2 ** min(self._failures, 10)))
            try:
                await self.start()
            except OSError:  # no process, no memory: it may be there later
                self._count_failure(1)
                log.exception("fork_server_start_failed")
            else:
                return

    def _lose(self) -> None:
        """Close the socket, which ends the server and its children, and tell those that wait."""
        self._warm = False
        if self._failures < BROKEN_AFTER:
            self._decided.clear()
        if self._control is not None:
            asyncio.get_running_loop().remove_reader(self._control)
            self._control.close()
            self._control = None
        if not self._stopping:
            self._kill()
        lost, self._children = self._children, {}
        for child in lost.values():
            if not child.ended.done():
                child.ended.set_exception(ServerLost())
                child.ended.exception()

    def _kill(self) -> None:
        """Kill the server; its children die with it, and the end of its socket is heard as its loss."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def _settle(child: Child, report: wire.Ended) -> None:
    """Tell those who wait for a child how it ended."""
    if report.forked:
        child.ended.set_result(report)
    else:
        child.ended.set_exception(ServerUnavailable("The system has no process left for a child."))
        child.ended.exception()


def environment(outer: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the fork server: an allow-list, and what keeps libraries quiet and single-threaded."""
    return {**_FIXED, **{name: outer[name] for name in ENVIRONMENT if name in outer}}


def _command() -> list[str]:
    """Return the command that runs the fork server's program."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--fork-server"]
    return [sys.executable, "-P", "-m", "axelered_box.isolation"]
