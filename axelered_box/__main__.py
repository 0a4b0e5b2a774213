"""Runs the command line: ``python -m axelered_box``."""

from axelered_box.cli import main

if __name__ == "__main__":
    main()
