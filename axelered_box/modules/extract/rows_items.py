"""The items of a table: which of its rows begin one, which go on with the one before, and which are sums."""

import re
from collections.abc import Sequence

import msgspec

from axelered_box.modules.extract.rows_bands import Band
from axelered_box.modules.extract.rows_columns import Column
from axelered_box.modules.extract.rows_mapping import Mapping
from axelered_box.modules.extract.rows_numerals import number
from axelered_box.modules.extract.rows_pieces import Piece
from axelered_box.modules.extract.rows_sums import is_only_sum, is_part_sum, is_sum

_TIGHT = 0.9
"""The most space between two lines of one cell, in heights of a word."""


class Item(msgspec.Struct, kw_only=True):
    """An item: the pieces of each of its properties, by the property's place; the first line first."""

    page: int
    cells: dict[int, list[Piece]]
    complete: float
    """The share of the properties, of those that rows have mostly, that it has."""


def likely_rows(body: Sequence[Band], columns: Sequence[Column]) -> list[int]:
    """Return the rows that have most of the table's columns: those that items begin with."""
    counts = {
        place: sum(place in column.cells for column in columns) for place, band in enumerate(body) if not is_sum(band)
    }
    most = sorted(counts.values())[-max(1, len(counts) // 4) :] if counts else [0]
    least = max(2.0 if len(columns) > 1 else 1.0, 0.6 * most[0])
    return [place for place, count in counts.items() if count >= least]


def items(body: Sequence[Band], columns: Sequence[Column], mapping: Mapping, numeric: frozenset[int]) -> list[Item]:
    """Return the items of a table's body; `numeric` are the places of the properties that are numbers."""
    places = {one.field: columns[one.column] for one in mapping.placed}
    usual = _usual(places, likely_rows(body, columns))
    found: list[Item] = []
    last = -1
    ended = False
    for place, band in enumerate(body):
        cells = {field: list(column.cells[place]) for field, column in places.items() if place in column.cells}
        ended = ended or (bool(found) and is_sum(band) and not is_part_sum(band) and not usual <= cells.keys())
        if ended and (not usual <= cells.keys() or len(usual & numeric) < 2):
            continue
        if _begins(band, cells, usual, numeric):
            complete = len(cells.keys() & usual) / len(usual)
            found.append(Item(page=band.page, cells=cells, complete=complete))
            last = place
        elif found and last == place - 1 and _goes_on(found[-1], body[last], band, cells, numeric):
            for field, pieces in cells.items():
                found[-1].cells.setdefault(field, []).extend(pieces)
            last = place
    return found


def paragraph(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the first lines of a cell up to a space that parts what is said next."""
    kept = list(pieces[:1])
    for piece in pieces[1:]:
        height = kept[-1].box[3] - kept[-1].box[1]
        if piece.page == kept[-1].page and piece.box[1] - kept[-1].box[3] > 2 * height:
            break
        kept.append(piece)
    return kept


def _usual(places: dict[int, Column], rows: Sequence[int]) -> set[int]:
    """Return the properties that rows have mostly."""
    counts = {row: sum(row in column.cells for column in places.values()) for row in rows}
    most = max(counts.values(), default=0)
    full = [row for row, count in counts.items() if count >= 0.75 * most]
    usual = {field for field, column in places.items() if sum(row in column.cells for row in full) >= 0.5 * len(full)}
    return usual or set(places)


def _begins(band: Band, cells: dict[int, list[Piece]], usual: set[int], numeric: frozenset[int]) -> bool:
    has = {field for field, pieces in cells.items() if field not in numeric or number(pieces[0].text) is not None}
    wanted = usual & numeric
    if is_sum(band) and (is_only_sum(band) or not (usual <= has and len(wanted) > 1)):
        return False
    if wanted and len(has & wanted) < max(1, 0.5 * len(wanted)):
        return False
    return len(has & usual) >= max(1.0, 0.6 * len(usual))


def _goes_on(item: Item, before: Band, band: Band, cells: dict[int, list[Piece]], numeric: frozenset[int]) -> bool:
    """Tell whether a row is a further line of the item before: close below it, and no note that has a label.

    It may hold numbers only where the item has none yet.
    """
    if not cells or cells.keys() & item.cells.keys() & numeric or is_sum(band) or band.page != before.page:
        return False
    if sum(len(pieces) for pieces in cells.values()) < len(band.pieces):
        return False
    close = band.top - before.bottom <= _TIGHT * band.height
    return close and not any(
        re.search(r"[^\s\d:]\s?:\s?\S", piece.text) for pieces in cells.values() for piece in pieces
    )
