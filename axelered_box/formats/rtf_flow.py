"""A text of a Rich Text file being put together as HTML: paragraphs, items of lists, and tables within each other."""

import html
import re

from axelered_box.formats.rtf_styles import Styles
from axelered_box.formats.rtf_tables import ROW_WORDS, TableText

_MAX_TABLES = 20
_NUMBER = re.compile(r"\(?(?:\d{1,4}|[a-zA-Z]{1,4})(?:\.\d{1,3}){0,5}[.)]?$")
_MARK = re.compile(r"<[^>]*>")


class Flow:
    """The body of a file, or a note."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._style = 0
        self._outline: int | None = None
        self._list_level = 0
        self._depth = 0
        """How many tables the paragraph lies in."""
        self._in_list = False
        self._last_marker = "-"
        self._tables: list[TableText] = []
        self.blocks: list[str] = []
        self.line: list[str] = []
        """The pieces of the paragraph that is being read."""
        self.marker: str | None = None
        """What stands before the paragraph, where it is an item of a list."""

    def word(self, word: str, number: int | None) -> None:
        """Take a control word that ends or describes a paragraph, cell or row."""
        if word in ("par", "sect", "page"):
            self._end_paragraph(self._depth)
        elif word == "line":
            self.line.append("<br>")
        elif word in ROW_WORDS:
            self._table(max(self._depth, 1)).form.word(word, number)
        elif word in ("cell", "nestcell", "row", "nestrow"):
            self._end_cell_or_row(word)
        else:
            self._describe(word, number)

    def end(self) -> None:
        """End the text."""
        self._end_paragraph(self._depth)
        self._close_tables(0)

    def _describe(self, word: str, number: int | None) -> None:
        """Take a control word that says what the paragraph is."""
        if word == "pard":
            self._style, self._outline, self._list_level, self._depth, self._in_list = 0, None, 0, 0, False
        elif word == "s":
            self._style = number or 0
        elif word == "outlinelevel":
            self._outline = number
        elif word == "ilvl":
            self._list_level = max(number or 0, 0)
        elif word == "ls":
            self._in_list = bool(number)
        elif word == "intbl":
            self._depth = max(self._depth, 1)
        elif word == "itap":
            self._depth = min(max(number or 0, 0), _MAX_TABLES)

    def _end_cell_or_row(self, word: str) -> None:
        """End a cell or row of the table that is open, or of one within it."""
        depth = max(self._depth, 2) if word.startswith("nest") else 1
        self._end_paragraph(depth)
        self._close_tables(depth)
        table = self._table(depth)
        if word.endswith("cell"):
            table.end_cell()
        else:
            table.end_row()

    def _end_paragraph(self, depth: int) -> None:
        """End a paragraph: it goes to the cell that is open at its depth, or to the text itself."""
        said, self.line = "".join(self.line), []
        marker, self.marker = self.marker, None
        if said.strip() or depth == 0:
            self._close_tables(depth)
        if _MARK.sub("", said).strip():
            block = self._block(said, marker, is_heading=depth == 0)
            (self.blocks if depth == 0 else self._table(depth).cell).append(block)

    def _block(self, said: str, marker: str | None, *, is_heading: bool) -> str:
        """Return a paragraph as the element that it is."""
        level = self._styles.heading_level(self._style, self._outline) if is_heading else None
        if level is not None:
            return f"<h{level}>{said}</h{level}>\n"
        if marker is None and not self._in_list:
            return f"<p>{said}</p>\n"
        read = marker if marker is not None and _NUMBER.fullmatch(marker) else "-"
        shown = _next(self._last_marker) if marker is None else read
        self._last_marker = shown
        return f'<ul><li data-marker="{html.escape(shown)}" data-level="{self._list_level + 1}">{said}</li></ul>\n'

    def _table(self, depth: int) -> TableText:
        """Return the table at a depth, from 1; it and those around it are begun where they are not."""
        while len(self._tables) < depth:
            self._tables.append(TableText())
        return self._tables[depth - 1]

    def _close_tables(self, depth: int) -> None:
        """Write the tables deeper than that into what is around them."""
        while len(self._tables) > depth:
            written = self._tables.pop().html()
            (self._tables[-1].cell if self._tables else self.blocks).append(written)


def _next(marker: str) -> str:
    """Return the marker of an item that follows one, where the file has its list numbered by the reader."""
    return re.sub(r"\d+(?=\D*$)", lambda found: str(int(found[0]) + 1), marker)
