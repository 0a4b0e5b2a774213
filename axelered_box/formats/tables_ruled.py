"""The cells of a table whose rules form a grid: a cell reaches as far as no rule ends it."""

import itertools

from axelered_box.domain.documents import Box
from axelered_box.formats.tables_heading import Slot
from axelered_box.formats.tables_pieces import Piece
from axelered_box.formats.tables_rules import Rule, Rules, covered, levels
from axelered_box.formats.tables_text import Line, Token

_CLOSED = 0.5
"""A side of a cell that rules cover to this part is closed."""
_EVERY_COLUMN = 0.8
_WHOLE, _MOST_WHOLE = 0.6, 0.5
_LINES_A_ROW = 3.5
_LEAST_ROW_EM = 0.7
_NEAR_PT = 3.0


def ruled_rows(lines: list[Line], across: list[Rule], bounds: list[float], area: Box, em: float) -> list[float] | None:
    """Return the edges of the rows that rules part; None if the rules don't part each row from the next."""
    edges = [
        at
        for at, group in levels(across, em / 4)
        if any(covered(group, left, right) >= _EVERY_COLUMN for left, right in itertools.pairwise(bounds))
    ]
    edges = [at for at in edges if lines[0].middle < at < lines[-1].middle]
    whole = [at for at, group in levels(across, em / 4) if covered(group, bounds[0], bounds[-1]) >= _WHOLE]
    if sum(any(abs(at - other) < 1 for other in whole) for at in edges) < _MOST_WHOLE * len(edges):
        return None
    full = [min(area[1], lines[0].y0), *edges, max(area[3], lines[-1].y1)]
    kept = [full[0]]
    for top, bottom in itertools.pairwise(full):
        if bottom - top < _LEAST_ROW_EM * em and not any(top < line.middle < bottom for line in lines):
            kept[-1] = bottom if len(kept) > 1 else kept[-1]
            continue
        kept.append(bottom)
    rows = len(kept) - 1
    if rows < 2 or len(lines) > _LINES_A_ROW * rows:
        return None
    return kept


def ruled_slots(  # all that closes a cell
    lines: list[Line],
    pieces: list[list[Piece]],
    edges: list[float],
    bounds: list[float],
    rules: Rules,
    walls: list[float],
) -> list[Slot]:
    """Return the cells between the edges of rows and the bounds of columns, those merged that nothing parts."""
    rows, columns = len(edges) - 1, len(bounds) - 1
    said = _dealt(lines, pieces, edges, columns)
    right_open = [
        [_opens_right(row, column, edges, bounds, rules.down, walls, said) for column in range(columns - 1)]
        for row in range(rows)
    ]
    down_open = [
        [_opens_down(row, column, edges, bounds, rules) for column in range(columns)] for row in range(rows - 1)
    ]
    slots = []
    taken: set[tuple[int, int]] = set()
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            last = column
            while last < columns - 1 and right_open[row][last] and (row, last + 1) not in taken:
                last += 1
            bottom = row
            while bottom < rows - 1 and all(down_open[bottom][at] for at in range(column, last + 1)):
                if any(not right_open[bottom + 1][at] for at in range(column, last)):
                    break
                bottom += 1
            places = [(r, c) for r in range(row, bottom + 1) for c in range(column, last + 1)]
            taken.update(places)
            tokens = [line for place in places for line in said.get(place, [])]
            tokens.sort(key=lambda line: round(line[0].y0 + line[0].y1))
            slots.append(Slot(row, column, bottom - row + 1, last - column + 1, tokens))
    return slots


def _dealt(
    lines: list[Line], pieces: list[list[Piece]], edges: list[float], columns: int
) -> dict[tuple[int, int], list[list[Token]]]:
    """Return the tokens by the place of the grid in which their line and piece stand."""
    said: dict[tuple[int, int], list[list[Token]]] = {}
    for line, own in zip(lines, pieces, strict=True):
        row = sum(edge < line.middle for edge in edges[1:-1])
        here: dict[int, list[Token]] = {}
        for piece in own:
            here.setdefault(min(piece.first, columns - 1), []).extend(piece.tokens)
        for column, tokens in here.items():
            said.setdefault((row, column), []).append(tokens)
    return said


def _opens_right(  # all that closes a side
    row: int,
    column: int,
    edges: list[float],
    bounds: list[float],
    down: list[Rule],
    walls: list[float],
    said: dict[tuple[int, int], list[list[Token]]],
) -> bool:
    """Tell whether nothing parts a place from the one right of it: no rule where there is one in other rows."""
    at = bounds[column + 1]
    if (row, column) in said and (row, column + 1) in said:
        return False
    if any(abs(at - wall) < 1 for wall in walls):
        near = [rule for rule in down if abs(rule.at - at) <= _NEAR_PT]
        return covered(near, edges[row], edges[row + 1]) < _CLOSED
    here = said.get((row, column), [])
    return any(max(token.x1 for token in tokens) > at + 2 for tokens in here) and (row, column + 1) not in said


def _opens_down(row: int, column: int, edges: list[float], bounds: list[float], rules: Rules) -> bool:
    """Tell whether no rule parts a place from the one below."""
    at = edges[row + 1]
    near = [rule for rule in rules.across if abs(rule.at - at) <= _NEAR_PT]
    return covered(near, bounds[column], bounds[column + 1]) < _CLOSED
