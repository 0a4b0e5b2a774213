"""Tests of what parse decides over a whole document: headings, order, paragraphs that go on elsewhere."""

import msgspec

from axelered_box.domain.documents import Kind, Source, Word
from axelered_box.formats import markup
from axelered_box.formats.evidence import Grid, GridCell, Line, PageEvidence, Region, Role, Run
from tests.samples.regions import (
    LEFT,
    RIGHT,
    blocks_of,
    document_of,
    headings_of,
    line_at,
    page_of,
    prose_at,
    region_of,
    text_at,
)


def test_a_numbered_start_in_italics_is_a_heading_of_its_own() -> None:
    """A heading that is run in to its paragraph is split off, one level below that of the section."""
    head = Line((LEFT, 150, RIGHT, 160), [Run("2.1. Patients.", 10, italic=True), Run(" We saw them", 10)])
    blocks = blocks_of(
        page_of(
            0,
            region_of(Role.SECTION_HEADER, line_at("2. Methods", 100, size=12, bold=True)),
            region_of(Role.TEXT, head, line_at("over two years.", 162)),
            prose_at(300),
        )
    )

    assert headings_of(blocks) == [("2. Methods", 1), ("2.1. Patients", 2)]
    assert blocks[2].text == "We saw them over two years."


def test_bold_words_at_the_start_of_a_paragraph_are_no_heading() -> None:
    """Without a number, words that stand out begin a paragraph."""
    line = Line((LEFT, 150, RIGHT, 160), [Run("Please note", 10, bold=True), Run(" that we moved.", 10)])
    blocks = blocks_of(page_of(0, region_of(Role.TEXT, line)))

    assert [block.kind for block in blocks] == [Kind.PARAGRAPH]


def test_kicker_and_authors_are_no_headings() -> None:
    """Above and below a title stand things in large print that are none."""
    authors = Line(
        (LEFT, 160, RIGHT, 172),
        [Run("Ann Lee,", 12, bold=True), Run("1", 8, superscript=True), Run(" and Bo van Dijk", 12, bold=True)],
    )
    blocks = blocks_of(
        page_of(
            0,
            region_of(Role.SECTION_HEADER, line_at("Research Article", 80, size=18, italic=True)),
            region_of(Role.SECTION_HEADER, line_at("On the Reading of Pages", 110, size=18, bold=True)),
            region_of(Role.SECTION_HEADER, authors),
            text_at(190, "Institute of Paper, Bonn", italic=True),
            region_of(Role.SECTION_HEADER, line_at("1. Introduction", 220, size=12, bold=True)),
            prose_at(240),
        )
    )

    assert headings_of(blocks) == [("On the Reading of Pages", 1), ("1. Introduction", 2)]


def test_the_journal_and_its_editor_below_a_title_are_no_headings() -> None:
    """What the page's head says too, or is printed as text is, stands below the title as a paragraph."""
    blocks = blocks_of(
        page_of(
            0,
            region_of(Role.PAGE_HEADER, line_at("Letters of the harbour", 20)),
            region_of(Role.SECTION_HEADER, line_at("How the tide comes in", 60, size=18)),
            region_of(Role.SECTION_HEADER, line_at("Letters of the harbour", 100, size=12, bold=True)),
            region_of(Role.SECTION_HEADER, line_at("Editor: Ann Smith", 130)),
            prose_at(200),
            region_of(Role.SECTION_HEADER, line_at("References", 400, size=12, bold=True)),
        )
    )

    assert [text for text, _ in headings_of(blocks)] == ["How the tide comes in", "References"]


def test_a_page_number_in_the_margin_is_no_heading() -> None:
    """A number of five digits beside a running head is none, and nor is the head."""
    number = Line(bbox=(400, 20, 440, 30), runs=[Run(text="57165", size=12, bold=True)])
    blocks = blocks_of(
        page_of(
            0,
            region_of(Role.SECTION_HEADER, line_at("Register of the harbour", 20, size=12, bold=True)),
            region_of(Role.SECTION_HEADER, number),
            prose_at(200),
        )
    )

    assert headings_of(blocks) == []


def test_two_capital_words_above_text_stay_a_heading() -> None:
    """What could be a name is a heading where running text follows."""
    blocks = blocks_of(
        page_of(
            0,
            region_of(Role.SECTION_HEADER, line_at("V3 Sessions", 80, size=18, bold=True)),
            region_of(Role.SECTION_HEADER, line_at("Control Objective", 110, size=14, bold=True)),
            prose_at(140),
        )
    )

    assert [text for text, _ in headings_of(blocks)] == ["V3 Sessions", "Control Objective"]


def test_lines_printed_as_headings_are_headings() -> None:
    """What the layout model took for text is a heading where it looks as other headings do."""
    sections = [region_of(Role.SECTION_HEADER, line_at(f"Part {n}", 100 * n, size=14, bold=True)) for n in (1, 2)]
    missed = region_of(Role.TEXT, line_at("Part three", 300, size=14, bold=True))
    blocks = blocks_of(page_of(0, sections[0], prose_at(120), sections[1], prose_at(220), missed, prose_at(320)))

    assert ("Part three", 1) in headings_of(blocks)


def test_the_outline_names_headings_and_their_levels() -> None:
    """A bookmark makes a heading of a line that stands out, and says how deep it is."""
    named = region_of(Role.TEXT, line_at("Scope of the agreement", 100, bold=True))
    blocks = blocks_of(page_of(0, named, prose_at(120)), outline=[(3, "Scope of the Agreement")])

    assert headings_of(blocks) == [("Scope of the agreement", 3)]


def test_text_goes_on_past_a_table_in_small_print() -> None:
    """A paragraph that a table at the top of a page interrupts is one, and the table comes after it."""
    cells = [
        GridCell(row=r, column=c, row_span=1, column_span=1, header=False, text=f"{r}{c}", bbox=None)
        for r in (0, 1)
        for c in (0, 1)
    ]
    table = Region(role=Role.TABLE, bbox=(100, 70, 500, 150), grid=Grid(rows=2, columns=2, header_rows=0, cells=cells))
    caption = region_of(Role.CAPTION, line_at("Table 1: Counts.", 50, size=9))
    note = region_of(Role.TEXT, line_at("n: number of pages", 155, size=8))
    document = document_of(
        page_of(0, prose_at(600, "As Table 1 shows, it", "There has")),
        page_of(1, caption, table, note, prose_at(200, "been more", "so."), prose_at(300)),
    )
    blocks = document.blocks

    assert [block.kind for block in blocks] == [
        Kind.PARAGRAPH,
        Kind.PARAGRAPH,
        Kind.CAPTION,
        Kind.TABLE,
        Kind.PARAGRAPH,
        Kind.PARAGRAPH,
    ]
    assert blocks[1].continues == blocks[0].id
    assert "There has been more" in markup.markdown(document)


def test_a_table_within_the_text_stays_where_it_is() -> None:
    """What stands between two paragraphs of a page was put there by the author."""
    grid = Grid(
        rows=1,
        columns=1,
        header_rows=0,
        cells=[GridCell(row=0, column=0, row_span=1, column_span=1, header=False, text="7", bbox=None)],
    )
    table = Region(role=Role.TABLE, bbox=(100, 300, 500, 350), grid=grid)
    caption = region_of(Role.CAPTION, line_at("Table 1: Counts.", 280, size=9))
    kinds = [
        block.kind
        for block in blocks_of(
            page_of(0, prose_at(100, "Table 1 shows"), prose_at(200), caption, table, prose_at(400)),
            page_of(1, prose_at(100)),
        )
    ]

    assert kinds.index(Kind.TABLE) == 3


def test_side_notes_come_after_the_text() -> None:
    """What stands in the margin beside the text is read after it, and holds no headings."""
    note = region_of(Role.SECTION_HEADER, line_at("License", 220, size=8, left=20, bold=True))
    blocks = blocks_of(page_of(0, prose_at(100), note, prose_at(200)), page_of(1, prose_at(100), prose_at(200)))

    assert [block.text[:7] for block in blocks][2] == "License"
    assert not headings_of(blocks)


def test_columns_are_no_side_notes() -> None:
    """Where text stands in two columns neither of them is a margin."""
    left = [region_of(Role.TEXT, *(line_at("a" * 40, 100 + 12 * n, left=50) for n in range(9)))]
    right = [region_of(Role.TEXT, *(line_at("b" * 40, 100 + 12 * n, left=300) for n in range(9)))]
    blocks = blocks_of(page_of(0, *left, *right, text_at(400, "c" * 30)))

    assert [block.text[0] for block in blocks] == ["a", "b", "c"]


def test_entries_of_a_bibliography_are_no_bullets() -> None:
    """A list item without a marker whose first line hangs out is a paragraph."""
    entry = region_of(
        Role.LIST_ITEM, line_at("Lee, A. (2020). Pages.", 100), line_at("Bonn: Paper Press.", 112, left=120)
    )
    bullet = region_of(Role.LIST_ITEM, line_at("milk", 200))
    blocks = blocks_of(page_of(0, entry, bullet))

    assert [(block.kind, block.marker) for block in blocks] == [(Kind.PARAGRAPH, None), (Kind.LIST_ITEM, "-")]


def test_footnotes_are_tied_to_their_marks() -> None:
    """Each note of a region is one, and a raised mark in the text names the note that explains it."""
    marked = Line(
        (LEFT, 100, RIGHT, 110), [Run("It was found", 10), Run("7", 6, superscript=True), Run(" at last.", 10)]
    )
    first = Line((LEFT, 700, RIGHT, 708), [Run("7", 5, superscript=True), Run(" Lee (2020).", 8)])
    second = Line((LEFT, 710, RIGHT, 718), [Run("8", 5, superscript=True), Run(" Unused.", 8)])
    document = document_of(page_of(0, region_of(Role.TEXT, marked), region_of(Role.FOOTNOTE, first, second)))
    said = markup.markdown(document)

    assert "It was found[^7] at last." in said
    assert "[^7]: Lee (2020)." in said
    assert "<sup>8</sup> Unused." in said
    assert f'<a href="#note-{document.blocks[1].id}">' in markup.html5(document)


def test_marks_that_begin_anew_on_each_page_stay_apart() -> None:
    """Two notes with one mark, on two pages, have labels of their own."""

    def page(number: int) -> PageEvidence:
        text = Line((LEFT, 100, RIGHT, 110), [Run(f"Page {number}", 10), Run("1", 6, superscript=True)])
        note = Line((LEFT, 700, RIGHT, 708), [Run("1", 5, superscript=True), Run(f" Note {number}.", 8)])
        return page_of(number, region_of(Role.TEXT, text), region_of(Role.FOOTNOTE, note))

    said = markup.markdown(document_of(page(0), page(1)))

    assert "Page 0[^1-2]" in said
    assert "[^2-2]: Note 1." in said


def test_a_running_head_in_the_region_of_the_text_is_parted_from_it() -> None:
    """A first line with a page number far from its other words is a running head."""
    head = Line((LEFT, 40, RIGHT, 50), [Run("400 BRITISH HUSBANDRY", 10)])
    words = [
        Word("400", 100, 40, 115, 50),
        Word("BRITISH", 250, 40, 290, 50),
        Word("HUSBANDRY", 295, 40, 350, 50),
        Word("any", 100, 52, 115, 62),
    ]
    body = prose_at(52)
    region = msgspec.structs.replace(body, bbox=(LEFT, 40, RIGHT, 110), lines=[head, *body.lines], words=words)
    blocks = blocks_of(page_of(0, region))

    assert [block.kind for block in blocks] == [Kind.PAGE_HEADER, Kind.PARAGRAPH]
    assert blocks[0].words == (0, 3)


def test_a_line_beside_the_page_number_is_a_running_head() -> None:
    """What stands on the line of a page number repeats, even where the document has one such page."""
    number = region_of(Role.PAGE_HEADER, line_at("12", 40, left=20))
    head = region_of(Role.SECTION_HEADER, line_at("Case Reports", 40))
    blocks = blocks_of(page_of(0, number, head, prose_at(100)))

    assert [block.kind for block in blocks] == [Kind.PAGE_NUMBER, Kind.PAGE_HEADER, Kind.PARAGRAPH]


def test_small_print_alone_at_the_bottom_is_a_foot() -> None:
    """A short line below the text, far from it and smaller, is no part of it."""
    blocks = blocks_of(
        page_of(0, prose_at(100), prose_at(200), region_of(Role.TEXT, line_at("Bonn 2015", 760, size=7)))
    )

    assert blocks[-1].kind is Kind.PAGE_FOOTER


def test_the_foot_of_a_single_recognised_page_stays() -> None:
    """Nothing tells that it is repeated; that of a page among others, or of a digital page, is left out."""
    foot = region_of(Role.PAGE_FOOTER, line_at("Bank account DE02 1203 0000", 800))
    page = page_of(0, prose_at(100), foot)
    scanned = msgspec.structs.replace(page, source=Source.OCR)

    assert blocks_of(scanned)[-1].kind is Kind.PARAGRAPH
    assert blocks_of(page)[-1].kind is Kind.PAGE_FOOTER
    assert blocks_of(scanned, msgspec.structs.replace(scanned, page=1))[-1].kind is Kind.PAGE_FOOTER


def test_a_value_with_its_label_is_no_heading() -> None:
    """Bills print sums in bold; a heading with a colon and words after it stays one."""
    total = region_of(Role.SECTION_HEADER, line_at("Net amount: 496.00 EUR", 100, bold=True))
    part = region_of(Role.SECTION_HEADER, line_at("Part 2: Rules of 2015", 200, bold=True))

    assert [text for text, _ in headings_of(blocks_of(page_of(0, total, part, prose_at(300))))] == [
        "Part 2: Rules of 2015"
    ]
