"""Headings of a table: what they say, and which column each of them names.

A heading of several lines is one; one that spans columns is part of each of theirs. Headings and columns both go from
left to right, so they are matched in order: by how well their edges agree, or where headings stand left and numbers
right in wide columns, by the room from each heading to the next.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise

import msgspec

from axelered_box.modules.extract.rows_bands import Band
from axelered_box.modules.extract.rows_pieces import Piece, joined_pieces, on_lines

_MOST_WORDS = 10
"""A piece of more words is no heading that is parted."""
_SPACE = 0.6
"""The widest space between two words, in heights of a word."""
_SKIP = 4.0
"""What it costs to leave a heading or a column alone, in heights of a word; a match may cost twice as much."""
_NEVER = 50.0
"""What it costs where there are as many headings as columns."""


class Span(msgspec.Struct):
    """A heading and where it stands."""

    text: str
    left: float
    right: float
    words: tuple[tuple[str, float, float], ...] = ()
    """Its words with their left and right; none where it has several lines."""


def headings(header: Sequence[Band], edges: Sequence[tuple[float, float]] = ()) -> list[Span]:
    """Return headings whose lines are joined: the line with most pieces leads, the others add to what they overlap.

    Where columns' edges are given, a piece that stands over several of them is parted between its words.
    """
    rows = [_without_small_gaps(row, header[0].height) for band in header for row in on_lines(band.pieces)]
    if not rows:
        return []
    lead = max(range(len(rows)), key=lambda number: len(rows[number]))
    spans: list[tuple[Span, list[tuple[float, str]]]] = [
        (span, [(piece.box[1], span.text)]) for piece in rows[lead] for span in _words_by_column(piece, edges)
    ]
    rest = [piece for number, row in enumerate(rows) if number != lead for piece in row]
    for piece in rest:
        below = [texts for span, texts in spans if _overlap(piece.box[0], piece.box[2], span.left, span.right) > 0.25]
        if below:
            for texts in below:
                texts.append((piece.box[1], piece.text))
        else:
            spans.append((Span(piece.text, piece.box[0], piece.box[2]), [(piece.box[1], piece.text)]))
    for span, texts in spans:
        if len(texts) > 1:
            span.words = ()
        span.text = " ".join(text for _, text in sorted(texts, key=lambda text: text[0]))
    return sorted((span for span, _ in spans), key=lambda span: span.left)


def matched(named: Sequence[Span], edges: Sequence[tuple[float, float]], height: float) -> dict[int, str]:
    """Return the heading of each column that has one, by the column's place.

    Where there are fewer headings than columns, one that is several set close together is parted.
    """
    best = _matched(named, edges, height)
    while len(named) < len(edges):
        tried = [(_matched(other, edges, height), other) for other in _parted(named)]
        if not tried:
            break
        (cost, pairs), other = min(tried, key=lambda one: one[0][0])
        if cost >= best[0]:
            break
        best, named = (cost, pairs), other
    return best[1]


def _parted(named: Sequence[Span]) -> Iterator[list[Span]]:
    """Yield headings with one of them parted between two of its words."""
    for place, span in enumerate(named):
        for cut in range(1, len(span.words)):
            halves = [_span(span.words[:cut]), _span(span.words[cut:])]
            yield [*named[:place], *halves, *named[place + 1 :]]


def _span(words: Sequence[tuple[str, float, float]]) -> Span:
    return Span(" ".join(word[0] for word in words), words[0][1], words[-1][2], tuple(words))


def _matched(
    named: Sequence[Span], edges: Sequence[tuple[float, float]], height: float
) -> tuple[float, dict[int, str]]:
    """Return the least cost of matching headings and columns, and the headings by the column's place."""
    skip = _NEVER if len(named) == len(edges) else _SKIP
    rights = [*(span.left for span in named[1:]), float("inf")]

    def by_edges(heading: int, column: int) -> float:
        return _distance(named[heading], edges[column], height)

    def by_room(heading: int, column: int) -> float:
        left, right = edges[column]
        inside = named[heading].left - height / 4 <= left and right <= rights[heading]
        return 0.5 if inside else by_edges(heading, column) + _SKIP

    ways = [_in_order(len(named), len(edges), cost, skip) for cost in (by_edges, by_room)]
    least, pairs = min(ways, key=lambda way: way[0])
    return least, {column: named[heading].text for heading, column in pairs}


def _in_order(
    headings_: int, columns: int, cost: Callable[[int, int], float], skip: float
) -> tuple[float, list[tuple[int, int]]]:
    """Return the least cost of matching headings and columns in order, and the pairs."""
    best: list[list[tuple[float, list[tuple[int, int]]]]] = []
    for row in range(headings_ + 1):
        best.append([])
        for column in range(columns + 1):
            ways: list[tuple[float, list[tuple[int, int]]]] = []
            if row:
                above = best[row - 1][column]
                ways.append((above[0] + skip, above[1]))
            if column:
                before = best[row][column - 1]
                ways.append((before[0] + skip, before[1]))
            if row and column:
                both = best[row - 1][column - 1]
                ways.append((both[0] + cost(row - 1, column - 1), [*both[1], (row - 1, column - 1)]))
            best[row].append(min(ways, key=lambda way: way[0], default=(0.0, [])))
    return best[-1][-1]


def _distance(heading: Span, edges: tuple[float, float], height: float) -> float:
    """Return how badly a heading fits a column: the gap between them and how far their edges or middles differ."""
    left, right = edges
    gap = max(heading.left - right, left - heading.right, 0.0)
    middle = abs((heading.left + heading.right) / 2 - (left + right) / 2)
    edge = min(abs(heading.left - left), abs(heading.right - right), middle)
    return (gap + 0.25 * edge) / height


def _without_small_gaps(row: Sequence[Piece], height: float) -> list[Piece]:
    """Return a line's pieces with those joined that no more than a space parts: a cell's edge may cut a heading."""
    found = [row[0]]
    for piece in row[1:]:
        if found[-1].edges and piece.box[0] - found[-1].box[2] <= _SPACE * height:
            found[-1] = joined_pieces(found[-1], piece)
        else:
            found.append(piece)
    return found


def _words_by_column(piece: Piece, edges: Sequence[tuple[float, float]]) -> list[Span]:
    """Return a heading parted between its words by the columns it stands over."""
    if not piece.edges:
        return [Span(piece.text, piece.box[0], piece.box[2])]
    words = [(text, left, right) for text, (left, right) in zip(piece.text.split(" "), piece.edges, strict=True)]
    below = [(left, right) for left, right in edges if min(right, piece.box[2]) - max(left, piece.box[0]) > 1]
    cuts = _best_cuts(piece, below) if len(below) > 1 and len(words) > 1 else ()
    return [_span(words[first:last]) for first, last in pairwise([0, *cuts, len(words)])]


def _best_cuts(piece: Piece, below: Sequence[tuple[float, float]]) -> tuple[int, ...]:
    """Return the words at which to part a heading so that its parts fit the columns below best."""

    def misfit(cuts: tuple[int, ...]) -> float:
        bounds = [0, *cuts, len(piece.edges)]
        return sum(
            _edge_distance((piece.edges[first][0], piece.edges[last - 1][1]), column)
            for (first, last), column in zip(pairwise(bounds), below, strict=True)
        )

    count = min(len(below), len(piece.edges)) - 1
    if count + 1 < len(below) or len(piece.edges) > _MOST_WORDS:
        return ()
    return min(combinations(range(1, len(piece.edges)), count), key=misfit)


def _edge_distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return how far the edges or middles of two spans are apart, whichever agree best."""
    return min(abs(one[0] - other[0]), abs(one[1] - other[1]), abs(sum(one) - sum(other)) / 2)


def _overlap(left: float, right: float, other_left: float, other_right: float) -> float:
    """Return the common part of two spans, as a share of the narrower."""
    common = min(right, other_right) - max(left, other_left)
    return common / max(min(right - left, other_right - other_left), 0.1)
