"""The built-in documents that misbehave, by which an operator sees that a bad document harms no other."""

import os
import re
import time

from axelered_box.domain.modules import Progress, StepMessage

SLOW_TELLS_EVERY_S = 0.5
_CHUNK_BYTES = 64 << 20
_PAGE_BYTES = 4096
_NAME = re.compile(r"fault-(?P<what>crash|hang|memory|slow-(?P<seconds>[0-9]{1,6}(\.[0-9]+)?))( \([0-9]+\))?\.txt")


def act(message: StepMessage, progress: Progress) -> None:
    """Misbehave as the file's name says, if drills are on; return for every other document and after a slow one.

    Raises MemoryError where the memory limit is one that the process can outlive.
    """
    found = _NAME.fullmatch(message.file_name.rpartition("/")[2]) if message.faults else None
    if found is None:
        return
    what = found["what"]
    if what == "crash":
        os.abort()
    elif what == "hang":
        _hang()
    elif what == "memory":
        _fill_memory(progress)
    else:
        _dawdle(float(found["seconds"]), progress)


def _hang() -> None:
    """Never return, without a word."""
    while True:
        time.sleep(3600)


def _fill_memory(progress: Progress) -> None:
    """Take memory, and use it, until there is no more."""
    taken = []
    while True:
        chunk = bytearray(_CHUNK_BYTES)
        chunk[::_PAGE_BYTES] = b"\x01" * (_CHUNK_BYTES // _PAGE_BYTES)
        taken.append(chunk)
        progress.alive()


def _dawdle(seconds: float, progress: Progress) -> None:
    """Take that long, telling of progress."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        progress.alive()
        time.sleep(min(left, SLOW_TELLS_EVERY_S))
