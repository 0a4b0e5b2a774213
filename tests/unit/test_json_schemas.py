"""A JSON Schema that cannot be used is refused member by member; one that can has simpler forms."""

from typing import Any

import jsonschema
import pytest

from axelered_box.modules.json_schemas import nullable, problems, resolved

DRAFT_4 = "http://json-schema.org/draft-04/schema#"


def schema(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def nested(levels: int) -> dict[str, Any]:
    node: dict[str, Any] = {"type": "string"}
    for _ in range(levels):
        node = schema(inner=node)
    return node


@pytest.mark.parametrize(
    "good",
    [
        schema(total={"type": "number", "description": "the sum"}),
        {"properties": {"a": {}}},
        {"$schema": "http://json-schema.org/draft-07/schema#", **schema(a={"type": ["string", "null"]})},
        {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema(a={"const": 1})},
        {"$ref": "#/$defs/Bill", "$defs": {"Bill": schema(a={"$ref": "#/$defs/Day"}), "Day": {"type": "string"}}},
        {**schema(a={"$ref": "#/definitions/a~1b"}), "definitions": {"a/b": {"enum": ["x"]}}},
        schema(pair={"type": "array", "items": [{"type": "string"}, {"type": "number"}]}),
        schema(a={"type": "string"}, b={"$ref": "#/properties/a"}),
        {"allOf": [schema(a={"type": "string"}), schema(b={"type": "string"})]},
        nested(8),
    ],
)
def test_a_sound_schema_has_no_problem(good: dict[str, Any]) -> None:
    """Both drafts, local references and what generators of schemas write are taken."""
    assert problems(good) == []


@pytest.mark.parametrize(
    ("bad", "loc", "told"),
    [
        (schema(a={"type": "strng"}), ["properties", "a", "type"], "Allowed are array, boolean"),
        (schema(a={"type": "string", "pattern": "("}), ["properties", "a", "pattern"], "regex"),
        (schema(a={"enum": "x"}), ["properties", "a", "enum"], "array"),
        ({"$schema": DRAFT_4, **schema(a={})}, ["$schema"], "Draft 7"),
        ({"type": "array", "items": {"type": "string"}}, ["type"], "must be `object`"),
        ({"type": "string"}, ["type"], "must be `object`"),
        ({}, ["type"], "must be `object`"),
        ({"type": "object"}, ["properties"], "names no property"),
        (schema(), ["properties"], "names no property"),
        (schema(a={"$ref": "https://example.org/a.json"}), ["properties", "a", "$ref"], "must be local"),
        (schema(a={"$ref": "other.json#/a"}), ["properties", "a", "$ref"], "nothing is fetched"),
        (schema(a={"$ref": "#/$defs/no"}), ["properties", "a", "$ref"], "names nothing"),
        (schema(a={"$ref": "#"}), ["properties", "a", "properties", "a", "$ref"], "without end"),
        ({**schema(a={"$ref": "#/$defs/a"}), "$defs": {"a": {"$ref": "#/$defs/a"}}}, None, "without end"),
        (nested(9), None, "8 levels"),
        (nested(60), None, "100 levels of JSON"),
        (schema(**{f"p{n}": {"type": "string"} for n in range(501)}), ["properties"], "501 properties"),
        (schema(a={"description": "x" * 300_000}), [], "bytes"),
    ],
)
def test_a_bad_schema_is_told_where_and_what_is_allowed(
    bad: dict[str, Any], loc: list[str | int] | None, told: str
) -> None:
    """The problem stands at its place in the schema and says what would be right."""
    first = problems(bad)[0]

    assert told in first.msg
    assert loc is None or first.loc == loc


def test_a_schema_that_multiplies_is_refused_at_once() -> None:
    """Definitions that each name the next one ten times do not fill the memory."""
    defs: dict[str, Any] = {
        f"d{n}": schema(**{f"p{k}": {"$ref": f"#/$defs/d{n + 1}"} for k in range(10)}) for n in range(7)
    }

    (problem,) = problems({**schema(a={"$ref": "#/$defs/d0"}), "$defs": {**defs, "d7": {"type": "string"}}})

    assert "too large" in problem.msg


def test_a_deep_value_is_no_crash() -> None:
    """JSON that nests thousands of levels in a member without meaning is refused."""
    deep: list[Any] = []
    for _ in range(5000):
        deep = [deep]

    (problem,) = problems(schema(a={"default": deep}))

    assert "levels of JSON" in problem.msg


@pytest.mark.parametrize(
    ("given", "simple"),
    [
        ({"type": ["null", "number"]}, {"type": "number"}),
        ({"anyOf": [{"type": "null"}, {"type": "string", "format": "date"}], "title": "Day"},
         {"type": "string", "format": "date", "title": "Day"}),
        ({"allOf": [{"$ref": "#/$defs/money"}], "description": "net"},
         {"type": "number", "minimum": 0, "description": "net"}),
        ({"$ref": "#/$defs/money", "description": "gross"}, {"type": "number", "minimum": 0, "description": "gross"}),
        ({"oneOf": [{"const": "a"}, {"const": "b"}]}, {"oneOf": [{"const": "a"}, {"const": "b"}]}),
        ({"anyOf": [{"enum": ["a", "b"]}, {"const": "c"}, {"type": "null"}]}, {"enum": ["a", "b", "c"]}),
    ],
)  # fmt: skip
def test_a_resolved_schema_has_one_type_at_each_node(given: dict[str, Any], simple: dict[str, Any]) -> None:
    """References and alternatives with null give way to what they mean."""
    whole = {**schema(a=given), "$defs": {"money": {"type": "number", "minimum": 0}}}

    assert resolved(whole)["properties"]["a"] == simple
    assert "$defs" not in resolved(whole)


def test_nulls_validate_at_every_place() -> None:
    """What a document does not say may be null in properties, items and alternatives; wrong values still fail."""
    line = schema(name={"type": "string"}, kind={"oneOf": [{"const": "a"}, {"const": "b"}]})
    who = {"oneOf": [schema(x={"type": "string"}), schema(y={"type": "string"})]}
    whole = {
        **schema(lines={"type": "array", "items": line}, who={"$ref": "#/$defs/who"}),
        "required": ["lines", "who"],
        "$defs": {"who": who},
    }
    validator = jsonschema.Draft202012Validator(nullable(whole))

    for good in ({"lines": None, "who": None}, {"lines": [{"name": None, "kind": None}, None], "who": {"x": None}}):
        assert list(validator.iter_errors(good)) == []
    for bad in ({"lines": [{"name": 1}], "who": None}, {"lines": [{"kind": "c"}], "who": None}, {"lines": None}):
        assert list(validator.iter_errors(bad)) != []
