"""Word files are changed where they were told to be, and nowhere else."""

import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from axelered_box.domain import edits
from axelered_box.domain.edits import AnyOperation, Done
from axelered_box.domain.modules import Refusal
from axelered_box.formats import word_editing
from axelered_box.modules.edit.finding import Finder
from axelered_box.modules.values import hints_of
from tests.samples import office
from tests.samples import word_files as word
from tests.samples.word_files import paragraph, run

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def edited(
    data: bytes, *operations: AnyOperation, fields: dict[str, Any] | None = None
) -> tuple[dict[str, bytes], list[Done]]:
    """Return the parts of a file after operations, and what came of each."""
    find = Finder(hints_of([], ["eng"]), fields or {})
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "source.docx"), Path(folder, "target.docx")
        source.write_bytes(data)
        done = word_editing.edit(source, target, list(operations), find, dry_run=False)
        return (office.members(target.read_bytes()) if target.exists() else {}), done


def text_in(part: bytes) -> list[str]:
    """Return the text of each paragraph of a part, as Word would show it."""
    root = etree.fromstring(part)
    return ["".join(one.text or "" for one in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]


def body_of(parts: dict[str, bytes]) -> list[str]:
    return text_in(parts["word/document.xml"])


def test_text_is_replaced_over_runs_in_the_look_of_its_beginning() -> None:
    bold = "<w:b/>"
    data = word.file(paragraph(run("Dear ACM", bold), run("E Gm"), run("bH, hello"), properties="<w:keepNext/>"))

    parts, done = edited(data, edits.ReplaceText(find="ACME GmbH", replace="Muster AG"))

    assert [one.matches for one in done] == [1]
    root = etree.fromstring(parts["word/document.xml"])
    assert body_of(parts) == ["Dear Muster AG, hello"]
    assert root.find(f".//{W}pPr/{W}keepNext") is not None
    first = next(root.iter(f"{W}r"))
    assert first.find(f"{W}rPr/{W}b") is not None
    assert first.findtext(f"{W}t") == "Dear Muster AG"


def everywhere(name: str) -> bytes:
    """Return a file with a name in every story."""
    half, rest = name[:3], name[3:]
    return word.file(
        paragraph(run(half), run(rest))
        + word.table((paragraph(run(f"Cell {name}")), paragraph(run("x"))))
        + paragraph(word.text_box(name))
        + paragraph(word.link(name)),
        header=paragraph(run(name)),
        footer=paragraph(run(half), run(rest)),
        footnotes=f'<w:footnote w:id="1">{paragraph(run(name))}</w:footnote>',
    )


def test_text_is_replaced_in_tables_headers_notes_boxes_and_links() -> None:
    parts, done = edited(everywhere("Anna Weber"), edits.ReplaceText(find="Anna Weber", replace="Ada King"))

    assert done[0].matches == 8
    for name in ("document", "header", "footer", "footnotes"):
        told = " ".join(text_in(parts[f"word/{name}.xml"]))
        assert "Ada King" in told
        assert "Anna Weber" not in told


def test_parts_that_no_operation_touches_stay_byte_by_byte() -> None:
    data = word.file(
        paragraph(run("ACME")), header=paragraph(run("Header")), customXml__item1="<!-- kept --><a  b = '1'/>"
    )

    parts, _ = edited(data, edits.ReplaceText(find="ACME", replace="X"))

    before = office.members(data)
    assert {name for name in before if before[name] != parts[name]} == {"word/document.xml"}
    assert list(parts) == list(before)


def test_nothing_is_written_when_an_operation_matches_nothing() -> None:
    data = word.file(paragraph(run("ACME")))

    parts, done = edited(data, edits.ReplaceText(find="ACME", replace="X"), edits.ReplaceText(find="No", replace="X"))

    assert [one.matches for one in done] == [1, 0]
    assert parts == {}


def test_paragraphs_are_deleted_and_a_cell_keeps_its_last_one() -> None:
    data = word.file(
        paragraph(run("One"))
        + paragraph(run("An ob"), run("solete clause"))
        + word.table((paragraph(run("Obsolete clause")),))
    )

    parts, done = edited(data, edits.DeleteParagraphs(containing="obsolete clause"))

    assert done[0].matches == 2
    assert body_of(parts) == ["One", ""]


def test_paragraphs_are_inserted_in_the_look_of_their_neighbour() -> None:
    data = word.file(
        paragraph(run("§ 3 Rent", "<w:i/>"), properties='<w:pStyle w:val="Clause"/>') + paragraph(run("End"))
    )
    after = edits.InsertParagraph(text="New\nclause", after="§ 3")

    parts, _ = edited(data, after, edits.InsertParagraph(text="Top", before="§ 3"), edits.InsertParagraph(text="Last"))

    assert body_of(parts) == ["Top", "§ 3 Rent", "Newclause", "End", "Last"]
    made = list(etree.fromstring(parts["word/document.xml"]).iter(f"{W}p"))[2]
    assert made.find(f"{W}pPr/{W}pStyle") is not None
    assert made.find(f"{W}r/{W}rPr/{W}i") is not None
    assert made.find(f"{W}r/{W}br") is not None


def test_rows_are_deleted_and_inserted() -> None:
    rows = [tuple(paragraph(run(text)) for text in row) for row in (("Boots", "1"), ("Coat", "2"))]
    data = word.file(word.table(*rows))

    parts, done = edited(
        data, edits.InsertRow(after="Boots", cells=["Gloves", "9"]), edits.DeleteRows(containing="coat")
    )

    assert [one.matches for one in done] == [1, 1]
    assert body_of(parts) == ["Boots", "1", "Gloves", "9"]
    with pytest.raises(Refusal, match="2 cells, and 3 were given"):
        edited(data, edits.InsertRow(after="Boots", cells=["a", "b", "c"]))


def test_content_controls_and_placeholders_are_filled() -> None:
    hint = '<w:showingPlcHdr/><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/>'
    grey = '<w:rStyle w:val="PlaceholderText"/>'
    box = '<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>'
    data = word.file(
        paragraph(run("Dear {{na"), run("me}}"), run("!"))
        + word.control("City", paragraph(run("Click here", grey)), hint)
        + paragraph(word.control("Street", run("…", grey)), word.control("Agreed", run("\u2610"), box))
    )
    fields: dict[str, str | bool] = {"name": "Anna", "city": "Bonn", "Street": "Ringweg 1", "Agreed": True}

    parts, done = edited(data, edits.FillForm(fields=fields))

    assert done[0].matches == 4
    assert body_of(parts) == ["Dear Anna!", "Bonn", "Ringweg 1\u2612"]
    assert not re.search(rb"PlaceholderText|showingPlcHdr|dataBinding", parts["word/document.xml"])
    assert b'w14:val="1"' in parts["word/document.xml"]


def tracked() -> bytes:
    """Return a file with tracked changes of every kind."""
    old_look = "<w:b/><w:rPrChange w:id='3' w:author='Ann'><w:rPr><w:i/></w:rPr></w:rPrChange>"
    old_form = (
        "<w:jc w:val='left'/><w:pPrChange w:id='4' w:author='Ann'><w:pPr><w:jc w:val='right'/></w:pPr></w:pPrChange>"
    )
    deleted = word.changed("del", "<w:r><w:delText>old</w:delText></w:r>")
    return word.file(
        paragraph(run("A "), deleted, word.changed("ins", run("new")), run(" end", old_look), properties=old_form)
        + paragraph(word.changed("moveFrom", run("moved")), properties=f"<w:rPr>{word.mark('moveFrom')}</w:rPr>")
        + paragraph(run("stays"))
        + paragraph(word.changed("moveTo", run("moved")), properties=f"<w:rPr>{word.mark('moveTo')}</w:rPr>")
        + paragraph(run("left, "), properties=f"<w:rPr>{word.mark('del')}</w:rPr>")
        + paragraph(run("right"), properties="<w:keepNext/>")
        + word.table(
            (paragraph(run("r1")),),
            (paragraph(run("r2")),),
            (paragraph(run("r3")),),
            marks=("", word.mark("ins"), word.mark("del")),
        )
        + paragraph(run("end"))
    )


def test_changes_are_accepted() -> None:
    parts, _ = edited(tracked(), edits.AcceptChanges())

    assert body_of(parts) == ["A new end", "stays", "moved", "left, right", "r1", "r2", "end"]
    told = parts["word/document.xml"]
    assert not re.search(rb"<w:(ins|del|moveFrom|moveTo|rPrChange|pPrChange|delText)\b", told)
    assert b'<w:jc w:val="left"/>' in told
    assert b"<w:i/>" not in told


def test_changes_are_rejected() -> None:
    parts, _ = edited(tracked(), edits.RejectChanges())

    assert body_of(parts) == ["A old end", "moved", "stays", "left, ", "right", "r1", "r3", "end"]
    told = parts["word/document.xml"]
    assert not re.search(rb"<w:(ins|del|moveFrom|moveTo|rPrChange|pPrChange|delText)\b", told)
    assert b'<w:jc w:val="right"/>' in told
    assert b"<w:i/>" in told


def test_comments_go_with_their_parts_relations_and_types() -> None:
    notes = f'<w:comment w:id="1" w:author="Ann">{paragraph(run("Really?"))}</w:comment>'
    data = word.file(paragraph(run("a "), word.comment(1, "claim")), comments=notes)

    parts, done = edited(data, edits.RemoveComments())

    assert done[0].matches == 1
    assert "word/comments.xml" not in parts
    assert b"comment" not in parts["word/document.xml"]
    assert b"comments" not in parts["word/_rels/document.xml.rels"]
    assert b"comments" not in parts["[Content_Types].xml"]
    assert body_of(parts) == ["a claim"]


def test_metadata_is_set_and_cleared() -> None:
    data = word.file(paragraph(word.changed("ins", run("new"))))

    parts, _ = edited(data, edits.SetMetadata(title="Sale", keywords="a, b"))
    assert b"<dc:title>Sale</dc:title>" in parts["docProps/core.xml"]
    assert b"Anna Weber" in parts["docProps/core.xml"]

    parts, _ = edited(data, edits.ClearMetadata())
    assert b"Anna" not in parts["docProps/core.xml"]
    assert b"Ann" not in parts["word/document.xml"]
