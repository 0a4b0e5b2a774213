"""Tests of what is told from recognised words about their print: columns, sizes, bold letters, tiny pages."""

import pymupdf
import pytest
from PIL import Image

from axelered_box.domain.documents import Source, Word
from axelered_box.formats import reading_columns, small_pages, type_sizes, type_weights
from axelered_box.formats.evidence import Grid, GridCell, Line, PageEvidence, Region, Role, Run
from axelered_box.modules.parse import print_sizes

Printed = tuple[float, float, float, str, str]
"""Where a line stands, its font size, font and text."""


def _printed(*lines: Printed) -> tuple[list[list[Word]], Image.Image]:
    """Return the words of printed lines, with the boxes of their ink as recognition gives them, and their picture."""
    page = pymupdf.open().new_page(width=420, height=300)
    found = []
    for left, y, size, font, text in lines:
        x = left
        page.insert_text((x, y), text, fontsize=size, fontname=font)
        words = []
        for part in text.split():
            wide = pymupdf.get_text_length(part, font, size)
            high = 0.7 if any(letter.isupper() or letter.isdigit() or letter in "bdfhklt" for letter in part) else 0.46
            low = 0.21 if any(letter in "gjpqy" for letter in part) else 0.14 * ("," in part)
            words.append(Word(part, x, y - high * size, x + wide, y + low * size, 0.9))
            x += wide + pymupdf.get_text_length(" ", font, size)
        found.append(words)
    pixels = page.get_pixmap(dpi=144, colorspace=pymupdf.csGRAY)
    return found, Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)


def _text(lines: list[list[Word]]) -> list[str]:
    return [" ".join(word.text for word in line) for line in lines]


def _bold(*lines: Printed) -> list[str]:
    """Return the bold words among printed lines, and six more of running text."""
    rest = [(20.0, 150.0 + 14 * n, 10.0, "helv", "running text of a page in plain letters") for n in range(6)]
    words, picture = _printed(*lines, *rest)
    bold = type_weights.bold_words(words, picture, 2)
    return [word.text for line in words for word in line if id(word) in bold]


def test_bold_words_are_told_by_their_strokes() -> None:
    """A bold line is bold as a whole, a bold start up to its end; larger plain letters are not."""
    assert _bold((20, 40, 10, "hebo", "Methods and data")) == ["Methods", "and", "data"]
    assert _bold((20, 40, 20, "helv", "Annual report")) == []
    assert _bold((20, 40, 20, "hebo", "Annual report")) == ["Annual", "report"]


def test_few_lines_tell_nothing_about_weight() -> None:
    """Where there is no running text, nothing is bold."""
    words, picture = _printed((20, 40, 10, "hebo", "Methods"), (20, 60, 10, "helv", "plain text"))

    assert type_weights.bold_words(words, picture, 2) == frozenset()


@pytest.mark.parametrize("text", ["Tables and figures", "pages", "sum", "1,250.00"])
def test_the_size_of_a_line_is_told_from_its_letters(text: str) -> None:
    """It does not matter whether letters reach up or down."""
    ((line,), _) = _printed((20, 40, 12, "helv", text))

    assert type_sizes.line_size(line) == pytest.approx(12, rel=0.15)
    assert type_sizes.base(line[0], 12) == pytest.approx(40, abs=1.5)


def _columns(*texts: list[str]) -> list[list[Word]]:
    """Return lines, row by row, of columns that are 200 apart, with letters 5 wide."""
    lines = []
    for row, beside in enumerate(zip(*texts, strict=True)):
        for column, text in enumerate(beside):
            x, y = 200.0 * column, 12.0 * row
            lines.append([Word(text, x, y, x + 5 * len(text), y + 9, 0.9)])
    return lines


def test_columns_of_prose_are_read_one_after_the_other() -> None:
    """Long full lines on both sides of a gutter are columns; the heading over both comes first."""
    left = [f"line {n} of the left column is long" for n in range(5)]
    right = [f"line {n} of the right column is long" for n in range(5)]
    heading = [Word("A heading over both of the columns of text", 0, -20, 390, -10, 0.9)]

    read = reading_columns.in_order([*_columns(left, right), heading])

    assert [_text(row) for row in read] == [[" ".join(["A heading over both of the columns of text"])]] + [
        [text] for text in (*left, *right)
    ]


def test_a_table_is_read_row_by_row() -> None:
    """Short entries side by side are no columns of prose."""
    read = reading_columns.in_order(_columns(["Bread", "Milk", "Eggs", "Tea"], ["2.50", "1.20", "3.40", "4.00"]))

    assert [_text(row) for row in read] == [["Bread", "2.50"], ["Milk", "1.20"], ["Eggs", "3.40"], ["Tea", "4.00"]]


def test_sizes_that_are_close_are_one() -> None:
    """Measured sizes of recognised pages are evened, those of others kept; a heading's stays apart."""

    def page(source: Source) -> PageEvidence:
        lines = [Line((0, 0, 1, 1), [Run(text="a" * 50, size=size)]) for size in (9.8, 10.0, 10.3, 14.0)]
        return PageEvidence(page=0, source=source, regions=[Region(role=Role.TEXT, bbox=(0, 0, 1, 1), lines=lines)])

    scanned, digital = print_sizes.evened([page(Source.OCR), page(Source.DIGITAL)])

    assert [line.runs[0].size for line in scanned.regions[0].lines] == [10.0, 10.0, 10.0, 14.0]
    assert [line.runs[0].size for line in digital.regions[0].lines] == [9.8, 10.0, 10.3, 14.0]


def test_a_tiny_page_is_seen_enlarged_and_told_in_its_own_points() -> None:
    """Boxes and sizes come back to the page they are of; pages of paper are left alone."""
    document = pymupdf.open()
    tiny, paper = document.new_page(width=200, height=160), document.new_page(width=595, height=842)
    tiny = document[0]
    copy = small_pages.enlarged(tiny)
    word = Word("Total", 40, 80, 80, 100, 0.9)
    cell = GridCell(
        row=0, column=0, row_span=1, column_span=1, header=False, text="Total", bbox=(40, 80, 80, 100), words=[word]
    )
    grid = Grid(rows=1, columns=1, header_rows=0, cells=[cell])
    line = Line((40, 80, 80, 100), [Run(text="Total", size=20)])
    region = Region(role=Role.TABLE, bbox=(40, 80, 80, 100), lines=[line], grid=grid)

    back = small_pages.reduced(PageEvidence(page=0, width=800, height=640, regions=[region], loose_words=[word]), 200)

    assert copy.rect.width == pytest.approx(800)
    assert small_pages.enlarged(paper) is paper
    assert (back.width, back.height) == (200, 160)
    assert back.regions[0].bbox == (10, 20, 20, 25)
    assert back.regions[0].lines[0].runs[0].size == 5
    assert back.regions[0].grid is not None
    assert back.regions[0].grid.cells[0].bbox == (10, 20, 20, 25)
    assert back.loose_words[0].x1 == 20
