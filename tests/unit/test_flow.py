"""Tests of `axelered_box.formats.flow`."""

import pytest

from axelered_box.domain.documents import Span
from axelered_box.formats.flow import Writer, join


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("docu-", "ment", "document"),
        ("well-", "Known", "well- Known"),
        ("soft\u00ad", "ware", "software"),
        ("2019-", "2020", "2019- 2020"),
        ("one", "two", "one two"),
        ("", "two", "two"),
    ],
)
def test_lines_are_joined(before: str, after: str, expected: str) -> None:
    """A hyphen at a line's end goes where a word goes on, and stays elsewhere."""
    assert join(before, after) == expected


def test_styles_are_carried_over_lines() -> None:
    """A style that goes on over a line end is one span, with single spaces."""
    writer = Writer()
    writer.line([Span(text=" The  "), Span(text="bold", bold=True)])
    writer.line([Span(text="words ", bold=True), Span(text=" end ")])

    assert writer.result() == (
        "The bold words end",
        [Span(text="The "), Span(text="bold words ", bold=True), Span(text="end")],
    )


def test_plain_text_has_no_spans() -> None:
    """Spans are there only where there is a style."""
    writer = Writer()
    writer.line([Span(text="plain")])

    assert writer.result() == ("plain", [])
