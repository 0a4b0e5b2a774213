"""How much a sentence tells of what its document is about: several signs, added up."""

import math
import re
from collections.abc import Mapping, Sequence

import msgspec

from axelered_box.modules.summarize import boilerplate, cues, standing
from axelered_box.modules.summarize.candidates import Candidate
from axelered_box.modules.summarize.centrality import centrality
from axelered_box.modules.summarize.prose import Section
from axelered_box.modules.summarize.sections import Role, is_article
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
_PARTICULAR = re.compile(
    r"""[€$£]\s?\d | \d\s?(?:[€$£%]|(?:eur|euros?|usd|dollars?|chf|prozent|per\s?cent|por\sciento|per\scento)\b)
        | \b\d{1,2}(?:\.|er|st|nd|rd|th|º|°)?\s(?:de\s)?(?:jan|f[eé][bv]|m[aä]r|apr|a[bv]r|ma[iy]|giu|jun|jui|jul|lug
          |au?g|ao[uû]|ago|se[pt]|o[ct]t|o[kc]t|no[v]|d[eéi][czc])\w*
        | \b\d{1,2}[./]\d{1,2}[./]\d{2,4}""",
    re.IGNORECASE | re.VERBOSE,
)
"""An amount of money, a percentage, or a day."""


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """How much each sign counts; signs are 0 to 1."""

    central: float = 0.55
    """How central it is among its neighbours."""
    centroid: float = 0.65
    """How much it has in common with the document as a whole."""
    title: float = 0.85
    heading: float = 0.3
    role: float = 1.1
    """What its section is for."""
    abstract: float = 1.5
    """Whether it is from the document's own abstract."""
    lead: float = 0.5
    """Whether it is the first of the document."""
    early: float = 0.25
    opening: float = 0.4
    """Whether it opens its paragraph."""
    edge: float = 0.35
    """How near it is to the beginning of its section."""
    gist: float = 0.5
    aim: float = 0.3
    duty: float = 0.3
    figures: float = 0.15
    particulars: float = 0.4
    """Its amounts and days, where the document is no article: letters and minutes are about such."""
    length: float = 0.65
    pointing: float = -1.5
    formal: float = -1.0
    codes: float = -1.5
    doubt: float = -2.0
    """How unsurely its words were read."""


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
    whole = _Whole(
        central=centrality(vectors),
        middle=centroid(vectors),
        title=vector(terms(title or "", language), idf),
        headings=[vector(terms(section.heading, language), idf) for section in sections],
        is_article=is_article(candidate.role for candidate in candidates),
    )
    signs = [
        {**_shared_signs(place, candidate, each, whole), **_own_signs(candidate, whole)}
        for place, (candidate, each) in enumerate(zip(candidates, vectors, strict=True))
    ]
    most = max((each["centroid"] for each in signs), default=1.0) or 1.0
    return [
        Rated(candidate, _sum({**each, "centroid": each["centroid"] / most}, counts or Weights()), vector_)
        for candidate, each, vector_ in zip(candidates, signs, vectors, strict=True)
    ]


class _Whole(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the document that its sentences are measured by."""

    central: list[float]
    middle: Vector
    title: Vector
    headings: list[Vector]
    is_article: bool


def _shared_signs(place: int, candidate: Candidate, own: Vector, whole: _Whole) -> dict[str, float]:
    """Return the signs that a sentence has from its place in the document and from what it shares with others."""
    last = max(len(whole.central) - 1, 1)
    return {
        "central": whole.central[place],
        "centroid": cosine(own, whole.middle),
        "title": min(1.0, 2 * cosine(own, whole.title)),
        "heading": min(1.0, 2 * cosine(own, whole.headings[candidate.section])),
        "role": _ROLES.get(candidate.role, _ROLE_OF_OTHERS),
        "abstract": float(candidate.role is Role.ABSTRACT),
        "lead": float(place == 0),
        "early": 1 - place / last,
        "opening": float(candidate.opens_paragraph),
        "edge": _edge(candidate),
    }


def _own_signs(candidate: Candidate, whole: _Whole) -> dict[str, float]:
    """Return the signs that a sentence bears by itself."""
    text = candidate.short
    return {
        "gist": cues.gist(text),
        "aim": float(cues.states_aim(text)),
        "duty": float(cues.states_duty(text)),
        "figures": float(any(sign.isdigit() for sign in text)),
        "particulars": 0.0 if whole.is_article else min(1.0, len(_PARTICULAR.findall(text)) / 2),
        "doubt": 1 - min(piece.block.confidence for piece in candidate.paragraph.pieces),
        "codes": float(min(boilerplate.codes(text), 3)),
        "formal": float(cues.is_formal(text)),
        "pointing": float(standing.points_away(text)),
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
