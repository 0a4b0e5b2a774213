"""Spreadsheets as blocks: a heading for each sheet, and each island of cells as a table of its own."""

from collections.abc import Iterable, Sequence

import msgspec

from axelered_box.domain.documents import Block, Cell, Warning
from axelered_box.formats import grids
from axelered_box.formats.delimited import rows_left_out
from axelered_box.formats.unprinted import Reading, heading, paragraph

SHEET_LEVEL = 2


class Shown(msgspec.Struct, frozen=True, gc=False):
    """A cell as a sheet shows it, and where."""

    row: int
    column: int
    text: str
    is_number: bool = False
    row_span: int = 1
    column_span: int = 1

    @property
    def end_row(self) -> int:
        """Return the row after its last."""
        return self.row + self.row_span

    @property
    def end_column(self) -> int:
        """Return the column after its last."""
        return self.column + self.column_span


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet: its name, its cells in order of row and column, what else is on it."""

    name: str
    is_hidden: bool = False
    cells: list[Shown] = []
    others: list[Block] = []
    """What lies over the cells: charts, comments."""


def reading(sheets: Iterable[Sheet], *, title: str | None = None, warnings: Sequence[Warning] = ()) -> Reading:
    """Return what a workbook shows; hidden sheets are left out with a warning."""
    blocks: list[Block] = []
    told = list(warnings)
    room = grids.MAX_CELLS
    for sheet in sheets:
        if sheet.is_hidden:
            message = f"The sheet '{sheet.name}' is hidden and was left out. Show it to have it read."
            told.append(Warning(code="hidden_part", message=message))
            continue
        if len(sheet.cells) > room:
            told.append(rows_left_out(grids.MAX_CELLS))
        cells = sheet.cells[:room]
        room -= len(cells)
        inner = [block for island in _islands(cells) for block in _blocks(island)]
        if inner or sheet.others:
            blocks.extend([heading(sheet.name, SHEET_LEVEL), *inner, *sheet.others])
    return Reading(blocks=blocks, title=title, warnings=told)


def _islands(cells: list[Shown]) -> list[list[Shown]]:
    """Return cells in groups that empty columns or rows part, from the left and the top."""
    columns = _parted(cells, rows=False)
    if len(columns) > 1 and all(_width(part) > 1 for part in columns):
        return [island for part in columns for island in _islands(part)]
    bands = _joined(_parted(cells, rows=True))
    if len(bands) > 1:
        return [island for band in bands for island in _islands(band)]
    return [cells] if cells else []


def _parted(cells: list[Shown], *, rows: bool) -> list[list[Shown]]:
    """Return cells in groups with at least one empty row, or column, between them."""
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column) if rows else (cell.column, cell.row))
    groups: list[list[Shown]] = []
    end = -1
    for cell in ordered:
        start, after = (cell.row, cell.end_row) if rows else (cell.column, cell.end_column)
        if not groups or start > end:
            groups.append([])
        groups[-1].append(cell)
        end = max(end, after)
    return groups if rows else [sorted(group, key=lambda cell: (cell.row, cell.column)) for group in groups]


def _joined(bands: list[list[Shown]]) -> list[list[Shown]]:
    """Return bands with those joined that go on with the table above after one empty row, having no heading row."""
    joined: list[list[Shown]] = []
    for band in bands:
        above = joined[-1] if joined else None
        if above is not None and _goes_on(above, band):
            above.extend(band)
        else:
            joined.append(band)
    return joined


def _goes_on(above: list[Shown], band: list[Shown]) -> bool:
    """Tell whether a band has the columns of the one above it, and begins with values."""
    gap = band[0].row - max(cell.end_row for cell in above)
    return gap == 1 and _width(band) > 1 and _extent(above) == _extent(band) and not _heads(band)


def _extent(cells: list[Shown]) -> tuple[int, int]:
    return min(cell.column for cell in cells), max(cell.end_column for cell in cells)


def _width(cells: list[Shown]) -> int:
    first, after = _extent(cells)
    return after - first


def _heads(cells: list[Shown]) -> bool:
    """Tell whether the first row has no numbers."""
    return not any(cell.is_number for cell in cells if cell.row == cells[0].row)


def _blocks(cells: list[Shown]) -> list[Block]:
    """Return an island as a table, or as text when it is a cell that stands alone."""
    if len(cells) == 1:
        return [paragraph(cells[0].text)]
    rows = sorted({row for cell in cells for row in range(cell.row, cell.end_row)})
    used = sorted({column for cell in cells for column in range(cell.column, cell.end_column)})
    row_places = {row: place for place, row in enumerate(rows)}
    column_places = {column: place for place, column in enumerate(used)}
    heads = _heads(cells) and len(rows) > 1
    placed = [
        Cell(
            row=row_places[cell.row],
            column=column_places[cell.column],
            row_span=cell.row_span,
            column_span=cell.column_span,
            header=heads and cell.row == rows[0],
            text=cell.text,
        )
        for cell in cells
    ]
    block = grids.of_cells(placed, len(rows), len(used))
    return [] if block is None else [block]
