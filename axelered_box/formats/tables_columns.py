"""The columns of a table: where white space, or a vertical rule, persists over its lines."""

import itertools

import msgspec
import numpy as np

from axelered_box.domain.documents import Box
from axelered_box.formats.tables_rules import Rule, covered, levels
from axelered_box.formats.tables_text import PHRASE_GAP_EM, Line, Phrase

_STEP_PT = 0.5
_CONFLICTS = 0.15
"""Of the lines with text on both sides of a gutter, so many may cross it."""
_LIGHT = 0.2
"""How much less a heading, or a line that has one phrase only, says when it crosses a gutter."""
_WORD_GAP_EM, _MANY_LINES = 0.36, 6
"""Words further apart than this may be of two columns, where there are enough lines to show it."""
_ENOUGH_LINES = 3
_APART_EM = 0.9
"""How far from other columns a heading stands over an empty one."""
_WIDTHS_EM = ((5.0, 0.36), (4.0, 0.45), (2.0, 0.7), (0.0, 1.0))
"""How wide a gutter has to be, by how many lines it parts."""
_ALIGNED_EM, _LEAST_ALIGNED, _MOST_ALIGNED = 0.1, 4, 0.8
"""A column is flush left where so many lines, and this part of those with words there, begin a phrase at one place."""
_WIDTH_ALIGNED_EM = 0.18
"""How wide the gutter before such a column has to be at least."""
_WIDTHS_BETWEEN_WALLS_EM = ((8.0, 0.45), (4.0, 0.8))
_STRUCK = 3
_WALL = 0.5
"""The part of a table's height that a vertical rule covers if it parts columns."""
_SLIT_EM = 2.0
"""An empty column that is narrower is the gap between the cells of two columns."""
_SIGNS_BEFORE = frozenset({"$", "€", "£", "¥", "US$", "<", ">", "≤", "≥", "~"})
_SIGNS_AFTER = frozenset({"%", "*", "**", "***", ")", "†", "‡"})


class Columns(msgspec.Struct, frozen=True):
    """The columns of a table."""

    bounds: list[float]
    """Where they begin and end."""
    walls: list[float]
    """Where vertical rules stand between them."""
    gutters: list[tuple[float, float]]
    """Around each inner bound, where the text of the column before ends and that of the next begins."""

    @property
    def count(self) -> int:
        """Return how many there are."""
        return len(self.bounds) - 1

    def text_left(self, column: int) -> float:
        """Return where the text of a column begins."""
        return self.gutters[column - 1][1] if column else self.bounds[0]

    def text_right(self, column: int) -> float:
        """Return where the text of a column ends."""
        return self.gutters[column][0] if column < self.count - 1 else self.bounds[-1]


def columns_of(lines: list[Line], head: int, area: Box, down: list[Rule], em: float) -> Columns:
    """Return the columns of an area; the first `head` lines are headings, which only tell of columns without values."""
    walls = walls_of(down, lines, area, em)
    body = lines[head:]
    if sum(len(line.phrases) > 1 for line in body) < _ENOUGH_LINES:
        body = lines
        bounds = _bounds(lines, head, area, walls, em)
    else:
        bounds = _bounds(body, 0, area, walls, em)
        if not any(area[0] + em < at < area[2] - em for at in walls):
            bounds = _with_bare_headings(bounds, lines[:head], body, em)
    return Columns(bounds, [at for at in walls if area[0] + 1 < at < area[2] - 1], _text_gutters(body, bounds))


def _bounds(lines: list[Line], head: int, area: Box, walls: list[float], em: float) -> list[float]:
    """Return where columns begin and end."""
    x0, _, x1, _ = area
    inner = [at for at in walls if x0 + em / 2 < at < x1 - em / 2]
    widths = _WIDTHS_BETWEEN_WALLS_EM if inner else _WIDTHS_EM
    for left, right in _gutters(lines, head, area, em, widths):
        if not any(left - 1 <= at <= right + 1 for at in inner):
            inner.append((left + right) / 2)
    return _without_bare([x0, *sorted(inner), x1], lines, walls, em)


def _text_gutters(lines: list[Line], bounds: list[float]) -> list[tuple[float, float]]:
    """Return the white space around each inner bound, as wide as the text that does not cross it leaves it."""
    gutters = []
    for column, at in enumerate(bounds[1:-1]):
        left, right = bounds[column], bounds[column + 2]
        for line in lines:
            for phrase in line.phrases:
                if phrase.x1 <= at + 1:
                    left = max(left, phrase.x1)
                elif phrase.x0 >= at - 1:
                    right = min(right, phrase.x0)
        gutters.append((min(left, at), max(right, at)))
    return gutters


def _with_bare_headings(bounds: list[float], heads: list[Line], body: list[Line], em: float) -> list[float]:
    """Return bounds with columns that have a heading and no values: it stands beside headings of their own."""
    last = max((phrase.x1 for line in body for phrase in line.phrases), default=bounds[-1])
    gutters = [*_text_gutters(body, bounds), (last, bounds[-1] + em)]
    kept = [bounds[0]]
    for column, (left, right) in enumerate(gutters):
        end = bounds[column + 2] if column + 2 < len(bounds) else None
        found = [_around_bare(line, left, right, bounds[column], end, em) for line in heads]
        best = max(found, key=len, default=[])
        kept += best or [bounds[column + 1]]
        if best and end is None:
            kept.append(bounds[-1])
    return kept


def _around_bare(line: Line, left: float, right: float, start: float, end: float | None, em: float) -> list[float]:
    """Return where to part the headings in a gutter from those over the columns beside it; none if these lack one."""
    phrases = line.phrases
    bare = [place for place, phrase in enumerate(phrases) if left < phrase.x0 and phrase.x1 < right]
    if not bare or bare[0] == 0 or (end is not None and bare[-1] == len(phrases) - 1):
        return []
    group = phrases[bare[0] - 1 : bare[-1] + 2]
    if group[0].x1 <= start or (end is not None and group[-1].x0 >= end):
        return []
    gaps = [(max(before.x1, left), min(after.x0, right)) for before, after in itertools.pairwise(group)]
    return [(a + b) / 2 for a, b in gaps] if all(b - a >= em / 2 for a, b in gaps) else []


def walls_of(down: list[Rule], lines: list[Line], area: Box, em: float) -> list[float]:
    """Return where vertical rules stand that reach over much of an area and run through no text."""
    _, y0, _, y1 = area
    return [
        at for at, group in levels(down, em / 3) if covered(group, y0, y1) >= _WALL and _struck(at, lines) < _STRUCK
    ]


def _struck(at: float, lines: list[Line]) -> int:
    """Return how many words a vertical line runs through."""
    return sum(token.x0 + 1 < at < token.x1 - 1 for line in lines for phrase in line.phrases for token in phrase.tokens)


def _gutters(
    lines: list[Line], head: int, area: Box, em: float, widths: tuple[tuple[float, float], ...]
) -> list[tuple[float, float]]:
    """Return the stretches that few lines cross and that part the text of enough lines."""
    x0, _, x1, _ = area
    count = int((x1 - x0) / _STEP_PT) + 2
    close = _WORD_GAP_EM if len(lines) - head >= _MANY_LINES else PHRASE_GAP_EM
    flush = _flush_starts(lines, em)
    cover = np.zeros((len(lines), count), dtype=bool)
    for row, line in enumerate(lines):
        for left, right in _stretches(line, close * em, flush, em):
            cover[row, max(round((left - x0) / _STEP_PT), 0) : max(round((right - x0) / _STEP_PT), 1)] = True
    before = np.logical_or.accumulate(cover, axis=1)
    after = np.logical_or.accumulate(cover[:, ::-1], axis=1)[:, ::-1]
    light = [row < head or len(line.phrases) == 1 for row, line in enumerate(lines)]
    weight = np.where(light, _LIGHT, 1.0)
    parted = (~cover & before & after).sum(axis=0)
    crossed = weight @ cover
    open_ = (parted > 0) & (crossed <= _CONFLICTS * parted)
    found = []
    for first, last in _runs(open_):
        for left, right in _around_islands(lines, head, x0 + first * _STEP_PT, x0 + last * _STEP_PT, em):
            a, b = round((left - x0) / _STEP_PT), round((right - x0) / _STEP_PT)
            if b <= a:
                continue
            support = float(parted[a:b].max())
            best = _narrowed(crossed, parted, a, b)
            wide = next((width for least, width in widths if support >= least), 1e3) * em
            if support >= _LEAST_ALIGNED and _is_flush(x0 + best[1] * _STEP_PT, flush, em):
                wide = min(wide, _WIDTH_ALIGNED_EM * em)
            if (best[1] - best[0]) * _STEP_PT >= wide:
                found.append((x0 + best[0] * _STEP_PT, x0 + best[1] * _STEP_PT))
    return found


def _runs(flags: np.ndarray) -> list[tuple[int, int]]:
    """Return the stretches in which flags are set."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _narrowed(crossed: np.ndarray, parted: np.ndarray, first: int, last: int) -> tuple[int, int]:
    """Return the widest stretch of a gutter in which fewest lines cross it."""
    part = crossed[first:last]
    runs = _runs(part <= part.min() + 1e-6)
    a, b = max(runs, key=lambda run: run[1] - run[0])
    return first + a, first + b


def _around_islands(lines: list[Line], head: int, left: float, right: float, em: float) -> list[tuple[float, float]]:
    """Return a stretch without what stands wholly in it: a column that is nearly empty."""
    inside = sorted(
        (phrase.x0, phrase.x1, before is not None)
        for place, line in enumerate(lines)
        for before, phrase, after in zip([None, *line.phrases], line.phrases, [*line.phrases[1:], None], strict=False)
        if phrase.x0 > left + _STEP_PT
        and phrase.x1 < right - _STEP_PT
        and (before is None or phrase.x0 - before.x1 >= _APART_EM * em)
        and (after is None or after.x0 - phrase.x1 >= em / 2)
        and (place >= head or min(phrase.x0 - left, right - phrase.x1) >= _APART_EM * em)
    )
    parts = []
    for start, end in _united(inside):
        if start > left:
            parts.append((left, start))
        left = max(left, end)
    return [*parts, (left, right)]


def _united(stretches: list[tuple[float, float, bool]]) -> list[tuple[float, float]]:
    """Return stretches with those that overlap made one; one alone counts if it does not begin its line."""
    groups: list[list[tuple[float, float, bool]]] = []
    for stretch in stretches:
        if groups and stretch[0] < max(other for _, other, _ in groups[-1]):
            groups[-1].append(stretch)
        else:
            groups.append([stretch])
    return [(group[0][0], max(end for _, end, _ in group)) for group in groups if len(group) > 1 or group[0][2]]


def _flush_starts(lines: list[Line], em: float) -> list[float]:
    """Return where columns begin that are flush left, which a word close before them does not hide."""
    starts = sorted(phrase.x0 for line in lines for phrase in line.phrases)
    groups: list[list[float]] = []
    for at in starts:
        if groups and at - groups[-1][0] <= _ALIGNED_EM * em:
            groups[-1].append(at)
        else:
            groups.append([at])
    return [
        group[0]
        for group in groups
        if len(group) >= _LEAST_ALIGNED and len(group) >= _MOST_ALIGNED * _over(lines, group[0] + em / 2)
    ]


def _over(lines: list[Line], at: float) -> int:
    """Return how many lines have words over a place."""
    return sum(any(phrase.x0 <= at <= phrase.x1 for phrase in line.phrases) for line in lines)


def _is_flush(at: float, flush: list[float], em: float) -> bool:
    return any(abs(at - start) <= _ALIGNED_EM * em + _STEP_PT for start in flush)


def _stretches(line: Line, close: float, flush: list[float], em: float) -> list[tuple[float, float]]:
    """Return where a line has text, words that are closer than `close` taken as one, but for flush ones."""
    found: list[tuple[float, float]] = []
    for phrase in line.phrases:
        for token in phrase.tokens:
            gap = token.x0 - found[-1][1] if found else close
            is_column = gap >= _WIDTH_ALIGNED_EM * em and _is_flush(token.x0, flush, em)
            if gap < close and not is_column:
                found[-1] = (found[-1][0], max(found[-1][1], token.x1))
            else:
                found.append((token.x0, token.x1))
    return found


def _without_bare(bounds: list[float], lines: list[Line], walls: list[float], em: float) -> list[float]:
    """Return bounds without columns that hold nothing, or only signs that belong to the next column."""
    while len(bounds) > 2:
        held: list[list[str]] = [[] for _ in bounds[1:]]
        for line in lines:
            for phrase in line.phrases:
                held[column_at(bounds, (phrase.x0 + phrase.x1) / 2)].append(_said(phrase))
        drop = _bare(held, bounds, walls, em)
        if drop is None:
            return bounds
        bounds = [at for at in bounds if at != drop]
    return bounds


def _bare(held: list[list[str]], bounds: list[float], walls: list[float], em: float) -> float | None:
    """Return a bound that parts nothing; None if there is none."""
    last = len(held) - 1
    for column, texts in enumerate(held):
        signs = set(texts)
        right, left = bounds[column + 1], bounds[column]
        if column < last and signs <= _SIGNS_BEFORE and (signs or right not in walls or left not in walls):
            return right
        if not signs and right - left < _SLIT_EM * em:
            return right if column < last else left
        if column and signs <= _SIGNS_AFTER and (signs or column == last):
            return left
    return None


def _said(phrase: Phrase) -> str:
    return " ".join(token.text for token in phrase.tokens)


def column_at(bounds: list[float], x: float) -> int:
    """Return the column in which a place lies."""
    for column, right in enumerate(bounds[1:-1]):
        if x < right:
            return column
    return len(bounds) - 2
