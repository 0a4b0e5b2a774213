"""How well a page was read: a score from the confidences of its words, and the reason to doubt it."""

from axelered_box.formats.recognition import Reading

LOW = 0.8
"""Below this a user is told."""
UNSURE = 0.6
"""A word of less confidence is more often wrong than right."""


def quality(read: Reading) -> float:
    """Return how much of a page is likely to be read right, 0 to 1."""
    return round(read.confidence, 3)


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
