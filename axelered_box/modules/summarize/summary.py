"""How a summary is put together: which kind of document it is of, and its sentences or facts with their places."""

from collections.abc import Callable, Sequence

import msgspec

from axelered_box.domain.documents import Box, Document
from axelered_box.domain.modules import Refusal
from axelered_box.modules.summarize import facts, labels, language, prose, salience, selection
from axelered_box.modules.summarize.candidates import Candidate, candidates
from axelered_box.modules.summarize.facts import Fact
from axelered_box.modules.summarize.places import Place, places
from axelered_box.modules.summarize.salience import Rated
from axelered_box.modules.summarize.standing import points_away

MAX_WORDS = {"short": 60, "medium": 150, "long": 400}
"""The most words of a summary, by ``targetLength``."""
_PART_OF_SHORT = 0.5
"""Of a short document a summary has at most this part."""
_NO_LESS = 40
"""Words that a summary may have however short its document is, if that has as many."""
_LITTLE_PROSE = 0.3
"""A document of whose words less than this part is in sentences, and that has labelled values, is a form."""
_BILL_PROSE = 0.6
"""The same for one that names an amount to be paid: bills have much small print."""
_FORM_FACTS = 3
_POINT_WORDS = 45
"""The most words of a key point."""
_POINTS = selection.Taste(too_alike=0.45, repetition=3.0, crowding=0.5, least=0.5)
_PARAGRAPH_WORDS = 60
"""From so many words on a summary begins a new paragraph where a new part of the document begins."""

Rewrite = Callable[[Sequence[str]], list[str] | None]


class Line(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A sentence of a summary or a key point, with where the document says it."""

    text: str
    page: int
    """Counted from 1."""
    bbox: Box | None
    quote: str


class Summary(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What a document says, in short."""

    summary: str
    language: str | None
    """ISO 639-2 code, None when it cannot be told."""
    key_points: list[Line]
    citations: list[Line]
    """One for each sentence of the summary, or more where it goes over a page."""


class _Sentences(msgspec.Struct):
    """The sentences of a document that is prose."""

    rated: list[Rated]
    words: int


def summarize(document: Document, length: str, max_points: int, wanted: str | None) -> Summary:
    """Return the summary of a document; raises Refusal when there is no text, or none in the language wanted."""
    own = language.of_document(document)
    if wanted is not None and own is not None and wanted != own and wanted not in document.languages:
        raise language.refuse(wanted, own)
    found = _sentences(document, wanted or own, only=wanted if wanted != own else None)
    stated = facts.facts(document)
    every = sum(len(block.text.split()) for block in document.blocks if block.in_flow)
    is_form = _is_form(found.words / max(every, 1), stated)
    budget = min(MAX_WORDS[length], max(min(every, _NO_LESS), round(_PART_OF_SHORT * every)))
    if found.rated and not is_form:
        return _of_prose(document, found.rated, budget, max_points, wanted or own)
    return _of_facts(document, stated or facts.lines(document), budget, max_points, wanted or own)


def _is_form(prose_share: float, stated: Sequence[Fact]) -> bool:
    """Tell whether a document says what it says in labelled values more than in sentences."""
    kinds = {labels.kind_of(fact.rank) for fact in stated if fact.rank < labels.UNKNOWN}
    is_bill = labels.TO_PAY in kinds and len(kinds) >= _FORM_FACTS
    return (prose_share < _LITTLE_PROSE and len(stated) >= _FORM_FACTS) or (prose_share < _BILL_PROSE and is_bill)


def _sentences(document: Document, language_: str | None, only: str | None) -> _Sentences:
    sections = prose.sections(document)
    every = candidates(sections, language_)
    if only is not None:
        every = [candidate for candidate in every if language.is_in(candidate.paragraph.text, only)]
    rated = salience.rated(every, sections, document.title, language_)
    return _Sentences(rated, sum(candidate.words for candidate in every))


def _of_prose(
    document: Document, rated: Sequence[Rated], budget: int, max_points: int, language_: str | None
) -> Summary:
    taken = selection.chosen(rated, budget)
    lines = [(one.candidate, one.candidate.short) for one in taken] or [_clipped(rated, budget)]
    fit = [one for one in rated if one.candidate.words <= _POINT_WORDS and not one.candidate.leans]
    fit = [one for one in fit if not points_away(one.candidate.short)]
    taste = msgspec.structs.replace(_POINTS, most=max_points)
    points = selection.chosen(fit, max(max_points, 1) * _POINT_WORDS, taste) if max_points else []
    return Summary(
        summary=_text(lines),
        language=language_,
        key_points=[_line(document, one.candidate, _ended(one.candidate.short))[0] for one in points],
        citations=[line for candidate, text in lines for line in _line(document, candidate, _ended(text))],
    )


def _clipped(rated: Sequence[Rated], budget: int) -> tuple[Candidate, str]:
    """Return the most telling sentence, which is too long, up to the last comma or the last word that fits."""
    best = max(rated, key=lambda one: one.salience).candidate
    words = best.short.split()[: max(budget - 1, 1)]
    clauses = [place for place, word in enumerate(words) if word.endswith((",", ";", ":")) and place > len(words) // 2]
    end = clauses[-1] + 1 if clauses else len(words)
    return best, " ".join(words[:end]).rstrip(",;:") + " …"


def _text(lines: Sequence[tuple[Candidate, str]]) -> str:
    """Return the sentences as running text; a long one has paragraphs as the document has parts."""
    paragraphs: list[list[str]] = [[]]
    size, part = 0, None
    for candidate, text in lines:
        if size >= _PARAGRAPH_WORDS and part != (candidate.role, candidate.section):
            paragraphs.append([])
            size = 0
        paragraphs[-1].append(_ended(text))
        size += candidate.words
        part = (candidate.role, candidate.section)
    return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)


def _ended(text: str) -> str:
    """Return a sentence with a full stop if it is an item of a list without one."""
    return text + "." if text[-1].isalnum() else text


def _line(document: Document, candidate: Candidate, text: str) -> list[Line]:
    """Return a sentence with its places, that with the most words first."""
    found = places(document, candidate.paragraph, candidate.stretch)
    return [_at(text, place) for place in sorted(found, key=lambda place: -len(place.quote))]


def _at(text: str, place: Place) -> Line:
    return Line(text=text, page=place.page, bbox=place.bbox, quote=place.quote)


def _of_facts(
    document: Document, stated: Sequence[Fact], budget: int, max_points: int, language_: str | None
) -> Summary:
    head = facts.heading(document)
    rest = [fact for fact in stated if head is None or fact.place.quote != head.place.quote]
    taken: list[Fact] = []
    for fact in ([head] if head is not None else []) + rest:
        size = len(fact.text.split())
        if size <= budget:
            taken.append(fact)
            budget -= size
    if not taken:
        raise Refusal(
            "no_text",
            "The document has no text to sum up. If it is a scan, look at the warnings of parse, and set "
            "parserConfig.languages to the languages that it is in.",
        )
    return Summary(
        summary=_facts_text(taken, has_head=head is not None and taken[0] is head),
        language=language_,
        key_points=[_at(fact.text, fact.place) for fact in rest[:max_points]],
        citations=[_at(fact.text, fact.place) for fact in taken],
    )


def _facts_text(taken: Sequence[Fact], *, has_head: bool) -> str:
    """Return facts as text: what the document calls itself as a sentence, then the values in a row."""
    texts = [fact.text.rstrip(" .;") for fact in taken]
    if not has_head:
        return "; ".join(texts) + "."
    rest = "; ".join(texts[1:])
    return f"{texts[0]}. {rest}." if rest else f"{texts[0]}."
