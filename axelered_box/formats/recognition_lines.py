"""A slip of paper, such as a till receipt, which is read line by line: whether a page is one, and its evidence."""

import re
from statistics import median

from axelered_box.domain.documents import Box, Word
from axelered_box.formats.evidence import Line, Region, Role, Run

SLIP_LETTERS = 62
"""At most so many letters fit across the print of a slip; across that of a letter or book, more."""
AMOUNTS = 3
"""A slip names at least so many amounts."""
_AMOUNT = re.compile(r"\d[.,]\s?\d\d(?!\d)")


def fits_across(words: list[Word], print_width: float) -> float:
    """Return how many letters of these words' size fit across the print; infinity when there are no words."""
    widths = [(word.x1 - word.x0) / len(word.text) for word in words if len(word.text) > 1]
    return print_width / median(widths) if widths and median(widths) > 0 else float("inf")


def letter_height(words: list[Word]) -> float | None:
    """Return how high most words are, from the lowest to the highest ink; None when there are none."""
    heights = [word.y1 - word.y0 for word in words if sum(letter.isalnum() for letter in word.text) > 1]
    return median(heights) if heights else None


def is_slip(words: list[Word]) -> bool:
    """Tell whether what was read in a narrow page is a slip with amounts."""
    if not words:
        return False
    width = max(word.x1 for word in words) - min(word.x0 for word in words)
    text = " ".join(word.text for word in words)
    return fits_across(words, width) <= SLIP_LETTERS and len(_AMOUNT.findall(text)) >= AMOUNTS


def regions(lines: list[list[Word]]) -> list[Region]:
    """Return a region for each printed line of words whose boxes are in points."""
    return [_region(line) for line in lines]


def _region(line: list[Word]) -> Region:
    box: Box = (
        min(word.x0 for word in line),
        min(word.y0 for word in line),
        max(word.x1 for word in line),
        max(word.y1 for word in line),
    )
    text = " ".join(word.text for word in line)
    printed = Line(bbox=box, runs=[Run(text=text, size=round(box[3] - box[1], 1))])
    return Region(role=Role.TEXT, bbox=box, lines=[printed], words=line)
