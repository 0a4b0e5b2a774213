"""The table of a document that holds what an array of objects asks for: its heading, its body and its columns.

A heading is any row or line that names several of the properties. Its body goes on over further tables and pages as
long as they have no heading of their own, or repeat this one. Of all headings the one is taken whose table fits best.
"""

from collections.abc import Sequence

import msgspec

from axelered_box.domain.documents import Document
from axelered_box.modules.extract.questions import Question
from axelered_box.modules.extract.rows_bands import Band
from axelered_box.modules.extract.rows_columns import Column, columns, gathered
from axelered_box.modules.extract.rows_headings import headings
from axelered_box.modules.extract.rows_items import Item, items, likely_rows
from axelered_box.modules.extract.rows_mapping import LEAST_LIKENESS, Mapping, best_mapping, likeness
from axelered_box.modules.extract.rows_sums import is_part_sum, is_sum

_LONGEST_HEADING = 6
"""The words of the longest piece that may be a heading."""
_LONGEST_SHORT = 7
"""A longer word that ends with a point is no abbreviation, as *Description.* would be."""
_CLEAR = 0.85
"""A heading that names a single property has to be so much alike."""
_ENOUGH, _MANY = 0.4, 4
"""How much alike headings have to be to the properties, on average; of many properties four count."""
_TRIED, _LOOKED_AT = 6, 60
"""How many headings are tried in full, and of how many, the most promising first; a repeated one once."""
_IDLE = 8
"""How many lines outside of tables may pass without an item before the body ends."""
_FAR = 8.0
"""The widest space within a body outside of tables, in heights of a word."""
_TIGHT = 1.5
"""The widest space between two lines of a heading, in heights of a word."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A table that holds items, and its items."""

    columns: tuple[Column, ...]
    mapping: Mapping
    items: tuple[Item, ...]
    worth: float


def best_table(document: Document, bands: Sequence[Band], fields: Sequence[Question]) -> Found | None:
    """Return the table that fits the properties of an item best, None when none does."""
    numeric = frozenset(at for at, field in enumerate(fields) if field.numeric)
    promising = sorted(
        ((worth, -place) for place, band in enumerate(bands) for worth in [_promise(band, fields)] if worth > 0.0),
        reverse=True,
    )
    best: Found | None = None
    tried: set[str] = set()
    for _, negative in promising[:_LOOKED_AT]:
        first, last = _heading(bands, -negative)
        name = " ".join(band.text for band in bands[first:last])
        if name in tried or len(tried) >= _TRIED:
            continue
        tried.add(name)
        found = _tried(document, bands, (first, last), fields, numeric)
        if found and found.items and _names_enough(found, fields) and (best is None or found.worth > best.worth):
            best = found
    return best


def _names_enough(found: Found, fields: Sequence[Question]) -> bool:
    """Tell whether a table's headings name so many of the properties that it can be what is asked for."""
    sure = [one.likeness for one in found.mapping.placed if one.likeness >= LEAST_LIKENESS]
    return len(sure) >= min(2, len(fields)) and sum(sure) >= _ENOUGH * min(len(fields), _MANY)


def _promise(band: Band, fields: Sequence[Question]) -> float:
    """Return how many properties a band names, each as surely as its best piece does."""
    texts = [piece.text for piece in band.pieces if not piece.numeric and len(piece.text.split()) <= _LONGEST_HEADING]
    if not texts or (len(texts) < 2 and len(fields) > 1):
        return 0.0
    if band.block == -1 and (len(texts) < len(band.pieces) or any(_is_prose(text) for text in texts)):
        return 0.0
    sure = [max(likeness(field, text) for text in texts) for field in fields]
    named = [value for value in sure if value >= LEAST_LIKENESS]
    clear = len(named) >= min(2, len(fields)) or max(sure) >= _CLEAR
    return sum(named) + 0.2 * band.header if clear else 0.0


def _is_prose(text: str) -> bool:
    """Tell whether a piece of a line is part of a sentence: it ends with a sign after a longer word."""
    return text[-1:] in {",", ";", "."} and len(text.rsplit(maxsplit=1)[-1]) > _LONGEST_SHORT


def _heading(bands: Sequence[Band], place: int) -> tuple[int, int]:
    """Return the first band of a heading that goes over several, and the one after its last."""
    first, last = place, place + 1
    while first and _same_heading(bands[first - 1], bands[first], bands[place]):
        first -= 1
    while last < len(bands) and _same_heading(bands[last - 1], bands[last], bands[place]):
        last += 1
    return first, last


def _same_heading(upper: Band, lower: Band, lead: Band) -> bool:
    other = upper if lower is lead or upper.top < lead.top else lower
    if upper.page != lower.page or upper.block != lower.block or other.numeric:
        return False
    if lead.header and other.header:
        return True
    inside = all(
        piece.box[0] >= lead.pieces[0].box[0] - 200 and len(piece.text.split()) <= _LONGEST_HEADING
        for piece in other.pieces
    )
    below = other.top > lead.top
    return (
        inside
        and not any(letter.isdigit() for letter in other.text)
        and lower.top - upper.bottom <= (0.6 if below else _TIGHT) * lead.height
        and (not below or len(other.pieces) > 1)
    )


def _tried(
    document: Document,
    bands: Sequence[Band],
    header: tuple[int, int],
    fields: Sequence[Question],
    numeric: frozenset[int],
) -> Found | None:
    body = _body(document, bands, header)
    if not body:
        return None
    found = columns(bands[header[0] : header[1]], body)
    rows = likely_rows(body, found)
    gathered(found, body, rows)
    mapping = best_mapping(fields, found, rows)
    if not mapping.placed:
        return None
    got = items(body, found, mapping, numeric)
    filled = sum(len(item.cells) for item in got) / (len(got) * len(fields)) if got else 0.0
    worth = mapping.worth / len(fields) + 0.3 * filled + 0.02 * min(len(got), 10)
    return Found(columns=tuple(found), mapping=mapping, items=tuple(got), worth=worth)


def _body(document: Document, bands: Sequence[Band], header: tuple[int, int]) -> list[Band]:
    """Return the bands below a heading that belong to its table, without repeated headings."""
    lead = bands[header[0] : header[1]]
    names = [span.text for span in headings(lead)]
    found: list[Band] = []
    block, idle, summed = lead[0].block, 0, False
    previous = lead[-1]
    place = header[1]
    while place < len(bands):
        band = bands[place]
        repeated = _repeats(bands, place, names)
        if repeated:
            previous, block = bands[place + repeated - 1], band.block
            place += repeated
            continue
        if band.block not in {block, -1} and not _continues(document, band, previous, block):
            if band.page == previous.page and band.top < previous.bottom:
                place += 1
                continue
            break
        if band.block == -1:
            far = band.page == previous.page and band.top - previous.bottom > _FAR * band.height
            idle = 0 if len(band.pieces) > 1 and band.numeric and not is_sum(band) else idle + 1
            if far or idle > _IDLE or (summed and idle > 1):
                break
        else:
            idle = 0
        summed = is_sum(band) and not is_part_sum(band)
        block = band.block
        found.append(band)
        previous = band
        place += 1
    return found


def _repeats(bands: Sequence[Band], place: int, names: Sequence[str]) -> int:
    """Return over how many bands a heading is repeated from here, 0 when it is not."""
    wanted = sorted(" ".join(names).split())
    for count in (1, 2, 3):
        texts = sorted(" ".join(band.text for band in bands[place : place + count]).split())
        if texts == wanted:
            return count
    return 0


def _continues(document: Document, band: Band, previous: Band, block: int) -> bool:
    """Tell whether a table continues a body: parse says so, or it is on the next page and has no heading."""
    if document.blocks[band.block].continues is not None:
        return True
    if band.page == previous.page or block == -1:
        return block == -1 and not band.header
    table = document.blocks[band.block].table
    before = document.blocks[block].table
    same = table is not None and before is not None and table.columns == before.columns
    return same and band.numeric
