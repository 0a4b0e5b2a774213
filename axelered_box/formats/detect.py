"""Whether a page's own text is there and sound, or must be recognised in its picture."""

import unicodedata

from axelered_box.formats.regions import Text

COVERED = 0.8
"""A picture that covers this part of a page is a scan of it."""
FEW_LETTERS = 200
"""A scan with fewer letters of text has a stamp or a running foot, not a text layer."""
SOME_PICTURE = 0.3
GARBAGE = 0.15
"""A text of whose letters this part is unreadable was made with a broken font."""
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
    return covered >= COVERED and len(letters) < FEW_LETTERS


def is_garbage(letters: str) -> bool:
    """Tell whether text is mostly signs that nobody reads: replacement, private or control characters."""
    unread = sum(letter == "\ufffd" or unicodedata.category(letter) in _UNREADABLE for letter in letters)
    return unread > GARBAGE * len(letters)


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
