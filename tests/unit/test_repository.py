"""The repository keeps its promises: what is public is documented, the manual is true, the rooms stay apart."""

import argparse
import ast
import functools
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.exceptions import HTTPException

from axelered_box import cli
from axelered_box.api import errors as api_errors
from axelered_box.api import openapi
from axelered_box.api.route import Route
from axelered_box.api.table import ROUTES
from axelered_box.domain.errors import BoxError
from axelered_box.s3 import xml
from axelered_box.settings import TABLE, Settings

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "axelered_box"
DOCS = PACKAGE / "docs"
TOP_LEVEL = {
    "pyproject.toml", "axelered_box", "static", "models", "tests", "packaging", "README.md", "LICENSE", "CHANGELOG.md",
}  # fmt: skip
LONGEST = 300
LONG = {"api/table.py": "one table: a line of data for each route"}
"""Files that may be longer, and why."""
PARSERS = {
    "PIL", "bs4", "lxml", "mammoth", "markitdown", "msoffcrypto", "numpy", "ocrmypdf", "olefile", "onnxruntime",
    "openpyxl", "pdfminer", "pikepdf", "pptx", "pymupdf", "pypdfium2", "xlrd",
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


def page(name: str) -> str:
    """Return a page of the manual."""
    return (DOCS / name).read_text("utf-8")


def headings(text: str) -> list[str]:
    """Return the headings of a page, code blocks left out."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return [line.lstrip("#").strip() for line in prose.splitlines() if re.match(r"#{1,6} ", line)]


def code_headings(text: str) -> list[str]:
    """Return the headings that are one piece of code, without the back-ticks."""
    return [found[1] for heading in headings(text) if (found := re.fullmatch(r"`([^`]+)`", heading))]


def anchor(heading: str) -> str:
    """Return the anchor that a heading has on a page."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def section(text: str, heading: str) -> str:
    """Return what stands below a heading, up to the next one of any level."""
    return re.split(r"^#{1,6} ", text.partition(f" `{heading}`\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def commands(parser: argparse.ArgumentParser, name: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Yield the commands that do something under their words."""
    further = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    for action in further:
        for word, inner in action.choices.items():
            yield from commands(inner, f"{name} {word}".strip())
    if not further:
        yield name, parser


def routes() -> list[Route]:
    """Return all routes, that of the description among them."""
    return [*ROUTES, openapi.route(ROUTES)]


def error_classes(kind: type[BoxError] = BoxError) -> Iterator[type[BoxError]]:
    """Yield an error and all its subclasses."""
    yield kind
    for inner in kind.__subclasses__():
        yield from error_classes(inner)


def literal_codes(path: Path) -> Iterator[str]:
    """Yield the codes that a file gives to failures, refusals, warnings and problems."""
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        found: list[ast.expr] = []
        if called in ("Failure", "Warning"):
            found = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
        elif called == "Refusal":
            found = node.args[:1]
        elif called == "problem":
            found = node.args[2:3]
        yield from (code.value for code in found if isinstance(code, ast.Constant) and isinstance(code.value, str))


def routing_codes() -> set[str]:
    """Return the codes of what Litestar refuses by itself."""
    answers = [api_errors.answer(HTTPException(status_code=status), "id") for status in (400, 404, 405)]
    return {json.loads(answer.body)["code"] for answer in answers}


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


@pytest.mark.parametrize("name", TABLE)
def test_a_setting_is_in_the_manual(name: str) -> None:
    """The manual has the name, the default and the help of every setting, in one line."""
    default = getattr(Settings(), name)
    shown = "empty" if default == "" else f"`{default}`"

    assert f"| `{name.upper()}` | {shown} | {TABLE[name].help} |" in page("settings.md").splitlines()


def test_the_manual_has_no_other_setting() -> None:
    """What the manual's table lists is a setting."""
    listed = re.findall(r"^\| `([A-Z_]+)` \|", page("settings.md"), flags=re.MULTILINE)

    assert [name.lower() for name in listed if not name.startswith("AXELERED_")] == list(TABLE)


@pytest.mark.parametrize(("name", "parser"), list(commands(cli._parser())))
def test_a_command_is_in_the_manual(name: str, parser: argparse.ArgumentParser) -> None:
    """The manual has a heading for every command, and below it every option and every argument."""
    said = section(page("commands.md"), name)
    words = [word for action in parser._actions for word in action.option_strings or [str(action.metavar)]]

    assert said
    assert [word for word in words if word not in ("-h", "--help") and not re.search(rf"`{word}\b", said)] == []


def test_the_manual_has_no_other_command() -> None:
    """What the manual heads as a command is one, or the set-up script's own."""
    known = {name for name, _ in commands(cli._parser())} | {"packaging/box test"}

    assert set(code_headings(page("commands.md"))) == known


def test_the_manual_has_all_routes_and_no_others() -> None:
    """The manual has one heading for each method and address that the API has."""
    headed = code_headings(page("api.md"))

    assert sorted(headed) == sorted(f"{route.method} {route.path}" for route in routes())


@pytest.mark.parametrize("parameter", sorted({parameter.name for route in routes() for parameter in route.parameters}))
def test_a_parameter_is_in_the_manual(parameter: str) -> None:
    """The manual has the name of every query parameter and header of the API."""
    assert re.search(rf"`{parameter}\b", page("api.md"))


def test_the_manual_has_all_error_codes_and_no_others() -> None:
    """The manual has one heading for each code that a client, a user or an operator can meet."""
    codes = {kind.code for kind in error_classes()} | routing_codes()
    codes.update(code for path in modules() for code in literal_codes(path))
    headed = code_headings(page("errors.md"))

    assert sorted(headed) == sorted(codes)


@pytest.mark.parametrize("kind", list(error_classes()), ids=lambda kind: kind.__name__)
def test_the_manual_says_where_an_error_is_met(kind: type[BoxError]) -> None:
    """Below its heading stands the status that an error is answered with, or that only commands end with it."""
    status = api_errors.status_of(kind.__new__(kind))
    where = f"{status}." if kind is BoxError or status != 500 else "Command line."

    assert section(page("errors.md"), kind.code).strip().startswith(where)


def test_the_manual_has_the_codes_of_links() -> None:
    """The manual has each code of S3 that a link is answered with, and its status."""
    rows = re.findall(r"^\| `([A-Z]\w+)` \| (\d+) \|", page("errors.md"), flags=re.MULTILINE)

    assert {code: int(status) for code, status in rows} == xml.STATUSES


@pytest.mark.parametrize("path", [ROOT / "README.md", *sorted(DOCS.glob("*.md"))], ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    """Every relative link of the README and the manual leads to a file, and to a heading where it names one."""
    text = path.read_text("utf-8")
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, fragment = link.partition("#")
        target = path.parent / name if name else path
        if not target.exists() or (fragment and fragment not in map(anchor, headings(target.read_text("utf-8")))):
            broken.append(link)

    assert broken == []


def test_the_index_lists_every_page() -> None:
    """A page of the manual can be found from its first one."""
    missing = [path.name for path in DOCS.glob("*.md") if path.name != "index.md" and path.name not in page("index.md")]

    assert missing == []


def test_every_benchmark_is_in_the_manual() -> None:
    """The manual names each measurement that can be run."""
    bench = [path for path in (ROOT / "tests" / "bench").glob("*.py") if "exit(" in path.read_text("utf-8")]

    assert [path.stem for path in bench if f"tests.bench.{path.stem}`" not in page("measuring.md")] == []
