"""What a module's options allow at a place of a value: the values of a member, or the members that there are."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from axelered_box.domain.modules import Json


def allowed_at(options: type[msgspec.Struct], value: Any, steps: Sequence[str | int], *, members: bool) -> list[Any]:
    """Return what may stand at the end of the steps into a value, `members` of an object or else its values."""
    (schema,), known = msgspec.json.schema_components([options])
    places = list(_forms(schema, known, value))
    for step in steps:
        inner = value[step] if _has(value, step) else None
        places = [form for place in places for one in _below(place, step) for form in _forms(one, known, inner)]
        value = inner
    found = [one for place in places for one in (place.get("properties", {}) if members else place.get("enum", []))]
    return list(dict.fromkeys(found))


def _forms(schema: Json, known: dict[str, Json], value: Any) -> Iterator[Json]:
    """Yield the forms that a schema allows; of those that a member tells apart, the one that the value names."""
    schema = known.get(str(schema.get("$ref", "")).rpartition("/")[2], schema)
    if "anyOf" not in schema:
        yield schema
        return
    forms = [form for one in schema["anyOf"] for form in _forms(one, known, value)]
    named = [form for form in forms if _is_named(form, value)]
    yield from named or forms


def _is_named(form: Json, value: Any) -> bool:
    """Tell whether a value says that it has a form, by a member of which the form allows one value only."""
    told = {name: one["enum"] for name, one in form.get("properties", {}).items() if len(one.get("enum", [])) == 1}
    return bool(told) and isinstance(value, dict) and all(value.get(name) in allowed for name, allowed in told.items())


def _below(schema: Json, step: str | int) -> list[Json]:
    """Return the schema one step below another, an empty list when it has none there."""
    inner = schema.get("items") if isinstance(step, int) else schema.get("properties", {}).get(step)
    return [] if inner is None else [inner]


def _has(value: Any, step: str | int) -> bool:
    if isinstance(step, int):
        return isinstance(value, list) and step < len(value)
    return isinstance(value, dict) and step in value
