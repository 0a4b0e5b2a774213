"""What stands beside or below a label without a colon: the next piece of its line, or the one under it in a grid."""

import re
from collections.abc import Iterator, Sequence

from axelered_box.modules.extract.lists_labels import LEAST, label_likeness
from axelered_box.modules.extract.questions import Question
from axelered_box.modules.extract.rows_bands import Band
from axelered_box.modules.extract.rows_pieces import Piece, joined_pieces, within
from axelered_box.modules.extract.rows_terms import meanings

_FAR = 3.0
"""The widest space between a label and what stands below it, in heights of a word."""
_SEPARATOR = re.compile(r"\s*[,;|•·]\s+|\s+(?:and|und|et|y|e|en)\s+")
_LONGEST = 5
"""The most words of an item; a longer one is running text."""
_LONGEST_LABEL = 3


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
                for item in _items(_with_further_lines(found, bands, number)):
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
    labels = _on_line(band, label)
    grid = under is not None and below is not None and labels > 2 and _on_line(below, under) >= labels - 1
    if under is not None and (beside is None or grid or _is_label(beside)):
        return None if _is_label(under) else under
    return None if beside is None or _is_label(beside) else beside


def _is_label(piece: Piece) -> bool:
    """Tell whether a piece is known as a heading or label, and so is no value."""
    return len(piece.text.split()) <= _LONGEST_LABEL and any(sure >= 1.0 for sure in meanings(piece.text).values())


def _on_line(band: Band, piece: Piece) -> int:
    """Return how many pieces of a band are on a piece's line, itself among them."""
    return sum(other.box[1] < piece.box[3] and piece.box[1] < other.box[3] for other in band.pieces)


def _with_further_lines(found: Piece, bands: Sequence[Band], number: int) -> Piece:
    """Return a piece with the lines below it that it goes on in: where it holds a list with commas."""
    whole = found
    if "," not in found.text:
        return whole
    for band in bands[number : number + 4]:
        for piece in band.pieces:
            close = piece.box[1] > whole.box[1] and piece.box[1] - whole.box[3] <= band.height
            alone = band is bands[number] or piece is band.pieces[0]
            if close and alone and piece.page == whole.page and _aligned(piece, whole, band.height):
                whole = joined_pieces(whole, piece)
    return whole


def _aligned(one: Piece, other: Piece, height: float) -> bool:
    return min(abs(one.box[0] - other.box[0]), abs(one.box[2] - other.box[2])) < height / 2


def _overlap(one: Piece, other: Piece) -> float:
    return min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])


def _items(piece: Piece) -> Iterator[Piece]:
    """Yield the parts of a piece between commas and the last *and*; none when one of them is running text."""
    bounds = [(0, 0), *((match.start(), match.end()) for match in _SEPARATOR.finditer(piece.text))]
    stops = [*(start for start, _ in bounds[1:]), len(piece.text)]
    spans = [(start, stop) for (_, start), stop in zip(bounds, stops, strict=True) if piece.text[start:stop].strip()]
    if any(len(piece.text[start:stop].split()) > _LONGEST for start, stop in spans):
        return
    for start, stop in spans:
        yield within(piece, start, stop)
