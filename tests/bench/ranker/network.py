"""A network of one hidden layer, trained so that of a question's candidates the right ones are the likeliest."""

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
RATE, DECAY, ROUNDS, BATCH = 3e-3, 3e-4, 40, 64


class Batch(msgspec.Struct):
    """Questions, each with as many candidates as the one that has the most."""

    inputs: Floats
    """Questions × candidates × features."""
    there: Floats
    """1 where there is a candidate, 0 where one was added to fill up."""
    right: Floats
    """1 for each right candidate."""


class Network(msgspec.Struct):
    """The weights, for inputs of mean 0 and spread 1."""

    means: Floats
    scales: Floats
    hidden: Floats
    hidden_bias: Floats
    output: Floats
    direct: Floats

    def scores(self, inputs: Floats) -> Floats:
        """Return the score of each candidate."""
        known = (inputs - self.means) / self.scales
        layer = np.maximum(known @ self.hidden.T + self.hidden_bias, 0)
        return layer @ self.output + known @ self.direct

    def probabilities(self, batch: Batch) -> Floats:
        """Return how likely each candidate is among those of its question."""
        return softmax(self.scores(batch.inputs), batch.there)


def batch(features: Sequence[Sequence[Sequence[float]]], right: Sequence[Sequence[bool]]) -> Batch:
    """Return questions as arrays."""
    most, width = max(map(len, features)), len(features[0][0])
    inputs = np.zeros((len(features), most, width), np.float32)
    there = np.zeros((len(features), most), np.float32)
    hits = np.zeros((len(features), most), np.float32)
    for place, (rows, flags) in enumerate(zip(features, right, strict=True)):
        inputs[place, : len(rows)] = rows
        there[place, : len(rows)] = 1
        hits[place, : len(rows)] = flags
    return Batch(inputs, there, hits)


def softmax(scores: Floats, there: Floats) -> Floats:
    """Return scores as probabilities among the candidates that are there."""
    shown = np.where(there > 0, scores, -1e9)
    weights = np.exp(shown - shown.max(1, keepdims=True)) * there
    return weights / weights.sum(1, keepdims=True)


def train(known: Batch, units: int, seed: int, rounds: int = ROUNDS) -> Network:
    """Return a network trained on questions, by Adam."""
    dice = np.random.default_rng(seed)
    width = known.inputs.shape[2]
    rows = known.inputs[known.there > 0]
    scales = rows.std(0)
    network = Network(
        means=rows.mean(0),
        scales=np.where(scales > 1e-4, scales, 1.0).astype(np.float32),
        hidden=(dice.normal(size=(units, width)) * (1.0 / width) ** 0.5).astype(np.float32),
        hidden_bias=np.zeros(units, np.float32),
        output=(dice.normal(size=units) * 0.1).astype(np.float32),
        direct=np.zeros(width, np.float32),
    )
    names = ("hidden", "hidden_bias", "output", "direct")
    first = {name: np.zeros_like(getattr(network, name)) for name in names}
    second = {name: np.zeros_like(getattr(network, name)) for name in names}
    step, total = 0, rounds * (len(known.inputs) // BATCH + 1)
    for _ in range(rounds):
        order = dice.permutation(len(known.inputs))
        for begin in range(0, len(order), BATCH):
            step += 1
            part = order[begin : begin + BATCH]
            slopes = _slopes(network, known.inputs[part], known.there[part], known.right[part])
            rate = RATE * (1 - step / (total + 1))
            for name in names:
                weights, slope = getattr(network, name), slopes[name]
                first[name] = 0.9 * first[name] + 0.1 * slope
                second[name] = 0.999 * second[name] + 0.001 * slope**2
                change = (first[name] / (1 - 0.9**step)) / (np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8)
                setattr(network, name, (weights - rate * (change + DECAY * 10 * weights)).astype(np.float32))
    return network


def _slopes(network: Network, inputs: Floats, there: Floats, right: Floats) -> dict[str, Floats]:
    """Return the gradients of the mean of -log(probability that a right candidate is chosen)."""
    known = (inputs - network.means) / network.scales
    raw = known @ network.hidden.T + network.hidden_bias
    layer = np.maximum(raw, 0)
    chance = softmax(layer @ network.output + known @ network.direct, there)
    hit = chance * right
    error = (chance - hit / np.maximum(hit.sum(1, keepdims=True), 1e-9)) * there / len(inputs)
    back = error[..., None] * network.output * (raw > 0)
    return {
        "direct": np.einsum("qc,qcf->f", error, known),
        "output": np.einsum("qc,qcu->u", error, layer),
        "hidden_bias": back.sum((0, 1)),
        "hidden": np.einsum("qcu,qcf->uf", back, known),
    }
