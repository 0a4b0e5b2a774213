"""A document's text as one string in reading order, with the way back to the words of its pages."""

import re
from bisect import bisect_right
from collections.abc import Iterator

import msgspec

from axelered_box.domain.documents import Block, Document, Kind, WordRange
from axelered_box.modules.citing import Citation, Stretch, cite, stretch


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A block or cell within the running text."""

    start: int
    """Where it begins in the running text."""
    stretch: Stretch
    kind: Kind
    block: int
    """Its block's place in ``Document.blocks``."""


class RunningText(msgspec.Struct, frozen=True, kw_only=True):
    """The blocks and cells of a document, each on a line of its own."""

    document: Document
    text: str
    parts: tuple[Part, ...]
    starts: tuple[int, ...]

    def citation(self, start: int, end: int) -> Citation | None:
        """Return the citation of some characters; None when they are in no single block or cell."""
        part = self.part(start)
        if part is None or end > part.start + len(part.stretch.text):
            return None
        return cite(self.document, part.stretch, start - part.start, end - part.start)

    def part(self, at: int) -> Part | None:
        """Return the block or cell that a character is in."""
        number = bisect_right(self.starts, at) - 1
        return self.parts[number] if number >= 0 else None


def running_text(document: Document, *, lines: bool = False) -> RunningText:
    """Return the text of a document without what repeats on each page; with `lines`, line feeds stay within blocks."""
    parts: list[Part] = []
    length = 0
    for place, block in enumerate(document.blocks):
        if block.in_flow:
            for one in _stretches(document, place, block, lines=lines):
                parts.append(Part(start=length, stretch=one, kind=block.kind, block=place))
                length += len(one.text) + 1
    return RunningText(
        document=document,
        text="\n".join(part.stretch.text for part in parts),
        parts=tuple(parts),
        starts=tuple(part.start for part in parts),
    )


def _stretches(document: Document, place: int, block: Block, *, lines: bool) -> Iterator[Stretch]:
    page = document.page(block.page)
    pieces = [(block.text, block.words)]
    if block.table is not None:
        pieces = [(cell.text, cell.words) for cell in block.table.cells]
    for text, words in pieces:
        if page is not None and page.width > 0 and words[0] < words[1]:
            yield stretch(page, words, place, lines=lines)
        elif text.strip():
            yield _unprinted(text, words, Stretch(text="", page=block.page, block=place), lines=lines)


def _unprinted(text: str, words: WordRange, place: Stretch, *, lines: bool) -> Stretch:
    """Return a text without a printed place as a stretch, tied to its words where it has as many."""
    kept = "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())
    said = kept if lines else kept.replace("\n", " ")
    starts = tuple(match.start() for match in re.finditer(r"\S+", said))
    if len(starts) != words[1] - words[0]:
        return msgspec.structs.replace(place, text=said)
    return msgspec.structs.replace(place, text=said, words=words, starts=starts)
