"""Weights of features, trained so that of a question's candidates the right ones are the likeliest."""

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
RATE, ROUNDS, BATCH = 2e-2, 14, 64
DECAY = 2e-3
"""How fast the weights that all sorts share are pulled towards zero."""
OWN_DECAY = 1e-2
"""The same for what a sort's own weights are away from the shared ones."""


class Batch(msgspec.Struct):
    """Questions, each with as many candidates as the one that has the most."""

    inputs: Floats
    """Questions by candidates by features."""
    there: Floats
    """1 where there is a candidate, 0 where one was added to fill up."""
    right: Floats
    """1 for each right candidate."""
    sorts: NDArray[np.int64]
    """The sort of what each question wants."""


def batch(
    features: Sequence[Sequence[Sequence[float]]], right: Sequence[Sequence[bool]], sorts: Sequence[int]
) -> Batch:
    """Return questions as arrays."""
    most, width = max(map(len, features)), len(features[0][0])
    inputs = np.zeros((len(features), most, width), np.float32)
    there = np.zeros((len(features), most), np.float32)
    hits = np.zeros((len(features), most), np.float32)
    for place, (rows, flags) in enumerate(zip(features, right, strict=True)):
        inputs[place, : len(rows)] = rows
        there[place, : len(rows)] = 1
        hits[place, : len(rows)] = flags
    return Batch(inputs, there, hits, np.array(sorts))


def train(known: Batch, count: int, rising: Sequence[int], seed: int) -> Floats:
    """Return weights for `count` sorts by features, trained by Adam.

    A feature that is `rising` cannot speak against a candidate: what names a value better is never worse.
    """
    dice = np.random.default_rng(seed)
    width = known.inputs.shape[2]
    spread = known.inputs[known.there > 0].std(0)
    scales = np.where(spread > 1e-3, spread, 1.0).astype(np.float32)
    weights = np.zeros((count + 1, width), np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    step, total = 0, ROUNDS * (len(known.inputs) // BATCH + 1)
    decay = np.array([DECAY] + [OWN_DECAY] * count, np.float32)[:, None]
    for _ in range(ROUNDS):
        order = dice.permutation(len(known.inputs))
        for begin in range(0, len(order), BATCH):
            step += 1
            part = order[begin : begin + BATCH]
            slope = _slope(weights, known, part, scales) + decay * weights
            first = 0.9 * first + 0.1 * slope
            second = 0.999 * second + 0.001 * slope**2
            change = (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
            weights -= (RATE * (1 - step / (total + 1)) * change).astype(np.float32)
            weights[0, rising] = np.maximum(weights[0, rising], 0)
            weights[1:, rising] = np.maximum(weights[1:, rising], -weights[0, rising])
    return (weights[0] + weights[1:]) / scales


def _slope(weights: Floats, known: Batch, part: NDArray[np.int64], scales: Floats) -> Floats:
    """Return the gradient of the mean of -log(probability that a right candidate is chosen)."""
    inputs, there, right, sorts = known.inputs[part] / scales, known.there[part], known.right[part], known.sorts[part]
    chance = _softmax(np.einsum("qcf,qf->qc", inputs, weights[0] + weights[1 + sorts]), there)
    hit = chance * right
    error = (chance - hit / np.maximum(hit.sum(1, keepdims=True), 1e-9)) * there / len(part)
    by_question = np.einsum("qc,qcf->qf", error, inputs)
    slope = np.zeros_like(weights)
    slope[0] = by_question.sum(0)
    np.add.at(slope, 1 + sorts, by_question)
    return slope


def _softmax(scores: Floats, there: Floats) -> Floats:
    shown = np.where(there > 0, scores, -1e9)
    weights = np.exp(shown - shown.max(1, keepdims=True)) * there
    return weights / weights.sum(1, keepdims=True)
