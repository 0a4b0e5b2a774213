"""A Word file as mammoth is to see it: without pictures, equations as text, heading rows marked as such."""

import io
import zipfile

from lxml import etree

from axelered_box.domain.modules import Refusal
from axelered_box.formats import packages, word_formulas

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXTS = frozenset({"word/document.xml", "word/footnotes.xml", "word/endnotes.xml"})
_MARKUP = (".xml", ".rels")
_FIRST_ROW = 0x20


def prepared(package: zipfile.ZipFile) -> io.BytesIO:
    """Return the parts of a file that say something; raises Refusal."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in dict.fromkeys(package.namelist()):
            if not name.lower().endswith(_MARKUP):
                continue
            data = packages.part(package, name) or b""
            if packages.defines_entities(data):
                raise packages.damaged()
            target.writestr(
                name, _prepared(data) if name in _TEXTS and (b":tbl" in data or b":oMath" in data) else data
            )
    out.seek(0)
    return out


def _prepared(data: bytes) -> bytes:
    """Return a part with its equations as text, and with heading rows that say that they are such."""
    try:
        root = packages.tree(data)
    except Refusal:  # mammoth forgives more
        return data
    word_formulas.spell_out(root)
    _mark_header_rows(root)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))


def _mark_header_rows(root: etree._Element) -> None:
    """Have the first row of each table that is styled as a heading say that it is one."""
    for table in root.iter(f"{_W}tbl"):
        row = table.find(f"{_W}tr")
        if row is None or not _has_heading_row(table) or len(table.findall(f"{_W}tr")) < 2:
            continue
        properties = row.find(f"{_W}trPr")
        if properties is None:
            properties = etree.Element(f"{_W}trPr")
            row.insert(1 if row.find(f"{_W}tblPrEx") is not None else 0, properties)
        if properties.find(f"{_W}tblHeader") is None:
            etree.SubElement(properties, f"{_W}tblHeader")


def _has_heading_row(table: etree._Element) -> bool:
    """Tell whether a table's look gives its first row the style of headings."""
    look = table.find(f"{_W}tblPr/{_W}tblLook")
    if look is None:
        return False
    said = look.get(f"{_W}firstRow")
    if said is not None:
        return said in ("1", "true", "on")
    try:
        return bool(int(look.get(f"{_W}val", "0"), 16) & _FIRST_ROW)
    except ValueError:
        return False
