"""How many words of a label and its description a document uses, in whatever language both have."""

import math
from collections import Counter
from collections.abc import Sequence

from axelered_box.modules.classify.kinds import HEAD_CHARACTERS, plain
from axelered_box.modules.classify.labels import Label

STEM = 5
"""Words are alike when they begin alike: so many letters see past most endings of the five languages."""
_SHORT = 4


def overlap(labels: Sequence[Label], text: str) -> list[float]:
    """Return for each label how much of its wording a text has, 0 where none; words of several labels count less."""
    own = [_stems(f"{label.name} {label.description}") for label in labels]
    named = [_stems(label.name) for label in labels]
    shared = Counter(stem for stems in own for stem in stems)
    said, first = _stems(text), _stems(text[:HEAD_CHARACTERS])
    return [
        math.log1p(sum((1 + (stem in names) + (stem in first)) / shared[stem] ** 2 for stem in stems & said))
        for stems, names in zip(own, named, strict=True)
    ]


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in plain(text).split() if len(word) >= _SHORT}


def overlaps(label: Label, texts: Sequence[str]) -> list[float]:
    """Return how many words of one label's name each text has, those of its description counting half."""
    names, told = _stems(label.name), _stems(label.description)
    found = map(_stems, texts)
    return [len(stems & names) + len(stems & told - names) / 2 for stems in found]
