"""The simpler forms of a JSON Schema that modules work on: without references, and with null allowed."""

from collections.abc import Callable
from typing import Any

from axelered_box.domain.modules import Json
from axelered_box.modules.json_schemas.references import LISTS, MAPS, VALUES, inlined, merged

ALTERNATIVES = ("anyOf", "oneOf")
BRANCHES = ("allOf", *ALTERNATIVES)


def resolved(schema: Json) -> Json:
    """Return a schema in the form that is simplest to read.

    Each node has one `type` at most, without null; `$ref` is inlined; `allOf` is merged; of `anyOf` and `oneOf` the
    first alternative that is not null stands for all, unless all are constants, which stay as they are.
    """
    made: Json = _mapped(inlined(schema), simplified)
    return made


def nullable(schema: Json) -> Json:
    """Return the schema by which data is validated in which null stands for whatever a document does not say."""
    made: Json = _mapped(inlined(schema), _with_null)
    return made


def is_constant(node: Any) -> bool:
    """Tell whether a schema allows one value only."""
    return isinstance(node, dict) and "const" in node


def _mapped(node: Any, change: Callable[[Json], Json]) -> Any:
    """Return a schema without references whose every node was changed, the innermost first."""
    if not isinstance(node, dict):
        return node
    made: Json = {}
    for name, value in node.items():
        if name in MAPS and isinstance(value, dict):
            made[name] = {key: _mapped(child, change) for key, child in value.items()}
        elif name in (*LISTS, *VALUES) and isinstance(value, list):
            made[name] = [_mapped(child, change) for child in value]
        else:
            made[name] = _mapped(value, change) if name in (*VALUES, "then", "else") else value
    return change(made)


def _with_null(node: Json) -> Json:
    """Return a node whose properties and items may be null; an object may match several of its alternatives."""
    made = {("anyOf" if name == "oneOf" and "anyOf" not in node else name): value for name, value in node.items()}
    for name in MAPS:
        if name in made:
            made[name] = {key: _or_null(child) for key, child in made[name].items()}
    for name in ("prefixItems", *VALUES):
        if isinstance(made.get(name), list):
            made[name] = [_or_null(child) for child in made[name]]
        elif isinstance(made.get(name), dict):
            made[name] = _or_null(made[name])
    return made


def _or_null(node: Any) -> Any:
    return {"anyOf": [node, {"type": "null"}]} if isinstance(node, dict) else node


def simplified(node: Json) -> Json:
    """Return a node with one type, and with the members of its alternatives as its own."""
    made = {name: value for name, value in node.items() if name not in BRANCHES}
    if "allOf" in node:
        made = merged([*(simplified(part) for part in node["allOf"] if isinstance(part, dict)), made])
    for name in ALTERNATIVES:
        choices = [part for part in node.get(name, []) if isinstance(part, dict) and not _is_null(part)]
        if choices and all(map(is_constant, choices)):
            made[name] = choices
        elif choices and all("enum" in part or is_constant(part) for part in choices):
            made["enum"] = [value for part in choices for value in part.get("enum", [part.get("const")])]
        elif choices:
            made = merged([simplified(choices[0]), made])
    if isinstance(made.get("type"), list):
        made["type"] = next((kind for kind in made["type"] if kind != "null"), "null")
    return made


def _is_null(node: Json) -> bool:
    return node.get("type") == "null" or ("const" in node and node["const"] is None) or node.get("enum") == [None]
