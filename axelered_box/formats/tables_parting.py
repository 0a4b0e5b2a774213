"""Which tables stand in an area side by side or one above the other, as their rules show it."""

import itertools

from axelered_box.domain.documents import Box
from axelered_box.formats.tables_rules import Rule, Rules, levels
from axelered_box.formats.tables_text import Token, within

_GAP_EM = 0.6
_SAME_END_PT = 3.0
_TOUCH_PT = 2.0
_RULES_OF_A_TABLE = 3
_LEAST_HEIGHT_EM, _LEAST_WORDS = 2.5, 4
_MOST = 0.6
_NEXT_LINE_EM = 1.2
_LINES_OUTSIDE = 3


def separate(area: Box, rules: Rules, tokens: list[Token], em: float) -> list[Box]:
    """Return the areas of the tables in an area, and what is left of it above and below them."""
    frames = [
        frame
        for frame in _frames(rules)
        if frame[3] - frame[1] >= _LEAST_HEIGHT_EM * em and len(within(tokens, frame)) >= _LEAST_WORDS
    ]
    if len(frames) < 2 or not _hold(frames, tokens):
        return _parted(area, rules, tokens, em)
    grown = [_grown(frame, [other for other in frames if other != frame], tokens, em) for frame in frames]
    x0, y0, x1, y1 = area
    found = [(x0, y0, x1, min(frame[1] for frame in grown) - 1)]
    for frame in grown:
        found += _parted(frame, rules.within(frame), within(tokens, frame), em)
    return [*found, (x0, max(frame[3] for frame in grown) + 1, x1, y1)]


def _hold(frames: list[Box], tokens: list[Token]) -> bool:
    """Tell whether most of what stands below the first frame's top is in a frame."""
    top = min(frame[1] for frame in frames)
    below = [token for token in tokens if (token.y0 + token.y1) / 2 >= top]
    return sum(len(within(below, frame)) for frame in frames) >= _MOST * len(below)


def _frames(rules: Rules) -> list[Box]:
    """Return the boxes of groups of rules that touch, or have one length, if all these lie apart from each other."""
    groups = _touching(rules)
    framed = {id(rule) for group in groups for rule in group}
    alike: list[list[Rule]] = []
    for rule in rules.across:
        if id(rule) in framed:
            continue
        group = next((group for group in alike if _same_ends(group[0], rule)), None)
        if group is None:
            alike.append([rule])
        else:
            group.append(rule)
    groups += [group for group in alike if len(levels(group, 1)) >= _RULES_OF_A_TABLE]
    frames = [
        (min(r.start for r in group), min(r.at for r in group), max(r.end for r in group), max(r.at for r in group))
        for group in groups
    ]
    lie_apart = all(
        one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        for one, other in itertools.combinations(frames, 2)
    )
    return sorted(frames, key=lambda frame: (frame[1], frame[0])) if lie_apart else []


def _touching(rules: Rules) -> list[list[Rule]]:
    """Return the horizontal rules of each net that rules of both directions form."""
    nets: list[tuple[list[Rule], list[Rule]]] = [([rule], []) for rule in rules.across]
    for wall in rules.down:
        met = [net for net in nets if any(_touches(rule, wall) for rule in net[0])]
        if met:
            across = [rule for net in met for rule in net[0]]
            down = [other for net in met for other in net[1]]
            nets = [net for net in nets if net not in met]
            nets.append((across, [*down, wall]))
    return [across for across, down in nets if len(levels(across, 1)) > 1 and len(levels(down, 1)) > 1]


def _touches(rule: Rule, wall: Rule) -> bool:
    return (
        rule.start - _TOUCH_PT <= wall.at <= rule.end + _TOUCH_PT
        and wall.start - _TOUCH_PT <= rule.at <= wall.end + _TOUCH_PT
    )


def _same_ends(rule: Rule, other: Rule) -> bool:
    return abs(rule.start - other.start) <= _SAME_END_PT and abs(rule.end - other.end) <= _SAME_END_PT


def _grown(frame: Box, others: list[Box], tokens: list[Token], em: float) -> Box:
    """Return a frame with the lines just outside it: a heading with no rule above it, a last row with none below."""
    x0, y0, x1, y1 = frame
    beside = [
        token
        for token in tokens
        if x0 <= (token.x0 + token.x1) / 2 <= x1
        and not any(
            other[1] <= (token.y0 + token.y1) / 2 <= other[3] and token.x0 < other[2] and token.x1 > other[0]
            for other in others
        )
    ]
    for _ in range(_LINES_OUTSIDE):
        above = [token.y0 for token in beside if token.y0 < y0 and token.y1 >= y0 - _NEXT_LINE_EM * em]
        below = [token.y1 for token in beside if token.y1 > y1 and token.y0 <= y1 + _NEXT_LINE_EM * em]
        y0, y1 = min([y0, *above]), max([y1, *below])
    return (x0 - em / 2, y0 - 1, x1 + em / 2, y1 + 1)


def _parted(area: Box, rules: Rules, tokens: list[Token], em: float) -> list[Box]:
    """Return an area in parts, cut where no rule of one direction runs on."""
    x0, y0, x1, y1 = area
    wide = [
        (left, right)
        for left, right in _gaps(rules.across, em)
        if not any(token.x0 < right and token.x1 > left for token in tokens)
    ]
    if wide:
        edges = [x0, *((left + right) / 2 for left, right in wide), x1]
        return [(left, y0, right, y1) for left, right in itertools.pairwise(edges)]
    high = [
        (top, bottom)
        for top, bottom in _gaps(rules.down, em)
        if not any(token.y0 < bottom and token.y1 > top for token in tokens)
    ]
    edges = [y0, *((top + bottom) / 2 for top, bottom in high), y1]
    return [(x0, top, x1, bottom) for top, bottom in itertools.pairwise(edges)]


def _gaps(rules: list[Rule], em: float) -> list[tuple[float, float]]:
    """Return the gaps between groups of parallel rules, each of several, that have no stretch in common."""
    groups: list[list[Rule]] = []
    end = 0.0
    for rule in sorted(rules, key=lambda rule: rule.start):
        if groups and rule.start <= end + _GAP_EM * em:
            groups[-1].append(rule)
            end = max(end, rule.end)
        else:
            groups.append([rule])
            end = rule.end
    if any(len(levels(group, 1)) < _RULES_OF_A_TABLE for group in groups):
        return []
    return [(max(rule.end for rule in before), after[0].start) for before, after in itertools.pairwise(groups)]
