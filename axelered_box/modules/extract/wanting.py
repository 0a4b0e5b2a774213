"""What a question wants: the notions that may name its value in a document, and the kinds of value that may be it."""

import msgspec

from axelered_box.modules.extract.questions import Question
from axelered_box.modules.extract.terms import Notion, Notions, Vocabulary

MAX_HINT_WORDS = 24
"""Of a longer description only so many words are read."""
PARTIES = frozenset(
    {"seller", "buyer", "landlord", "tenant", "employer", "employee", "patient", "doctor", "insured", "insurer",
     "discloser", "receiver", "bank"}
)  # fmt: skip
"""Terms that say whose a name, an address or a number is."""

_SENDERS = frozenset({"seller", "insurer", "employer", "doctor"})
_RECEIVERS = frozenset({"buyer", "insured", "employee", "tenant", "patient"})
_FORMATS: dict[str, tuple[str, ...]] = {
    "date": ("date", "month"),
    "date-time": ("date",),
    "email": ("email",),
    "idn-email": ("email",),
    "uri": ("url",),
    "url": ("url",),
    "iri": ("url",),
    "hostname": ("url",),
    "iban": ("iban",),
    "phone": ("phone",),
    "duration": ("duration",),
}
_VAGUE = frozenset({"from", "to", "on", "our", "your", "an", "is", "has", "whether", "re", "e", "per", "via", "art"})
"""Words that name something on a label, but not in a sentence."""
_QUALIFYING = frozenset({"due", "start", "end", "birth", "signed", "issued", "delivery"})
"""Terms that say which one is meant; what it is they say only where nothing else does."""
_TOGETHER: tuple[frozenset[str], ...] = (
    frozenset({"vat_id", "tax_number", "registration", "identifier"}),
    frozenset({"organisation", "person"}),
    frozenset({"address", "place", "postal_code"}),
    frozenset({"date", "duration"}),
    frozenset({"duration", "text"}),
)
"""Kinds of a string that may answer the same question; else the strongest alone does."""
_STRONG = (
    "email", "url", "iban", "bic", "phone", "vat_id", "tax_number", "registration", "postal_code", "currency", "date",
    "percent", "duration", "identifier", "address", "place", "organisation", "person", "quantity", "text", "number",
    "amount",
)  # fmt: skip
"""Kinds of a string, from those that a name says outright to those that it only suggests."""
_NUMBERS = ("percent", "amount", "quantity", "number")
_ALSO: dict[str, tuple[str, ...]] = {
    "date": ("month", "date_range"),
    "amount": ("number",),
    "percent": ("number",),
    "quantity": ("number",),
    "number": ("quantity", "amount"),
    "vat_id": ("tax_number",),
    "tax_number": ("vat_id", "registration", "identifier"),
    "registration": ("tax_number", "identifier"),
    "organisation": ("person",),
    "person": ("organisation",),
    "identifier": ("registration",),
    "postal_code": ("identifier",),
    "duration": ("quantity",),
}


class Wanted(msgspec.Struct, frozen=True):
    """What a question wants."""

    question: Question
    name: Notions
    """Its own name and title, and the names around it."""
    told: Notions
    """The same with its description's notions."""
    own: Notions
    """Its own name and title alone."""
    kinds: tuple[str, ...]
    """Kinds of `modules.values`, ``text`` for any words, or ``choice``; likeliest first."""
    terms: frozenset[str]
    """All terms of `told`."""
    parties: frozenset[str]
    """Whose it is, where the name or the description says so."""

    @property
    def sends(self) -> bool:
        """Tell whether it is of the one who sends the document, whose letterhead it is on."""
        return bool(self.parties & _SENDERS) or (not self.parties and "company" in self.terms)

    @property
    def receives(self) -> bool:
        """Tell whether it is of the one to whom the document is sent."""
        return bool(self.parties & _RECEIVERS)

    @property
    def numeric(self) -> bool:
        """Tell whether a number is wanted."""
        return self.question.numeric


def wanted(question: Question, vocabulary: Vocabulary, topic: Notions = ()) -> Wanted:
    """Return what a question wants; the `topic` is what the schema as a whole is about, such as an invoice."""
    own = _once(vocabulary.read(question.label), vocabulary.read(" ".join(question.words)))
    around = vocabulary.read(" ".join(question.around))
    hint = vocabulary.read(" ".join((question.description or "").split()[:MAX_HINT_WORDS]))
    hint = tuple(notion for notion in hint if notion.terms and notion.word not in _VAGUE)
    name = _once(own, around)
    told = _once(name, hint)
    parties = _parties(own) or _parties(around) or _parties(hint)
    return Wanted(
        question=question,
        name=name or topic,
        told=told or topic,
        own=own,
        kinds=_kinds(question, own, hint, vocabulary),
        terms=frozenset(term for notion in told for term in notion.terms),
        parties=parties,
    )


def _once(*parts: Notions) -> Notions:
    return tuple(dict.fromkeys(notion for part in parts for notion in part))


def _parties(notions: Notions) -> frozenset[str]:
    """Return the parties that notions mean; a word that may also mean something else does not count."""
    return frozenset(
        term for notion in notions if notion.terms <= PARTIES | {"company"} for term in notion.terms if term in PARTIES
    )


def _kinds(question: Question, own: Notions, hint: Notions, vocabulary: Vocabulary) -> tuple[str, ...]:
    if question.types == {"boolean"}:
        return ("boolean",)
    if question.format in _FORMATS:
        return _FORMATS[question.format]
    if question.choices and not _is_currency(own):
        return ("choice",)
    named = _named(own, vocabulary)
    hinted = _named(hint, vocabulary)
    if question.numeric:
        return _number_kinds(question, named, hinted)
    kinds = [kind for kind in named if kind not in _NUMBERS]
    if not kinds or kinds == ["text"]:
        kinds = [kind for kind in hinted if kind not in _NUMBERS and kind != "text"] or kinds
    if not kinds and _parties(own):
        kinds = ["organisation", "person"]
    if not kinds:
        kinds = [*(kind for kind in named if kind in _NUMBERS), "text"]
    together = next((group for group in _TOGETHER if kinds[0] in group), frozenset())
    return _with_others([kind for kind in kinds if kind == kinds[0] or kind in together or kind == "text"])


def _number_kinds(question: Question, named: list[str], hinted: list[str]) -> tuple[str, ...]:
    numbers = [kind for kind in named if kind in _NUMBERS]
    if not numbers and question.types == {"integer"}:
        numbers = ["number"]
    return _with_others(numbers or [kind for kind in hinted if kind in _NUMBERS] or ["amount", "number"])


def _named(notions: Notions, vocabulary: Vocabulary) -> list[str]:
    """Return the kinds that notions name, the likeliest first.

    Where several notions have kinds, those that all have in common count alone; a notion that only says which of
    several dates is meant, such as "birth", yields to one that says what it is, such as "place".
    """
    telling = [notion for notion in notions if notion.word not in _VAGUE]
    known = [(notion, kinds) for notion in telling if (kinds := _kinds_of(notion, vocabulary))]
    others = [kinds for notion, kinds in known if not notion.terms <= _QUALIFYING]
    lists = others or [kinds for _, kinds in known]
    common = set.intersection(*map(set, lists)) if len(lists) > 1 else set()
    kinds = [kind for group in lists for kind in group if not common or kind in common]
    rank = {kind: min(group.index(kind) for group in lists if kind in group) for kind in kinds}
    return sorted(set(kinds), key=lambda kind: (rank[kind], _STRONG.index(kind) if kind in _STRONG else len(_STRONG)))


def _kinds_of(notion: Notion, vocabulary: Vocabulary) -> list[str]:
    return list(dict.fromkeys(kind for term in sorted(notion.terms) for kind in vocabulary.terms[term].kinds))


def _is_currency(own: Notions) -> bool:
    return any("currency" in notion.terms for notion in own)


def _with_others(kinds: list[str]) -> tuple[str, ...]:
    others = [other for kind in kinds for other in _ALSO.get(kind, ())]
    return tuple(dict.fromkeys((*kinds, *others)))
