"""The manual is true: it has each setting, command, route, parameter and code, and no others."""

import argparse
import ast
import json
import re
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
from tests.unit.sources import PACKAGE, ROOT, modules, tree

DOCS = PACKAGE / "docs"


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
        elif called in ("Refusal", "ModelFailed", "failed"):
            found = node.args[:1]
        elif called == "problem":
            found = node.args[2:3]
        yield from (code.value for code in found if isinstance(code, ast.Constant) and isinstance(code.value, str))


def routing_codes() -> set[str]:
    """Return the codes of what Litestar refuses by itself."""
    answers = [api_errors.answer(HTTPException(status_code=status), "id") for status in (400, 404, 405)]
    return {json.loads(answer.body)["code"] for answer in answers}


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
