"""Tests of `tests.bench.ranker`: weights are learned, and confidence is what was right."""

import numpy as np
import pytest

from tests.bench.ranker import calibration, training
from tests.bench.ranker.examples import same


def test_weights_tell_the_right_candidate() -> None:
    """The feature that the right candidates have gets the weight, and one that rises is never negative."""
    dice = np.random.default_rng(1)
    features, right = [], []
    for _ in range(300):
        hit = int(dice.integers(4))
        features.append([[float(place == hit), float(dice.random()), -float(place == hit)] for place in range(4)])
        right.append([place == hit for place in range(4)])

    weights = training.train(training.batch(features, right, [0] * 300), 1, [2], 0)

    assert weights[0][0] > 1 and abs(weights[0][1]) < weights[0][0] / 3 and weights[0][2] >= 0


def test_the_line_rises_and_shows_what_was_right() -> None:
    """Where three quarters were right it says so, and never more for less."""
    chances = [0.3] * 100 + [0.9] * 100
    right = [place % 2 == 0 for place in range(100)] + [place % 4 != 0 for place in range(100)]

    line = calibration.line(chances, right)

    assert [share for _, share in line] == sorted(share for _, share in line)
    assert line[-1][1] == pytest.approx(0.75, abs=0.05)
    assert calibration.error([0.5, 0.5], [True, False]) == 0.0


@pytest.mark.parametrize(
    ("truth", "value", "equal"),
    [
        (12.0, 12.001, True),
        ("2020-01-02", "2020-01-03", False),
        ("Acme Ltd.", "ACME LTD", True),
        ("Hauptstr. 5, 80331 München", "Hauptstr. 5 80331 Munchen", True),
        ("A-1001", "A-1002", False),
        (True, False, False),
        (None, "x", False),
    ],
)
def test_when_values_are_the_same(truth: object, value: object, equal: bool) -> None:
    """Numbers may differ by rounding, texts by marks and a letter, dates not at all."""
    assert same(truth, value) is equal
