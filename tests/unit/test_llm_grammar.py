"""Grammars that JSON Schemas become always come to an end."""

import pytest

from axelered_box.domain.models import ModelFailed
from axelered_box.llm.runtime.grammar import MAX_ITEMS, MAX_TEXT, bounded, grammar_text


@pytest.mark.parametrize(
    ("schema", "with_ends"),
    [
        ({"type": "string"}, {"type": "string", "maxLength": MAX_TEXT}),
        ({"type": "string", "maxLength": 5}, {"type": "string", "maxLength": 5}),
        ({"type": "string", "maxLength": 99_999}, {"type": "string", "maxLength": MAX_TEXT}),
        ({"type": "string", "minLength": 500}, {"type": "string", "minLength": 500, "maxLength": 500}),
        ({"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["a"]}),
        (
            {"type": "array"},
            {"type": "array", "items": {"type": "string", "maxLength": MAX_TEXT}, "maxItems": MAX_ITEMS},
        ),
        (
            {"type": ["string", "null"], "description": "d"},
            {"anyOf": [
                {"type": "string", "description": "d", "maxLength": MAX_TEXT}, {"type": "null", "description": "d"}
            ]},
        ),
        (
            {"type": "object", "properties": {"a": {"type": "string"}}},
            {"type": "object", "properties": {"a": {"type": "string", "maxLength": MAX_TEXT}},
             "additionalProperties": False},
        ),
        (True, True),
    ],
)  # fmt: skip
def test_texts_and_lists_get_an_end(schema: object, with_ends: object) -> None:
    """A schema without bounds gets them, one with bounds keeps the tighter."""
    assert bounded(schema) == with_ends


def test_definitions_get_an_end_too() -> None:
    """What a reference leads to is bounded as well."""
    grammar = grammar_text(
        {
            "type": "object",
            "properties": {"a": {"$ref": "#/$defs/line"}},
            "required": ["a"],
            "$defs": {"line": {"type": "array", "items": {"type": "string", "maxLength": 7}, "maxItems": 3}},
        }
    )

    assert grammar.count("(char") == 7
    assert "line-item" in grammar


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "wish"},
        {"$ref": "#/$defs/none"},
        {"$ref": "https://example.com/schema.json"},
        {"type": "string", "pattern": "(?=a)"},
        {"type": "array", "items": 5},
    ],
)
def test_a_schema_that_cannot_be_one_is_refused(schema: dict[str, object]) -> None:
    """What has no grammar is refused with a sentence, and nothing is fetched."""
    with pytest.raises(ModelFailed, match="Make it simpler") as caught:
        grammar_text(schema)

    assert caught.value.code == "schema_unsupported"


def test_a_schema_without_end_is_refused() -> None:
    """A schema that is too deep is refused before it is worked through."""
    schema: dict[str, object] = {"type": "string"}
    for _ in range(40):
        schema = {"type": "array", "items": schema}

    with pytest.raises(ModelFailed, match="levels deep"):
        grammar_text(schema)
