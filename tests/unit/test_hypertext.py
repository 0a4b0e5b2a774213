"""Tests of `axelered_box.formats.hypertext`, and of parse on HTML files."""

from pathlib import Path

import pytest

from axelered_box.domain.documents import Kind
from axelered_box.formats import hypertext
from tests.samples.parsing import parse


def _texts(source: str) -> list[str]:
    return [block.text for block in hypertext.blocks_of_html(source)]


def test_what_nobody_reads_is_left_out() -> None:
    """Scripts, styles, menus, forms and hidden parts are no text of a page; what looks like a menu but says more is."""
    source = (
        "<html><head><title>T</title><style>p{}</style></head><body>"
        "<nav><a href='/'>Home</a> <a href='/b'>Back</a></nav>"
        "<script>alert(1)</script><p hidden>no</p><p style='display: none'>no</p><p aria-hidden='true'>no</p>"
        "<nav><p>A long introduction that is no menu.</p><a href='/'>x</a></nav>"
        "<form><button>Send</button><select><option>one</option></select></form><!-- no --><p>yes</p></body></html>"
    )

    assert _texts(source) == ["A long introduction that is no menu.", "x", "yes"]


def test_tags_without_end_are_understood() -> None:
    """Pages leave out the ends of paragraphs, items and cells."""
    blocks = list(
        hypertext.blocks_of_html("<p>one<p>two<ul><li>a<li>b</ul><table><tr><td>1<td>2<tr><td>3<td>4</table>")
    )

    assert [block.text for block in blocks] == ["one", "two", "a", "b", "1\t2\n3\t4"]


@pytest.mark.parametrize(
    ("source", "levels"),
    [
        ("<ul><li>a<ul><li>b<ol start='3'><li>c</ol></ul></ul>", [(1, "-"), (2, "-"), (3, "3.")]),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", [(1, "-"), (2, "-")]),
        ("<ol><li>a<li value='7'>b<li>c</ol>", [(1, "1."), (1, "7."), (1, "8.")]),
    ],
)
def test_lists_keep_depth_and_number(source: str, levels: list[tuple[int, str]]) -> None:
    """An item knows how deep it lies and what stands before it."""
    assert [(block.level, block.marker) for block in hypertext.blocks_of_html(source)] == levels


def test_a_table_that_arranges_a_page_is_none() -> None:
    """Mails place their parts in tables within tables; only the innermost is one."""
    source = (
        "<table><tr><td><h1>Offer</h1></td></tr><tr><td><table><tr><th>Item<th>Price<tr><td>Ink<td>3</table></td></tr>"
        "</table><table role='presentation'><tr><td>left<td>right</table>"
    )

    blocks = list(hypertext.blocks_of_html(source))

    assert [block.kind for block in blocks] == [Kind.HEADING, Kind.TABLE, Kind.PARAGRAPH, Kind.PARAGRAPH]


@pytest.mark.parametrize(("first", "header"), [("<td>Name<td>Price", 1), ("<td>Ink<td>3", 0), ("<th>a<th>", 1)])
def test_the_first_row_is_a_heading_where_it_looks_so(first: str, header: int) -> None:
    """A page that does not say which row is a heading may still have one: it holds no value."""
    block = next(hypertext.blocks_of_html(f"<table><tr>{first}<tr><td>Pen<td>4</table>"))

    assert block.table is not None
    assert block.table.header_rows == header


def test_notes_are_tied_to_their_marks(tmp_path: Path) -> None:
    """A footnote is one in Markdown too, without the arrow that leads back."""
    source = (
        "<html><body><p>Sold.<a href='#n1' id='r1'>[1]</a></p><aside role='doc-footnote' id='n1'>In May."
        "<a href='#r1'>↩</a></aside></body></html>"
    )

    assert parse(source.encode(), "a.html", tmp_path).read("document.md") == "Sold.[^1]\n\n[^1]: In May.\n"


def test_links_that_run_scripts_are_dropped(tmp_path: Path) -> None:
    """The words of such a link stay."""
    done = parse(b"<html><a href='javascript:alert(1)'>go</a> <a href='data:x'>on</a>", "a.html", tmp_path)

    assert done.read("document.md") == "go on\n"


def test_deep_nesting_is_read_flat(tmp_path: Path) -> None:
    """A page made to overflow a reader is read, its end too."""
    done = parse(b"<html>" + b"<div>" * 50_000 + b"deep" + b"</div>" * 50_000 + b"<p>end</p>", "a.html", tmp_path)

    assert done.read("document.txt") == "deep\n\nend\n"


def test_the_code_of_a_page_is_what_it_says(tmp_path: Path) -> None:
    """A page in another code than UTF-8 names it at its head."""
    source = "<html><head><meta charset='windows-1251'><title>Письмо</title></head><p>Привет</p></html>"

    done = parse(source.encode("cp1251"), "a.htm", tmp_path)

    assert done.read("document.md") == "Привет\n"
    assert done.document.title == "Письмо"


def test_formulas_are_text() -> None:
    """A formula is its TeX where the page has it, else its letters."""
    tex = "<math><semantics><mi>x</mi><annotation encoding='application/x-tex'>x^2</annotation></semantics></math>"

    assert _texts(f"<p>a {tex} b</p><p><math><mi>y</mi><mo>=</mo><mn>1</mn></math></p>") == ["a $x^2$ b", "y = 1"]
