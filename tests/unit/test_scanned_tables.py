"""Tests of the tables of recognised pages: rules seen in a picture, words between them, and the grids they make."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from axelered_box.domain.documents import Word
from axelered_box.formats import tables_drawn
from axelered_box.formats.tables_scanned import Recognised, find_tables

SCALE = 150 / 72
"""Pixels of a point."""
LEFTS, TOPS = (60, 160, 240, 320), (100, 120, 140, 160, 180)
"""Where the rules of the table are, in points."""
ROWS = (("Town", "2019", "2020"), ("Ghent", "12", "14"), ("Lille", "7", "31"), ("Old town", "45", "4"))


def _page(*, tilt: float = 0.0) -> Image.Image:
    """Return the picture of a page with a ruled table, its right side that many points lower."""
    picture = Image.new("L", (833, 600), 245)
    draw = ImageDraw.Draw(picture)
    for top in TOPS:
        draw.line([LEFTS[0] * SCALE, top * SCALE, LEFTS[-1] * SCALE, (top + tilt) * SCALE], fill=30, width=2)
    for left in LEFTS:
        draw.line([left * SCALE, TOPS[0] * SCALE, left * SCALE, TOPS[-1] * SCALE], fill=30, width=2)
    return picture


def _word(text: str, x: float, y: float) -> Word:
    """Return a word of 10 points' height of capitals whose letters stand at a height."""
    return Word(text, x, y - 7, x + 5 * len(text), y, 0.9)


def _lines(rows: tuple[tuple[str, ...], ...]) -> list[list[Word]]:
    """Return the words of the table, each in a line of its own."""
    return [
        [_word(part, left + 8 + 28 * place, top + 14) for place, part in enumerate(text.split())]
        for row, top in zip(rows, TOPS, strict=False)
        for text, left in zip(row, LEFTS, strict=False)
    ]


def _said(lines: list[list[Word]], picture: Image.Image) -> list[list[str]]:
    """Return the text of the cells of the only table."""
    (table,) = find_tables(Recognised(lines, picture, SCALE), []).tables
    assert table.grid is not None
    rows: list[list[str]] = [[] for _ in range(table.grid.rows)]
    for cell in table.grid.cells:
        rows[cell.row].append(cell.text)
    return rows


@pytest.mark.parametrize("tilt", [0.0, 1.5, -1.5])
def test_rules_are_seen_though_a_little_aslant(tilt: float) -> None:
    """Each rule is one, in its place and of its length."""
    rules = tables_drawn.rules_of(_page(tilt=tilt), SCALE)

    assert [round(rule.at - tilt / 2) for rule in rules.across] == pytest.approx(TOPS, abs=1)
    assert all(rule.length == pytest.approx(LEFTS[-1] - LEFTS[0], abs=3) for rule in rules.across)
    assert [round(rule.at) for rule in rules.down] == pytest.approx(LEFTS, abs=1)


def test_the_edge_of_a_coloured_row_is_a_rule() -> None:
    """A row on grey ground ends where the grey ends."""
    picture = Image.new("L", (833, 600), 250)
    ImageDraw.Draw(picture).rectangle([60 * SCALE, 100 * SCALE, 320 * SCALE, 120 * SCALE], fill=150)

    assert [rule.at for rule in tables_drawn.rules_of(picture, SCALE).across] == pytest.approx([100, 120], abs=1)


def test_grain_and_letters_are_no_rules() -> None:
    """A noisy page of short strokes has none."""
    noise = np.random.default_rng(1).normal(225, 12, (600, 833)).clip(0, 255).astype(np.uint8)
    picture = Image.fromarray(noise)
    draw = ImageDraw.Draw(picture)
    for x in range(60, 700, 14):
        draw.line([x, 200, x + 8, 200], fill=20, width=2)
        draw.line([x, 200, x, 215], fill=20, width=2)

    rules = tables_drawn.rules_of(picture, SCALE)

    assert rules.across == []
    assert rules.down == []


def test_a_ruled_table_is_found_without_a_model() -> None:
    """A grid of rules with words in it is a table though the layout names none."""
    assert _said(_lines(ROWS), _page()) == [list(row) for row in ROWS]


def test_rules_read_as_letters_are_left_out() -> None:
    """A stroke at the end of a word, where a rule is, is no letter; elsewhere it is one."""
    lines = _lines(ROWS)
    lines[3] = [Word("Ghent|", 130, 127, 158, 134, 0.6)]
    lines[6] = [_word("Li|le", 68, 154)]

    said = _said(lines, _page())

    assert said[1][0] == "Ghent"
    assert said[2][0] == "Li|le"


def test_a_box_over_its_whole_row_stays_in_the_row() -> None:
    """Words of a line that was not parted well have boxes as high as the row, and stand in it all the same."""
    lines = _lines(ROWS)
    lines[6:9] = [[Word(line[0].text, line[0].x0, 138, line[0].x1, 162, 0.6) for line in lines[6:9]]]

    assert _said(lines, _page()) == [list(row) for row in ROWS]


def test_an_empty_grid_is_no_table() -> None:
    """A chart's grid has no words in its cells."""
    assert find_tables(Recognised([[_word("Chart", 60, 90)]], _page(), SCALE), []).tables == []
