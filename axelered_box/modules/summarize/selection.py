"""Which sentences make a summary: the most telling ones that fit, each telling something new, from all parts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median

import msgspec

from axelered_box.modules.summarize.salience import Rated
from axelered_box.modules.summarize.sections import Role, is_article
from axelered_box.modules.summarize.terms import cosine

MAX_COMPARED = 500
"""Of a long document only so many sentences, the most telling ones, are compared with those that are chosen."""
_SHARES = {Role.INTRODUCTION: 0.3, Role.METHODS: 0.2, Role.RESULTS: 0.3, Role.DISCUSSION: 0.15, Role.CONCLUSION: 0.3}
"""Which part of a summary each part of an article should have, about."""


class Taste(msgspec.Struct, frozen=True, kw_only=True):
    """How much what was chosen before counts against a sentence."""

    repetition: float = 2.0
    """Per unit of likeness to the chosen sentence that it is most alike."""
    crowding: float = 2.0
    """When its part of the document has all the words that are its share."""
    too_alike: float = 0.6
    """Sentences more alike than this are never chosen together."""
    least: float = 0.7
    """Which part of the median salience a sentence must have."""
    most: int = 1000
    """How many sentences are chosen at most."""


class _Choice:
    """A summary while it grows."""

    def __init__(self, rated: Sequence[Rated], budget: int, taste: Taste) -> None:
        self._rated = rated
        self._taste = taste
        self._budget = budget
        self._least = taste.least * median(one.salience for one in rated) if rated else 0.0
        self._left = budget
        self._shares = _shares(rated)
        self._used: Counter[str] = Counter()
        self._alike = [0.0] * len(rated)
        self._places: set[int] = set()
        self.taken: list[Rated] = []

    def grow(self) -> bool:
        """Take the sentence that is worth most, if there is one."""
        open_ = [place for place in range(len(self._rated)) if self._is_open(place)]
        if not open_ or len(self.taken) >= self._taste.most:
            return False
        self._take(max(open_, key=self._worth))
        return True

    def _is_open(self, place: int) -> bool:
        """Tell whether a sentence fits, tells something new, and does not lean on one that is not there."""
        one = self._rated[place]
        number = one.candidate.place
        if number in self._places or one.candidate.words > self._left or self._alike[place] > self._taste.too_alike:
            return False
        if one.candidate.leans and number - 1 not in self._places:
            return False
        return one.salience >= self._least

    def _worth(self, place: int) -> float:
        one = self._rated[place]
        part = part_of(one)
        crowding = self._used[part] / (self._budget * self._shares[part])
        return one.salience - self._taste.repetition * self._alike[place] - self._taste.crowding * crowding

    def _take(self, place: int) -> None:
        one = self._rated[place]
        self.taken.append(one)
        self._places.add(one.candidate.place)
        self._used[part_of(one)] += one.candidate.words
        self._left -= one.candidate.words
        pairs = zip(self._alike, self._rated, strict=True)
        self._alike = [max(alike, cosine(one.vector, other.vector)) for alike, other in pairs]


def chosen(rated: Sequence[Rated], budget: int, taste: Taste | None = None) -> list[Rated]:
    """Return the sentences of a summary of at most `budget` words, in the order of the document."""
    telling = sorted(rated, key=lambda one: -one.salience)[:MAX_COMPARED]
    choice = _Choice(telling, budget, taste or Taste())
    while choice.grow():
        pass
    return sorted(choice.taken, key=lambda one: one.candidate.place)


def part_of(one: Rated) -> str:
    """Return the part of the document that a sentence is from: what its section is for, else the section."""
    role = one.candidate.role
    return str(one.candidate.section) if role is Role.OTHER else role.value


def _shares(rated: Sequence[Rated]) -> Mapping[str, float]:
    """Return which part of a summary each part of the document should have: more for a longer one, by a square root."""
    sizes: Counter[str] = Counter()
    for one in rated:
        sizes[part_of(one)] += one.candidate.words
    total = sum(size**0.5 for size in sizes.values())
    shares = {part: size**0.5 / total for part, size in sizes.items()}
    if is_article(one.candidate.role for one in rated):
        shares.update({role.value: share for role, share in _SHARES.items() if role.value in sizes})
    if Role.ABSTRACT.value in shares:
        shares[Role.ABSTRACT.value] = 1.0
    return shares
