"""Documents without printed pages, such as text and Office files: one page of words that have no place on paper."""

from collections.abc import Iterable

import msgspec

from axelered_box.domain.documents import Block, Document, Kind, Page, Source, Span, Table, Warning, Word

NOTE_LINK = "#fn-"
"""How a reader links a mark to its footnote; the footnote's marker follows."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader found in a file: its blocks, the title it gives itself, and what a user should know."""

    blocks: list[Block]
    title: str | None = None
    warnings: list[Warning] = []


def document(reading: Reading) -> Document:
    """Return the document of what was read; ids and words are made here, words with boxes of zeros."""
    words: list[Word] = []
    placed: list[Block] = []
    for block in reading.blocks:
        start = len(words)
        table = None if block.table is None else _with_words(block.table, words)
        if table is None:
            words.extend(_words(block.text))
        name = f"1.{len(placed) + 1}"
        placed.append(msgspec.structs.replace(block, id=name, page=1, table=table, words=(start, len(words))))
    placed = _with_notes_tied(placed)
    page = Page(number=1, width=0.0, height=0.0, source=Source.DIGITAL, quality=1.0, words=words)
    heading = next((block.text for block in placed if block.kind is Kind.HEADING and block.level == 1), None)
    title = heading or reading.title
    return Document(title=title, page_count=1, pages=[page], blocks=placed, warnings=reading.warnings)


def _with_notes_tied(blocks: list[Block]) -> list[Block]:
    """Return blocks whose marks name the footnote that follows next with their marker."""
    following: dict[str, str] = {}
    done: list[Block] = []
    for block in reversed(blocks):
        if block.kind is Kind.FOOTNOTE and block.marker is not None:
            following[block.marker] = block.id
        spans = [_tied(span, following) for span in block.spans]
        done.append(msgspec.structs.replace(block, spans=spans))
    return done[::-1]


def _tied(span: Span, following: dict[str, str]) -> Span:
    """Return a span that links to a footnote as one that names it."""
    if span.link is None or not span.link.startswith(NOTE_LINK):
        return span
    return msgspec.structs.replace(span, link=None, note=following.get(span.link.removeprefix(NOTE_LINK)))


def heading(text: str, level: int) -> Block:
    """Return a heading; levels beyond the sixth count as that."""
    return Block(id="", kind=Kind.HEADING, page=1, text=text, level=min(max(level, 1), 6))


def paragraph(text: str) -> Block:
    """Return a paragraph of plain text."""
    return Block(id="", kind=Kind.PARAGRAPH, page=1, text=text)


def code(text: str) -> Block:
    """Return text whose lines and spaces matter."""
    return Block(id="", kind=Kind.CODE, page=1, text=text)


def below(blocks: Iterable[Block], levels: int) -> list[Block]:
    """Return blocks as they are within a larger document: their headings so many levels further down."""
    return [
        msgspec.structs.replace(block, level=min((block.level or 1) + levels, 6))
        if block.kind is Kind.HEADING
        else block
        for block in blocks
    ]


def _with_words(table: Table, words: list[Word]) -> Table:
    """Return a table whose cells name their words, which are added to those there are."""
    cells = []
    for cell in table.cells:
        first = len(words)
        words.extend(_words(cell.text))
        cells.append(msgspec.structs.replace(cell, words=(first, len(words))))
    return msgspec.structs.replace(table, cells=cells)


def _words(text: str) -> list[Word]:
    return [Word(word, 0.0, 0.0, 0.0, 0.0) for word in text.split()]
