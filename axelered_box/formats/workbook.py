"""Excel workbooks by openpyxl, row by row: values as they are shown, merged cells, comments, charts."""

import datetime as dt
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

import openpyxl
from openpyxl.workbook import Workbook

from axelered_box.domain.documents import Block, Warning
from axelered_box.formats import grids, number_format, packages, sheet_parts, sheets
from axelered_box.formats.sheet_parts import Extras
from axelered_box.formats.sheets import Sheet, Shown
from axelered_box.formats.unprinted import Reading

MAX_ROWS_SEEN = 1_100_000
_DAMAGE = (*packages.DAMAGE, TypeError, AttributeError, IndexError, SyntaxError, OverflowError)
"""What workbooks that are not as they should be make openpyxl raise."""


def read(file: BinaryIO) -> Reading:
    """Return what a workbook shows; raises Refusal."""
    with packages.open_package(file) as package:
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            formulas = _Formulas(file)
            found = [_sheet(book, name, package, formulas) for name in book.sheetnames]
            title = book.properties.title
        except _DAMAGE as error:
            raise packages.damaged() from error
    warnings = []
    if formulas.used:
        message = "The program that wrote the file left out the results of formulas; the formulas are shown instead."
        warnings.append(Warning(code="formula_without_value", message=message))
    return sheets.reading(found, title=title, warnings=warnings)


class _Formulas:
    """The formulas of a workbook, opened when a sheet has one without its value."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._book: Workbook | None = None
        self.used = False

    def of_sheet(self, name: str) -> dict[tuple[int, int], str]:
        """Return the formulas of a sheet by row and column."""
        self._book = self._book or openpyxl.load_workbook(self._file, read_only=True, keep_links=False)
        return {
            (cell.row, cell.column): cell.value
            for row in self._book[name].iter_rows()
            for cell in row
            if isinstance(cell.value, str) and cell.value.startswith("=")
        }


def _sheet(book: Workbook, name: str, package: zipfile.ZipFile, formulas: _Formulas) -> Sheet:
    """Return a sheet with what it shows."""
    sheet = book[name]
    is_hidden = sheet.sheet_state != "visible"
    path = getattr(sheet, "_worksheet_path", None)  # charts on sheets of their own have no cells
    if is_hidden or path is None:
        return Sheet(name=name, is_hidden=is_hidden, others=[] if is_hidden else _chart_sheet(package, book, name))
    extras = sheet_parts.extras(package, path)
    missing = formulas.of_sheet(name) if extras.has_bare_formulas else {}
    cells = list(_cells(sheet, extras, missing))
    formulas.used = formulas.used or any(cell.text.startswith("=") for cell in cells)
    return Sheet(name=name, cells=cells, others=extras.others)


def _chart_sheet(package: zipfile.ZipFile, book: Workbook, name: str) -> list[Block]:
    """Return what is on a sheet that is a chart."""
    place = [sheet for sheet in book.sheetnames if getattr(book[sheet], "_worksheet_path", None) is None].index(name)
    parts = sorted(part for part in package.namelist() if part.startswith("xl/chartsheets/sheet"))
    return sheet_parts.extras(package, parts[place]).others if place < len(parts) else []


def _cells(sheet: object, extras: Extras, missing: dict[tuple[int, int], str]) -> Iterator[Shown]:
    """Yield the cells that show something, up to one more than are read."""
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # a sheet may say that it is larger than it is
    count = 0
    for row in sheet.iter_rows(max_row=MAX_ROWS_SEEN):  # type: ignore[attr-defined]  # openpyxl has no types
        for cell in row:
            value = cell.value
            if value is None and missing:
                value = missing.get((getattr(cell, "row", 0), getattr(cell, "column", 0)))
            if value is None or (cell.row, cell.column) in extras.covered:
                continue
            text = _shown(value, cell)
            if not text:
                continue
            down, right = extras.spans.get((cell.row, cell.column), (1, 1))
            is_number = not isinstance(value, str | bool)
            yield Shown(cell.row, cell.column, text, is_number, down, right)
            count += 1
            if count > grids.MAX_CELLS:
                return


def _shown(value: object, cell: object) -> str:
    """Return a value as its cell shows it."""
    code = getattr(cell, "number_format", None)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_format.shown_number(value, code)
    if isinstance(value, dt.timedelta):
        return number_format.shown_duration(value)
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return number_format.shown_date(value, code)
    return str(value).strip()
