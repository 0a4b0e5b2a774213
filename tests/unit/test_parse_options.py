"""Tests of `axelered_box.modules.parse.options`."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from axelered_box import modules
from axelered_box.modules.parse.options import ParseOptions, check, page_numbers


@pytest.mark.parametrize(
    "options",
    [
        {"jpegQuality": 0},
        {"jpegQuality": 101},
        {"maxPixels": 0},
        {"ocr": "sometimes"},
        {"languages": "eng"},
        {"languages": ["english"]},
        {"languages": []},
        {"pages": "0"},
        {"pages": "1-"[::-1]},
        {"pages": "one"},
        {"pages": ""},
        {"provider": "google"},
        {"unknown": 1},
        {"tables": "yes"},
    ],
)
def test_wrong_options_are_refused(options: dict[str, Any]) -> None:
    """An unknown member or value is no config."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(options, ParseOptions)


def test_defaults_are_those_of_the_contract() -> None:
    """What is not said is as published."""
    options = msgspec.convert({}, ParseOptions)

    assert (options.provider, options.languages, options.ocr) == ("axelered", "auto", "auto")
    assert (options.max_pixels, options.jpeg_quality) == (11_289_600, 95)
    assert (options.searchable_pdf, options.tables, options.pages, options.password) == (True, True, None, None)


def test_what_the_box_has_not_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider or language that is not in the box is a problem that names what is."""
    (tmp_path / "deu.traineddata").touch()
    monkeypatch.setenv("AXELERED_TESSDATA", str(tmp_path))
    options = msgspec.convert({"provider": "mistral", "languages": ["ger", "fra"]}, ParseOptions)

    problems = check(options)

    assert [(problem.type, problem.loc) for problem in problems] == [
        ("provider_unavailable", ["provider"]),
        ("language_unavailable", ["languages", 1]),
    ]
    assert "deu" in problems[1].msg


@pytest.mark.parametrize(
    ("pages", "expected"),
    [("1", [0]), ("1-3,7", [0, 1, 2, 6]), (" 2 , 1 ", [0, 1]), ("8-", [7, 8, 9]), ("3-1", [0, 1, 2]), ("1,1", [0])],
)
def test_pages_are_counted_from_one(pages: str, expected: list[int]) -> None:
    """Pages and ranges come out rising, each once, counted from 0."""
    assert page_numbers(pages, 10) == expected


@pytest.mark.parametrize(("pages", "missing"), [("11", 11), ("9-12", 11), ("12-", 12), ("5,40-50", 40)])
def test_a_missing_page_is_named(pages: str, missing: int) -> None:
    """A page that the document does not have is told."""
    with pytest.raises(LookupError) as caught:
        page_numbers(pages, 10)

    assert caught.value.args == (missing,)


def test_every_option_is_described() -> None:
    """The JSON Schema of each module says what each member is, and allows no other."""
    for module in modules.TABLE.values():
        schema = msgspec.json.schema(module.options)
        own = schema["$defs"][module.options.__name__]
        assert own["additionalProperties"] is False
        assert [name for name, member in own["properties"].items() if "description" not in member] == []


def test_modules_come_in_order() -> None:
    """The table lists the modules as they work on a file, and says why one cannot run."""
    assert list(modules.TABLE) == ["parse", "extract", "classify", "summarize", "edit"]
    assert all(module.run or module.why_unavailable for module in modules.TABLE.values())
