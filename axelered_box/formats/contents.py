"""Which reader reads a file that has no printed pages."""

import functools
import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from axelered_box.domain import media_types
from axelered_box.domain.documents import Document
from axelered_box.domain.media_types import (
    CSV,
    DOCX,
    EML,
    EPUB,
    HTML,
    JSON,
    MARKDOWN,
    MSG,
    NOTEBOOK,
    ODP,
    ODS,
    ODT,
    PAGED,
    PPTX,
    RTF,
    TEXT,
    TEXTS,
    XLS,
    XLSX,
    XML,
    ZIP,
)  # fmt: skip
from axelered_box.domain.modules import Refusal
from axelered_box.formats import (
    archive,
    data_files,
    delimited,
    encodings,
    epub,
    hypertext,
    identify,
    mail,
    old_sheets,
    opendocument,
    outlook,
    rtf,
    slides,
    text,
    unprinted,
    word,
    workbook,
)  # fmt: skip
from axelered_box.formats.members import Allowance, Members
from axelered_box.formats.unprinted import Reading

MAX_TEXT_BYTES = 32 << 20
"""A larger text takes gigabytes as words."""
MAX_MAIL_BYTES = 128 << 20

_OFFICE: dict[str, Callable[[BinaryIO], Reading]] = {
    DOCX: word.read,
    XLSX: workbook.read,
    XLS: old_sheets.read,
    PPTX: slides.read,
    ODT: opendocument.read,
    ODS: opendocument.read,
    ODP: opendocument.read,
    EPUB: epub.read,
}
_TEXT: dict[str, Callable[[bytes], Reading]] = {
    RTF: rtf.read,
    XML: data_files.read_xml,
    JSON: data_files.read_json,
    NOTEBOOK: data_files.read_notebook,
}


ReadPaged = Callable[[bytes, str], Reading]
"""What reads the bytes of a PDF file or image, of a media type, within another file."""


def read(path: Path, media_type: str, password: str | None = None, *, read_paged: ReadPaged | None = None) -> Document:
    """Return the document that a file is; raises Refusal."""
    members = Members(functools.partial(_member, read_paged), Allowance())
    with path.open("rb") as file:
        return unprinted.document(_read(file, media_type, members, password))


def _read(file: BinaryIO, media_type: str, members: Members, password: str | None) -> Reading:
    """Return what a file says; what it really is may differ from what its first bytes showed."""
    file, kind = identify.opened(file, media_type, password)
    if kind in _OFFICE:
        return _OFFICE[kind](file)
    if kind == ZIP:
        return archive.read(file, members, password)
    if kind == MSG:
        return outlook.read(file, members)
    if kind == EML:
        return mail.read(_bounded(file, MAX_MAIL_BYTES), members)
    data = _bounded(file, MAX_TEXT_BYTES)
    return _TEXT[kind](data) if kind in _TEXT else _plain(data, kind)


def _plain(data: bytes, kind: str) -> Reading:
    """Return a text file."""
    if kind == HTML:
        page = hypertext.page_of_html(encodings.declared_or_utf8(data))
        return Reading(blocks=page.blocks, title=page.title)
    said, warnings = encodings.decode(data)
    if kind == CSV:
        table = delimited.read(said)
        return Reading(blocks=table.blocks, warnings=[*warnings, *table.warnings])
    blocks = hypertext.blocks_of_markdown(said) if kind == MARKDOWN else text.blocks_of_text(said)
    return Reading(blocks=list(blocks), warnings=warnings)


def _member(read_paged: ReadPaged | None, members: Members, name: str, data: bytes) -> Reading:
    """Return what a file within a file says; raises Refusal."""
    kind = media_types.detect(data[: media_types.HEAD_BYTES], name)
    if kind is None:
        raise Refusal("part_not_read", "it is of no kind that is read here")
    if kind in PAGED:
        if read_paged is None:
            raise Refusal("part_not_read", "it has printed pages, which this provider does not read")
        return read_paged(data, kind)
    return _read(io.BytesIO(data), kind, members, None)


def _bounded(file: BinaryIO, most: int) -> bytes:
    """Return the bytes of a file; raises Refusal."""
    data = file.read(most + 1)
    if len(data) > most:
        raise Refusal("document_too_large", f"A text of more than {most} bytes cannot be read at once. Split it.")
    return data


assert _TEXT.keys() | {HTML, CSV, MARKDOWN, TEXT, EML} >= TEXTS
