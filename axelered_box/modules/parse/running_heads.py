"""What stands at the top or bottom of page after page: running heads and feet, and page numbers."""

import re
from collections import Counter

from axelered_box.domain.documents import OUT_OF_FLOW, Kind, Page
from axelered_box.modules.parse.drafts import Draft, replaced

MARGIN = 0.12
"""The part of a page's height, at top and bottom, in which running heads and feet stand."""
REPEATS = 3
"""On how many pages a line must stand to be a running head."""
_LONGEST = 200
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:(?:page|seite|pagina|página|p\.?|s\.?)\s*)?(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:of|von|de|sur|di|/|\|)\s*\d{1,4})?\W*$",
    re.IGNORECASE,
)


def is_page_number(text: str) -> bool:
    """Tell whether a running head or foot says nothing but the page's number."""
    return bool(_PAGE_NUMBER.match(text))


def without_running_heads(pages: list[Page], drafted: list[list[Draft]]) -> list[list[Draft]]:
    """Mark what stands at the top or bottom of page after page as running heads and feet."""
    seen: Counter[tuple[str, bool]] = Counter()
    for page, own in zip(pages, drafted, strict=True):
        seen.update({key for draft in own if (key := _margin_key(page, draft))})
    needed = max(REPEATS, len(pages) // 3)

    def marked(page: Page, draft: Draft) -> Draft:
        key = _margin_key(page, draft)
        return _as_running_head(draft, at_top=key[1]) if key is not None and seen[key] >= needed else draft

    return [
        _with_something_to_read([marked(page, draft) for draft in own])
        for page, own in zip(pages, drafted, strict=True)
    ]


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


def _with_something_to_read(own: list[Draft]) -> list[Draft]:
    """Return a page's blocks; where the model took all there is for running heads, they are its text."""
    if any(draft.block.in_flow for draft in own):
        return own
    heads = (Kind.PAGE_HEADER, Kind.PAGE_FOOTER)
    return [replaced(draft, kind=Kind.PARAGRAPH) if draft.block.kind in heads else draft for draft in own]
