"""The words by which schemas and documents name the same thing, and how alike two names are.

`terms.toml` is the vocabulary, in five languages. A name ("Rechnungs-Nr.", "facture n°", ``invoiceNumber``) is read as
notions: a term of the vocabulary, or several where a word has several meanings, or the bare word where it has none.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files

import msgspec
from rapidfuzz import fuzz

LONGEST_PHRASE = 4
"""The most words of a term's phrase."""
SHORTEST_COMPOUND = 7
"""Shorter words are not parted."""
ALIKE = 86
"""From this ratio of equal letters (0 to 100) two unknown words count as one, misread or inflected."""
ENDINGS = ("s", "n", "e", "en", "es", "er", "x", "i")
LINKS = ("", "s", "es", "n", "en", "er")
"""What stands between the parts of a compound."""

_NUMBER = dict.fromkeys(("nr", "num", "nbr", "nro", "numero", "nummer", "number", "nos", "numer"), "no")
_SIGN = re.compile(r"\bn\s?[°º]|№|#", re.IGNORECASE)
_UMLAUT = re.compile(r"([aou])e")
"""How names in schemas spell ä, ö and ü, which are without dots here."""
_WORD = re.compile(r"[^\W_]+")


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A notion of the vocabulary."""

    words: list[str]
    kinds: list[str] = []
    """What a value named so may be, likeliest first: kinds of `modules.values`, or ``text``."""
    weight: float = 1.0
    """How much it tells one field from another."""
    near: dict[str, float] = {}
    """Terms that stand for it at times, with how well they do."""


class Notion(msgspec.Struct, frozen=True):
    """What a word or phrase of a name means."""

    terms: frozenset[str]
    """The terms it may stand for; empty for a word that the vocabulary does not have."""
    word: str


Notions = tuple[Notion, ...]


class Likeness(msgspec.Struct, frozen=True):
    """How alike an asked name and a printed label are, both 0 to 1."""

    cover: float
    """How much of what is asked the label says."""
    excess: float
    """How much of what the label says is not asked."""

    @property
    def score(self) -> float:
        """Return both as one figure."""
        return self.cover * (1.0 - 0.6 * self.excess)


UNLIKE = Likeness(0.0, 1.0)


class Terms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the vocabulary's file holds."""

    ignored: list[str]
    """Words that tell nothing, such as articles."""
    terms: dict[str, Term]


class Vocabulary:
    """The terms, ready for looking up; what was read or compared once is remembered."""

    def __init__(self, source: Terms) -> None:
        self.terms = source.terms
        self._ignored = frozenset(source.ignored)
        self._phrases: dict[tuple[str, ...], frozenset[str]] = {}
        for name, term in source.terms.items():
            for phrase in term.words:
                key = tuple(self._tokens(phrase))
                if len(key) > 1 or " " not in phrase:
                    self._phrases[key] = self._phrases.get(key, frozenset()) | {name}
        self._single = {key[0] for key in self._phrases if len(key) == 1}
        self._parts = {word for key in self._phrases for word in key if len(word) > 2} | {"no", "id"}
        self._read: dict[str, Notions] = {}
        self._compared: dict[tuple[Notions, Notions], Likeness] = {}

    def read(self, text: str) -> Notions:
        """Return the notions of a name, in order."""
        notions = self._read.get(text)
        if notions is None:
            notions = tuple(self._notions(self._expanded(self._tokens(text))))
            self._read[text] = notions
        return notions

    def weight(self, notion: Notion) -> float:
        """Return how much a notion tells one field from another."""
        if not notion.terms:
            return 0.8 if len(notion.word) > 2 and not notion.word.isdigit() else 0.2
        return min(self.terms[term].weight for term in notion.terms)

    def likeness(self, asked: Notions, label: Notions) -> Likeness:
        """Return how well a label names what is asked."""
        if not asked or not label:
            return UNLIKE
        key = (asked, label)
        found = self._compared.get(key)
        if found is None:
            found = Likeness(self._share(asked, label), 1.0 - self._share(label, asked))
            self._compared[key] = found
        return found

    def same(self, one: Notion, other: Notion) -> float:
        """Return how well one notion stands for another, 0 to 1."""
        if not one.terms or not other.terms:
            return _same_word(one.word, other.word)
        if one.terms & other.terms:
            return 1.0
        return max(
            max(self.terms[a].near.get(b, 0.0), self.terms[b].near.get(a, 0.0)) for a in one.terms for b in other.terms
        )

    def _share(self, whole: Notions, other: Notions) -> float:
        weights = [self.weight(notion) for notion in whole]
        said = sum(
            weight * max(self.same(notion, candidate) for candidate in other)
            for notion, weight in zip(whole, weights, strict=True)
        )
        return said / sum(weights)

    def _notions(self, tokens: Sequence[str]) -> Iterator[Notion]:
        place = 0
        while place < len(tokens):
            for length in range(min(LONGEST_PHRASE, len(tokens) - place), 0, -1):
                terms = self._lookup(tuple(tokens[place : place + length]))
                if terms:
                    yield Notion(terms, " ".join(tokens[place : place + length]))
                    place += length
                    break
            else:
                if tokens[place] not in self._ignored:
                    yield Notion(frozenset(), tokens[place])
                place += 1

    def _tokens(self, text: str) -> list[str]:
        words = _WORD.findall(plain(_SIGN.sub(" no ", text.replace("ß", "ss"))))
        telling = [_NUMBER.get(word, word) for word in words if word not in self._ignored]
        return telling or words

    def _lookup(self, words: tuple[str, ...]) -> frozenset[str]:
        found = self._phrases.get(words)
        if found is not None or len(words) > 1:
            return found or frozenset()
        return next((self._phrases[form,] for form in _forms(words[0]) if (form,) in self._phrases), frozenset())

    def _expanded(self, tokens: Iterable[str]) -> list[str]:
        """Return words with those that are compounds of known words parted."""
        expanded: list[str] = []
        for token in tokens:
            known = token in self._single or any(form in self._single for form in _forms(token))
            if known or len(token) < SHORTEST_COMPOUND:
                expanded.append(token)
            else:
                bare = _UMLAUT.sub(r"\1", token)
                parts = self._parted(token) or ([bare] if bare in self._single else self._parted(bare)) or [token]
                expanded.extend(_NUMBER.get(part, part) for part in parts)
        return expanded

    def _parted(self, word: str) -> list[str] | None:
        """Return the known words that a word is made of, the longest first part first."""
        for length in range(len(word) - 2, 2, -1):
            head = word[:length]
            if head not in self._parts and head not in _NUMBER:
                continue
            for link in LINKS:
                if not word.startswith(link, length):
                    continue
                rest = word[length + len(link) :]
                if rest in self._parts or rest in _NUMBER or any(form in self._single for form in _forms(rest)):
                    return [head, rest]
                if len(rest) >= SHORTEST_COMPOUND - 2 and (parts := self._parted(rest)):
                    return [head, *parts]
        return None


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary that the box ships."""
    text = files(__package__).joinpath("terms.toml").read_text(encoding="utf-8")
    return Vocabulary(msgspec.convert(tomllib.loads(text), Terms))


def plain(text: str) -> str:
    """Return a text in lower case without accents; letters stay as many as they were."""
    lowered = text.lower()
    return "".join(unicodedata.normalize("NFKD", letter)[:1] or letter for letter in lowered)


def _forms(word: str) -> Iterator[str]:
    """Yield the word without one of the endings of plurals and cases."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            yield word[: -len(ending)]


def _same_word(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if min(len(one), len(other)) < 4:
        return 0.0
    return 1.0 if fuzz.ratio(one, other) >= ALIKE else 0.0
