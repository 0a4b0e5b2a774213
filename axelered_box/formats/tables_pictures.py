"""Tables whose cells are pictures: between rules of one length, pictures stand side by side in bands without words."""

import itertools
from collections.abc import Callable, Iterable
from statistics import median

from axelered_box.domain.documents import Box
from axelered_box.formats.evidence import Grid, GridCell, Region, Role
from axelered_box.formats.tables_pieces import joined
from axelered_box.formats.tables_rules import Rules
from axelered_box.formats.tables_text import Token, lines_of

_SAME_END_PT = 3.0
_SHORTEST_PT = 90.0
_SLACK_PT = 4.0
"""How far a picture may reach over the rules around it."""
_LEAST_PT = 12.0
_LEAST_PICTURES = 2


def picture_tables(pictures: list[Box], rules: Rules, tokens: Callable[[Box], list[Token]]) -> list[Region]:
    """Return the tables between horizontal rules in which pictures stand side by side below headings."""
    if len(pictures) < _LEAST_PICTURES:
        return []
    long = [rule for rule in rules.across if rule.length >= _SHORTEST_PT]
    ends = {(round(rule.start / _SAME_END_PT), round(rule.end / _SAME_END_PT)) for rule in long}
    found: list[Region] = []
    for start, end in sorted(ends):
        alike = [
            rule
            for rule in long
            if abs(rule.start - start * _SAME_END_PT) <= _SAME_END_PT
            and abs(rule.end - end * _SAME_END_PT) <= _SAME_END_PT
        ]
        edges = sorted(rule.at for rule in alike)
        bands = [
            (alike[0].start, top, alike[0].end, bottom)
            for top, bottom in itertools.pairwise(edges)
            if bottom - top >= 1
        ]
        region = _table(bands, pictures, tokens)
        if region is not None and not any(region.bbox == other.bbox for other in found):
            found.append(region)
    return found


def _table(bands: list[Box], pictures: list[Box], tokens: Callable[[Box], list[Token]]) -> Region | None:
    """Return the table of bands between rules, of which each has words or pictures; None where they are no table."""
    own = [_beside_each_other(_within(pictures, band)) for band in bands]
    said = [tokens(band) for band in bands]
    if len(bands) < 2 or any(bool(shown) == bool(words) for shown, words in zip(own, said, strict=True)):
        return None
    shown = [row for row in own if row]
    if len(shown) in (0, len(bands)) or len({len(row) for row in shown}) > 1:
        return None
    bounds = _bounds(bands[0], shown)
    if bounds is None:
        return None
    cells = []
    for row, (band, words) in enumerate(zip(bands, said, strict=True)):
        dealt = _dealt(words, bounds)
        if dealt is None:
            return None
        for column, (left, right) in enumerate(itertools.pairwise(bounds)):
            box = (round(left, 1), round(band[1], 1), round(right, 1), round(band[3], 1))
            cells.append(
                GridCell(
                    row=row,
                    column=column,
                    row_span=1,
                    column_span=1,
                    header=row == 0 and bool(words),
                    text=dealt[column],
                    bbox=box,
                )
            )
    heads = int(bool(said[0]))
    x0, y0, x1, y1 = bands[0][0], bands[0][1], bands[0][2], bands[-1][3]
    return Region(
        role=Role.TABLE,
        bbox=(round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)),
        grid=Grid(rows=len(bands), columns=len(bounds) - 1, header_rows=heads, cells=cells),
    )


def _within(boxes: Iterable[Box], band: Box) -> list[Box]:
    """Return the boxes that lie in a band, but for marks."""
    x0, y0, x1, y1 = band
    return sorted(
        box
        for box in boxes
        if x0 - _SLACK_PT <= box[0]
        and box[2] <= x1 + _SLACK_PT
        and y0 - _SLACK_PT <= box[1]
        and box[3] <= y1 + _SLACK_PT
        and min(box[2] - box[0], box[3] - box[1]) >= _LEAST_PT
    )


def _beside_each_other(boxes: list[Box]) -> list[Box]:
    """Return boxes if there are several and each ends before the next begins."""
    apart = all(one[2] <= other[0] + 1 for one, other in itertools.pairwise(boxes))
    return boxes if apart and len(boxes) >= _LEAST_PICTURES else []


def _bounds(band: Box, rows: list[list[Box]]) -> list[float] | None:
    """Return where the columns begin and end that pictures in rows make; None if they don't stand below each other."""
    inner = []
    for before, after in zip(zip(*rows, strict=True), list(zip(*rows, strict=True))[1:], strict=False):
        left, right = max(box[2] for box in before), min(box[0] for box in after)
        if right < left - 1:
            return None
        inner.append((left + right) / 2)
    return [band[0], *inner, band[2]]


def _dealt(words: list[Token], bounds: list[float]) -> list[str] | None:
    """Return what words say in each column; None where a phrase runs over a bound."""
    said: list[list[list[Token]]] = [[] for _ in bounds[1:]]
    if words:
        for line in lines_of(words, median(word.size for word in words)):
            for phrase in line.phrases:
                over = [
                    column
                    for column, (left, right) in enumerate(itertools.pairwise(bounds))
                    if phrase.x0 < right - 1 and phrase.x1 > left + 1
                ]
                if len(over) != 1:
                    return None
                said[over[0]].append(phrase.tokens)
    return [joined(lines) for lines in said]
