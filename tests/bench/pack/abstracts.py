"""A document without its abstract, so that a summary of it can be held against the abstract."""

import re
from dataclasses import dataclass

from msgspec.structs import replace

from axelered_box.domain.documents import Block, Document, Kind

GRAM = 5
"""Words in a row by which texts are told to be the same."""
MOST_OF_BLOCK = 0.5
MUCH_OF_ABSTRACT = 0.2
"""A block goes that has so much of its own words in the abstract, or so much of the abstract in it."""
_HEADING = re.compile(r"\W*(structured )?(abstract|summary|zusammenfassung|résumé|resumen|riassunto|sommario)\W*", re.I)


@dataclass(frozen=True)
class Cut:
    """A document without an abstract, and how much of the abstract was found in what was cut, 0 to 1."""

    document: Document
    found: float
    body: list[Block]
    """What follows the abstract; all where there is none."""


def cut(document: Document, abstract: str) -> Cut:
    """Return a document without the blocks that an abstract stands in, and without the heading before them."""
    wanted = _grams(abstract)
    gone = [place for place, block in enumerate(document.blocks) if _is_of(block, wanted)]
    heads = [place - 1 for place in gone if place and _HEADING.fullmatch(document.blocks[place - 1].text)]
    left = [block for place, block in enumerate(document.blocks) if place not in {*gone, *heads}]
    taken = set[tuple[str, ...]]().union(*[_grams(document.blocks[place].text) for place in gone])
    share = len(taken & wanted) / max(1, len(wanted))
    first = gone[0] if gone else 0
    body = [block for place, block in enumerate(document.blocks) if place >= first and place not in gone]
    return Cut(replace(document, blocks=left), share, body)


def _is_of(block: Block, wanted: set[tuple[str, ...]]) -> bool:
    own = _grams(block.text)
    if not own or not wanted or block.kind == Kind.HEADING:
        return False
    common = len(own & wanted)
    return common / len(own) >= MOST_OF_BLOCK or common / len(wanted) >= MUCH_OF_ABSTRACT


def _grams(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[place : place + GRAM]) for place in range(len(words) - GRAM + 1)}
