"""How well a page was read: the share of its words that is likely to be right, and the reason to doubt it."""

from itertools import pairwise

from axelered_box.formats.recognition import Reading

LOW = 0.85
"""Below this, when one word in seven or more is likely to be wrong, a user is told."""
UNSURE = 0.6
"""A word of less confidence is more often wrong than right."""
_WORDS_RIGHT = (
    (0.0, 0.0),
    (0.25, 0.05),
    (0.4, 0.4),
    (0.55, 0.7),
    (0.75, 0.82),
    (0.85, 0.92),
    (0.95, 1.0),
    (1.0, 1.0),
)
"""Tesseract's mean confidence, and the share of words that were right on pages read with it.

Measured on 43 clean, skewed, speckled, coarse and blurred pages and receipts in five languages, against their text.
"""


def quality(read: Reading) -> float:
    """Return which share of a page's words is likely to be right, 0 to 1."""
    sure = read.confidence
    for (low, low_right), (high, high_right) in pairwise(_WORDS_RIGHT):
        if sure <= high:
            return round(low_right + (sure - low) / (high - low) * (high_right - low_right), 3)
    return 1.0


def doubt(read: Reading) -> str | None:
    """Return why a page's text is to be doubted, None when it is not."""
    score = quality(read)
    if score >= LOW:
        return None
    words = read.words
    unsure = sum(word.confidence < UNSURE for word in words)
    return (
        f"The page was hard to read (quality {score:.2f}): {unsure} of its {len(words)} words are unsure. "
        "Scan it again straight, sharp and at 300 dpi, or check it against the original."
    )
