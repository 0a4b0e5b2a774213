"""Paragraphs and list items that go on in another column or on another page, past what stands between."""

from axelered_box.domain.documents import Kind
from axelered_box.modules.parse.drafts import Draft, replaced

_BETWEEN = frozenset({Kind.FIGURE, Kind.CAPTION, Kind.FOOTNOTE, Kind.TABLE})
_SENTENCE_END = (".", "!", "?", ":", ";", "…", "”", '"', "»")
_SAME_SIZE_PT = 0.6


def with_continuations(drafts: list[Draft]) -> list[Draft]:
    """Mark text that goes on from the page or column before; print of another size between is passed over."""
    done: list[Draft] = []
    last: dict[float, Draft] = {}
    for draft in drafts:
        size = draft.style.size
        before = last.get(size)
        goes_on = before is not None and _goes_on(before, draft)
        done.append(replaced(draft, continues=before.block.id) if before is not None and goes_on else draft)
        if draft.block.kind is Kind.HEADING:
            last.clear()
        elif draft.block.in_flow and draft.block.kind not in _BETWEEN:
            last[size] = draft
    return done


def _goes_on(last: Draft, draft: Draft) -> bool:
    """Tell whether a paragraph is the rest of the text before: that broke off, and this begins within a sentence."""
    before, block = last.block, draft.block
    if before.kind not in (Kind.PARAGRAPH, Kind.LIST_ITEM) or block.kind is not Kind.PARAGRAPH:
        return False
    if before.bbox is None or block.bbox is None or block.page - before.page > 1:
        return False
    elsewhere = before.page != block.page or block.bbox[1] < before.bbox[1]
    if not elsewhere or before.text.endswith(_SENTENCE_END) or not block.text:
        return False
    return block.text[0].islower() or (last.full and last.lines > 1 and not draft.indented and draft.lines > 1)
