"""Where on the printed pages a stretch of a paragraph stands."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

import msgspec

from axelered_box.domain.documents import Block, Box, Document, Word, WordRange
from axelered_box.modules.summarize.prose import Paragraph
from axelered_box.modules.summarize.sentences import Stretch

_LONGEST_NUMBER = 4
"""Letters and digits that the number of a list item has at most."""


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
    """Return the place of some characters of a block's text; that of the block where its words are other ones."""
    text = block.text[stretch[0] : stretch[1]]
    found = _found(_texts(document.words_of(block)), block.text[: stretch[0]], text, block.text)
    if found is None:
        return Place(page=block.page, bbox=block.bbox, quote=" ".join(text.split()))
    return at_words(document, block, (block.words[0] + found[0], block.words[0] + found[1]), text)


def _found(words: Sequence[str], before: str, text: str, whole: str) -> WordRange | None:
    """Return the words that a text is made of: those with the same signs, else with the same letters, else as many.

    The last is for words that are printed in another order, such as raised ones. Before a list item's words stands its
    number, which is not in its text.
    """
    for signs in (_signs, _letters):
        first = "".join(map(signs, words)).find(signs(text), len(signs(before)))
        if first >= 0 and signs(text):
            return _around([len(signs(word)) for word in words], first, len(signs(text)))
    sizes = [len(_letters(word)) for word in words]
    surplus = sum(sizes) - len(_letters(whole))
    if not 0 <= surplus <= _LONGEST_NUMBER or not _letters(text):
        return None
    return _around(sizes, len(_letters(before)) + surplus, len(_letters(text)))


def _around(sizes: Sequence[int], first: int, count: int) -> WordRange:
    """Return the words that hold `count` characters from the `first` one on, given the size of each word."""
    ends = list(accumulate(sizes))
    return bisect_right(ends, first), min(bisect_left(ends, first + count) + 1, len(sizes))


def whole_block(document: Document, block: Block) -> Place:
    """Return the place of all words of a block."""
    return at_words(document, block, block.words, block.text)


def at_words(document: Document, block: Block, range_: WordRange, text: str) -> Place:
    """Return the place of some words of a block's page; `text` is the quote where the file has no printed pages."""
    page = document.page(block.page)
    words = page.words[range_[0] : range_[1]] if page is not None else []
    if page is None or not words or not page.width:
        return Place(page=block.page, bbox=block.bbox, quote=" ".join(text.split()))
    return Place(page=block.page, bbox=_union(words), quote=" ".join(word.text for word in words))


def _texts(words: Sequence[Word]) -> list[str]:
    return [word.text for word in words]


def _signs(text: str) -> str:
    """Return a text without spaces, and without hyphens, which lines may end with."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _union(words: Sequence[Word]) -> Box:
    return (
        min(word.x0 for word in words),
        min(word.y0 for word in words),
        max(word.x1 for word in words),
        max(word.y1 for word in words),
    )
