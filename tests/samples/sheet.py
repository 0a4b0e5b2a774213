"""A page on which a test draws a table, and what is found on it."""

import pymupdf

from axelered_box.domain.documents import Box
from axelered_box.formats import pdf
from axelered_box.formats.evidence import Grid
from axelered_box.formats.tables import Found, find_tables

AREA = (60, 60, 540, 500)


class Sheet:
    """A page to draw tables on."""

    def __init__(self) -> None:
        self.document = pymupdf.open()
        self.page = self.document.new_page()

    def row(self, y: float, *texts: tuple[float, str], size: float = 10) -> None:
        """Write texts at one height, each from its left."""
        for x, text in texts:
            self.page.insert_text((x, y), text, fontsize=size)

    def numbers(self, y: float, *texts: tuple[float, str]) -> None:
        """Write texts at one height, each up to its right."""
        self.row(y, *((right - pymupdf.get_text_length(text, fontsize=10), text) for right, text in texts))

    def rule(self, y: float, x0: float = 70, x1: float = 500) -> None:
        """Draw a horizontal line."""
        self.page.draw_line((x0, y), (x1, y), width=0.7)

    def wall(self, x: float, y0: float, y1: float) -> None:
        """Draw a vertical line."""
        self.page.draw_line((x, y0), (x, y1), width=0.7)

    def found(self, area: Box | None = AREA, name: str = "table") -> Found:
        """Return the tables that are found when the layout model sees one in `area`."""
        page = pdf.open_bytes(self.document.tobytes()).load_page(0)
        text = pdf.text_of(page)
        return find_tables(text.blocks, text.words, [{"class_name": name, "group_bbox": area}] if area else [])

    def grid(self) -> Grid:
        """Return the grid of the only table."""
        (table,) = self.found().tables
        assert table.grid is not None
        return table.grid
