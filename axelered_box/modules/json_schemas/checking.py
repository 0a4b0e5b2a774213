"""What keeps a client's JSON Schema from being used, told member by member."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from axelered_box.domain.errors import Problem
from axelered_box.domain.modules import Json
from axelered_box.modules.json_schemas.forms import BRANCHES, simplified
from axelered_box.modules.json_schemas.references import MAX_LEAVES, BadSchema, Loc, inlined, place

MAX_BYTES = 256 * 1024
MAX_JSON_LEVELS = 100
"""How deep the JSON of the schema may nest, definitions among it."""

DRAFT_7 = re.compile(r"https?://json-schema\.org/draft-07/schema#?")
DRAFT_2020_12 = re.compile(r"https?://json-schema\.org/draft/2020-12/schema#?")

_TYPES = "array, boolean, integer, null, number, object, string, or a list of them"


def problems(schema: Json) -> list[Problem]:
    """Return what keeps a schema from being used, each with its place below the schema; none when it is in order."""
    loc: Loc = []
    if _json_levels(schema) > MAX_JSON_LEVELS:
        return [
            BadSchema(loc, f"The schema nests deeper than {MAX_JSON_LEVELS} levels of JSON. Make it flatter.").problem
        ]
    size = len(msgspec.json.encode(schema))
    if size > MAX_BYTES:
        return [BadSchema(loc, f"The schema has {size} bytes; at most {MAX_BYTES} are read. Make it shorter.").problem]
    try:
        draft = _draft(schema)
        invalid = list(_invalid(schema, draft))
        return invalid or _misshapen(inlined(schema))
    except BadSchema as bad:
        return [bad.problem]


def _json_levels(value: Any) -> int:
    """Return how deep JSON nests; counting stops beyond the limit."""
    level, inner = 0, [value]
    while inner and level <= MAX_JSON_LEVELS:
        level += 1
        inner = [
            child
            for node in inner
            for child in (node.values() if isinstance(node, dict) else node)
            if isinstance(child, dict | list)
        ]
    return level


def _draft(schema: Json) -> str | None:
    """Return which draft a schema says it follows, None where it does not say."""
    named = schema.get("$schema")
    if named is None:
        return None
    if isinstance(named, str) and DRAFT_7.fullmatch(named):
        return "Draft 7"
    if isinstance(named, str) and DRAFT_2020_12.fullmatch(named):
        return "2020-12"
    raise BadSchema(
        ["$schema"],
        "This draft of JSON Schema is not supported. Allowed are Draft 7 (http://json-schema.org/draft-07/schema#) "
        "and 2020-12 (https://json-schema.org/draft/2020-12/schema). Name one of them, or leave `$schema` out.",
        named,
    )


def _invalid(schema: Json, draft: str | None) -> Iterator[Problem]:
    """Yield what the draft's own schema says against a schema; without a draft, the newer one's unless Draft 7 fits."""
    import jsonschema  # noqa: PLC0415  # only who checks a schema pays for it

    newer, older = jsonschema.Draft202012Validator, jsonschema.Draft7Validator
    chosen = older if draft == "Draft 7" else newer
    errors = _errors(chosen, schema)
    if errors and draft is None and not _errors(older, schema):
        return
    for error in errors[:20]:
        loc: Loc = list(error.absolute_path)
        allowed = f"Allowed are {_TYPES}." if loc and loc[-1] == "type" else error.message[:300] + "."
        name = draft or "2020-12"
        yield Problem(
            loc=loc,
            msg=f"{place(loc)} is not valid JSON Schema ({name}): {allowed} Correct it.",
            type="json_schema",
        )


def _errors(validator: Any, schema: Json) -> list[Any]:
    """Return the errors of a schema by a validator's own schema, outermost first."""
    found = validator(validator.META_SCHEMA, format_checker=validator.FORMAT_CHECKER).iter_errors(schema)
    return sorted(found, key=lambda error: (len(error.absolute_path), str(error.absolute_path)))


def _misshapen(schema: Json) -> list[Problem]:
    """Return why a schema without references does not describe an object with properties."""
    root = simplified(schema)
    if root.get("type", "object") != "object" or ("type" not in root and "properties" not in root):
        told = "The root must describe an object: `type` must be `object`, with the values wanted in `properties`."
        return [Problem(loc=["type"], msg=told, type="json_schema", input=root.get("type"))]
    if not root.get("properties"):
        told = "The schema names no property. Put each value that is wanted into `properties`."
        return [Problem(loc=["properties"], msg=told, type="json_schema")]
    leaves = _leaves(root)
    if leaves > MAX_LEAVES:
        told = f"The schema has {leaves} properties with a value; at most {MAX_LEAVES} are allowed. Use several runs."
        return [Problem(loc=["properties"], msg=told, type="json_schema")]
    return []


def _leaves(node: Any) -> int:
    """Return how many values a schema without references asks for."""
    if not isinstance(node, dict):
        return 1
    inner = [*node.get("properties", {}).values(), *([node["items"]] if "items" in node else [])]
    inner += [alternative for name in BRANCHES for alternative in node.get(name, []) if _has_properties(alternative)]
    return sum(map(_leaves, inner)) if inner else 1


def _has_properties(node: Any) -> bool:
    return isinstance(node, dict) and "properties" in node
