"""How what speaks for each label becomes its score, a probability that is right about as often as it says.

The weights were fitted to made-up texts in five languages with labels of several sorts (departments, tickets, news,
medical reports, trade papers, kinds of contracts, moods), each sort judged by the weights fitted to the others:
`tests.bench.classify_weights` does it again.
"""

import math
from collections.abc import Sequence

import msgspec

from axelered_box.modules.classify.labels import Label, Property

KIND = 1.7
WORDING = 0.2
NAME_MEAN = 52.0
FULL_MEAN = 39.0
FULL_BEST = 37.5
OTHER = -0.32
"""What a label that stands for the rest has in place of likeness, where neutral texts have 0."""
SEVERAL_SCALE = 1.0
SEVERAL_LEVEL = 1.0
"""How far above neutral texts one of several labels has to be for a score of 0.5."""
MODEL = 1.0


class Signals(msgspec.Struct, frozen=True, kw_only=True):
    """What speaks for one label; 0 is neutral."""

    kind: float = 0.0
    """The logarithm of how much the document looks like the kind that the label names."""
    wording: float = 0.0
    """How much of the label's wording the document has."""
    name_mean: float = 0.0
    """See `similarity.Likeness`."""
    full_mean: float = 0.0
    full_best: float = 0.0
    model: float = 0.0
    """What a language model says for it, weighed already."""


def scores(asked: Property, signals: Sequence[Signals]) -> list[float]:
    """Return the score of each label: they add up to 1, unless a document may have several."""
    weights = [_weight(label, own) for label, own in zip(asked.labels, signals, strict=True)]
    if asked.several:
        return [1 / (1 + math.exp(-_bounded(SEVERAL_SCALE * (weight - SEVERAL_LEVEL)))) for weight in weights]
    top = max(weights)
    shares = [math.exp(weight - top) for weight in weights]
    return [share / sum(shares) for share in shares]


def chosen(asked: Property, given: Sequence[float]) -> list[Label]:
    """Return the labels that a document gets by its scores, the likeliest first."""
    order = sorted(range(len(given)), key=lambda place: -given[place])
    if not asked.several:
        return [asked.labels[order[0]]]
    count = max(asked.least, sum(score >= 0.5 for score in given))
    return [asked.labels[place] for place in order[: count if asked.most is None else min(count, asked.most)]]


def _weight(label: Label, own: Signals) -> float:
    """Return what speaks for a label in sum, in nats."""
    if label.is_other:
        return OTHER + KIND * own.kind + MODEL * own.model
    alike = NAME_MEAN * own.name_mean + FULL_MEAN * own.full_mean + FULL_BEST * own.full_best
    return alike + KIND * own.kind + WORDING * own.wording + MODEL * own.model


def _bounded(value: float) -> float:
    return max(-30.0, min(30.0, value))
