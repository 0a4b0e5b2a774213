"""What the amounts of a document say about each other: which is the sum of two others, or of a column."""

from collections import Counter, defaultdict
from collections.abc import Iterable

import msgspec

from axelered_box.modules.extract.candidates import Candidate

CENT = 0.011
"""Sums may differ by so much through rounding."""
HIGHEST_RATE = 0.36
"""No tax is a larger part of what it is taken from."""
MAX_AMOUNTS = 120
"""Of a document with more different amounts only the largest are compared."""


class Amounts(msgspec.Struct, frozen=True):
    """What is known of a document's amounts, by value."""

    count: Counter[float]
    gross: frozenset[float] = frozenset()
    """Those that are another with its tax."""
    net: frozenset[float] = frozenset()
    tax: frozenset[float] = frozenset()
    column_sums: frozenset[float] = frozenset()
    """Those that a column of a table adds up to."""
    largest: float = 0.0


def compare(candidates: Iterable[Candidate]) -> Amounts:
    """Return what the amounts of a document say about each other."""
    count: Counter[float] = Counter()
    columns: dict[tuple[int, int], dict[int, float]] = defaultdict(dict)
    for candidate in candidates:
        if candidate.found is None or not _is_money(candidate):
            continue
        value = round(abs(float(candidate.found.value)), 2)
        count[value] += 1
        if candidate.piece.cell is not None:
            row, column = candidate.piece.cell
            columns[candidate.stretch.block, column][row] = value
    values = sorted((value for value in count if value > 0), reverse=True)[:MAX_AMOUNTS]
    gross, net, tax = _triples(values)
    return Amounts(
        count=count,
        gross=frozenset(gross),
        net=frozenset(net),
        tax=frozenset(tax),
        column_sums=frozenset(_column_sums(columns.values(), set(values))),
        largest=values[0] if values else 0.0,
    )


def _is_money(candidate: Candidate) -> bool:
    found = candidate.found
    return (
        found is not None
        and isinstance(found.value, float)
        and found.certainty >= 0.25
        and (found.detail.currency is not None or found.detail.decimals == 2)
    )


def _triples(values: list[float]) -> tuple[set[float], set[float], set[float]]:
    """Return the amounts that are a total, what it is before tax, and its tax, in some triple of them."""
    known = {round(value, 2) for value in values}
    gross: set[float] = set()
    net: set[float] = set()
    tax: set[float] = set()
    for total in values:
        for base in values:
            rest = round(total - base, 2)
            if 0 < rest <= HIGHEST_RATE * base and rest in known:
                gross.add(total)
                net.add(base)
                tax.add(rest)
    return gross, net, tax


def _column_sums(columns: Iterable[dict[int, float]], known: set[float]) -> set[float]:
    sums: set[float] = set()
    for column in columns:
        running = 0.0
        for number, row in enumerate(sorted(column)):
            running += column[row]
            if number > 0:
                sums.update(value for value in known if abs(value - running) < CENT)
    return sums
