"""The heading of a table whose columns white space parts: its rows, and the cells that span columns or rows."""

import itertools

import msgspec

from axelered_box.formats.tables_columns import Columns
from axelered_box.formats.tables_pieces import Piece, is_value
from axelered_box.formats.tables_rules import Rule, levels
from axelered_box.formats.tables_text import Line, Token

_OFF_CENTRE = 0.25
"""How much nearer its middle a wider span has to bring a heading, in parts of a column's width."""
_UNDER_RULE = 0.6
_WHOLE = 0.95


class Slot(msgspec.Struct, frozen=True):
    """A cell before it has a place on the page: its tokens by line."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: list[list[Token]]


class _Cut(msgspec.Struct, frozen=True):
    """Where a rule, or a spanning heading, parts what it spans from what stands below."""

    after: int
    """The last line above it."""
    first: int
    last: int


class Heading(msgspec.Struct, frozen=True):
    """A heading: where each of its rows begins, and its cells."""

    tops: list[float]
    slots: list[Slot]


def heading_of(
    lines: list[Line], pieces: list[list[Piece]], columns: Columns, across: list[Rule], band: list[int], em: float
) -> Heading:
    """Return the rows and cells that the heading lines make."""
    if not lines:
        return Heading([], [])
    cuts = _ruled_cuts(lines, pieces, columns, across, em) or _spanned_cuts(pieces, columns.bounds)
    whole = [place for place, (one, other) in enumerate(itertools.pairwise(band)) if one != other]
    whole += [place - 1 for place in range(1, len(lines)) if _is_row(pieces[place])]
    cuts += [_Cut(place, column, column) for place in whole for column in range(columns.count)]
    ends = sorted({cut.after for cut in cuts} | {len(lines) - 1})
    row_of = [sum(end < place for end in ends) for place in range(len(lines))]
    blocks = [_runs(column, cuts, row_of, len(ends)) for column in range(columns.count)]
    slots: list[Slot] = []
    taken: set[tuple[int, int]] = set()
    for column in range(columns.count):
        for start, end in blocks[column]:
            if (start, column) in taken:
                continue
            last = _reach(column, start, end, blocks, cuts, ends)
            taken |= {(start, other) for other in range(column, last + 1)}
            said = [
                [token for piece in pieces[place] if column <= piece.first <= last for token in piece.tokens]
                for place in range(len(lines))
                if start <= row_of[place] <= end
            ]
            slots += _placed(start, end, column, last, [tokens for tokens in said if tokens])
    tops = [lines[row_of.index(row)].y0 for row in range(len(ends))]
    return Heading(tops, slots)


def _is_row(pieces: list[Piece]) -> bool:
    """Tell whether a line names a row and gives its values, such as how many were asked."""
    return len(pieces) > 1 and pieces[0].first == 0 and all(is_value(piece.text) for piece in pieces[1:])


def _placed(start: int, end: int, column: int, last: int, said: list[list[Token]]) -> list[Slot]:
    """Return a cell; where it says nothing, one for each place instead."""
    if said:
        return [Slot(start, column, end - start + 1, last - column + 1, said)]
    return [Slot(row, at, 1, 1, []) for row in range(start, end + 1) for at in range(column, last + 1)]


def _runs(column: int, cuts: list[_Cut], row_of: list[int], count: int) -> list[tuple[int, int]]:
    """Return the stretches of rows that no cut parts in a column."""
    parted = {row_of[cut.after] for cut in cuts if cut.first <= column <= cut.last}
    runs, start = [], 0
    for row in range(count):
        if row in parted or row == count - 1:
            runs.append((start, row))
            start = row + 1
    return runs


def _reach(
    column: int, start: int, end: int, blocks: list[list[tuple[int, int]]], cuts: list[_Cut], ends: list[int]
) -> int:
    """Return the last column of a cell: that of the cut below it, if it begins there and all columns are alike."""
    for cut in cuts:
        is_below = cut.first == column and cut.after == ends[end]
        if is_below and all((start, end) in blocks[other] for other in range(column, cut.last + 1)):
            return cut.last
    return column


def _ruled_cuts(
    lines: list[Line], pieces: list[list[Piece]], columns: Columns, across: list[Rule], em: float
) -> list[_Cut]:
    """Return what short rules between the lines of a heading cut."""
    cuts = []
    for at, group in levels(across, em / 4):
        if not lines[0].middle < at < lines[-1].middle:
            continue
        above = sum(line.middle < at for line in lines) - 1
        if sum(rule.length for rule in group) > _WHOLE * (columns.bounds[-1] - columns.bounds[0]):
            continue
        found: list[_Cut] = []
        for rule in group:
            under = [column for column in range(columns.count) if _lies_over(rule, columns, column)]
            if under:
                found += _shared_out(above, under, pieces[above])
        if any(cut.last > cut.first for cut in found):
            cuts += found
    return cuts


def _lies_over(rule: Rule, columns: Columns, column: int) -> bool:
    """Tell whether a rule covers most of a column's text, or lies within it."""
    left, right = columns.text_left(column), columns.text_right(column)
    common = min(right, rule.end) - max(left, rule.start)
    return common >= _UNDER_RULE * (right - left) or (left <= rule.start and rule.end <= right)


def _shared_out(above: int, under: list[int], pieces: list[Piece]) -> list[_Cut]:
    """Return the cuts of one rule: one for each heading that stands on it."""
    on = sorted({piece.first for piece in pieces if under[0] <= piece.first <= under[-1]})
    starts = [under[0], *on[1:]]
    return [
        _Cut(above, start, (following - 1) if following else under[-1])
        for start, following in zip(starts, [*starts[1:], 0], strict=True)
    ]


def _spanned_cuts(pieces: list[list[Piece]], bounds: list[float]) -> list[_Cut]:
    """Return the cuts below headings that span columns which have headings of their own below."""
    cuts: list[_Cut] = []
    for place, line in enumerate(pieces[:-1]):
        below = {column for later in pieces[place + 1 :] for piece in later for column in (piece.first, piece.last)}
        taken = {column for piece in line for column in range(piece.first, piece.last + 1)}
        above = {piece.first for earlier in pieces[:place] for piece in earlier}
        for piece in line:
            free = (below - taken) - above
            first, last = _centred(piece, free, bounds)
            own = [at for at in range(first, last + 1) if at in below]
            if last > first and len(own) > 1:
                cuts.append(_Cut(place, first, last))
    return cuts


def _centred(piece: Piece, free: set[int], bounds: list[float]) -> tuple[int, int]:
    """Return the columns that a heading spans: those it lies over, and free ones beside it that centre it."""
    middle = (piece.x0 + piece.x1) / 2
    first, last = piece.first, piece.last
    best, off = (first, last), _off(first, last, middle, bounds)
    lowest, highest = first, last
    while lowest - 1 in free and lowest > 1:
        lowest -= 1
    while highest + 1 in free:
        highest += 1
    least = _OFF_CENTRE * (bounds[last + 1] - bounds[first]) / (last - first + 1)
    for left in range(lowest, first + 1):
        for right in range(last, highest + 1):
            now = _off(left, right, middle, bounds)
            if now < off - least:
                best, off = (left, right), now
    return best


def _off(first: int, last: int, middle: float, bounds: list[float]) -> float:
    return abs((bounds[first] + bounds[last + 1]) / 2 - middle)
