"""The rows of a table: which of its lines belong together, by rules, fills, spacing and how their text breaks."""

from statistics import median

import msgspec

from axelered_box.domain.documents import Box
from axelered_box.formats.tables_pieces import Piece, extents, is_number, would_fit
from axelered_box.formats.tables_rules import Rules, covered, levels
from axelered_box.formats.tables_text import Line

_ACROSS = 0.55
"""A rule that covers this part of a table's width parts rows."""
_SPACED = 1.14
"""Rows are set apart if the gaps between them are so much larger than those between their lines."""
_TWO_LINES_EM = 1.8
_WHOLE_ROWS, _ROWS_A_BAND = 0.3, 1.5
_MOST_HEADING_LINES = 8
_DATA_LINES = 0.6
_OPEN_END = (",", "-", "/", "(", "&", "\u2013", "and", "or", "of", "the", "for", "with", "in", "to", "by")


class Row(msgspec.Struct, frozen=True):
    """Lines that form one row: the first and the one after the last, and how high it reaches."""

    first: int
    last: int
    y0: float
    y1: float


def separators(rules: Rules, area: Box, em: float) -> list[float]:
    """Return the heights at which a rule, or the edge of a fill, runs across most of an area."""
    x0, _, x1, _ = area
    return [at for at, group in levels(rules.across, em / 4) if covered(group, x0, x1) >= _ACROSS]


def bands(lines: list[Line], cuts: list[float]) -> list[int]:
    """Return the band between cuts in which each line lies."""
    return [sum(cut < line.middle for cut in cuts) for line in lines]


def heading_lines(lines: list[Line], pieces: list[list[Piece]], band: list[int]) -> int:
    """Return how many lines at the top are headings: those above the first rule, or above the first line of values."""
    first_band = sum(number == band[0] for number in band)
    inner = len(set(band))
    before_data = lines_before_data(lines)
    if inner > 1 and first_band < before_data < len(lines) and band[before_data] != band[before_data - 1]:
        return before_data
    data = [_is_data(line) for line in pieces]
    if inner > 1 and sum(data[:first_band]) > max(1, first_band // 2):
        return 0
    if inner > 1 and first_band <= max(_MOST_HEADING_LINES, len(lines) // 3):
        return first_band
    if True not in data:
        return 0
    first = data.index(True)
    if not 0 < first <= _MOST_HEADING_LINES or sum(data[first:]) < _DATA_LINES * len(data[first:]):
        return 0
    while first > 1 and len(pieces[first - 1]) == 1 and pieces[first - 1][0].first == 0:
        first -= 1
    return first


def lines_before_data(lines: list[Line]) -> int:
    """Return how many lines stand above the first line of values; 0 where few lines hold values."""
    data = []
    for line in lines:
        values = [phrase.text for phrase in line.phrases[1:]]
        numbers = sum(map(is_number, values))
        data.append(numbers > 0 and numbers * 2 >= len(values))
    if True not in data:
        return 0
    first = data.index(True)
    several = [flag for flag, line in zip(data[first:], lines[first:], strict=True) if len(line.phrases) > 1]
    return first if first <= _MOST_HEADING_LINES and sum(several) >= _DATA_LINES * len(several) else 0


def rows_of(
    lines: list[Line], pieces: list[list[Piece]], band: list[int], columns: int, em: float
) -> list[Row]:
    """Return the rows of a table's body."""
    if not lines:
        return []
    groups = grouped(lines, pieces, band, columns, em)
    if is_row_ruled(groups, pieces, band):
        groups = _by_band(band)
    return [Row(first, last, lines[first].y0, max(line.y1 for line in lines[first:last])) for first, last in groups]


def _is_data(pieces: list[Piece]) -> bool:
    """Tell whether a line holds values beside what names them."""
    values = [piece for piece in pieces if piece.first > 0]
    numbers = sum(is_number(piece.text) for piece in values)
    return numbers > 0 and numbers * 2 >= len(values)


def _by_band(band: list[int]) -> list[tuple[int, int]]:
    starts = [place for place in range(len(band)) if place == 0 or band[place] != band[place - 1]]
    return list(zip(starts, [*starts[1:], len(band)], strict=True))


def is_row_ruled(groups: list[tuple[int, int]], pieces: list[list[Piece]], band: list[int]) -> bool:
    """Tell whether each band between rules is one row: few of them hold several rows that name themselves."""
    spans = _by_band(band)
    if len(spans) < 2:
        return False
    named = [start for start, _ in groups if len(pieces[start]) > 1 and pieces[start][0].first == 0]
    several = sum(sum(first <= start < last for start in named) > 1 for first, last in spans)
    return several <= _WHOLE_ROWS * len(spans) and len(named) <= _ROWS_A_BAND * len(spans)


def grouped(
    lines: list[Line], pieces: list[list[Piece]], band: list[int], columns: int, em: float
) -> list[tuple[int, int]]:
    """Return the lines' groups as their text and spacing tell them."""
    widths = extents(pieces, columns)
    gaps = [after.base - before.base for before, after in zip(lines, lines[1:], strict=False)]
    verdicts = [_verdict(above, below, widths, em) for above, below in zip(pieces, pieces[1:], strict=False)]
    limit = _spacing(gaps, verdicts, band)
    starts = [0]
    for place, (gap, verdict) in enumerate(zip(gaps, verdicts, strict=True)):
        if (
            band[place] != band[place + 1]
            or _breaks(gap, verdict, limit, pieces[place], pieces[place + 1], em)
            or _resumes(lines, pieces, starts[-1], place + 1, em)
        ):
            starts.append(place + 1)
    return list(zip(starts, [*starts[1:], len(lines)], strict=True))


def _resumes(lines: list[Line], pieces: list[list[Piece]], start: int, place: int, em: float) -> bool:
    """Tell whether a line has text in a column that was left empty in the line above, but not in the row before it."""
    above = {piece.first for piece in pieces[place - 1]}
    now = {piece.first: piece for piece in pieces[place] if piece.first not in above}
    for earlier in range(start, place - 1):
        gap = lines[place].base - lines[earlier].base
        for piece in pieces[earlier]:
            other = now.get(piece.first)
            if other is None:
                continue
            if gap > _TWO_LINES_EM * em or (gap > em and is_number(piece.text) and is_number(other.text)):
                return True
    return False


def _verdict(above: list[Piece], below: list[Piece], widths: list[float], em: float) -> bool | None:
    """Tell whether a line begins a row, as the breaks of its text say; None if they say nothing."""
    upper = {piece.first: piece for piece in above}
    common = [(upper[piece.first], piece) for piece in below if piece.first in upper]
    if not common:
        return None
    if _is_hanging(above, below, widths, em):
        return False
    if any(would_fit(one, other, widths[other.first], em) for one, other in common):
        return True
    if any(is_number(one.text) and is_number(other.text) for one, other in common):
        return True
    return any(other.first == 0 and not _reads_on(one, other) for one, other in common)


def _reads_on(above: Piece, below: Piece) -> bool:
    """Tell whether the text of a line seems to go on with the one above."""
    start = below.tokens[0].text
    goes_on = start.islower() and start.isalpha() and len(start) > 1
    return goes_on or not (start[0].isalnum() or start[0] in "•*") or above.text.lower().endswith(_OPEN_END)


def _is_hanging(above: list[Piece], below: list[Piece], widths: list[float], em: float) -> bool:
    """Tell whether a line is the rest of what names the row above: alone, and begun within a sentence or indented."""
    if len(below) != 1 or below[0].first != 0 or above[0].first != 0:
        return False
    if below[0].tokens[0].text[0].islower() and below[0].tokens[0].text.isalpha():
        return True
    indented = below[0].x0 - above[0].x0 > 0.5 * em
    return len(above) > 1 and indented and not would_fit(above[0], below[0], widths[0], em)


def _spacing(gaps: list[float], verdicts: list[bool | None], band: list[int]) -> float | None:
    """Return the gap above which lines belong to different rows; None if rows are not set apart."""
    inner = [place for place in range(len(gaps)) if band[place] == band[place + 1]]
    wrapped = [gaps[place] for place in inner if verdicts[place] is False]
    broken = [gaps[place] for place in inner if verdicts[place] is True]
    if not wrapped or not broken:
        return None
    lead, apart = median(wrapped), median(broken)
    return (lead + apart) / 2 if apart >= _SPACED * lead else None


def _breaks(  # noqa: PLR0913  # all that decides about a break
    gap: float, verdict: bool | None, limit: float | None, above: list[Piece], below: list[Piece], em: float
) -> bool:
    """Tell whether a row begins between two lines."""
    named = any(piece.first == 0 for piece in below)
    if limit is not None:
        return gap > limit
    if verdict is not None:
        return verdict and gap > 0.75 * em
    if gap < 0.9 * em:
        return False
    return named and any(piece.first > 0 for piece in above)
