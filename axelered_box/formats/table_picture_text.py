"""The words in small boxes of a picture, as the model that RapidOCR ships (PP-OCRv6) reads them."""

from functools import cache

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from PIL import Image

from axelered_box.domain.documents import Box, Word
from axelered_box.formats.table_picture_model import model_file, session

_HEIGHT = 48
"""The model looks at a line in so many pixels of height."""
_BATCH = 6
_LONGEST = 40.0
"""A line that is longer than this, in heights, is squeezed."""


@cache
def loaded() -> onnxruntime.InferenceSession | None:
    """Return the model, loaded once; None when it is not installed."""
    path = model_file("rapidocr", "PP-OCRv6_rec_small.onnx")
    return None if path is None else session(path)


@cache
def _letters() -> list[str]:
    """Return what the model's numbers stand for; 0 is none."""
    model = loaded()
    said = "" if model is None else str(model.get_modelmeta().custom_metadata_map["character"])
    return ["", *said.splitlines(), " "]


def read(picture: Image.Image, lines: list[Box]) -> list[list[Word]]:
    """Return the words in boxes that hold a line each, in pixels of the picture; none without a model."""
    model = loaded()
    found: list[list[Word]] = [[] for _ in lines]
    if model is None:
        return found
    crops = [picture.crop((round(x0), round(y0), round(x1), round(y1))) for x0, y0, x1, y1 in lines]
    order = sorted(range(len(crops)), key=lambda place: _length(crops[place]))
    for start in range(0, len(order), _BATCH):
        places = order[start : start + _BATCH]
        width = max(2, round(_HEIGHT * _length(crops[places[-1]])))
        strips = np.zeros((len(places), 3, _HEIGHT, width), np.float32)
        used = [_fill(strip, crops[place]) for strip, place in zip(strips, places, strict=True)]
        chances = model.run(None, {model.get_inputs()[0].name: strips})[0]
        for place, own, inked in zip(places, chances, used, strict=True):
            found[place] = _words(own, lines[place], width / inked)
    return found


def _length(crop: Image.Image) -> float:
    return min(crop.width / max(crop.height, 1), _LONGEST)


def _fill(strip: NDArray[np.float32], crop: Image.Image) -> int:
    """Lay a line into its strip, blue first; return how wide it is there."""
    width: int = min(strip.shape[2], max(1, round(_HEIGHT * _length(crop))))
    pixels = np.asarray(crop.convert("RGB").resize((width, _HEIGHT), Image.Resampling.BILINEAR), np.float32)
    strip[:, :, :width] = (pixels[:, :, ::-1] / 127.5 - 1).transpose(2, 0, 1)
    return width


def _words(chances: NDArray[np.float32], line: Box, stretch: float) -> list[Word]:
    """Return the words of a line: at each step the likeliest letter, repeats taken once (CTC, Graves 2006)."""
    letters = _letters()
    best, sure = chances.argmax(axis=1), chances.max(axis=1)
    step_px = (line[2] - line[0]) * stretch / len(best)
    words: list[list[tuple[str, int, float]]] = [[]]
    for step, letter in enumerate(best):
        if not letter or (step and best[step - 1] == letter):
            continue
        if letters[letter].isspace():
            words.append([])
        else:
            words[-1].append((letters[letter], step, float(sure[step])))
    return [_word(word, line, step_px) for word in words if word]


def _word(letters: list[tuple[str, int, float]], line: Box, step_px: float) -> Word:
    confidence = sum(sure for _, _, sure in letters) / len(letters)
    start, end = letters[0][1], letters[-1][1] + 1
    x0, x1 = line[0] + (start - 0.5) * step_px, line[0] + (end + 0.5) * step_px
    text = "".join(letter for letter, _, _ in letters)
    return Word(text, max(line[0], x0), line[1], min(line[2], x1), line[3], round(confidence, 2))
