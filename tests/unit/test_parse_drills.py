"""Tests of `axelered_box.modules.parse.drills`, each misbehaviour in a process of its own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from axelered_box.domain.modules import Json, Progress, Step
from axelered_box.modules.parse import drills
from tests.samples import parsing

_CHILD = """
import resource, sys
from axelered_box.domain.modules import Progress, Step
from axelered_box.modules.parse import drills
from tests.samples import parsing
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_DATA, (512 << 20, 512 << 20))
sent = parsing.message(sys.argv[1], "text/plain", {}, Step(), faults=True)
try:
    drills.act(sent, Progress(lambda told: None))
except MemoryError:
    sys.exit(77)
"""


def _start(name: str) -> "subprocess.Popen[bytes]":
    root = Path(__file__).parents[2]
    return subprocess.Popen([sys.executable, "-c", _CHILD, name], cwd=root, env=os.environ | {"PYTHONPATH": str(root)})


def test_a_crash_is_a_signal() -> None:
    """The crash ends its process by a signal."""
    assert _start("fault-crash.txt").wait(20) == -signal.SIGABRT


def test_memory_runs_out() -> None:
    """The leak meets the memory limit."""
    assert _start("fault-memory.txt").wait(20) == 77


def test_a_hang_does_not_end() -> None:
    """The hang goes on until it is killed."""
    process = _start("fault-hang.txt")

    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(2)
    process.kill()
    process.wait()


def test_a_slow_one_tells_of_progress() -> None:
    """The slow document takes its time, says that it is alive, and goes on."""
    told: list[Json] = []
    start = time.monotonic()

    drills.act(parsing.message("fault-slow-1.txt", "text/plain", {}, Step(), faults=True), Progress(told.append))

    assert time.monotonic() - start >= 1
    assert told == [{}, {}]


@pytest.mark.parametrize(("name", "faults"), [("fault-crash.txt", False), ("my-fault-crash.txt", True)])
def test_other_documents_are_left_alone(name: str, faults: bool) -> None:
    """Without the setting, or with another name, nothing happens."""
    told: list[Json] = []

    drills.act(parsing.message(name, "text/plain", {}, Step(), faults=faults), Progress(told.append))

    assert told == []
