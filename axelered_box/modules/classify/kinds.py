"""How much a document looks like each kind that the box knows, and how much a label is the name of one."""

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

from axelered_box.modules.classify.genres import TRADE, Genre
from axelered_box.modules.classify.genres_law import HEALTH, LAW
from axelered_box.modules.classify.genres_reading import READING
from axelered_box.modules.classify.labels import Label, Property
from axelered_box.modules.classify.passages import Piece

GENRES = (*TRADE, *LAW, *HEALTH, *READING)
HEAD_CHARACTERS = 500
"""What a document says first counts more."""
MAX_TEXT = 30_000
UNKNOWN = 1.5
"""The likeness of a document to a kind that is not in the table."""
NEARNESS = 60.0
"""How sharply likeness in meaning tells labels apart."""
NAMED = 0.3
"""How much of a label's name has to name a kind: half of two words that are about as long, less a little."""
SHARE = 0.5
DOCUMENT_SHARE = 0.3
"""How many of a property's labels name a kind of document, at least, if it is one of kinds; fewer where it says so."""
LEAST = 0.02
"""The probability that no label falls below."""
_DOCUMENT = re.compile(r" (document|doc|dokument|unterlage|beleg|schriftstuck|documento|fichier|file|datei)")
_NOT_WORD = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Return a text's words in small letters without accents, with a space before and after each."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return f" {_NOT_WORD.sub(' ', bare).strip()} "


def likeness(pieces: Sequence[Piece], title: str | None, facts: Mapping[str, float]) -> list[float]:
    """Return how much a document looks like each of GENRES; about 0 where nothing speaks for it."""
    head = plain("\n".join([title or "", *(piece.text for piece in pieces)])[:HEAD_CHARACTERS])
    headings = plain("\n".join(piece.text for piece in pieces if piece.heading))
    whole = plain("\n".join(piece.text for piece in pieces)[:MAX_TEXT])
    return [_likeness(genre, head + headings, whole, facts) for genre in GENRES]


def named(asked: Property) -> list[list[float]] | None:
    """Return how much each label of a property names each of GENRES, 0 to 1.

    None where few labels name a kind of document: then they are of another sort, such as departments or topics, and
    that one of them sounds like a kind means nothing. Where most do, a label whose name says nothing is known by its
    description.
    """
    own = [label for label in asked.labels if not label.is_other]
    of_documents = _DOCUMENT.search(plain(asked.words)) is not None
    known = sum(max(_described(label) if of_documents else _named(label)) >= NAMED for label in own)
    if not known or known < len(own) * (DOCUMENT_SHARE if of_documents else SHARE):
        return None
    return [[0.0] * len(GENRES) if label.is_other else _described(label) for label in asked.labels]


def beliefs(asked: Property, likenesses: Sequence[float], near: Mapping[int, Sequence[float]]) -> list[float]:
    """Return for each label the logarithm of how probable it is by the document's kind; all 0 where kinds say nothing.

    What falls to kinds that no label names is shared by the labels that name none: by how `near` each is in meaning to
    the kind, where that is told, else alike.
    """
    names = named(asked)
    if names is None:
        return [0.0] * len(asked.labels)
    top = max([UNKNOWN, *likenesses])
    total = math.fsum(math.exp(value - top) for value in [UNKNOWN, *likenesses])
    weights = [math.exp(value - top) / total for value in likenesses]
    claims = [math.fsum(column) for column in zip(*names, strict=True)]
    own = [
        math.fsum(name * weight / max(1.0, claim) for name, weight, claim in zip(row, weights, claims, strict=True))
        for row in names
    ]
    free = [place for place, row in enumerate(names) if not any(row)]
    rest = 1 - math.fsum(own)
    for kind, closeness in near.items():
        if not claims[kind] and free:
            rest -= weights[kind]
            for place, part in zip(free, _shared([closeness[place] for place in free]), strict=True):
                own[place] += weights[kind] * part
    for place in free:
        own[place] += max(0.0, rest) / len(free)
    return [math.log(value + LEAST) for value in own]


def likeliest(likenesses: Sequence[float]) -> list[int]:
    """Return the places of the kinds that a document looks most like, three at most."""
    order = sorted(range(len(likenesses)), key=lambda place: -likenesses[place])
    return [place for place in order[:3] if likenesses[place] > UNKNOWN]


def _shared(closeness: Sequence[float]) -> list[float]:
    """Return the parts of a whole by how close in meaning each is."""
    top = max(closeness)
    weights = [math.exp(NEARNESS * (value - top)) for value in closeness]
    return [weight / sum(weights) for weight in weights]


def _described(label: Label) -> list[float]:
    """Return how much a label names each kind, or else how much its description does."""
    direct = _named(label)
    if any(direct):
        return direct
    text = _singular(plain(label.description))
    told = [float(any(term in text for term in _own_names(genre))) for genre in GENRES]
    return [value / max(1.0, sum(told)) for value in told]


def _named(label: Label) -> list[float]:
    """Return how much a label's name names each kind; what covers it less than the best is left out."""
    direct = [_names(genre, plain(label.name)) for genre in GENRES]
    best = max(direct)
    return [value if value >= 0.95 * best else 0.0 for value in direct]


def _likeness(genre: Genre, head: str, whole: str, facts: Mapping[str, float]) -> float:
    signs, hints, said = _terms(genre)
    spoken = 2 * math.log1p(_found(signs, head, whole)) + math.log1p(_found(hints, head, whole) / 2)
    return spoken + sum(weight * facts[name] for name, weight in said)


def _found(terms: Sequence[str], head: str, whole: str) -> float:
    """Return how many terms are found: one at the head counts double, one that is rare in a long text less."""
    words = whole.count(" ")
    total = 0.0
    for term in terms:
        count = whole.count(term)
        if count:
            total += min(1.0, count * 400 / max(words, 400)) + (term in head)
    return total


def _names(genre: Genre, name: str) -> float:
    """Return the share of a label's words that one of a genre's names covers, a little less where it is part of one."""
    words, single = len(name.split()), _singular(name)
    found = [term.strip() for term in _own_names(genre) if term in single]
    return max(
        ((term.count(" ") + 1) / words - 0.2 * (1 - len(term) / len(single.strip())) for term in found), default=0.0
    )


@cache
def _own_names(genre: Genre) -> tuple[str, ...]:
    return tuple(_singular(term) for term in (plain(genre.name), *_parts(genre.names)))


@cache
def _terms(genre: Genre) -> tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, float], ...]]:
    said = [fact.split(":") for fact in genre.facts.split("|") if fact]
    return _parts(genre.signs), _parts(genre.hints), tuple((name, float(weight)) for name, weight in said)


def _parts(terms: str) -> tuple[str, ...]:
    """Return the terms of a list in the form in which they are looked for."""
    return tuple(plain(term).strip() if term.startswith("~") else plain(term) for term in terms.split("|") if term)


def _singular(text: str) -> str:
    """Return words without a final s, so that a plural is found by its singular."""
    return re.sub(r"(?<=\w\w\w)s\b", "", text)


def signs_in(text: str, place: int) -> float:
    """Return how many signs and hints of one of GENRES a text has, a hint counting a third."""
    signs, hints, _ = _terms(GENRES[place])
    bare = plain(text)
    return sum(term in bare for term in signs) + sum(term in bare for term in hints) / 3
