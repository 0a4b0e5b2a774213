"""Cells that reach over several rows between two rules: what stands at half their height."""

import itertools

import msgspec

from axelered_box.formats.tables_pieces import Piece
from axelered_box.formats.tables_text import Line, Token

_CENTRED_EM = 0.45
_NEXT_LINE_EM = 1.6
_MOST_LINES = 16


class Held(msgspec.Struct, frozen=True):
    """The text of a column between two rules, which stands for all rows there."""

    band: int
    column: int
    lines: list[list[Token]]


class Body(msgspec.Struct, frozen=True):
    """The lines of a table's body, what they say by column, and the band between rules in which each stands."""

    lines: list[Line]
    pieces: list[list[Piece]]
    band: list[int]
    held: list[Held]
    single: list[int]
    """The bands that are one row each, whose only longer column wraps."""


def body_of(lines: list[Line], pieces: list[list[Piece]], band: list[int], em: float) -> Body:
    """Return a body's lines without the text that stands for all rows between two rules, and that text."""
    if len(set(band)) < 2:
        return Body(lines, pieces, band, [], [])
    held: list[Held] = []
    single: list[int] = []
    kept: list[list[Piece]] = list(pieces)
    for number in sorted(set(band)):
        places = [place for place, own in enumerate(band) if own == number]
        for column in _centred(places, lines, pieces, em):
            text = [piece.tokens for place in places for piece in pieces[place] if piece.first == column]
            held.append(Held(number, column, text))
            for place in places:
                kept[place] = [piece for piece in kept[place] if piece.first != column]
        if held and held[-1].band == number and len({piece.first for at in places for piece in kept[at]}) < 2:
            held = [own for own in held if own.band != number]
            single.append(number)
            for place in places:
                kept[place] = pieces[place]
    left = [place for place, own in enumerate(kept) if own]
    return Body([lines[at] for at in left], [kept[at] for at in left], [band[at] for at in left], held, single)


def _centred(places: list[int], lines: list[Line], pieces: list[list[Piece]], em: float) -> list[int]:
    """Return the columns whose text stands at half the height of a column with more lines."""
    standing: dict[int, list[int]] = {}
    for place in places:
        for piece in pieces[place]:
            standing.setdefault(piece.first, []).append(place)
    most = max(len(own) for own in standing.values())
    if not 1 < most <= _MOST_LINES:
        return []
    dense = next(own for own in standing.values() if len(own) == most)
    middle = _middle(dense, lines)
    return [
        column
        for column, own in standing.items()
        if len(own) < most
        and _is_one_block(own, lines, em)
        and own != dense[: len(own)]
        and abs(_middle(own, lines) - middle) <= _CENTRED_EM * em
    ]


def _is_one_block(places: list[int], lines: list[Line], em: float) -> bool:
    """Tell whether no line is left out between lines."""
    bases = [lines[place].base for place in places]
    return all(b - a <= _NEXT_LINE_EM * em for a, b in itertools.pairwise(bases))


def _middle(places: list[int], lines: list[Line]) -> float:
    return (lines[places[0]].base + lines[places[-1]].base) / 2
