"""Where the text operators of a PDF content stream place each glyph."""

import math
from collections.abc import Callable
from typing import Any

import msgspec

from axelered_box.formats.pdf_fonts import Font

Matrix = tuple[float, float, float, float, float, float]
_SLANT = 0.001
_UNIT: Matrix = (1, 0, 0, 1, 0, 0)


class Glyph(msgspec.Struct, frozen=True):
    """A glyph that is shown, in the coordinates of the page without its rotation."""

    code: bytes
    font: Font
    start: tuple[float, float]
    end: tuple[float, float]
    """Where the next one begins."""
    matrix: tuple[float, float, float, float]
    """What takes a glyph of size 1 to the page."""
    spacing: float
    """What is added to the width of each glyph, in points of the page."""

    @property
    def size(self) -> float:
        """Return how high the font is on the page."""
        return math.hypot(self.matrix[2], self.matrix[3])


class State(msgspec.Struct):
    """The part of the graphics state that places text."""

    ctm: Matrix
    font: Font | None = None
    font_name: str = ""
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


class Placing:
    """The graphics state of one content stream as far as it places text; operators are done one after the other."""

    def __init__(self, font_by_name: Callable[[str], Font | None], state: State) -> None:
        self.state = state
        self._font_by_name = font_by_name
        self._saved: list[State] = []
        self._line = self._matrix = _UNIT
        self._do: dict[str, Callable[[list[Any]], None]] = {
            "q": lambda _: self._saved.append(msgspec.structs.replace(self.state)),
            "Q": lambda _: self._restore(),
            "cm": self._concatenate,
            "BT": lambda _: self._place(_UNIT),
            "Tf": self._set_font,
            "Tc": lambda given: setattr(self.state, "spacing", float(given[0])),
            "Tw": lambda given: setattr(self.state, "word_spacing", float(given[0])),
            "Tz": lambda given: setattr(self.state, "scale", float(given[0]) / 100),
            "TL": lambda given: setattr(self.state, "leading", float(given[0])),
            "Ts": lambda given: setattr(self.state, "rise", float(given[0])),
            "Td": lambda given: self._move(float(given[0]), float(given[1])),
            "TD": self._move_and_lead,
            "Tm": lambda given: self._place(_matrix(given)),
            "T*": lambda _: self._move(0.0, -self.state.leading),
        }

    def does(self, operator: str, operands: list[Any]) -> bool:
        """Do an operator; tell False for one that places no text."""
        if operator not in self._do:
            return False
        self._do[operator](operands)
        return True

    def next_line(self) -> None:
        """Go to the next line."""
        self._move(0.0, -self.state.leading)

    def level(self) -> tuple[float, float] | None:
        """Return how far down the page the text stands, and its height; None when it does not run level."""
        linear = times(self._matrix, self.state.ctm)
        if abs(linear[1]) > _SLANT * abs(linear[0]):
            return None
        return self._point()[1], math.hypot(linear[2], linear[3]) * abs(self.state.size)

    def put_back(self) -> list[tuple[str, list[float]]]:
        """Return the operators that make the state what it is, for after others have changed it: all but the font."""
        state, line = self.state, self._line
        width = math.hypot(line[0], line[1])
        ahead = ((self._matrix[4] - line[4]) * line[0] + (self._matrix[5] - line[5]) * line[1]) / (width * width or 1.0)
        size = state.size * state.scale
        return [
            ("Tc", [state.spacing]),
            ("Tw", [state.word_spacing]),
            ("Tz", [state.scale * 100]),
            ("Ts", [state.rise]),
            ("Tm", list(line)),
            ("TJ", [-1000 * ahead / size if size else 0.0]),
        ]

    def advance(self, across: float) -> None:
        """Go on along the line by so many units of text space."""
        a, b, c, d, e, f = self._matrix
        self._matrix = (a, b, c, d, e + across * a, f + across * b)

    def _point(self) -> tuple[float, float]:
        a, b, c, d, e, f = self.state.ctm
        x = self._matrix[4] + self.state.rise * self._matrix[2]
        y = self._matrix[5] + self.state.rise * self._matrix[3]
        return a * x + c * y + e, b * x + d * y + f

    def glyph(self, code: bytes, font: Font, wide: float) -> Glyph:
        """Return a glyph at the present place, and move behind it."""
        state = self.state
        matrix = times(times((state.size * state.scale, 0, 0, state.size, 0, 0), self._matrix), state.ctm)
        across = math.hypot(matrix[0], matrix[1])
        start = self._point()
        self.advance(wide * state.scale)
        linear = matrix[:4]
        spacing = state.spacing * across / state.size if state.size else 0.0
        return Glyph(code, font, start, self._point(), linear, spacing)

    def _restore(self) -> None:
        if self._saved:
            self.state = self._saved.pop()

    def _concatenate(self, operands: list[Any]) -> None:
        self.state.ctm = times(_matrix(operands), self.state.ctm)

    def _place(self, matrix: Matrix) -> None:
        self._line = self._matrix = matrix

    def _move(self, x: float, y: float) -> None:
        self._place(times((1, 0, 0, 1, x, y), self._line))

    def _move_and_lead(self, operands: list[Any]) -> None:
        self.state.leading = -float(operands[1])
        self._move(float(operands[0]), float(operands[1]))

    def _set_font(self, operands: list[Any]) -> None:
        self.state.font_name = str(operands[0]).removeprefix("/")
        self.state.font = self._font_by_name(self.state.font_name)
        self.state.size = float(operands[1])


def times(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that does what the first does, then the second; plain numbers, since each glyph takes two."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _matrix(operands: list[Any]) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f
