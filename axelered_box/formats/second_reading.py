"""A second reading of a page that Tesseract was unsure of, by the PP-OCR models that the package RapidOCR brings.

Only its model files are used: its own code would bring OpenCV, fetches what it misses, and takes 1 GB for a page.
"""

import functools
import importlib.util
from pathlib import Path
from typing import Any

import onnxruntime
from PIL import Image

from axelered_box.domain.documents import Word
from axelered_box.formats import second_reading_places, second_reading_strips

_PACKAGE = "rapidocr"
_PLACES, _STRIPS = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"


def is_available() -> bool:
    """Tell whether the models are there."""
    folder = _folder()
    return folder is not None and all((folder / name).is_file() for name in (_PLACES, _STRIPS))


def read(picture: Image.Image) -> list[list[Word]]:
    """Return the words of each line that is found in a picture, boxes in its pixels; no line is empty."""
    grey = picture.convert("L")
    corners = second_reading_places.find(_session(_PLACES), grey)
    session, letters = _session(_STRIPS), _letters()
    lines = (second_reading_strips.read(session, letters, grey, line) for line in corners)
    return [line for line in lines if line]


def _folder() -> Path | None:
    """Return the folder of the models, found without running the package's code."""
    found = importlib.util.find_spec(_PACKAGE)
    places = found.submodule_search_locations if found else None
    return Path(next(iter(places))) / "models" if places else None


@functools.cache
def _session(name: str) -> Any:
    """Return a model, loaded once in a process; it keeps no memory between pages."""
    folder = _folder()
    assert folder is not None
    options = onnxruntime.SessionOptions()
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(folder / name, options)


@functools.cache
def _letters() -> list[str]:
    return second_reading_strips.alphabet(_session(_STRIPS))
