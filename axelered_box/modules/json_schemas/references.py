"""How the local references of a JSON Schema are put into their places."""

from typing import Any
from urllib.parse import unquote

from axelered_box.domain.errors import Problem
from axelered_box.domain.modules import Json

MAX_LEVELS = 8
"""How deep properties and items may lie below the root."""
MAX_LEAVES = 500
"""The most properties that hold a value of their own."""

Loc = list[str | int]

LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
"""Members whose value is a list of schemas."""
VALUES = ("items", "additionalProperties", "contains", "additionalItems", "unevaluatedProperties", "unevaluatedItems")
"""Members whose value is the schema of a value further in, or in Draft 7 a list of such."""
MAPS = ("properties", "patternProperties")
"""Members whose value is a schema by name."""
_KEPT_APART = ("$defs", "definitions", "$schema", "$id", "$comment")


class BadSchema(Exception):
    """Something of a schema that cannot be used, with its place."""

    def __init__(self, loc: Loc, message: str, value: Any = None) -> None:
        super().__init__(message)
        self.problem = Problem(loc=loc, msg=message, type="json_schema", input=value)


def inlined(schema: Json) -> Json:
    """Return a schema with the target in the place of each local `$ref`, and without its definitions.

    Members beside a `$ref` win over those of its target, as they are mostly descriptions. Raises BadSchema.
    """
    made: Json = _Inlining(schema).node(schema, [], 0, ())
    return made


def merged(parts: list[Json]) -> Json:
    """Return several nodes as one: properties and required names of all, else what the last says."""
    made: Json = {}
    for part in parts:
        for name, value in part.items():
            if name == "properties" and name in made:
                made[name] = {**made[name], **value}
            elif name == "required" and name in made:
                made[name] = list(dict.fromkeys([*made[name], *value]))
            else:
                made[name] = value
    return made


def place(loc: Loc) -> str:
    """Return a place as a sentence names it."""
    return f"`{'.'.join(map(str, loc))}`" if loc else "The schema"


class _Inlining:
    """The targets of a schema's local references, while they are put into their places."""

    def __init__(self, root: Json) -> None:
        self._root = root
        self._nodes_left = 20 * MAX_LEAVES

    def node(self, node: Any, loc: Loc, level: int, open_refs: tuple[str, ...]) -> Any:
        """Return a node without references; `open_refs` are those that it is reached through."""
        if not isinstance(node, dict):
            return node
        self._nodes_left -= 1
        if self._nodes_left < 0:
            raise BadSchema(
                loc, f"The schema is too large: at most {MAX_LEAVES} properties are allowed. Use several runs."
            )
        if level > MAX_LEVELS:
            told = (
                f"{place(loc)} lies deeper than {MAX_LEVELS} levels of properties and items. Make the schema flatter."
            )
            raise BadSchema(loc, told)
        if "$ref" in node:
            return self._target(node, loc, level, open_refs)
        for dynamic in ("$dynamicRef", "$recursiveRef"):
            if dynamic in node:
                raise BadSchema(
                    [*loc, dynamic], f"`{dynamic}` is not supported. Use a local `$ref` (`#/...`).", node[dynamic]
                )
        kept = {name: value for name, value in node.items() if name not in _KEPT_APART}
        return {name: self._member(name, value, [*loc, name], level, open_refs) for name, value in kept.items()}

    def _member(self, name: str, value: Any, loc: Loc, level: int, open_refs: tuple[str, ...]) -> Any:
        if name in MAPS and isinstance(value, dict):
            return {key: self.node(child, [*loc, key], level + 1, open_refs) for key, child in value.items()}
        if name in LISTS and isinstance(value, list):
            return [self.node(child, [*loc, place], level, open_refs) for place, child in enumerate(value)]
        if name in VALUES and isinstance(value, list):
            return [self.node(child, [*loc, place], level + 1, open_refs) for place, child in enumerate(value)]
        if name in VALUES:
            return self.node(value, loc, level + 1, open_refs)
        return self.node(value, loc, level, open_refs) if name in ("not", "if", "then", "else") else value

    def _target(self, node: Json, loc: Loc, level: int, open_refs: tuple[str, ...]) -> Any:
        """Return the target of a node's reference with the node's other members."""
        ref, at = node["$ref"], [*loc, "$ref"]
        if not isinstance(ref, str) or not ref.startswith("#"):
            raise BadSchema(
                at, f"`$ref` must be local, such as `#/$defs/name`; {ref!r} is not, and nothing is fetched. "
                "Copy what it names into `$defs`.", ref,
            )  # fmt: skip
        if ref in open_refs:
            raise BadSchema(
                at, f"`$ref` {ref!r} contains itself without end. Write out the levels that are wanted.", ref
            )
        target = self.node(self._at(ref, at), loc, level, (*open_refs, ref))
        beside = self.node({name: value for name, value in node.items() if name != "$ref"}, loc, level, open_refs)
        return merged([target, beside]) if isinstance(target, dict) else target

    def _at(self, ref: str, loc: Loc) -> Any:
        """Return what a JSON pointer names."""
        found: Any = self._root
        for raw in ref[1:].split("/")[1:] if ref.startswith("#/") else ([] if ref == "#" else [ref]):
            step = unquote(raw).replace("~1", "/").replace("~0", "~")
            try:
                found = found[int(step)] if isinstance(found, list) else found[step]
            except (KeyError, IndexError, ValueError, TypeError):
                raise BadSchema(
                    loc,
                    f"`$ref` {ref!r} names nothing in this schema. Allowed is a pointer such as `#/$defs/name`.",
                    ref,
                ) from None
        if not isinstance(found, dict | bool):
            raise BadSchema(loc, f"`$ref` {ref!r} names something that is no schema. Point it to one.", ref)
        return found
