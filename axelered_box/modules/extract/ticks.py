"""The places of a document that have several boxes to tick, one for each choice."""

import msgspec

from axelered_box.modules import values
from axelered_box.modules.citing import Stretch
from axelered_box.modules.extract.evidence import Evidence, Passage, Piece


class Ticks(msgspec.Struct, frozen=True):
    """The lines, and the cells of several lines, that have several boxes."""

    places: list[tuple[Piece, Stretch]]
    """Each with its first piece."""
    pieces: frozenset[int]
    """The pieces in all of them."""


def ticks(evidence: Evidence) -> Ticks:
    """Return the places with several boxes; a cell counts as a whole where it asks one question."""
    places: list[tuple[Piece, Stretch]] = []
    taken: set[int] = set()
    for passage in evidence.passages:
        if _asks_once(passage):
            places.append((evidence.pieces[passage.pieces[0]], passage.stretch))
            taken.update(passage.pieces)
    for piece in evidence.pieces:
        if piece.index not in taken and values.boxed(piece.stretch.text):
            places.append((piece, piece.stretch))
            taken.add(piece.index)
    return Ticks(places, frozenset(taken))


def _asks_once(passage: Passage) -> bool:
    """Tell whether the boxes of a cell answer one question: one of them at most is ticked."""
    boxes = values.boxed(passage.stretch.text)
    return passage.cell is not None and bool(boxes) and sum(is_ticked for is_ticked, _, _ in boxes) <= 1
