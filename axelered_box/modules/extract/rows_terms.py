"""What the columns of tables are called in six languages, by meaning: `rows_terms.toml`, ready for comparing.

A heading and a property are alike as far as they have a meaning in common. A term may have several: a column called
*price* is the price of one, or what is to be paid. One that seldom has a meaning stands there with a tilde.
"""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

import msgspec
from rapidfuzz import fuzz

_SELDOM = 0.7
"""How surely a term has the less likely of its meanings, or a single letter its only one."""
_COMPOUND = 0.85
_SAME_WORDS = 0.1
"""The part of a likeness that goes by the words, so that of two headings with one meaning the closer one is taken."""


def meanings(text: str) -> dict[str, float]:
    """Return what a heading or a property's name may mean, each with how surely, 0 to 1."""
    return _meanings(plain(text))


def alike(property_text: str, heading: str) -> float:
    """Return how surely a property and a heading mean the same, 0 to 1: by a common meaning, or by the words alone."""
    return _alike(plain(property_text), plain(heading))


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """Return a text's words in lower case with single spaces, without accents, brackets and punctuation."""
    bare = "".join(
        letter for letter in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(letter)
    )
    return " ".join(re.findall(r"[^\W_]+|[%#°]", bare))


@lru_cache(maxsize=8192)
def _alike(name: str, heading: str) -> float:
    if not name or not heading:
        return 0.0
    by_words = fuzz.token_sort_ratio(name, heading) / 100
    common = fuzz.token_set_ratio(name, heading) / 100
    mine, theirs = _meanings(name), _meanings(heading)
    by_meaning = max(
        (sure * other * _near(one, two) for one, sure in mine.items() for two, other in theirs.items()), default=0.0
    )
    best = max(by_meaning, by_words if by_words >= 0.8 else 0.0)
    return best * (1.0 - _SAME_WORDS + _SAME_WORDS * common)


def _near(one: str, other: str) -> float:
    if one == other:
        return 1.0
    near = _data().near
    return near.get(one, {}).get(other) or near.get(other, {}).get(one) or 0.0


@lru_cache(maxsize=8192)
def _meanings(text: str) -> dict[str, float]:
    terms = _terms()
    words = text.split()
    found: dict[str, float] = {}
    for first in range(len(words)):
        for last in range(min(len(words), first + 5), first, -1):
            share = (last - first) / len(words)
            for meaning, weight in terms.get(" ".join(words[first:last]), {}).items():
                found[meaning] = max(found.get(meaning, 0.0), weight * (0.4 + 0.6 * share))
    if not found:
        for word in words:
            found |= {meaning: weight / len(words) for meaning, weight in _compound(word).items()}
    return found


def _compound(word: str) -> dict[str, float]:
    """Return what the last part of a German or Dutch compound means, such as *betrag* in *Positionsbetrag*."""
    for start in range(1, len(word) - 3):
        if meaning := _terms().get(word[start:]):
            return {name: weight * _COMPOUND for name, weight in meaning.items()}
    return {}


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    meanings: dict[str, list[str]]
    near: dict[str, dict[str, float]]


@cache
def _data() -> _Data:
    text = files(__package__).joinpath("rows_terms.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), _Data)


@cache
def _terms() -> dict[str, dict[str, float]]:
    """Return the meanings of each term, each with how surely it is meant."""
    terms: dict[str, dict[str, float]] = {}
    for meaning, names in _data().meanings.items():
        for term in names:
            name = plain(term)
            sure = _SELDOM if term.startswith("~") or len(name) == 1 else 1.0
            terms.setdefault(name, {}).setdefault(meaning, sure)
    return terms
