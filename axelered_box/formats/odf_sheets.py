"""OpenDocument spreadsheets: the cells as their file says they are shown."""

from collections.abc import Iterator

from lxml import etree

from axelered_box.domain.documents import Block
from axelered_box.formats import grids, sheets
from axelered_box.formats.odf_styles import Styles, attribute
from axelered_box.formats.sheets import Sheet, Shown
from axelered_box.formats.unprinted import Reading, paragraph

_NUMBERS = frozenset({"float", "percentage", "currency", "date", "time"})
_MAX_REPEATED = 1000
"""A value that is repeated oftener fills a sheet and says nothing more."""


def read(body: etree._Element, styles: Styles, title: str | None) -> Reading:
    """Return what a spreadsheet shows."""
    found = [_sheet(table, styles) for table in body.iterfind("{*}table")]
    return sheets.reading(found, title=title)


def _sheet(table: etree._Element, styles: Styles) -> Sheet:
    """Return a sheet with what it shows."""
    name = attribute(table, "name")
    if not styles.is_shown("table", attribute(table, "style-name")):
        return Sheet(name=name, is_hidden=True)
    cells: list[Shown] = []
    others: list[Block] = []
    row = 1
    for line in table.iter("{*}table-row"):
        times = _count(line, "number-rows-repeated")
        found = list(_row(line, row, others))
        for again in range(min(times, _MAX_REPEATED) if found else 0):
            cells.extend(_moved(cell, again) for cell in found)
        row += times
        if len(cells) > grids.MAX_CELLS:
            break
    return Sheet(name=name, cells=cells, others=others)


def _row(line: etree._Element, row: int, others: list[Block]) -> Iterator[Shown]:
    """Yield the cells of a row that show something; comments are added to `others`."""
    column = 1
    for cell in line:
        kind = etree.QName(cell).localname
        if kind not in ("table-cell", "covered-table-cell"):
            continue
        times = _count(cell, "number-columns-repeated")
        text = _said(cell) if kind == "table-cell" else ""
        is_number = attribute(cell, "value-type") in _NUMBERS
        down, right = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        for again in range(min(times, _MAX_REPEATED) if text else 0):
            yield Shown(row, column + again, text, is_number, min(down, grids.MAX_SPAN), min(right, grids.MAX_SPAN))
        for comment in cell.iterfind("{*}annotation"):
            said = " ".join(" ".join("".join(part.itertext()) for part in comment.iterfind("{*}p")).split())
            by = comment.findtext("{*}creator") or ""
            others.append(paragraph(f"[Comment{' by ' + by if by else ''} on '{text}': {said}]"))
        column += times


def _said(cell: etree._Element) -> str:
    """Return the text of a cell, its paragraphs as lines."""
    return "\n".join("".join(part.itertext()).strip() for part in cell.iterfind("{*}p")).strip()


def _moved(cell: Shown, rows: int) -> Shown:
    """Return a cell so many rows further down."""
    return Shown(cell.row + rows, cell.column, cell.text, cell.is_number, cell.row_span, cell.column_span)


def _count(element: etree._Element, name: str) -> int:
    said = attribute(element, name)
    return max(int(said), 1) if said.isdecimal() and len(said) < 9 else 1
