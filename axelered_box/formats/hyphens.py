"""Whether a hyphen at the end of a line parted a word for the line's sake (soft) or belongs to it (hard)."""

import re
from collections.abc import Iterable
from functools import lru_cache

from spellchecker import SpellChecker

_SOFT_HYPHEN = "\u00ad"
_HYPHENS = ("-", "\u2010")
_DASHES = ("\u2013", "/")
"""Between numbers they need no space."""
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_LAST_PART = re.compile(r"([^\W\d_]+)[-\u2010]$")
_FIRST_PART = re.compile(r"^([^\W\d_]+)")
_PENDING = frozenset({"und", "oder", "bzw", "sowie", "bis", "and", "or", "to", "et", "ou", "y", "e", "o"})
"""What follows a hyphen that stands for the rest of a later word: pre- and postwar, Vor- und Nachname."""
_DICTIONARIES = {"eng": "en", "deu": "de", "fra": "fr", "spa": "es", "ita": "it", "por": "pt", "nld": "nl"}
_SHORTEST = 3
"""A part of a compound has at least so many letters."""


class Hyphens:
    """What a document and its language show about hyphens."""

    def __init__(self, language: str | None = None) -> None:
        self._language = language
        self._words: set[str] = set()

    def learn(self, lines: Iterable[str]) -> None:
        """Take in printed lines: the words within them are whole, but for one that a hyphen ends."""
        for line in lines:
            text = line.rstrip()
            if text.endswith((*_HYPHENS, _SOFT_HYPHEN)):
                text = text.rpartition(" ")[0]
            self._words.update(word.replace("\u2010", "-") for word in _WORD.findall(text.lower()))

    def join(self, before: str, after: str, gap: str = " ") -> str:
        """Return a line and the one after it as running text, parted by `gap` unless one word goes on."""
        if before.endswith(_SOFT_HYPHEN):
            return before[:-1] + after
        if before.endswith(_DASHES) and before[-2:-1].isdigit() and after[:1].isdigit():
            return before + after
        if not (before.endswith(_HYPHENS) and before[-2:-1].isalnum() and after[:1].isalnum()):
            return before + gap + after if before and after else before + after
        if not after[0].islower():
            return before + after
        last, first = _LAST_PART.search(before), _FIRST_PART.match(after)
        if last is None or first is None:
            return before + after
        if first[1] in _PENDING:
            return before + " " + after
        return (before if self._is_hard(last[1].lower(), first[1].lower()) else before[:-1]) + after

    def _is_hard(self, last: str, first: str) -> bool:
        """Tell whether a hyphen between two parts of a word is part of it."""
        whole = last + first
        if whole in self._words:
            return False
        if f"{last}-{first}" in self._words:
            return True
        known = known_words(self._language)
        if whole in known or min(len(last), len(first)) < _SHORTEST:
            return False
        return last in known and first in known


PLAIN = Hyphens()
"""Knows nothing of a document: each hyphen before a small letter is soft."""


@lru_cache(maxsize=2)
def known_words(language: str | None) -> frozenset[str]:
    """Return the words of a language, in small letters; none when there is no list of them."""
    code = _DICTIONARIES.get(language or "")
    if code is None:
        return frozenset()
    return frozenset(SpellChecker(language=code).word_frequency.words())


def warm() -> None:
    """Load the dictionary of the language that most documents are in."""
    known_words("eng")
