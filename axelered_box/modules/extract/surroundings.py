"""What stands around a value and may name it: left of it, above it, at the head of its row, column or section."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

import msgspec

from axelered_box.domain.documents import Box, Kind
from axelered_box.modules.extract.evidence import Evidence, Piece

REACH = 3.0
"""What stands further above than so many heights of a line does not name a value by itself."""
CLIMB = 14
"""The most lines that a column is followed upwards to its head."""
BEFORE, AFTER = 9, 4
"""The most words before and behind a value, in its own line or sentence, that may name it."""
SHORT = 6
"""The most words of a line that heads a section."""


class Around(msgspec.Struct, frozen=True):
    """The texts around a piece; empty where there is none."""

    left: str = ""
    """The nearest piece to the left."""
    row: str = ""
    """The first piece of the line, or the first cell of the row."""
    above: str = ""
    """The nearest piece above."""
    column: str = ""
    """The head of the column: a table's header, or the first piece without a figure further above."""
    section: str = ""
    """What heads its block: a line above it, a row of its table that has one cell only."""
    heading: str = ""
    """The last heading before it."""


class Near(msgspec.Struct, frozen=True):
    """The words around a value within its own piece or passage."""

    before: str = ""
    """Since the value before it."""
    line: str = ""
    """From the beginning of the line or sentence."""
    after: str = ""


class Surroundings:
    """The texts around the pieces of a document, worked out when they are asked for."""

    def __init__(self, evidence: Evidence) -> None:
        self._pieces = evidence.pieces
        self._rows: dict[int, list[Piece]] = defaultdict(list)
        self._cells: dict[int, dict[tuple[int, int], list[Piece]]] = defaultdict(lambda: defaultdict(list))
        self._headings = _headings(evidence)
        self._heads = {
            place: block.table.header_rows for place, block in enumerate(evidence.document.blocks) if block.table
        }
        self._known: dict[int, Around] = {}
        for piece in self._pieces:
            if piece.box is not None and any(letter.isalnum() for letter in piece.stretch.text):
                self._rows[piece.stretch.page].append(piece)
            if piece.cell is not None:
                self._cells[piece.stretch.block][piece.cell].append(piece)
        for pieces in self._rows.values():
            pieces.sort(key=lambda piece: (piece.box or (0, 0))[1])
        self._tops = {page: [(piece.box or (0, 0))[1] for piece in pieces] for page, pieces in self._rows.items()}

    def of(self, index: int) -> Around:
        """Return what stands around a piece."""
        around = self._known.get(index)
        if around is None:
            around = self._around(self._pieces[index])
            self._known[index] = around
        return around

    def _around(self, piece: Piece) -> Around:
        left, row = self._line(piece)
        above, column = self._upwards(piece)
        section = self._section(piece)
        if piece.cell is not None:
            left, row, column = self._in_table(piece, left, row, column)
        return Around(left, row, above, column, section, self._headings[piece.stretch.block])

    def _line(self, piece: Piece) -> tuple[str, str]:
        """Return the texts of the nearest and of the first piece to the left on the printed line."""
        if piece.box is None:
            return "", ""
        lefts = [
            other
            for other in self._between(piece, piece.box[1] - 3 * _height(piece.box), piece.box[3])
            if other.box is not None and other.box[2] <= piece.box[0] + 1 and _beside(other.box, piece.box)
        ]
        lefts.sort(key=lambda other: other.box[2] if other.box else 0)
        return (lefts[-1].stretch.text, lefts[0].stretch.text) if lefts else ("", "")

    def _upwards(self, piece: Piece) -> tuple[str, str]:
        """Return the nearest piece above, and the first without a figure."""
        if piece.box is None:
            return self._line_before(piece), ""
        height = _height(piece.box)
        box, nearest, head = piece.box, "", ""
        for other in self._above(piece, CLIMB * height):
            assert other.box is not None
            if not nearest and box[1] - other.box[3] <= REACH * height:
                nearest = other.stretch.text
            if not any(letter.isdigit() for letter in other.stretch.text):
                head = other.stretch.text
                break
        return nearest, head

    def _above(self, piece: Piece, reach: float) -> Iterator[Piece]:
        """Yield the pieces above one that share its column, the nearest first."""
        assert piece.box is not None
        box = piece.box
        candidates = [
            other
            for other in self._between(piece, box[1] - reach, box[1])
            if other.box is not None and other.box[3] <= box[1] + 0.4 * _height(box) and _in_column(other.box, box)
        ]
        yield from sorted(candidates, key=lambda other: -(other.box or (0, 0))[1])

    def _between(self, piece: Piece, top: float, bottom: float) -> list[Piece]:
        page = piece.stretch.page
        tops = self._tops[page]
        found = self._rows[page][bisect_left(tops, top) : bisect_left(tops, bottom)]
        return [other for other in found if other.index != piece.index]

    def _line_before(self, piece: Piece) -> str:
        """Return, in a file without printed pages, the line before."""
        if piece.index == 0 or piece.cell is not None:
            return ""
        return self._pieces[piece.index - 1].stretch.text

    def _in_table(self, piece: Piece, left: str, row: str, column: str) -> tuple[str, str, str]:
        assert piece.cell is not None
        cells = self._cells[piece.stretch.block]
        number, place = piece.cell
        lefts = [
            _text(cells[number, other])
            for other in range(place)
            if any(letter.isalnum() for letter in _text(cells.get((number, other), [])))
        ]
        heads = range(max(self._heads.get(piece.stretch.block, 0), 1))
        tops = [_text(cells[other, place]) for other in heads if other < number and (other, place) in cells]
        return (
            (lefts[-1] if lefts else left),
            (lefts[0] if lefts else row),
            (" ".join(tops) if tops else column),
        )

    def _section(self, piece: Piece) -> str:
        if piece.cell is not None:
            cells = self._cells[piece.stretch.block]
            for row in range(piece.cell[0] - 1, -1, -1):
                alone = [pieces for (number, _), pieces in cells.items() if number == row]
                if len(alone) == 1 and _heads(_text(alone[0])):
                    return _text(alone[0])
            return ""
        if piece.box is None:
            return self._before_block(piece)
        box, top = piece.box, ""
        for other in self._above(piece, CLIMB * _height(piece.box)):
            assert other.box is not None
            if box[1] - other.box[3] > 1.6 * _height(piece.box):
                return other.stretch.text if _heads(other.stretch.text) and box[1] - other.box[3] < 40 else top
            top, box = (other.stretch.text if _heads(other.stretch.text) else top), other.box
        return top

    def _before_block(self, piece: Piece) -> str:
        block = piece.stretch.block
        for other in reversed(self._pieces[: piece.index]):
            if _heads(other.stretch.text):
                return other.stretch.text
            if other.stretch.block < block - 1:
                break
        return ""


def near(text: str, start: int, end: int, earlier: int = 0) -> Near:
    """Return the words around a value of a stretch; the value before it ends at `earlier`, or 0."""
    clause = _clause_start(text, start)
    line = " ".join(text[clause:start].split()[-2 * BEFORE :])
    before = " ".join(text[max(clause, earlier) : start].split()[-BEFORE:])
    line_end = text.find("\n", end)
    after = " ".join(text[end : line_end if line_end >= 0 else None].split()[:AFTER])
    return Near(before, line, after)


def _clause_start(text: str, end: int) -> int:
    """Return where the sentence or, before a line that does not fill its column, the line begins."""
    place = max(text.rfind(". ", 0, end) + 2 if ". " in text[:end] else 0, text.rfind("; ", 0, end) + 1, 0)
    return place if end - place > 8 or place == 0 else max(text.rfind(". ", 0, max(place - 2, 0)) + 1, 0)


def _headings(evidence: Evidence) -> list[str]:
    last, headings = "", []
    for block in evidence.document.blocks:
        headings.append(last)
        if block.kind is Kind.HEADING:
            last = block.text
    return headings


def _text(pieces: list[Piece]) -> str:
    return " ".join(piece.stretch.text for piece in pieces)


def _heads(text: str) -> bool:
    """Tell whether a line may head what follows: it is short and has no figure."""
    return len(text.split()) <= SHORT and not any(letter.isdigit() for letter in text)


def _height(box: Box) -> float:
    return max(box[3] - box[1], 1.0)


def _beside(one: Box, other: Box) -> bool:
    overlap = min(one[3], other[3]) - max(one[1], other[1])
    return overlap >= 0.5 * min(_height(one), _height(other))


def _in_column(one: Box, other: Box) -> bool:
    overlap = min(one[2], other[2]) - max(one[0], other[0])
    narrow = min(one[2] - one[0], other[2] - other[0])
    return overlap >= 0.3 * narrow or abs(one[0] - other[0]) <= _height(other)
