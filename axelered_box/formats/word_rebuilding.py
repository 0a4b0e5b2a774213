"""Paragraphs and rows of a Word file added and removed."""

import copy
from typing import TYPE_CHECKING

from lxml import etree

from axelered_box.domain import edits
from axelered_box.domain.edits import Done
from axelered_box.domain.modules import Refusal
from axelered_box.formats.word_changes import drop
from axelered_box.formats.word_runs import DELETED, Line, W, set_paragraph, text_of

if TYPE_CHECKING:
    from axelered_box.formats.word_editing import WordFile

DOCUMENT = "word/document.xml"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_OWN_IDS = (f"{_W14}paraId", f"{_W14}textId")
Rebuilding = edits.DeleteParagraphs | edits.DeleteRows | edits.InsertParagraph | edits.InsertRow


def rebuild(file: "WordFile", operation: Rebuilding) -> Done:
    """Add or remove paragraphs or rows of the document itself."""
    body = file.tree(DOCUMENT).find(f"{W}body")
    if body is None:
        return Done(matches=0)
    match operation:
        case edits.DeleteParagraphs():
            count = _delete_paragraphs(body, operation)
        case edits.DeleteRows():
            count = _delete_rows(body, operation)
        case edits.InsertParagraph():
            count = _insert_paragraph(body, operation)
        case edits.InsertRow():
            count = _insert_row(body, operation)
    if count:
        file.touch(DOCUMENT)
    return Done(matches=count)


def _has(element: etree._Element, wanted: str, *, match_case: bool = False) -> bool:
    """Tell whether the text of an element has another, white space apart."""
    text, told = " ".join(text_of(element).split()), " ".join(wanted.split())
    return told in text if match_case else told.casefold() in text.casefold()


def _delete_paragraphs(body: etree._Element, operation: edits.DeleteParagraphs) -> int:
    found = [
        one
        for one in body.iter(f"{W}p")
        if " ".join(operation.containing.split()) and _own(one, operation.containing, match_case=operation.match_case)
    ]
    for paragraph in found:
        cell = paragraph.getparent()
        section = paragraph.find(f"{W}pPr/{W}sectPr")
        if section is not None or (cell.tag == f"{W}tc" and len(cell.findall(f"{W}p")) == 1):
            set_paragraph(paragraph, "")  # a cell, and a section, cannot be without its last paragraph
        else:
            drop(paragraph)
    return len(found)


def _own(paragraph: etree._Element, wanted: str, *, match_case: bool) -> bool:
    text, told = " ".join(Line(paragraph, DELETED).text.split()), " ".join(wanted.split())
    return told in text if match_case else told.casefold() in text.casefold()


def _delete_rows(body: etree._Element, operation: edits.DeleteRows) -> int:
    found = [row for row in body.iter(f"{W}tr") if _has(row, operation.containing, match_case=operation.match_case)]
    innermost = [row for row in found if not any(other is not row and row in other.iterancestors() for other in found)]
    for row in innermost:
        table = row.getparent()
        drop(row)
        if table.tag == f"{W}tbl" and table.find(f".//{W}tr") is None:
            drop(table)
    return len(innermost)


def _insert_paragraph(body: etree._Element, operation: edits.InsertParagraph) -> int:
    anchor_text = operation.after or operation.before
    paragraphs = list(body.iter(f"{W}p"))
    if anchor_text is None:
        own = [one for one in body if one.tag == f"{W}p"]
        made = _copied(own[-1]) if own else etree.Element(f"{W}p")
        section = body.find(f"{W}sectPr")
        if section is not None:
            section.addprevious(made)
        else:
            body.append(made)
    else:
        anchor = next((one for one in paragraphs if _own(one, anchor_text, match_case=False)), None)
        if anchor is None:
            return 0
        made = _copied(anchor)
        if operation.after is not None:
            anchor.addnext(made)
        else:
            anchor.addprevious(made)
    section = made.find(f"{W}pPr/{W}sectPr")
    if section is not None:
        drop(section)
    set_paragraph(made, operation.text)
    return 1


def _insert_row(body: etree._Element, operation: edits.InsertRow) -> int:
    rows = [row for row in body.iter(f"{W}tr") if _has(row, operation.after)]
    anchor = next((row for row in rows if not any(row in other.iterancestors() for other in rows)), None)
    if anchor is None:
        return 0
    made = _copied(anchor)
    cells = made.findall(f"{W}tc")
    if len(operation.cells) > len(cells):
        raise Refusal(
            "value_not_allowed",
            f"The row with '{operation.after}' has {len(cells)} cells, and {len(operation.cells)} were given."
            f" Nothing was"
            " changed. Give as many texts as there are cells.",
        )
    for place, cell in enumerate(cells):
        paragraphs = cell.findall(f"{W}p")
        for extra in paragraphs[1:]:
            drop(extra)
        if paragraphs:
            set_paragraph(paragraphs[0], operation.cells[place] if place < len(operation.cells) else "")
    anchor.addnext(made)
    return 1


def _copied(element: etree._Element) -> etree._Element:
    """Return a copy of an element without the ids that are its own, and without records of changes."""
    made = copy.deepcopy(element)
    for one in made.iter():
        for attribute in _OWN_IDS:
            one.attrib.pop(attribute, None)
    for mark in list(made.iter(f"{W}ins", f"{W}del", f"{W}rPrChange", f"{W}pPrChange", f"{W}trPrChange")):
        if mark.getparent().tag in (f"{W}rPr", f"{W}pPr", f"{W}trPr"):
            drop(mark)
    return made
