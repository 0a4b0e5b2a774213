"""What a redaction seeks: what its operation finds in a text, and every wording of what was found so far."""

import re

import pymupdf

from axelered_box.domain.edits import Find, Redact, Spans
from axelered_box.formats.pdf_readings import Reading, letters_in, matches_in
from axelered_box.formats.pdf_words import Letter

LEAST_LETTERS = 4
"""A shorter wording may stand anywhere by chance, so it is not sought where the operation itself does not find it."""
_SPACED_FROM = 3


class Sought:
    """The words that one redaction removes; it grows as they are found."""

    def __init__(self, operation: Redact, find: Find) -> None:
        self.operation = operation
        self.wordings: set[str] = set()
        self._find = find
        self._known: dict[str, Spans] = {}
        self._pattern: re.Pattern[str] | None = None
        if operation.text is not None:
            self.learn(operation.text)

    @property
    def is_bounded(self) -> bool:
        """Tell whether a wording counts only where no word goes on around it, as with values that have a form."""
        return self.operation.pattern is not None or self.operation.regex is not None

    def learn(self, wording: str) -> None:
        """Take in a text that is to be removed."""
        bare = " ".join(wording.split())
        if sum(sign.isalnum() for sign in bare) >= LEAST_LETTERS and bare not in self.wordings:
            self.wordings.add(bare)
            self._pattern = None
            self._known.clear()

    def matches(self, readings: list[Reading]) -> list[list[Letter]]:
        """Return the letters of each place in a page's text that the operation is about, and learn its words."""
        if self.operation.boxes is not None:
            return []
        found = matches_in(readings, self.operation, self._find)
        for letters in found:
            self.learn("".join(letter.sign for letter in letters))
        for reading in readings:
            if not reading.literal or not self.is_bounded:
                for start, end in self._find(reading.text, self.operation):
                    self.learn(reading.text[start:end])
        return found

    def wordings_in(self, readings: list[Reading], taken: set[int]) -> list[list[Letter]]:
        """Return the letters of further places that have one of the wordings; `taken` are places of letters so far."""
        found = []
        for reading in readings:
            for start, end in self._worded(reading.text):
                letters = letters_in(reading, start, end)
                if any(letter.place not in taken for letter in letters):
                    found.append(letters)
                    taken.update(letter.place for letter in letters)
        return found

    def spans(self, text: str) -> Spans:
        """Return the places in a text of no page that are to be removed, in order, without overlaps."""
        if self.operation.boxes is not None or not text.strip():
            return []
        if text not in self._known:
            merged: Spans = []
            for start, end in sorted([*self._find(text, self.operation), *self._worded(text)]):
                if merged and start <= merged[-1][1]:
                    merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
                else:
                    merged.append((start, end))
            self._known[text] = merged
        return self._known[text]

    def is_in(self, text: str) -> bool:
        """Tell whether a text of no page has what is to be removed."""
        return bool(self.spans(text))

    def worded_in(self, text: str) -> bool:
        """Tell whether a text has one of the wordings, whatever else the operation would find in it."""
        return bool(self._worded(text))

    def _worded(self, text: str) -> Spans:
        if not self.wordings:
            return []
        if self._pattern is None:
            ways = [way for wording in sorted(self.wordings, key=len, reverse=True) for way in _ways(wording)]
            joined = "|".join(ways)
            bounded = rf"(?<!\w)(?:{joined})(?!\w)" if self.is_bounded else joined
            self._pattern = re.compile(bounded, 0 if self.operation.match_case else re.IGNORECASE)
        return [match.span() for match in self._pattern.finditer(text)]


def _ways(wording: str) -> list[str]:
    """Return expressions for a wording: with any white space between its words, and with letters set apart."""
    words = wording.split()
    plain = r"\s+".join(map(re.escape, words))
    if max(map(len, words)) < _SPACED_FROM:
        return [plain]
    apart = r"\s+".join(r"\s+".join(map(re.escape, word)) for word in words)
    return [plain, rf"(?<!\w){apart}(?!\w)"]


def box_of(page: pymupdf.Page, box: tuple[float, float, float, float]) -> pymupdf.Rect:
    """Return a box on a page as shown as one on the page without its rotation."""
    return pymupdf.Rect(box) * page.derotation_matrix
