"""The fields of a Word file filled: content controls and placeholders."""

import re
from typing import TYPE_CHECKING

from lxml import etree

from axelered_box.domain import edits
from axelered_box.domain.edits import Done
from axelered_box.formats.word_changes import drop
from axelered_box.formats.word_runs import DELETED, Line, W, set_paragraph, write

if TYPE_CHECKING:
    from axelered_box.formats.word_editing import WordFile

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_BOUND = (f"{W}showingPlcHdr", f"{W}dataBinding", f"{_W15}dataBinding")
"""What would put another text in place of the one that was filled in."""
_CHECKED, _UNCHECKED = "\u2612", "\u2610"


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


def _fill_in(file: "WordFile", part: str, name: str, value: str | bool) -> int:
    """Fill what has a name in one part; return how many there were."""
    root, bare = file.tree(part), name.strip().removeprefix("{{").removesuffix("}}").strip()
    text = ("X" if value else "") if isinstance(value, bool) else value
    count = 0
    for control in list(root.iter(f"{W}sdt")):
        properties = control.find(f"{W}sdtPr")
        if properties is not None and bare.casefold() in _names(properties):
            count += _fill_control(control, properties, value, text)
    pattern = re.compile(r"\{\{\s*" + re.escape(bare) + r"\s*\}\}", re.IGNORECASE)
    for paragraph in root.iter(f"{W}p"):
        line = Line(paragraph, DELETED)
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


def _fill_control(control: etree._Element, properties: etree._Element, value: str | bool, text: str) -> bool:
    """Give a content control a value: checked or not, or a text in the look of what stood there; tell if it could."""
    box = properties.find(f"{_W14}checkbox")
    if box is not None:
        state = value if isinstance(value, bool) else value.strip().casefold() in ("true", "yes", "ja", "x", "1")
        checked = box.find(f"{_W14}checked")
        if checked is None:
            checked = etree.SubElement(box, f"{_W14}checked")
        checked.set(f"{_W14}val", "1" if state else "0")
        text = _CHECKED if state else _UNCHECKED
    for name in _BOUND:
        for hint in properties.findall(name):
            drop(hint)
    content = control.find(f"{W}sdtContent")
    if content is None or content.find(f"{W}tr") is not None or content.find(f"{W}tbl") is not None:
        return False
    for style in [one for one in content.iter(f"{W}rStyle") if one.get(f"{W}val") == "PlaceholderText"]:
        drop(style)
    paragraphs = [*content.findall(f"{W}p"), *content.findall(f"{W}tc/{W}p")]
    if paragraphs:
        set_paragraph(paragraphs[0], text)
        for extra in paragraphs[1:]:
            drop(extra)
        return True
    _fill_run(content, text)
    return True


def _fill_run(content: etree._Element, text: str) -> None:
    """Give a content control inside a line a text in the look of its first run."""
    look = content.find(f".//{W}r/{W}rPr")
    for child in list(content):
        drop(child)
    run = etree.SubElement(content, f"{W}r")
    if look is not None:
        run.append(look)
    write(run, text)
