"""The tables of a tagged PDF: their cells as the tags name them, each in the column that its place in the row says."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from axelered_box.domain.documents import Box
from axelered_box.formats import hyphens
from axelered_box.formats.evidence import Grid, GridCell, Line

_Node = dict[str, Any]
_STRUCTURE = 2
_SECTIONS = ("THead", "TBody", "TFoot")
_MOST_COLUMNS = 200


def grid_of(table: _Node, lines_of: Callable[[list[_Node]], list[Line]]) -> Grid | None:
    """Return the grid of a table's tags; None where cells span or the rows don't agree, which tags alone don't tell."""
    rows = list(_rows(table))
    placed = [[(node["index"], node) for node in row] for row in rows]
    columns = max((index + 1 for row in placed for index, _ in row), default=0)
    if not 0 < columns <= _MOST_COLUMNS or not _agree(placed, columns):
        return None
    cells = []
    for number, row in enumerate(placed):
        named = dict(row)
        head = bool(named) and all(node.get("std") == "TH" for node in named.values())
        for column in range(columns):
            node = named.get(column)
            lines = [] if node is None else lines_of(node.get("blocks") or [])
            cells.append(_cell(number, column, lines, header=head or (node is not None and node.get("std") == "TH")))
    return Grid(rows=len(rows), columns=columns, header_rows=_header_rows(cells, len(rows)), cells=cells)


def _rows(node: _Node) -> list[list[_Node]]:
    """Return the cells of each row, in the sections of a table or directly in it."""
    rows: list[list[_Node]] = []
    for child in node.get("blocks") or []:
        if child["type"] != _STRUCTURE:
            continue
        if child.get("std") in _SECTIONS:
            rows.extend(_rows(child))
        elif child.get("std") == "TR":
            cells = [cell for cell in child.get("blocks") or [] if cell.get("std") in ("TH", "TD")]
            if cells:
                rows.append(cells)
    return rows


def _agree(placed: list[list[tuple[int, _Node]]], columns: int) -> bool:
    """Tell whether the cells of each column stand below one another, apart from the other columns'."""
    edges: dict[int, list[float]] = {}
    for row in placed:
        for index, node in row:
            x0, _, x1, _ = node["bbox"]
            left, right = edges.setdefault(index, [x0, x1])
            edges[index] = [min(left, x0), max(right, x1)]
    known = [edges[index] for index in range(columns) if index in edges]
    return all(one[1] <= other[0] + 1 for one, other in pairwise(known))


def _cell(row: int, column: int, lines: list[Line], *, header: bool) -> GridCell:
    text = ""
    for line in lines:
        text = hyphens.PLAIN.join(text, " ".join(line.text.split()))
    return GridCell(
        row=row,
        column=column,
        row_span=1,
        column_span=1,
        header=header,
        text=text,
        bbox=_around(lines) if lines else None,
    )


def _around(lines: list[Line]) -> Box:
    boxes = [line.bbox for line in lines]
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _header_rows(cells: list[GridCell], rows: int) -> int:
    """Return how many rows at the top are headings throughout."""
    plain = {cell.row for cell in cells if cell.text and not cell.header}
    return next((row for row in range(rows) if row in plain), rows)
