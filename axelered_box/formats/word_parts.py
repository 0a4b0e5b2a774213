"""A Word file as mammoth is to see it: without its pictures, and with the heading rows of tables marked as such."""

import io
import zipfile

from lxml import etree

from axelered_box.domain.modules import Refusal
from axelered_box.formats import packages

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
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
            target.writestr(name, _with_header_rows(data) if name == _BODY and b":tbl" in data else data)
    out.seek(0)
    return out


def _with_header_rows(data: bytes) -> bytes:
    """Return a document in which the first row of each table that is styled as a heading says that it is one."""
    try:
        root = packages.tree(data)
    except Refusal:  # mammoth forgives more
        return data
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
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))


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
