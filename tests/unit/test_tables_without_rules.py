"""Tests of `axelered_box.formats.tables` on tables and prose that rules do not part."""

import pymupdf

from tests.samples.grids import rows_of
from tests.samples.sheet import Sheet


def test_columns_without_rules_are_found_by_their_gutters() -> None:
    """Right-aligned numbers of any width make columns; a line that only names rows keeps its empty cells."""
    sheet = Sheet()
    sheet.row(90, (70, "Country"), (210, "Exports"), (310, "Imports"))
    sheet.row(104, (70, "Countries of the European Union and beyond:"))
    for place, (name, one, other) in enumerate(
        [("Austria", "1,204", "9"), ("Belgium", "88", "12,450"), ("Chile", "7", "310"), ("Total", "1,299", "12,769")]
    ):
        sheet.row(118 + 14 * place, (80, name))
        sheet.numbers(118 + 14 * place, (250, one), (345, other))

    rows = rows_of(sheet.grid())

    assert rows[0] == ["Country", "Exports", "Imports"]
    assert rows[1] == ["Countries of the European Union and beyond:", "", ""]
    assert rows[2:] == [
        ["Austria", "1,204", "9"],
        ["Belgium", "88", "12,450"],
        ["Chile", "7", "310"],
        ["Total", "1,299", "12,769"],
    ]


def test_wrapped_lines_are_one_row() -> None:
    """Lines closer than the rows are apart belong to one cell, the hyphen at a line's end undone."""
    sheet = Sheet()
    sheet.rule(76)
    sheet.row(90, (70, "Item"), (200, "What it is for"), (420, "Price"))
    sheet.rule(95)
    for place in range(3):
        top = 110 + 40 * place
        sheet.row(top, (70, f"Part {place}"), (200, "It holds the two halves of the instru-"), (420, f"{place}.50"))
        sheet.row(top + 12, (200, "ment together and keeps it clean."))
    sheet.rule(215)

    rows = rows_of(sheet.grid())

    assert rows[1] == ["Part 0", "It holds the two halves of the instrument together and keeps it clean.", "0.50"]
    assert len(rows) == 4


def test_coloured_stripes_part_rows() -> None:
    """Every second row has a ground of its own, so that two lines in a stripe are one row."""
    sheet = Sheet()
    for place in range(4):
        top = 80 + 30 * place
        if place % 2:
            sheet.page.draw_rect((70, top, 500, top + 30), color=None, fill=(0.9, 0.9, 0.9))
        sheet.row(top + 12, (75, f"Name {place}"), (250, "Yes"), (400, "Open"))
        sheet.row(top + 24, (400, "Late"))

    assert rows_of(sheet.grid()) == [[f"Name {place}", "Yes", "Open Late"] for place in range(4)]


def test_leaders_are_left_out() -> None:
    """Dots that lead the eye from a name to its value are part of neither."""
    sheet = Sheet()
    for place, name in enumerate(("Cattle", "Sheep", "Goats", "Horses")):
        sheet.row(90 + 14 * place, (70, name + "." * 30), (300, f"{place}1"), (380, f"{place}2"))

    assert rows_of(sheet.grid())[0] == ["Cattle", "01", "02"]


def test_prose_is_no_table() -> None:
    """Running text that the model took for a table is refused."""
    sheet = Sheet()
    text = "The committee has met in the old house of the river and it was decided that all of the letters are sent. "
    sheet.page.insert_textbox((70, 80, 500, 300), text * 4, fontsize=10)

    assert not sheet.found().tables


def test_lists_are_no_tables() -> None:
    """Marks at the left of lines make no column."""
    sheet = Sheet()
    for place in range(5):
        sheet.row(90 + 14 * place, (70, f"{place + 1}."), (95, "An item of the list"))

    assert not sheet.found().tables


def test_values_tell_the_rows_of_text_that_wraps() -> None:
    """Lines as far apart as rows are belong to the row of the value above, where they had no room before."""
    sheet = Sheet()
    sheet.rule(76)
    lines = [
        ("Meeting", "People", "Kind"),
        ("Conference of the", "50", "Synchronous"),
        ("Northern Lakes", "", "On-line"),
        ("Working Group on", "15", "Synchronous"),
        ("Ecological Data", "", "On-line"),
        ("Society of America", "70", "In person"),
        ("Forum", "20", "In person"),
    ]
    for place, (name, count, kind) in enumerate(lines):
        sheet.row(90 + 12 * place, *((x, text) for x, text in ((70, name), (200, count), (300, kind)) if text))
    sheet.rule(170)

    assert rows_of(sheet.grid())[1:3] == [
        ["Conference of the Northern Lakes", "50", "Synchronous On-line"],
        ["Working Group on Ecological Data", "15", "Synchronous On-line"],
    ]


def test_names_without_values_head_the_rows_below() -> None:
    """A long name alone on its line is no rest of the row above, however little room there was."""
    sheet = Sheet()
    sheet.rule(76)
    lines = [
        ("Group", "Men", "Women"),
        ("Reduction over the mean", "", ""),
        ("Diameter", "5.20", "4.80"),
        ("Height of the barium column", "", ""),
        ("After one minute", "23.95", "26.50"),
        ("After two minutes and more", "", ""),
        ("Mean", "19.64", "24.42"),
    ]
    for place, (name, *values) in enumerate(lines):
        sheet.row(90 + 12 * place, (70, name), *((260 + 80 * at, value) for at, value in enumerate(values) if value))
    sheet.rule(170)

    assert len(rows_of(sheet.grid())) == len(lines)


def test_a_flush_column_begins_close_to_a_long_word() -> None:
    """One name that nearly reaches the next column does not make both columns one."""
    sheet = Sheet()
    sheet.rule(76)
    names = ["calc()", "count()", "select()", "size()", "drift()", "tree()", "a_name_that_is_as_wide()"]
    for place, name in enumerate(names):
        sheet.row(90 + 13 * place, (70, name), (193, "Population"), (330, f"{place}5"))
    sheet.rule(180)
    gap = 193 - 70 - pymupdf.get_text_length(names[-1], fontsize=10)
    assert 1.8 < gap < 3.6

    assert rows_of(sheet.grid())[-1] == [names[-1], "Population", "65"]
