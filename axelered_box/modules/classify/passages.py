"""The pieces of a document by which it is classified, each a sentence or a line that can be quoted."""

import re
from collections.abc import Iterator

import msgspec

from axelered_box.domain.documents import Block, Box, Document, Kind

MAX_CHARACTERS = 300
"""A piece is cut at a word beyond this."""
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"')\]]*\s+(?=[^\s\d.,;)a-zß-ÿ])")
_LETTER = re.compile(r"[^\W\d_]")


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence, a line or a table row."""

    text: str
    """With single spaces."""
    block: Block

    @property
    def heading(self) -> bool:
        """Tell whether it is a heading."""
        return self.block.kind is Kind.HEADING

    @property
    def row(self) -> bool:
        """Tell whether it is a row of a table."""
        return self.block.kind is Kind.TABLE


def pieces_of(document: Document) -> list[Piece]:
    """Return a document's pieces in reading order; running heads and page numbers are left out."""
    return [piece for block in document.blocks if block.in_flow for piece in _of_block(block)]


def box_of(document: Document, piece: Piece) -> Box | None:
    """Return the box of a piece's words, or else of its block, in PDF points; None where nothing is printed."""
    if piece.block.bbox is None:
        return None
    words, wanted = document.words_of(piece.block), piece.text.split()
    for start in range(len(words) - len(wanted) + 1):
        found = words[start : start + len(wanted)]
        if [word.text for word in found] == wanted:
            boxes = [word.box for word in found]
            lows, highs = [box[:2] for box in boxes], [box[2:] for box in boxes]
            return (
                min(x for x, _ in lows), min(y for _, y in lows), max(x for x, _ in highs), max(y for _, y in highs)
            )  # fmt: skip
    return piece.block.bbox


def _of_block(block: Block) -> Iterator[Piece]:
    for line in block.text.split("\n"):
        for text in _sentences(line, block.kind):
            yield Piece(text=text, block=block)


def _sentences(line: str, kind: Kind) -> Iterator[str]:
    """Yield the sentences of a line that have a letter, long ones cut."""
    for sentence in [line] if kind is Kind.TABLE else _SENTENCE_END.split(line):
        text = " ".join(sentence.split())
        while len(text) > MAX_CHARACTERS:
            cut = text.rfind(" ", MAX_CHARACTERS // 2, MAX_CHARACTERS)
            cut = MAX_CHARACTERS if cut < 0 else cut
            yield text[:cut]
            text = text[cut:].strip()
        if _LETTER.search(text):
            yield text
