"""What the tables at the head of a Rich Text file say: the codes of its fonts, and which styles are headings."""

import re

from axelered_box.formats import rtf_tokens
from axelered_box.formats.rtf_tokens import tokens

_HEADING = re.compile(r"(?:heading|überschrift|titre|título|titolo|kop)\s*(\d)", re.IGNORECASE)
_HEAD_LETTERS = 1 << 21
"""The tables stand at the head; a file with more of them is read without."""


class Styles:
    """The fonts and styles of a file."""

    TABLES = frozenset({"fonttbl", "stylesheet", "listtable", "listoverridetable"})
    """The destinations that are tables."""

    def __init__(self, source: str) -> None:
        self.code = "cp1252"
        self._fonts: dict[int, str] = {}
        self._levels: dict[int, int] = {}
        self._default_font = 0
        self._read(source[:_HEAD_LETTERS])

    def font_code(self, font: int) -> str:
        """Return the code that a font's bytes are in."""
        return self._fonts.get(font, self.code)

    def heading_level(self, style: int, outline: int | None) -> int | None:
        """Return the level of a paragraph that is a heading, by its own outline level or by its style."""
        if outline is not None and 0 <= outline < 6:
            return outline + 1
        return self._levels.get(style) if outline is None else None

    def _read(self, source: str) -> None:
        """Read the tables; what comes after them is not for here."""
        table, depth, ends = "", 0, 0
        number, outline, name = 0, None, ""
        for token in tokens(source):
            if token.kind == "{":
                depth += 1
                if depth == 3:
                    number, outline, name = 0, None, ""
            elif token.kind == "}":
                depth -= 1
                if table == "stylesheet" and depth == 2:
                    self._style(number, outline, name)
                if table and depth < ends:
                    table = ""
            elif token.kind in self.TABLES:
                table, ends = token.kind, depth
            elif token.kind == "ansicpg":
                self.code = rtf_tokens.code_page(token.number or 1252)
            elif token.kind in ("mac", "pc", "pca"):
                self.code = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[token.kind]
            elif table == "fonttbl" and token.kind == "f":
                number = token.number or 0
            elif table == "fonttbl" and token.kind == "fcharset":
                self._fonts[number] = rtf_tokens.charset(token.number or 0) or self.code
            elif table == "stylesheet" and token.kind == "s":
                number = token.number or 0
            elif table == "stylesheet" and token.kind == "outlinelevel":
                outline = token.number
            elif table == "stylesheet" and token.kind == "text" and depth == 3:
                name += token.text
            elif not table and token.kind in ("par", "pard"):
                return

    def _style(self, number: int, outline: int | None, name: str) -> None:
        """Keep a style if it is a heading's."""
        label = name.strip().rstrip(";").strip()
        found = _HEADING.match(label)
        if found:
            self._levels[number] = min(max(int(found[1]), 1), 6)
        elif label.lower() == "title":
            self._levels[number] = 1
        elif outline is not None and 0 <= outline < 6:
            self._levels[number] = outline + 1
