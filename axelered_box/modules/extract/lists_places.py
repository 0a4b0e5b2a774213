"""What stands beside or below a label without a colon: the next piece of its line, or the one under it in a grid."""

import re
from collections.abc import Iterator, Sequence

from axelered_box.modules.extract.lists_labels import LEAST, label_likeness
from axelered_box.modules.extract.questions import Question
from axelered_box.modules.extract.rows_bands import Band, Piece, within

_FAR = 3.0
"""The widest space between a label and what stands below it, in heights of a word."""
_SEPARATOR = re.compile(r"\s*[,;|•·]\s+|\s+(?:and|und|et|y|e|en)\s+")
_LONGEST = 8


def placed(bands: Sequence[Band], question: Question) -> Iterator[tuple[Piece, float]]:
    """Yield the items that stand beside or below a label, each as a piece and with how surely the label names them."""
    for number, band in enumerate(bands):
        for place, piece in enumerate(band.pieces):
            sure = label_likeness(question, piece.text)
            if sure < LEAST:
                continue
            below = bands[number + 1] if number + 1 < len(bands) else None
            found = _value(band, place, below)
            if found is not None:
                for item in _items(found):
                    yield item, sure
                return


def _value(band: Band, place: int, below: Band | None) -> Piece | None:
    """Return the piece that a label names: in a line of several labels the one below, else the next on the line."""
    label = band.pieces[place]
    under = None
    if below is not None and below.page == band.page and below.top - band.bottom <= _FAR * band.height:
        under = max(below.pieces, key=lambda piece: _overlap(label, piece))
        under = under if _overlap(label, under) > 0 else None
    beside = band.pieces[place + 1] if place + 1 < len(band.pieces) else None
    if beside is not None and beside.box[0] < label.box[2]:
        beside = None
    grid = below is not None and len(band.pieces) > 2 and len(below.pieces) >= len(band.pieces) - 1
    if under is not None and (beside is None or grid):
        return under
    return beside


def _overlap(one: Piece, other: Piece) -> float:
    return min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])


def _items(piece: Piece) -> Iterator[Piece]:
    """Yield the parts of a piece between commas and the last *and*; the whole one when a part is a sentence."""
    bounds = [(0, 0), *((match.start(), match.end()) for match in _SEPARATOR.finditer(piece.text))]
    stops = [*(start for start, _ in bounds[1:]), len(piece.text)]
    spans = [(start, stop) for (_, start), stop in zip(bounds, stops, strict=True) if piece.text[start:stop].strip()]
    if any(len(piece.text[start:stop].split()) > _LONGEST for start, stop in spans):
        spans = [(0, len(piece.text))]
    for start, stop in spans:
        yield within(piece, start, stop)
