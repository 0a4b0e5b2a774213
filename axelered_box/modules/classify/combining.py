"""How what speaks for each label becomes its score, a probability that is right about as often as it says.

The weights were fitted to made-up texts in five languages with labels of several sorts (departments, tickets, news,
medical reports, trade papers, kinds of contracts, moods), each sort judged by the weights fitted to the others:
`tests.bench.classify_weights` does it again.
"""

import math
from collections.abc import Sequence

import msgspec

from axelered_box.modules.classify.labels import Label, Property

ROW = ("kind", "wording", "name_mean", "full_mean", "full_best", "other")
"""What stands in a label's row of numbers."""
WEIGHTS = (1.8, 0.15, 53.0, 52.0, 52.0, 0.2)
"""How much each number of a row counts. The last is for a label that stands for the rest: it has that in place of
likeness, where neutral texts have 0; set by texts of other sorts among those of one."""
DOUBT = 0.01
"""What is left of a score for what nothing of this sees, such as a wrong table of kinds."""
SEVERAL_SCALE = 0.96
SEVERAL_LEVEL = 1.23
"""How far one of several labels may stand behind the best for a score of 0.5, fitted to pairs of the same texts."""


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
    top = max(weights)
    if asked.several:
        return [1 / (1 + math.exp(min(700.0, SEVERAL_SCALE * (top - weight - SEVERAL_LEVEL)))) for weight in weights]
    shares = [math.exp(weight - top) for weight in weights]
    return [(1 - DOUBT) * share / sum(shares) + DOUBT / len(shares) for share in shares]


def chosen(asked: Property, given: Sequence[float]) -> list[Label]:
    """Return the labels that a document gets by its scores, the likeliest first."""
    order = sorted(range(len(given)), key=lambda place: -given[place])
    if not asked.several:
        return [asked.labels[order[0]]]
    count = max(asked.least, sum(score >= 0.5 for score in given))
    return [asked.labels[place] for place in order[: count if asked.most is None else min(count, asked.most)]]


def row(label: Label, own: Signals) -> list[float]:
    """Return the numbers of ROW by which a label is weighed."""
    if label.is_other:
        return [own.kind, 0.0, 0.0, 0.0, 0.0, 1.0]
    return [own.kind, own.wording, own.name_mean, own.full_mean, own.full_best, 0.0]


def _weight(label: Label, own: Signals) -> float:
    """Return what speaks for a label in sum, in nats."""
    return math.fsum(weight * value for weight, value in zip(WEIGHTS, row(label, own), strict=True)) + own.model
