"""What the lines of a table say in each of its columns, and whether a line goes on with the one above it."""

import itertools
import re
from collections.abc import Iterable
from statistics import median

import msgspec

from axelered_box.formats import hyphens
from axelered_box.formats.tables_columns import Columns, column_at
from axelered_box.formats.tables_text import Line, Token

_NUMBER = re.compile(r"^[<>≤≥~±+\-\u2212\u2013(\[$€£¥.]*\d[\d.,:/%\u2013\u2212\-+±)\]*†‡§]*[a-z]{0,2}$")
_BLANK = frozenset({"-", "\u2013", "\u2014", "\u2212", "..", "...", ":", "n/a", "na", "n.a.", "†", "‡", "*"})
_JOINING = frozenset({"±", "+/-", "\u00d7", "/"})
_LINKS = frozenset(
    {"±", "\u2013", "-", "\u2212", "+/-", "/", "to", "x", "\u00d7", "$", "€", "£", "¥", "EUR", "USD", "CHF", "GBP"}
)
_GAP_AT_BOUND_EM = 0.2
_SPACE_EM = 0.27
_SURE_GAP_EM = 0.4
_WIDER = 1.5
"""A gap that parts the headings of two columns is so much wider than the others of its phrase."""


class Piece(msgspec.Struct, frozen=True):
    """Tokens of a line that stand in one column, or across several."""

    tokens: list[Token]
    first: int
    last: int

    @property
    def x0(self) -> float:
        """Return where it begins."""
        return self.tokens[0].x0

    @property
    def x1(self) -> float:
        """Return where it ends."""
        return max(token.x1 for token in self.tokens)

    @property
    def text(self) -> str:
        """Return what it says."""
        return " ".join(token.text for token in self.tokens)


def pieces_of(line: Line, columns: Columns, em: float, *, heading: bool) -> list[Piece]:
    """Return the pieces of a line, from left to right."""
    pieces = []
    alone = len(line.phrases) == 1
    for phrase in line.phrases:
        whole = _piece(phrase.tokens, columns, em)
        if whole.first == whole.last:
            pieces.append(whole)
            continue
        groups = _split(phrase.tokens, columns, em, heading=heading, alone=alone)
        pieces += [_piece(group, columns, em) for group in groups]
    return pieces


def _piece(tokens: list[Token], columns: Columns, em: float) -> Piece:
    """Return tokens with the columns over whose text they lie."""
    left, right = tokens[0].x0, max(token.x1 for token in tokens)
    slack = min(em / 3, (right - left) / 4)
    middle = column_at(columns.bounds, (left + right) / 2)
    over = [
        column
        for column in range(columns.count)
        if columns.text_left(column) < right - slack and columns.text_right(column) > left + slack
    ]
    if not over:
        return Piece(tokens, middle, middle)
    return Piece(tokens, over[0], over[-1])


def _split(tokens: list[Token], columns: Columns, em: float, *, heading: bool, alone: bool) -> list[list[Token]]:
    """Return a phrase's tokens by column, cut where a gap between them lies in a gutter."""
    gaps = [after.x0 - before.x1 for before, after in itertools.pairwise(tokens)]
    usual = median(gaps) if len(gaps) > 1 else em * _SPACE_EM
    least = min(max(usual * _WIDER, em * _GAP_AT_BOUND_EM), em * _SURE_GAP_EM) if heading else em * _GAP_AT_BOUND_EM
    groups = [[tokens[0]]]
    for before, after, gap in zip(tokens, tokens[1:], gaps, strict=False):
        at_gutter = any(min(after.x0, right) - max(before.x1, left) > -0.1 for left, right in columns.gutters)
        at_wall = any(before.x1 - em / 5 <= wall <= after.x0 + em / 5 for wall in columns.walls)
        if at_wall or (at_gutter and gap >= least and not alone):
            groups.append([after])
        else:
            groups[-1].append(after)
    return groups


def is_number(text: str) -> bool:
    """Tell whether a piece is a value: a number, perhaps with signs, or what stands for a missing one."""
    words = [word for word in text.split() if word not in _LINKS]
    numbers = sum(bool(_NUMBER.match(word)) for word in words)
    return text.lower() in _BLANK or numbers * 2 > len(words)


def is_value(text: str) -> bool:
    """Tell whether a piece is nothing but a value."""
    words = text.split()
    return text.lower() in _BLANK or (is_number(text) and all(_NUMBER.match(word) or word in _LINKS for word in words))


def is_unfinished(text: str) -> bool:
    """Tell whether a value breaks off after a sign that joins numbers."""
    words = text.split()
    return len(words) > 1 and words[-1] in _JOINING


def extents(lines: list[list[Piece]], columns: int) -> list[float]:
    """Return how wide the text of each column gets."""
    left, right = [1e9] * columns, [-1e9] * columns
    for pieces in lines:
        for piece in pieces:
            if piece.first == piece.last:
                left[piece.first] = min(left[piece.first], piece.x0)
                right[piece.first] = max(right[piece.first], piece.x1)
    return [max(0.0, b - a) for a, b in zip(left, right, strict=True)]


def would_fit(above: Piece, below: Piece, width: float, em: float) -> bool:
    """Tell whether the first word of a line would have had room on the line above, so that it was not wrapped."""
    first = below.tokens[0]
    return (above.x1 - above.x0) + 0.25 * em + (first.x1 - first.x0) <= width - 0.1 * em


def joined(lines: Iterable[list[Token]]) -> str:
    """Return the lines of a cell as one text."""
    text = ""
    for tokens in lines:
        text = hyphens.PLAIN.join(text, " ".join(token.text for token in tokens))
    return text
