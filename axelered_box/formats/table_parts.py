"""A table printed in parts, on page after page, as the one table that it is."""

import msgspec

from axelered_box.domain.documents import Cell, Table
from axelered_box.formats import hyphens


def repeated_rows(table: Table, more: Table) -> int:
    """Return how many rows at the top of a later part are the headings of the table again."""
    count = 0
    while count < min(table.rows, more.rows) and _said(table, count) and _said(table, count) == _said(more, count):
        count += 1
    return min(count, max(table.header_rows, 1))


def whole(table: Table, more: Table) -> Table:
    """Return a table with the rows of a later part, whose cells keep no words, since these are of another page."""
    more = with_blank_columns(table, more)
    skipped = repeated_rows(table, more)
    cells = list(table.cells)
    first = skipped
    if table.rows and _goes_on(table, more, skipped):
        cells = [_with_rest(cell, table.rows - 1, more, skipped) for cell in cells]
        first += 1
    shift = table.rows - first
    for cell in more.cells:
        if cell.row >= first:
            cells.append(msgspec.structs.replace(cell, row=cell.row + shift, header=cell.header and cell.column == 0))
    return msgspec.structs.replace(table, rows=table.rows + more.rows - first, cells=cells)


def with_blank_columns(table: Table, more: Table) -> Table:
    """Return a later part with the columns that it lacks because nothing stands in them, told by its headings.

    These are the table's own but for empty ones, such as the one over names that are printed only once.
    """
    own = [text for _, text in _said(table, 0)]
    repeated = [text for _, text in _said(more, 0)]
    is_narrower = len(repeated) == more.columns < table.columns == len(own)
    if (
        not is_narrower
        or any(cell.column_span > 1 for cell in more.cells)
        or repeated != [text for text in own if text]
    ):
        return more
    places = [place for place, text in enumerate(own) if text]
    blank = [place for place, text in enumerate(own) if not text]
    cells = [msgspec.structs.replace(cell, column=places[cell.column]) for cell in more.cells]
    cells += [Cell(row=row, column=column, text="") for row in range(more.rows) for column in blank]
    return msgspec.structs.replace(
        more, columns=table.columns, cells=sorted(cells, key=lambda cell: (cell.row, cell.column))
    )


def plain(table: Table) -> str:
    """Return what a table says: cells parted by tabs, rows by line feeds."""
    rows: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row].append(cell.text.replace("\n", " "))
    return "\n".join("\t".join(row) for row in rows)


def _said(table: Table, row: int) -> list[tuple[int, str]]:
    """Return what the cells of a row say, by column."""
    said = sorted((cell.column, "".join(cell.text.split())) for cell in table.cells if cell.row == row)
    return said if any(text for _, text in said) else []


def _row(table: Table, row: int) -> dict[int, Cell]:
    return {cell.column: cell for cell in table.cells if cell.row == row}


def _goes_on(table: Table, more: Table, row: int) -> bool:
    """Tell whether a row of a later part is the rest of the table's last one: unnamed, and begun within a sentence."""
    last, rest = _row(table, table.rows - 1), _row(more, row)
    if (
        not rest
        or (0 in rest and rest[0].text)
        or any(cell.row_span > 1 or cell.column_span > 1 for cell in rest.values())
    ):
        return False
    filled = [column for column, cell in rest.items() if cell.text]
    return bool(filled) and all(
        column in last and last[column].text and rest[column].text[0].islower() for column in filled
    )


def _with_rest(cell: Cell, row: int, more: Table, rest: int) -> Cell:
    """Return a cell of the last row with the text of its rest."""
    found = _row(more, rest).get(cell.column) if cell.row == row else None
    return cell if found is None else msgspec.structs.replace(cell, text=hyphens.PLAIN.join(cell.text, found.text))
