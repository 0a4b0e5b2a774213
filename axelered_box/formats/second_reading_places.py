"""Where lines of text lie in a picture, upright or not, as PP-OCR's detection model sees them.

The model tells for each pixel how likely it belongs to a line's core; each patch of such pixels becomes the smallest
rectangle around it, grown to the whole line (Liao et al. 2020, Real-time Scene Text Detection with Differentiable
Binarization).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

LONGEST_PX, MOST_PX = 1280, 1_250_000
"""The model looks at a picture of at most so many pixels on its longer side, and in all: each takes 0.3 kB of memory.

Of a page with small print, 652 words are found so, and 569 where 960,000 pixels are looked at.
"""
_SHORTEST_PX = 736
"""A small picture is scaled up until its shorter side is as long as this, within the limit of the longer one."""
_STEP_PX = 32
"""The model halves the picture five times."""
_LIKELY = 0.3
_SURE = 0.6
"""The least mean likelihood of a line's pixels."""
_LEAST_PX = 3.0
_GROWTH = 1.6
"""How much of a line is outside its core; the rectangle grows by this times area by circumference."""


def find(session: Any, picture: Image.Image) -> Floats:
    """Return the corners of each line in pixels: n lines, 4 corners from the upper left clockwise, x and y."""
    look = picture.resize(_looked_at(picture.size), Image.Resampling.BILINEAR).convert("RGB")
    pixels = np.asarray(look, np.float32).transpose(2, 0, 1)[None] / np.float32(127.5) - 1
    (likely,) = session.run(None, {session.get_inputs()[0].name: pixels})
    scale = np.array(picture.size) / look.size
    found = [_grown(_least_rectangle(patch)) * scale for patch in patches(likely[0, 0])]
    return np.array([corners for corners in found if _is_large_enough(corners)]).reshape(-1, 4, 2)


def _looked_at(size: tuple[int, int]) -> tuple[int, int]:
    """Return the size in which the model looks at a picture."""
    scale = min(max(1.0, _SHORTEST_PX / min(size)), LONGEST_PX / max(size), (MOST_PX / (size[0] * size[1])) ** 0.5)
    width, height = (max(_STEP_PX, round(side * scale / _STEP_PX) * _STEP_PX) for side in size)
    return width, height


def patches(likely: NDArray[np.float32]) -> list[Floats]:
    """Return the points at the left and right edges of each connected patch of pixels that are likely enough."""
    row, start, end = _runs(_thickened(likely > _LIKELY))
    if not len(row):
        return []
    label = _labels(row, start, end, likely.shape[1] + 2)
    sums = np.concatenate((np.zeros((len(likely), 1)), np.cumsum(likely, axis=1, dtype=np.float64)), axis=1)
    total = np.bincount(label, sums[row, end] - sums[row, start])
    count = np.bincount(label, end - start)
    order = np.argsort(label, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(label[order])) + 1)
    return [
        np.stack((np.concatenate((start[part], end[part] - 1)), np.tile(row[part], 2)), axis=1).astype(np.float64)
        for part in parts
        if total[label[part[0]]] >= _SURE * count[label[part[0]]]
    ]


def _thickened(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return a mask with each pixel's right and lower neighbours, so that cores parted by a hair are one."""
    thick = mask.copy()
    thick[:, 1:] |= mask[:, :-1]
    thick[1:] |= thick[:-1].copy()
    return thick


def _runs(mask: NDArray[np.bool_]) -> tuple[Whole, Whole, Whole]:
    """Return row, start and end (exclusive) of each horizontal run of pixels, in reading order."""
    edges = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    row, start = np.nonzero(edges == 1)
    return row, start, np.nonzero(edges == -1)[1]


def _labels(row: Whole, start: Whole, end: Whole, stride: int) -> Whole:
    """Return for each run the first run of its patch: runs of neighbouring rows that touch are of one patch."""
    below = (row + 1) * stride
    first = np.searchsorted(row * stride + end, below + start)
    beyond = np.searchsorted(row * stride + start, below + end, side="right")
    count = np.maximum(beyond - first, 0)
    upper = np.repeat(np.arange(len(row)), count)
    lower = np.repeat(first, count) + np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    label = np.arange(len(row))
    while (label[upper] != label[lower]).any():
        least = np.minimum(label[upper], label[lower])
        np.minimum.at(label, label[upper], least)
        np.minimum.at(label, label[lower], least)
        while (label[label] != label).any():
            label = label[label]
    return label


def _least_rectangle(points: Floats) -> Floats:
    """Return the corners of the smallest rectangle around points; one of its sides lies on their convex hull."""
    hull = _hull(points)
    sides = np.diff(np.concatenate((hull, hull[:1])), axis=0)
    angles = np.unique(np.round(np.arctan2(sides[:, 1], sides[:, 0]) % (np.pi / 2), 6))
    axes = np.stack((np.cos(angles), np.sin(angles)), axis=1)
    along, across = hull @ axes.T, hull @ (axes @ np.array([[0.0, 1.0], [-1.0, 0.0]])).T
    areas = np.ptp(along, axis=0) * np.ptp(across, axis=0)
    best = int(np.argmin(areas))
    right, down = axes[best], np.array([-axes[best][1], axes[best][0]])
    u, v = along[:, best], across[:, best]
    corners = [(u.min(), v.min()), (u.max(), v.min()), (u.max(), v.max()), (u.min(), v.max())]
    return _upright(np.array([a * right + b * down for a, b in corners]))


def _hull(points: Floats) -> Floats:
    """Return the convex hull of points (Andrew 1979)."""
    ordered = sorted({(float(x), float(y)) for x, y in points})

    def half(way: list[tuple[float, float]]) -> list[tuple[float, float]]:
        chain: list[tuple[float, float]] = []
        for x, y in way:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], (x, y)) <= 0:
                chain.pop()
            chain.append((x, y))
        return chain[:-1]

    return np.array(half(ordered) + half(ordered[::-1]) or ordered)


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _upright(corners: Floats) -> Floats:
    """Return corners with the upper left one first: the side that falls least is the upper one."""
    turns = [np.roll(corners, -turn, axis=0) for turn in range(4)]
    return min(turns, key=lambda turned: abs(np.arctan2(*(turned[1] - turned[0])[::-1])))


def _grown(corners: Floats) -> Floats:
    """Return a rectangle grown on all sides."""
    right, down = corners[1] - corners[0], corners[3] - corners[0]
    width, height = float(np.hypot(*right)), float(np.hypot(*down))
    by = _GROWTH * width * height / (2 * (width + height)) if width and height else 0.0
    right, down = right / max(width, 1e-6) * by, down / max(height, 1e-6) * by
    return np.asarray(corners + np.array([-right - down, right - down, right + down, down - right]))


def _is_large_enough(corners: Floats) -> bool:
    return bool(min(np.hypot(*(corners[1] - corners[0])), np.hypot(*(corners[3] - corners[0]))) > _LEAST_PX)
