"""Which candidate goes to which question, when no words may answer two questions at once."""

from collections.abc import Sequence

import msgspec

from axelered_box.modules.extract.candidates import Candidate
from axelered_box.modules.extract.features import GROUPS, Rated
from axelered_box.modules.extract.ranker import probabilities
from axelered_box.modules.extract.terms import Vocabulary
from axelered_box.modules.extract.wanting import Wanted

TAKEN = 4.0
"""What a score loses when its words answer another question already."""
SHARED = 1.0
"""The same, where both questions want the same kind of amount, such as the total and what is to be paid."""
PAYABLE = frozenset({"gross", "total", "payable"})
"""What is to be paid is the total where a document does not say otherwise: its words may serve both."""
SAME = 0.8
"""Questions whose names are as alike as this ask for the same thing."""


class Ballot(msgspec.Struct, frozen=True):
    """A question with its rated candidates and their scores."""

    wanted: Wanted
    rated: Sequence[Rated]
    scores: Sequence[float]


class Value(msgspec.Struct, frozen=True):
    """A value that a document offers for a question, with all the places that say it."""

    probability: float
    places: tuple[Rated, ...]
    """The likeliest first; one without a candidate stands for no value."""

    @property
    def candidate(self) -> Candidate | None:
        """Return the likeliest place, None for no value."""
        return self.places[0].candidate


def assign(ballots: Sequence[Ballot], vocabulary: Vocabulary) -> list[list[Value]]:
    """Return for each question its values, the likeliest first, when the surest questions choose their words first."""
    scores = [list(ballot.scores) for ballot in ballots]
    chosen: list[list[Value] | None] = [None] * len(ballots)
    for _ in ballots:
        open_ones = {place: _values(ballots[place].rated, scores[place]) for place in _open(chosen)}
        surest = max(open_ones, key=lambda place: open_ones[place][0].probability)
        chosen[surest] = open_ones[surest]
        candidate = open_ones[surest][0].candidate
        if candidate is not None:
            _withdraw(candidate, surest, ballots, scores, vocabulary, set(open_ones) - {surest})
    return [values for values in chosen if values is not None]


def _open(chosen: Sequence[object]) -> list[int]:
    return [place for place, values in enumerate(chosen) if values is None]


def _withdraw(
    taken: Candidate,
    by: int,
    ballots: Sequence[Ballot],
    scores: list[list[float]],
    vocabulary: Vocabulary,
    others: set[int],
) -> None:
    """Lower the scores of candidates for other questions that are in part the words that one has taken."""
    for other in others:
        loss = _loss(ballots[by].wanted, ballots[other].wanted, vocabulary)
        if loss:
            for place, rated in enumerate(ballots[other].rated):
                if rated.candidate is not None and rated.candidate.overlaps(taken):
                    scores[other][place] -= loss


def _loss(one: Wanted, other: Wanted, vocabulary: Vocabulary) -> float:
    groups = [
        next((place for place, group in enumerate(GROUPS) if wanted.kinds[0] in group), -1) for wanted in (one, other)
    ]
    if groups[0] != groups[1]:
        return 0.0 if "text" not in (one.kinds[0], other.kinds[0]) else TAKEN / 2
    if vocabulary.likeness(one.name, other.name).score >= SAME:
        return 0.0
    if (
        one.kinds[0] == "amount"
        and one.terms & PAYABLE
        and other.terms & PAYABLE
        and not (one.terms ^ other.terms) & {"net"}
    ):
        return 0.0
    return SHARED if one.kinds[0] == "amount" and one.terms & other.terms else TAKEN


def _values(rated: Sequence[Rated], scores: Sequence[float]) -> list[Value]:
    """Return the values that candidates stand for, the likeliest first."""
    grouped: dict[str, list[tuple[float, Rated]]] = {}
    for probability, item in zip(probabilities(scores), rated, strict=True):
        key = "" if item.candidate is None else same_value(item.candidate.value)
        grouped.setdefault(key, []).append((probability, item))
    values = [
        Value(
            sum(probability for probability, _ in group),
            tuple(item for _, item in sorted(group, key=lambda entry: -entry[0])),
        )
        for group in grouped.values()
    ]
    return sorted(values, key=lambda value: -value.probability)


def same_value(value: object) -> str:
    """Return what two writings of the same value have in common."""
    if isinstance(value, bool):
        return f"b{value}"
    if isinstance(value, int | float):
        return f"n{float(value):.4f}"
    return "s" + "".join(letter for letter in str(value).lower() if letter.isalnum())
