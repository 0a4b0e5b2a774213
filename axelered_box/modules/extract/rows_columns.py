"""The columns of a table: which pieces of its rows stand below each other."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from axelered_box.modules.extract.rows_bands import Band
from axelered_box.modules.extract.rows_headings import headings, matched
from axelered_box.modules.extract.rows_pieces import Piece, on_lines
from axelered_box.modules.extract.rows_sums import is_sum

_CUTS = 60
"""How many places are tried at which columns may be parted, the most frequent first."""


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


def columns(header: Sequence[Band], body: Sequence[Band]) -> list[Column]:
    """Return the columns of a table from left to right; a column without a heading has an empty one."""
    named = headings(header)
    height = header[0].height
    rich = [band for band in body if len(band.pieces) >= max(2, 0.5 * len(named)) and not is_sum(band)]
    groups = _clusters(rich or list(body))
    if not groups:
        return []
    _add_apart(groups, body)
    edges = _usual_edges(groups, body)
    names = matched(headings(header, edges), edges, height)
    cells: list[dict[int, tuple[Piece, ...]]] = [{} for _ in groups]
    members = {id(piece): number for number, group in enumerate(groups) for piece in group}
    for place, band in enumerate(body):
        for piece in band.pieces:
            number = members.get(id(piece))
            if number is None:
                number = _nearest(piece, edges)
            cells[number][place] = (*cells[number].get(place, ()), piece)
    return [
        Column(heading=names.get(number, ""), left=left, right=right, cells=cells[number])
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


def _clusters(body: Sequence[Band]) -> list[list[Piece]]:
    """Return the pieces of some bands by column: those that share a part of the line, unless a line has two of them."""
    pieces = sorted((piece for band in body for piece in band.pieces), key=lambda piece: piece.box[0])
    lines = [row for band in body for row in on_lines(band.pieces)]
    followers = {id(left): right for row in lines for left, right in pairwise(row)}
    groups: list[list[Piece]] = []
    right = 0.0
    for piece in pieces:
        if groups and piece.box[0] <= right + 1:
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

    edges = Counter(round(edge, 1) for left, right in gaps for edge in (right, (left + right) / 2, left))
    cut = max((edge for edge, _ in edges.most_common(_CUTS)), key=worth)
    before = [piece for piece in group if _side(piece) < cut]
    after = [piece for piece in group if _side(piece) >= cut]
    if not before or not after:
        return [group]
    return [*_split(before, followers, least), *_split(after, followers, least)]


def _side(piece: Piece) -> float:
    """Return the place that tells a piece's column: of a number its middle, of a text where it begins."""
    return (piece.box[0] + piece.box[2]) / 2 if piece.numeric else piece.box[0]


def _nearest(piece: Piece, edges: Sequence[tuple[float, float]]) -> int:
    """Return the column a piece belongs to: the one it overlaps most by its side, else the one next to it."""
    side = _side(piece)

    def distance(number: int) -> tuple[float, float]:
        left, right = edges[number]
        return (max(left - side, side - right, 0.0), min(abs(piece.box[0] - left), abs(piece.box[2] - right)))

    return min(range(len(edges)), key=distance)
