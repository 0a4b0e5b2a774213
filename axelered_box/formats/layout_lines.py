"""The printed lines of a page as PyMuPDF's layout models take them: boxes, texts, and figures about each."""

from operator import attrgetter
from typing import Any

import msgspec
import numpy as np
import pymupdf
from pymupdf import features
from pymupdf.layout import common_util, pymupdf_util_edge

_KIND = [1.0, 0.0, 0.0, 0.0, 0.0]
"""A line is text, no vector, image, horizontal or vertical rule."""
_COMPUTED = ("num_ratio", "is_text", "is_vector", "is_image", "is_hline_vector", "is_vline_vector")
"""The first figures, which are not MuPDF's."""
_EDGE_FIGURES = 24
_ON_IMAGE = "contains_image"
_IMAGE = 1


class Lines(msgspec.Struct, frozen=True):
    """The lines of a page."""

    boxes: list[tuple[float, float, float, float]]
    texts: list[str]
    figures: Any
    """A row of 32-bit floats for each line."""
    hidden: bool
    """Whether they are all invisible, as recognised text below a scan is."""


def read(page: pymupdf.Page, blocks: list[dict[str, Any]], textpage: pymupdf.TextPage, names: list[str]) -> Lines:
    """Return the lines that lie on a page, with the figures that `names` asks for."""
    if tuple(names[: len(_COMPUTED)]) != _COMPUTED:
        raise RuntimeError("the layout model asks for other figures than this program gives")
    seen = _printed(blocks, page.rect.width, page.rect.height)
    asked = attrgetter(*names[len(_COMPUTED) :])
    rows, invisible = [], []
    _bound(textpage, page.rect)
    for box, text in seen.items():
        found = features.fz_features_for_region(textpage, pymupdf.mupdf.FzRect(*box), 0)
        digits = sum(map(str.isdigit, text)) / len(text)
        rows.append((digits, *_KIND, *asked(found)))
        invisible.append(found.invisible == 1)
    hidden = bool(rows) and all(invisible)
    if hidden and all(block["type"] != _IMAGE for block in blocks):
        rows = [_on_image(row, names) for row in rows]
    kept = [place for place in range(len(rows)) if hidden or not invisible[place]]
    boxes, texts = list(seen), list(seen.values())
    return Lines(
        [boxes[place] for place in kept],
        [texts[place] for place in kept],
        np.array([rows[place] for place in kept], dtype=np.float32),
        hidden,
    )


def _on_image(row: tuple[float, ...], names: list[str]) -> tuple[float, ...]:
    """Return the figures of an invisible line, which stands on the picture that it was read from."""
    return tuple(1.0 if name == _ON_IMAGE else value for name, value in zip(names, row, strict=True))


def inputs(lines: Lines) -> dict[str, Any]:
    """Return what both models are fed about lines and their neighbours, by the names of their inputs."""
    boxes = np.array(lines.boxes, dtype=np.float32)
    count = len(boxes)
    if count == 1:
        pairs, relations = np.zeros((2, 1), np.int64), np.zeros((1, _EDGE_FIGURES), np.float32)
    else:
        found = pymupdf_util_edge.build_edge_index(boxes, "4D")
        relations = common_util.get_edge_transform_bbox_add_alignment(boxes, found)
        pairs = np.array(found, dtype=np.int64).reshape(-1, 2).T
    return {
        "x": common_util.get_boxes_transform(lines.boxes).astype(np.float32),
        "edge_index": pairs,
        "edge_attr": relations.astype(np.float32),
        "rf_features": lines.figures,
        "text_patterns": np.array([common_util.get_text_pattern(text) for text in lines.texts], dtype=np.float32),
        "k": np.array(min(count, 20), np.int64),
        "batch": np.zeros(count, np.int64),
    }


def _printed(blocks: list[dict[str, Any]], width: float, height: float) -> dict[tuple[float, float, float, float], str]:
    """Return the text of each line that says something, by its box; of lines at one place the first."""
    found: dict[tuple[float, float, float, float], str] = {}
    for block in blocks:
        for line in block["lines"] if block["type"] == 0 else ():
            text = " ".join(span["text"] for span in line["spans"]).strip()
            x0, y0, x1, y1 = line["bbox"]
            if text and x0 <= x1 and y0 <= y1 and x1 >= 0 <= y1 and x0 <= width and y0 <= height:
                found.setdefault((x0, y0, x1, y1), text)
    return found


def _bound(textpage: pymupdf.TextPage, rect: pymupdf.Rect) -> None:
    """Set the bounds of a text page that was made without any; MuPDF measures margins from them."""
    bounds = textpage.this.m_internal.mediabox
    bounds.x0, bounds.y0, bounds.x1, bounds.y1 = rect
