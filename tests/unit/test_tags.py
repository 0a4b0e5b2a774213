"""Tests of `axelered_box.formats.tags`."""

from axelered_box.formats import pdf, tags
from axelered_box.formats.evidence import Region, Role
from tests.samples.tagged import Element, tagged_pdf

PROSE = "All of this is said in lines that go on,\none after the other, until they end."


def _regions(elements: list[Element], untagged: str = "") -> list[Region] | None:
    return tags.regions_of(pdf.open_bytes(tagged_pdf(elements, untagged)).load_page(0), [])


def _found(elements: list[Element], untagged: str = "") -> list[Region]:
    found = _regions(elements, untagged)
    assert found is not None
    return found


def test_headings_have_the_level_of_their_tags() -> None:
    """A heading is what the tags say, whatever it looks like."""
    found = _found([("H1", "Rules"), ("Sect", [("H2", "Scope"), ("P", PROSE)])])

    assert [(region.role, region.level) for region in found] == [
        (Role.SECTION_HEADER, 1),
        (Role.SECTION_HEADER, 2),
        (Role.TEXT, None),
    ]
    assert len(found[2].lines) == 2


def test_a_table_has_the_cells_of_its_tags() -> None:
    """Rows and columns are as tagged, cells of headings told."""
    table: Element = (
        "Table",
        [("TR", [("TH", "Name"), ("TH", "Sum")]), ("TR", [("TD", "Lee"), ("TD", "7")])],
    )
    grid = _found([("P", PROSE), table])[1].grid

    assert grid is not None
    assert (grid.rows, grid.columns, grid.header_rows) == (2, 2, 1)
    assert [cell.text for cell in grid.cells] == ["Name", "Sum", "Lee", "7"]


def test_lists_nest() -> None:
    """An item is as deep as the lists that it is in."""
    inner: Element = ("L", [("LI", [("LBody", "second")])])
    found = _found([("P", PROSE), ("L", [("LI", [("LBody", "first")]), inner])])

    assert [(region.role, region.level) for region in found[1:]] == [(Role.LIST_ITEM, 1), (Role.LIST_ITEM, 2)]


def test_what_no_tag_holds_is_a_foot() -> None:
    """Text marked as an artifact at the bottom of a page repeats."""
    found = _found([("H1", "Rules"), ("P", PROSE)], untagged="Page 3")

    assert found[-1].role is Role.PAGE_FOOTER


def test_tags_that_leave_most_text_out_are_not_trusted() -> None:
    """Where more stands outside the tags than in them, the layout decides."""
    document = pdf.open_bytes(tagged_pdf([("P", "One.")]))
    page = document.load_page(0)
    page.insert_text((72, 300), "This was stamped on later, and nobody tagged it.")

    assert tags.regions_of(page, []) is None


def test_paragraphs_tagged_line_by_line_are_not_trusted() -> None:
    """A program that tags each line as a paragraph says nothing about paragraphs."""
    lines: list[Element] = [("P", f"line {number} which goes on to the edge of the text and") for number in range(8)]

    assert _regions([("H1", "Rules"), *lines]) is None


def test_a_page_without_tags_has_none() -> None:
    """Where the file has no tags, nothing is read from them."""
    document = pdf.open_bytes(tagged_pdf([("P", PROSE)]))
    document.xref_set_key(document.pdf_catalog(), "StructTreeRoot", "null")

    assert tags.regions_of(document.load_page(0), []) is None
