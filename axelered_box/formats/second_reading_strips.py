"""What a strip of a picture with one line of text says, as PP-OCR's recognition model reads it: words with places."""

import re
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from axelered_box.domain.documents import Box, Word
from axelered_box.formats.second_reading_places import Floats

_HEIGHT_PX = 48
"""What the model was trained on; its cost grows with the width of a strip of this height."""
_LEAST_WIDTH_PX, _MOST_WIDTH_PX = 160, 3200
_TALL = 3.0
"""A strip that is so much higher than wide is text on its side, which is left to others."""
_STRAIGHT_DEG = 0.3
_BLANK = 0
_WORD = re.compile(r"\S+")
_SPECK = 0.01
"""A row of pixels of which no more is dark has no print."""
_CONFIDENCES, _RIGHT = (0.0, 0.5, 0.7, 0.9, 0.95, 0.99, 1.0), (0.0, 0.2, 0.36, 0.62, 0.79, 0.94, 0.98)
"""What share of words is right by the mean of what the model says of their letters, on hard pages of many kinds."""

Pixels = NDArray[np.float32]


class Glyph(msgspec.Struct, frozen=True):
    """A letter that was read."""

    text: str
    place: float
    """Its middle along the strip, 0 to 1."""
    confidence: float


def alphabet(session: Any) -> list[str]:
    """Return what each of the model's classes stands for; the first is no letter, the last a space."""
    return ["", *session.get_modelmeta().custom_metadata_map["character"].splitlines(), " "]


def read(session: Any, letters: list[str], picture: Image.Image, corners: Floats) -> list[Word]:
    """Return the words of the line between four corners in a grey picture, with boxes in its pixels."""
    width, height = np.hypot(*(corners[1] - corners[0])), np.hypot(*(corners[3] - corners[0]))
    if height >= _TALL * width:
        return []
    strip = _strip(picture, corners, max(1, round(width)), max(1, round(height)))
    long = min(max(1, round(strip.width * _HEIGHT_PX / strip.height)), _MOST_WIDTH_PX)
    pixels = np.asarray(strip.resize((long, _HEIGHT_PX), Image.Resampling.BICUBIC), np.float32)
    ready = np.zeros((_HEIGHT_PX, max(long, _LEAST_WIDTH_PX)), np.float32)
    ready[:, :long] = pixels / np.float32(127.5) - 1
    three = np.broadcast_to(ready, (1, 3, *ready.shape))
    (likely,) = session.run(None, {session.get_inputs()[0].name: three})
    return words(glyphs(likely[0], letters, ready.shape[1] / long), corners, _inked(pixels))


def glyphs(likely: Pixels, letters: list[str], stretch: float) -> list[Glyph]:
    """Return the letters that are likeliest in each column, one for each unbroken row of columns (Graves 2006).

    `stretch` is by how much the columns are wider than the strip.
    """
    best, sure = likely.argmax(axis=1), likely.max(axis=1)
    starts = np.flatnonzero(np.diff(best, prepend=-1))
    ends = np.append(starts[1:], len(best))
    found = []
    for start, end in zip(starts, ends, strict=True):
        if best[start] != _BLANK:
            middle = min(1.0, (start + end) / 2 / len(best) * stretch)
            found.append(Glyph(letters[best[start]], middle, float(sure[start:end].max())))
    return found


def words(letters: list[Glyph], corners: Floats, inked: Box) -> list[Word]:
    """Return letters as words, parted at spaces, in that part of the strip, in shares of it, that has ink."""
    text = "".join(letter.text for letter in letters)
    left, top, right, bottom = inked
    found = []
    for match in _WORD.finditer(text):
        own = letters[match.start() : match.end()]
        sides = (_side(letters, match.start(), left, right), _side(letters, match.end(), left, right))
        places = [_within(corners, x, y) for x in sides for y in (top, bottom)]
        (x0, y0), (x1, y1) = np.min(places, axis=0), np.max(places, axis=0)
        sure = probability(sum(letter.confidence for letter in own) / len(own))
        found.append(Word(match[0], float(x0), float(y0), float(x1), float(y1), round(sure, 2)))
    return found


def probability(confidence: float) -> float:
    """Return how likely a word is right of which the model is so sure: it is surer than it should be."""
    return float(np.interp(confidence, _CONFIDENCES, _RIGHT))


def _side(letters: list[Glyph], place: int, left: float, right: float) -> float:
    """Return where a word that begins or ends between two letters does so: at the space, or where the ink ends."""
    if place == 0:
        return left
    if place == len(letters):
        return right
    return (letters[place - 1].place + letters[place].place) / 2


def _within(corners: Floats, x: float, y: float) -> Floats:
    """Return a place in a strip, given in shares of its sides, as one in the picture."""
    return np.asarray(corners[0] + x * (corners[1] - corners[0]) + y * (corners[3] - corners[0]))


def _inked(pixels: Pixels) -> Box:
    """Return the part of a strip that has ink, in shares of it: where pixels are far from the paper's grey."""
    far = np.abs(pixels - np.median(pixels))
    ink = far > far.max() / 2
    columns, rows = np.flatnonzero(ink.sum(axis=0) > 1), np.flatnonzero(ink.mean(axis=1) > _SPECK)
    if not len(columns) or not len(rows):
        return 0.0, 0.0, 1.0, 1.0
    high, wide = pixels.shape
    return columns[0] / wide, rows[0] / high, (columns[-1] + 1) / wide, (rows[-1] + 1) / high


def _strip(picture: Image.Image, corners: Floats, width: int, height: int) -> Image.Image:
    """Return a strip of a picture, turned upright."""
    right = corners[1] - corners[0]
    if abs(np.degrees(np.arctan2(right[1], right[0]))) < _STRAIGHT_DEG:
        left, top = corners.min(axis=0)
        return picture.crop((round(left), round(top), round(left) + width, round(top) + height))
    around = tuple(float(side) for place in (0, 3, 2, 1) for side in corners[place])
    return picture.transform((width, height), Image.Transform.QUAD, around, Image.Resampling.BICUBIC, fillcolor=255)
