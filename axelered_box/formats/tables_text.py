"""The text of a table's area as tokens, the phrases that they form and the visual lines on which these stand."""

import re
from collections.abc import Iterable
from statistics import median
from typing import Any

import msgspec

from axelered_box.domain.documents import Box

_LEADER = re.compile(r"^[.·…_\u2024]{3,}$|^[.·…]$|^[-_=\u2013\u2014\u2500\u2501]{4,}$")
_LEADER_TAIL = re.compile(r"[.·…\u2024]{4,}$")
_LEADER_WIDTH = 0.28
"""How wide a leader's dot is, in parts of the font size."""
_SAME_BASE_EM = 0.25
_SCRIPT, _SAME_LINE = 0.85, 0.5
"""A smaller token whose height overlaps a line's by this part is a raised or lowered one of it."""
PHRASE_GAP_EM = 0.5
"""Tokens of a line that are further apart than this belong to different phrases."""


class Token(msgspec.Struct, frozen=True, gc=False):
    """A printed word."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    """Where its letters stand."""
    size: float
    """Its font size, in points."""
    turn: int = 0
    """By how many degrees clockwise its line has to be turned to be upright."""


class Phrase(msgspec.Struct, frozen=True):
    """Tokens that stand close together on a line."""

    tokens: list[Token]
    x0: float
    x1: float

    @property
    def text(self) -> str:
        """Return what it says."""
        return " ".join(token.text for token in self.tokens)


class Line(msgspec.Struct, frozen=True):
    """What stands side by side at one height."""

    phrases: list[Phrase]
    y0: float
    y1: float
    base: float

    @property
    def middle(self) -> float:
        """Return the height at which the line stands."""
        return (self.y0 + self.y1) / 2

    @property
    def box(self) -> Box:
        """Return the box around it."""
        return (self.phrases[0].x0, self.y0, max(phrase.x1 for phrase in self.phrases), self.y1)

    @property
    def size(self) -> float:
        """Return its font size."""
        return median(token.size for phrase in self.phrases for token in phrase.tokens)


def tokens_in(words: Iterable[tuple[Any, ...]], texts: list[dict[str, Any]], area: Box) -> list[Token]:
    """Return the words, as PyMuPDF gives them, whose middles lie in an area; none twice at one place, no leaders' ends.

    `texts` are the page's blocks of text, by whose place words name their block.
    """
    left, top, right, bottom = area
    tokens = []
    seen: dict[tuple[str, int], Token] = {}
    for x0, y0, x1, y1, text, block, line, _ in words:
        if not (left <= (x0 + x1) / 2 <= right and top <= (y0 + y1) / 2 <= bottom):
            continue
        token = _token(text, (x0, y0, x1, y1), texts[block]["lines"][line])
        twin = seen.get((text, round(y0 / 3)))
        if token.text and (twin is None or abs(twin.x0 - x0) >= 1 or abs(twin.y0 - y0) >= 1):
            seen[text, round(y0 / 3)] = token
            tokens.append(token)
    return tokens


def within(tokens: list[Token], area: Box) -> list[Token]:
    """Return the tokens whose middles lie in an area."""
    x0, y0, x1, y1 = area
    return [t for t in tokens if x0 <= (t.x0 + t.x1) / 2 <= x1 and y0 <= (t.y0 + t.y1) / 2 <= y1]


def lines_of(tokens: list[Token], em: float) -> list[Line]:
    """Return tokens by the line that they stand on, from top to bottom; leaders are left out."""
    rows: list[list[Token]] = []
    cores: list[Token] = []
    for token in sorted(tokens, key=lambda token: token.base):
        if cores and _stands_with(cores[-1], token, em):
            rows[-1].append(token)
            if token.size > cores[-1].size:
                cores[-1] = token
        else:
            rows.append([token])
            cores.append(token)
    lines = []
    for row, core in zip(rows, cores, strict=True):
        phrases = _phrases(row, em)
        if phrases:
            y0, y1 = min(token.y0 for token in row), max(token.y1 for token in row)
            lines.append(Line(phrases, y0, y1, core.base))
    return lines


def _token(text: str, box: Box, line: dict[str, Any]) -> Token:
    """Return a word with what its line says of it, the leader at its end cut off."""
    x0, y0, x1, y1 = box
    span = max(line["spans"], key=lambda span: span["size"])
    across, down = line["dir"]
    turn = 0 if abs(across) > abs(down) else (90 if down < 0 else 270)
    base = span["origin"][1] if turn == 0 else span["origin"][0]
    tail = _LEADER_TAIL.search(text) if turn == 0 else None
    if tail:
        x1 -= min(x1 - x0, _LEADER_WIDTH * span["size"] * len(tail[0]))
        text = text[: tail.start()]
    return Token(text, x0, y0, x1, y1, base, span["size"], turn)


def _stands_with(core: Token, token: Token, em: float) -> bool:
    """Tell whether two words stand on one line, or one is raised or lowered beside the other."""
    if abs(core.base - token.base) <= _SAME_BASE_EM * em:
        return True
    common = min(core.y1, token.y1) - max(core.y0, token.y0)
    is_script = min(core.size, token.size) <= _SCRIPT * max(core.size, token.size)
    return is_script and common >= _SAME_LINE * min(core.y1 - core.y0, token.y1 - token.y0)


def _phrases(row: list[Token], em: float) -> list[Phrase]:
    """Return the phrases of a line, from left to right."""
    groups: list[list[Token]] = []
    apart = True
    end = 0.0
    for token in sorted(row, key=lambda token: token.x0):
        if _LEADER.match(token.text) and (len(row) > 1 or len(token.text) > 1):
            apart = True
            continue
        if groups and not apart and token.x0 - end <= PHRASE_GAP_EM * em:
            groups[-1].append(token)
            end = max(end, token.x1)
        else:
            groups.append([token])
            end = token.x1
        apart = False
    return [Phrase(group, group[0].x0, max(token.x1 for token in group)) for group in groups]
