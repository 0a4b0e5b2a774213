"""What a document lists: after a label on its line, beside it in a table, or below it as points or lines.

A label that occurs again adds to the list. Points go on until something else begins; running text is taken apart at its
semicolons, commas and the last *and*.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from axelered_box.domain.documents import Kind
from axelered_box.modules.extract.lists_text import Part, RunningText
from axelered_box.modules.extract.questions import Question
from axelered_box.modules.extract.rows_mapping import likeness

LEAST = 0.62
"""A label less alike names something else."""
_LONGEST_LABEL = 6
_LONGEST_ITEM = 12
"""The most words of an item of a list that is set apart by commas or lines."""
_LABELLED = re.compile(
    r"^[\s•·\-\u2013*]*(?P<label>[^:\n]{2,60}?)\s*(?:[:\uff1a]|\.{3,}|\u2026{2,})\s*(?P<rest>\S.*)$", re.MULTILINE
)
_BULLET = re.compile(r"(?:^|(?<=\s))[•·▪◦‣●○■□\u2013*✓➢-](?=\s)|\n")
_AND = re.compile(r",?\s+(?:and|und|et|y|e|en|sowie|&)\s+")
_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|[a-z]\))\s+")


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """An item of a list, its place in the running text, and how surely it belongs to what is asked."""

    text: str
    start: int
    end: int
    sure: float


def listed(running: RunningText, question: Question) -> list[Listed]:
    """Return what a document lists under labels that name a question; nothing when it has no such label."""
    found = list(_after_labels(running, question))
    if not found:
        found = list(_below_labels(running, question))
    if not found:
        return []
    best = max(item.sure for item in found)
    return [item for item in found if item.sure >= best - 0.15]


def _after_labels(running: RunningText, question: Question) -> Iterator[Listed]:
    """Yield what stands behind a label and a colon."""
    for part in running.parts:
        text = part.stretch.text
        for match in _LABELLED.finditer(text):
            sure = label_likeness(question, match["label"])
            if sure >= LEAST:
                start = match.start("rest")
                end = _end_of_list(text, match.end())
                yield from _split(running, part, start, end, sure)


def _end_of_list(text: str, end: int) -> int:
    """Return where a list ends that begins on a line: it goes on after a comma and with a new point."""
    while end < len(text) and (
        text[:end].rstrip().endswith((",", ";")) or re.match(r"\n[•·▪●-] ", text[end : end + 3])
    ):
        following = text.find("\n", end + 1)
        end = len(text) if following < 0 else following
    return end


def _below_labels(running: RunningText, question: Question) -> Iterator[Listed]:
    """Yield what stands below a heading or a line of its own that names the question."""
    for number, part in enumerate(running.parts):
        title, _, rest = part.stretch.text.partition("\n")
        sure = label_likeness(question, title.strip(" :"))
        if sure < LEAST or part.kind is Kind.TABLE:
            continue
        if rest:
            yield from _split(running, part, len(title) + 1, len(part.stretch.text), sure)
        elif part.kind is Kind.HEADING or title.rstrip().endswith(":") or _points(running.parts, number + 1):
            yield from _following(running, number + 1, sure)


def _points(parts: Sequence[Part], number: int) -> bool:
    return number < len(parts) and parts[number].kind is Kind.LIST_ITEM


def _following(running: RunningText, number: int, sure: float) -> Iterator[Listed]:
    """Yield the points from here on, or the items of the one paragraph that is here."""
    if not _points(running.parts, number):
        if number < len(running.parts) and running.parts[number].kind is Kind.PARAGRAPH:
            part = running.parts[number]
            yield from _split(running, part, 0, len(part.stretch.text), sure)
        return
    while _points(running.parts, number):
        part = running.parts[number]
        text = part.stretch.text
        start = next((match.end() for match in [_BULLET.match(text), _NUMBERED.match(text)] if match), 0)
        if len(_BULLET.findall(text)) > 1 and "\n" in text and _all_short(re.split(_BULLET, text)):
            yield from _split(running, part, 0, len(text), sure)
        else:
            yield from _item(running, part, start, len(text), sure)
        number += 1


def _split(running: RunningText, part: Part, start: int, end: int, sure: float) -> Iterator[Listed]:
    """Yield the items of a stretch: parted by lines and points, else semicolons, else commas and *and*."""
    text = part.stretch.text[start:end]
    for sign in (_BULLET, re.compile(r"[;|•·]|\s/\s"), re.compile(r",(?!\d)|" + _AND.pattern)):
        if sign is _BULLET and _wrapped(text):
            continue
        pieces = list(_between(sign, text))
        if len(pieces) > 1 and _all_short(text[first:last] for first, last in pieces):
            if sign is _BULLET and all(text[first:last].rstrip().endswith(",") for first, last in pieces[:-1]):
                continue
            for first, last in pieces:
                yield from _item(running, part, start + first, start + last, sure)
            return
    if len(text.split()) <= _LONGEST_ITEM:
        yield from _item(running, part, start, end, sure)


def _wrapped(text: str) -> bool:
    """Tell whether lines are those of one list with commas, not an item each."""
    return text.count("\n") == len(_BULLET.findall(text)) and text.count(",") >= text.count("\n")


def _between(sign: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of what stands between signs and is not empty; signs within brackets part nothing."""
    start = 0
    for match in sign.finditer(text):
        if text.count("(", start, match.start()) > text.count(")", start, match.start()):
            continue
        if text[start : match.start()].strip():
            yield start, match.start()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def _all_short(items: Iterator[str] | Sequence[str]) -> bool:
    return all(len(item.split()) <= _LONGEST_ITEM for item in items)


def _item(running: RunningText, part: Part, start: int, end: int, sure: float) -> Iterator[Listed]:
    text = part.stretch.text
    while start < end and not (text[start].isalnum() or text[start] in '("“„«+#$€@'):
        start += 1
    while end > start and text[end - 1] in " ,;.\n:":
        end -= 1
    if any(letter.isalnum() for letter in text[start:end]):
        yield Listed(
            text=" ".join(text[start:end].split()), start=part.start + start, end=part.start + end, sure=round(sure, 4)
        )


def label_likeness(question: Question, label: str) -> float:
    """Return how surely a label names what is asked, 0 to 1; a longer text is no label."""
    bare = _NUMBERED.sub("", label).strip(" :•·-*")
    return likeness(question, bare) if 0 < len(bare.split()) <= _LONGEST_LABEL else 0.0
