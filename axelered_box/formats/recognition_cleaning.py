"""What a picture needs before it is read: specks smoothed away, uneven light evened; only where they are measured."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from axelered_box.formats import raster

SPECKLED = 300.0
"""Specks in a million pixels that make a picture a speckled one; clean scans and photocopies have at most 20."""
_SAMPLED = 6
"""One in so many parts of the picture, from its middle, is searched for specks."""
_SPECK_PX, _SPECK_SPACE_PX = 2, 12
"""Specks are at most so wide, and stand alone in so wide a square, as the dots of letters do not."""
_SPECK_DARKNESS = 0.75
"""Specks are darker than this part of the level that parts ink from paper; the grain of a photograph is not."""
_UNEVEN = 45
"""By how many levels of grey the paper differs between places of a picture that is lit unevenly."""
_TILES = 100
_DARKEST_PAPER = 50


def smoothed(grey: Image.Image) -> Image.Image:
    """Return a picture with each pixel the mean of those around it: dots of ink run together, specks fade."""
    return grey.filter(ImageFilter.BoxBlur(1))


def is_speckled(grey: Image.Image) -> bool:
    """Tell whether a picture is strewn with specks."""
    pixels = np.asarray(grey)
    height = max(1, len(pixels) // _SAMPLED)
    top = (len(pixels) - height) // 2
    band = pixels[top : top + height]
    if min(band.shape) <= _SPECK_SPACE_PX:
        return False
    ink = (band < _SPECK_DARKNESS * raster.threshold(band)).astype(np.int32)
    around = (_SPECK_SPACE_PX - _SPECK_PX) // 2
    inner = _sums(ink[around:-around, around:-around], _SPECK_PX)
    alone = np.count_nonzero((inner > 0) & (inner == _sums(ink, _SPECK_SPACE_PX)))
    # A speck of one pixel lies in four of the windows, one of 2 x 2 in one.
    return bool(alone / 2 > SPECKLED * band.size / 1e6)


def evened(grey: Image.Image) -> Image.Image:
    """Return a picture with its paper white everywhere, or itself where its light is even."""
    paper = _paper(grey)
    levels = np.asarray(paper)
    lit = levels[levels > _DARKEST_PAPER]
    if not lit.size or np.percentile(lit, 90) - np.percentile(lit, 10) < _UNEVEN:
        return grey
    white = np.maximum(np.asarray(paper.resize(grey.size, Image.Resampling.BILINEAR)), _DARKEST_PAPER)
    scaled = np.asarray(grey, dtype=np.float32) * (255 / white.astype(np.float32))
    return Image.fromarray(np.minimum(scaled, 255).astype(np.uint8))


def _paper(grey: Image.Image) -> Image.Image:
    """Return a small picture of the paper: the lightest of what lies around each place."""
    factor = max(1, max(grey.size) // (2 * _TILES))
    return grey.reduce(factor).filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.BoxBlur(2))


def _sums(ink: NDArray[np.int32], side: int) -> NDArray[np.int32]:
    """Return the ink in each square window of that side."""
    across = np.cumsum(np.pad(ink, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    across = across[:, side:] - across[:, :-side]
    down = np.cumsum(np.pad(across, ((1, 0), (0, 0))), axis=0, dtype=np.int32)
    return down[side:] - down[:-side]
