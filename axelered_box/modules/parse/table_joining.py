"""Tables that go on over pages: which table at the top of a page is the rest of the one before."""

import itertools
import re
from collections.abc import Iterable
from statistics import median

import msgspec

from axelered_box.domain.documents import Block, Kind, Table
from axelered_box.formats.table_parts import repeated_rows, with_blank_columns

_CONTINUED = re.compile(r"\b(contin\w*|cont['.]?d?|suite|fortsetzung|fortgesetzt|segue|vervolg)\b", re.IGNORECASE)
_LONGEST_NOTICE = 120
_SAME_PLACE = 0.06
"""How far the columns of two parts may be apart, in parts of the table's width."""


def with_table_continuations(blocks: Iterable[Block]) -> list[Block]:
    """Mark each table that is the rest of one on the page before, as its `continues` says."""
    done: list[Block] = []
    last: Block | None = None
    for block in blocks:
        if not block.in_flow or (block.kind is Kind.FIGURE and not block.text):
            done.append(block)
            continue
        if block.kind is Kind.TABLE and block.table is not None:
            goes_on = last is not None and last.page + 1 == block.page and _is_rest(last, block)
            done.append(msgspec.structs.replace(block, continues=last.id) if last is not None and goes_on else block)
            last = block
            continue
        if not (block.kind is Kind.FOOTNOTE or _is_notice(block) or (last is not None and _is_beside(block, last))):
            last = None
        done.append(block)
    return done


def _is_notice(block: Block) -> bool:
    """Tell whether a block only says that a table goes on."""
    return len(block.text) <= _LONGEST_NOTICE and bool(_CONTINUED.search(block.text))


def _is_beside(block: Block, table: Block) -> bool:
    """Tell whether a block stands beside the column in which a table goes on, as a side note does."""
    if block.bbox is None or table.bbox is None:
        return False
    return block.page == table.page and (block.bbox[2] <= table.bbox[0] or block.bbox[0] >= table.bbox[2])


def _is_rest(last: Block, block: Block) -> bool:
    """Tell whether a table has the columns of the one before."""
    before, now = last.table, block.table
    if before is None or now is None:
        return False
    now = with_blank_columns(before, now)
    if before.columns != now.columns:
        return False
    if repeated_rows(before, now):
        return True
    one, other = _lefts(before), _lefts(now)
    if one is None or other is None:
        return False
    width = max(one) - min(one)
    shift = median(b - a for a, b in zip(one, other, strict=True))
    return all(abs(b - a - shift) <= _SAME_PLACE * max(width, 1) for a, b in zip(one, other, strict=True))


def _lefts(table: Table) -> list[float] | None:
    """Return where each column begins, along the direction in which the table is read; None if that is not known."""
    for side, sign in ((0, 1), (3, -1), (1, 1)):
        lefts = []
        for column in range(table.columns):
            own = [
                sign * cell.bbox[side]
                for cell in table.cells
                if cell.column == column and cell.column_span == 1 and cell.bbox is not None
            ]
            if not own:
                return None
            lefts.append(median(own))
        if all(a < b for a, b in itertools.pairwise(lefts)):
            return lefts
    return None
