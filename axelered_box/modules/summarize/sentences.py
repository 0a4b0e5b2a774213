"""Where the sentences of a running text begin and end, in English, German, French, Spanish and Italian."""

import re
from collections.abc import Iterator

from axelered_box.modules.summarize.abbreviations import ABBREVIATIONS, MAY_END, STARTERS

Stretch = tuple[int, int]
"""The first character of a sentence and the one after its last."""

_END = re.compile(
    r"""(?P<mark>[.!?…]+ | (?<=[^\W\d_]{2}[.!?])\d{1,3}(?:[,\u2013-]\d{1,3})*(?=\s))   # a mark, or a raised number
        (?P<close>[)\]"'”\u2019»]*(?:\s?\[\d[\d,\s\u2013-]*\])?)                   # what closes with the sentence
        (?P<gap>\s+)(?P<open>(?:[("'“„«\u2018\[¿¡][ \u00a0]?)*)(?P<next>\S+)""",
    re.VERBOSE,
)
_LINE = re.compile(r"[^\n]+")
_LAST_WORD = re.compile(r"[^\s(\[\"'“„«/]*$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_LONGEST_ORDINAL = 2
_GERMAN_LIKE = frozenset({"deu"})
"""Languages that write ordinal numbers with a full stop."""


def sentences(text: str, language: str | None) -> Iterator[Stretch]:
    """Yield the sentences of a text in order, without the space around them; a line feed ends one."""
    for line in _LINE.finditer(text):
        start = line.start()
        for end in _ends(line[0], language):
            yield from _stripped(text, start, line.start() + end)
            start = line.start() + end
        yield from _stripped(text, start, line.end())


def _stripped(text: str, start: int, end: int) -> Iterator[Stretch]:
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _ends(line: str, language: str | None) -> Iterator[int]:
    """Yield the places after the marks that end a sentence within a line."""
    place, begun = 0, 0
    while (found := _END.search(line, place)) is not None:
        place = found.end("gap")
        if _ends_here(line[begun : found.start()], found, language):
            yield found.start("gap")
            begun = place


def _ends_here(before: str, found: re.Match[str], language: str | None) -> bool:
    """Tell whether a mark ends the sentence that began with `before`."""
    following = found["next"]
    first = re.sub(r"\W.*$", "", following).lower()
    if following[0].islower() or (not following[0].isalnum() and not found["open"]):
        return False
    if found["mark"] != "." or ")" in found["close"] or "]" in found["close"]:
        return found["mark"] != "..." or following[0].isupper()
    return _full_stop_ends(before, first, following, language)


def _full_stop_ends(before: str, first: str, following: str, language: str | None) -> bool:
    """Tell whether a full stop after a word ends its sentence, by that word and the next one."""
    found = _LAST_WORD.search(before)
    word = found[0] if found is not None else ""
    starts = first in STARTERS and following[0].isupper()
    if not before[: len(before) - len(word)].strip() and (word.isdigit() or len(word) == 1):
        return False
    if word.isdigit():
        return language not in _GERMAN_LIKE or len(word) > _LONGEST_ORDINAL or starts
    lower = word.lower()
    if _INITIALS.fullmatch(word) or lower in MAY_END:
        return starts
    return _is_acronym(word) or not _is_abbreviation(lower, language)


def _is_acronym(word: str) -> bool:
    """Tell whether a word is of capitals only, which no stop shortens; doubled letters are plurals: EE. UU."""
    return len(word) > 1 and word.isalpha() and word.isupper() and len(set(word)) > 1


def _is_abbreviation(word: str, language: str | None) -> bool:
    known = ABBREVIATIONS.get(language or "")
    if known is None:
        return any(word in words for words in ABBREVIATIONS.values())
    return word in known or ("." in word and word.rpartition(".")[2] in known)
