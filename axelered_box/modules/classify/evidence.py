"""Which pieces of a document speak most for a label."""

from collections.abc import Callable, Sequence

from axelered_box.domain.documents import Document
from axelered_box.domain.modules import Json
from axelered_box.modules.classify import kinds, wording
from axelered_box.modules.classify.labels import Label, Property
from axelered_box.modules.classify.passages import Piece, box_of

MAX_QUOTES = 3
MAX_PIECES = 2000
"""Pieces beyond these are not looked at for quotes."""
COMPARED = 8
"""How many pieces are compared with the label in meaning."""
_MEANING = 30.0
_FIRST_PIECES = 5
_SHORT = 12

Closeness = Callable[[Label, Sequence[str]], list[float]]
"""How near in meaning texts and a label are, less what is neutral; all 0 where nothing can tell."""


def quotes(
    document: Document,
    pieces: Sequence[Piece],
    asked: Property,
    label: Label,
    alike: Sequence[float],
    closeness: Closeness,
) -> list[Json]:
    """Return up to three quotes for a label, the best first; `alike` is how alike each piece's passage and it are."""
    looked_at = _distinct(pieces[:MAX_PIECES])
    weights = [
        said + _MEANING * alike[place]
        for said, (place, _) in zip(_said(asked, label, looked_at), looked_at, strict=True)
    ]
    order = sorted(range(len(looked_at)), key=lambda place: (-weights[place], place))[:COMPARED]
    near = closeness(label, [looked_at[place][1].text for place in order])
    final = {place: weights[place] + _MEANING * value for place, value in zip(order, near, strict=True)}
    order.sort(key=lambda place: (-final[place], place))
    best = [place for place in order[:MAX_QUOTES] if final[place] >= final[order[0]] - 0.4 * abs(final[order[0]])]
    return [_quote(document, looked_at[place][1], asked, label) for place in best]


def _distinct(pieces: Sequence[Piece]) -> list[tuple[int, Piece]]:
    """Return the pieces with their places, each text once."""
    first: dict[str, tuple[int, Piece]] = {}
    for place, piece in enumerate(pieces):
        first.setdefault(piece.text, (place, piece))
    return list(first.values())


def _said(asked: Property, label: Label, pieces: Sequence[tuple[int, Piece]]) -> list[float]:
    """Return how much the words and the place of each piece speak for a label."""
    names = kinds.named(asked)
    row = names[asked.labels.index(label)] if names else []
    kind = max(range(len(row)), key=lambda place: row[place]) if any(row) else None
    overlaps = wording.overlaps(label, [piece.text for _, piece in pieces])
    return [
        (0.0 if kind is None else 1.5 * kinds.signs_in(piece.text, kind))
        + overlap
        + 0.5 * piece.heading
        + 0.1 * max(0, _FIRST_PIECES - place)
        - 1.0 * (len(piece.text) < _SHORT)
        for (place, piece), overlap in zip(pieces, overlaps, strict=True)
    ]


def _quote(document: Document, piece: Piece, asked: Property, label: Label) -> Json:
    box = box_of(document, piece)
    return {
        "path": "/" + asked.name.replace("~", "~0").replace("/", "~1"),
        "label": label.value,
        "quote": piece.text,
        "page": piece.block.page,
        "bbox": None if box is None else list(box),
    }
