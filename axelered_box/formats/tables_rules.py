"""The ruling lines of a page, as its vectors draw them: thin boxes, the sides of frames, the edges of fills."""

from collections.abc import Iterable
from typing import Any

import msgspec

from axelered_box.domain.documents import Box

_THICK_PT = 3.0
"""Boxes thinner than this are lines."""
_SHORTEST_PT = 7.0
_SAME_PLACE_PT = 1.2
_DASH_GAP_PT = 3.5
_FILL_HEIGHT_PT = 6.0
_DASHES = frozenset("-_=\u2013\u2014\u2500\u2501")
_LEAST_DASHES = 4
_MOST_RULES, _MOST_FILLS = 1000, 500


class Rule(msgspec.Struct, frozen=True, gc=False):
    """A straight line: where it lies across its direction, where it starts and where it ends."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        """Return how long it is."""
        return self.end - self.start


class Rules(msgspec.Struct, frozen=True):
    """Lines of both directions, and coloured areas."""

    across: list[Rule]
    """Horizontal lines from top to bottom."""
    down: list[Rule]
    """Vertical lines from left to right."""
    fills: list[Box] = []

    def within(self, area: Box, slack: float = 3.0) -> "Rules":
        """Return what lies in an area, cut to it."""
        x0, y0, x1, y1 = area
        x0, y0, x1, y1 = x0 - slack, y0 - slack, x1 + slack, y1 + slack
        return Rules(
            [_cut(rule, x0, x1) for rule in self.across if y0 <= rule.at <= y1 and rule.start < x1 and rule.end > x0],
            [_cut(rule, y0, y1) for rule in self.down if x0 <= rule.at <= x1 and rule.start < y1 and rule.end > y0],
            [fill for fill in self.fills if fill[0] < x1 and fill[2] > x0 and fill[1] < y1 and fill[3] > y0],
        )


def rules_of(blocks: Iterable[dict[str, Any]], words: Iterable[tuple[Any, ...]]) -> Rules:
    """Return the rules that the vectors among blocks draw, and those that are typed."""
    across = rules_typed(words)
    down: list[Rule] = []
    fills: list[Box] = []
    for block in blocks:
        if block["type"] != 3 or block.get("alpha") == 0:
            continue
        x0, y0, x1, y1 = block["bbox"]
        width, height = x1 - x0, y1 - y0
        if min(width, height) <= _THICK_PT:
            if width > height:
                across.append(Rule((y0 + y1) / 2, x0, x1))
            elif height > width:
                down.append(Rule((x0 + x1) / 2, y0, y1))
        elif block["isrect"] and block["stroked"]:
            across += [Rule(y0, x0, x1), Rule(y1, x0, x1)]
            down += [Rule(x0, y0, y1), Rule(x1, y0, y1)]
        elif block["isrect"] and height >= _FILL_HEIGHT_PT:
            fills.append((x0, y0, x1, y1))
    return Rules(_longest(_joined(across)), _longest(_joined(down)), fills if len(fills) <= _MOST_FILLS else [])


def rules_typed(words: Iterable[tuple[Any, ...]]) -> list[Rule]:
    """Return the horizontal rules that are made of dashes or the like, as typewriters draw them."""
    return [
        Rule((word[1] + word[3]) / 2, word[0], word[2])
        for word in words
        if len(word[4]) >= _LEAST_DASHES and _DASHES.issuperset(word[4])
    ]


def covered(rules: Iterable[Rule], start: float, end: float) -> float:
    """Return which part of a stretch lies on rules."""
    if end <= start:
        return 0.0
    done, reached = 0.0, start
    for rule in sorted(rules, key=lambda rule: rule.start):
        left, right = max(rule.start, reached), min(rule.end, end)
        if right > left:
            done += right - left
            reached = right
    return done / (end - start)


def levels(rules: Iterable[Rule], apart: float) -> list[tuple[float, list[Rule]]]:
    """Return rules by where they lie, those closer than `apart` taken as one."""
    found: list[tuple[float, list[Rule]]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if found and rule.at - found[-1][1][-1].at <= apart:
            found[-1][1].append(rule)
        else:
            found.append((rule.at, [rule]))
    return [(sum(rule.at for rule in group) / len(group), group) for _, group in found]


def _longest(rules: list[Rule]) -> list[Rule]:
    """Return rules, the shortest left out where there are very many, as in a drawing."""
    if len(rules) <= _MOST_RULES:
        return rules
    least = sorted((rule.length for rule in rules), reverse=True)[_MOST_RULES - 1]
    return [rule for rule in rules if rule.length >= least]


def _cut(rule: Rule, start: float, end: float) -> Rule:
    return Rule(rule.at, max(rule.start, start), min(rule.end, end))


def _joined(rules: list[Rule]) -> list[Rule]:
    """Return rules with those that go on from each other, such as dashes, made one; short ones are left out."""
    joined: list[Rule] = []
    for _, group in levels(rules, _SAME_PLACE_PT / 2):
        last: Rule | None = None
        for rule in sorted(group, key=lambda rule: rule.start):
            if last is not None and rule.start - last.end <= _DASH_GAP_PT:
                last = Rule(last.at, last.start, max(last.end, rule.end))
                continue
            if last is not None:
                joined.append(last)
            last = rule
        if last is not None:
            joined.append(last)
    return [rule for rule in joined if rule.length >= _SHORTEST_PT]
