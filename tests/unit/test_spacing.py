"""Tests of `axelered_box.formats.spacing`."""

from itertools import pairwise

import pymupdf
import pytest

from axelered_box.formats import pdf

SENTENCE = "Composition of the data for training 2."
SIZE = 10


def page(*lines: tuple[list[str], float]) -> pymupdf.Page:
    """Return a page of lines whose pieces stand so far apart, in parts of the font size."""
    made = pymupdf.open().new_page()
    for place, (pieces, gap) in enumerate(lines):
        x = 72.0
        for piece in pieces:
            made.insert_text((x, 72 + 30 * place), piece, fontsize=SIZE)
            x += pymupdf.get_text_length(piece, fontsize=SIZE) + gap * SIZE
    return made


def said(made: pymupdf.Page) -> tuple[list[str], list[str]]:
    """Return the text of the page's lines, and its words."""
    text = pdf.text_of(made)
    lines = [line for block in text.blocks if block["type"] == 0 for line in block["lines"]]
    return ["".join(span["text"] for span in line["spans"]) for line in lines], [word[4] for word in text.words]


def test_words_that_were_run_together_are_told_apart() -> None:
    """Letters that touch but for a few small gaps are words, on every line of their font."""
    lines, words = said(page((SENTENCE.split(), 0.13), (["Table", "1"], 0.13)))

    assert lines == [SENTENCE, "Table 1"]
    assert words == [*SENTENCE.split(), "Table", "1"]


def test_words_lie_where_they_are_printed() -> None:
    """Each word that was told apart has a box of its own, left to right, that holds its letters only."""
    made = page((SENTENCE.split(), 0.13))

    words = pdf.text_of(made).words

    assert words[0][2] - words[0][0] == pytest.approx(pymupdf.get_text_length("Composition", fontsize=SIZE), abs=0.1)
    gaps = [after[0] - before[2] for before, after in pairwise(words)]
    assert gaps == pytest.approx([1.3] * len(gaps), abs=0.05)


@pytest.mark.parametrize(
    ("pieces", "gap"),
    [
        (["Rechtsschutzversicherungsgesellschaften"], 0.0),
        (list("letterspacedheadlines"), 0.12),
        (["extraordinarily", "hyperprolactinemia"], 0.06),
        (["Materialzertifikate", "X"], 0.12),
    ],
    ids=["one word", "letterspaced", "gaps too small", "one gap alone"],
)
def test_other_long_words_stay(pieces: list[str], gap: float) -> None:
    """A compound, letterspaced letters and odd kerning are no words run together."""
    lines, words = said(page((pieces, gap)))

    assert lines == ["".join(pieces)]
    assert words == ["".join(pieces)]
