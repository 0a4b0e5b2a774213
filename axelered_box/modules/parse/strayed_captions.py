"""Captions that the reading order has torn from their table or figure: they are put back beside it."""

from axelered_box.domain.documents import Box, Kind
from axelered_box.modules.parse.drafts import Draft

_NEAR_PT = 24.0
"""How far a caption stands from its table or figure at most."""
_OVERLAP_PT = 4.0
_OVER = 0.5
"""The part of the narrower one's width that both have in common."""
_FLOATING = frozenset({Kind.TABLE, Kind.FIGURE})


def with_captions_put_back(drafts: list[Draft]) -> list[Draft]:
    """Return a document's blocks, each caption next to the table or figure above or below which it is printed."""
    placed = list(drafts)
    for caption in drafts:
        place = next(at for at, draft in enumerate(placed) if draft is caption)
        if caption.block.kind is not Kind.CAPTION or _is_beside_float(placed, place):
            continue
        near = [
            (gap, is_below, at)
            for at, draft in enumerate(placed)
            if draft.block.kind in _FLOATING and draft.block.page == caption.block.page and not _has_caption(placed, at)
            for gap, is_below in _gaps(caption.block.bbox, draft.block.bbox)
        ]
        if near:
            _, is_below, at = min(near)
            target = placed[at]
            placed.pop(place)
            placed.insert(next(i for i, draft in enumerate(placed) if draft is target) + (not is_below), caption)
    return placed


def _is_beside_float(drafts: list[Draft], place: int) -> bool:
    return any(draft.block.kind in _FLOATING for draft in _neighbours(drafts, place))


def _has_caption(drafts: list[Draft], place: int) -> bool:
    return any(draft.block.kind is Kind.CAPTION for draft in _neighbours(drafts, place))


def _neighbours(drafts: list[Draft], place: int) -> list[Draft]:
    """Return the blocks of the text before and after one."""
    before = next((draft for draft in reversed(drafts[:place]) if draft.block.in_flow), None)
    after = next((draft for draft in drafts[place + 1 :] if draft.block.in_flow), None)
    return [draft for draft in (before, after) if draft is not None]


def _gaps(caption: Box | None, box: Box | None) -> list[tuple[float, bool]]:
    """Return how far a caption stands above or below a box, and whether the box is below; none if it does not."""
    if caption is None or box is None:
        return []
    common = min(caption[2], box[2]) - max(caption[0], box[0])
    if common < _OVER * min(caption[2] - caption[0], box[2] - box[0]):
        return []
    gaps = [(box[1] - caption[3], True), (caption[1] - box[3], False)]
    return [(max(gap, 0.0), is_below) for gap, is_below in gaps if -_OVERLAP_PT <= gap <= _NEAR_PT]
