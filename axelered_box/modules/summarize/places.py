"""Where on the printed pages a stretch of a paragraph stands."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

import msgspec

from axelered_box.domain.documents import Block, Box, Document, Word, WordRange
from axelered_box.modules.summarize.prose import Paragraph
from axelered_box.modules.summarize.sentences import Stretch


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """The words that say something, on one page."""

    page: int
    """Counted from 1."""
    bbox: Box | None
    """The union of the words' boxes; None where the file has no printed pages."""
    quote: str
    """The document's own words, one space between."""


def places(document: Document, paragraph: Paragraph, stretch: Stretch) -> list[Place]:
    """Return where a stretch of a paragraph stands: one place, or one for each block that it goes over."""
    found = []
    ends = [piece.start for piece in paragraph.pieces[1:]] + [len(paragraph.text)]
    for piece, end in zip(paragraph.pieces, ends, strict=True):
        start, stop = max(stretch[0], piece.start), min(stretch[1], end)
        if start < stop and paragraph.text[start:stop].strip():
            found.append(in_block(document, piece.block, (start - piece.start, stop - piece.start)))
    return found


def in_block(document: Document, block: Block, stretch: Stretch) -> Place:
    """Return the place of some characters of a block's text: its words have the same letters in the same order."""
    text = block.text[stretch[0] : stretch[1]]
    words = document.words_of(block)
    counted = next((count for count in (_signs, _letters) if sum(map(count, _texts(words))) == count(block.text)), None)
    if counted is None:
        return Place(page=block.page, bbox=block.bbox, quote=" ".join(text.split()))
    first = counted(block.text[: stretch[0]])
    last = first + counted(text)
    ends = list(accumulate(map(counted, _texts(words))))
    start, stop = bisect_right(ends, first), bisect_left(ends, last) + 1
    return at_words(document, block, [(block.words[0] + start, min(block.words[0] + stop, block.words[1]))], text)


def whole_block(document: Document, block: Block) -> Place:
    """Return the place of all words of a block."""
    return at_words(document, block, [block.words], block.text)


def at_words(document: Document, block: Block, ranges: Sequence[WordRange], text: str) -> Place:
    """Return the place of some words of a block's page; `text` is the quote where the file has no printed pages."""
    page = document.page(block.page)
    words = [word for start, end in ranges for word in page.words[start:end]] if page is not None else []
    if page is None or not words or not page.width:
        return Place(page=block.page, bbox=block.bbox, quote=" ".join(text.split()))
    return Place(page=block.page, bbox=_union(words), quote=" ".join(word.text for word in words))


def _texts(words: Sequence[Word]) -> list[str]:
    return [word.text for word in words]


def _signs(text: str) -> int:
    """Return how many characters a text has but for spaces and hyphens, which lines end with."""
    return sum(not sign.isspace() and sign not in "-\u00ad\u2010" for sign in text)


def _letters(text: str) -> int:
    return sum(sign.isalnum() for sign in text)


def _union(words: Sequence[Word]) -> Box:
    return (
        min(word.x0 for word in words),
        min(word.y0 for word in words),
        max(word.x1 for word in words),
        max(word.y1 for word in words),
    )
