"""The blocks of a document that are read, one that goes on in another column or on another page as one."""

from collections.abc import Iterator

import msgspec

from axelered_box.domain.documents import Block, Document, Span
from axelered_box.formats import hyphens, table_parts


def flowing(document: Document) -> Iterator[Block]:
    """Yield the blocks that are read, a block that goes on elsewhere as one."""
    rest: dict[str, list[Block]] = {}
    heads: dict[str, str] = {}
    for block in document.blocks:
        if block.continues is not None:
            head = heads.get(block.continues, block.continues)
            heads[block.id] = head
            rest.setdefault(head, []).append(block)
    for block in document.blocks:
        if block.in_flow and block.continues is None:
            yield _whole(block, rest.get(block.id, []))


def _whole(block: Block, rest: list[Block]) -> Block:
    """Return a block with those that go on from it."""
    for more in rest:
        if block.table is not None and more.table is not None:
            table = table_parts.whole(block.table, more.table)
            block = msgspec.structs.replace(block, table=table, text=table_parts.plain(table))
            continue
        joined = hyphens.PLAIN.join(block.text, more.text)
        spans: list[Span] = []
        if block.spans or more.spans:
            first = block.spans or [Span(text=block.text)]
            head = joined[: len(joined) - len(more.text)]
            cut = len("".join(span.text for span in first[:-1]))
            spans = [*first[:-1], msgspec.structs.replace(first[-1], text=head[cut:])]
            spans += more.spans or [Span(text=more.text)]
        block = msgspec.structs.replace(block, text=joined, spans=spans)
    return block
