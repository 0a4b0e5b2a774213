"""What a document offers as evidence: its printed pieces with their places, and the values that can be read in them.

A piece is a stretch of one printed line that one reads at a glance: it ends at a wide gap, at the edge of a cell, at
the end of the line. Pieces are what labels and short values are. A passage is running text over several lines.
"""

import re
import statistics
from collections.abc import Iterator

import msgspec

from axelered_box.domain.documents import Block, Box, Cell, Document, Kind, Page, Word, WordRange
from axelered_box.modules import values
from axelered_box.modules.citing import Stretch, on_line, stretch, union

GAP = 0.9
"""A gap between words that is wider than this many heights of a line parts two pieces."""
PROSE_WORDS = 14
"""A block of at least so many words is running text if its lines are full."""
FULL_LINE = 0.75
"""A line is full that is this part of its block's width."""
_LEADER = re.compile(r"[._·…]{3,}")
MAX_BLOCK_WORDS = 60
"""The longest block that is also offered as a whole."""


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of a printed line, or a line of a cell or block of a file without pages."""

    index: int
    """Its place in `Evidence.pieces`."""
    stretch: Stretch
    box: Box | None
    cell: tuple[int, int] | None = None
    """Row and column of the first slot of its cell, in its block's table."""
    heading: bool = False
    """Whether it is of a heading, or of a table's header."""


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A block or cell of more than one line as a whole, with line feeds in its text."""

    stretch: Stretch
    pieces: tuple[int, ...]
    """The places of its pieces."""
    prose: bool
    """Whether its lines are running text."""
    cell: tuple[int, int] | None = None


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A value that can be read in the document."""

    stretch: Stretch
    found: values.Found
    piece: int
    """The piece that its first word is in."""

    @property
    def words(self) -> WordRange:
        """Return its words among those of its page."""
        return self.stretch.word_range(self.found.start, self.found.end)


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """All that a document offers."""

    document: Document
    hints: values.Hints
    pieces: list[Piece]
    passages: list[Passage]
    spans: list[Span]
    """In the order of the document."""


def gather(document: Document, hints: values.Hints) -> Evidence:
    """Return what a document offers."""
    pieces: list[Piece] = []
    passages: list[Passage] = []
    pages = {page.number: page for page in document.pages}
    for place, block in enumerate(document.blocks):
        page = pages.get(block.page)
        if block.kind is Kind.WATERMARK or (page is None and block.words[0] != block.words[1]):
            continue
        for part in _parts(block):
            _add(part, place, block, page, pieces, passages)
    spans = list(_spans(pieces, passages, hints))
    return Evidence(document=document, hints=hints, pieces=pieces, passages=passages, spans=spans)


class _Part(msgspec.Struct, frozen=True):
    """A block without a table, or a cell."""

    text: str
    words: WordRange
    cell: Cell | None = None


def _parts(block: Block) -> Iterator[_Part]:
    if block.table is None:
        yield _Part(block.text, block.words)
        return
    for cell in block.table.cells:
        if cell.text.strip():
            yield _Part(cell.text, cell.words, cell)


def _add(
    part: _Part, place: int, block: Block, page: Page | None, pieces: list[Piece], passages: list[Passage]
) -> None:
    """Add a block's or cell's pieces, and itself as a passage if it has several lines."""
    slot = None if part.cell is None else (part.cell.row, part.cell.column)
    heading = block.kind is Kind.HEADING if part.cell is None else part.cell.header
    first = len(pieces)
    if page is None or part.words[0] == part.words[1]:
        whole = Stretch(text=part.text, page=block.page, block=place)
        stretches = [Stretch(text=line, page=block.page, block=place) for line in part.text.split("\n") if line.strip()]
        boxes: list[Box | None] = [None] * len(stretches)
        prose = len(part.text) > 120 and len(stretches) == 1
    else:
        words = page.words[part.words[0] : part.words[1]]
        ranges = list(_line_ranges(words, part.words[0]))
        stretches = [stretch(page, words_of, place) for words_of in ranges]
        boxes = [union(page.words[start:end]) for start, end in ranges]
        prose = _is_prose(words, [box for box in boxes if box is not None])
        whole = stretch(page, part.words, place, lines=True)
    pieces.extend(
        Piece(index=first + number, stretch=text, box=box, cell=slot, heading=heading)
        for number, (text, box) in enumerate(zip(stretches, boxes, strict=True))
    )
    if len(stretches) > 1 or prose:
        passages.append(Passage(stretch=whole, pieces=tuple(range(first, len(pieces))), prose=prose, cell=slot))


def _line_ranges(words: list[Word], first: int) -> Iterator[WordRange]:
    """Yield the ranges of words that are on one line without a wide gap; the dots that lead over a gap are in none."""
    height = statistics.median(word.y1 - word.y0 for word in words)
    start: int | None = None
    for place, word in enumerate(words):
        leads = _LEADER.fullmatch(word.text) is not None
        if start is not None and (leads or not _goes_on(words[place - 1], word, height)):
            yield (first + start, first + place)
            start = None
        if start is None and not leads:
            start = place
    if start is not None:
        yield (first + start, first + len(words))


def _goes_on(previous: Word, word: Word, height: float) -> bool:
    gap = word.x0 - previous.x1
    wide = GAP * max(height, previous.y1 - previous.y0)
    return on_line(previous, word) and -2 * height < gap <= wide


def _is_prose(words: list[Word], boxes: list[Box]) -> bool:
    if len(words) < PROSE_WORDS or len(boxes) < 2:
        return False
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    full = sum(box[2] - box[0] >= FULL_LINE * (right - left) for box in boxes[:-1])
    return full >= 0.7 * (len(boxes) - 1) and len(words) / len(boxes) >= 5


def _spans(pieces: list[Piece], passages: list[Passage], hints: values.Hints) -> Iterator[Span]:
    in_prose = {index for passage in passages if passage.prose for index in passage.pieces}
    for piece in pieces:
        if piece.index not in in_prose:
            for found in values.all_found(piece.stretch.text, hints):
                yield Span(stretch=piece.stretch, found=found, piece=piece.index)
    for passage in passages:
        if passage.prose or passage.stretch.text.count(" ") <= MAX_BLOCK_WORDS:
            yield from _passage_spans(passage, pieces, hints)


def _passage_spans(passage: Passage, pieces: list[Piece], hints: values.Hints) -> Iterator[Span]:
    """Yield the values of running text, and of other blocks those that go over a line's end."""
    text = passage.stretch.text
    flat = text.replace("\n", " ") if passage.prose else text
    for found in values.all_found(flat, hints):
        first = piece_at(passage, pieces, found.start)
        if passage.prose or first != piece_at(passage, pieces, found.end - 1):
            yield Span(stretch=passage.stretch, found=found, piece=first)


def piece_at(passage: Passage, pieces: list[Piece], start: int) -> int:
    """Return the piece that the character at `start` of a passage is in."""
    first = passage.stretch.word_range(start, start + 1)[0]
    if not passage.stretch.starts:
        return passage.pieces[min(passage.stretch.text.count("\n", 0, start), len(passage.pieces) - 1)]
    return next((index for index in passage.pieces if pieces[index].stretch.words[1] > first), passage.pieces[-1])
