"""The summary of running text: its most telling sentences, as they are or in words of a model that pass a check."""

from collections.abc import Sequence

import msgspec

from axelered_box.domain.documents import Document
from axelered_box.domain.models import Model, ModelFailed
from axelered_box.modules.summarize import language, rewriting, selection
from axelered_box.modules.summarize.candidates import Candidate
from axelered_box.modules.summarize.lines import Line, Summary, Wanted, line
from axelered_box.modules.summarize.places import places
from axelered_box.modules.summarize.salience import Rated
from axelered_box.modules.summarize.standing import points_away

_POINT_WORDS = 45
"""The most words of a key point."""
_POINTS = selection.Taste(too_alike=0.45, repetition=3.0, crowding=0.5)
_PARAGRAPH_WORDS = 60
"""From so many words on a summary begins a new paragraph where a new part of the document begins."""
_ROOM = 0.75
"""Which part of the words a summary that is to be translated is made of: other languages may take more."""
_PASSED = 0.5
"""Which part of its sentences must pass the check for a translated summary to be given."""

Told = tuple[Candidate, str]
"""A sentence of the document and its text in the summary."""


def summary(document: Document, rated: Sequence[Rated], wanted: Wanted, model: Model) -> Summary:
    """Return a summary of sentences; raises Refusal when the model cannot put it into the language wanted."""
    is_translated = wanted.own is not None and wanted.language != wanted.own
    budget = round(wanted.words * _ROOM) if is_translated else wanted.words
    taken = [one.candidate for one in selection.chosen(rated, budget)]
    points = [one.candidate for one in _points(rated, wanted.points)]
    told = _told(taken, points, wanted, model)
    lines = [(one, told[one.place]) for one in taken if one.place in told] or [_clipped(rated, budget)]
    lines = _within(lines, wanted.words)
    return Summary(
        summary=_text(lines),
        language=wanted.language,
        key_points=[_lines(document, one, told[one.place], longest=True)[0] for one in points if one.place in told],
        citations=[each for one, text in lines for each in _lines(document, one, text)],
    )


def _points(rated: Sequence[Rated], most: int) -> list[Rated]:
    """Return the sentences of the key points: brief ones that stand alone."""
    if not most:
        return []
    fit = [one for one in rated if one.candidate.words <= _POINT_WORDS and not one.candidate.leans]
    fit = [one for one in fit if not points_away(one.candidate.short)]
    return selection.chosen(fit, most * _POINT_WORDS, msgspec.structs.replace(_POINTS, most=most))


def _told(taken: Sequence[Candidate], points: Sequence[Candidate], wanted: Wanted, model: Model) -> dict[int, str]:
    """Return how each chosen sentence is told, by its place; one whose translation is not to be believed is missing."""
    own, language_ = wanted.own, wanted.language
    chosen = list({one.place: one for one in (*taken, *points)}.values())
    if own is None or language_ is None:
        return {one.place: one.short for one in chosen}
    if own == language_:
        return _retold(chosen, own, model, must=wanted.is_model_named)
    can_write = rewriting.can_write(model, own, language_)
    found = rewriting.translated(model, chosen, own, language_) if can_write else []
    told = {one.place: text for one, text in zip(chosen, found, strict=False) if text is not None}
    if sum(one.place in told for one in taken) < max(1, _PASSED * len(taken)):
        raise language.refusal(language_, own)
    return told


def _retold(chosen: Sequence[Candidate], own: str, model: Model, *, must: bool) -> dict[int, str]:
    """Return the sentences in fewer words where the model finds some; raises ModelFailed if it `must` be asked."""
    texts = [one.short for one in chosen]
    try:
        if rewriting.can_write(model, own, own):
            texts = rewriting.shortened(model, chosen, own)
    except ModelFailed:
        if must:
            raise
    return {one.place: text for one, text in zip(chosen, texts, strict=True)}


def _within(lines: Sequence[Told], budget: int) -> list[Told]:
    """Return the lines as far as they fit: a translation may be longer than its source."""
    kept: list[Told] = []
    for one, text in lines:
        if len(text.split()) <= budget:
            kept.append((one, text))
            budget -= len(text.split())
    return kept


def _clipped(rated: Sequence[Rated], budget: int) -> Told:
    """Return the most telling sentence, which is too long, up to the last comma or the last word that fits."""
    best = max(rated, key=lambda one: one.salience).candidate
    words = best.short.split()[: max(budget - 1, 1)]
    clauses = [place for place, word in enumerate(words) if word.endswith((",", ";", ":")) and place > len(words) // 2]
    end = clauses[-1] + 1 if clauses else len(words)
    return best, " ".join(words[:end]).rstrip(",;:") + " …"


def _text(lines: Sequence[Told]) -> str:
    """Return the sentences as running text; a long one has paragraphs as the document has parts."""
    paragraphs: list[list[str]] = [[]]
    size, part = 0, None
    for one, text in lines:
        if size >= _PARAGRAPH_WORDS and part != (one.role, one.section):
            paragraphs.append([])
            size = 0
        paragraphs[-1].append(_ended(text))
        size += one.words
        part = (one.role, one.section)
    return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)


def _ended(text: str) -> str:
    """Return a sentence with a full stop if it is an item of a list without one."""
    return text + "." if text[-1].isalnum() else text


def _lines(document: Document, one: Candidate, text: str, *, longest: bool = False) -> list[Line]:
    """Return a sentence with its places in order, or with `longest` that with the most words first."""
    found = places(document, one.paragraph, one.stretch)
    if longest:
        found = sorted(found, key=lambda place: -len(place.quote))
    return [line(_ended(text), place) for place in found]
