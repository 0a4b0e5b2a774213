"""Tests of `axelered_box.formats.markup`."""

import pytest

from axelered_box.domain.documents import Block, Cell, Document, Kind, Span, Table
from axelered_box.formats import markup


def _document(*blocks: Block) -> Document:
    return Document(page_count=1, pages=[], blocks=list(blocks), languages=["deu"], title="A & B")


def _block(kind: Kind, text: str, **more: object) -> Block:
    return Block(id=f"1.{text}", kind=kind, page=1, text=text, **more)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (_block(Kind.HEADING, "Title", level=2), "## Title"),
        (_block(Kind.PARAGRAPH, "# no heading"), r"\# no heading"),
        (_block(Kind.PARAGRAPH, "1. no list"), r"1\. no list"),
        (_block(Kind.PARAGRAPH, "5 * 3 and a_b and *x*"), r"5 * 3 and a_b and \*x\*"),
        (_block(Kind.PARAGRAPH, "<script>"), "&lt;script>"),
        (_block(Kind.PARAGRAPH, "a\nb"), "a  \nb"),
        (_block(Kind.LIST_ITEM, "x", level=2, marker="1."), "   1. x"),
        (_block(Kind.LIST_ITEM, "x", level=1, marker="a)"), "- a) x"),
        (_block(Kind.PARAGRAPH, r"so $\frac{a_1}{b}$ *x*"), r"so $\frac{a_1}{b}$ \*x\*"),
        (_block(Kind.PARAGRAPH, r"$5 in C:\*new*"), r"$5 in C:\\\*new\*"),
        (_block(Kind.CODE, "x = 1"), "```\nx = 1\n```"),
        (_block(Kind.PAGE_NUMBER, "7"), ""),
        (
            _block(
                Kind.PARAGRAPH,
                "so bold here",
                spans=[Span(text="so "), Span(text="bold ", bold=True), Span(text="here")],
            ),
            "so **bold** here",
        ),
        (
            _block(Kind.PARAGRAPH, "see it", spans=[Span(text="see "), Span(text="it", link="https://a.example/x y")]),
            "see [it](<https://a.example/x y>)",
        ),
    ],
)
def test_markdown(block: Block, expected: str) -> None:
    """Each kind has its marks, and text is not taken for marks."""
    assert markup.markdown(_document(block)).rstrip("\n") == expected


def test_marks_are_tied_to_footnotes() -> None:
    """A mark that names its footnote and the footnote are GFM's; one that no mark is tied to is a small number."""
    mark = Span(text="1", superscript=True, note="1.In May.")
    said = _block(Kind.PARAGRAPH, "Sold1", spans=[Span(text="Sold"), mark])
    note = _block(Kind.FOOTNOTE, "In May.", marker="1")

    assert markup.markdown(_document(said, note)) == "Sold[^1]\n\n[^1]: In May.\n"
    assert markup.markdown(_document(note)) == "<sup>1</sup> In May.\n"


@pytest.mark.parametrize(
    ("said", "link", "expected"),
    [
        ("https://a.example/x_y_", "https://a.example/x_y_", "https://a.example/x_y_"),
        ("https: //a.example/x.", "https://a.example/x", "https://a.example/x."),
        ("www.a.example", "http://www.a.example/", "www.a.example"),
        ("www.a.example", "https://b.example/", "[www.a.example](https://b.example/)"),
        ("me@a.example", "mailto:me@a.example", "me@a.example"),
        ("a.example", "http://a.example", "[a.example](http://a.example)"),
    ],
)
def test_addresses_are_not_said_twice(said: str, link: str, expected: str) -> None:
    """A link whose text is its address is that text, where GFM makes a link of it by itself."""
    block = _block(Kind.PARAGRAPH, said, spans=[Span(text=said, link=link)])

    assert markup.markdown(_document(block)) == f"{expected}\n"


def test_tables_with_merged_cells_are_html() -> None:
    """Pipes cannot say that cells span, so such a table is HTML in Markdown too."""
    cells = [
        Cell(row=0, column=0, column_span=2, text="A | <b>", header=True),
        Cell(row=1, column=0, text="1"),
        Cell(row=1, column=1, text="2"),
    ]
    wide = _block(Kind.TABLE, "t", table=Table(rows=2, columns=2, cells=cells))
    plain = _block(
        Kind.TABLE, "u", table=Table(rows=1, columns=2, header_rows=1, cells=[Cell(row=0, column=1, text="A | B")])
    )

    assert '<tr><th colspan="2">A | &lt;b&gt;</th></tr>' in markup.markdown(_document(wide))
    assert markup.markdown(_document(plain)) == "|  | A \\| B |\n| --- | --- |\n"


def test_stars_of_significance_stay_in_cells() -> None:
    """A star that only ends a word can open no emphasis, so it is not escaped; one that could is."""
    cells = [Cell(row=0, column=0, text="5.4**"), Cell(row=0, column=1, text="*so* 1*")]
    block = _block(Kind.TABLE, "t", table=Table(rows=1, columns=2, cells=cells))

    assert markup.markdown(_document(block)).endswith("| 5.4** | \\*so\\* 1\\* |\n")


def test_a_paragraph_that_goes_on_is_one() -> None:
    """The rest of a paragraph is joined to it, a hyphenated word made whole, styles kept."""
    first = _block(Kind.PARAGRAPH, "It was hap-")
    figure = _block(Kind.CAPTION, "Figure 1")
    rest = _block(
        Kind.PARAGRAPH, "pened then", continues=first.id, spans=[Span(text="pened "), Span(text="then", bold=True)]
    )

    assert markup.markdown(_document(first, figure, rest)) == "It was happened **then**\n\nFigure 1\n"


def test_html_is_a_page_of_its_own() -> None:
    """HTML5 has language and title, lists within lists, and runs no script."""
    page = markup.html5(
        _document(
            _block(Kind.LIST_ITEM, "one", level=1, marker="-"),
            _block(Kind.LIST_ITEM, "two", level=2, marker="3."),
            _block(Kind.LIST_ITEM, "three", level=1, marker="-"),
            _block(Kind.PARAGRAPH, "<script>", spans=[Span(text="<script>", link="javascript:alert(1)")]),
        )
    )

    assert page.startswith('<!DOCTYPE html>\n<html lang="de">')
    assert "<title>A &amp; B</title>" in page
    body = "".join(page.split("<body>")[1].split("</body>")[0].split("\n"))
    assert body == ('<ul><li>one<ol start="3"><li>two</li></ol></li><li>three</li></ul><p>&lt;script&gt;</p>')


def test_text_is_plain() -> None:
    """Plain text has markers of lists and no others."""
    assert markup.text(
        _document(_block(Kind.HEADING, "T", level=1), _block(Kind.LIST_ITEM, "x", level=2, marker="-"))
    ) == ("T\n\n  - x\n")
