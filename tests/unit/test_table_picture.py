"""Tests of pictures of tables."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from axelered_box.domain.documents import Kind, Word
from axelered_box.formats import table_picture, table_picture_model
from axelered_box.formats.evidence import PageEvidence, Region, Role
from tests.samples import make
from tests.samples.parsing import parse

ROWS: list[tuple[str, ...]] = [
    ("Station", "Depth", "Samples", "Mean"),
    ("Harbour", "12.5", "340", "7.81"),
    ("Lighthouse", "48.0", "112", "6.42"),
    ("Sandbank", "3.2", "975", "8.05"),
    ("Estuary", "21.7", "268", "7.13"),
    ("Total", "85.4", "1695", "7.35"),
]


def table_image(rows: list[tuple[str, ...]] = ROWS, width: int = 440) -> Image.Image:
    """Return a small picture of a table with rules above and below, as journals have them."""
    height = 12 + 23 * len(rows)
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(13)
    for y in (4, 28, height - 5):
        pen.line((2, y, width - 3, y), fill="black")
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            pen.text((6 + 120 * column, 8 + 23 * row), text, fill="black", font=font)
    return image


def seen_page(image: Image.Image) -> PageEvidence:
    """Return what is known of a picture of 72 dpi in which nothing was read."""
    region = Region(role=Role.PICTURE, bbox=(0.0, 0.0, image.width, image.height))
    return PageEvidence(page=0, width=image.width, height=image.height, regions=[region])


def test_a_picture_of_a_table_becomes_a_table(tmp_path: Path) -> None:
    """An image file of a table is one table whose cells have their texts, their boxes and their words."""
    done = parse(make.image_file("PNG", table_image()), "table.png", tmp_path)

    (block,) = done.document.blocks
    assert block.kind is Kind.TABLE
    assert block.table is not None
    said = [[cell.text for cell in block.table.cells if cell.row == row] for row in range(block.table.rows)]
    assert said == [list(row) for row in ROWS]
    lighthouse = next(cell for cell in block.table.cells if cell.text == "Lighthouse")
    first, last = lighthouse.words
    (word,) = done.document.pages[0].words[first:last]
    scale = done.document.pages[0].width / 440
    assert word.x0 / scale == pytest.approx(6, abs=6)
    assert word.x1 / scale == pytest.approx(6 + 66, abs=12)
    assert word.y0 / scale < 8 + 46 + 8 < word.y1 / scale


def test_a_tall_picture_of_a_table_is_no_slip(tmp_path: Path) -> None:
    """A table of two columns is narrow as a receipt is, and still a table."""
    rows = [(f"{name} {place}", f"{place}{mean}") for place in (2, 3, 4) for name, _, _, mean in ROWS]
    done = parse(make.image_file("PNG", table_image(rows, 200)), "tall.png", tmp_path)

    (block,) = done.document.blocks
    assert block.table is not None
    assert (block.table.rows, block.table.columns) == (len(rows), 2)


def test_text_is_no_table() -> None:
    """A small picture of a paragraph stays as it was."""
    image = make.page_image(lines=5).convert("RGB")
    image = image.crop((100, 100, 1100, 400))
    seen = seen_page(image)

    assert table_picture.with_tables(seen, image) == seen


def test_without_a_model_a_page_stays_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """A box without the package reads as it did."""
    monkeypatch.setattr(table_picture_model, "loaded", lambda: None)
    image = table_image()
    seen = seen_page(image)

    assert table_picture.with_tables(seen, image) == seen


def test_recognised_words_fill_the_cells() -> None:
    """Words that were read before are dealt to the cells that hold them."""
    image = table_image()
    words = [Word("Sandbank", 6.0, 79.0, 68.0, 92.0, 0.9), Word("8.05", 366.0, 79.0, 394.0, 92.0, 0.9)]

    (region,) = table_picture.with_tables(PageEvidence(page=0, width=440, height=150, loose_words=words), image).regions

    assert region.grid is not None
    held = {(cell.row, cell.column): cell.text for cell in region.grid.cells if cell.words}
    assert held == {(3, 0): "Sandbank", (3, 3): "8.05"}


def test_spans_take_the_places_below_and_beside_them() -> None:
    """Cells go to the first free places of their rows."""
    tags = ["<thead>", "<tr>", "<td", ' rowspan="2"', ">", "</td>", "<td", ' colspan="2"', ">", "</td>", "</tr>"]
    tags += ["<tr>", "<td></td>", "<td></td>", "</tr>", "</thead>"]

    cells = table_picture_model.cells_of(tags, [(0.0, 0.0, 1.0, 1.0)] * 4)

    assert [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in cells] == [
        (0, 0, 2, 1),
        (0, 1, 1, 2),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
    ]
    assert all(cell.header for cell in cells)


def test_a_blank_picture_has_no_table() -> None:
    """Nothing is seen where there is no ink."""
    image = Image.fromarray(np.full((60, 200, 3), 255, np.uint8))
    seen = seen_page(image)

    assert table_picture.with_tables(seen, image) == seen
