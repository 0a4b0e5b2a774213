"""The ruling lines that the picture of a page shows: long thin strokes, darker than the paper on both sides of them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from axelered_box.formats.tables_rules import Rule, Rules, covered

_DPI = 150.0
"""The resolution in which lines are looked for."""
_DARKER = 40
"""By how many levels of grey a line is darker than what lies on both sides of it."""
_THICK_PT = 3.0
_SHORTEST_PT, _SHORTEST_EDGE_PT = 12.0, 36.0
"""The second for the edges of coloured areas, which are dark on one side: lines of text have short ones."""
_GAP_PT = 3.0
"""Pieces of a line that are no further apart go on from each other."""
_STEP = 2
"""By how many pixels a line that is slightly aslant goes up or down from one piece to the next."""
_DRAWN = 0.5
"""An edge that lies on drawn lines to this part is theirs."""

_Piece = tuple[int, int, int]
"""A run of pixels: its row, its start and its end."""


def rules_of(picture: Image.Image, scale: float) -> Rules:
    """Return the lines of a picture in points; `scale` is how many of its pixels are one point."""
    factor = max(1, int(scale * 72 / _DPI))
    grey = picture.convert("L")
    levels = np.asarray(grey.reduce(factor) if factor > 1 else grey)
    scale /= factor
    return Rules(_lines(levels, scale), _lines(np.ascontiguousarray(levels.T), scale))


def _lines(levels: NDArray[np.uint8], scale: float) -> list[Rule]:
    """Return the lines along the rows of a picture, in points."""
    reach = max(2, round(_THICK_PT * scale))
    if levels.shape[0] <= 2 * reach:
        return []
    raised = np.minimum(levels, 255 - _DARKER) + np.uint8(_DARKER)
    below, above = np.zeros(levels.shape, np.bool_), np.zeros(levels.shape, np.bool_)
    below[:-reach] = raised[:-reach] < levels[reach:]
    above[reach:] = raised[reach:] < levels[:-reach]
    strokes = _rules(below & above, _SHORTEST_PT, 0.5, scale)
    edges = [
        *_rules(below, _SHORTEST_EDGE_PT, reach / 2, scale),
        *_rules(above, _SHORTEST_EDGE_PT, -reach / 2, scale),
    ]
    return sorted([*strokes, *(edge for edge in edges if not _is_drawn(edge, strokes))], key=lambda rule: rule.at)


def _rules(dark: NDArray[np.bool_], shortest: float, off: float, scale: float) -> list[Rule]:
    """Return the runs of dark pixels as lines, in points, which lie so many pixels below the middle of the runs."""
    return [
        Rule((_middle(group) + off) / scale, left / scale, right / scale)
        for group, left, right in _joined(_pieces(dark, round(shortest * scale)), round(_GAP_PT * scale))
    ]


def _middle(group: list[_Piece]) -> float:
    """Return the row in which a line lies."""
    return sum(row * (end - start) for row, start, end in group) / sum(end - start for _, start, end in group)


def _is_drawn(edge: Rule, strokes: list[Rule]) -> bool:
    """Tell whether an edge is one of a drawn line."""
    near = [rule for rule in strokes if abs(rule.at - edge.at) <= _THICK_PT]
    return covered(near, edge.start, edge.end) >= _DRAWN


def _pieces(dark: NDArray[np.bool_], shortest: int) -> list[_Piece]:
    """Return the unbroken runs along rows that are long enough; a pixel above or below closes a gap."""
    closed = dark.copy()
    closed[1:] |= dark[:-1]
    closed[:, -1] = False
    edges = np.flatnonzero(np.diff(closed.ravel(), prepend=False))
    starts, ends = edges[::2], edges[1::2]
    long = ends - starts >= shortest
    width = dark.shape[1]
    return [(int(a // width), int(a % width), int(b - a + a % width)) for a, b in zip(starts[long], ends[long], strict=True)]


def _joined(pieces: list[_Piece], gap: int) -> list[tuple[list[_Piece], int, int]]:
    """Return pieces that lie beside each other, or go on from each other, as one line: with its start and end."""
    groups: list[list[Any]] = []
    open_groups: list[list[Any]] = []
    for piece in sorted(pieces):
        row, start, end = piece
        open_groups = [group for group in open_groups if row - group[3] <= _STEP]
        near = [group for group in open_groups if start <= group[2] + gap and end >= group[1] - gap]
        if not near:
            group = [[piece], start, end, row]
            groups.append(group)
            open_groups.append(group)
            continue
        first, *others = near
        for other in others:
            first[0] += other[0]
            first[1], first[2] = min(first[1], other[1]), max(first[2], other[2])
            open_groups = [group for group in open_groups if group is not other]
            groups = [group for group in groups if group is not other]
        first[0].append(piece)
        first[1:] = [min(first[1], start), max(first[2], end), row]
    return [(group[0], group[1], group[2]) for group in groups]

