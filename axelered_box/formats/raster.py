"""How the picture of a page lies: sideways, and how far it is from straight."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_LOOK_PIXELS = 700_000
"""A picture is looked at in this size; it is enough to see lines of text."""
_MAX_SKEW_DEG = 8.0
_COARSE_DEG, _FINE_DEG = 0.5, 0.05
_MAX_POINTS = 60_000
_SIDEWAYS = 1.6
"""How much clearer lines must be across the page than along it, for it to lie sideways."""
_FEW_POINTS = 200

Points = NDArray[np.float64]


def skew(picture: Image.Image) -> float:
    """Return by how many degrees clockwise a picture's lines of text fall from left to right; 0 when there are none."""
    return _skew(*_ink(picture))


def is_sideways(picture: Image.Image) -> bool:
    """Tell whether the lines of text run up or down the picture."""
    x, y = _ink(picture)
    if len(x) < _FEW_POINTS:
        return False
    upright = max(_sharpness(x, y, angle) for angle in np.arange(-3, 3.1, 0.5))
    turned = max(_sharpness(y, x, angle) for angle in np.arange(-3, 3.1, 0.5))
    return turned > _SIDEWAYS * upright


def straightened(picture: Image.Image, skew_deg: float) -> Image.Image:
    """Return a picture turned back by its skew, white where nothing was; black and white becomes grey at its edges."""
    smooth = picture.convert("L") if picture.mode == "1" else picture
    return smooth.rotate(skew_deg, resample=Image.Resampling.BILINEAR, fillcolor="white")


def densest_band(picture: Image.Image, share: float) -> Image.Image:
    """Return the band across a picture, of at most that share of its height, with the most edges, as text has.

    It is cut where there are fewest, between lines.
    """
    pixels = small(picture)
    dark = pixels < threshold(pixels)
    edges = (dark[:, 1:] != dark[:, :-1]).sum(axis=1)
    sums = np.concatenate(([0], np.cumsum(edges)))
    height = max(3, int(len(pixels) * share))
    top = int(np.argmax(sums[height:] - sums[:-height]))
    third = height // 3
    bottom = top + height - third + int(np.argmin(edges[top + height - third : top + height]))
    top += int(np.argmin(edges[top : top + third]))
    scale = picture.height / len(pixels)
    return picture.crop((0, int(top * scale), picture.width, min(picture.height, int((bottom + 1) * scale))))


def print_size(picture: Image.Image) -> tuple[float, float]:
    """Return how wide and high the print on a picture is, in pixels, but for stray ink at the sides."""
    x, y = _ink(picture)
    if len(x) < _FEW_POINTS:
        return 0.0, 0.0
    scale = max(1.0, (picture.width * picture.height / _LOOK_PIXELS) ** 0.5)
    left, right = np.percentile(x, (1, 99))
    top, bottom = np.percentile(y, (1, 99))
    return float(right - left) * scale, float(bottom - top) * scale


def _ink(picture: Image.Image) -> tuple[Points, Points]:
    """Return the places of dark pixels, at most so many, evenly taken, from the picture's middle."""
    pixels = small(picture)
    dark = pixels < threshold(pixels)
    edge = max(2, min(dark.shape) // 50)
    dark[:edge] = dark[-edge:] = False
    dark[:, :edge] = dark[:, -edge:] = False
    y, x = np.nonzero(dark)
    step = max(1, len(x) // _MAX_POINTS)
    return (
        x[::step].astype(np.float64) - dark.shape[1] / 2,
        y[::step].astype(np.float64) - dark.shape[0] / 2,
    )


def small(picture: Image.Image) -> NDArray[np.uint8]:
    """Return a picture in grey and in the size in which it is looked at."""
    grey = picture.convert("L")
    scale = (_LOOK_PIXELS / (grey.width * grey.height)) ** 0.5
    if scale < 1:
        size = (max(1, int(grey.width * scale)), max(1, int(grey.height * scale)))
        grey = grey.resize(size, Image.Resampling.BOX)
    return np.asarray(grey)


def threshold(grey: NDArray[np.uint8]) -> float:
    """Return the grey level that best parts ink from paper (Otsu 1979)."""
    counts = np.bincount(grey.ravel(), minlength=256).astype(np.float64)
    weight = np.cumsum(counts)
    mean = np.cumsum(counts * np.arange(256))
    total, whole = weight[-1], mean[-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (whole * weight / total - mean) ** 2 / (weight * (total - weight))
    return float(np.nanargmax(np.nan_to_num(between))) + 1


def _skew(x: Points, y: Points) -> float:
    """Return the angle at which the rows of ink are sharpest: coarse first, then fine."""
    if len(x) < _FEW_POINTS:
        return 0.0
    best = _sharpest(x, y, np.arange(-_MAX_SKEW_DEG, _MAX_SKEW_DEG + 0.01, _COARSE_DEG))
    best = _sharpest(x, y, np.arange(best - _COARSE_DEG, best + _COARSE_DEG + 0.01, _FINE_DEG))
    return 0.0 if abs(best) >= _MAX_SKEW_DEG else round(best, 2)


def _sharpest(x: Points, y: Points, angles: NDArray[np.float64]) -> float:
    return float(max(angles, key=lambda angle: (round(_sharpness(x, y, float(angle)), 6), -abs(angle))))


def _sharpness(x: Points, y: Points, angle: float) -> float:
    """Return how much neighbouring rows differ in ink when lines fall by that angle."""
    slope = np.radians(angle)
    rows = y * np.cos(slope) - x * np.sin(slope)
    rows -= rows.min()
    counts = np.bincount(rows.astype(np.int64)).astype(np.float64)
    return float((np.diff(counts) ** 2).sum()) / len(x)
