"""What reading one page yields, before anything is decided over the whole document."""

from enum import StrEnum

import msgspec

from axelered_box.domain.documents import Box, Source, Warning, Word


class Role(StrEnum):
    """What the layout model takes a region for."""

    TITLE = "title"
    SECTION_HEADER = "section-header"
    TEXT = "text"
    LIST_ITEM = "list-item"
    TABLE = "table"
    PICTURE = "picture"
    FORMULA = "formula"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    PAGE_HEADER = "page-header"
    PAGE_FOOTER = "page-footer"


class Run(msgspec.Struct, frozen=True, omit_defaults=True):
    """A stretch of a line in one style; spaces between runs belong to the texts."""

    text: str
    size: float
    bold: bool = False
    italic: bool = False
    mono: bool = False
    superscript: bool = False
    link: str | None = None


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """A printed line."""

    bbox: Box
    runs: list[Run]

    @property
    def text(self) -> str:
        """Return what the line says."""
        return "".join(run.text for run in self.runs)


class GridCell(msgspec.Struct, frozen=True, omit_defaults=True):
    """A cell of a printed table, with its own words."""

    row: int
    column: int
    row_span: int
    column_span: int
    header: bool
    text: str
    bbox: Box | None
    words: list[Word] = []


class Grid(msgspec.Struct, frozen=True, omit_defaults=True):
    """A printed table."""

    rows: int
    columns: int
    header_rows: int
    cells: list[GridCell]


class Region(msgspec.Struct, frozen=True, omit_defaults=True):
    """A part of the page that is read as a whole: its lines, or its grid, and the words that lie in it."""

    role: Role
    bbox: Box
    lines: list[Line] = []
    grid: Grid | None = None
    words: list[Word] = []


class PageEvidence(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that was seen on a page."""

    page: int
    """Counted from 0."""
    width: float = 0.0
    height: float = 0.0
    rotation: int = 0
    skew: float = 0.0
    source: Source = Source.DIGITAL
    language: str | None = None
    regions: list[Region] = []
    """In reading order."""
    loose_words: list[Word] = []
    """Words that lie in no region."""
    warnings: list[Warning] = []
    quality: float | None = None
    """How well it was read, 0 to 1; None to be told from its words."""
    searchable: str | None = None
    """The file in the same folder that holds the page with its recognised text."""


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(PageEvidence)


def encode(evidence: PageEvidence) -> bytes:
    """Return evidence in the form in which it is kept between two steps."""
    return _encoder.encode(evidence)


def decode(data: bytes) -> PageEvidence:
    """Return evidence that was kept; raises msgspec.MsgspecError."""
    return _decoder.decode(data)
