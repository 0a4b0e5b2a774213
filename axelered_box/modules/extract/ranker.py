"""Which candidate answers a question, and how likely: a small network over the features, trained on made documents.

`ranker.json` holds what `tests.bench.ranker` trained. A network of one hidden layer gives each candidate, and the answer
that there is none, a score; the scores of a question become probabilities that add up to one.
"""

import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec

from axelered_box.modules.extract.features import NAMES, Rated


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A trained network, and how its probabilities become how often one is right."""

    made: str
    """How it was trained."""
    names: list[str]
    """The features it was trained on, in order."""
    means: list[float]
    scales: list[float]
    hidden: list[list[float]]
    """For each unit of the hidden layer its weight of each feature."""
    hidden_bias: list[float]
    output: list[float]
    direct: list[float]
    """Weights of the features past the hidden layer."""
    calibration: list[tuple[float, float]]
    """Points of a rising line from a probability to the share that was right."""


class Ranker:
    """Scores candidates."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._order = [NAMES.index(name) for name in weights.names]

    def scores(self, rated: Sequence[Rated]) -> list[float]:
        """Return a score for each candidate, in order."""
        return [self._score(item.features) for item in rated]

    def sure(self, probability: float) -> float:
        """Return how often an answer of this probability is right."""
        points = self._weights.calibration
        for (left, low), (right, high) in zip(points, points[1:], strict=False):
            if probability <= right:
                share = (probability - left) / (right - left) if right > left else 1.0
                return low + max(share, 0.0) * (high - low)
        return points[-1][1] if points else probability

    def _score(self, features: Sequence[float]) -> float:
        weights = self._weights
        inputs = [
            (features[place] - mean) / scale
            for place, mean, scale in zip(self._order, weights.means, weights.scales, strict=True)
        ]
        score = sum(weight * value for weight, value in zip(weights.direct, inputs, strict=True))
        for unit, bias, output in zip(weights.hidden, weights.hidden_bias, weights.output, strict=True):
            total = bias + sum(weight * value for weight, value in zip(unit, inputs, strict=True))
            if total > 0:
                score += output * total
        return score


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
