"""Text that is printed across a page: watermarks such as DRAFT, which are no part of what one reads."""

from typing import Any

import msgspec

from axelered_box.domain.documents import Box, Word
from axelered_box.formats.evidence import Line, Region, Role, Run

_SLANT = 0.1
"""How far the direction of a slanted line is from level and from upright, at least."""


def regions_of(blocks: list[dict[str, Any]]) -> list[Region]:
    """Return a region for each slanted line of text blocks, as ``extractDICT`` gives them."""
    found = []
    for block in blocks:
        for line in block["lines"] if block["type"] == 0 else ():
            said = "".join(span["text"] for span in line["spans"])
            if said.strip() and min(abs(line["dir"][0]), abs(line["dir"][1])) > _SLANT:
                bbox = _box(line["bbox"])
                run = Run(text=said, size=round(max(span["size"] for span in line["spans"]), 1))
                found.append(Region(role=Role.WATERMARK, bbox=bbox, lines=[Line(bbox=bbox, runs=[run])]))
    return found


def with_words(regions: list[Region], across: list[Region]) -> list[Region]:
    """Return a page's regions, the words of slanted ones taken out of the others and into their own."""
    taken: list[list[Word]] = [[] for _ in across]
    done = []
    for region in regions:
        kept: list[Word] = []
        for word in region.words:
            place = next((place for place, other in enumerate(across) if _stands_in(word, other)), None)
            (kept if place is None else taken[place]).append(word)
        done.append(msgspec.structs.replace(region, words=kept))
    return done + [msgspec.structs.replace(region, words=own) for region, own in zip(across, taken, strict=True)]


def _stands_in(word: Word, region: Region) -> bool:
    x0, y0, x1, y1 = region.bbox
    inside = x0 <= (word.x0 + word.x1) / 2 <= x1 and y0 <= (word.y0 + word.y1) / 2 <= y1
    return inside and any(word.text in line.text for line in region.lines)


def _box(box: Any) -> Box:
    return (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))
