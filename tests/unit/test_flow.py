"""Tests of `axelered_box.formats.flow`."""

import pytest

from axelered_box.domain.documents import Span
from axelered_box.formats.flow import Writer, clean


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("e\ufb03cient", "efficient"),
        ("\U0001d441 = 50", "N = 50"),
        ("Ad\u00b4an H\u00a8auser", "Ad\u00e1n H\u00e4user"),
        ("Mart\u00b4\u0131nez", "Mart\u00ednez"),
        ("franc\u00b8ais", "fran\u00e7ais"),
        ("3\u00b4UTR", "3\u00b4UTR"),
        ("https: //example.org", "https://example.org"),
        ("zero\u200bwidth\u00a0 space", "zerowidth space"),
    ],
)
def test_letters_take_their_usual_form(printed: str, read: str) -> None:
    """Ligatures, letters of formulas and accents printed apart become the letters that people write."""
    assert clean(printed) == read


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
