"""Summaries against an abstract and their source: overlap, and whether numbers and sentences are supported."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

WINDOW = 3
"""How many sentences of the source together may support one of a summary."""
SUPPORT = 0.75
"""The share of a sentence's words that they have to hold."""
STEM = 6
STOP = frozenset(
    (  # noqa: SIM905  # so many words are read more easily as a text
        "the a an of and or in on to for with by from is are was were be been as at that this these those it its "
        "which we our their has have had not no but can may also than more most such into between during after "
        "before over under were all any both each other some"
    ).split()
)


@dataclass(frozen=True)
class Faith:
    """How far a summary is borne out by its source, 0 to 1."""

    numbers: float
    sentences: float


def rouge_l(reference: str, made: str) -> float:
    """Return ROUGE-L: the F1 of the longest common subsequence of words (Lin, 2004)."""
    first, second = _words(reference), _words(made)
    common = LCSseq.similarity(first, second) if first and second else 0
    if not common:
        return 0.0
    precision, recall = common / len(second), common / len(first)
    return 2 * precision * recall / (precision + recall)


def faith(summary: str, source: str) -> Faith:
    """Return the share of a summary's numbers that its source has, and of its sentences that a few there support."""
    known = set(_numbers(source))
    numbers = _numbers(summary)
    near = _windows(sentences(source))
    said = sentences(summary) or [summary]
    held = [_is_held(stems, near) for stems in map(_stems, said)]
    return Faith(sum(one in known for one in numbers) / len(numbers) if numbers else 1.0, sum(held) / len(held))


def sentences(text: str) -> list[str]:
    """Return the sentences of a text that have more than two words."""
    parted = re.split(r"(?<=[.!?])\s+(?=[A-Z0-9(\"])", re.sub(r"\s+", " ", text))
    return [one.strip() for one in parted if len(one.split()) > 2]


def _is_held(stems: set[str], near: Sequence[set[str]]) -> bool:
    return not stems or any(len(stems & window) / len(stems) >= SUPPORT for window in near)


def _windows(said: Sequence[str]) -> list[set[str]]:
    stems = [_stems(one) for one in said]
    return [set[str]().union(*stems[place : place + WINDOW]) for place in range(max(1, len(stems) - WINDOW + 1))]


def _stems(sentence: str) -> set[str]:
    return {word[:STEM] for word in set(_words(sentence)) - STOP}


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _numbers(text: str) -> list[str]:
    return [one.replace(",", "").rstrip(".") for one in re.findall(r"\d[\d,.]*", text)]
