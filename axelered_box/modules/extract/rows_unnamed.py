"""Items without a table's heading, as on receipts: lines that end in an amount, one below the other, down to the sum.

An item's text stands on its line or on the one before; what is sold several times says so as "2 x 3.50".
"""

import re
import statistics
from collections.abc import Iterator, Sequence

from axelered_box.modules.extract.questions import Question
from axelered_box.modules.extract.rows_bands import Band
from axelered_box.modules.extract.rows_items import Item
from axelered_box.modules.extract.rows_mapping import Mapping, Placed, roles_of
from axelered_box.modules.extract.rows_numerals import decimal_sign, number
from axelered_box.modules.extract.rows_pieces import Piece, sliced, within
from axelered_box.modules.extract.rows_sums import is_sum
from axelered_box.modules.extract.rows_tables import Found

_LIKENESS = 0.5
"""How surely the places of lines tell what their parts are."""
_MONEY = re.compile(r"[-(]?\s?(?:[$€£]|[A-Z]{2,3})?\s?\d[\d.,'\s]*[.,]\d{2}\)?-?(?:\s?(?:[$€£]|[A-Z]{1,3}|[A-Z*]))?")
_TIMES = re.compile(
    r"(?P<count>\d+(?:[.,]\d{1,3})?)\s?(?:[^\W\d_]{1,4}\s?)?[xX*\u00d7@]\s?(?P<price>[^\W\d_$€£]{0,3}[$€£]?\s?\d+[.,]\d{2,3})"
)
_LEADING_COUNT = re.compile(r"\d{1,3}(?:(?:[.,]\d{1,3})?\s?[xX*])? (?=\D)")
_COUNT = re.compile(r"\d{1,4}(?:[.,]\d{1,3})?")
_SUMS = 5
"""Of so many lines from the first sum on, one may be the sum of the items."""
_FAR = 6.0
"""The widest space between two items, in heights of a word."""


def unnamed_table(bands: Sequence[Band], fields: Sequence[Question]) -> Found | None:
    """Return the items of the longest run of lines that end in amounts; None when no sum or second item confirms it."""
    roles = roles_of(fields)
    if "description" not in roles or not roles.keys() & {"amount", "unit price", "gross amount"}:
        return None
    runs = list(_runs(bands))
    if not runs:
        return None
    lines, confirmed = max(runs, key=lambda run: (run[1], len(run[0])))
    items = tuple(_item(band, text, roles) for band, text in lines)
    used = sorted({at for item in items for at in item.cells})
    placed = tuple(Placed(field=at, column=place, likeness=_LIKENESS, fit=1.0) for place, at in enumerate(used))
    return Found(columns=(), mapping=Mapping(placed=placed, worth=0.5, proven=confirmed), items=items, worth=0.5)


_Run = tuple[list[tuple[Band, Band | None]], bool]


def _runs(bands: Sequence[Band]) -> Iterator[_Run]:
    """Yield runs of lines with amounts in one column down to a sum, each with the text above, and whether they add up.

    A single line has to add up: else any amount above a sum would be an item.
    """
    edge = _edge(bands)
    lines: list[tuple[Band, Band | None]] = []
    pending: Band | None = None
    previous: Band | None = None
    apart = False
    for place, band in enumerate(bands):
        if previous is not None:
            apart = apart or band.page != previous.page or band.top - previous.bottom > _FAR * band.height
        previous = band
        amount = _amount(band, edge)
        if amount is None:
            pending = None if band.numeric else band
            continue
        if is_sum(band):
            totals = [_amount(other, edge) for other in bands[place : place + _SUMS]]
            confirmed = bool(lines) and any(_adds_up(lines, total) for total in totals if total is not None)
            if confirmed or len(lines) > 1:
                yield lines, confirmed
            lines = []
        else:
            lines = [] if apart else lines
            bare = all(piece.numeric or _TIMES.search(piece.text) for piece in band.pieces)
            said = pending.text if bare and pending is not None else band.text
            if (not bare or pending is not None) and sum(letter.isalpha() for letter in said) > 2:
                lines.append((band, pending if bare else None))
        pending, apart = None, False


def _edge(bands: Sequence[Band]) -> tuple[float, float] | None:
    """Return where most amounts end that end their line, and how far others may end from there."""
    ends = [band.pieces[-1].box[2] for band in bands if _MONEY.fullmatch(band.pieces[-1].text)]
    if not ends:
        return None
    slack = statistics.median(band.height for band in bands)
    best = max(ends, key=lambda end: sum(abs(end - other) <= slack for other in ends))
    return best, slack


def _amount(band: Band, edge: tuple[float, float] | None) -> Piece | None:
    """Return the amount that ends a line in the column of amounts, None when the line has none."""
    last = max(band.pieces, key=lambda piece: piece.box[2])
    if edge is None or not _MONEY.fullmatch(last.text) or abs(last.box[2] - edge[0]) > 2 * edge[1]:
        return None
    return last


def _adds_up(lines: Sequence[tuple[Band, Band | None]], total: Piece) -> bool:
    amounts = [max(band.pieces, key=lambda piece: piece.box[2]).text for band, _ in lines]
    decimal = decimal_sign([*amounts, total.text])
    values = [number(text, decimal) or 0.0 for text in amounts]
    return abs(sum(values) - (number(total.text, decimal) or 0.0)) < 0.02


def _item(band: Band, above: Band | None, roles: dict[str, int]) -> Item:
    amount = max(band.pieces, key=lambda piece: piece.box[2])
    rest = [piece for piece in band.pieces if piece is not amount]
    found: dict[str, list[Piece]] = {"amount": [amount]}
    texts: list[Piece] = list(above.pieces) if above is not None else []
    for piece in rest:
        times = _TIMES.search(piece.text)
        if times:
            found["quantity"] = [within(piece, times.start("count"), times.end("count"))]
            found["unit price"] = [within(piece, times.start("price"), times.end("price"))]
            if times.start() > 2:
                texts.append(within(piece, 0, times.start() - 1))
        elif _COUNT.fullmatch(piece.text) and not texts and piece is rest[0]:
            found["quantity"] = [piece]
        elif piece.numeric and texts:
            found.setdefault("unit price" if _MONEY.fullmatch(piece.text) else "quantity", [piece])
        else:
            texts.append(piece)
    if (
        texts
        and "quantity" not in found
        and (first := re.match(r"\d{1,3}(?:(?:[.,]\d{1,3})?\s?[xX*])? (?=\D)", texts[0].text))
    ):
        count = len(first[0].split())
        found["quantity"] = [sliced(texts[0], 0, 1)]
        texts[0] = sliced(texts[0], count, len(texts[0].text.split(" ")))
    found["description"] = texts
    found["gross amount"] = found["amount"]
    cells = {roles[role]: pieces for role, pieces in found.items() if role in roles and pieces}
    return Item(page=band.page, cells=cells, complete=len(cells) / max(len(roles), 1))
