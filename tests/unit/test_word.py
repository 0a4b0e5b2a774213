"""Tests of parse on what Word files have beside their text: changes, notes, comments, styles of one's own, formulas."""

from pathlib import Path

import pytest

from tests.samples import office
from tests.samples.parsing import parse


def _run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_tracked_changes_are_accepted(tmp_path: Path) -> None:
    """What was inserted or moved here is read, what was deleted or moved away is not."""
    body = (
        f"<w:p>{_run('We pay ')}<w:del><w:r><w:delText>ten </w:delText></w:r></w:del><w:ins>{_run('twelve ')}</w:ins>"
        f"<w:moveFrom>{_run('away ')}</w:moveFrom><w:moveTo>{_run('here ')}</w:moveTo>{_run('euros.')}</w:p>"
    )

    assert parse(office.word(body), "a.docx", tmp_path).read("document.md") == "We pay twelve here euros.\n"


def test_notes_and_comments_are_kept(tmp_path: Path) -> None:
    """Footnotes, endnotes and comments are notes with marks of their own."""
    note = '<w:{0} w:id="1"><w:p>{1}</w:p></w:{0}>'
    body = (
        f"<w:p>{_run('Sold')}<w:r><w:footnoteReference w:id='1'/></w:r>{_run(' and paid')}"
        f"<w:r><w:endnoteReference w:id='1'/></w:r>{_run(' today')}<w:r><w:commentReference w:id='1'/></w:r></w:p>"
    )
    data = office.word(
        body,
        footnotes=note.format("footnote", _run("In May.")),
        endnotes=note.format("endnote", _run("In cash.")),
        comments=f'<w:comment w:id="1" w:initials="AB" w:author="Ann"><w:p>{_run("Sure?")}</w:p></w:comment>',
    )

    markdown = parse(data, "a.docx", tmp_path).read("document.md")

    assert markdown.startswith("Sold[^1] and paid[^2] today[^AB1]\n\n")
    assert sorted(markdown.split("\n\n")[1:]) == [
        "[^1]: In May.",
        "[^2]: In cash.",
        "[^AB1]: **Comment by Ann:** Sure?\n",
    ]


@pytest.mark.parametrize(
    ("look", "head"), [('w:firstRow="1"', "| A |\n| --- |\n"), ('w:val="0400"', "|  |\n| --- |\n| A |\n")]
)
def test_the_look_of_a_table_says_whether_it_has_headings(tmp_path: Path, look: str, head: str) -> None:
    """The first row of a table is a heading where the table's style makes it one."""
    rows = "".join(f"<w:tr><w:tc><w:p>{_run(text)}</w:p></w:tc></w:tr>" for text in ("A", "b"))

    done = parse(office.word(f"<w:tbl><w:tblPr><w:tblLook {look}/></w:tblPr>{rows}</w:tbl>"), "a.docx", tmp_path)

    assert done.read("document.md") == f"{head}| b |\n"


def test_a_style_with_an_outline_level_is_a_heading(tmp_path: Path) -> None:
    """A heading may have a style of its own, whose level it inherits."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Kapitel"/><w:pPr><w:outlineLvl w:val="1"/>'
        '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="Anhang"><w:name w:val="Anhang"/>'
        '<w:basedOn w:val="Kapitel"/></w:style>'
    )
    body = f'<w:p><w:pPr><w:pStyle w:val="Anhang"/></w:pPr>{_run("Preise")}</w:p><w:p>{_run("Text")}</w:p>'

    assert parse(office.word(body, styles), "a.docx", tmp_path).read("document.md") == "## Preise\n\nText\n"


def test_formulas_are_tex(tmp_path: Path) -> None:
    """A formula is kept in the notation that Markdown has for it."""
    space = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    formula = "<m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f>"
    body = f"<w:p>{_run('Half: ')}<m:oMath {space}>{formula}</m:oMath></w:p>"

    assert parse(office.word(body), "a.docx", tmp_path).read("document.txt") == "Half: $\\frac{a}{b}$\n"
