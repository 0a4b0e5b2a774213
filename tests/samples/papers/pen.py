"""A pen over the pages of a PDF: text at a place, wrapped, in columns, tables and boxes, going on on a new page."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pymupdf

FAMILIES = {"sans": ("helv", "hebo"), "serif": ("tiro", "tibo"), "mono": ("cour", "cobo")}
A4, LETTER = (595.0, 842.0), (612.0, 792.0)
Rgb = tuple[float, float, float]
BLACK: Rgb = (0, 0, 0)
GREY: Rgb = (0.45, 0.45, 0.45)
TINT: Rgb = (0.92, 0.93, 0.95)


@dataclass(frozen=True)
class House:
    """How a document's writer prints: page, font, colour, rules."""

    size: tuple[float, float] = A4
    family: str = "sans"
    points: float = 10.0
    margin: float = 56.0
    accent: Rgb = BLACK
    rules: str = "none"
    """Of tables: ``grid``, ``lines``, ``head``, ``zebra`` or ``none``."""


class Pen:
    """Writes on a page from top to bottom; `y` is where the next line begins, in points from the top."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.left, self.right = house.margin, house.size[0] - house.margin
        self.y = house.margin
        self._fonts = [pymupdf.Font(name) for name in FAMILIES[house.family]]
        self._file = pymupdf.open()
        self.new_page()

    def new_page(self) -> None:
        """Go on at the top of a new page."""
        self._page = self._file.new_page(width=self.house.size[0], height=self.house.size[1])
        self.y = self.house.margin

    @property
    def width(self) -> float:
        """Return the width between the margins."""
        return self.right - self.left

    @property
    def leading(self) -> float:
        """Return the distance of lines in points."""
        return self.house.points * 1.35

    def need(self, height: float) -> bool:
        """Go to a new page where less than this height is left; tell whether it did."""
        if self.y + height <= self.house.size[1] - self.house.margin - 40:
            return False
        self.new_page()
        return True

    def write(
        self,
        x: float,
        y: float,
        text: str,
        *,
        bold: bool = False,
        scale: float = 1.0,
        ink: Rgb = BLACK,
        align: str = "l",
    ) -> float:
        """Write one line whose top is at `y`, from `x` on or up to it (`r`) or around it (`c`); return its width."""
        points, font = self.house.points * scale, self._fonts[bold]
        width = float(font.text_length(text, points))
        at = x - {"l": 0.0, "c": width / 2, "r": width}[align]
        writer = pymupdf.TextWriter(self._page.rect, color=ink)
        writer.append((at, y + points), text, font=font, fontsize=points)
        writer.write_text(self._page)
        return width

    def lines(self, text: str, width: float, scale: float = 1.0) -> list[str]:
        """Return a text in lines that are no wider than `width`; line feeds part lines too."""
        points, made = self.house.points * scale, []
        for paragraph in text.split("\n"):
            line = ""
            for word in paragraph.split(" "):
                longer = f"{line} {word}".lstrip()
                if line and self._fonts[0].text_length(longer, points) > width:
                    made.append(line)
                    longer = word
                line = longer
            made.append(line)
        return made

    def block(
        self, text: str, x: float | None = None, width: float | None = None, *, bold: bool = False, scale: float = 1.0,
        ink: Rgb = BLACK, align: str = "l",
    ) -> None:  # fmt: skip
        """Write a wrapped text at `y` and move below it."""
        left = self.left if x is None else x
        for line in self.lines(text, self.width if width is None else width, scale):
            self.need(self.leading * scale)
            self.write(left, self.y, line, bold=bold, scale=scale, ink=ink, align=align)
            self.y += self.leading * scale

    def rule(self, y: float, left: float | None = None, right: float | None = None, ink: Rgb = BLACK) -> None:
        """Draw a line across."""
        ends = (self.left if left is None else left, y), (self.right if right is None else right, y)
        self._page.draw_line(*ends, color=ink, width=0.6)

    def box(self, left: float, top: float, width: float, height: float, *, fill: Rgb | None = None) -> None:
        """Draw a rectangle, filled without a border or with a border only."""
        shown = {"color": None, "fill": fill} if fill else {"color": BLACK, "width": 0.6}
        self._page.draw_rect(pymupdf.Rect(left, top, left + width, top + height), **shown)

    def cross(self, left: float, top: float, side: float) -> None:
        """Draw the cross of a check box."""
        right, bottom = left + side, top + side
        self._page.draw_line((left, top), (right, bottom), color=BLACK, width=1.1)
        self._page.draw_line((left, bottom), (right, top), color=BLACK, width=1.1)

    def table(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float], right: set[int]
    ) -> None:
        """Draw a table as the house does; `shares` are the columns' widths, `right` those flushed right."""
        widths = [self.width * share / sum(shares) for share in shares]
        self._row(head, widths, right, bold=True, shade=self.house.rules == "zebra")
        for place, row in enumerate(rows):
            if self.need(self.leading * 3):
                self._row(head, widths, right, bold=True)
            self._row(row, widths, right, shade=self.house.rules == "zebra" and place % 2 == 1)
        if self.house.rules == "lines":
            self.rule(self.y)
        self.y += self.leading

    def save(self) -> bytes:
        """Return the PDF."""
        self._file.subset_fonts()
        output = io.BytesIO()
        self._file.save(output, garbage=3, deflate=True)
        return output.getvalue()

    def _row(
        self, cells: Sequence[str], widths: list[float], right: set[int], *, bold: bool = False, shade: bool = False
    ) -> None:
        pad = 3.0
        wrapped = [self.lines(cell, width - 2 * pad) for cell, width in zip(cells, widths, strict=True)]
        height = max(map(len, wrapped)) * self.leading + pad
        if shade:
            self.box(self.left, self.y, self.width, height, fill=TINT)
        x = self.left
        for place, (said, width) in enumerate(zip(wrapped, widths, strict=True)):
            for number, line in enumerate(said):
                at = x + width - pad if place in right else x + pad
                align = "r" if place in right else "l"
                self.write(at, self.y + number * self.leading, line, bold=bold, align=align)
            if self.house.rules == "grid":
                self.box(x, self.y, width, height)
            x += width
        if self.house.rules == "lines":
            self.rule(self.y)
        self.y += height
        if bold and self.house.rules in {"head", "lines"}:
            self.rule(self.y)
