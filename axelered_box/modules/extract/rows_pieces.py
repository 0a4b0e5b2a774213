"""Pieces of printed lines: words that stand close together, and how they are cut and put together."""

from collections.abc import Iterable, Sequence

import msgspec

from axelered_box.domain.documents import Box, Page
from axelered_box.modules.extract.rows_numerals import is_number


class Piece(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Words that stand close together on a line, or in a file without printed pages a cell."""

    text: str
    page: int
    """Counted from 1."""
    block: int
    """The place in ``Document.blocks`` of the table it is in; -1 outside of tables."""
    words: tuple[int, ...]
    """Its words' places in ``Page.words``; none where the file has no printed pages."""
    box: Box
    edges: tuple[tuple[float, float], ...] = ()
    """Of each word, its left and right."""

    @property
    def numeric(self) -> bool:
        """Tell whether it is one number, with or without a unit or currency."""
        return is_number(self.text)


def joined(page: Page, places: Sequence[int], block: int = -1) -> Piece:
    """Return words of a page as one piece."""
    words = [page.words[place] for place in places]
    box = (
        min(word.x0 for word in words),
        min(word.y0 for word in words),
        max(word.x1 for word in words),
        max(word.y1 for word in words),
    )
    text = " ".join(word.text for word in words)
    edges = tuple((word.x0, word.x1) for word in words)
    return Piece(text=text, page=page.number, block=block, words=tuple(places), box=box, edges=edges)


def sliced(piece: Piece, first: int, last: int) -> Piece:
    """Return some of a piece's words, from the place `first` to before `last`, as a piece."""
    texts = piece.text.split(" ")
    box = piece.box
    if piece.edges:
        box = (piece.edges[first][0], box[1], piece.edges[last - 1][1], box[3])
    return Piece(
        text=" ".join(texts[first:last]),
        page=piece.page,
        block=piece.block,
        words=piece.words[first:last],
        box=box,
        edges=piece.edges[first:last],
    )


def within(piece: Piece, start: int, end: int) -> Piece:
    """Return the words of a piece that the characters from `start` to before `end` lie in as a piece."""
    return sliced(piece, piece.text.count(" ", 0, start), piece.text.count(" ", 0, end - 1) + 1)


def joined_pieces(one: Piece, other: Piece) -> Piece:
    """Return a piece with another that it goes on in, on its line or on the next."""
    box = (
        min(one.box[0], other.box[0]),
        min(one.box[1], other.box[1]),
        max(one.box[2], other.box[2]),
        max(one.box[3], other.box[3]),
    )
    return Piece(
        text=f"{one.text} {other.text}",
        page=one.page,
        block=one.block,
        words=one.words + other.words,
        box=box,
        edges=one.edges + other.edges,
    )


def on_lines(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Return pieces as lines."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.box[1] + piece.box[3]) / 2):
        middle = (piece.box[1] + piece.box[3]) / 2
        if rows and rows[-1][0].box[1] <= middle <= rows[-1][0].box[3]:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.box[0]) for row in rows]
