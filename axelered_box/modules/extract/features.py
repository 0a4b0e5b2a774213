"""What speaks for a candidate as the answer to a question, in figures."""

import math
from collections.abc import Sequence

import msgspec

from axelered_box.modules.extract import naming, standing
from axelered_box.modules.extract.candidates import Candidate
from axelered_box.modules.extract.pool import Pool
from axelered_box.modules.extract.terms import Vocabulary
from axelered_box.modules.extract.wanting import Wanted

GROUPS: tuple[frozenset[str], ...] = (
    frozenset({"date", "month", "date_range"}),
    frozenset({"amount"}),
    frozenset({"percent"}),
    frozenset({"number", "quantity"}),
    frozenset({"identifier", "registration", "tax_number", "postal_code"}),
    frozenset({"vat_id"}),
    frozenset({"iban", "bic", "email", "phone", "url"}),
    frozenset({"currency"}),
    frozenset({"organisation", "person"}),
    frozenset({"address"}),
    frozenset({"place"}),
    frozenset({"duration"}),
    frozenset({"choice", "boolean"}),
    frozenset({"text"}),
)
"""Kinds of value that are looked for alike."""
SORTS: tuple[frozenset[str], ...] = (
    frozenset({"date", "month", "date_range"}),
    frozenset({"amount", "percent", "number", "quantity"}),
    frozenset(
        {"identifier", "registration", "tax_number", "postal_code", "vat_id", "iban", "bic", "email", "phone", "url"}
    ),
    frozenset({"organisation", "person"}),
    frozenset({"address", "place"}),
)
"""Kinds whose candidates are weighed alike."""
MOST = 40
"""So many candidates are compared for a question: the best named, and of those equally named the surest."""
NOTHING = ("nothing", "nothing best", "nothing certainty", "nothing count")
"""Features of the answer that there is none, which has no others but what is wanted."""
NAMES: tuple[str, ...] = (
    *naming.NAMES,
    *standing.NAMES,
    *(f"wants {min(group)}" for group in GROUPS),
    *NOTHING,
)
"""The names of the features, in order."""


class View(msgspec.Struct, frozen=True):
    """What is the same for all questions about a document."""

    pool: Pool
    vocabulary: Vocabulary
    wanted: Sequence[Wanted]
    """All questions."""
    facts: standing.Facts


class Rated(msgspec.Struct, frozen=True):
    """A candidate for a question, with what speaks for it."""

    candidate: Candidate | None
    """None stands for the answer that there is none."""
    features: list[float]
    label: float
    """How well the best name beside it names what is asked, 0 to 1."""


def look(pool: Pool, vocabulary: Vocabulary, wanted: Sequence[Wanted]) -> View:
    """Return what is the same for all questions about a document."""
    return View(pool, vocabulary, wanted, standing.facts(pool))


def rate(view: View, wanted: Wanted) -> list[Rated]:
    """Return the best candidates for a question with what speaks for each, and last the answer that there is none."""
    named = [(candidate, naming.labels(candidate, view.vocabulary)) for candidate in view.pool.of(wanted)]
    scored = [(naming.best(wanted, around, view.vocabulary), candidate, around) for candidate, around in named]
    scored = [
        (label, candidate, around)
        for label, candidate, around in scored
        if not naming.is_of_another(wanted, candidate, around, view.vocabulary)
    ]
    scored.sort(key=lambda item: -_prospect(wanted, item[0], item[1], item[2]))
    rated = [
        Rated(candidate, _vector(view, wanted, candidate, around), label) for label, candidate, around in scored[:MOST]
    ]
    best = max((label for label, _, _ in scored), default=0.0)
    certain = max((item.found.certainty for _, item, _ in scored if item.found), default=0.0)
    nothing = [1.0, best, certain, math.log1p(len(scored)) / 4]
    kinds = _groups(wanted)
    rated.append(Rated(None, [0.0] * (len(NAMES) - len(kinds) - len(nothing)) + kinds + nothing, 0.0))
    return rated


def sort_of(wanted: Wanted) -> int:
    """Return the place in `SORTS` of what is wanted; the number of them for all others."""
    return next((place for place, kinds in enumerate(SORTS) if wanted.kinds[0] in kinds), len(SORTS))


def _prospect(wanted: Wanted, label: float, candidate: Candidate, around: naming.Labels) -> float:
    """Return which candidates are worth comparing."""
    certainty = candidate.found.certainty if candidate.found else 0.2
    fit = 1.0 if candidate.kind == wanted.kinds[0] else 0.5
    match = bool(standing.parties(around) & wanted.parties)
    return 2 * label + fit * certainty + 0.5 * match + 0.6 / (1 + candidate.piece.index / 8)


def _vector(view: View, wanted: Wanted, candidate: Candidate, around: naming.Labels) -> list[float]:
    rival = max(
        (
            naming.best(other, around, view.vocabulary)
            for other in view.wanted
            if other is not wanted and candidate.kind in other.kinds
        ),
        default=0.0,
    )
    known = {
        **naming.features(wanted, around, view.vocabulary, rival),
        **standing.features(wanted, candidate, around, view.facts),
    }
    return [float(known[name]) for name in (*naming.NAMES, *standing.NAMES)] + [0.0] * (len(GROUPS) + len(NOTHING))


def _groups(wanted: Wanted) -> list[float]:
    return [float(wanted.kinds[0] in group) for group in GROUPS]
