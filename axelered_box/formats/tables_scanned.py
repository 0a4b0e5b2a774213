"""The tables of a page whose text was recognised: its words, and the rules that its picture shows, as tokens and rules."""

from functools import partial
from statistics import median
from typing import Any

import msgspec
import numpy as np
from PIL import Image

from axelered_box.domain.documents import Box, Word
from axelered_box.formats import tables_drawn, type_sizes
from axelered_box.formats.evidence import Region
from axelered_box.formats.tables import Found, find_among
from axelered_box.formats.tables_rules import Rule, Rules
from axelered_box.formats.tables_text import Token, within

_LONG_LINE_WORDS, _LONG_LINE_EM = 4, 12.0
_BEARING = 0.05
"""The white on both sides of a word that a file counts to it, in parts of the font size."""
_ASCENT, _DESCENT = 0.75, 0.22
_LIKE_RULES = "|_[]{}!\\\u00a6\u2014\u2013-~"
_RULE_PT = 0.7


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
    tokens = [token for line in read.lines for token in _tokens(line, rules, slope)]
    return find_among(partial(within, tokens), _levelled(rules, slope), layout)


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


def _tokens(line: list[Word], rules: Rules, slope: float) -> list[Token]:
    """Return the words of a line as tokens, those left out that are rules taken for letters."""
    line = [_between_rules(word, rules) for word in line]
    size = type_sizes.line_size(line)
    base = median(type_sizes.base(word, size) - slope * (word.x0 + word.x1) / 2 for word in line)
    tokens = []
    for word in line:
        text, x0, x1 = _without_rules(word, rules, size)
        if text:
            lift, side = slope * (x0 + x1) / 2, slope * (word.y0 + word.y1) / 2 
            tokens.append(Token(text, x0 + side - _BEARING * size, base - _ASCENT * size, x1 + side + _BEARING * size, base + _DESCENT * size, base, size))
    return tokens


def _between_rules(word: Word, rules: Rules) -> Word:
    """Return a word whose box, which may hold a rule above or below it, ends at the rule."""
    middle, top, bottom = (word.y0 + word.y1) / 2, word.y0, word.y1
    for rule in rules.across:
        if top < rule.at < bottom and rule.start < word.x1 and rule.end > word.x0:
            if rule.at > middle:
                bottom = rule.at - _RULE_PT
            else:
                top = rule.at + _RULE_PT
    return msgspec.structs.replace(word, y0=top, y1=bottom) if bottom - top > _RULE_PT else word


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
    return any(
        x0 <= rule.at <= x1 and rule.start <= y <= rule.end for rule in rules.down
    ) or any(
        word.y0 - 1 <= rule.at <= word.y1 + 1 and rule.start < x1 and rule.end > x0 for rule in rules.across
    )
