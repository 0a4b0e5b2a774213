"""Side notes: what stands in a page's margin beside the text, read after it and not within it."""

from collections import Counter

from axelered_box.domain.documents import Box, Kind
from axelered_box.modules.parse.drafts import Draft, Style, replaced

_TOLERANCE_PT = 6
_LEAST_TEXT = 0.85
"""The text column of a document holds at least this part of its letters."""
_WIDEST = 0.3
"""A margin is at most this part of the width from its outer edge to the other side of the text."""
_TEXT = frozenset({Kind.PARAGRAPH, Kind.LIST_ITEM})


def with_asides_last(drafted: list[list[Draft]], body: Style) -> list[list[Draft]]:
    """Return the pages' blocks, those in a margin beside the text after the others; no heading stands there."""
    text = _text_edges(drafted, body)
    if text is None:
        return drafted
    return [_aside_last(own, text) for own in drafted]


def _text_edges(drafted: list[list[Draft]], body: Style) -> tuple[float, float] | None:
    """Return the left and right edge of the text, where most of it has the same ones on all pages."""
    letters: Counter[tuple[int, int]] = Counter()
    for own in drafted:
        for draft in own:
            if draft.block.bbox is not None and draft.block.kind in _TEXT and draft.style == body and draft.lines > 1:
                letters[round(draft.block.bbox[0]), round(draft.block.bbox[2])] += len(draft.block.text)
    total = letters.total()
    if not total:
        return None
    left, right = letters.most_common(1)[0][0]
    alike = sum(
        count for (x0, x1), count in letters.items() if x0 >= left - _TOLERANCE_PT and x1 <= right + _TOLERANCE_PT
    )
    return (left, right) if alike >= _LEAST_TEXT * total else None


def _aside_last(own: list[Draft], text: tuple[float, float]) -> list[Draft]:
    """Return a page's blocks, those beside the text last."""
    beside = [_is_beside(draft.block.bbox, text) and draft.block.in_flow for draft in own]
    main = [draft for draft, aside in zip(own, beside, strict=True) if not aside]
    kinds = {draft.block.kind for draft in main}
    if not any(beside) or not kinds & _TEXT:
        return own
    return main + [_no_heading(draft) for draft, aside in zip(own, beside, strict=True) if aside]


def _is_beside(bbox: Box | None, text: tuple[float, float]) -> bool:
    """Tell whether a box stands wholly in the margin beside the text."""
    if bbox is None:
        return False
    left, right = text
    width = bbox[2] - bbox[0]
    is_left = bbox[2] <= left + _TOLERANCE_PT and width <= _WIDEST * (right - bbox[0])
    is_right = bbox[0] >= right - _TOLERANCE_PT and width <= _WIDEST * (bbox[2] - left)
    return is_left or is_right


def _no_heading(draft: Draft) -> Draft:
    if draft.block.kind is not Kind.HEADING:
        return draft
    return replaced(draft, kind=Kind.PARAGRAPH, level=None)
