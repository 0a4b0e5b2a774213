"""Which parts of a document a model reads when it cannot read all: those that hold the candidates, and those before."""

from collections.abc import Sequence

from axelered_box.domain.models import Model

LONGEST = 1200
"""A longer block is parted into pieces of so many characters, at spaces."""


def chosen(model: Model, texts: Sequence[str], answers: Sequence[str], budget: int, prompt: str) -> str:
    """Return what fits into `budget` tokens of a document's blocks, in their order, below the user's own words."""
    parts = [part for text in texts for part in _parted(text)]
    counts = model.count([prompt, *parts])
    budget -= counts[0]
    fits = sum(counts[1:]) <= budget
    kept = set(range(len(parts))) if fits else _kept(parts, counts[1:], answers, budget)
    said = "\n".join(parts[place] for place in sorted(kept))
    return f"{prompt}\n\n{said}" if prompt else said


def _kept(parts: Sequence[str], counts: Sequence[int], answers: Sequence[str], budget: int) -> set[int]:
    """Choose the parts with the most candidates for their length, then the parts before them, which may name them."""
    flat = [" ".join(part.split()) for part in parts]
    worth = [sum(answer in text for answer in answers) / (20 + count) for text, count in zip(flat, counts, strict=True)]
    order = sorted((place for place in range(len(parts)) if worth[place]), key=lambda place: -worth[place])
    wished = [*([0] if parts else []), *order, *(place - 1 for place in order if place)]
    kept: set[int] = set()
    for place in wished:
        if place not in kept and counts[place] + 1 <= budget:
            kept.add(place)
            budget -= counts[place] + 1
    return kept


def _parted(text: str) -> list[str]:
    """Return a text in parts that are not too long."""
    parts: list[str] = []
    while len(text) > LONGEST:
        end = text.rfind(" ", LONGEST // 2, LONGEST)
        end = LONGEST if end < 0 else end
        parts.append(text[:end])
        text = text[end:].lstrip()
    return [*parts, text] if text.strip() else parts
