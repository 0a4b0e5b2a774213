"""Paragraphs and rows of a Word file added and removed, and its fields filled: content controls and placeholders."""

import copy
import re
from typing import TYPE_CHECKING

from lxml import etree

from axelered_box.domain import edits
from axelered_box.domain.edits import Done
from axelered_box.formats.word_changes import drop
from axelered_box.formats.word_runs import Line, W, set_paragraph, text_of

if TYPE_CHECKING:
    from axelered_box.formats.word_editing import WordFile

DOCUMENT = "word/document.xml"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_CHECKED, _UNCHECKED = "\u2612", "\u2610"

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


def fill(file: "WordFile", operation: edits.FillForm) -> Done:
    """Fill content controls by title or tag, and ``{{placeholders}}``; names that match nothing are told."""
    count, missing = 0, []
    for name, value in operation.fields.items():
        filled = sum(_fill_in(file, part, name, value) for part in file.stories)
        count += filled
        if not filled:
            missing.append(name)
    warnings = [f"There is no field named '{name}'." for name in missing] if count else []
    return Done(matches=count, warnings=warnings)


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
    text, told = " ".join(Line(paragraph).text.split()), " ".join(wanted.split())
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
        made = copy.deepcopy(own[-1]) if own else etree.Element(f"{W}p")
        section = body.find(f"{W}sectPr")
        if section is not None:
            section.addprevious(made)
        else:
            body.append(made)
    else:
        anchor = next((one for one in paragraphs if _own(one, anchor_text, match_case=False)), None)
        if anchor is None:
            return 0
        made = copy.deepcopy(anchor)
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
    made = copy.deepcopy(anchor)
    for place, cell in enumerate(made.findall(f"{W}tc")):
        paragraphs = cell.findall(f"{W}p")
        for extra in paragraphs[1:]:
            drop(extra)
        if paragraphs:
            set_paragraph(paragraphs[0], operation.cells[place] if place < len(operation.cells) else "")
    anchor.addnext(made)
    return 1


def _fill_in(file: "WordFile", part: str, name: str, value: str | bool) -> int:
    """Fill what has a name in one part; return how many there were."""
    root, bare = file.tree(part), name.strip().removeprefix("{{").removesuffix("}}").strip()
    text = ("X" if value else "") if isinstance(value, bool) else value
    count = 0
    for control in list(root.iter(f"{W}sdt")):
        properties = control.find(f"{W}sdtPr")
        if properties is not None and bare.casefold() in _names(properties):
            _fill_control(control, properties, value, text)
            count += 1
    pattern = re.compile(r"\{\{\s*" + re.escape(bare) + r"\s*\}\}", re.IGNORECASE)
    for paragraph in root.iter(f"{W}p"):
        line = Line(paragraph)
        for match in reversed(list(pattern.finditer(line.text))):
            line.replace(match.start(), match.end(), text)
            count += 1
    if count:
        file.touch(part)
    return count


def _names(properties: etree._Element) -> set[str]:
    """Return the names of a content control: its title and its tag."""
    found = [properties.find(f"{W}{tag}") for tag in ("alias", "tag")]
    return {str(element.get(f"{W}val", "")).casefold() for element in found if element is not None}


def _fill_control(control: etree._Element, properties: etree._Element, value: str | bool, text: str) -> None:
    """Give a content control a value: checked or not, or a text in the look of what stood there."""
    box = properties.find(f"{_W14}checkbox")
    if box is not None:
        state = value if isinstance(value, bool) else value.strip().casefold() in ("true", "yes", "ja", "x", "1")
        checked = box.find(f"{_W14}checked")
        if checked is None:
            checked = etree.SubElement(box, f"{_W14}checked")
        checked.set(f"{_W14}val", "1" if state else "0")
        text = _CHECKED if state else _UNCHECKED
    for hint in properties.findall(f"{W}showingPlcHdr"):
        drop(hint)
    content = control.find(f"{W}sdtContent")
    if content is None:
        return
    paragraphs = list(content.iter(f"{W}p"))
    if paragraphs:
        set_paragraph(paragraphs[0], text)
        for extra in paragraphs[1:]:
            drop(extra)
        return
    runs = list(content.iter(f"{W}r"))
    holder = runs[0] if runs else etree.SubElement(content, f"{W}r")
    for child in list(holder):
        if child.tag != f"{W}rPr":
            holder.remove(child)
    style = holder.find(f"{W}rPr/{W}rStyle")
    if style is not None and style.get(f"{W}val") == "PlaceholderText":
        drop(style)
    etree.SubElement(holder, f"{W}t").text = text
    for extra in runs[1:]:
        drop(extra)
