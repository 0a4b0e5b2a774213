"""The rows of a table: which of its lines belong together, by rules, fills, spacing and how their text breaks."""

import re
from collections.abc import Iterable
from enum import Enum
from statistics import median

import msgspec

from axelered_box.domain.documents import Box
from axelered_box.formats.tables_anchors import anchored_rows
from axelered_box.formats.tables_pieces import Piece, extents, is_number, is_unfinished, is_value, would_fit
from axelered_box.formats.tables_rules import Rules, covered, levels
from axelered_box.formats.tables_text import Line

_ACROSS = 0.55
"""A rule that covers this part of a table's width parts rows."""
_FROM_SIDE_EM = 3.0
_SPACED, _FEW = 1.14, 6
"""Rows are set apart if the gaps between them are so much larger than those between their lines."""
_NAMES_APART, _LEAST_NAMED = 1.3, 3
"""By how much the gaps above lines that name a row are larger than any other, if these are further lines of rows."""
_TWO_LINES_EM, _PART_LINE_EM, _FULL_LINE_EM, _NEAR_LINES_EM = 1.8, 0.75, 0.9, 2.5
_WHOLE_ROWS, _ROWS_A_BAND = 0.3, 1.5
_MOST_HEADING_LINES = 8
_DATA_LINES = 0.6
_YEAR = re.compile(r"^(FY\s?)?(19|20)\d\d(\s?[-/\u2013]\s?\d\d(\d\d)?)?[a-z*]?$")
_CLOSING = frozenset(",;:)]/&\u2013-")
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
    return [
        at
        for at, group in levels(rules.across, em / 4)
        if covered(group, x0, x1) >= _ACROSS
        and min(rule.start for rule in group) <= x0 + _FROM_SIDE_EM * em
        and max(rule.end for rule in group) >= x1 - _FROM_SIDE_EM * em
    ]


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
    if inner > 1 and sum(data[:first_band]) > 1:
        return data.index(True) if data.index(True) <= _MOST_HEADING_LINES else 0
    if inner > 1 and first_band <= max(_MOST_HEADING_LINES, len(lines) // 3):
        return first_band
    first = _first_data(data, [len(line) > 1 for line in pieces])
    while first > 1 and len(pieces[first - 1]) == 1 and pieces[first - 1][0].first == 0:
        first -= 1
    return first


def lines_before_data(lines: list[Line]) -> int:
    """Return how many lines stand above the first line of values; 0 where few lines hold values."""
    data = []
    for line in lines:
        values = [phrase.text for phrase in line.phrases[1:]]
        data.append(_are_data(values))
    return _first_data(data, [len(line.phrases) > 1 for line in lines])


def _first_data(data: list[bool], several: list[bool]) -> int:
    """Return the first line of values, if few lines are above it and most fuller lines below hold values too."""
    if True not in data:
        return 0
    first = data.index(True)
    fuller = [is_data for is_data, says_more in zip(data[first:], several[first:], strict=True) if says_more]
    return first if first <= _MOST_HEADING_LINES and sum(fuller) >= _DATA_LINES * len(fuller) else 0


def rows_of(
    lines: list[Line], pieces: list[list[Piece]], band: list[int], single: list[int], columns: int, em: float
) -> list[Row]:
    """Return the rows of a table's body; each of the bands `single` is one."""
    if not lines:
        return []
    groups = grouped(lines, pieces, band, columns, em)
    if is_row_ruled(groups, pieces, band):
        groups = _by_band(groups, pieces, band)
    spans = {band[first]: (first, last) for first, last in _bands(band)}
    groups = sorted({spans[band[first]] if band[first] in single else (first, last) for first, last in groups})
    return [Row(first, last, lines[first].y0, max(line.y1 for line in lines[first:last])) for first, last in groups]


def _is_data(pieces: list[Piece]) -> bool:
    """Tell whether a line holds values beside what names them."""
    return _are_data([piece.text for piece in pieces if piece.first > 0])


def _are_data(values: list[str]) -> bool:
    """Tell whether what stands beside a name is values, and not years that head columns."""
    numbers = sum(map(is_number, values))
    has_digits = any(letter.isdigit() for value in values for letter in value)
    return has_digits and numbers * 2 >= len(values) and not all(map(_YEAR.match, values))


def is_row_ruled(groups: list[tuple[int, int]], pieces: list[list[Piece]], band: list[int]) -> bool:
    """Tell whether most bands between rules are one row: few of them hold several rows that name themselves."""
    named = [_named(groups, pieces, span) for span in _bands(band)]
    if len(named) < 2:
        return False
    several = sum(count > 1 for count in named)
    return several <= _WHOLE_ROWS * len(named) and sum(named) <= _ROWS_A_BAND * len(named)


def _bands(band: list[int]) -> list[tuple[int, int]]:
    starts = [place for place in range(len(band)) if place == 0 or band[place] != band[place - 1]]
    return list(zip(starts, [*starts[1:], len(band)], strict=True))


def _named(groups: list[tuple[int, int]], pieces: list[list[Piece]], span: tuple[int, int]) -> int:
    """Return how many rows in a band have a name and more."""
    first, last = span
    left = min(piece.first for line in pieces[first:last] for piece in line)
    starts = [start for start, _ in groups if first <= start < last]
    return sum(len(pieces[start]) > 1 and pieces[start][0].first == left for start in starts)


def _by_band(groups: list[tuple[int, int]], pieces: list[list[Piece]], band: list[int]) -> list[tuple[int, int]]:
    """Return a group for each band between rules, or those of its text where several name themselves."""
    found: list[tuple[int, int]] = []
    for first, last in _bands(band):
        if _named(groups, pieces, (first, last)) > 1:
            found += [group for group in groups if first <= group[0] < last]
        else:
            found.append((first, last))
    return found


def grouped(
    lines: list[Line], pieces: list[list[Piece]], band: list[int], columns: int, em: float
) -> list[tuple[int, int]]:
    """Return the lines' groups as their text and spacing tell them."""
    widths = extents(pieces, columns)
    told = anchored_rows(pieces, band, widths, em)
    limit = _spacing(lines, pieces, band, widths, em)
    starts = [0]
    standing = {piece.first: 0 for piece in pieces[0]}
    for place in range(1, len(lines)):
        above = {piece.first: standing[piece.first] for piece in pieces[place] if piece.first in standing}
        gaps = [lines[place].base - lines[at].base for at in (place - 1, *above.values())]
        if told and place >= told[0]:
            starts += [place] if place in told else []
            continue
        if band[place] != band[place - 1]:
            breaks = True
        elif limit is not None:
            breaks = max(gaps) > limit
        elif above:
            breaks = max(gaps) > _TWO_LINES_EM * em or (
                _verdict(pieces, above.values(), place, widths, em) is not _Break.NO and max(gaps) > _PART_LINE_EM * em
            )
        else:
            named = pieces[place][0].first == 0
            breaks = gaps[0] >= _FULL_LINE_EM * em and named and any(piece.first for piece in pieces[place - 1])
        if breaks:
            first = _half_line_up(lines, pieces, starts[-1], place, em) if band[place] == band[place - 1] else place
            starts.append(first)
            standing = {piece.first: at for at in range(first, place) for piece in pieces[at]}
        standing |= {piece.first: place for piece in pieces[place]}
    return list(zip(starts, [*starts[1:], len(lines)], strict=True))


def _half_line_up(lines: list[Line], pieces: list[list[Piece]], start: int, place: int, em: float) -> int:
    """Return where a row begins, text of which stands half a line above its name in other columns."""
    if place - 1 <= start or lines[place].base - lines[place - 1].base >= _PART_LINE_EM * em:
        return place
    columns = {piece.first for piece in pieces[place]}
    return (
        place
        if len(columns) <= len(pieces[place - 1]) or any(piece.first in columns for piece in pieces[place - 1])
        else place - 1
    )


class _Break(Enum):
    """Whether a line begins a row, as the breaks of its text after lines above it say."""

    NO = 0
    LIKELY = 1
    SURE = 2


def _verdict(pieces: list[list[Piece]], earlier: Iterable[int], place: int, widths: list[float], em: float) -> _Break:
    """Tell whether a line begins a row, by the text of lines above it in the same columns."""
    upper = {piece.first: piece for at in sorted(set(earlier)) for piece in pieces[at]}
    common = [(upper[piece.first], piece) for piece in pieces[place] if piece.first in upper]
    if any(is_unfinished(one.text) for one, _ in common):
        return _Break.NO
    if any(is_value(one.text) and is_value(other.text) for one, other in common):
        return _Break.SURE
    if _is_hanging(pieces[place - 1], pieces[place], widths, em) or _is_second_line(pieces[place], common):
        return _Break.NO
    named = next(((one, other) for one, other in common if other.first == 0), None)
    if named is not None and _goes_on(*named):
        return _Break.NO
    if any(would_fit(one, other, widths[other.first], em) for one, other in common):
        return _Break.SURE
    if named is None or _reads_on(*named) or any(_goes_on(*pair) for pair in common):
        return _Break.NO
    return _Break.LIKELY


def _is_second_line(below: list[Piece], common: list[tuple[Piece, Piece]]) -> bool:
    """Tell whether a line is alone in its column and adds to a value above it, as a range below an estimate does."""
    if len(below) != 1 or below[0].first == 0 or len(common) != 1:
        return False
    (one, other) = common[0]
    return not is_number(one.text) or any(letter.isdigit() for letter in other.text)


def _goes_on(above: Piece, below: Piece) -> bool:
    """Tell whether a line begins within a sentence."""
    start = below.tokens[0].text
    return (start.islower() and start.isalpha() and len(start) > 1) or (start[0] == "(" and len(below.tokens) > 1)


def _reads_on(above: Piece, below: Piece) -> bool:
    """Tell whether the text of a line seems to go on with the one above."""
    start = below.tokens[0].text[0]
    return _goes_on(above, below) or start in _CLOSING or above.text.lower().endswith(_OPEN_END)


def _is_hanging(above: list[Piece], below: list[Piece], widths: list[float], em: float) -> bool:
    """Tell whether a line is the rest of what names the row above: alone, and begun within a sentence or indented."""
    if len(below) != 1 or below[0].first != 0 or above[0].first != 0:
        return False
    if below[0].tokens[0].text[0].islower() and below[0].tokens[0].text.isalpha():
        return True
    indented = below[0].x0 - above[0].x0 > 0.5 * em
    return len(above) > 1 and indented and not would_fit(above[0], below[0], widths[0], em)


def _spacing(
    lines: list[Line], pieces: list[list[Piece]], band: list[int], widths: list[float], em: float
) -> float | None:
    """Return the gap above which lines belong to different rows; None if rows are not set apart."""
    gaps: dict[_Break, list[float]] = {verdict: [] for verdict in _Break}
    standing: dict[int, int] = {}
    for place, own in enumerate(pieces):
        above = {
            standing[piece.first]
            for piece in own
            if piece.first in standing and band[standing[piece.first]] == band[place]
        }
        for at in above:
            gap = lines[place].base - lines[at].base
            if gap <= _NEAR_LINES_EM * em:
                gaps[_verdict(pieces, [at], place, widths, em)].append(gap)
        standing |= {piece.first: place for piece in own}
    close, apart = gaps[_Break.NO] or gaps[_Break.LIKELY], sorted(gaps[_Break.SURE])
    if not close or not apart:
        return _spacing_of_names(lines, pieces, band)
    lead, least = median(close), apart[len(apart) // _FEW]
    return (lead + least) / 2 if least >= _SPACED * lead else _spacing_of_names(lines, pieces, band)


def _spacing_of_names(lines: list[Line], pieces: list[list[Piece]], band: list[int]) -> float | None:
    """Return the gap above which lines belong to different rows, where all lines that name a row stand apart."""
    named: list[float] = []
    unnamed: list[float] = []
    for place in range(1, len(lines)):
        if band[place] == band[place - 1]:
            gap = lines[place].base - lines[place - 1].base
            (named if pieces[place][0].first == 0 else unnamed).append(gap)
    if len(named) < _LEAST_NAMED or len(unnamed) < _LEAST_NAMED:
        return None
    widest, least = max(unnamed), min(named)
    return (widest + least) / 2 if least >= _NAMES_APART * widest else None
