"""A place of a document that may answer a question."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from axelered_box.domain.documents import WordRange
from axelered_box.modules.citing import Stretch
from axelered_box.modules.extract.evidence import Piece
from axelered_box.modules.extract.lines import COLON
from axelered_box.modules.extract.surroundings import Around, Near
from axelered_box.modules.values import Found


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A place of the document that may answer a question."""

    stretch: Stretch
    start: int
    end: int
    found: Found | None
    """What was read there; None for any words."""
    piece: Piece
    near: Near
    around: Around
    value: Any = None
    """As the schema of the question wants it."""

    @property
    def text(self) -> str:
        """Return the words."""
        return self.stretch.text[self.start : self.end]

    @property
    def line(self) -> str:
        """Return its line, or the part of it behind a colon if it stands there."""
        text = self.stretch.text
        end = text.find("\n", self.end)
        line = text[text.rfind("\n", 0, self.start) + 1 : end if end >= 0 else None]
        colon = COLON.search(line)
        return line[colon.end() :] if colon and self.text in line[colon.end() :] else line

    @property
    def words(self) -> WordRange:
        """Return its words among those of its page."""
        return self.stretch.word_range(self.start, self.end)

    @property
    def kind(self) -> str:
        """Return the kind of the value, ``text`` for any words."""
        return "text" if self.found is None else self.found.kind

    def overlaps(self, other: "Candidate") -> bool:
        """Tell whether both are in part the same words."""
        if self.stretch.page != other.stretch.page:
            return False
        if not self.stretch.starts:
            same = self.stretch.text is other.stretch.text or self.piece.index == other.piece.index
            return same and self.start < other.end and other.start < self.end
        mine, its = self.words, other.words
        return mine[0] < its[1] and its[0] < mine[1]


def once(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield each candidate that is not the same words with the same value as one before."""
    seen: set[tuple[object, ...]] = set()
    for candidate in candidates:
        place = candidate.words if candidate.stretch.starts else (candidate.piece.index, candidate.start)
        key = (candidate.stretch.page, *place, str(candidate.value))
        if key not in seen:
            seen.add(key)
            yield candidate
