"""What the picture of a page shows where its lines stand, as PyMuPDF's layout model with pictures takes it."""

from functools import cache
from typing import Any

import msgspec
import numpy as np
import pymupdf
from pymupdf.layout.common_util import to_gray

from axelered_box.formats import layout_network

_SIDE = 300
"""The picture network looks at pictures of this many pixels a side."""
_Box = tuple[float, float, float, float]
_Range = tuple[int, int]


class Scale(msgspec.Struct, frozen=True):
    """How a row of cells is enlarged to the side of the picture: each pixel lies between two cells."""

    before: Any
    after: Any
    share: Any
    """How much of the pixel is of the cell after."""
    sums: Any
    """For each pixel, how much of each cell is in the pixels before it, taken together."""
    turns: Any
    """Whether the pixel is the first or last between its two cells; only there can a row have its largest value."""


def figures(page: pymupdf.Page, boxes: list[_Box]) -> Any:
    """Return a row of figures for each box of a page: means and extremes of what the picture network sees in it."""
    pixels = page.get_pixmap(alpha=False)
    picture = np.frombuffer(pixels.samples, dtype=np.uint8).reshape(pixels.height, pixels.width, pixels.n)
    logits, maps = layout_network.look(_prepared(picture))
    areas = _areas(boxes, pixels.width, pixels.height)
    return np.concatenate([_of_maps(maps, areas), _of_roles(logits, areas)], axis=1)


def _prepared(picture: Any) -> Any:
    """Return a picture in grey, of the size that the network takes, its values from 0 to 1."""
    grey = to_gray(_resized(picture)).astype(np.float32)
    low, high = grey.min(), grey.max()
    return ((grey - low) / (high - low) if high > low else np.zeros_like(grey))[None, None]


def _resized(picture: Any) -> Any:
    """Return a picture with the size that the network takes, by bilinear interpolation."""
    rows, columns = scale(picture.shape[0]), scale(picture.shape[1])
    down, right = rows.share[:, None, None], columns.share[None, :, None]
    high = picture[rows.before] * (1 - down) + picture[rows.after] * down
    whole = high[:, columns.before] * (1 - right) + high[:, columns.after] * right
    return whole.astype(np.uint8)


@cache
def scale(cells: int) -> Scale:
    """Return how a row of so many cells is enlarged, or made smaller, to the side of the picture."""
    places = (np.arange(_SIDE) + 0.5) * cells / _SIDE - 0.5
    between = np.floor(places).astype(int)
    share = (places - between).astype(np.float32)
    before, after = between.clip(0, cells - 1), (between + 1).clip(0, cells - 1)
    weights = np.zeros((_SIDE + 1, cells), np.float32)
    weights[np.arange(1, _SIDE + 1), before] += 1 - share
    weights[np.arange(1, _SIDE + 1), after] += share
    changes = between[1:] != between[:-1]
    turns = np.append(True, changes) | np.append(changes, True)
    return Scale(before, after, share, weights.cumsum(axis=0), turns)


def _areas(boxes: list[_Box], width: int, height: int) -> list[tuple[_Range, _Range]]:
    """Return the rows and columns of the small picture that boxes cover: first, and the one after the last."""
    sides = np.asarray(boxes, dtype=np.float64) * (_SIDE / np.array([width, height, width, height]))
    first = np.floor(sides[:, :2]).astype(int).clip(0, _SIDE - 1)
    last = np.maximum((np.ceil(sides[:, 2:]).astype(int) - 1).clip(0, _SIDE - 1), first) + 1
    return [((y0, y1), (x0, x1)) for (x0, y0), (x1, y1) in zip(first.tolist(), last.tolist(), strict=True)]


def _of_maps(maps: list[Any], areas: list[tuple[_Range, _Range]]) -> Any:
    """Return the mean and the largest value of each channel of each map in areas of the enlarged map."""
    means, largest = [], []
    for cells in maps:
        channels = cells.shape[1]
        upright = np.ascontiguousarray(cells[0].transpose(1, 2, 0))
        enlarging = scale(upright.shape[0])
        means.append(np.array([_mean(upright, enlarging, *area) for area in areas]).reshape(-1, channels))
        largest.append(np.array([_largest(upright, enlarging, *area) for area in areas]).reshape(-1, channels))
    return np.concatenate([*means, *largest], axis=1)


def _mean(cells: Any, enlarging: Scale, rows: _Range, columns: _Range) -> Any:
    """Return the mean of each channel over an area of the enlarged map."""
    top, bottom = enlarging.before[rows[0]], enlarging.after[rows[1] - 1] + 1
    left, right = enlarging.before[columns[0]], enlarging.after[columns[1] - 1] + 1
    down = (enlarging.sums[rows[1], top:bottom] - enlarging.sums[rows[0], top:bottom]) / (rows[1] - rows[0])
    across = enlarging.sums[columns[1], left:right] - enlarging.sums[columns[0], left:right]
    flat = down @ cells[top:bottom, left:right].reshape(bottom - top, -1)
    return (across / (columns[1] - columns[0])) @ flat.reshape(right - left, -1)


def _largest(cells: Any, enlarging: Scale, rows: _Range, columns: _Range) -> Any:
    """Return the largest value of each channel in an area of the enlarged map."""
    down, across = _turns(enlarging, rows), _turns(enlarging, columns)
    left = enlarging.before[columns[0]]
    part = cells[:, left : enlarging.after[columns[1] - 1] + 1]
    high = part[enlarging.before[down]]
    high += enlarging.share[down][:, None, None] * (part[enlarging.after[down]] - high)
    near = high[:, enlarging.before[across] - left]
    near += enlarging.share[across][None, :, None] * (high[:, enlarging.after[across] - left] - near)
    values = near.reshape(len(down), -1).max(axis=0).reshape(len(across), -1)
    while len(values) > 1:
        half = len(values) // 2
        values = np.maximum(values[: len(values) - half], values[half:])
    return values[0]


def _turns(enlarging: Scale, pixels: _Range) -> Any:
    """Return the pixels of a range at which a row can have its largest value."""
    turns = enlarging.turns[pixels[0] : pixels[1]].copy()
    turns[0] = turns[-1] = True
    return np.flatnonzero(turns) + pixels[0]


def _of_roles(logits: Any, areas: list[tuple[_Range, _Range]]) -> Any:
    """Return mean, least and largest probability of each role in areas, and how sure the network is there."""
    roles = logits.shape[1]
    flat = logits[0].reshape(roles, -1)
    flat = flat - flat.max(axis=0)
    odds = np.exp(flat)
    whole = odds.sum(axis=0)
    odds /= whole
    doubt = (np.log(whole) - (odds * flat).sum(axis=0)).reshape(_SIDE, _SIDE)
    first, second = odds[0], np.zeros_like(odds[0])
    for one in odds[1:]:
        second = np.maximum(second, np.minimum(first, one))
        first = np.maximum(first, one)
    lead = (first - second).reshape(_SIDE, _SIDE)
    odds = odds.reshape(roles, _SIDE, _SIDE)
    found = []
    for (top, bottom), (left, right) in areas:
        part = odds[:, top:bottom, left:right].reshape(roles, -1)
        sure = doubt[top:bottom, left:right].mean(), lead[top:bottom, left:right].mean()
        found.append(np.concatenate([part.mean(axis=1), part.min(axis=1), part.max(axis=1), sure]))
    return np.array(found, dtype=np.float32)
