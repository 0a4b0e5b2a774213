"""A second reading of a page that Tesseract was unsure of, by the PP-OCR models that the package RapidOCR brings.

Only its model files are used: its own code would bring OpenCV, fetches what it misses, and takes 1 GB for a page.
"""

import functools
import importlib.util
from collections.abc import Collection
from pathlib import Path
from typing import Any

import onnxruntime
from PIL import Image

from axelered_box.domain.documents import Word
from axelered_box.formats import second_reading_places, second_reading_strips
from axelered_box.formats.second_reading_places import Floats

_PACKAGE = "rapidocr"
_PLACES, _STRIPS = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
_LANGUAGES = frozenset({
    "afr", "bos", "bre", "cat", "ces", "chi_sim", "chi_tra", "cos", "cym", "dan", "deu", "eng", "epo", "est", "eus",
    "fao", "fil", "fin", "fra", "fry", "gla", "gle", "glg", "hat", "hrv", "hun", "ind", "isl", "ita", "jav", "jpn",
    "lat", "lav", "lit", "ltz", "mlt", "mri", "msa", "nld", "nor", "oci", "pol", "por", "que", "ron", "slk", "slv",
    "spa", "sqi", "srp_latn", "sun", "swa", "swe", "ton", "tur", "uzb",
})  # fmt: skip
"""Latin, Chinese and Japanese ones; of others the models make likely looking words that are wrong."""


def is_able(languages: Collection[str]) -> bool:
    """Tell whether the models are there and know all letters of the languages, given by their codes in Tesseract."""
    folder = _folder()
    has_models = folder is not None and all((folder / name).is_file() for name in (_PLACES, _STRIPS))
    return has_models and _LANGUAGES.issuperset(languages)


def places(grey: Image.Image) -> Floats:
    """Return the corners of each line in a grey picture: n lines, 4 corners from the upper left clockwise, x and y."""
    return second_reading_places.find(_session(_PLACES), grey)


def read(grey: Image.Image, corners: Floats) -> list[Word]:
    """Return the words of the line between four corners in a grey picture, none where it says nothing."""
    return second_reading_strips.read(_session(_STRIPS), _letters(), grey, corners)


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
