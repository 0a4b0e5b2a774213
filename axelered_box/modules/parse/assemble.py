"""The Document made of the evidence of its pages: what can only be decided over the whole."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from axelered_box.domain.documents import OUT_OF_FLOW, Block, Document, Kind, Page, Source, Word
from axelered_box.formats.evidence import PageEvidence
from axelered_box.formats.hyphens import Hyphens
from axelered_box.modules.parse import print_sizes
from axelered_box.modules.parse.asides import with_asides_last
from axelered_box.modules.parse.blocks import confidence, drafts
from axelered_box.modules.parse.continuations import with_continuations
from axelered_box.modules.parse.drafts import Draft, replaced
from axelered_box.modules.parse.floats import with_floats_placed
from axelered_box.modules.parse.heading_levels import LEVELS, Outline
from axelered_box.modules.parse.headings import body_style, with_headings
from axelered_box.modules.parse.notes import with_notes_tied
from axelered_box.modules.parse.running_heads import without_running_heads
from axelered_box.modules.parse.strayed_captions import with_captions_put_back
from axelered_box.modules.parse.table_joining import with_table_continuations

_ITEM_STEP_PT = 9


def assemble(
    evidence: Iterable[PageEvidence], page_count: int, title: str | None = None, outline: Outline | None = None
) -> Document:
    """Return the document; `title` is what the file calls itself, used when no heading does."""
    seen = print_sizes.evened(list(evidence))
    known = _hyphens(seen)
    pages: list[Page] = []
    drafted: list[list[Draft]] = []
    for found in seen:
        page, own = _page(found, known)
        pages.append(page)
        drafted.append(own)
    drafted = with_headings(without_running_heads(pages, drafted, body_style(drafted)), outline or [])
    body = body_style(drafted)
    drafted = with_asides_last(drafted, body)
    flat = with_continuations([draft for own in drafted for draft in _with_item_levels(own)])
    flat = _with_tables_joined(with_notes_tied(flat))
    blocks = [draft.block for draft in with_floats_placed(with_captions_put_back(flat), body)]
    return Document(
        title=_title(blocks) or title,
        languages=_languages(pages),
        page_count=page_count,
        pages=pages,
        blocks=blocks,
        warnings=[warning for found in seen for warning in found.warnings],
    )


def _with_tables_joined(drafts: list[Draft]) -> list[Draft]:
    """Mark tables that are the rest of one on the page before."""
    blocks = with_table_continuations(draft.block for draft in drafts)
    return [msgspec.structs.replace(draft, block=block) for draft, block in zip(drafts, blocks, strict=True)]


def _hyphens(seen: list[PageEvidence]) -> Hyphens:
    """Return what the lines of all pages show about hyphens."""
    spoken = Counter(found.language for found in seen if found.language)
    known = Hyphens(spoken.most_common(1)[0][0] if spoken else None)
    for found in seen:
        for region in found.regions:
            known.learn(line.text for line in region.lines)
    return known


def _page(seen: PageEvidence, known: Hyphens) -> tuple[Page, list[Draft]]:
    """Return a page with its words in the order of its blocks, and the blocks."""
    words: list[Word] = []
    own: list[Draft] = []
    for draft in drafts(seen, known):
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
        if draft.level is not None:
            done.append(replaced(draft, level=min(draft.level, LEVELS)))
            continue
        left = block.bbox[0]
        while indents and left < indents[-1] - _ITEM_STEP_PT:
            indents.pop()
        if not indents or left > indents[-1] + _ITEM_STEP_PT:
            indents.append(left)
        done.append(replaced(draft, level=min(len(indents), LEVELS)))
    return done


def _title(blocks: list[Block]) -> str | None:
    """Return the first heading of the highest level."""
    headings = [block for block in blocks if block.kind is Kind.HEADING and block.level is not None]
    return min(headings, key=lambda block: block.level or LEVELS).text if headings else None


def _languages(pages: list[Page]) -> list[str]:
    """Return the pages' languages, the most frequent first."""
    return [code for code, _ in Counter(page.language for page in pages if page.language).most_common()]
