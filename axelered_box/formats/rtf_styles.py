"""What the tables at the head of a Rich Text file say: the codes of its fonts, and which styles are headings."""

import re

import msgspec

from axelered_box.formats import rtf_tokens
from axelered_box.formats.rtf_tokens import Token, tokens

_HEADING = re.compile(r"(?:heading|überschrift|titre|título|titolo|kop)\s*(\d)", re.IGNORECASE)
_OLD_CODES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_HEAD_LETTERS = 1 << 21
"""The tables stand at the head; a file with more of them is read without."""


class _Entry(msgspec.Struct):
    """A font or style that is being described."""

    number: int = 0
    outline: int | None = None
    name: str = ""


class Styles:
    """The fonts and styles of a file."""

    TABLES = frozenset({"fonttbl", "stylesheet", "listtable", "listoverridetable"})
    """The destinations that are tables."""

    def __init__(self, source: str) -> None:
        self.code = "cp1252"
        self._fonts: dict[int, str] = {}
        self._levels: dict[int, int] = {}
        self._entry = _Entry()
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
        for token in tokens(source):
            if token.kind == "{":
                depth += 1
                self._entry = _Entry() if depth == ends + 1 else self._entry
            elif token.kind == "}":
                depth -= 1
                if table == "stylesheet" and depth == ends:
                    self._style(self._entry.number, self._entry.outline, self._entry.name)
                table = table if depth >= ends else ""
            elif token.kind in self.TABLES:
                table, ends = token.kind, depth
            elif not table and token.kind in ("par", "pard"):
                return
            elif table:
                self._in_table(table, token, depth - ends)
            else:
                self._code(token)

    def _code(self, token: Token) -> None:
        """Take the code that the file's bytes are in."""
        if token.kind == "ansicpg":
            self.code = rtf_tokens.code_page(token.number or 1252)
        elif token.kind in _OLD_CODES:
            self.code = _OLD_CODES[token.kind]

    def _in_table(self, table: str, token: Token, depth: int) -> None:
        """Take what a table says of a font or a style."""
        entry = self._entry
        if table == "fonttbl" and token.kind == "f":
            entry.number = token.number or 0
        elif table == "fonttbl" and token.kind == "fcharset":
            self._fonts[entry.number] = rtf_tokens.charset(token.number or 0) or self.code
        elif token.kind == "s":
            entry.number = token.number or 0
        elif token.kind == "outlinelevel":
            entry.outline = token.number
        elif token.kind == "text" and depth == 1:
            entry.name += token.text

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
