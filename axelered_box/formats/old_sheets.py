"""Workbooks of the older binary form (.xls), by xlrd."""

import io
from collections.abc import Iterator
from typing import BinaryIO

import xlrd
from xlrd.biffh import error_text_from_code

from axelered_box.domain.modules import Refusal
from axelered_box.formats import number_format, packages, sheets
from axelered_box.formats.sheets import Sheet, Shown
from axelered_box.formats.unprinted import Reading

MAX_BYTES = 64 << 20


def read(file: BinaryIO) -> Reading:
    """Return what a workbook shows; raises Refusal."""
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise packages.too_large()
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        found = [_sheet(book, sheet) for sheet in book.sheets()]
    except xlrd.XLRDError as error:
        raise packages.encrypted("workbook") if "encrypted" in str(error) else packages.damaged() from error
    except (MemoryError, Refusal):
        raise
    except Exception as error:  # a damaged file makes its parser raise whatever its bytes lead to
        raise packages.damaged() from error
    return sheets.reading(found)


def _sheet(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Sheet:
    """Return a sheet with what it shows."""
    if sheet.visibility:
        return Sheet(name=sheet.name, is_hidden=True)
    spans = {
        (top, left): (bottom - top, right - left)
        for top, bottom, left, right in sheet.merged_cells
        if bottom > top and right > left
    }
    covered = {
        (row, column)
        for (top, left), (down, right) in spans.items()
        for row in range(top, top + down)
        for column in range(left, left + right)
        if (row, column) != (top, left)
    }
    return Sheet(name=sheet.name, cells=list(_cells(book, sheet, spans, covered)))


def _cells(
    book: xlrd.Book,
    sheet: xlrd.sheet.Sheet,
    spans: dict[tuple[int, int], tuple[int, int]],
    covered: set[tuple[int, int]],
) -> Iterator[Shown]:
    """Yield the cells that show something."""
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            text = _shown(book, cell)
            if text and (row, column) not in covered:
                is_number = cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE)
                down, right = spans.get((row, column), (1, 1))
                yield Shown(row + 1, column + 1, text, is_number, down, right)


def _shown(book: xlrd.Book, cell: xlrd.sheet.Cell) -> str:
    """Return a cell's value as it is shown."""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(error_text_from_code.get(cell.value, "#N/A"))
    if cell.ctype not in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return str(cell.value).strip()
    code = None
    if cell.xf_index is not None:
        form = book.format_map.get(book.xf_list[cell.xf_index].format_key)
        code = form.format_str if form else None
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            moment = xlrd.xldate_as_datetime(cell.value, book.datemode)
        except (xlrd.xldate.XLDateError, ValueError, OverflowError):
            return number_format.general(cell.value)
        return number_format.shown_date(moment.time() if cell.value < 1 else moment, code)
    return number_format.shown_number(cell.value, code)
