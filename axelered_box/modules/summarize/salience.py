"""How much a sentence tells of what its document is about: several signs, added up."""

import math
from collections.abc import Mapping, Sequence

import msgspec

from axelered_box.modules.summarize import boilerplate, cues, standing
from axelered_box.modules.summarize.candidates import Candidate
from axelered_box.modules.summarize.centrality import centrality
from axelered_box.modules.summarize.prose import Section
from axelered_box.modules.summarize.sections import Role
from axelered_box.modules.summarize.terms import Vector, centroid, cosine, terms, vector, weights

_BEST_WORDS = (12, 34)
"""Shorter sentences say little, longer ones are hard to read."""
_ROLES = {
    Role.ABSTRACT: 0.7,
    Role.CONCLUSION: 0.7,
    Role.INTRODUCTION: 0.45,
    Role.RESULTS: 0.45,
    Role.DISCUSSION: 0.4,
    Role.METHODS: 0.3,
}
_ROLE_OF_OTHERS = 0.4


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """How much each sign counts."""

    central: float = 0.55
    centroid: float = 0.65
    title: float = 0.85
    heading: float = 0.3
    role: float = 1.1
    opening: float = 0.4
    edge: float = 0.35
    gist: float = 0.5
    aim: float = 0.3
    duty: float = 0.3
    figures: float = 0.15
    lead: float = 0.5
    early: float = 0.25
    abstract: float = 1.5
    length: float = 0.65
    pointing: float = -1.5
    formal: float = -1.0
    codes: float = -0.7


class Rated(msgspec.Struct, frozen=True, eq=False):
    """A candidate with its salience and its vector."""

    candidate: Candidate
    salience: float
    vector: Vector


def rated(
    candidates: Sequence[Candidate],
    sections: Sequence[Section],
    title: str | None,
    language: str | None,
    counts: Weights | None = None,
) -> list[Rated]:
    """Return the candidates with their salience, in the same order."""
    idf = weights([candidate.terms for candidate in candidates])
    vectors = [vector(candidate.terms, idf) for candidate in candidates]
    central = centrality(vectors)
    middle = centroid(vectors)
    highest = max((cosine(each, middle) for each in vectors), default=1.0) or 1.0
    titled = vector(terms(title or "", language), idf)
    headed = [vector(terms(section.heading, language), idf) for section in sections]
    last = max(len(candidates) - 1, 1)
    result = []
    for place, (candidate, each) in enumerate(zip(candidates, vectors, strict=True)):
        signs = {
            "central": central[place],
            "centroid": cosine(each, middle) / highest,
            "title": min(1.0, 2 * cosine(each, titled)),
            "heading": min(1.0, 2 * cosine(each, headed[candidate.section])),
            "lead": float(place == 0),
            "early": 1 - place / last,
            **_own_signs(candidate),
        }
        result.append(Rated(candidate, _sum(signs, counts or Weights()), each))
    return result


def _own_signs(candidate: Candidate) -> Mapping[str, float]:
    """Return the signs that a sentence bears by itself, each 0 to 1."""
    return {
        "role": _ROLES.get(candidate.role, _ROLE_OF_OTHERS),
        "abstract": float(candidate.role is Role.ABSTRACT),
        "opening": float(candidate.opens_paragraph),
        "edge": _edge(candidate),
        "gist": cues.gist(candidate.short),
        "aim": float(cues.states_aim(candidate.short)),
        "duty": float(cues.states_duty(candidate.short)),
        "figures": float(any(letter.isdigit() for letter in candidate.short)),
        "codes": float(min(boilerplate.codes(candidate.short), 3)),
        "formal": float(cues.is_formal(candidate.short)),
        "pointing": float(standing.points_away(candidate.short)),
        "length": _length(candidate.words),
    }


def _edge(candidate: Candidate) -> float:
    """Return how near a sentence stands to the beginning of its section, or to the end of an introduction."""
    if candidate.role is Role.INTRODUCTION:
        return max(1 - 2 * candidate.depth, 2 * candidate.depth - 1)
    return 1 - candidate.depth


def _length(words: int) -> float:
    low, high = _BEST_WORDS
    if words < low:
        return words / low
    return 1.0 if words <= high else math.sqrt(high / words)


def _sum(signs: Mapping[str, float], counts: Weights) -> float:
    return sum(value * float(getattr(counts, name)) for name, value in signs.items())
