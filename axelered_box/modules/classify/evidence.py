"""Which pieces of a document speak most for a label."""

from collections.abc import Sequence

from axelered_box.domain.documents import Document
from axelered_box.domain.modules import Json
from axelered_box.modules.classify import kinds, wording
from axelered_box.modules.classify.labels import Label, Property
from axelered_box.modules.classify.passages import Piece, box_of

MAX_QUOTES = 3
MAX_PIECES = 2000
"""Pieces beyond these are not looked at for quotes."""


def quotes(
    document: Document, pieces: Sequence[Piece], asked: Property, label: Label, alike: Sequence[float]
) -> list[Json]:
    """Return up to three quotes for a label, the best first; `alike` is how alike each piece's passage and it are."""
    names = kinds.named(asked)
    row = names[asked.labels.index(label)] if names else []
    kind = max(range(len(row)), key=lambda place: row[place]) if any(row) else None
    pieces = pieces[:MAX_PIECES]
    overlaps = wording.overlaps(label, [piece.text for piece in pieces])
    weights = [
        (0.0 if kind is None else kinds.signs_in(piece.text, kind))
        + overlap
        + 10 * near
        + 0.3 * piece.heading
        + 0.3 * (place == 0)
        for place, (piece, overlap, near) in enumerate(zip(pieces, overlaps, alike, strict=False))
    ]
    order = sorted(range(len(weights)), key=lambda place: (-weights[place], place))
    best = [place for place in order[:MAX_QUOTES] if weights[place] > 0.4 * weights[order[0]]]
    return [_quote(document, pieces[place], asked, label) for place in best]


def _quote(document: Document, piece: Piece, asked: Property, label: Label) -> Json:
    return {
        "path": "/" + asked.name.replace("~", "~0").replace("/", "~1"),
        "label": label.value,
        "quote": piece.text,
        "page": piece.block.page,
        "bbox": box_of(document, piece),
    }
