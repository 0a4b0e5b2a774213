"""What parse makes of a file: the Document that ``document.json`` holds and that every other module reads.

A Document is its pages and, in human reading order, its blocks. A page carries the words that are printed on it,
each with its box; a block names the words it was made from as a range into its page's words. So a value found in a
block's text can be shown on the page, and a value that no words support can be told apart.

Boxes are ``(x0, y0, x1, y1)`` in PDF points (1/72 inch) from the top left of the page *as it is shown*: turned
upright and, where text recognition straightened it, straightened. Where the run has a ``searchable.pdf``, that file's
pages are the ones shown; else those of the file itself.

In JSON all names are camelCase and no member is left out. Readers refuse a `version` they don't know.
"""

from enum import StrEnum

import msgspec

VERSION = 1
"""Raised when a reader of the earlier form would misread the new one."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in PDF points from the top left of the page as shown."""

WordRange = tuple[int, int]
"""The first word and the one after the last, as places in ``Page.words``; equal when there are none."""

NO_WORDS: WordRange = (0, 0)


class Source(StrEnum):
    """Where the words of a page come from."""

    DIGITAL = "digital"
    """The file says them itself."""
    OCR = "ocr"
    """They were recognised in the picture of the page."""
    FAILED = "failed"
    """The page could not be read: a warning says why. It has no blocks."""


class Kind(StrEnum):
    """What a block is to its reader."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    FIGURE = "figure"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    CODE = "code"
    FORMULA = "formula"
    PAGE_HEADER = "page_header"
    PAGE_FOOTER = "page_footer"
    PAGE_NUMBER = "page_number"


OUT_OF_FLOW = frozenset({Kind.PAGE_HEADER, Kind.PAGE_FOOTER, Kind.PAGE_NUMBER})
"""Kinds that repeat from page to page; they are kept here but left out of Markdown, HTML and text."""


class Word(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A word as printed: in JSON the list ``[text, x0, y0, x1, y1, confidence]``."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float = 1.0
    """How surely it was read, 0 to 1; 1 where the file says it itself."""

    @property
    def box(self) -> Box:
        """Return the word's box."""
        return (self.x0, self.y0, self.x1, self.y1)


class Page(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A page that was read, with its words in reading order: those of its blocks in turn, then any left over."""

    number: int
    """Counted from 1, in the file."""
    width: float
    """In points, as shown."""
    height: float
    rotation: int = 0
    """Degrees clockwise (0, 90, 180, 270) by which text recognition turned the page to make it upright."""
    skew: float = 0.0
    """Degrees clockwise by which its lines fell before it was straightened."""
    source: Source
    quality: float
    """How well the words could be read, 0 to 1: the share that is likely right; 0 for a page that failed."""
    language: str | None = None
    """ISO 639-2 code of its main language, None when unknown."""
    words: list[Word] = []


class Span(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A stretch of a block's text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    mono: bool = False
    superscript: bool = False
    subscript: bool = False
    link: str | None = None
    """The address that it links to."""


class Cell(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A cell of a table; a slot that a wider cell covers has no cell of its own."""

    row: int
    """Counted from 0."""
    column: int
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    """Whether it names a row or column instead of holding a value."""
    text: str
    """Lines within the cell are parted by a line feed."""
    bbox: Box | None = None
    """None where the file has no printed pages, such as an Office document."""
    words: WordRange = NO_WORDS


class Table(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A table as a grid."""

    rows: int
    columns: int
    header_rows: int = 0
    """How many rows at the top are headings."""
    cells: list[Cell]
    """In order of row, then column."""


class Block(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A piece of a document that one reads as a whole."""

    id: str
    """Page and place on it, such as ``3.12``; unique in the document, and the same at each parse of the same file."""
    kind: Kind
    page: int
    """Counted from 1."""
    text: str
    """Plain text, lines joined and hyphens at their ends undone; a table's cells by tab, its rows by line feed."""
    level: int | None = None
    """Of a heading 1 to 6, of a list item its depth from 1; None for others."""
    marker: str | None = None
    """Of a list item, what stands before it: ``1.``, ``a)``, or ``-`` for any bullet."""
    bbox: Box | None = None
    """None where the file has no printed pages."""
    words: WordRange = NO_WORDS
    """Its words among those of its page."""
    confidence: float = 1.0
    """The mean confidence of its words."""
    spans: list[Span] = []
    """The text by style, whose texts joined are `text`; empty where it is all plain."""
    table: Table | None = None
    continues: str | None = None
    """The id of the block, on an earlier page or column, that this one goes on with."""

    @property
    def in_flow(self) -> bool:
        """Tell whether the block is part of what one reads, not of what repeats on each page."""
        return self.kind not in OUT_OF_FLOW


class Warning(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Something a user should know about how a document was read."""

    code: str
    message: str
    page: int | None = None
    """Counted from 1; None when it concerns the whole document."""


class Document(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A file as parse read it."""

    version: int = VERSION
    title: str | None = None
    """What the document calls itself: its first heading of the highest level, or the title that the file names."""
    languages: list[str] = []
    """ISO 639-2 codes, the main language first; empty when unknown."""
    page_count: int
    """The pages of the file; `pages` may be fewer when only some were asked for."""
    pages: list[Page]
    blocks: list[Block]
    """In reading order over the whole document, running heads and page numbers among them."""
    warnings: list[Warning] = []

    def page(self, number: int) -> Page | None:
        """Return the page with this number, None if it was not read."""
        return next((page for page in self.pages if page.number == number), None)

    def words_of(self, block: Block) -> list[Word]:
        """Return the words that a block was made from."""
        page = self.page(block.page)
        return [] if page is None else page.words[block.words[0] : block.words[1]]


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Document)


def encode(document: Document) -> bytes:
    """Return a document as JSON."""
    return _encoder.encode(document)


def decode(data: bytes) -> Document:
    """Return the document that JSON holds; raises msgspec.MsgspecError."""
    return _decoder.decode(data)
