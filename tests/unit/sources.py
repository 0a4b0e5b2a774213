"""The files of this repository, for tests about them."""

import ast
import functools
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "axelered_box"


@functools.cache
def tracked() -> list[Path]:
    """Return the files of the repository: those that git knows or would add, or all where there is no git."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=20).stdout
    except FileNotFoundError:
        listed = ""
    if listed:
        return sorted(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())
    top = [path for path in ROOT.iterdir() if not path.name.startswith(".")]
    found = [path for place in top for path in (place.rglob("*") if place.is_dir() else [place])]
    return sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts)


def modules() -> list[Path]:
    """Return the Python files of the package."""
    return [path for path in tracked() if path.suffix == ".py" and path.is_relative_to(PACKAGE)]


@functools.cache
def tree(path: Path) -> ast.Module:
    """Return a file's syntax."""
    return ast.parse(path.read_text("utf-8"))
