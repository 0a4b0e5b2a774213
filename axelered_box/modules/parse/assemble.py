"""The Document made of the evidence of its pages: what can only be decided over the whole."""

import re
from collections import Counter
from collections.abc import Iterable

import msgspec

from axelered_box.domain.documents import OUT_OF_FLOW, Block, Document, Kind, Page, Source, Warning, Word
from axelered_box.formats.evidence import PageEvidence, Role
from axelered_box.modules.parse.blocks import Draft, confidence, drafts, is_page_number

MARGIN = 0.12
"""The part of a page's height, at top and bottom, in which running heads and feet stand."""
REPEATS = 3
"""On how many pages a line must stand to be a running head."""
LEVELS = 6
_SAME_SIZE_PT = 0.6
_ITEM_STEP_PT = 9
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = (".", "!", "?", ":", ";", "…", "”", '"', "»")


def assemble(evidence: Iterable[PageEvidence], page_count: int, title: str | None = None) -> Document:
    """Return the document; `title` is what the file calls itself, used when no heading does."""
    pages: list[Page] = []
    drafted: list[list[Draft]] = []
    warnings: list[Warning] = []
    for seen in evidence:
        warnings.extend(seen.warnings)
        page, own = _page(seen)
        pages.append(page)
        drafted.append(own)
    drafted = [_with_something_to_read(own) for own in _without_running_heads(pages, drafted)]
    drafted = _with_levels(drafted)
    blocks = [draft.block for own in drafted for draft in own]
    blocks = _with_continuations(blocks)
    return Document(
        title=_title(blocks) or title,
        languages=_languages(pages),
        page_count=page_count,
        pages=pages,
        blocks=blocks,
        warnings=warnings,
    )


def _page(seen: PageEvidence) -> tuple[Page, list[Draft]]:
    """Return a page with its words in the order of its blocks, and the blocks."""
    words: list[Word] = []
    own: list[Draft] = []
    for draft in drafts(seen):
        if not draft.block.text and draft.block.kind is not Kind.FIGURE:
            continue
        start = len(words)
        words.extend(draft.words)
        table = draft.block.table
        if table is not None:
            cells = [
                msgspec.structs.replace(cell, words=(cell.words[0] + start, cell.words[1] + start))
                for cell in table.cells
            ]
            table = msgspec.structs.replace(table, cells=cells)
        block = msgspec.structs.replace(
            draft.block, id=f"{seen.page + 1}.{len(own) + 1}", words=(start, len(words)), table=table
        )
        own.append(msgspec.structs.replace(draft, block=block, words=[]))
    words.extend(seen.loose_words)
    page = Page(
        number=seen.page + 1,
        width=seen.width,
        height=seen.height,
        rotation=seen.rotation,
        skew=seen.skew,
        source=seen.source,
        quality=_quality(seen.source, words) if seen.quality is None else seen.quality,
        language=seen.language,
        words=words,
    )
    return page, own


def _quality(source: Source, words: list[Word]) -> float:
    """Return how well a page's words could be read, 0 to 1."""
    if source is Source.FAILED:
        return 0.0
    if source is Source.OCR:
        return confidence(words) if words else 0.0
    letters = sum(len(word.text) for word in words)
    unread = sum(word.text.count("\ufffd") for word in words)
    return round(1 - unread / letters, 3) if letters else 1.0


def _without_running_heads(pages: list[Page], drafted: list[list[Draft]]) -> list[list[Draft]]:
    """Mark what stands at the top or bottom of page after page as running heads and feet."""
    seen: Counter[tuple[str, bool]] = Counter()
    for page, own in zip(pages, drafted, strict=True):
        seen.update({key for draft in own if (key := _margin_key(page, draft))})
    needed = max(REPEATS, len(pages) // 3)

    def marked(page: Page, draft: Draft) -> Draft:
        key = _margin_key(page, draft)
        return _as_running_head(draft, key[1]) if key is not None and seen[key] >= needed else draft

    return [[marked(page, draft) for draft in own] for page, own in zip(pages, drafted, strict=True)]


def _margin_key(page: Page, draft: Draft) -> tuple[str, bool] | None:
    """Return what a block in the margin says and whether it is at the top; None elsewhere.

    Numbers don't count, except in headings: chapters are numbered too.
    """
    bbox = draft.block.bbox
    if bbox is None or draft.block.kind in (Kind.TABLE, Kind.FIGURE) or len(draft.block.text) > 200:
        return None
    at_top = bbox[3] <= page.height * MARGIN
    if not at_top and bbox[1] < page.height * (1 - MARGIN):
        return None
    said = draft.block.text
    return said if draft.block.kind is Kind.HEADING else _DIGITS.sub("#", said), at_top


def _as_running_head(draft: Draft, at_top: bool) -> Draft:
    """Return a block as a running head or foot, or as a page number if it says nothing else."""
    if draft.block.kind in OUT_OF_FLOW:
        return draft
    kind = Kind.PAGE_HEADER if at_top else Kind.PAGE_FOOTER
    kind = Kind.PAGE_NUMBER if is_page_number(draft.block.text) else kind
    return _replaced(draft, kind=kind, level=None, marker=None)


def _with_something_to_read(own: list[Draft]) -> list[Draft]:
    """Return a page's blocks; where the model took all there is for running heads, they are its text."""
    if any(draft.block.in_flow for draft in own):
        return own
    heads = (Kind.PAGE_HEADER, Kind.PAGE_FOOTER)
    return [_replaced(draft, kind=Kind.PARAGRAPH) if draft.block.kind in heads else draft for draft in own]


def _with_levels(drafted: list[list[Draft]]) -> list[list[Draft]]:
    """Give headings and list items their levels."""
    steps = _size_steps(draft for own in drafted for draft in own if draft.block.kind is Kind.HEADING)
    return [_with_item_levels([_with_heading_level(draft, steps) for draft in own]) for own in drafted]


def _size_steps(headings: Iterable[Draft]) -> list[float]:
    """Return the font sizes of headings, largest first, those that hardly differ taken as one."""
    steps: list[float] = []
    for size in sorted({draft.size for draft in headings}, reverse=True):
        if not steps or steps[-1] - size > _SAME_SIZE_PT:
            steps.append(size)
    return steps


def _with_heading_level(draft: Draft, steps: list[float]) -> Draft:
    """Return a heading with the level that its font size has among all headings."""
    if draft.block.kind is not Kind.HEADING:
        return draft
    level = 1 + sum(step - draft.size > _SAME_SIZE_PT for step in steps)
    level = 1 if draft.role is Role.TITLE else level
    return _replaced(draft, level=min(level, LEVELS))


def _with_item_levels(own: list[Draft]) -> list[Draft]:
    """Give the list items of a page their depth: within a run of items, by how far they are indented."""
    done: list[Draft] = []
    indents: list[float] = []
    for draft in own:
        block = draft.block
        if block.kind is not Kind.LIST_ITEM or block.bbox is None:
            if block.kind not in OUT_OF_FLOW:
                indents = []
            done.append(draft)
            continue
        left = block.bbox[0]
        while indents and left < indents[-1] - _ITEM_STEP_PT:
            indents.pop()
        if not indents or left > indents[-1] + _ITEM_STEP_PT:
            indents.append(left)
        done.append(_replaced(draft, level=min(len(indents), LEVELS)))
    return done


def _with_continuations(blocks: list[Block]) -> list[Block]:
    """Mark paragraphs that go on from the page or column before."""
    done: list[Block] = []
    last: Block | None = None
    for block in blocks:
        goes_on = last is not None and block.kind is Kind.PARAGRAPH and _goes_on(last, block)
        done.append(msgspec.structs.replace(block, continues=last.id) if last is not None and goes_on else block)
        if block.in_flow and block.kind not in (Kind.FIGURE, Kind.CAPTION, Kind.FOOTNOTE, Kind.TABLE):
            last = block
    return done


def _goes_on(last: Block, block: Block) -> bool:
    """Tell whether a paragraph is the rest of the one before: it broke off, and this begins within a sentence."""
    if last.kind is not Kind.PARAGRAPH or last.bbox is None or block.bbox is None:
        return False
    elsewhere = last.page != block.page or block.bbox[1] < last.bbox[1]
    return elsewhere and block.text[:1].islower() and not last.text.endswith(_SENTENCE_END)


def _replaced(draft: Draft, **changes: object) -> Draft:
    """Return a draft with changes of its block."""
    return msgspec.structs.replace(draft, block=msgspec.structs.replace(draft.block, **changes))


def _title(blocks: list[Block]) -> str | None:
    """Return the first heading of the highest level."""
    headings = [block for block in blocks if block.kind is Kind.HEADING and block.level is not None]
    return min(headings, key=lambda block: block.level or LEVELS).text if headings else None


def _languages(pages: list[Page]) -> list[str]:
    """Return the pages' languages, the most frequent first."""
    return [code for code, _ in Counter(page.language for page in pages if page.language).most_common()]
