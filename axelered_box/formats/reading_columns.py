"""The order in which lines that lie anywhere on a page are read: where there are columns of prose, by columns."""

from statistics import median

from axelered_box.domain.documents import Box, Word

Line = list[Word]
Row = list[Line]
"""Lines that stand side by side."""
_Gap = tuple[float, float]

_SAME_ROW = 0.5
_GUTTER = 0.5
"""A gutter is at least so wide, in parts of the height of most lines."""
_LEAST_LINES = 4
"""A column has at least so many lines."""
_WIDE, _FULL = 10.0, 0.7
"""Most lines of a column of prose are so long, in parts of their height, and in parts of the longest."""


def in_order(items: list[Line]) -> list[Row]:
    """Return lines in reading order, those that stand side by side in no columns of prose together."""
    boxes = {id(item): _hull(item) for item in items}
    height = median(box[3] - box[1] for box in boxes.values()) if boxes else 0.0
    ordered: list[Row] = []
    for part, gutters in _parts(rows(items), boxes, _GUTTER * height):
        columns = _columns(part, boxes, gutters)
        if len(columns) > 1 and all(_is_prose([boxes[id(item)] for item in column]) for column in columns):
            for column in columns:
                ordered += in_order(column)
        else:
            ordered += part
    return ordered


def rows(items: list[Line]) -> list[Row]:
    """Return lines from top to bottom, those that stand side by side together from left to right."""
    boxes = {id(item): _hull(item) for item in items}
    found: list[Row] = []
    middle = height = 0.0
    for item in sorted(items, key=lambda item: boxes[id(item)][1] + boxes[id(item)][3]):
        _, top, _, bottom = boxes[id(item)]
        if found and (top + bottom) / 2 - middle < _SAME_ROW * min(height, bottom - top):
            found[-1].append(item)
        else:
            found.append([item])
            middle, height = (top + bottom) / 2, bottom - top
    return [sorted(row, key=lambda item: boxes[id(item)][0]) for row in found]


def _parts(found: list[Row], boxes: dict[int, Box], least: float) -> list[tuple[list[Row], list[_Gap]]]:
    """Return the rows in parts, each with the gutters that run through all of it."""
    parts: list[tuple[list[Row], list[_Gap]]] = []
    for row in found:
        free = _free([boxes[id(item)] for item in row])
        common = _common(parts[-1][1], free, least) if parts else []
        if parts and _inner(common, [*parts[-1][0], row], boxes):
            parts[-1][0].append(row)
            parts[-1] = (parts[-1][0], common)
        else:
            parts.append(([row], free))
    return parts


def _free(row: list[Box]) -> list[_Gap]:
    """Return where a row has no text, also left and right of it."""
    ends = [float("-inf"), *(box[2] for box in row)]
    starts = [*(box[0] for box in row), float("inf")]
    return [(end, start) for end, start in zip(ends, starts, strict=True) if start > end]


def _common(some: list[_Gap], others: list[_Gap], least: float) -> list[_Gap]:
    """Return what two lists of gaps have in common, as far as it is wide enough."""
    both = ((max(a, c), min(b, d)) for a, b in some for c, d in others)
    return [(start, end) for start, end in both if end - start >= least]


def _inner(gaps: list[_Gap], part: list[Row], boxes: dict[int, Box]) -> bool:
    """Tell whether one of the gaps has text on both sides of it."""
    left = min(boxes[id(item)][0] for row in part for item in row)
    right = max(boxes[id(item)][2] for row in part for item in row)
    return any(left < start and end < right for start, end in gaps)


def _columns(part: list[Row], boxes: dict[int, Box], gutters: list[_Gap]) -> list[list[Line]]:
    """Return what lies between gutters, from left to right."""
    columns: dict[int, list[Line]] = {}
    for row in part:
        for item in row:
            columns.setdefault(sum(end <= boxes[id(item)][0] for _, end in gutters), []).append(item)
    return [columns[place] for place in sorted(columns)]


def _is_prose(column: list[Box]) -> bool:
    """Tell whether lines are long and most of them full, as running text is and the entries of tables are not."""
    if len(column) < _LEAST_LINES:
        return False
    wide = sorted(right - left for left, _, right, _ in column)
    high = median(bottom - top for _, top, _, bottom in column)
    return median(wide) >= max(_WIDE * high, _FULL * wide[-1])


def _hull(words: Line) -> Box:
    """Return the box around words."""
    return (
        min(word.x0 for word in words),
        min(word.y0 for word in words),
        max(word.x1 for word in words),
        max(word.y1 for word in words),
    )
