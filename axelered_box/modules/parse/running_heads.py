"""Running heads and feet, and page numbers: what repeats from page to page, or stands apart in a page's margin."""

import re
from collections import Counter

import msgspec

from axelered_box.domain.documents import OUT_OF_FLOW, Box, Kind, Page, Source, Word
from axelered_box.formats.evidence import PageEvidence, Region, Role
from axelered_box.modules.parse.drafts import Draft, Style, around, deal_to_lines, replaced

MARGIN = 0.12
"""The part of a page's height, at top and bottom, in which running heads and feet stand."""
REPEATS = 3
"""On how many pages a line must stand to be a running head."""
_SHORT_DOCUMENT = 5
"""In a document of so many pages two are enough."""
_LONGEST = 200
_FEWEST_WORDS = 3
_PARTS_APART = 2.5
"""The parts of a running head are further apart than this many times its height."""
_FOOT_FROM = 0.88
_FOOT_LETTERS = 60
_FOOT_SIZE = 0.95
_FOOT_GAP = 2.0
"""A foot stands this many times its height below the text, at least."""
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:(?:page|seite|pagina|página|p\.?|s\.?)\s*)?(?:\d{1,5}|[ivxlc]{1,7})"
    r"(?:\s*(?:of|von|de|sur|di|/|\|)\s*\d{1,4})?\W*$",
    re.IGNORECASE,
)


def is_page_number(text: str) -> bool:
    """Tell whether a running head or foot says nothing but the page's number."""
    return bool(_PAGE_NUMBER.match(text))


def split_off(seen: PageEvidence) -> list[Region]:
    """Return a page's regions, a running head or foot that stands in one region with the text parted from it.

    It is told by a page number at its end, far from the rest of its line.
    """
    regions = list(seen.regions)
    texts = _texts(regions)
    for role, first in ((Role.PAGE_HEADER, True), (Role.PAGE_FOOTER, False)):
        edge = min if first else max
        if not texts:
            break
        place = edge(texts, key=lambda place: regions[place].lines[0 if first else -1].bbox[1])
        lines = regions[place].lines
        groups = [lines[:1], lines[1:]] if first else [lines[:-1], lines[-1:]]
        words = deal_to_lines(regions[place].words, groups)
        at = 0 if first else 1
        if not _is_outermost(groups[at][0].bbox, regions, seen.height):
            continue
        if _has_page_number_apart(words[at]):
            split = [
                msgspec.structs.replace(regions[place], lines=group, words=own, bbox=around(group))
                for group, own in zip(groups, words, strict=True)
            ]
            split[at] = msgspec.structs.replace(split[at], role=role)
            regions[place : place + 1] = split
            texts = _texts(regions)
    return regions


def _texts(regions: list[Region]) -> list[int]:
    """Return the places of regions of several lines."""
    roles = (Role.TEXT, Role.PICTURE)
    return [place for place, region in enumerate(regions) if region.role in roles and len(region.lines) > 1]


def _is_outermost(bbox: Box, regions: list[Region], height: float) -> bool:
    """Tell whether a line stands in the upper or lower margin, and nothing further out."""
    middle = (bbox[1] + bbox[3]) / 2
    if middle <= height * MARGIN:
        return all(region.bbox[3] > middle for region in regions)
    return middle >= height * (1 - MARGIN) and all(region.bbox[1] < middle for region in regions)


def _has_page_number_apart(words: list[Word]) -> bool:
    """Tell whether a line begins or ends with a page number, far from what is next to it."""
    words = sorted(words, key=lambda word: word.x0)
    if len(words) < _FEWEST_WORDS:
        return False
    height = max(word.y1 - word.y0 for word in words)
    ends = ((words[0], words[1].x0 - words[0].x1), (words[-1], words[-1].x0 - words[-2].x1))
    return any(gap > _PARTS_APART * height and is_page_number(word.text) for word, gap in ends)


def without_running_heads(pages: list[Page], drafted: list[list[Draft]], body: Style) -> list[list[Draft]]:
    """Mark what stands at the top or bottom of page after page, and small print below the text, as heads and feet."""
    seen: Counter[tuple[str, bool]] = Counter()
    for page, own in zip(pages, drafted, strict=True):
        seen.update({key for draft in own if (key := _margin_key(page, draft))})
    needed = max(REPEATS, len(pages) // 3) if len(pages) > _SHORT_DOCUMENT else 2

    def marked(page: Page, draft: Draft, numbers: list[Box]) -> Draft:
        key = _margin_key(page, draft)
        if key is None:
            return draft
        is_number = draft.block.kind is Kind.HEADING and draft.block.bbox in numbers
        if seen[key] < needed and not is_number and not _is_beside(draft.block.bbox, numbers):
            return draft
        return _as_running_head(draft, at_top=key[1])

    marked_pages = [
        _without_foot(page, [marked(page, draft, _page_numbers(page, own)) for draft in own], body)
        for page, own in zip(pages, drafted, strict=True)
    ]
    if len(pages) == 1 and pages[0].source is Source.OCR:
        return [_with_foot(own) for own in marked_pages]
    return [_with_something_to_read(own) for own in marked_pages]


def _page_numbers(page: Page, own: list[Draft]) -> list[Box]:
    """Return where page numbers stand in a page's upper and lower margin."""
    return [
        draft.block.bbox
        for draft in own
        if draft.block.bbox is not None and is_page_number(draft.block.text) and _margin_key(page, draft) is not None
    ]


def _is_beside(bbox: Box | None, numbers: list[Box]) -> bool:
    """Tell whether a box stands on the line of a page number."""
    if bbox is None or bbox in numbers:
        return False
    middle = (bbox[1] + bbox[3]) / 2
    return any(number[1] - 2 <= middle <= number[3] + 2 for number in numbers)


def _without_foot(page: Page, own: list[Draft], body: Style) -> list[Draft]:
    """Mark one short line of small print, alone at the bottom of a page, as its foot."""
    if page.source is not Source.DIGITAL:
        return own
    placed = [
        draft
        for draft in own
        if draft.block.in_flow and draft.block.bbox is not None and draft.block.kind is not Kind.FIGURE
    ]
    if len(placed) <= 1:
        return own
    lowest = max(placed, key=lambda draft: draft.block.bbox[3] if draft.block.bbox else 0.0)
    bbox = lowest.block.bbox or (0.0, 0.0, 0.0, 0.0)
    above = max(draft.block.bbox[3] for draft in placed if draft is not lowest and draft.block.bbox)
    alone = bbox[1] - above >= _FOOT_GAP * (bbox[3] - bbox[1]) and bbox[1] >= _FOOT_FROM * page.height
    small = 0 < lowest.style.size < _FOOT_SIZE * body.size and lowest.lines == 1
    short = len(lowest.block.text) <= _FOOT_LETTERS and lowest.block.kind is Kind.PARAGRAPH
    if not (alone and small and short):
        return own
    return [_as_running_head(draft, at_top=False) if draft is lowest else draft for draft in own]


def _margin_key(page: Page, draft: Draft) -> tuple[str, bool] | None:
    """Return what a block in the margin says and whether it is at the top; None elsewhere.

    Numbers don't count, except in headings: chapters are numbered too.
    """
    bbox = draft.block.bbox
    if bbox is None or draft.block.kind in (Kind.TABLE, Kind.FIGURE) or len(draft.block.text) > _LONGEST:
        return None
    at_top = bbox[3] <= page.height * MARGIN
    if not at_top and bbox[1] < page.height * (1 - MARGIN):
        return None
    said = draft.block.text
    return said if draft.block.kind is Kind.HEADING else _DIGITS.sub("#", said), at_top


def _as_running_head(draft: Draft, *, at_top: bool) -> Draft:
    """Return a block as a running head or foot, or as a page number if it says nothing else."""
    if draft.block.kind in OUT_OF_FLOW:
        return draft
    kind = Kind.PAGE_HEADER if at_top else Kind.PAGE_FOOTER
    kind = Kind.PAGE_NUMBER if is_page_number(draft.block.text) else kind
    return replaced(draft, kind=kind, level=None, marker=None)


def _with_foot(own: list[Draft]) -> list[Draft]:
    """Return the blocks of a page that is a whole scanned document: nothing tells that what its foot says is repeated.

    That of a letter or an invoice has the address, the bank account and the tax number of who sent it.
    """
    return [replaced(draft, kind=Kind.PARAGRAPH) if draft.block.kind is Kind.PAGE_FOOTER else draft for draft in own]


def _with_something_to_read(own: list[Draft]) -> list[Draft]:
    """Return a page's blocks; where the model took all there is for running heads, they are its text."""
    if any(draft.block.in_flow for draft in own):
        return own
    heads = (Kind.PAGE_HEADER, Kind.PAGE_FOOTER)
    return [replaced(draft, kind=Kind.PARAGRAPH) if draft.block.kind in heads else draft for draft in own]
