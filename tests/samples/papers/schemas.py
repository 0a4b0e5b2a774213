"""The JSON Schema that asks for a document's fields, the same under other names, and truth renamed alike."""

import random
import re
from collections.abc import Iterable, Mapping
from typing import Any

from tests.samples.papers.fields import GROUPS, Field, fields, synonyms, words
from tests.samples.papers.making import Said

Json = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
OTHERS = {
    "issuer": "billed_by",
    "amount": "invoice_sum",
    "amount_untaxed": "sum_excluding_tax",
    "vat": "tax_identifier",
    "name": "full_title",
}
"""Synonyms of names that other people's schemas have at the top."""
FIGURES = {"decimal", "amount", "percent"}
INTEGERS = {"int", "months"}
COUNTED = {
    "net_total", "tax_rate", "tax_total", "grand_total", "amount_paid", "amount_due", "total", "quantity", "unit_price",
    "amount", "opening_balance", "closing_balance", "booking_amount", "gross_pay", "income_tax", "social_security",
    "net_pay", "value",
}  # fmt: skip
"""Computed fields that are numbers."""
WHOLE = {"meter_start", "meter_end", "consumption_kwh", "start_year"}
DAYS = {"booking_date", "deadline"}


class Style:
    """How the writer of a schema does it: case of names, nesting, descriptions, types with null."""

    def __init__(self, dice: random.Random) -> None:
        self.camel = dice.random() < 0.4
        self.nested = dice.random() < 0.35
        self.described = dice.random() < 0.4
        self.nullable = dice.random() < 0.6

    def name(self, name: str) -> str:
        """Return a name in the style's case."""
        return camel(name) if self.camel else name


def camel(name: str) -> str:
    """Return a name of words with underscores in camel case."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def schema(names: Iterable[str], rows: Mapping[str, list[str]], title: str, style: Style) -> Json:
    """Return the schema that asks for fields and for tables by their columns."""
    made: Json = {"$schema": DRAFT, "title": title, "type": "object", "properties": {}, "additionalProperties": False}
    for name in names:
        _place(made, name, style)[style.name(_own(name, style))] = _property(fields()[name], style)
    for name, columns in rows.items():
        item = {style.name(column): _property(fields()[column], style) for column in columns}
        items = {"type": "object", "properties": item, "additionalProperties": False}
        made["properties"][style.name(name)] = {"type": "array", "items": items}
    return made


def truth(
    said: Mapping[str, Said | None], rows: Mapping[str, tuple[list[str], list[dict[str, Said]]]], style: Style
) -> Json:
    """Return what a schema's fields are in a document, null for what it does not say; tables by columns and rows."""
    made: Json = {}
    for name, value in said.items():
        group = _group(name, style)
        target = made.setdefault(style.name(group), {}) if group else made
        target[style.name(_own(name, style))] = None if value is None else value.value
    for name, (columns, found) in rows.items():
        made[style.name(name)] = [{style.name(column): row[column].value for column in columns} for row in found]
    return made


def renamed_schema(known: Json) -> Json:
    """Return a schema whose properties have other names, in the same order and case; unknown names stay."""
    return _renamed(known, in_camel=any(re.search("[a-z][A-Z]", name) for name in _names(known)), in_rows=False)


def renamed_truth(value: Any, known: Json, renamed: Json) -> Any:
    """Return data of a schema under the names of the renamed one, whose properties have the same order."""
    if isinstance(value, list):
        return [renamed_truth(one, known.get("items", {}), renamed.get("items", {})) for one in value]
    if not isinstance(value, dict):
        return value
    made = {}
    for (name, below), (other, changed) in zip(_properties(known), _properties(renamed), strict=True):
        if name in value:
            made[other] = renamed_truth(value[name], below, changed)
    return made


def _properties(known: Json) -> list[tuple[str, Json]]:
    return list(known.get("properties", {}).items())


def _names(known: Json) -> list[str]:
    below = [known.get("items", {}), *known.get("properties", {}).values()]
    return [*known.get("properties", {}), *[name for one in below if one for name in _names(one)]]


def _renamed(known: Json, *, in_camel: bool, in_rows: bool) -> Json:
    made = dict(known)
    if "properties" in known:
        table = synonyms() if in_rows else synonyms() | OTHERS
        if in_camel:
            table = {camel(name): camel(other) for name, other in table.items()}
        below = {name: _renamed(one, in_camel=in_camel, in_rows=in_rows) for name, one in _properties(known)}
        made["properties"] = {table.get(name, name): one for name, one in below.items()}
        if "required" in known:
            made["required"] = [table.get(name, name) for name in known["required"]]
    if isinstance(known.get("items"), dict):
        made["items"] = _renamed(known["items"], in_camel=in_camel, in_rows=True)
    return made


def _group(name: str, style: Style) -> str | None:
    """Return the object that a field's property lies in."""
    return next((group for group in GROUPS if style.nested and name.startswith(f"{group}_")), None)


def _own(name: str, style: Style) -> str:
    group = _group(name, style)
    return name.removeprefix(f"{group}_") if group else name


def _place(made: Json, name: str, style: Style) -> Json:
    """Return the properties among which a field's stands; its object is made when it has one."""
    group = _group(name, style)
    if group is None:
        return made["properties"]  # type: ignore[no-any-return]  # a schema in the making
    empty = {"type": "object", "properties": {}, "additionalProperties": False}
    return made["properties"].setdefault(style.name(group), empty)["properties"]  # type: ignore[no-any-return]  # as above


def _property(field: Field, style: Style) -> Json:
    made: Json = _typed(field)
    if style.nullable and made["type"] != "array":
        made["type"] = [made["type"], "null"]
        if "enum" in made:
            made["enum"] = [*made["enum"], None]
    if style.described:
        said = [label for label in field.labels["eng"] if label] or [field.name.replace("_", " ")]
        made["description"] = said[-1] + (" (YYYY-MM-DD)" if made.get("format") == "date" else "")
    return made


def _typed(field: Field) -> Json:
    sort, *more = field.sort.split(":")
    if sort == "enum":
        return {"type": "string", "enum": list(words()["enum"][more[0]])}
    if sort == "list" or field.name == "party":
        return {"type": "array", "items": {"type": "string"}}
    if sort.startswith("date") or sort == "birth" or field.name in DAYS:
        return {"type": "string", "format": "date"}
    if sort in INTEGERS or field.name in WHOLE:
        return {"type": "integer"}
    if sort in FIGURES or field.name in COUNTED:
        return {"type": "number"}
    return {"type": "boolean"} if sort == "bool" else {"type": "string"}
