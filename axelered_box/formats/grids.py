"""Tables made from rows of entries, as markup and spreadsheets tell them: each cell where it lies on the grid."""

from collections.abc import Sequence

import msgspec

from axelered_box.domain.documents import Block, Cell, Kind, Table

MAX_CELLS = 500_000
"""A document has no more cells; what is beyond them is left out with a warning."""
MAX_SPAN = 1000


class Entry(msgspec.Struct, frozen=True):
    """A cell as its row names it; the places that it covers are not named again."""

    text: str
    row_span: int = 1
    column_span: int = 1
    header: bool = False


def plain(rows: Sequence[Sequence[str]], *, header_rows: int = 1) -> Block | None:
    """Return the table of rows of texts, None when it says nothing."""
    return of_rows([[Entry(text, header=place < header_rows) for text in row] for place, row in enumerate(rows)])


def of_rows(rows: Sequence[Sequence[Entry]]) -> Block | None:
    """Return the table of rows of cells, None when it says nothing."""
    cells = _placed(rows)
    columns = max((cell.column + cell.column_span for cell in cells), default=0)
    return _block(cells, len(rows), columns)


def of_cells(cells: Sequence[Cell], rows: int, columns: int) -> Block | None:
    """Return the table of cells that know their places, None when it says nothing; empty places become cells."""
    taken = {
        (cell.row + down, cell.column + right)
        for cell in cells
        for down in range(cell.row_span)
        for right in range(cell.column_span)
    }
    heads = {cell.row for cell in cells if cell.header}
    empty = [
        Cell(row=row, column=column, header=row in heads, text="")
        for row in range(rows)
        for column in range(columns)
        if (row, column) not in taken
    ]
    return _block(sorted([*cells, *empty], key=lambda cell: (cell.row, cell.column)), rows, columns)


def _block(cells: list[Cell], rows: int, columns: int) -> Block | None:
    """Return the block of cells in order, None when they say nothing."""
    if not any(cell.text for cell in cells):
        return None
    lines: list[list[str]] = [[] for _ in range(rows)]
    for cell in cells:
        lines[cell.row].append(cell.text.replace("\n", " "))
    table = Table(rows=rows, columns=columns, header_rows=_header_rows(cells, rows), cells=cells)
    return Block(id="", kind=Kind.TABLE, page=1, text="\n".join(map("\t".join, lines)), table=table)


def _placed(rows: Sequence[Sequence[Entry]]) -> list[Cell]:
    """Return the cells with their places: each in the first column that no cell above or before it covers."""
    cells: list[Cell] = []
    covered: set[tuple[int, int]] = set()
    for place, row in enumerate(rows):
        column = 0
        for entry in row:
            while (place, column) in covered:
                column += 1
            down = min(entry.row_span, len(rows) - place, MAX_SPAN)
            right = min(entry.column_span, MAX_SPAN)
            if down > 1:
                covered.update((place + y, column + x) for y in range(1, down) for x in range(right))
            cells.append(
                Cell(row=place, column=column, row_span=down, column_span=right, header=entry.header, text=entry.text)
            )
            column += right
    return cells


def _header_rows(cells: list[Cell], rows: int) -> int:
    """Return how many rows at the top hold nothing but headings."""
    first = next((cell.row for cell in cells if not cell.header), rows)
    return min(first, rows)
