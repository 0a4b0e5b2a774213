"""The limits that a child puts on itself before it sees a byte of a document."""

import os
import resource
from pathlib import Path

from axelered_box.domain.modules import StepLimits
from axelered_box.isolation.bound import prctl

NICENESS = 15
OPEN_FILES = 512
FILE_BYTES = 8 << 30
OOM_SCORE = 900
CPU_SLACK_S = 10
"""At its CPU limit a process gets SIGXCPU, which tells why it ends; so much later SIGKILL."""
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38


def adopt_orphans() -> None:
    """Become the parent of processes whose own parents below this one die, so that none is left over."""
    prctl(_PR_SET_CHILD_SUBREAPER, 1)


def apply(limits: StepLimits) -> None:
    """Limit memory, CPU time, files and priority of this process and those it starts.

    ``RLIMIT_DATA`` counts private writable memory (since Linux 4.7), not mapped files; what the fork server had
    before the fork does not count against the task.
    """
    prctl(_PR_SET_NO_NEW_PRIVS, 1)
    os.nice(NICENESS)
    Path("/proc/self/oom_score_adj").write_text(str(OOM_SCORE), encoding="ascii")
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, OPEN_FILES)
    _limit(resource.RLIMIT_FSIZE, FILE_BYTES)
    _limit(resource.RLIMIT_CPU, limits.cpu_s, slack=CPU_SLACK_S)
    _limit(resource.RLIMIT_DATA, _data_bytes() + limits.memory_bytes)


def _limit(which: int, value: int, slack: int = 0) -> None:
    """Set a limit, and a hard one that much above it; neither above the one that is already in force."""
    hard = resource.getrlimit(which)[1]
    most = value + slack if hard == resource.RLIM_INFINITY else min(value + slack, hard)
    resource.setrlimit(which, (min(value, most), most))


def _data_bytes() -> int:
    """Return the private writable memory of this process."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024
    return 0
