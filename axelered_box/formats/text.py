"""Plain text, Markdown and CSV files as Documents."""

import codecs
import csv
import re
from collections.abc import Iterator

from axelered_box.domain.documents import Block, Cell, Document, Kind, Table, Warning
from axelered_box.domain.media_types import CSV, MARKDOWN
from axelered_box.formats import hypertext, unprinted
from axelered_box.formats.flow import clean

_WRAPPED_FROM = 50
"""A paragraph whose lines all have this many letters was wrapped: its line ends mean nothing."""
_ITEM = re.compile(r"^(?P<indent>\s*)(?P<marker>[-*+•]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?P<text>\S.*)$")
_DELIMITERS = ",;\t|"
_SAMPLE_LETTERS = 20_000


def read(data: bytes, media_type: str) -> Document:
    """Return the document that a text file is."""
    text, warnings = decode(data)
    if media_type == MARKDOWN:
        return unprinted.document(hypertext.blocks_of_markdown(text), warnings=warnings)
    if media_type == CSV:
        return unprinted.document(_rows(text), warnings=warnings)
    return unprinted.document(_paragraphs(text), warnings=warnings)


def decode(data: bytes) -> tuple[str, list[Warning]]:
    """Return text from bytes: UTF-16 and UTF-8 by their marks, UTF-8 if it is valid, else Windows-1252.

    The warnings say which letters could not be told.
    """
    if data.startswith(codecs.BOM_UTF8):
        return _lenient(data, "utf-8-sig")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _lenient(data, "utf-16")
    try:
        return _lines(data.decode("utf-8")), []
    except UnicodeDecodeError:
        return _lenient(data, "cp1252")


def _lenient(data: bytes, code: str) -> tuple[str, list[Warning]]:
    """Return text, with a warning when some of it is not in that code."""
    text = _lines(data.decode(code, errors="replace"))
    if "\ufffd" not in text:
        return text, []
    return text, [Warning(code="undecodable_text", message="Some letters of the file are not in a code that is known.")]


def _lines(text: str) -> str:
    """Return text with line feeds for all line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _paragraphs(text: str) -> Iterator[Block]:
    """Yield the paragraphs and list items of plain text."""
    for part in re.split(r"\n[ \t\f\x0b]*\n|\f", text):
        lines = [line for line in part.split("\n") if line.strip()]
        if lines and all(_ITEM.match(line) for line in lines):
            yield from map(_item, lines)
        elif lines:
            yield _paragraph(lines)


def _paragraph(lines: list[str]) -> Block:
    """Return a paragraph; line ends stay where the text was not merely wrapped."""
    wrapped = len(lines) > 1 and all(len(line) >= _WRAPPED_FROM for line in lines[:-1])
    gap = " " if wrapped else "\n"
    return Block(id="", kind=Kind.PARAGRAPH, page=1, text=gap.join(clean(line).strip() for line in lines))


def _item(line: str) -> Block:
    """Return a list item; two spaces of indent are a level."""
    found = _ITEM.match(line)
    assert found is not None
    level = 1 + len(found["indent"].expandtabs(4)) // 2
    marker = "-" if found["marker"] in "-*+•" else found["marker"]
    return Block(
        id="", kind=Kind.LIST_ITEM, page=1, text=clean(found["text"]).strip(), level=min(level, 6), marker=marker
    )


def _rows(text: str) -> Iterator[Block]:
    """Yield the one table that a CSV file is, its first row as heading."""
    rows = [row for row in csv.reader(text.splitlines(), delimiter=_delimiter(text)) if row]
    if not rows:
        return
    cells = [
        Cell(row=place, column=column, header=place == 0, text=value.strip())
        for place, row in enumerate(rows)
        for column, value in enumerate(row)
    ]
    table = Table(rows=len(rows), columns=max(map(len, rows)), header_rows=1, cells=cells)
    yield Block(id="", kind=Kind.TABLE, page=1, text="\n".join("\t".join(row) for row in rows), table=table)


def _delimiter(text: str) -> str:
    """Return what parts the values: the sign that the first lines have most evenly."""
    lines = [line for line in text[:_SAMPLE_LETTERS].splitlines() if line.strip()][:20]
    return max(_DELIMITERS, key=lambda sign: min((line.count(sign) for line in lines), default=0))
