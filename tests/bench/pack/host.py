"""The program that has one engine loaded and forks a child for each job, measuring it: `python -m ... ENGINE WORKERS`.

Jobs come as one JSON list on stdin. The first line of the answer says that the engine is loaded; then comes a line for
each job that has ended. It needs the standard library and the engine only, so that it can run in another interpreter
than the benchmark.
"""

import contextlib
import ctypes
import json
import os
import signal
import sys
import time
import traceback
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import NoReturn, TextIO

from tests.bench.pack.engines import ENGINES, HIDDEN, Convert, Refused

LOOK_S = 0.02
_PR_SET_PDEATHSIG = 1
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Job:
    """Files that one child converts."""

    files: list[str]
    names: list[str]
    target: str
    limit_s: float


@dataclass(frozen=True)
class End:
    """How a job ended and what it took."""

    names: list[str]
    outcome: str
    """ok, refused, raised, out_of_memory, out_of_time or crashed."""
    detail: str
    cpu_s: float
    wall_s: float
    peak_bytes: int


@dataclass
class _Child:
    """A job that is being done."""

    pid: int
    job: Job
    answer: int
    began: float = field(default_factory=time.monotonic)
    peak_bytes: int = 0
    is_late: bool = False


def main() -> None:
    """Load the engine, do the jobs, tell of each."""
    _end_with_parent()
    name, workers = sys.argv[1], int(sys.argv[2])
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    jobs = [Job(**job) for job in json.load(sys.stdin)]
    convert = (ENGINES | HIDDEN)[name].load()
    _tell(answers, {"ready": True})
    work(jobs, workers, convert, answers)


def work(jobs: list[Job], workers: int, convert: Convert, answers: TextIO) -> None:
    """Keep as many children at work as there are workers."""
    waiting = list(reversed(jobs))
    running: list[_Child] = []
    while waiting or running:
        while waiting and len(running) < workers:
            running.append(_fork(waiting.pop(), convert))
        time.sleep(LOOK_S)
        for child in running[:]:
            end = _look_at(child)
            if end is not None:
                running.remove(child)
                _tell(answers, asdict(end))


def _tell(answers: TextIO, said: object) -> None:
    answers.write(json.dumps(said) + "\n")
    answers.flush()


def _fork(job: Job, convert: Convert) -> _Child:
    """Start a child for a job."""
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read_end)
        _become_child(job, convert, write_end)
    os.close(write_end)
    return _Child(pid, job, read_end)


def _become_child(job: Job, convert: Convert, answer: int) -> NoReturn:
    """Do a job, leave a line that says how it ended, and end."""
    os.setsid()
    _end_with_parent()
    try:
        outcome, detail = _outcome(job, convert)
        os.write(answer, json.dumps([outcome, detail[:500]]).encode())
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(0)


def _end_with_parent() -> None:
    """Have the kernel kill this process when its parent dies, so that an interrupted run leaves none behind."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _outcome(job: Job, convert: Convert) -> tuple[str, str]:
    """Convert, and return what came of it."""
    try:
        convert([Path(file) for file in job.files], Path(job.target), job.names)
    except Refused as refused:
        return "refused", refused.code
    except MemoryError:
        return "out_of_memory", ""
    except BaseException as error:  # whatever an engine raises is its end
        traceback.print_exc()
        return "raised", repr(error)
    return "ok", ""


def _look_at(child: _Child) -> End | None:
    """Note a child's memory, end it when its time is up; return its end when it has ended."""
    child.peak_bytes = max(child.peak_bytes, _tree_bytes(child.pid))
    if time.monotonic() - child.began > child.job.limit_s:
        child.is_late = True
        _kill(child.pid)
    if os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        return None
    wall_s = time.monotonic() - child.began
    _kill(child.pid)
    _, _, usage = os.wait4(child.pid, 0)
    with os.fdopen(child.answer, "rb") as answer:
        said = answer.read()
    outcome, detail = json.loads(said) if said else ("crashed", "")
    if child.is_late:
        outcome, detail = "out_of_time", f"after {child.job.limit_s:.0f} s"
    cpu_s = usage.ru_utime + usage.ru_stime
    peak = max(child.peak_bytes, usage.ru_maxrss * 1024)
    return End(child.job.names, outcome, detail, cpu_s, wall_s, peak)


def _kill(pid: int) -> None:
    """Kill a child and those that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _tree_bytes(pid: int) -> int:
    """Return the resident memory of a process and all below it; what has just ended counts nothing."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        below = [child for thread in threads for child in (thread / "children").read_text("ascii").split()]
    except (OSError, IndexError):
        return 0
    return pages * _PAGE_BYTES + sum(_tree_bytes(int(child)) for child in below)


if __name__ == "__main__":
    main()
