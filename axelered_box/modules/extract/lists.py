"""Arrays of plain values: the parties of a contract, and what a document lists after a label or below a heading."""

import re
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from axelered_box.domain.documents import Document
from axelered_box.modules import values
from axelered_box.modules.citing import Citation
from axelered_box.modules.extract.answers import Answer, Status
from axelered_box.modules.extract.lists_labels import listed
from axelered_box.modules.extract.lists_parties import are_asked, parties
from axelered_box.modules.extract.lists_places import placed
from axelered_box.modules.extract.lists_text import RunningText, running_text
from axelered_box.modules.extract.questions import Question
from axelered_box.modules.extract.rows_bands import bands
from axelered_box.modules.extract.rows_citing import citation
from axelered_box.modules.extract.rows_numerals import number
from axelered_box.modules.extract.rows_terms import meanings, plain

_SAME = 92
"""From this ratio of equal letters (0 to 100) two items are one."""
_NAMED = 0.92
"""How sure a label has to be that it lists parties: many a word is a little like it."""
_BY_KIND = 0.6
"""How surely values that are told by their form alone, such as e-mail addresses, are what is asked."""
_FORMATS: dict[str, values.Kind] = {"email": "email", "uri": "url", "date": "date", "iban": "iban"}
_TOLD_BY_FORM: dict[str, values.Kind] = {"mail": "email", "phone": "phone"}
_PERSON = frozenset({"person", "attendees", "absent", "authors"})
_ROLE = re.compile(r"\s*(?:\(.*\)|[\u2013\u2014:|].*|\s-\s.*)$")


def answers(document: Document, question: Question, hints: values.Hints) -> list[Answer]:
    """Return the items of an array of plain values in the document's order; none where the document lists nothing.

    Their paths have the item's number from 0.
    """
    running = running_text(document)
    found = list(_parties(running)) if are_asked(question) else []
    least = _NAMED if are_asked(question) else 0.0
    if not found:
        found = [item for item in _listed(running_text(document, lines=True), question, hints) if item[2] >= least]
    if not found:
        found = [item for item in _placed(document, question, hints) if item[2] >= least]
    if not found:
        found = list(_chosen(running, question)) or list(_by_form(running, question, hints))
    return [
        Answer(path=f"{question.path}/{place}", value=value, status=Status.FOUND, citation=cited, extract=sure)
        for place, (value, cited, sure) in enumerate(_distinct(found))
    ]


_Item = tuple[object, Citation | None, float]


def _parties(running: RunningText) -> Iterator[_Item]:
    for party in parties(running):
        yield party.name, running.citation(party.start, party.end), party.sure


def _listed(running: RunningText, question: Question, hints: values.Hints) -> Iterator[_Item]:
    person = _PERSON & meanings(question.label).keys()
    for item in listed(running, question):
        text, end = item.text, item.end
        if person and (role := _ROLE.search(text)) and role.start() > 2:
            end -= len(text) - role.start()
            text = text[: role.start()]
        value = _value(text, question, hints)
        if value is not None:
            yield value, running.citation(item.start, end), _likely(item.sure)


def _likely(sure: float) -> float:
    """Return how likely what stands behind or below a label is right, by how sure the label is."""
    return round(0.7 + 0.25 * sure, 4)


def _placed(document: Document, question: Question, hints: values.Hints) -> Iterator[_Item]:
    for piece, sure in placed(bands(document), question):
        value = _value(piece.text.strip(" ,;"), question, hints)
        if value is not None:
            yield value, citation(document, [piece]), _likely(sure)


def _value(text: str, question: Question, hints: values.Hints) -> object:
    """Return what a listed text is as the schema wants it; None when it cannot be that."""
    item = question.item or question
    if item.choices:
        return next((choice for choice in item.choices if plain(str(choice)) == plain(text)), None)
    if item.numeric:
        return number(text, hints.decimal)
    kind = _FORMATS.get(item.format or "")
    return text if kind is None else values.read_as(text, kind, hints)


def _chosen(running: RunningText, question: Question) -> Iterator[_Item]:
    """Yield the allowed values that the document says as words of their own."""
    if question.item is None or not question.item.choices:
        return
    for choice in question.item.choices:
        match = re.search(rf"(?<!\w){re.escape(str(choice))}(?!\w)", running.text, re.IGNORECASE)
        if match and (cited := running.citation(match.start(), match.end())):
            yield choice, cited, _BY_KIND


def _by_form(running: RunningText, question: Question, hints: values.Hints) -> Iterator[_Item]:
    """Yield all values of a kind that their form tells, where the schema asks for that kind."""
    kind = _FORMATS.get((question.item or question).format or "")
    told = [_TOLD_BY_FORM[name] for name in meanings(question.label) if name in _TOLD_BY_FORM]
    kind = told[0] if told else kind if kind in {"email", "url", "iban"} else None
    if kind is None:
        return
    for found in values.all_found(running.text, hints, {kind}):
        cited = running.citation(found.start, found.end)
        if cited is not None and found.certainty >= 0.5:
            yield found.value, cited, _BY_KIND


def _distinct(items: Iterable[_Item]) -> Iterator[_Item]:
    """Yield items without those that were there before in nearly the same words."""
    seen: list[str] = []
    for value, cited, sure in items:
        text = plain(str(value))
        if cited is not None and not any(
            text == other or (len(text) > 5 and fuzz.ratio(text, other) >= _SAME) for other in seen
        ):
            seen.append(text)
            yield value, cited, sure
