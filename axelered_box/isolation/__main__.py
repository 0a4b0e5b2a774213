"""The program of the fork server: the one that loads the modules' parsers, warms them, and forks children."""

import sys

from axelered_box import formats, modules
from axelered_box.isolation.child import Loaded, serve


def main(arguments: list[str]) -> None:
    """Run the fork server on the control socket whose descriptor is the only argument."""
    serve(int(arguments[0]), _load)


def _load() -> Loaded:
    """Load what most documents need; return the work of every module that can run, and how the rest is loaded."""
    first, *later = formats.STAGES
    first()
    return Loaded(modules.runs(), later)


if __name__ == "__main__":
    main(sys.argv[1:])
