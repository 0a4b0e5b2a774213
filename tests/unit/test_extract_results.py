"""Tests of `axelered_box.modules.extract.assembling` and `validating`: the data, and one entry for each leaf."""

from typing import Any

import pytest

from axelered_box.modules import json_schemas
from axelered_box.modules.citing import Citation
from axelered_box.modules.extract import assembling, questions, validating
from axelered_box.modules.extract.answers import Answer, Option, Status

PLACE = Citation(page=1, quote="x", bbox=(0.0, 0.0, 1.0, 1.0), read=0.9, words=(0, 1))


def test_each_leaf_has_an_entry() -> None:
    """Leaves that no one answered are not found, in rows too; an array without items has one entry."""
    schema = _object(
        {
            "a": {"type": "string"},
            "rows": {"type": "array", "items": _object({"n": {"type": "number"}, "m": {"type": "number"}})},
            "none": {"type": "array", "items": {"type": "string"}},
        }
    )
    root = questions.read(schema)

    complete = assembling.completed(root, [_found("/rows/1/n", 2.0)])

    assert [answer.path for answer in complete] == ["/a", "/rows/0/n", "/rows/0/m", "/rows/1/n", "/rows/1/m", "/none"]
    data = assembling.data(root, {answer.path: answer for answer in complete})
    assert data == {"a": None, "rows": [{"n": None, "m": None}, {"n": 2.0, "m": None}], "none": []}


def test_the_runner_up_is_told() -> None:
    """An ambiguous entry has the other value with its place."""
    answer = Answer(
        path="/a",
        value=1,
        status=Status.AMBIGUOUS,
        citation=PLACE,
        extract=0.5,
        runner_up=Option(value=2, citation=PLACE),
    )

    (field,) = assembling.fields([answer], citations=True)

    assert field["runnerUp"] == {"value": 2, "page": 1, "bbox": [0.0, 0.0, 1.0, 1.0], "quote": "x"}
    assert field["confidence"] == {"read": 0.9, "extract": 0.5}


@pytest.mark.parametrize(
    ("schema", "answers", "data"),
    [
        (
            {"a": {"type": "integer", "minimum": 5}, "b": {"type": "string"}},
            {"/a": 3, "/b": "x"},
            {"a": None, "b": "x"},
        ),
        ({"a": {"type": "array", "items": {"type": "string"}, "minItems": 2}}, {"/a/0": "x"}, {"a": None}),
        ({"a": {"type": "array", "items": {"type": "string"}, "maxItems": 1}}, {"/a/0": "x", "/a/1": "y"}, {"a": []}),
    ],
)
def test_what_the_schema_forbids_is_taken_back(
    schema: dict[str, Any], answers: dict[str, Any], data: dict[str, Any]
) -> None:
    """The data validates; what does not fit has no value any more."""
    whole = _object(schema)
    root = questions.read(whole)
    complete = assembling.completed(root, [_found(path, value) for path, value in answers.items()])

    result, kept = validating.valid(root, json_schemas.nullable(whole), complete)

    assert result == data
    assert all(answer.status is Status.NOT_FOUND for answer in kept if answer.value is None)


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def _found(path: str, value: Any) -> Answer:
    return Answer(path=path, value=value, status=Status.FOUND, citation=PLACE, extract=0.9)
