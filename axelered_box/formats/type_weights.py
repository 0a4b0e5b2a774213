"""Which recognised words are printed in bold: those whose strokes are wider than those of most text of their size."""

from statistics import median

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from axelered_box.domain.documents import Word
from axelered_box.formats import type_sizes

_WIDER = 1.25
"""By how much the strokes of bold letters are wider."""
_CONTRAST = 60
"""Ink and paper differ at least by so many levels of grey."""
_NEARLY_ALL = 0.8
_LEAST_LINES = 5
"""Fewer lines do not tell how wide the strokes of most text are."""
_LEAST_PX = 1.2
_LEAST_LETTERS = 4


def bold_words(lines: list[list[Word]], picture: Image.Image, scale: float) -> frozenset[int]:
    """Return the `id` of the words that are bold: all of a line, or those at its start.

    Words are in points; `scale` is how many pixels of the picture are one point.
    """
    counts = _bold_starts(lines, picture, scale)
    return frozenset(id(word) for line, count in zip(lines, counts, strict=True) for word in line[:count])


def _bold_starts(lines: list[list[Word]], picture: Image.Image, scale: float) -> list[int]:
    """Return how many words at the start of each line are bold: all, those up to where that ends, or none."""
    levels = np.asarray(picture.convert("L"))
    widths = [_stroke_widths(line, levels, scale) for line in lines]
    sizes = [type_sizes.line_size(line) for line in lines]
    letters = [
        (width, size)
        for line, own, size in zip(lines, widths, sizes, strict=True)
        for word, width in zip(line, own, strict=True)
        if width
        for _ in word.text
    ]
    if len(lines) < _LEAST_LINES or not letters:
        return [0] * len(lines)
    usual = median(width for width, _ in letters)
    usual_size = median(size for _, size in letters)
    if usual < _LEAST_PX:
        return [0] * len(lines)
    return [
        _bold_start(line, own, _WIDER * usual * max(1.0, size / usual_size))
        for line, own, size in zip(lines, widths, sizes, strict=True)
    ]


def _stroke_widths(line: list[Word], levels: NDArray[np.uint8], scale: float) -> list[float]:
    """Return the mean width of the strokes of each word, in pixels; 0 where it cannot be told."""
    left, top = min(word.x0 for word in line), min(word.y0 for word in line)
    right, bottom = max(word.x1 for word in line), max(word.y1 for word in line)
    x, y = max(0, int(left * scale)), max(0, int(top * scale))
    strip = levels[y : int(bottom * scale) + 1, x : int(right * scale) + 1]
    if strip.size == 0:
        return [0.0] * len(line)
    paper, ink = int(np.median(strip)), int(strip.min())
    if paper - ink < _CONTRAST:
        return [0.0] * len(line)
    dark = strip < (paper + ink) // 2
    starts = dark.copy()
    starts[:, 1:] &= ~dark[:, :-1]
    found = []
    for word in line:
        place = (
            slice(max(0, int(word.y0 * scale) - y), int(word.y1 * scale) + 1 - y),
            slice(max(0, int(word.x0 * scale) - x), int(word.x1 * scale) + 1 - x),
        )
        strokes = int(np.count_nonzero(starts[place]))
        found.append(int(np.count_nonzero(dark[place])) / strokes if strokes else 0.0)
    return found


def _bold_start(line: list[Word], widths: list[float], least: float) -> int:
    """Return how many words of a line are bold, from its start."""
    letters = [sum(map(str.isalpha, word.text)) for word in line]
    wide = [width >= least for width in widths]
    bold = sum(count for count, is_wide in zip(letters, wide, strict=True) if is_wide)
    if bold < _LEAST_LETTERS:
        return 0
    if bold >= _NEARLY_ALL * sum(letters):
        return len(line)
    start = next((place for place, is_wide in enumerate(wide) if not is_wide), len(line))
    return start if sum(letters[:start]) >= _LEAST_LETTERS else 0
