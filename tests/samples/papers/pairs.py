"""The ways in which a document prints labels and their values."""

from collections.abc import Callable, Sequence

from tests.samples.papers.making import Said
from tests.samples.papers.pen import GREY, Pen

PAIRS = ("beside", "tabbed", "below", "cells", "dots", "flushed")
Pairs = Sequence[tuple[str, Said]]


def pairs(pen: Pen, said: Pairs, style: str) -> None:
    """Write labels and values in one of the ways of PAIRS."""
    _PAIRS[style](pen, said)
    pen.y += pen.leading


def _beside(pen: Pen, said: Pairs) -> None:
    for label, value in said:
        pen.block(f"{label}: {value.text}".replace("\n", ", "))


def tabbed(pen: Pen, said: Pairs, left: float | None = None, share: float = 0.3) -> None:
    """Write labels in one column, from `left` on and for this share of the width, and values in the next."""
    start = pen.left if left is None else left
    stop = start + (pen.right - start) * share
    for label, value in said:
        pen.need(pen.leading * 2)
        names = pen.lines(label, stop - start - 6)
        for place, line in enumerate(names):
            pen.write(start, pen.y + place * pen.leading, line)
        below = pen.y + len(names) * pen.leading
        pen.block(value.text, stop, pen.right - stop)
        pen.y = max(pen.y, below)


def grid(pen: Pen, said: Pairs, columns: int, *, boxes: bool) -> None:
    """Write each label small and its value below, several beside each other, in boxes or not."""
    width = pen.width / columns
    for start in range(0, len(said), columns):
        line = said[start : start + columns]
        values = [pen.lines(value.text, width - 8) for _, value in line]
        height = pen.leading * (max(map(len, values)) + 1) + 4
        pen.need(height)
        for place, ((label, _), value) in enumerate(zip(line, values, strict=True)):
            x = pen.left + place * width
            pen.write(x + 3, pen.y + 1, label, scale=0.75, ink=GREY)
            for number, part in enumerate(value):
                pen.write(x + 3, pen.y + pen.leading * (number + 0.8), part)
            if boxes:
                pen.box(x, pen.y, width, height)
        pen.y += height


def _below(pen: Pen, said: Pairs) -> None:
    grid(pen, said, 3, boxes=False)


def _cells(pen: Pen, said: Pairs) -> None:
    """Write a table of labels and values with a border around each."""
    for label, value in said:
        lines = pen.lines(value.text, pen.width * 0.6)
        height = pen.leading * len(lines) + 4
        pen.need(height)
        pen.box(pen.left, pen.y, pen.width * 0.35, height)
        pen.box(pen.left + pen.width * 0.35, pen.y, pen.width * 0.65, height)
        pen.write(pen.left + 3, pen.y + 1, label, bold=True)
        for number, line in enumerate(lines):
            pen.write(pen.left + pen.width * 0.35 + 4, pen.y + 1 + number * pen.leading, line)
        pen.y += height


def _dots(pen: Pen, said: Pairs) -> None:
    for label, value in said:
        pen.block(f"{label} {'.' * max(3, 34 - len(label))} {value.text}".replace("\n", ", "))


def _flushed(pen: Pen, said: Pairs) -> None:
    """Write labels at the left and values flushed right in the left half of the page."""
    for label, value in said:
        for number, line in enumerate(pen.lines(value.text, pen.width * 0.4)):
            pen.need(pen.leading)
            pen.write(pen.left, pen.y, "" if number else label)
            pen.write(pen.left + pen.width * 0.66, pen.y, line, align="r")
            pen.y += pen.leading


_PAIRS: dict[str, Callable[[Pen, Pairs], None]] = {
    "beside": _beside, "tabbed": tabbed, "below": _below, "cells": _cells, "dots": _dots, "flushed": _flushed,
}  # fmt: skip
