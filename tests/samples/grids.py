"""What tests say of a table."""

from axelered_box.formats.evidence import Grid


def rows_of(grid: Grid) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row].append(cell.text)
    return rows


def spans_of(grid: Grid) -> dict[str, tuple[int, int]]:
    return {c.text: (c.row_span, c.column_span) for c in grid.cells if (c.row_span, c.column_span) != (1, 1)}
