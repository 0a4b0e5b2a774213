"""Where tables may be that the layout model did not see, and which of what was built there is one."""

import itertools
import re

from axelered_box.domain.documents import Box
from axelered_box.formats.evidence import Grid
from axelered_box.formats.tables_rules import Rule, Rules, covered, levels

_SAME_END_PT = 3.0
_SHORTEST_PT = 90.0
_HEADING_PT = 30.0
_COVERED = 0.3
_FILLED = 0.6
_INSIDE_PT = 6.0
_ACROSS = 0.9
_LEAST_GRID_PT, _LEAST_WALLS, _CROSSED = 24.0, 3, 0.6
_GRID_END_PT = 6.0
_LEAST_RULES = 1
_WORDS_A_CELL = 9
_MARK = re.compile(r"^(?:[•‣◦▪▫●○■□◆·*\u2013\u2014-]|\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,5})[.)])$")


def unseen_areas(across: list[Rule], seen: list[Box]) -> list[Box]:
    """Return areas between rules of the same length one below the other, with room for a heading above the first."""
    groups: list[list[Rule]] = []
    for rule in across:
        if rule.length < _SHORTEST_PT:
            continue
        group = next((group for group in groups if _is_below(group[-1], rule)), None)
        if group is None:
            groups.append([rule])
        else:
            group.append(rule)
    areas = []
    for group in groups:
        top, bottom = group[0], group[-1]
        area = (top.start - 1, max(top.at - _HEADING_PT, 0), top.end + 1, bottom.at)
        if len(group) > 1 and not any(overlap(area, box) > _COVERED for box in seen):
            areas.append(area)
    return areas


def grid_areas(rules: Rules, seen: list[Box]) -> list[Box]:
    """Return areas between vertical rules of the same length side by side, which horizontal ones cross."""
    groups: list[list[Rule]] = []
    for rule in rules.down:
        if rule.length >= _LEAST_GRID_PT:
            group = next((group for group in groups if _is_level(group[0], rule)), None)
            if group is None:
                groups.append([rule])
            else:
                group.append(rule)
    areas = []
    for group in (part for group in groups for part in _crossed(group, rules.across)):
        left, right = group[0], group[-1]
        area = (left.at - 1, min(rule.start for rule in group), right.at + 1, max(rule.end for rule in group))
        if len(group) >= _LEAST_WALLS and not any(overlap(area, box) > _COVERED for box in seen):
            areas.append(area)
    return areas


def _crossed(walls: list[Rule], across: list[Rule]) -> list[list[Rule]]:
    """Return vertical rules side by side in groups, each joined by a rule that runs across it between its ends."""
    top, bottom = min(wall.start for wall in walls) + _INSIDE_PT, max(wall.end for wall in walls) - _INSIDE_PT
    crossing = [level for _, level in levels([rule for rule in across if top < rule.at < bottom], _SAME_END_PT)]
    groups = [walls[:1]]
    for before, wall in itertools.pairwise(walls):
        if any(covered(level, before.at, wall.at) >= _CROSSED for level in crossing):
            groups[-1].append(wall)
        else:
            groups.append([wall])
    return groups


def crossed_areas(across: list[Rule], boxes: list[Box]) -> list[Box]:
    """Return boxes of text that a rule runs across from side to side."""
    return [
        box
        for box in boxes
        if any(
            box[1] + _INSIDE_PT < rule.at < box[3] - _INSIDE_PT
            and min(rule.end, box[2]) - max(rule.start, box[0]) >= _ACROSS * (box[2] - box[0])
            for rule in across
        )
    ]


def overlap(area: Box, box: Box) -> float:
    """Return which part of the smaller of two boxes they have in common."""
    width = min(area[2], box[2]) - max(area[0], box[0])
    height = min(area[3], box[3]) - max(area[1], box[1])
    if width <= 0 or height <= 0:
        return 0.0
    sizes = [(side[2] - side[0]) * (side[3] - side[1]) for side in (area, box)]
    return width * height / max(min(sizes), 1.0)


def is_sure(grid: Grid, rules: int) -> bool:
    """Tell whether a grid that no model has seen is a table: enough of its cells say something, and briefly."""
    filled = [cell for cell in grid.cells if cell.text]
    if rules < _LEAST_RULES or grid.columns < (2 if rules > 2 else 3) or (grid.rows < 3 and grid.columns < 4):
        return False
    words = sum(len(cell.text.split()) for cell in filled)
    brief = sorted(len(cell.text.split()) for cell in filled)[len(filled) // 2] <= _WORDS_A_CELL if filled else False
    return len(filled) >= _FILLED * len(grid.cells) and words > len(filled) and brief


def is_list(grid: Grid) -> bool:
    """Tell whether a grid is a list: its first column holds nothing but the marks of items."""
    marks = [cell.text.strip() for cell in grid.cells if cell.column == 0 and cell.text]
    return grid.columns == 2 and len(marks) > 1 and all(map(_MARK.match, marks))


def _is_below(rule: Rule, other: Rule) -> bool:
    return abs(rule.start - other.start) <= _SAME_END_PT and abs(rule.end - other.end) <= _SAME_END_PT


def _is_level(rule: Rule, other: Rule) -> bool:
    return abs(rule.start - other.start) <= _GRID_END_PT and abs(rule.end - other.end) <= _GRID_END_PT
