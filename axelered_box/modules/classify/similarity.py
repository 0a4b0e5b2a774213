"""How alike in meaning a document and each label are, by sentence embeddings."""

import math
from collections.abc import Sequence

import msgspec

from axelered_box.modules.classify.labels import Label
from axelered_box.modules.classify.passages import Piece

NEUTRAL = (
    "Please transfer the amount to the account named below within fourteen days.",
    "Der Patient klagt seit gestern über Schmerzen und leichtes Fieber.",
    "The second half began with two goals in five minutes.",
    "Les parties conviennent que le présent accord prend effet à la date de signature.",
    "El programa se cierra cuando intento guardar el archivo.",
    "Name, date, place, number, signature",
    "The meeting takes place on Tuesday at ten.",
    "Wir haben das zur Kenntnis genommen.",
    "She opened the window and looked outside.",
)
"""Texts of many sorts: what a label has in common with all of them says nothing."""
PASSAGE_CHARACTERS = 220
HEAD_PASSAGES = 3
LATER_PASSAGES = 3
_SHARPNESS = 30.0

Vector = Sequence[float]


class Likeness(msgspec.Struct, frozen=True, kw_only=True):
    """How alike a document and a label are, less what neutral texts reach; about -0.1 to 0.1."""

    name_mean: float = 0.0
    """The label's name alone, over all passages."""
    full_mean: float = 0.0
    """With its description."""
    full_best: float = 0.0
    """The passages that are most alike count most."""
    passages: list[float] = []
    """Of each passage."""


def passages_of(pieces: Sequence[Piece]) -> list[range]:
    """Return the places of the pieces of the first passages of a document and of some spread over the rest of it."""
    made: list[range] = []
    start = length = 0
    for place, piece in enumerate(pieces):
        if place > start and length + len(piece.text) > PASSAGE_CHARACTERS:
            made.append(range(start, place))
            start, length = place, 0
        length += len(piece.text)
    made += [range(start, len(pieces))] if pieces else []
    head, rest = made[:HEAD_PASSAGES], made[HEAD_PASSAGES:]
    if len(rest) <= LATER_PASSAGES:
        return head + rest
    return head + [rest[int((place + 0.5) * len(rest) / LATER_PASSAGES)] for place in range(LATER_PASSAGES)]


def full_text(label: Label) -> str:
    """Return what a label's name and description say together."""
    return f"{label.name}: {label.description}" if label.description else label.name


def likeness(passages: Sequence[Vector], name: Vector, full: Vector, neutral: Sequence[Vector]) -> Likeness:
    """Return how alike passages and a label are, given as vectors of its name and of what it says in full."""
    by_name = _centred(passages, name, neutral)
    by_full = _centred(passages, full, neutral)
    return Likeness(name_mean=_mean(by_name), full_mean=_mean(by_full), full_best=_soft_best(by_full), passages=by_full)


def _dot(left: Vector, right: Vector) -> float:
    return math.fsum(a * b for a, b in zip(left, right, strict=True))


def _centred(passages: Sequence[Vector], label: Vector, neutral: Sequence[Vector]) -> list[float]:
    usual = _mean([_dot(vector, label) for vector in neutral])
    return [_dot(passage, label) - usual for passage in passages]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _soft_best(values: Sequence[float]) -> float:
    return math.log(_mean([math.exp(_SHARPNESS * value) for value in values])) / _SHARPNESS if values else 0.0
