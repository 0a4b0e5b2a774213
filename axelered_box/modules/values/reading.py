"""All readers of values at once, and the reading of words whose kind is known."""

import bisect
from collections.abc import Callable, Collection, Iterator
from typing import get_args

import msgspec

from axelered_box.modules.values import (
    accounts,
    addressees,
    addresses,
    amounts,
    booleans,
    contacts,
    currencies,
    dates,
    durations,
    identifiers,
    organisations,
    periods,
    persons,
    places,
    slips,
)
from axelered_box.modules.values.found import Found, Hints, Kind, Value

READERS: tuple[tuple[frozenset[Kind], Callable[[str, Hints], list[Found]]], ...] = (
    (frozenset({"date"}), dates.find),
    (frozenset({"date_range", "month"}), periods.find),
    (frozenset({"amount", "number", "percent", "quantity"}), amounts.find),
    (frozenset({"currency"}), currencies.find),
    (frozenset({"iban", "bic", "vat_id", "tax_number"}), accounts.find),
    (frozenset({"identifier", "registration"}), identifiers.find),
    (frozenset({"email", "url", "phone", "postal_code"}), contacts.find),
    (frozenset({"boolean"}), booleans.find),
    (frozenset({"duration"}), durations.find),
    (frozenset({"organisation"}), organisations.find),
    (frozenset({"person"}), persons.find),
    (frozenset({"place"}), places.find),
    (frozenset({"address"}), addresses.find),
    (frozenset({"organisation", "person"}), addressees.find),
)
_NUMBERS: frozenset[Kind] = frozenset({"amount", "number", "percent", "quantity"})
_PARTS: frozenset[Kind] = _NUMBERS | {"identifier", "postal_code", "phone", "month"}
"""What may be no more than a part of a larger value."""
_WHOLE: frozenset[Kind] = frozenset({"date", "iban", "vat_id", "email", "url", "phone", "date_range"})
_NAMES: frozenset[Kind] = frozenset({"organisation", "person"})
_CERTAIN = 0.75
_AS_WRITTEN: frozenset[Kind] = frozenset({"identifier", "tax_number", "registration", "place"})


def all_found(text: str, hints: Hints, kinds: Collection[Kind] | None = None) -> list[Found]:
    """Return the values of these kinds, or of all, in the order of the text; they may overlap."""
    wanted = frozenset(get_args(Kind)) if kinds is None else frozenset(kinds)
    needed = wanted | _WHOLE if wanted & _PARTS else wanted
    found: dict[tuple[Kind, int, int, Value], Found] = {}
    for value in (value for known, find in READERS if known & needed for value in find(text, hints)):
        key = (value.kind, value.start, value.end, value.value)
        if key not in found or found[key].certainty < value.certainty:
            found[key] = value
    in_order = sorted(found.values(), key=lambda value: (value.start, value.end, -value.certainty))
    return [value for value in _doubted(in_order) if value.kind in wanted]


def _doubted(found: list[Found]) -> Iterator[Found]:
    """Doubt the numbers and ids inside a larger value that is certain, as the 3 in "August 3, 2009"."""
    wholes = sorted((whole for whole in found if whole.kind in _WHOLE and whole.certainty >= _CERTAIN), key=_place)
    starts = [whole.start for whole in wholes]
    for value in found:
        near = wholes[max(0, bisect.bisect_right(starts, value.start) - 6) : bisect.bisect_left(starts, value.end)]
        inside = value.kind in _PARTS and any(
            whole.start <= value.start and value.end <= whole.end and whole.kind != value.kind for whole in near
        )
        yield msgspec.structs.replace(value, certainty=round(value.certainty * 0.25, 3)) if inside else value


def _place(value: Found) -> tuple[int, int]:
    return value.start, value.end


def read_as(text: str, kind: Kind, hints: Hints) -> Value | None:
    """Return the value of words that are known to be of this kind, or None if they cannot be.

    The longest reading wins, then the likeliest. Letters may stand for the digits that they look like. Of the kinds of
    numbers any will do for another: "26.00" is an amount, a number and a quantity. Names stay as they are written, and
    the parts of an address get commas between them.
    """
    if kind in _NAMES:
        return " ".join(text.split()) or None
    if kind == "address":
        return addresses.joined(text) or None
    kinds = _NUMBERS if kind in _NUMBERS else frozenset({kind})
    found = [
        value for attempt in dict.fromkeys((text, slips.repaired(text))) for value in all_found(attempt, hints, kinds)
    ]
    if found:
        return max(found, key=lambda value: (value.end - value.start, value.certainty)).value
    return " ".join(text.split()) or None if kind in _AS_WRITTEN else None
