"""Which candidate answers a question, and how likely: a weighted sum of features, trained on made documents.

`ranker.json` holds what `tests.bench.ranker` trained. The sum gives each candidate, and the answer that there is none,
a score; the scores of a question become probabilities that add up to one. (A network of a hidden layer learned the made
documents better and real ones worse.)
"""

import itertools
import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec

from axelered_box.modules.extract.features import NAMES, Rated, sort_of
from axelered_box.modules.extract.wanting import Wanted


class Opinion(msgspec.Struct, frozen=True):
    """What a model thinks of a candidate, beside the others of its question: 0 is the mean, 1 the usual difference."""

    likely: float
    telling: float
    """The same for how much the question's name made it likelier."""


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Trained weights, and how its probabilities become how often one is right."""

    made: str
    """How it was trained."""
    names: list[str]
    """The features it was trained on, in order."""
    weights: list[list[float]]
    """The weight of each feature, for each sort of what is wanted (`features.SORTS`, then all others)."""
    opinions: tuple[float, float]
    """The weights of a model's opinion: how likely it finds a candidate, and how telling (`likelihood.Opinion`)."""
    calibration: list[tuple[float, float]]
    """Points of a rising line from a probability to the share that was right."""


class Ranker:
    """Scores candidates."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._order = [NAMES.index(name) for name in weights.names]

    def scores(self, wanted: Wanted, rated: Sequence[Rated]) -> list[float]:
        """Return a score for each candidate of a question, in order."""
        weights = self._weights.weights[sort_of(wanted)]
        placed = [(place, weight) for place, weight in zip(self._order, weights, strict=True) if weight]
        return [sum(item.features[place] * weight for place, weight in placed) for item in rated]

    def heard(self, scores: Sequence[float], opinions: Sequence[Opinion | None]) -> list[float]:
        """Return scores with a model's opinion of their candidates.

        The model tells between candidates, not whether there is an answer: together they stay as likely as before.
        """
        likely, telling = self._weights.opinions
        gains = [
            None if opinion is None else likely * opinion.likely + telling * opinion.telling for opinion in opinions
        ]
        heard = [(score, gain) for score, gain in zip(scores, gains, strict=True) if gain is not None]
        if not heard:
            return list(scores)
        top = max(score for score, _ in heard)
        before = math.fsum(math.exp(score - top) for score, _ in heard)
        after = math.fsum(math.exp(score - top + gain) for score, gain in heard)
        level = math.log(after / before)
        return [score if gain is None else score + gain - level for score, gain in zip(scores, gains, strict=True)]

    def sure(self, probability: float) -> float:
        """Return how often an answer of this probability is right."""
        points = self._weights.calibration
        for (left, low), (right, high) in itertools.pairwise(points):
            if probability <= right:
                share = (probability - left) / (right - left) if right > left else 1.0
                return low + max(share, 0.0) * (high - low)
        return points[-1][1] if points else probability


@cache
def shipped() -> Ranker:
    """Return the ranker that the box ships."""
    text = files(__package__).joinpath("ranker.json").read_bytes()
    return Ranker(msgspec.json.decode(text, type=Weights))


def probabilities(scores: Sequence[float]) -> list[float]:
    """Return scores as probabilities that add up to one."""
    top = max(scores)
    weights = [math.exp(score - top) for score in scores]
    total = sum(weights)
    return [weight / total for weight in weights]
