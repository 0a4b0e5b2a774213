"""The ways in which the letters of a PDF page are read as text, and what is found in them."""

import re
import unicodedata

import msgspec
import pymupdf

from axelered_box.domain import edits
from axelered_box.domain.documents import Word
from axelered_box.domain.edits import AnyOperation, Find
from axelered_box.formats.pdf_words import Letter, lines_of, quads_around

_HYPHENS = frozenset("-\u2010")
_SOFT_HYPHEN = "\u00ad"
_SPACE_EM, _CELL_EM = 0.2, 1.0
"""A gap of this part of the size parts words; one of that part parts what does not belong together."""
_SAME_LINE_EM = 0.3


class Reading(msgspec.Struct, frozen=True):
    """A text, and for each of its characters the letter that it comes from, None for what stands for none."""

    text: str
    letters: list[Letter | None]
    literal: bool = False
    """Whether it fits literal texts only, since it joins what may not belong together."""


def readings_of(page: pymupdf.Page) -> list[Reading]:
    """Return the ways in which the text of a page is read, as it is written first."""
    lines = lines_of(page)
    return ways_of(lines) if any(lines) else []


def ways_of(lines: list[list[Letter]]) -> list[Reading]:
    """Return the ways to read lines: as written; as seen, where that differs; each with what line ends do undone."""
    readings = [_in_lines(lines)]
    seen = _as_seen([letter for line in lines for letter in line])
    if sorted(_bare(readings[0].text).split("\n")) != sorted(_bare(seen.text).split("\n")):
        readings.append(seen)
    for reading in list(readings):
        whole = _undone(reading)
        if whole.text != reading.text:
            readings.append(whole)
        if "\n" in whole.text:
            readings.append(_run_on(whole))
    return readings


def reading_of_words(page: pymupdf.Page, words: list[Word]) -> list[Reading]:
    """Return the ways to read recognised words, whose boxes are those of the page as shown."""
    lines: list[list[Letter]] = []
    place, before = 0, None
    for word in words:
        if before is None or word.x0 < before.x0 or word.y0 > before.y1:
            lines.append([])
        else:
            lines[-1].append(Letter(" ", lines[-1][-1].box, lines[-1][-1].origin, len(lines), place))
            place += 1
        wide = (word.x1 - word.x0) / max(1, len(word.text))
        for index, sign in enumerate(word.text):
            box = pymupdf.Rect(word.x0 + index * wide, word.y0, word.x0 + (index + 1) * wide, word.y1)
            own = pymupdf.Rect(box * page.derotation_matrix)
            lines[-1].append(Letter(sign, tuple(own), (own.x0, own.y1), len(lines), place))
            place += 1
        before = word
    readings = [_in_lines(lines)]
    whole = _undone(readings[0])
    return [*readings, whole, _run_on(whole)] if lines else []


def matches_in(readings: list[Reading], operation: AnyOperation, find: Find) -> list[list[Letter]]:
    """Return the letters of each place that an operation is about, each place once."""
    is_literal = not isinstance(operation, edits.Redact) or (operation.pattern is None and operation.regex is None)
    found: list[list[Letter]] = []
    taken: set[int] = set()
    for reading in readings:
        if reading.literal and not is_literal:
            continue
        for start, end in find(reading.text, operation):
            letters = letters_in(reading, start, end)
            if any(letter.place not in taken for letter in letters):
                found.append(letters)
                taken.update(letter.place for letter in letters)
    return found


def letters_in(reading: Reading, start: int, end: int) -> list[Letter]:
    """Return the letters of a part of a text, each once."""
    kept: dict[int, Letter] = {}
    for letter in reading.letters[start:end]:
        if letter is not None:
            kept.setdefault(letter.place, letter)
    return list(kept.values())


def quads_of(
    page: pymupdf.Page, operation: AnyOperation, find: Find, words: list[Word] | None
) -> list[list[pymupdf.Quad]]:
    """Return where on a page without its rotation an operation's matches are: for each, a quad for each line.

    `words` are those recognised on a page that has no text of its own, placed on it as it is shown.
    """
    readings = readings_of(page)
    if not readings and words:
        readings = reading_of_words(page, words)
    return [quads_around(letters) for letters in matches_in(readings, operation, find)]


def _in_lines(lines: list[list[Letter]]) -> Reading:
    """Return lines as text, each ended by a line feed."""
    text: list[str] = []
    letters: list[Letter | None] = []
    for line in lines:
        for letter in line:
            text.append(letter.sign)
            letters.append(letter)
        text.append("\n")
        letters.append(None)
    return _reading(text, letters)


def _reading(text: list[str], letters: list[Letter | None], *, literal: bool = False) -> Reading:
    """Return a reading; every sign, however many characters it has, points to its letter."""
    spread = [letter for sign, letter in zip(text, letters, strict=True) for _ in sign]
    return Reading("".join(text), spread, literal)


def _as_seen(letters: list[Letter]) -> Reading:
    """Return letters as one sees them, row by row from the left, however they came onto the page."""
    level = [one for one in letters if one.look is not None and one.look.direction == (1.0, 0.0) and one.sign.strip()]
    rows: list[list[Letter]] = []
    for letter in sorted(level, key=lambda one: one.origin[1]):
        if rows and letter.look is not None:
            apart = letter.origin[1] - rows[-1][0].origin[1]
            if apart <= _SAME_LINE_EM * letter.look.size:
                rows[-1].append(letter)
                continue
        rows.append([letter])
    text: list[str] = []
    kept: list[Letter | None] = []
    for row in rows:
        before: Letter | None = None
        for letter in sorted(row, key=lambda one: one.origin[0]):
            if before is not None and letter.look is not None:
                gap = (letter.origin[0] - before.box[2]) / max(letter.look.size, 0.1)
                if gap > _SPACE_EM:
                    text.append("\n" if gap > _CELL_EM else " ")
                    kept.append(None)
            text.append(letter.sign)
            kept.append(letter)
            before = letter
        text.append("\n")
        kept.append(None)
    return _reading(text, kept)


def _undone(reading: Reading) -> Reading:
    """Return a text with ligatures spelled out, marks joined to their letters and hyphens at line ends undone."""
    text: list[str] = []
    kept: list[Letter | None] = []
    signs = reading.text
    place = 0
    while place < len(signs):
        sign, letter = signs[place], reading.letters[place]
        end = _end_of_hyphen(signs, place)
        if end is not None:
            place = end
            continue
        if text and unicodedata.combining(sign) and len(unicodedata.normalize("NFC", text[-1] + sign)) == 1:
            text[-1] = unicodedata.normalize("NFC", text[-1] + sign)
        else:
            text.append(spelled(sign))
            kept.append(letter)
        place += 1
    return _reading(text, kept)


def _end_of_hyphen(text: str, place: int) -> int | None:
    """Return where a word goes on behind a hyphen that parts it for the line's sake, None where there is none."""
    if text[place] == _SOFT_HYPHEN:
        after = re.compile(r"\s*\n\s*").match(text, place + 1)
        return place + 1 if after is None else after.end()
    if text[place] in _HYPHENS and place and text[place - 1].isalpha():
        after = re.compile(r" *\n\s*(?=[^\W\d_])").match(text, place + 1)
        if after is not None and text[after.end()].islower():
            return after.end()
    return None


def spelled(sign: str) -> str:
    """Return a ligature or a sign of full width as the letters that it stands for, any other sign as it is."""
    if "\ufb00" <= sign <= "\ufb4f" or "\uff01" <= sign <= "\uff5e":
        return unicodedata.normalize("NFKC", sign)
    return sign


def _run_on(reading: Reading) -> Reading:
    """Return a text whose lines go on in one another, for what a line's end parts without a hyphen."""
    kept = [(sign, letter) for sign, letter in zip(reading.text, reading.letters, strict=True) if sign != "\n"]
    return _reading([sign for sign, _ in kept], [letter for _, letter in kept], literal=True)


def _bare(text: str) -> str:
    return re.sub(r"[^\S\n]+", "", text)
