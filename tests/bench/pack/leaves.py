"""Extracted fields against truth: value by value with regard to their type, rows of tables matched one to one."""

import datetime
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dateutil import parser as dates
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

Json = dict[str, Any]
ALIKE = 0.9
"""Texts that are so alike count as the same."""
LEAST_LENGTH = 6
"""Shorter texts have to be the same."""


@dataclass(frozen=True)
class Leaf:
    """One value that truth, an answer or both have."""

    pointer: str | None
    """The JSON Pointer of the answer's value, None where the answer has none."""
    type: str
    """string, number, date, boolean or enum; `list` for those of an array, `rows` for those of an array of objects."""
    asked: bool
    """Whether the truth has a value."""
    said: bool
    """Whether the answer has one."""
    right: bool
    is_absent: bool = False
    """Whether the truth says that the document does not say it; such leaves are no part of the F1."""


@dataclass(frozen=True)
class Quality:
    """Precision, recall and their mean."""

    precision: float
    recall: float
    f1: float
    fields: int


def compare(truth: Json, answer: Any, schema: Json) -> list[Leaf]:
    """Return the leaves of a document; what the truth leaves out is not asked, so any answer to it is passed over."""
    return list(_objects(truth, answer if isinstance(answer, dict) else {}, schema, ""))


def quality(leaves: Iterable[Leaf]) -> Quality:
    """Return the F1 of leaves, those that a document does not say left out."""
    counted = [leaf for leaf in leaves if not leaf.is_absent]
    right = sum(leaf.right for leaf in counted)
    said, asked = sum(leaf.said for leaf in counted), sum(leaf.asked for leaf in counted)
    precision, recall = right / said if said else 0.0, right / asked if asked else 0.0
    both = precision + recall
    return Quality(precision, recall, 2 * precision * recall / both if both else 0.0, asked)


def same(truth: Any, answer: Any, schema: Json) -> bool:
    """Tell whether two values mean the same: dates and numbers however written, texts that differ by little."""
    if answer is None:
        return False
    if schema.get("format") == "date":
        first, second = _date(str(truth)), _date(str(answer))
        return first is not None and first == second
    if isinstance(truth, bool):
        return answer is truth
    if isinstance(truth, int | float) or not {"number", "integer"}.isdisjoint(_types(schema)):
        one, other = _number(truth), _number(answer)
        return one is not None and other is not None and abs(one - other) <= max(0.005, 1e-4 * abs(one))
    return _same_text(_folded(truth), _folded(answer))


def _objects(truth: Json, answer: Json, schema: Json, pointer: str) -> Iterable[Leaf]:
    for name, value in truth.items():
        own = schema.get("properties", {}).get(name, {})
        below = f"{pointer}/{name}"
        given = answer.get(name)
        if isinstance(value, list):
            yield from _arrays(value, given, own.get("items", {}), below)
        elif isinstance(value, dict):
            yield from _objects(value, given if isinstance(given, dict) else {}, own, below)
        else:
            said = given not in (None, "")
            right = value is not None and same(value, given, own)
            yield Leaf(below if said else None, _type(own), value is not None, said, right, is_absent=value is None)


def _arrays(truth: list[Any], given: Any, item: Json, pointer: str) -> Iterable[Leaf]:
    answers = given if isinstance(given, list) else [] if given in (None, "") else [given]
    if any(isinstance(row, dict) for row in truth):
        yield from _rows(truth, answers, item, pointer)
        return
    free = list(range(len(answers)))
    for value in truth:
        place = next((place for place in free if same(value, answers[place], item)), None)
        if place is not None:
            free.remove(place)
        said = place is not None
        yield Leaf(f"{pointer}/{place}" if said else None, "list", asked=True, said=said, right=said)
    for place in free:
        yield Leaf(f"{pointer}/{place}", "list", asked=False, said=True, right=False)


def _rows(truth: list[Json], answers: list[Any], item: Json, pointer: str) -> Iterable[Leaf]:
    """Yield the leaves of a table, whose rows are matched by how many of their values are the same."""
    properties = item.get("properties", {})
    names = {name for row in truth for name, value in row.items() if value is not None}
    matched = _matched(truth, answers, properties)
    for place, row in enumerate(truth):
        other = matched.get(place)
        given = answers[other] if other is not None else {}
        for name in sorted(names):
            asked, said = row.get(name) is not None, given.get(name) not in (None, "")
            right = asked and said and same(row[name], given[name], properties.get(name, {}))
            if asked or said:
                yield Leaf(f"{pointer}/{other}/{name}" if said else None, "rows", asked, said, right)
    for place, row in enumerate(answers):
        if place not in matched.values() and isinstance(row, dict):
            for name in sorted(names):
                if row.get(name) not in (None, ""):
                    yield Leaf(f"{pointer}/{place}/{name}", "rows", asked=False, said=True, right=False)


def _matched(truth: list[Json], answers: list[Any], properties: Json) -> dict[int, int]:
    """Return the answer's row for each row of the truth that has one, the most alike first."""
    alike = [
        (_common(row, other, properties), place, at)
        for place, row in enumerate(truth)
        for at, other in enumerate(answers)
        if isinstance(other, dict)
    ]
    found: dict[int, int] = {}
    for count, place, at in sorted(alike, reverse=True):
        if count and place not in found and at not in found.values():
            found[place] = at
    return found


def _common(row: Json, other: Json, properties: Json) -> int:
    named = {name: value for name, value in row.items() if value is not None}
    return sum(same(value, other.get(name), properties.get(name, {})) for name, value in named.items())


def _type(schema: Json) -> str:
    if "enum" in schema:
        return "enum"
    if schema.get("format") == "date":
        return "date"
    types = [one for one in _types(schema) if one != "null"]
    return {"integer": "number", "number": "number", "boolean": "boolean"}.get(types[0] if types else "", "string")


def _types(schema: Json) -> list[str]:
    said = schema.get("type", [])
    return said if isinstance(said, list) else [said]


def _date(said: str) -> datetime.date | None:
    iso = re.match(r"\s*(\d{4})-(\d\d)-(\d\d)", said)
    try:
        return (datetime.date(*map(int, iso.groups())) if iso else
                dates.parse(said, dayfirst=not re.search("[A-Za-z]{3}", said)).date())  # fmt: skip
    except (ValueError, OverflowError):
        return None


def _number(said: Any) -> float | None:
    """Return a number, also of a text with either decimal sign."""
    if isinstance(said, bool) or not isinstance(said, int | float | str):
        return None
    if not isinstance(said, str):
        return float(said)
    text = re.sub(r"[^\d,.\-()]", "", said)
    negative = text.startswith(("-", "(")) or text.endswith("-")
    digits = text.strip("-()")
    if "," in digits and "." in digits:
        point = max(digits.rfind(","), digits.rfind("."))
        digits = re.sub("[,.]", "", digits[:point]) + "." + digits[point + 1 :]
    elif "," in digits:
        digits = digits.replace(",", "." if re.fullmatch(r"\d+,\d{1,2}", digits) else "")
    elif digits.count(".") > 1:
        digits = digits.replace(".", "")
    try:
        value = float(digits)
    except ValueError:
        return None
    return -value if negative else value


def _folded(said: Any) -> str:
    kept = re.sub(r"[^\w\s@%./-]", " ", unicodedata.normalize("NFKC", str(said)).lower())
    return re.sub(r"\s+", " ", kept).strip(" .,-")


def _same_text(first: str, second: str) -> bool:
    if first == second:
        return True
    bare = re.sub(r"\W", "", first)
    if bare and bare == re.sub(r"\W", "", second):
        return True
    if min(len(first), len(second)) < LEAST_LENGTH:
        return False
    return max(Levenshtein.normalized_similarity(first, second), fuzz.token_sort_ratio(first, second) / 100) >= ALIKE
