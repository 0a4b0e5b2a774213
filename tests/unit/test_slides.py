"""Tests of parse on presentations, PowerPoint's and OpenDocument's."""

from pathlib import Path

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from axelered_box.domain.documents import Kind
from axelered_box.domain.modules import Refusal
from tests.samples import office
from tests.samples.parsing import parse


def _talk(show: pptx.presentation.Presentation) -> None:
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "Results"
    frame = slide.placeholders[1].text_frame
    frame.text = "More sales"
    inner = frame.add_paragraph()
    inner.text, inner.level = "in the north", 1
    slide.notes_slide.notes_text_frame.text = "Speak slowly."
    second = show.slides.add_slide(show.slide_layouts[5])
    second.shapes.title.text = "Figures"
    table = second.shapes.add_table(2, 2, Inches(1), Inches(1), Inches(4), Inches(1)).table
    table.cell(0, 0).text = "Both"
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 0).text, table.cell(1, 1).text = "a", "b"
    data = CategoryChartData()
    data.categories = ["2025", "2026"]
    data.add_series("Sales", (1.5, 2.5))
    second.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(3), Inches(4), Inches(3), data)
    box = second.shapes.add_textbox(Inches(1), Inches(6), Inches(4), Inches(1)).text_frame
    run = box.paragraphs[0].add_run()
    run.text, run.font.bold = "No bullet here", True
    hidden = show.slides.add_slide(show.slide_layouts[5])
    hidden.shapes.title.text = "Reserve"
    hidden._element.set("show", "0")


def test_a_presentation_is_read(tmp_path: Path) -> None:
    """Titles are headings, bullets of the layout make items, notes and tables and charts are kept."""
    done = parse(office.presentation(_talk), "talk.pptx", tmp_path)

    assert done.read("document.md") == (
        "# Results\n\n- More sales\n   - in the north\n\n**Notes:** Speak slowly.\n\n# Figures\n\n"
        '<table>\n<tr><th colspan="2">Both</th></tr>\n<tr><td>a</td><td>b</td></tr>\n</table>\n\n'
        "|  | Sales |\n| --- | --- |\n| 2025 | 1.5 |\n| 2026 | 2.5 |\n\n**No bullet here**\n"
    )
    assert [warning.code for warning in done.document.warnings] == ["hidden_part"]


def test_comments_on_slides_are_kept(tmp_path: Path) -> None:
    """A comment stands below its slide, with its author and day."""
    data = office.presentation(_talk)
    space = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = office.members(data)
    for name, relation, target in (
        ("ppt/slides/_rels/slide1.xml.rels", "comments", "/ppt/comments/comment1.xml"),
        ("ppt/_rels/presentation.xml.rels", "commentAuthors", "/ppt/commentAuthors.xml"),
    ):
        added = f'<Relationship Id="rc" Type="{kind}/{relation}" Target="{target}"/></Relationships>'
        parts[name] = parts[name].replace(b"</Relationships>", added.encode())
    parts["ppt/commentAuthors.xml"] = f'<p:cmAuthorLst {space}><p:cmAuthor id="0" name="Ann"/></p:cmAuthorLst>'.encode()
    parts["ppt/comments/comment1.xml"] = (
        f'<p:cmLst {space}><p:cm authorId="0" dt="2026-11-05T10:00:00"><p:text>Is this so?</p:text></p:cm></p:cmLst>'
    ).encode()
    types = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Default Extension="cm" ContentType="a/b"/>'
        b'<Override PartName="/ppt/comments/comment1.xml" ContentType="application/xml"/>'
        b'<Override PartName="/ppt/commentAuthors.xml" ContentType="application/xml"/></Types>',
    )

    done = parse(office.archive({**parts, "[Content_Types].xml": types}), "talk.pptx", tmp_path)

    assert "[Comment by Ann, 2026-11-05: Is this so?]" in done.read("document.txt")


def test_a_damaged_presentation_is_refused(tmp_path: Path) -> None:
    """A presentation without its main part is refused."""
    parts = office.members(office.presentation(_talk))
    del parts["ppt/presentation.xml"]

    with pytest.raises(Refusal) as caught:
        parse(office.archive(parts), "talk.pptx", tmp_path)

    assert caught.value.failure.code == "corrupt_document"


def test_an_opendocument_presentation_is_read(tmp_path: Path) -> None:
    """A slide's title is a heading, its outline a list, its notes are kept."""
    body = (
        "<draw:page><draw:frame presentation:class='outline'><draw:text-box><text:list><text:list-item>"
        "<text:p>First point</text:p></text:list-item></text:list></draw:text-box></draw:frame>"
        "<draw:frame presentation:class='title'><draw:text-box><text:p>Plan</text:p></draw:text-box></draw:frame>"
        "<draw:frame presentation:class='page-number'><draw:text-box><text:p>7</text:p></draw:text-box></draw:frame>"
        "<presentation:notes><draw:frame><draw:text-box><text:p>Say hello.</text:p></draw:text-box></draw:frame>"
        "</presentation:notes></draw:page>"
    )

    blocks = parse(office.opendocument("presentation", body), "a.odp", tmp_path).document.blocks

    assert [(block.kind, block.text) for block in blocks] == [
        (Kind.HEADING, "Plan"),
        (Kind.LIST_ITEM, "First point"),
        (Kind.PARAGRAPH, "Notes: Say hello."),
    ]
