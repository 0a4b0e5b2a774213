"""Where a picture has ink, rules left out, and whether that stands in columns."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_INK = 60
"""By how many levels of grey ink differs from its ground."""
_RULE = 0.12
"""A run of ink that is longer than this part of the picture's width is a rule or a ground."""
_GUTTER, _CROSSED = 0.03, 0.05
"""A gutter: so wide, in parts of the picture's width, crossed by at most this part of the rows that have ink."""

Ink = NDArray[np.bool_]


def of(picture: Image.Image) -> Ink:
    """Return where a picture has ink that is no rule."""
    grey = np.asarray(picture.convert("L"), np.int16)
    ink: Ink = np.abs(grey - int(np.median(grey))) > _INK
    rules = _runs(ink, _RULE * ink.shape[1]) | _runs(ink.T, _RULE * ink.shape[1]).T
    return ink & ~rules


def has_gutter(ink: Ink) -> bool:
    """Tell whether ink stands in columns."""
    inked = ink[ink.any(axis=1)]
    if not inked.size:
        return False
    columns = np.flatnonzero(inked.mean(axis=0) > 0)
    crossed = inked[:, columns[0] : columns[-1] + 1].mean(axis=0) > _CROSSED
    gaps = np.diff(np.flatnonzero(crossed))
    return bool(gaps.size and gaps.max() > max(3, _GUTTER * ink.shape[1]))


def _runs(ink: Ink, longer: float) -> Ink:
    """Return where rows have runs of ink that are longer than letters are wide."""
    edges = np.diff(np.pad(ink.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    starts, ends = np.argwhere(edges == 1), np.argwhere(edges == -1)
    long = ends[:, 1] - starts[:, 1] > longer
    edges[:] = 0
    edges[tuple(starts[long].T)] = 1
    edges[tuple(ends[long].T)] = -1
    runs: Ink = edges.cumsum(axis=1)[:, :-1] > 0
    return runs
