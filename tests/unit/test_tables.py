"""Tests of `axelered_box.formats.tables`, by pages on which tables are drawn."""

import pymupdf
import pytest

from axelered_box.domain.documents import Box
from axelered_box.formats import pdf
from axelered_box.formats.evidence import Role
from tests.samples.grids import rows_of, spans_of
from tests.samples.sheet import Sheet


def test_a_cell_reaches_as_far_as_no_rule_ends_it() -> None:
    """In a grid of rules, a missing rule joins cells, across and down; empty cells stay."""
    sheet = Sheet()
    for y in (80, 100, 120, 160):
        sheet.rule(y)
    sheet.rule(140, 200, 500)
    for x in (70, 500):
        sheet.wall(x, 80, 160)
    sheet.wall(200, 80, 160)
    sheet.wall(350, 100, 160)
    sheet.row(94, (80, "Region"), (320, "Sales"))
    sheet.row(114, (210, "Spring"), (360, "Autumn"))
    sheet.row(134, (80, "North"), (210, "Ink"), (360, "Paper"))
    sheet.row(154, (210, "Pens"))

    grid = sheet.grid()

    assert rows_of(grid) == [["Region", "Sales"], ["", "Spring", "Autumn"], ["North", "Ink", "Paper"], ["Pens", ""]]
    assert spans_of(grid) == {"Sales": (1, 2), "North": (2, 1)}


def test_short_rules_span_headings() -> None:
    """Under a booktabs heading, a short rule tells which columns a heading spans; the others reach down."""
    sheet = Sheet()
    sheet.rule(80)
    sheet.row(94, (70, "Group"), (240, "Before"), (400, "After"))
    sheet.rule(98, 190, 320)
    sheet.rule(98, 350, 480)
    sheet.row(112, (190, "n"), (280, "mean"), (350, "n"), (440, "mean"))
    sheet.rule(118)
    for place, name in enumerate(("Alpha", "Beta", "Gamma")):
        sheet.row(132 + 14 * place, (70, name), (190, "12"), (280, "3.4"), (350, "15"), (440, "5.6"))
    sheet.rule(166)

    grid = sheet.grid()

    assert grid.header_rows == 2
    assert rows_of(grid)[:3] == [
        ["Group", "Before", "After"],
        ["n", "mean", "n", "mean"],
        ["Alpha", "12", "3.4", "15", "5.6"],
    ]
    assert spans_of(grid) == {"Group": (2, 1), "Before": (1, 2), "After": (1, 2)}


def test_what_stands_at_half_height_between_rules_reaches_over_rows() -> None:
    """A name centred beside three values, between rules, is the name of all three rows."""
    sheet = Sheet()
    sheet.rule(80)
    sheet.row(94, (70, "Test"), (200, "Part"), (350, "Value"))
    for band, name in enumerate(("Age", "Sleep")):
        top = 100 + 50 * band
        sheet.rule(top)
        for place, part in enumerate(("mean", "low", "high")):
            sheet.row(top + 14 + 14 * place, (200, part), (350, f"{place}.{band}"))
        sheet.row(top + 28, (70, name))
    sheet.rule(200)

    grid = sheet.grid()

    assert spans_of(grid) == {"Age": (3, 1), "Sleep": (3, 1)}
    assert rows_of(grid)[1:3] == [["Age", "mean", "0.0"], ["low", "1.0"]]


@pytest.mark.parametrize("rotate", [90, 270])
def test_tables_printed_sideways_are_read_upright(rotate: int) -> None:
    """A table turned by a quarter has the same cells, with boxes where the page shows them."""
    sheet = Sheet()
    for row, texts in enumerate((("Name", "Year", "Sum"), ("Anna", "2001", "17"), ("Bert", "2002", "18"))):
        for column, text in enumerate(texts):
            along, across = 100 + 90 * column, 200 + 16 * row
            point = (across, 600 - along) if rotate == 90 else (500 - across, along)
            sheet.page.insert_text(point, text, fontsize=10, rotate=rotate)

    (table,) = sheet.found((60, 60, 540, 560)).tables

    assert table.grid is not None
    assert rows_of(table.grid) == [["Name", "Year", "Sum"], ["Anna", "2001", "17"], ["Bert", "2002", "18"]]
    box = next(cell.bbox for cell in table.grid.cells if cell.text == "Bert")
    x, y = (232, 600 - 100 - 8) if rotate == 90 else (500 - 232, 108)
    assert box is not None
    assert box[0] - 4 <= x <= box[2] + 4
    assert box[1] <= y <= box[3]


def test_headings_and_captions_between_tables_part_them() -> None:
    """An area that holds two tables, a caption and a heading yields two tables, and what was cut off."""
    sheet = Sheet()
    sheet.row(76, (70, "Table 1: The first of them"))
    for top in (96, 196):
        sheet.row(top, (70, "Name"), (250, "Number"), (400, "Note"))
        sheet.rule(top + 4)
        for place in range(3):
            sheet.row(top + 18 + 14 * place, (70, f"Row {place}"), (250, f"{place}5"), (400, "good"))
    sheet.row(172, (70, "The second of them"), size=15)

    found = sheet.found()

    assert [table.grid.rows for table in found.tables if table.grid] == [4, 4]
    assert [cut.role for cut in found.cuts] == [Role.CAPTION, Role.SECTION_HEADER]


def test_tables_side_by_side_are_two() -> None:
    """Two frames beside each other, taken for one table, are two."""
    sheet = Sheet()
    for left in (70, 320):
        for y in range(80, 161, 20):
            sheet.rule(y, left, left + 180)
        for x in (left, left + 100, left + 180):
            sheet.wall(x, 80, 160)
        for place in range(4):
            sheet.row(94 + 20 * place, (left + 5, f"Name {place}"), (left + 110, f"{place}{left}"))

    assert [table.grid.columns for table in sheet.found().tables if table.grid] == [2, 2]


@pytest.mark.parametrize(("area", "name"), [(None, ""), ((68, 80, 502, 160), "list-item")])
def test_tables_that_the_model_misses_are_found_by_rules(area: Box | None, name: str) -> None:
    """Columns between rules of one length are a table, whether the model saw nothing there or text."""
    sheet = Sheet()
    sheet.row(90, (70, "Name"), (200, "Number"), (320, "Colour"), (430, "Size"))
    sheet.rule(94)
    for place in range(4):
        sheet.row(108 + 14 * place, (70, f"Row {place}"), (200, f"{place}5"), (320, "green"), (430, "small"))
    sheet.rule(156)

    (table,) = sheet.found(area, name).tables

    assert table.grid is not None
    assert (table.grid.rows, table.grid.columns) == (5, 4)


def test_rules_around_prose_make_no_table() -> None:
    """Two columns of running text between two rules stay text."""
    sheet = Sheet()
    text = "Every apple in the garden of the house was eaten by the people of the town before it was ripe. " * 5
    sheet.rule(80)
    sheet.page.insert_textbox((70, 85, 270, 300), text, fontsize=10)
    sheet.page.insert_textbox((300, 85, 500, 300), text, fontsize=10)
    sheet.rule(300)

    assert not sheet.found(None).tables


def test_cells_get_the_words_in_them() -> None:
    """Each cell of a page that is read has the words that it says."""
    sheet = Sheet()
    for y in range(80, 161, 20):
        sheet.rule(y, 70, 310)
    for x in (70, 190, 310):
        sheet.wall(x, 80, 160)
    for place in range(4):
        sheet.row(94 + 20 * place, (80, f"Long name {place}"), (200, f"{place}.5"))

    seen = pdf.read_page(pdf.open_bytes(sheet.document.tobytes()), 0)

    (grid,) = [region.grid for region in seen.regions if region.grid]
    assert [" ".join(word.text for word in cell.words) for cell in grid.cells] == [cell.text for cell in grid.cells]


def test_columns_with_rules_of_their_own_are_one_table() -> None:
    """A statement of accounts has a rule below each column of numbers; they belong to the labels on the left."""
    sheet = Sheet()
    for left in (250, 350, 450):
        for y in (98, 178):
            sheet.rule(y, left, left + 70)
    sheet.row(94, (260, "2024"), (360, "2023"), (460, "2022"))
    for place, label in enumerate(("Revenue", "Research", "Sales", "Total")):
        row = [(left + 20, f"{3 - number},{place}{number}7") for number, left in enumerate((250, 350, 450))]
        sheet.row(114 + 20 * place, (70, label), *row)
    grids = [table.grid for table in sheet.found().tables if table.grid]

    assert [(grid.rows, grid.columns) for grid in grids] == [(5, 4)]


def test_ruled_tables_side_by_side_are_found_apart() -> None:
    """A grid beside one that the model saw is a table of its own, though their walls have the same length."""
    sheet = Sheet()
    for left in (70, 300):
        for place in range(5):
            sheet.rule(80 + 15 * place, left, left + 150)
        for wall in (left, left + 100, left + 150):
            sheet.wall(wall, 80, 140)
        for place in range(4):
            sheet.row(91 + 15 * place, (left + 4, f"Name {place}"), (left + 104, f"{place}7"))

    found = sheet.found((68, 78, 222, 142)).tables

    assert sorted(round(table.bbox[0], -1) for table in found) == [70, 300]
    assert [(table.grid.rows, table.grid.columns) for table in found if table.grid] == [(4, 2), (4, 2)]


def test_pictures_side_by_side_below_headings_are_cells() -> None:
    """Between rules, headings stand above pictures; a picture alone between two rules makes no table."""
    sheet = Sheet()
    picture = pymupdf.Pixmap(pymupdf.csRGB, (0, 0, 40, 40), 0)
    for top in (80, 100, 200):
        sheet.rule(top)
    sheet.row(94, (80, "With the tool"), (300, "Without it"))
    for left in (80, 300):
        sheet.page.insert_image((left, 105, left + 90, 195), pixmap=picture)
    for top in (300, 400):
        sheet.rule(top)
    sheet.page.insert_image((80, 305, 170, 395), pixmap=picture)

    (table,) = sheet.found(None).tables

    assert table.grid is not None
    assert rows_of(table.grid) == [["With the tool", "Without it"], ["", ""]]
