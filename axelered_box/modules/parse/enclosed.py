"""PDF files and images within mails and zip files: read like any, then taken as text without places on paper."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from axelered_box.domain.documents import NO_WORDS, Block, Document, Source, Warning
from axelered_box.domain.modules import Progress, Refusal
from axelered_box.formats.evidence import PageEvidence
from axelered_box.formats.pages import Pages
from axelered_box.formats.unprinted import Reading
from axelered_box.formats.whole_blocks import flowing
from axelered_box.modules.parse import reading
from axelered_box.modules.parse.assemble import assemble
from axelered_box.modules.parse.options import ParseOptions

MAX_PAGES = 50
"""All PDF files and images within one file have at most so many pages that are read."""
_NAME = "enclosed"


def reader(options: ParseOptions, folder: Path, progress: Progress) -> Callable[[bytes, str], Reading]:
    """Return what reads the bytes of such a file; it raises Refusal, and keeps count of the pages."""
    left = MAX_PAGES

    def read(data: bytes, media_type: str) -> Reading:
        nonlocal left
        if left == 0:
            raise Refusal("part_not_read", f"more than {MAX_PAGES} pages within a file are not read at once")
        path = folder / _NAME
        path.write_bytes(data)
        pages = Pages(
            path,
            media_type,
            password=options.password,
            max_pixels=options.max_pixels,
            jpeg_quality=options.jpeg_quality,
        )
        count = min(pages.count, left)
        left -= count
        document = _document(pages, count, options, folder, progress)
        warnings = [_told(warning) for warning in document.warnings]
        if count < pages.count:
            message = f"Only the first {count} of {pages.count} pages were read. Send the file by itself."
            warnings.append(Warning(code="part_not_read", message=message))
        return Reading(blocks=[_unplaced(block) for block in flowing(document)], warnings=warnings)

    return read


def _document(pages: Pages, count: int, options: ParseOptions, folder: Path, progress: Progress) -> Document:
    """Return the document of the first pages; raises Refusal when none can be read."""
    seen: list[PageEvidence] = []
    hint: str | None = None
    for number in range(count):
        progress.alive()
        seen.append(reading.read(pages, number, options, hint, folder))
        hint = seen[-1].language or hint
    if all(page.source is Source.FAILED for page in seen):
        first = seen[0].warnings[0]
        raise Refusal(first.code, first.message)
    return assemble(iter(seen), pages.count, pages.title, pages.outline())


def _told(warning: Warning) -> Warning:
    """Return a warning with its page in words, since the document has no such page."""
    where = "" if warning.page is None else f"Page {warning.page}: "
    return Warning(code=warning.code, message=where + warning.message)


def _unplaced(block: Block) -> Block:
    """Return a block without its place on paper."""
    table = block.table
    if table is not None:
        cells = [msgspec.structs.replace(cell, bbox=None, words=NO_WORDS) for cell in table.cells]
        table = msgspec.structs.replace(table, cells=cells)
    return msgspec.structs.replace(block, bbox=None, words=NO_WORDS, table=table, continues=None)
