"""How deep headings are: by the file's outline, their numbers and the styles they are printed in."""

import re
from collections import Counter
from collections.abc import Iterator

from axelered_box.domain.documents import Kind
from axelered_box.formats.evidence import Role
from axelered_box.modules.parse.drafts import Draft, Style, replaced
from axelered_box.modules.parse.headlines import NUMBERED

LEVELS = 6
SAME_SIZE_PT = 0.6
_NOT_WORDS = re.compile(r"[\W_]+")

Drafts = list[list[Draft]]
"""The blocks of each page."""
Outline = list[tuple[int, str]]
"""The entries of a file's outline: level and title."""


def with_levels(drafted: Drafts, outline: Outline) -> Drafts:
    """Give headings their levels."""
    ranks = _ranks(drafted)
    shifts = _shifts(drafted, ranks)
    named = {plain(title): level for level, title in outline}
    largest = max((draft.style.size for draft in headings_of(drafted)), default=0.0)
    top = 1 if any(_is_title(draft, largest) for draft in headings_of(drafted)) else 0

    def level_of(draft: Draft) -> int:
        said = plain(draft.block.text)
        if draft.level is not None:
            return draft.level
        if _is_title(draft, largest):
            return 1
        if said in named:
            return named[said] + top
        depth = _depth(draft)
        return shifts + depth if depth is not None else ranks[draft.style]

    return [
        [
            replaced(draft, level=max(1, min(level_of(draft), LEVELS))) if draft.block.kind is Kind.HEADING else draft
            for draft in own
        ]
        for own in drafted
    ]


def headings_of(drafted: Drafts) -> Iterator[Draft]:
    """Yield the headings of all pages."""
    return (draft for own in drafted for draft in own if draft.block.kind is Kind.HEADING)


def _is_title(draft: Draft, largest: float) -> bool:
    """Tell whether a heading that the layout model takes for a title is one: as large as any heading."""
    return draft.role is Role.TITLE and draft.style.size >= largest - SAME_SIZE_PT


def _ranks(drafted: Drafts) -> dict[Style, int]:
    """Return the level of each style of heading: the one that stands out most is the first."""
    ranks: dict[Style, int] = {}
    level, last = 0, None
    for style in sorted({draft.style for draft in headings_of(drafted)}, reverse=True):
        near = last is not None and last.size - style.size <= SAME_SIZE_PT
        same = (
            near and last is not None and (style.bold, style.caps, style.italic) == (last.bold, last.caps, last.italic)
        )
        level += not same
        ranks[style] = level
        last = style
    return ranks


def _depth(draft: Draft) -> int | None:
    """Return how deep a heading's number goes: 1 for ``2``, 2 for ``2.1``; None without a number."""
    found = NUMBERED.match(draft.block.text)
    if found is None:
        return None
    return found["number"].count(".") + 1 if found["number"] else 1


def _shifts(drafted: Drafts, ranks: dict[Style, int]) -> int:
    """Return by how much the levels of numbered headings are more than the depth of their numbers."""
    shifts = Counter(
        ranks[draft.style] - depth
        for draft in headings_of(drafted)
        if not draft.run_in and draft.role is not Role.TITLE and (depth := _depth(draft)) is not None
    )
    return max(0, min(shifts.most_common(1)[0][0], LEVELS)) if shifts else 0


def plain(text: str) -> str:
    """Return what is compared of two headings: their letters and digits."""
    return _NOT_WORDS.sub(" ", text).strip().lower()
