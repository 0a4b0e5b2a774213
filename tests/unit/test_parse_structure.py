"""Tests of what parse decides over a whole document: headings, order, paragraphs that go on elsewhere."""

import msgspec

from axelered_box.domain.documents import Block, Document, Kind, Source, Word
from axelered_box.formats import markup
from axelered_box.formats.evidence import Grid, GridCell, Line, PageEvidence, Region, Role, Run
from axelered_box.modules.parse.assemble import assemble
from axelered_box.modules.parse.heading_levels import Outline

LEFT, RIGHT = 100.0, 500.0
_LETTER_PT = 5.0


def _line(text: str, top: float, *, size: float = 10, left: float = LEFT, **style: bool) -> Line:
    """Return a line in one style; it ends at the right edge or before it."""
    right = min(RIGHT, left + _LETTER_PT * len(text))
    return Line((left, top, right, top + size), [Run(text, size, **style)])


def _region(role: Role, *lines: Line) -> Region:
    boxes = [line.bbox for line in lines]
    bbox = (min(b[0] for b in boxes), boxes[0][1], max(b[2] for b in boxes), boxes[-1][3])
    return Region(role=role, bbox=bbox, lines=list(lines))


def _text(top: float, *texts: str, role: Role = Role.TEXT, **style: bool) -> Region:
    return _region(role, *(_line(text, top + 12 * place, **style) for place, text in enumerate(texts)))


def _prose(top: float, start: str = "It", end: str = "ends.") -> Region:
    """Return a paragraph of four full lines."""
    filler = "goes on with words that mean little and take the whole of the line that they are on"
    return _text(top, f"{start} {filler}", filler, filler, f"{filler[:60]} {filler[:12]} {end}")


def _page(number: int, *regions: Region) -> PageEvidence:
    return PageEvidence(page=number, width=600, height=800, regions=list(regions), language="eng")


def _blocks(*pages: PageEvidence, outline: Outline | None = None) -> list[Block]:
    return _document(*pages, outline=outline).blocks


def _document(*pages: PageEvidence, outline: Outline | None = None) -> Document:
    return assemble(pages, len(pages), outline=outline)


def _headings(blocks: list[Block]) -> list[tuple[str, int | None]]:
    return [(block.text, block.level) for block in blocks if block.kind is Kind.HEADING]


def test_a_numbered_start_in_italics_is_a_heading_of_its_own() -> None:
    """A heading that is run in to its paragraph is split off, one level below that of the section."""
    head = Line((LEFT, 150, RIGHT, 160), [Run("2.1. Patients.", 10, italic=True), Run(" We saw them", 10)])
    blocks = _blocks(
        _page(
            0,
            _region(Role.SECTION_HEADER, _line("2. Methods", 100, size=12, bold=True)),
            _region(Role.TEXT, head, _line("over two years.", 162)),
            _prose(300),
        )
    )

    assert _headings(blocks) == [("2. Methods", 1), ("2.1. Patients", 2)]
    assert blocks[2].text == "We saw them over two years."


def test_bold_words_at_the_start_of_a_paragraph_are_no_heading() -> None:
    """Without a number, words that stand out begin a paragraph."""
    line = Line((LEFT, 150, RIGHT, 160), [Run("Please note", 10, bold=True), Run(" that we moved.", 10)])
    blocks = _blocks(_page(0, _region(Role.TEXT, line)))

    assert [block.kind for block in blocks] == [Kind.PARAGRAPH]


def test_kicker_and_authors_are_no_headings() -> None:
    """Above and below a title stand things in large print that are none."""
    authors = Line(
        (LEFT, 160, RIGHT, 172),
        [Run("Ann Lee,", 12, bold=True), Run("1", 8, superscript=True), Run(" and Bo van Dijk", 12, bold=True)],
    )
    blocks = _blocks(
        _page(
            0,
            _region(Role.SECTION_HEADER, _line("Research Article", 80, size=18, italic=True)),
            _region(Role.SECTION_HEADER, _line("On the Reading of Pages", 110, size=18, bold=True)),
            _region(Role.SECTION_HEADER, authors),
            _text(190, "Institute of Paper, Bonn", italic=True),
            _region(Role.SECTION_HEADER, _line("1. Introduction", 220, size=12, bold=True)),
            _prose(240),
        )
    )

    assert _headings(blocks) == [("On the Reading of Pages", 1), ("1. Introduction", 2)]


def test_the_journal_and_its_editor_below_a_title_are_no_headings() -> None:
    """What the page's head says too, or is printed as text is, stands below the title as a paragraph."""
    blocks = _blocks(
        _page(
            0,
            _region(Role.PAGE_HEADER, _line("Letters of the harbour", 20)),
            _region(Role.SECTION_HEADER, _line("How the tide comes in", 60, size=18)),
            _region(Role.SECTION_HEADER, _line("Letters of the harbour", 100, size=12, bold=True)),
            _region(Role.SECTION_HEADER, _line("Editor: Ann Smith", 130)),
            _prose(200),
            _region(Role.SECTION_HEADER, _line("References", 400, size=12, bold=True)),
        )
    )

    assert [text for text, _ in _headings(blocks)] == ["How the tide comes in", "References"]


def test_a_page_number_in_the_margin_is_no_heading() -> None:
    """A number of five digits beside a running head is none, and nor is the head."""
    number = Line(bbox=(400, 20, 440, 30), runs=[Run(text="57165", size=12, bold=True)])
    blocks = _blocks(
        _page(
            0,
            _region(Role.SECTION_HEADER, _line("Register of the harbour", 20, size=12, bold=True)),
            _region(Role.SECTION_HEADER, number),
            _prose(200),
        )
    )

    assert _headings(blocks) == []


def test_two_capital_words_above_text_stay_a_heading() -> None:
    """What could be a name is a heading where running text follows."""
    blocks = _blocks(
        _page(
            0,
            _region(Role.SECTION_HEADER, _line("V3 Sessions", 80, size=18, bold=True)),
            _region(Role.SECTION_HEADER, _line("Control Objective", 110, size=14, bold=True)),
            _prose(140),
        )
    )

    assert [text for text, _ in _headings(blocks)] == ["V3 Sessions", "Control Objective"]


def test_lines_printed_as_headings_are_headings() -> None:
    """What the layout model took for text is a heading where it looks as other headings do."""
    sections = [_region(Role.SECTION_HEADER, _line(f"Part {n}", 100 * n, size=14, bold=True)) for n in (1, 2)]
    missed = _region(Role.TEXT, _line("Part three", 300, size=14, bold=True))
    blocks = _blocks(_page(0, sections[0], _prose(120), sections[1], _prose(220), missed, _prose(320)))

    assert ("Part three", 1) in _headings(blocks)


def test_the_outline_names_headings_and_their_levels() -> None:
    """A bookmark makes a heading of a line that stands out, and says how deep it is."""
    named = _region(Role.TEXT, _line("Scope of the agreement", 100, bold=True))
    blocks = _blocks(_page(0, named, _prose(120)), outline=[(3, "Scope of the Agreement")])

    assert _headings(blocks) == [("Scope of the agreement", 3)]


def test_text_goes_on_past_a_table_in_small_print() -> None:
    """A paragraph that a table at the top of a page interrupts is one, and the table comes after it."""
    cells = [
        GridCell(row=r, column=c, row_span=1, column_span=1, header=False, text=f"{r}{c}", bbox=None)
        for r in (0, 1)
        for c in (0, 1)
    ]
    table = Region(role=Role.TABLE, bbox=(100, 70, 500, 150), grid=Grid(rows=2, columns=2, header_rows=0, cells=cells))
    caption = _region(Role.CAPTION, _line("Table 1: Counts.", 50, size=9))
    note = _region(Role.TEXT, _line("n: number of pages", 155, size=8))
    document = _document(
        _page(0, _prose(600, "As Table 1 shows, it", "There has")),
        _page(1, caption, table, note, _prose(200, "been more", "so."), _prose(300)),
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
    caption = _region(Role.CAPTION, _line("Table 1: Counts.", 280, size=9))
    kinds = [
        block.kind
        for block in _blocks(
            _page(0, _prose(100, "Table 1 shows"), _prose(200), caption, table, _prose(400)), _page(1, _prose(100))
        )
    ]

    assert kinds.index(Kind.TABLE) == 3


def test_side_notes_come_after_the_text() -> None:
    """What stands in the margin beside the text is read after it, and holds no headings."""
    note = _region(Role.SECTION_HEADER, _line("License", 220, size=8, left=20, bold=True))
    blocks = _blocks(_page(0, _prose(100), note, _prose(200)), _page(1, _prose(100), _prose(200)))

    assert [block.text[:7] for block in blocks][2] == "License"
    assert not _headings(blocks)


def test_columns_are_no_side_notes() -> None:
    """Where text stands in two columns neither of them is a margin."""
    left = [_region(Role.TEXT, *(_line("a" * 40, 100 + 12 * n, left=50) for n in range(9)))]
    right = [_region(Role.TEXT, *(_line("b" * 40, 100 + 12 * n, left=300) for n in range(9)))]
    blocks = _blocks(_page(0, *left, *right, _text(400, "c" * 30)))

    assert [block.text[0] for block in blocks] == ["a", "b", "c"]


def test_entries_of_a_bibliography_are_no_bullets() -> None:
    """A list item without a marker whose first line hangs out is a paragraph."""
    entry = _region(Role.LIST_ITEM, _line("Lee, A. (2020). Pages.", 100), _line("Bonn: Paper Press.", 112, left=120))
    bullet = _region(Role.LIST_ITEM, _line("milk", 200))
    blocks = _blocks(_page(0, entry, bullet))

    assert [(block.kind, block.marker) for block in blocks] == [(Kind.PARAGRAPH, None), (Kind.LIST_ITEM, "-")]


def test_footnotes_are_tied_to_their_marks() -> None:
    """Each note of a region is one, and a raised mark in the text names the note that explains it."""
    marked = Line(
        (LEFT, 100, RIGHT, 110), [Run("It was found", 10), Run("7", 6, superscript=True), Run(" at last.", 10)]
    )
    first = Line((LEFT, 700, RIGHT, 708), [Run("7", 5, superscript=True), Run(" Lee (2020).", 8)])
    second = Line((LEFT, 710, RIGHT, 718), [Run("8", 5, superscript=True), Run(" Unused.", 8)])
    document = _document(_page(0, _region(Role.TEXT, marked), _region(Role.FOOTNOTE, first, second)))
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
        return _page(number, _region(Role.TEXT, text), _region(Role.FOOTNOTE, note))

    said = markup.markdown(_document(page(0), page(1)))

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
    body = _prose(52)
    region = msgspec.structs.replace(body, bbox=(LEFT, 40, RIGHT, 110), lines=[head, *body.lines], words=words)
    blocks = _blocks(_page(0, region))

    assert [block.kind for block in blocks] == [Kind.PAGE_HEADER, Kind.PARAGRAPH]
    assert blocks[0].words == (0, 3)


def test_a_line_beside_the_page_number_is_a_running_head() -> None:
    """What stands on the line of a page number repeats, even where the document has one such page."""
    number = _region(Role.PAGE_HEADER, _line("12", 40, left=20))
    head = _region(Role.SECTION_HEADER, _line("Case Reports", 40))
    blocks = _blocks(_page(0, number, head, _prose(100)))

    assert [block.kind for block in blocks] == [Kind.PAGE_NUMBER, Kind.PAGE_HEADER, Kind.PARAGRAPH]


def test_small_print_alone_at_the_bottom_is_a_foot() -> None:
    """A short line below the text, far from it and smaller, is no part of it."""
    blocks = _blocks(_page(0, _prose(100), _prose(200), _region(Role.TEXT, _line("Bonn 2015", 760, size=7))))

    assert blocks[-1].kind is Kind.PAGE_FOOTER


def test_the_foot_of_a_single_recognised_page_stays() -> None:
    """Nothing tells that it is repeated; that of a page among others, or of a digital page, is left out."""
    foot = _region(Role.PAGE_FOOTER, _line("Bank account DE02 1203 0000", 800))
    page = _page(0, _prose(100), foot)
    scanned = msgspec.structs.replace(page, source=Source.OCR)

    assert _blocks(scanned)[-1].kind is Kind.PARAGRAPH
    assert _blocks(page)[-1].kind is Kind.PAGE_FOOTER
    assert _blocks(scanned, msgspec.structs.replace(scanned, page=1))[-1].kind is Kind.PAGE_FOOTER


def test_a_value_with_its_label_is_no_heading() -> None:
    """Bills print sums in bold; a heading with a colon and words after it stays one."""
    total = _region(Role.SECTION_HEADER, _line("Net amount: 496.00 EUR", 100, bold=True))
    part = _region(Role.SECTION_HEADER, _line("Part 2: Rules of 2015", 200, bold=True))

    assert [text for text, _ in _headings(_blocks(_page(0, total, part, _prose(300))))] == ["Part 2: Rules of 2015"]
