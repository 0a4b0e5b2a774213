"""How a process is bound to its parent; as a program, it binds itself and becomes the one that it is told.

It is run as a file, before any package can be imported, so it needs none.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def bind_to_parent(parent_pid: int) -> None:
    """Have the kernel kill this process when its parent dies; end at once when it is dead already."""
    prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent_pid:
        os._exit(1)


def prctl(option: int, value: int) -> None:
    """Set an attribute of this process, as the manual page has it; raise OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), f"prctl {option}")


def main(arguments: list[str]) -> None:
    """Bind this process to the parent whose id comes first, and become the program whose command follows."""
    bind_to_parent(int(arguments[0]))
    os.execv(arguments[1], arguments[1:])  # noqa: S606  # no shell is wanted


if __name__ == "__main__":
    main(sys.argv[1:])
