"""The grid of a table's area: its cells, with their spans, text and boxes, from its lines and rules."""

import msgspec

from axelered_box.domain.documents import Box
from axelered_box.formats.evidence import Grid, GridCell
from axelered_box.formats.tables_columns import Columns, columns_of
from axelered_box.formats.tables_heading import Slot, heading_of
from axelered_box.formats.tables_pieces import Piece, joined, pieces_of
from axelered_box.formats.tables_rows import (
    Row,
    bands,
    grouped,
    heading_lines,
    is_row_ruled,
    lines_before_data,
    rows_of,
    separators,
)
from axelered_box.formats.tables_ruled import ruled_rows, ruled_slots
from axelered_box.formats.tables_rules import Rule, Rules
from axelered_box.formats.tables_spans import Body, body_of
from axelered_box.formats.tables_text import Line

_NARROW = 0.9
_LINED = 3
"""With so many horizontal lines in it, a table's coloured areas say nothing about its rows."""


class Built(msgspec.Struct, frozen=True):
    """A grid, and how it came about."""

    grid: Grid
    rules: int
    """How many horizontal rules run across most of it."""


class _Sheet(msgspec.Struct, frozen=True):
    """What a grid is made from."""

    lines: list[Line]
    pieces: list[list[Piece]]
    band: list[int]
    """The band between rules in which each line stands."""
    cuts: list[float]
    """Where those rules are."""
    columns: Columns
    walls: list[float]
    """Which of the columns' bounds are drawn as lines, not only edges of coloured areas."""
    rules: Rules
    area: Box
    em: float


def build(lines: list[Line], rules: Rules, area: Box, em: float) -> Built | None:
    """Return the grid of lines that fill an area; None if they make no two rows and columns."""
    drawn = rules.down
    rules = _with_edges(rules, area, em)
    cuts = separators(rules, area, em)
    band = bands(lines, cuts)
    first_band = sum(number == band[0] for number in band) if len(set(band)) > 1 else lines_before_data(lines)
    columns = columns_of(lines, first_band, area, rules.down, em)
    if columns.count < 2:
        return None
    pieces = [pieces_of(line, columns, em, heading=place < first_band) for place, line in enumerate(lines)]
    walls = [at for at in columns.walls if any(abs(rule.at - at) <= em / 3 for rule in drawn)]
    sheet = _Sheet(lines, pieces, band, cuts, columns, walls, rules, area, em)
    grid = _ruled(sheet) or _spaced(sheet)
    return None if grid is None else Built(grid, len(cuts))


def _ruled(sheet: _Sheet) -> Grid | None:
    """Return the grid of a table whose rows and columns rules part; None where they don't."""
    columns = sheet.columns
    if not columns.walls or len(columns.walls) * 2 < columns.count - 1:
        return None
    edges = ruled_rows(sheet.lines, sheet.rules.across, columns.bounds, sheet.area, sheet.em)
    if edges is None:
        return None
    band = bands(sheet.lines, edges[1:-1])
    if not is_row_ruled(grouped(sheet.lines, sheet.pieces, band, columns.count, sheet.em), sheet.pieces, band):
        return None
    slots = ruled_slots(sheet.lines, sheet.pieces, edges, columns.bounds, sheet.rules, sheet.walls)
    return _grid(slots, edges, columns.bounds, _heading_rows(slots))


def _spaced(sheet: _Sheet) -> Grid | None:
    """Return the grid of a table some of whose rows or columns only space parts; None if it has no two rows."""
    lines, pieces, band, count = sheet.lines, sheet.pieces, sheet.band, sheet.columns.count
    head = heading_lines(lines, pieces, band)
    body = body_of(lines[head:], pieces[head:], band[head:], sheet.em)
    rows = rows_of(body.lines, body.pieces, body.band, body.single, count, sheet.em)
    heading = heading_of(lines[:head], pieces[:head], sheet.columns, sheet.rules.across, band[:head], sheet.em)
    heads = len(heading.tops)
    tops = [*heading.tops, *(row.y0 for row in rows)]
    if len(tops) < 2:
        return None
    first, last = min(sheet.area[1], tops[0]), max(sheet.area[3], lines[-1].y1)
    edges = [first, *(_between(lines, top, sheet.cuts) for top in tops[1:]), last]
    return _grid([*heading.slots, *_body(rows, body, count, heads)], edges, sheet.columns.bounds, heads)


def _with_edges(rules: Rules, area: Box, em: float) -> Rules:
    """Return rules, the edges of coloured areas among them in a direction in which no lines are drawn."""
    x0, y0, x1, y1 = area
    across, down = list(rules.across), list(rules.down)
    fills = _outermost(rules.fills, area)
    if not any(x0 + em < rule.at < x1 - em and rule.length >= (y1 - y0) / 2 for rule in rules.down):
        for left, top, right, bottom in fills:
            if right - left < _NARROW * (x1 - x0):
                down += [Rule(left, top, bottom), Rule(right, top, bottom)]
    if sum(y0 + em < rule.at < y1 - em for rule in rules.across) < _LINED:
        across += [Rule(at, left, right) for left, top, right, bottom in fills for at in (top, bottom)]
    return Rules(across, down, rules.fills)


def _outermost(fills: list[Box], area: Box) -> list[Box]:
    """Return coloured areas without those that lie in another, unless that is the ground of the whole table."""
    grounds = [
        fill
        for fill in fills
        if fill[2] - fill[0] < _NARROW * (area[2] - area[0]) or fill[3] - fill[1] < _NARROW * (area[3] - area[1])
    ]
    return [
        fill
        for fill in fills
        if not any(
            other[0] <= fill[0] + 1
            and other[1] <= fill[1] + 1
            and other[2] >= fill[2] - 1
            and other[3] >= fill[3] - 1
            and other != fill
            for other in grounds
        )
    ]


def _between(lines: list[Line], top: float, cuts: list[float]) -> float:
    """Return where a row that begins at `top` parts from the one above: at a rule, or midway."""
    above = max((line.y1 for line in lines if line.middle < top), default=top)
    low, high = min(above, top), max(above, top)
    cut = next((cut for cut in cuts if low - 2 <= cut <= high + 2), None)
    return cut if cut is not None else (low + high) / 2


def _body(rows: list[Row], body: Body, columns: int, heads: int) -> list[Slot]:
    """Return the cells of the body's rows; what crosses columns belongs to the first of them."""
    slots = []
    reached: set[tuple[int, int]] = set()
    for held in body.held:
        own = [number for number, row in enumerate(rows) if body.band[row.first] == held.band]
        reached |= {(number, held.column) for number in own}
        slots.append(Slot(heads + own[0], held.column, len(own), 1, held.lines))
    for number, row in enumerate(rows):
        for column in range(columns):
            if (number, column) in reached:
                continue
            said = [
                [token for piece in body.pieces[place] if piece.first == column for token in piece.tokens]
                for place in range(row.first, row.last)
            ]
            slots.append(Slot(heads + number, column, 1, 1, [tokens for tokens in said if tokens]))
    return slots


def _heading_rows(slots: list[Slot]) -> int:
    """Return how many rows at the top are headings: the first, and those that its spans reach into."""
    first = [slot for slot in slots if slot.row == 0]
    deepest = max((slot.row_span for slot in first), default=1)
    spanned = any(slot.column_span > 1 for slot in first)
    return max(deepest, 2) if spanned and deepest == 1 and len(first) > 1 else deepest


def _grid(slots: list[Slot], edges: list[float], bounds: list[float], heads: int) -> Grid:
    """Return the grid of cells between edges of rows and bounds of columns."""
    cells = []
    for slot in sorted(slots, key=lambda slot: (slot.row, slot.column)):
        box = (
            bounds[slot.column],
            edges[slot.row],
            bounds[slot.column + slot.column_span],
            edges[slot.row + slot.row_span],
        )
        for tokens in slot.lines:
            box = (
                min(box[0], tokens[0].x0),
                box[1],
                max(box[2], *(token.x1 for token in tokens)),
                box[3],
            )
        cells.append(
            GridCell(
                row=slot.row,
                column=slot.column,
                row_span=slot.row_span,
                column_span=slot.column_span,
                header=slot.row < heads,
                text=joined(slot.lines),
                bbox=(round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)),
            )
        )
    return Grid(rows=len(edges) - 1, columns=len(bounds) - 1, header_rows=heads, cells=cells)
