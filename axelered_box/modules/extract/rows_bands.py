"""The bands of a document: what stands side by side on its pages, from top to bottom, each in pieces parted by gaps.

A band is a row of a table, or a printed line outside of tables. Its pieces are words with no gap between them that is
wider than a space. So columns can be told where a table has rules, where it has none, and where parse saw no table. A
file without printed pages has the cells of its tables as pieces; their places are made up from their columns.
"""

import re
import statistics
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from axelered_box.domain.documents import OUT_OF_FLOW, Block, Document, Page, Table, Word, WordRange
from axelered_box.modules.extract.rows_pieces import Piece, joined

GAP = 1.3
"""A gap between words that parts two pieces, in heights of a word."""
STEP, DRIFT = 0.5, 0.9
"""How far the words of a line may stand below each other, one after the other and in all, in heights of a word."""
NUMBER_GAP = 0.5
"""A gap between two numbers that parts two pieces."""
GROUP_GAP = 0.7
"""A gap that parts two numbers which could be one whose thousands stand apart."""
_GROUPED = re.compile(r"[-+(]?\d{1,3} \d{3}(?:[.,]\d{1,4})?\)?")
_NUMBER = re.compile(r"[-+(]?\d[\d.,']*%?\)?")
_LEADERS = re.compile(r"[.\u2026_\u00b7]{3,}")
"""The dots that lead from a label to its value."""
_COLUMN_WIDTH = 100.0
_LINE_HEIGHT = 12.0


class Band(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a table or a line, its pieces line by line from left to right."""

    page: int
    block: int
    """As in its pieces."""
    pieces: tuple[Piece, ...]
    top: float
    bottom: float
    height: float
    """The usual height of a word on its page."""
    header: bool = False
    """Whether parse took it for the heading of a table."""

    @property
    def text(self) -> str:
        """Return its pieces' texts with a space between."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def numeric(self) -> bool:
        """Tell whether a number stands in it by itself."""
        return any(piece.numeric for piece in self.pieces)


def bands(document: Document) -> list[Band]:
    """Return the bands of a document from top to bottom, page by page; what repeats on each page is left out."""
    found: list[Band] = []
    for page in document.pages:
        blocks = [(place, block) for place, block in enumerate(document.blocks) if block.page == page.number]
        found += _of_page(page, blocks) if page.words and page.width > 0 else _unprinted(blocks)
    if not document.pages:
        found += _unprinted(list(enumerate(document.blocks)))
    return found


def lines(page: Page, places: Iterable[int]) -> list[list[int]]:
    """Return words of a page, given by their places, as printed lines from top to bottom, each from left to right."""
    ordered = sorted(places, key=lambda place: _middle(page.words[place]))
    found: list[list[int]] = []
    first = last = 0.0
    usual = word_height(page)
    for place in ordered:
        word = page.words[place]
        here, height = _middle(word), max(word.y1 - word.y0, usual)
        if found and here - last <= STEP * height and here - first <= DRIFT * height:
            found[-1].append(place)
        else:
            found.append([place])
            first = here
        last = here
    return [sorted(line, key=lambda place: page.words[place].x0) for line in found]


def word_height(page: Page) -> float:
    """Return the usual height of a word on a page, in points."""
    return statistics.median(word.y1 - word.y0 for word in page.words) if page.words else _LINE_HEIGHT


def _of_page(page: Page, blocks: list[tuple[int, Block]]) -> list[Band]:
    height = word_height(page)
    taken: set[int] = set()
    found: list[Band] = []
    for place, block in blocks:
        if block.kind in OUT_OF_FLOW:
            taken.update(range(*block.words))
        elif block.table is not None:
            rows = _table_rows(page, place, block.table, height)
            if _interlocked(rows):
                rows = _table_lines(page, place, block.table, height)
            found += rows
            taken.update(word for row in rows for piece in row.pieces for word in piece.words)
    rest = [place for place in range(len(page.words)) if place not in taken and page.words[place].text.strip()]
    for line in lines(page, rest):
        pieces = tuple(joined(page, run) for run in _runs(page, line, height))
        if not pieces:
            continue
        found.append(_band(pieces, page.number, -1, height))
    return sorted(found, key=lambda band: (band.top + band.bottom) / 2)


def _table_rows(page: Page, place: int, table: Table, height: float) -> list[Band]:
    found = []
    for row in range(table.rows):
        pieces: list[Piece] = []
        for cell in table.cells:
            if cell.row == row and cell.words[0] < cell.words[1]:
                for line in lines(page, range(*cell.words)):
                    pieces += [joined(page, run, place) for run in _runs(page, line, height)]
        for part in _parted(pieces):
            found.append(_band(tuple(part), page.number, place, height, header=row < table.header_rows))
    return found


def _interlocked(rows: Sequence[Band]) -> bool:
    """Tell whether rows of a table reach over each other, so that they are not what stands side by side."""
    ordered = sorted(rows, key=lambda row: row.top)
    return any(below.top < above.bottom - 0.5 * above.height for above, below in pairwise(ordered))


def _table_lines(page: Page, place: int, table: Table, height: float) -> list[Band]:
    """Return a table's printed lines as its rows."""
    words = [word for cell in table.cells for word in range(*cell.words)]
    rows = [tuple(joined(page, run, place) for run in _runs(page, line, height)) for line in lines(page, words)]
    return [_band(pieces, page.number, place, height) for pieces in rows if pieces]


def _parted(pieces: list[Piece]) -> list[list[Piece]]:
    """Return a table's row as the rows it is made of: parted where several of its cells hold a number on each line."""
    if not pieces:
        return []
    if headed := _headed(pieces):
        return headed
    columns: list[list[Piece]] = []
    for piece in sorted((piece for piece in pieces if piece.numeric), key=lambda piece: piece.box[0]):
        if columns and piece.box[0] < max(other.box[2] for other in columns[-1]):
            columns[-1].append(piece)
        else:
            columns.append([piece])
    stacks = [column for column in columns if len(column) > 1]
    most = max((len(column) for column in stacks), default=0)
    if sum(len(column) == most for column in stacks) < 2 and not any(_all_beside(column, pieces) for column in stacks):
        return [pieces]
    anchor = max((column for column in stacks if len(column) == most), key=lambda column: column[0].box[2])
    tops = sorted(piece.box[1] for piece in anchor)
    slack = statistics.median(piece.box[3] - piece.box[1] for piece in anchor) / 2
    parts: list[list[Piece]] = [[] for _ in tops]
    for piece in pieces:
        at = sum(top <= piece.box[1] + slack for top in tops)
        parts[max(at - 1, 0)].append(piece)
    return parts


def _all_beside(numbers: Sequence[Piece], pieces: Sequence[Piece]) -> bool:
    """Tell whether each of some numbers has a text beside it on its line."""
    return all(
        any(not piece.numeric and piece.box[1] < number.box[3] and number.box[1] < piece.box[3] for piece in pieces)
        for number in numbers
    )


def _headed(pieces: Sequence[Piece]) -> list[list[Piece]] | None:
    """Return a row as its headings and what is below them, where several numbers stand below texts; else None."""
    numbers = [piece for piece in pieces if piece.numeric]
    below = [
        number
        for number in numbers
        if any(
            not piece.numeric
            and piece.box[3] <= number.box[1] + 1
            and min(piece.box[2], number.box[2]) > max(piece.box[0], number.box[0])
            for piece in pieces
        )
    ]
    if len(below) < 2 or len(below) < len(numbers):
        return None
    edge = min(number.box[1] for number in below) - 2
    upper, lower = [p for p in pieces if p.box[1] < edge], [p for p in pieces if p.box[1] >= edge]
    return [upper, *_parted(lower)] if len(upper) > 1 and len(lower) > 1 else None


def _runs(page: Page, line: Sequence[int], height: float) -> list[list[int]]:
    """Return a line's words as runs without a wide gap or a row of dots between them."""
    found: list[list[int]] = []
    apart = True
    for place in line:
        if _LEADERS.fullmatch(page.words[place].text):
            apart = True
            continue
        if not apart and _gap(page, found[-1][-1], place) <= height:
            found[-1].append(place)
        else:
            found.append([place])
        apart = False
    return found


def _gap(page: Page, one: int, other: int) -> float:
    """Return the space between two words in heights that a gap may have: two numbers are parted by less than words."""
    before, after = page.words[one], page.words[other]
    limit = GAP
    if _NUMBER.fullmatch(before.text) and _NUMBER.fullmatch(after.text):
        limit = GROUP_GAP if _GROUPED.fullmatch(f"{before.text} {after.text}") else NUMBER_GAP
    return (after.x0 - before.x1) / limit


def _unprinted(blocks: Sequence[tuple[int, Block]]) -> list[Band]:
    """Return the rows of tables and the lines of other blocks, with made-up places."""
    found: list[Band] = []
    top = 0.0
    for place, block in blocks:
        if block.kind in OUT_OF_FLOW:
            continue
        rows = _lines_of(block) if block.table is None else _cells(block.table)
        for number, row in enumerate(rows):
            pieces = tuple(
                Piece(
                    text=" ".join(text.split()),
                    page=block.page,
                    block=place if block.table is not None else -1,
                    words=tuple(range(*words)) if words[1] - words[0] == len(text.split()) else (),
                    box=(column * _COLUMN_WIDTH, top, (column + span) * _COLUMN_WIDTH - 10, top + _LINE_HEIGHT / 2),
                )
                for column, span, text, words in row
                if text.strip()
            )
            header = block.table is not None and number < block.table.header_rows
            if pieces:
                found.append(_band(pieces, block.page, pieces[0].block, _LINE_HEIGHT / 2, header=header))
            top += _LINE_HEIGHT
        top += _LINE_HEIGHT
    return found


_Text = tuple[int, int, str, WordRange]
"""A cell's column, its width in columns, its text and its words."""


def _lines_of(block: Block) -> list[list[_Text]]:
    """Return a block's lines as cells of their own."""
    found: list[list[_Text]] = []
    first = block.words[0]
    for line in block.text.split("\n"):
        last = min(first + len(line.split()), block.words[1])
        found.append([(0, 1, line, (first, last))])
        first = last
    return found


def _cells(table: Table) -> list[list[_Text]]:
    rows: list[list[_Text]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row].append((cell.column, cell.column_span, cell.text, cell.words))
    return rows


def _band(pieces: tuple[Piece, ...], page: int, block: int, height: float, *, header: bool = False) -> Band:
    top = min(piece.box[1] for piece in pieces)
    bottom = max(piece.box[3] for piece in pieces)
    return Band(page=page, block=block, pieces=pieces, top=top, bottom=bottom, height=height, header=header)


def _middle(word: Word) -> float:
    return (word.y0 + word.y1) / 2
