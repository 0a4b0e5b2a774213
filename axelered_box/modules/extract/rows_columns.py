"""The columns of a table: which pieces of its rows stand below each other, and which heading names them.

Headings and columns both go from left to right, so they are matched in order, each heading with at most one column, by
how well their edges agree. A heading of several lines is one; one that spans columns is part of each of theirs.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

import msgspec

from axelered_box.modules.extract.rows_bands import Band
from axelered_box.modules.extract.rows_pieces import Piece, joined_pieces
from axelered_box.modules.extract.rows_sums import is_sum

_MOST_WORDS = 10
"""A piece of more words is no heading that is parted."""
_SPACE = 0.6
"""The widest space between two words, in heights of a word."""
_SKIP = 4.0
"""What it costs to leave a heading or a column alone, in heights of a word; a match may cost twice as much."""


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column: its heading's words, where it is, and its pieces by the place of their band in the table's body."""

    heading: str
    left: float
    right: float
    cells: dict[int, tuple[Piece, ...]]

    @property
    def numeric(self) -> float:
        """Return the share of its cells that are one number."""
        filled = [cell for cell in self.cells.values() if cell]
        return sum(cell[0].numeric for cell in filled) / len(filled) if filled else 0.0


class _Span(msgspec.Struct):
    text: str
    left: float
    right: float


def headings(header: Sequence[Band]) -> list[str]:
    """Return the headings that some bands hold, from left to right."""
    return [span.text for span in _headings(header)]


def columns(header: Sequence[Band], body: Sequence[Band]) -> list[Column]:
    """Return the columns of a table from left to right; a column without a heading has an empty one."""
    named = _headings(header)
    height = header[0].height
    rich = [band for band in body if len(band.pieces) >= max(2, 0.5 * len(named)) and not is_sum(band)]
    groups = _clusters(rich or list(body))
    if not groups:
        return []
    _add_apart(groups, body)
    edges = _usual_edges(groups, body)
    matched = _matched(_headings(header, edges), edges, height)
    cells: list[dict[int, tuple[Piece, ...]]] = [{} for _ in groups]
    members = {id(piece): number for number, group in enumerate(groups) for piece in group}
    for place, band in enumerate(body):
        for piece in band.pieces:
            number = members.get(id(piece))
            if number is None:
                number = _nearest(piece, edges)
            cells[number][place] = (*cells[number].get(place, ()), piece)
    return [
        Column(heading=matched.get(number, ""), left=left, right=right, cells=cells[number])
        for number, (left, right) in enumerate(edges)
    ]


def gathered(found: Sequence[Column], body: Sequence[Band], rows: Sequence[int]) -> None:
    """Move numbers into the row they belong to, where they are set a little lower and it has none in their column."""
    for row in rows:
        below = row + 1
        if below >= len(body) or below in rows or body[below].page != body[row].page:
            continue
        held = [column for column in found if below in column.cells and column.cells[below][0].numeric]
        if (
            body[below].top - body[row].bottom > body[row].height
            or not held
            or any(row in column.cells for column in held)
        ):
            continue
        for column in held:
            column.cells[row] = column.cells.pop(below)


def _headings(header: Sequence[Band], edges: Sequence[tuple[float, float]] = ()) -> list[_Span]:
    """Return headings whose lines are joined: the line with most pieces leads, the others add to what they overlap.

    Where columns' edges are given, a piece that stands over several of them is parted between its words.
    """
    rows = [_without_small_gaps(row, header[0].height) for band in header for row in _rows(band.pieces)]
    if not rows:
        return []
    lead = max(range(len(rows)), key=lambda number: len(rows[number]))
    spans: list[tuple[_Span, list[tuple[float, str]]]] = [
        (_Span(text, left, right), [(piece.box[1], text)])
        for piece in rows[lead]
        for text, left, right in _words_by_column(piece, edges)
    ]
    rest = [piece for number, row in enumerate(rows) if number != lead for piece in row]
    for piece in rest:
        below = [texts for span, texts in spans if _overlap(piece.box[0], piece.box[2], span.left, span.right) > 0.25]
        if below:
            for texts in below:
                texts.append((piece.box[1], piece.text))
        else:
            spans.append((_Span(piece.text, piece.box[0], piece.box[2]), [(piece.box[1], piece.text)]))
    for span, texts in spans:
        span.text = " ".join(text for _, text in sorted(texts, key=lambda text: text[0]))
    return sorted((span for span, _ in spans), key=lambda span: span.left)


def _without_small_gaps(row: Sequence[Piece], height: float) -> list[Piece]:
    """Return a line's pieces with those joined that no more than a space parts: a cell's edge may cut a heading."""
    found = [row[0]]
    for piece in row[1:]:
        if found[-1].edges and piece.box[0] - found[-1].box[2] <= _SPACE * height:
            found[-1] = joined_pieces(found[-1], piece)
        else:
            found.append(piece)
    return found


def _words_by_column(piece: Piece, edges: Sequence[tuple[float, float]]) -> list[tuple[str, float, float]]:
    """Return a heading's words parted by the columns they stand over, with their left and right."""
    below = [(left, right) for left, right in edges if min(right, piece.box[2]) - max(left, piece.box[0]) > 1]
    if len(below) < 2 or len(piece.edges) < 2:
        return [(piece.text, piece.box[0], piece.box[2])]
    cuts = _best_cuts(piece, below)
    words = piece.text.split(" ")
    bounds = [0, *cuts, len(words)]
    return [
        (" ".join(words[first:last]), piece.edges[first][0], piece.edges[last - 1][1])
        for first, last in pairwise(bounds)
    ]


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


def _add_apart(groups: list[list[Piece]], body: Sequence[Band]) -> None:
    """Add numbers that stand apart from all columns as columns of their own, in their place from left to right."""
    spans = [_edges(group) for group in groups]
    for piece in (piece for band in body for piece in band.pieces if piece.numeric):
        if all(piece.box[2] < left or piece.box[0] > right for left, right in spans):
            spans.append((piece.box[0], piece.box[2]))
            groups.append([piece])
    groups.sort(key=_edges)


def _usual_edges(groups: Sequence[Sequence[Piece]], body: Sequence[Band]) -> list[tuple[float, float]]:
    """Return the edges of columns by their pieces in the bands that have most of the columns."""
    member = {id(piece): number for number, group in enumerate(groups) for piece in group}
    counts = [len({member[id(piece)] for piece in band.pieces if id(piece) in member}) for band in body]
    full = {
        id(piece)
        for band, count in zip(body, counts, strict=True)
        if count >= 0.75 * max(counts)
        for piece in band.pieces
    }
    return [_edges([piece for piece in group if id(piece) in full] or group) for group in groups]


def _edges(group: Sequence[Piece]) -> tuple[float, float]:
    return min(piece.box[0] for piece in group), max(piece.box[2] for piece in group)


def _rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Return pieces as lines."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.box[1] + piece.box[3]) / 2):
        middle = (piece.box[1] + piece.box[3]) / 2
        if rows and rows[-1][0].box[1] <= middle <= rows[-1][0].box[3]:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.box[0]) for row in rows]


def _clusters(body: Sequence[Band]) -> list[list[Piece]]:
    """Return the pieces of some bands by column: those that share a part of the line, unless a line has two of them."""
    pieces = sorted((piece for band in body for piece in band.pieces), key=lambda piece: piece.box[0])
    lines = [row for band in body for row in _rows(band.pieces)]
    followers = {id(left): right for row in lines for left, right in pairwise(row)}
    groups: list[list[Piece]] = []
    right = 0.0
    for piece in pieces:
        if groups and piece.box[0] < right - 1:
            groups[-1].append(piece)
            right = max(right, piece.box[2])
        else:
            groups.append([piece])
            right = piece.box[2]
    return [part for group in groups for part in _split(group, followers, 0.3 * len(body))]


def _split(group: list[Piece], followers: dict[int, Piece], least: float) -> list[list[Piece]]:
    """Return a group as the columns it is made of: cut where most lines have a gap and few are cut through."""
    inside = {id(piece) for piece in group}
    gaps = [
        (piece.box[2], followers[id(piece)].box[0])
        for piece in group
        if id(piece) in followers and id(followers[id(piece)]) in inside
    ]
    if not gaps or len(gaps) < least:
        return [group]

    def worth(cut: float) -> float:
        return sum(left <= cut <= right for left, right in gaps) - 0.5 * sum(
            piece.box[0] < cut < piece.box[2] for piece in group
        )

    cut = max((edge for left, right in gaps for edge in (right, (left + right) / 2, left)), key=worth)
    before = [piece for piece in group if _side(piece) < cut]
    after = [piece for piece in group if _side(piece) >= cut]
    if not before or not after:
        return [group]
    return [*_split(before, followers, least), *_split(after, followers, least)]


def _side(piece: Piece) -> float:
    """Return the place that tells a piece's column: of a number its middle, of a text where it begins."""
    return (piece.box[0] + piece.box[2]) / 2 if piece.numeric else piece.box[0]


def _matched(named: Sequence[_Span], edges: Sequence[tuple[float, float]], height: float) -> dict[int, str]:
    """Return the heading of each column that has one, matched in order at the least cost."""
    width = len(edges) + 1
    best = [[0.0] * width for _ in range(len(named) + 1)]
    for row in range(len(named) + 1):
        for column in range(width):
            costs = []
            if row:
                costs.append(best[row - 1][column] + _SKIP)
            if column:
                costs.append(best[row][column - 1] + _SKIP)
            if row and column:
                costs.append(best[row - 1][column - 1] + _distance(named[row - 1], edges[column - 1], height))
            best[row][column] = min(costs, default=0.0)
    matched: dict[int, str] = {}
    row, column = len(named), len(edges)
    while row and column:
        if best[row][column] == best[row - 1][column - 1] + _distance(named[row - 1], edges[column - 1], height):
            row, column = row - 1, column - 1
            matched[column] = named[row].text
        elif best[row][column] == best[row - 1][column] + _SKIP:
            row -= 1
        else:
            column -= 1
    return matched


def _distance(heading: _Span, edges: tuple[float, float], height: float) -> float:
    """Return how badly a heading fits a column: the gap between them and how far their edges or middles differ."""
    left, right = edges
    gap = max(heading.left - right, left - heading.right, 0.0)
    middle = abs((heading.left + heading.right) / 2 - (left + right) / 2)
    edge = min(abs(heading.left - left), abs(heading.right - right), middle)
    return (gap + 0.25 * edge) / height


def _nearest(piece: Piece, edges: Sequence[tuple[float, float]]) -> int:
    """Return the column a piece belongs to: the one it overlaps most by its side, else the one next to it."""
    side = _side(piece)

    def distance(number: int) -> tuple[float, float]:
        left, right = edges[number]
        return (max(left - side, side - right, 0.0), min(abs(piece.box[0] - left), abs(piece.box[2] - right)))

    return min(range(len(edges)), key=distance)


def _overlap(left: float, right: float, other_left: float, other_right: float) -> float:
    """Return the common part of two spans, as a share of the narrower."""
    common = min(right, other_right) - max(left, other_left)
    return common / max(min(right - left, other_right - other_left), 0.1)
