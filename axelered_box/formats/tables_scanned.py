"""The tables of a page whose text was recognised, as PyMuPDF's table models see them: there are no rules to go by."""

from typing import Any

import pymupdf

from axelered_box.domain.documents import Box
from axelered_box.formats.evidence import Grid, GridCell, Region, Role


def find_tables(page: pymupdf.Page, layout: list[dict[str, Any]]) -> list[Region]:
    """Return the tables of a page of which PyMuPDF's own analysis has just been made."""
    if not any(region["class_name"] == Role.TABLE for region in layout):
        return []
    found = [_table_region(table) for table in page.find_tables(use_layout=True, union=True, refine=True).tables]
    page.layout_information = layout
    return found


def _table_region(table: Any) -> Region:
    """Return the region of a table with its cells, spans resolved."""
    cells: list[GridCell] = []
    covered: set[tuple[int, int]] = set()
    columns = 0
    for row, entries in enumerate(table.placements):
        column = 0
        for entry in _collapsed(entries) if row in (table.section_rows or ()) else entries:
            while (row, column) in covered:
                column += 1
            covered.update(
                (row + down, column + right) for down in range(entry.rowspan) for right in range(entry.colspan)
            )
            cells.append(
                GridCell(
                    row=row,
                    column=column,
                    row_span=entry.rowspan,
                    column_span=entry.colspan,
                    header=entry.tag == "th",
                    text="\n".join(" ".join(part.split()) for part in entry.text.splitlines() if part.strip()),
                    bbox=None if entry.bbox is None else _box(entry.bbox),
                )
            )
            column += entry.colspan
            columns = max(columns, column)
    grid = Grid(rows=len(table.placements), columns=columns, header_rows=table.header_rows or 0, cells=cells)
    return Region(role=Role.TABLE, bbox=_box(table.bbox), grid=grid)


def _collapsed(entries: list[Any]) -> list[Any]:
    """Return a row that only labels a section as one heading over all its columns."""
    filled = [entry for entry in entries if entry.text.strip()]
    if len(filled) != 1 or len(entries) < 2 or any(entry.rowspan > 1 for entry in entries):
        return entries
    boxes = [entry.bbox for entry in entries if entry.bbox is not None]
    whole = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    columns = sum(entry.colspan for entry in entries)
    return [type(filled[0])(whole if boxes else None, filled[0].text, columns, 1, "th")]


def _box(rect: Any) -> Box:
    return (round(rect[0], 1), round(rect[1], 1), round(rect[2], 1), round(rect[3], 1))
