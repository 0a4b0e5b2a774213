"""Whether a page's own text is there and sound, or must be recognised in its picture."""

import re
import unicodedata
from itertools import pairwise
from statistics import median

from axelered_box.formats.regions import Text

COVERED = 0.8
"""A picture that covers this part of a page is a scan of it."""
FEW_LETTERS = 200
"""A scan with fewer letters of text has a stamp or a running foot, not a text layer."""
SOME_PICTURE = 0.3
GARBAGE = 0.15
"""A text of whose letters this part is unreadable was made with a broken font."""
POOR = 0.65
"""A scan's hidden text of whose letters fewer than this part are in words or numbers was badly recognised."""
TINY_PT = 4.0
"""Hidden text of a smaller size was read on a page that is smaller than the paper it shows."""
_WORD_LIKE = re.compile(r"[^\w\s]{0,2}(?:[^\W\d_]{2,}(?:[-'\u2019][^\W\d_]+)*|[$€£]?\d[\d.,:/-]*[%€]?)[^\w\s]{0,3}")
_OUTLINES = 200
"""So many vectors on a page without text are letters drawn as outlines."""
_UNREADABLE = frozenset({"Co", "Cn", "Cs", "Cc"})


def needs_recognition(text: Text, width: float, height: float) -> bool:
    """Tell whether a page has to be read from its picture."""
    letters = "".join(word[4] for word in text.words)
    covered = _covered(text, width, height)
    if not letters:
        return covered >= SOME_PICTURE or _count(text, 3) >= _OUTLINES
    if is_garbage(letters):
        return True
    if covered < COVERED:
        return False
    return len(letters) < FEW_LETTERS or is_poor([word[4] for word in text.words]) or _is_tiny_and_hidden(text)


def _is_tiny_and_hidden(text: Text) -> bool:
    """Tell whether text is unseen and of a size that nobody prints: its recogniser took the picture for a smaller one.

    It read fewer pixels than there are, or by chance as many; here all of them are read.
    """
    spans = [span for block in text.blocks if block["type"] == 0 for line in block["lines"] for span in line["spans"]]
    sizes = [span["size"] for span in spans]
    return bool(sizes) and median(sizes) < TINY_PT and all(span.get("alpha", 255) == 0 for span in spans)


def is_garbage(letters: str) -> bool:
    """Tell whether text is mostly signs that nobody reads: replacement, private or control characters."""
    unread = sum(letter == "\ufffd" or unicodedata.category(letter) in _UNREADABLE for letter in letters)
    return unread > GARBAGE * len(letters)


def is_poor(words: list[str]) -> bool:
    """Tell whether words are mostly debris, as a bad recognition leaves: single letters, signs within words."""
    letters = sum(map(len, words))
    good = sum(len(word) for word in words if _is_word(word))
    return good < POOR * letters


def _is_word(word: str) -> bool:
    """Tell whether a word looks like one: letters, a number, or a sign of a script that writes without spaces."""
    if len(word) == 1 and unicodedata.category(word) == "Lo":
        return True
    return bool(_WORD_LIKE.fullmatch(word)) and not _changes_case(word)


def _changes_case(word: str) -> bool:
    """Tell whether small and large letters alternate within a word, more than in a name such as ``McDonald``."""
    return sum(first.islower() and second.isupper() for first, second in pairwise(word)) > 1


def _covered(text: Text, width: float, height: float) -> float:
    """Return which part of the page its images cover, overlaps counted twice, at most 1."""
    area = 0.0
    for block in text.blocks:
        if block["type"] == 1:
            x0, y0, x1, y1 = block["bbox"]
            area += max(0.0, min(x1, width) - max(x0, 0.0)) * max(0.0, min(y1, height) - max(y0, 0.0))
    return min(1.0, area / (width * height)) if width * height else 0.0


def _count(text: Text, kind: int) -> int:
    return sum(block["type"] == kind for block in text.blocks)
