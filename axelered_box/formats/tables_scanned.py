"""The tables of a page whose text was recognised, from its words and the rules that its picture shows."""

import itertools
from statistics import median
from typing import Any

import msgspec
import numpy as np
from PIL import Image

from axelered_box.domain.documents import Box, Word
from axelered_box.formats import tables_drawn, type_sizes
from axelered_box.formats.tables import Found, find_among
from axelered_box.formats.tables_rules import Rule, Rules
from axelered_box.formats.tables_text import Token

_LONG_LINE_WORDS, _LONG_LINE_EM = 4, 12.0
_BEARING = 0.05
"""The white on both sides of a word that a file counts to it, in parts of the font size."""
_ASCENT, _DESCENT, _MIDDLE = 0.75, 0.22, 0.35
_LEAST_SIZE, _MOST_SIZE = 0.6, 1.4
"""Lines of a table differ less in size, as parts of that of most."""
_LOW, _SAME_ROW, _FILLED = 4, 0.3, 0.9
"""One size in so many is the low one; words of a row differ so little in height; lines fill so much of their step."""
_LIKE_RULES = "|_[]{}!\\\u00a6\u2014\u2013-~"
_RULE_PT = 0.7
_OFF_WALL = 0.26
"""Words on both sides of a vertical rule are taken to be this part of the font size from it: more than half a phrase's
gap together."""
_OVER_RULE, _TALL = 0.3, 1.5
"""A box reaches over a rule beside it by so much of its width; such a rule is so many times higher than the box."""


class Recognised(msgspec.Struct, frozen=True):
    """What was read on a page."""

    lines: list[list[Word]]
    """In points."""
    picture: Image.Image
    scale: float
    """How many pixels of the picture are one point."""


def find_tables(read: Recognised, layout: list[dict[str, Any]]) -> Found:
    """Return the tables of a recognised page as regions with grids, and what was cut off from them."""
    rules = tables_drawn.rules_of(read.picture, read.scale)
    slope = _slope(read.lines)
    printed = [[_between_rules(word, rules) for word in line] for line in read.lines]

    def tokens(area: Box) -> list[Token]:
        lines = [[word for word in line if _is_in(word, area)] for line in printed]
        return _tokens([line for line in lines if line], rules, slope)

    return find_among(tokens, _levelled(rules, slope), layout)


def _slope(lines: list[list[Word]]) -> float:
    """Return by how much lines fall from left to right, in parts of their length."""
    slopes = []
    for line in lines:
        if len(line) >= _LONG_LINE_WORDS:
            size = type_sizes.line_size(line)
            xs = np.array([(word.x0 + word.x1) / 2 for word in line])
            ys = np.array([type_sizes.base(word, size) for word in line])
            if np.ptp(xs) > _LONG_LINE_EM * size:
                slopes += [float(np.polyfit(xs, ys, 1)[0])] * len(line)
    return median(slopes) if slopes else 0.0


def _levelled(rules: Rules, slope: float) -> Rules:
    """Return rules with those that lie as lines of text do made level."""
    return Rules(
        [Rule(rule.at - slope * (rule.start + rule.end) / 2, rule.start, rule.end) for rule in rules.across],
        [Rule(rule.at + slope * (rule.start + rule.end) / 2, rule.start, rule.end) for rule in rules.down],
    )


def _is_in(word: Word, area: Box) -> bool:
    """Tell whether the middle of a word lies in an area."""
    return area[0] <= (word.x0 + word.x1) / 2 <= area[2] and area[1] <= (word.y0 + word.y1) / 2 <= area[3]


def _level(x: float, y: float, slope: float) -> tuple[float, float]:
    """Return a place when its page is made level."""
    return x + slope * y, y - slope * x


def _tokens(lines: list[list[Word]], rules: Rules, slope: float) -> list[Token]:
    """Return the words of an area's lines as tokens, those left out that are rules taken for letters.

    Boxes around a line that Tesseract did not part well are too high, those of dashes too low: such a line has the size
    of the others, and stands where its middle says. No line counts as larger than most, since few are.
    """
    sizes = [type_sizes.line_size(line) for line in lines]
    em = _usual_size(lines, sizes, slope)
    tokens = []
    for line, told in zip(lines, sizes, strict=True):
        is_sound = _LEAST_SIZE * em <= told <= _MOST_SIZE * em
        size = min(told, em) if is_sound else em
        bases = [type_sizes.base(word, size) if is_sound else (word.y0 + word.y1) / 2 + _MIDDLE * size for word in line]
        base = median(_level((word.x0 + word.x1) / 2, at, slope)[1] for word, at in zip(line, bases, strict=True))
        for word in line:
            text, x0, x1 = _without_rules(word, rules, size)
            if text:
                side = slope * (word.y0 + word.y1) / 2
                x0, x1 = _off_walls(x0 - _BEARING * size, x1 + _BEARING * size, word, rules, size)
                left, right = x0 + side, x1 + side
                tokens.append(Token(text, left, base - _ASCENT * size, right, base + _DESCENT * size, base, size))
    return tokens


def _off_walls(x0: float, x1: float, word: Word, rules: Rules, size: float) -> tuple[float, float]:
    """Return the ends of a word so far from rules beside it that it makes no phrase with what stands behind them."""
    y, off = (word.y0 + word.y1) / 2, _OFF_WALL * size
    for rule in rules.down:
        if rule.length >= _TALL * size and rule.start < y < rule.end:
            if abs(x0 - rule.at) < off and rule.at + off < x1:
                x0 = rule.at + off
            elif abs(x1 - rule.at) < off and rule.at - off > x0:
                x1 = rule.at - off
    return x0, x1


def _usual_size(lines: list[list[Word]], sizes: list[float], slope: float) -> float:
    """Return the font size of most of a table: one of the lower ones, and less than its lines are apart."""
    told = sorted(size for line, size in zip(lines, sizes, strict=True) for _ in line)
    if not told:
        return 0.0
    usual = told[len(told) // _LOW]
    middles = sorted(_level((w.x0 + w.x1) / 2, (w.y0 + w.y1) / 2, slope)[1] for line in lines for w in line)
    rows: list[list[float]] = []
    for middle in middles:
        if rows and middle - rows[-1][-1] <= _SAME_ROW * usual:
            rows[-1].append(middle)
        else:
            rows.append([middle])
    steps = [median(lower) - median(upper) for upper, lower in itertools.pairwise(rows)]
    return min(usual, _FILLED * median(steps)) if steps else usual


def _between_rules(word: Word, rules: Rules) -> Word:
    """Return a word whose box, which may hold a rule above, below or beside it, ends at the rule."""
    middle, top, bottom = (word.y0 + word.y1) / 2, word.y0, word.y1
    left, right, reach = word.x0, word.x1, _OVER_RULE * (word.x1 - word.x0)
    for rule in rules.down:
        if left < rule.at < right and rule.start < middle < rule.end and rule.length > _TALL * (bottom - top):
            if rule.at - left <= reach:
                left = rule.at + _RULE_PT
            elif right - rule.at <= reach:
                right = rule.at - _RULE_PT
    for rule in rules.across:
        if top < rule.at < bottom and rule.start < word.x1 and rule.end > word.x0:
            if rule.at > middle:
                bottom = rule.at - _RULE_PT
            else:
                top = rule.at + _RULE_PT
    if bottom - top <= _RULE_PT:
        top, bottom = word.y0, word.y1
    return msgspec.structs.replace(word, x0=left, x1=right, y0=top, y1=bottom)


def _without_rules(word: Word, rules: Rules, size: float) -> tuple[str, float, float]:
    """Return what a word says, and where it begins and ends, without signs at its ends that are rules of the page."""
    text, x0, x1 = word.text, word.x0, word.x1
    step = (x1 - x0) / len(text)
    while text and text[0] in _LIKE_RULES and _is_on_rule(x0 - size, x0 + step, word, rules):
        text, x0 = text[1:], x0 + step
    while text and text[-1] in _LIKE_RULES and _is_on_rule(x1 - step, x1 + size, word, rules):
        text, x1 = text[:-1], x1 - step
    return text, x0, x1


def _is_on_rule(x0: float, x1: float, word: Word, rules: Rules) -> bool:
    y = (word.y0 + word.y1) / 2
    return any(x0 <= rule.at <= x1 and rule.start <= y <= rule.end for rule in rules.down) or any(
        word.y0 - 1 <= rule.at <= word.y1 + 1 and rule.start < x1 and rule.end > x0 for rule in rules.across
    )
