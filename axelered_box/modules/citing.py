"""Where a document says something: stretches of its text tied to its printed words, and citations made from them."""

from bisect import bisect_right
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from axelered_box.domain.documents import NO_WORDS, Block, Box, Document, Page, Word, WordRange


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """A text that stands in one place: a line, a block, a cell.

    On a printed page its text is its words with one space between; else it is the file's own text, and has no words.
    """

    text: str
    page: int
    """Counted from 1."""
    block: int
    """Its block's place in ``Document.blocks``."""
    words: WordRange = NO_WORDS
    """Its words among those of its page; equal ends where the file has no printed pages."""
    starts: tuple[int, ...] = ()
    """Of each word, where it begins in the text."""

    def word_range(self, start: int, end: int) -> WordRange:
        """Return the words that the characters from `start` to before `end` lie in."""
        if not self.starts or end <= start:
            return NO_WORDS
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = max(bisect_right(self.starts, end - 1) - 1, 0)
        return (self.words[0] + first, self.words[0] + last + 1)


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """The words that say something, on one page."""

    page: int
    quote: str
    """The document's own words, one space between."""
    bbox: Box | None = None
    """The union of the words' boxes; None where the file has no printed pages."""
    read: float = 1.0
    """How surely the words were read, 0 to 1."""
    words: WordRange = NO_WORDS


def stretch(page: Page, words: WordRange, block: int, *, lines: bool = False) -> Stretch:
    """Return the words of a page as a stretch; with `lines`, a line feed stands before a word on a new line."""
    starts: list[int] = []
    parts: list[str] = []
    length = 0
    previous: Word | None = None
    for word in page.words[words[0] : words[1]]:
        if previous is not None:
            parts.append("\n" if lines and not on_line(previous, word) else " ")
            length += 1
        starts.append(length)
        parts.append(word.text)
        length += len(word.text)
        previous = word
    return Stretch(text="".join(parts), page=page.number, block=block, words=words, starts=tuple(starts))


def without_places(document: Document) -> Document:
    """Return a document whose pages without a size, those of a file that has no printed ones, are left out.

    Its blocks and cells then have their text alone: the zeros that stand for the places of its words are no places.
    """
    if any(page.width > 0 and page.height > 0 for page in document.pages):
        return document
    return replace(document, pages=[], blocks=[_without_words(block) for block in document.blocks])


def _without_words(block: Block) -> Block:
    table = block.table
    if table is not None:
        table = replace(table, cells=[replace(cell, words=NO_WORDS) for cell in table.cells])
    return replace(block, words=NO_WORDS, table=table)


def on_line(one: Word, other: Word) -> bool:
    """Tell whether a word goes on in the line of the one before it."""
    low, high = sorted((one, other), key=lambda word: word.y1 - word.y0)
    middle, slack = (low.y0 + low.y1) / 2, (high.y1 - high.y0) / 5
    return high.y0 - slack <= middle <= high.y1 + slack and other.x1 > one.x0


def cite(document: Document, place: Stretch, start: int = 0, end: int | None = None) -> Citation:
    """Return the citation of the characters from `start` to before `end` of a stretch; whole words are cited."""
    end = len(place.text) if end is None else end
    words = place.word_range(start, end)
    page = document.page(place.page)
    if page is None or words[0] == words[1]:
        return Citation(page=place.page, quote=" ".join(place.text[start:end].split()))
    cited = page.words[words[0] : words[1]]
    return Citation(
        page=place.page,
        quote=" ".join(word.text for word in cited),
        bbox=union(cited),
        read=confidence(cited),
        words=words,
    )


def union(words: list[Word]) -> Box:
    """Return the smallest box around some words, at least one."""
    return (
        min(word.x0 for word in words),
        min(word.y0 for word in words),
        max(word.x1 for word in words),
        max(word.y1 for word in words),
    )


def confidence(words: list[Word]) -> float:
    """Return how surely a text of these words was read: the mean by letters, and no better than its worst word by much.

    One misread word spoils a value however many others are right, so the worst counts as much as the mean.
    """
    letters = sum(len(word.text) for word in words) or 1
    mean = sum(word.confidence * len(word.text) for word in words) / letters
    return round((mean + min(word.confidence for word in words)) / 2, 4)


def supports(document: Document, citation: Citation) -> bool:
    """Tell whether the quote is what the page says at the box: its words, in their order, each within the box."""
    if citation.bbox is None:
        return any(citation.quote in " ".join(text.split()) for block in document.blocks for text in _texts(block))
    page = document.page(citation.page)
    if page is None or citation.words[0] == citation.words[1]:
        return False
    cited = page.words[citation.words[0] : citation.words[1]]
    return " ".join(word.text for word in cited) == citation.quote and union(cited) == citation.bbox


def _texts(block: Block) -> Iterator[str]:
    yield block.text
    if block.table is not None:
        yield from (cell.text for cell in block.table.cells)
