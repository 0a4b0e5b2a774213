"""How well the words around a candidate name what a question asks."""

import msgspec

from axelered_box.modules.extract.candidates import Candidate
from axelered_box.modules.extract.terms import Notions, Vocabulary
from axelered_box.modules.extract.wanting import PARTIES, Wanted

PLACES = ("before", "left", "row", "above", "column", "section", "heading", "after", "line")
DIRECT = ("before", "left", "above", "column", "row")
"""Where a name stands that is the value's own."""
TELLING = 0.9
"""A notion of this weight tells one field from another by itself."""
NAMED = 0.12
"""Words that name a candidate less well do not name it."""
LABEL_WORDS = 5
"""A line of no more words before a value is its label, not a sentence."""
NUMBERS = frozenset({"amount", "percent", "number", "quantity"})
DATED = frozenset({"date", "month", "duration"})
COUNTED = frozenset({"number", "quantity"})
NAMES_OF = frozenset({"organisation", "person"})
EVENTS = frozenset({"delivery", "due", "end", "birth", "arrival", "departure", "meeting"})
"""Terms of days that are not the document's own."""
HEADS = ("section", "heading")
"""Where a name stands that it shares with others: what is below "Seller" and beside "Name" is the seller's name."""
NAMES: tuple[str, ...] = (
    *(f"name {place}" for place in PLACES),
    *(f"told {place}" for place in DIRECT),
    *(f"said {place}" for place in DIRECT),
    *(f"joint {place}" for place in HEADS),
    *(
        "best",
        "aside",
        "over",
        "only over",
        "best cover",
        "best excess",
        "rival",
        "told line cover",
        "unsaid",
        "misnamed",
        "own label",
        "colon",
    ),
)

_TRUST = {"before": 1.0, "left": 0.97, "above": 0.9, "column": 0.93, "row": 0.9, "after": 0.98}
"""How far a name in each place is trusted."""
_ASIDE, _OVER = ("before", "left", "row"), ("above", "column")
_JOINT = 0.95
"""The same for a name and what heads its section."""


class Labels(msgspec.Struct, frozen=True):
    """The notions around a candidate, by place."""

    places: dict[str, Notions]
    own: Notions
    """Those of the candidate's own words."""
    colon: bool
    """Whether a colon stands right before it."""


def labels(candidate: Candidate, vocabulary: Vocabulary) -> Labels:
    """Return the notions around a candidate."""
    near, around = candidate.near, candidate.around
    texts = {
        "before": near.before,
        "line": near.line,
        "after": near.after,
        "left": f"{around.left} {near.before}" if around.left and near.before else around.left,
        "row": around.row,
        "above": around.above,
        "column": around.column,
        "section": around.section,
        "heading": around.heading,
    }
    colon = near.before.rstrip().endswith(":") or (not near.before and around.left.rstrip().endswith(":"))
    return Labels(
        {place: vocabulary.read(text) for place, text in texts.items()}, vocabulary.read(candidate.text), colon
    )


def best(wanted: Wanted, around: Labels, vocabulary: Vocabulary) -> float:
    """Return how well the best of the names of a candidate names what is asked, 0 to 1."""
    places = (*DIRECT, "after") if "boolean" in wanted.kinds else DIRECT
    alone = max(_TRUST[place] * _score(wanted, around.places[place], vocabulary) for place in places)
    return max(alone, _JOINT * _joint(wanted, around, "section", vocabulary))


def _joint(wanted: Wanted, around: Labels, head: str, vocabulary: Vocabulary) -> float:
    """Return how well a direct name together with what heads the section names what is asked."""
    above = around.places[head]
    if not above:
        return 0.0
    return max(
        vocabulary.likeness(wanted.name, tuple(dict.fromkeys((*above, *around.places[place])))).score
        for place in DIRECT
    )


def features(wanted: Wanted, around: Labels, vocabulary: Vocabulary, rival: float) -> dict[str, float]:
    """Return the features by name; `rival` is how well the best name fits another question of the schema."""
    found = {f"name {place}": vocabulary.likeness(wanted.name, around.places[place]).score for place in PLACES}
    told = {place: vocabulary.likeness(wanted.told, around.places[place]) for place in DIRECT}
    found |= {f"told {place}": likeness.score for place, likeness in told.items()}
    found |= {f"said {place}": float(bool(around.places[place])) for place in DIRECT}
    found |= {f"joint {head}": _joint(wanted, around, head, vocabulary) for head in HEADS}
    likeliest = max(DIRECT, key=lambda place: _TRUST[place] * _score(wanted, around.places[place], vocabulary))
    likeness = vocabulary.likeness(wanted.name, around.places[likeliest])
    top = best(wanted, around, vocabulary)
    own = vocabulary.likeness(wanted.told, around.own)
    aside, over = (
        max(_TRUST[place] * _score(wanted, around.places[place], vocabulary) for place in places)
        for places in (_ASIDE, _OVER)
    )
    return found | {
        "best": top,
        "aside": aside,
        "over": over,
        "only over": max(over - aside, 0.0) * bool(around.places["left"] or around.places["before"]),
        "best cover": likeness.cover,
        "best excess": likeness.excess if around.places[likeliest] else 0.0,
        "rival": rival - top,
        "told line cover": vocabulary.likeness(wanted.told, around.places["line"]).cover,
        "unsaid": _unsaid(wanted, around, vocabulary),
        "misnamed": _misnamed(wanted, around, vocabulary),
        "own label": own.score,
        "colon": float(around.colon),
    }


def is_of_another(wanted: Wanted, candidate: Candidate, around: Labels, vocabulary: Vocabulary) -> bool:
    """Tell whether the names beside a candidate say that it is another party's, or of another thing, and none else.

    A number or a yes says nothing by itself: it needs a name, or, of a number, a known meaning and a place in prose.
    """
    if _is_another_partys(wanted, around) or _is_of_another_kind(wanted, candidate):
        return True
    if candidate.found is None or best(wanted, around, vocabulary) >= NAMED:
        return False
    near = candidate.near
    labelled = not near.line or (len(near.line.split()) <= LABEL_WORDS and (around.colon or not near.after))
    nearest = around.places["before"] or around.places["left"]
    if wanted.kinds[0] in NUMBERS:
        telling = any(vocabulary.weight(notion) >= TELLING or not notion.terms for notion in nearest)
        return not wanted.terms or (labelled and telling)
    if wanted.kinds[0] == "boolean":
        return True
    if wanted.kinds[0] == "text":
        return not wanted.terms
    if wanted.kinds[0] in DATED:
        if labelled and around.colon and wanted.terms & EVENTS and _is_plain_date(nearest):
            return True
        return labelled and any(notion.terms and vocabulary.weight(notion) >= TELLING for notion in nearest)
    return False


def _is_another_partys(wanted: Wanted, around: Labels) -> bool:
    for place in ("before", "left"):
        said = frozenset(term for notion in around.places[place] if notion.terms <= PARTIES for term in notion.terms)
        if said:
            return bool(wanted.parties) and not said & wanted.parties
    return False


def _is_of_another_kind(wanted: Wanted, candidate: Candidate) -> bool:
    """Tell whether it is money where a quantity is asked for, or a name made of figures."""
    if wanted.kinds[0] in COUNTED:
        return candidate.found is not None and candidate.found.detail.currency is not None
    if wanted.kinds[0] in NAMES_OF:
        signs = [letter for letter in candidate.text if letter.isalnum()]
        return sum(letter.isalpha() for letter in signs) < 0.5 * len(signs)
    return False


def _is_plain_date(label: Notions) -> bool:
    """Tell whether a label says no more than that a date stands behind it: "Date:", the date of the document."""
    known = [notion for notion in label if notion.terms]
    return bool(known) and all("date" in notion.terms for notion in known)


def _unsaid(wanted: Wanted, around: Labels, vocabulary: Vocabulary) -> float:
    """Return how much of what tells the question from others no name around the candidate says: "birth" of a date."""
    telling = [notion for notion in wanted.own if vocabulary.weight(notion) >= TELLING]
    if not telling:
        return 0.0
    said = [notion for place in PLACES for notion in around.places[place]]
    missing = [1.0 - max((vocabulary.same(notion, other) for other in said), default=0.0) for notion in telling]
    return sum(missing) / len(missing)


def _misnamed(wanted: Wanted, around: Labels, vocabulary: Vocabulary) -> float:
    """Return how much the nearest name says of another thing than what is asked."""
    nearest = around.places["before"] or around.places["left"]
    known = tuple(notion for notion in nearest if notion.terms and vocabulary.weight(notion) >= TELLING)
    return vocabulary.likeness(wanted.told, known).excess if known else 0.0


def _score(wanted: Wanted, label: Notions, vocabulary: Vocabulary) -> float:
    return max(vocabulary.likeness(wanted.name, label).score, 0.95 * vocabulary.likeness(wanted.told, label).score)
