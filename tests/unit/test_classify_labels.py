"""What a classification schema asks is read from all the forms in which labels and their descriptions are written."""

from typing import Any

import msgspec
import pytest

from axelered_box.modules.classify import ClassifyOptions, check
from axelered_box.modules.classify.labels import in_words, properties_of


def schema(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def described(node: dict[str, Any]) -> dict[str, str]:
    (asked,) = properties_of(schema(kind=node))
    return {label.key: label.description for label in asked.labels}


@pytest.mark.parametrize(
    ("identifier", "words"),
    [
        ("scientificArticle", "scientific article"),
        ("till_receipt", "till receipt"),
        ("PDFReport", "PDF report"),
        ("IT-Support", "IT support"),
        ("INVOICE", "invoice"),
        ("Lieferschein", "lieferschein"),
    ],
)
def test_identifiers_are_read_as_words(identifier: str, words: str) -> None:
    """Humps, dashes and underscores part words; an abbreviation stays one."""
    assert in_words(identifier) == words


@pytest.mark.parametrize(
    "node",
    [
        {
            "oneOf": [
                {"const": "bill", "description": "what is owed"},
                {"const": "slip", "description": "what was paid"},
            ]
        },
        {
            "anyOf": [
                {"const": "bill", "description": "what is owed"},
                {"const": "slip", "description": "what was paid"},
            ]
        },
        {"enum": ["bill", "slip"], "description": "The kind. bill: what is owed; slip: what was paid"},
        {"enum": ["bill", "slip"], "description": "- `bill` \u2013 what is owed\n- `slip` \u2013 what was paid"},
        {"enum": ["bill", "slip"], "description": "bill (what is owed), slip (what was paid)"},
        {"enum": ["bill", "slip"], "x-descriptions": {"bill": "what is owed", "slip": "what was paid"}},
        {"enum": ["bill", "slip"], "enumDescriptions": ["what is owed", "what was paid"]},
        {"enum": ["bill", None, "slip"], "enumDescriptions": ["what is owed", "nothing", "what was paid"]},
    ],
)
def test_descriptions_are_found_wherever_they_stand(node: dict[str, Any]) -> None:
    """Constants, extensions and the property's own description tell what labels mean."""
    assert described(node) == {"bill": "what is owed", "slip": "what was paid"}


def test_a_label_that_is_only_mentioned_has_no_description() -> None:
    """A sentence that names labels without telling of them gives them none."""
    assert described({"enum": ["bill", "slip"], "description": "Whether it is a bill or a slip"}) == {
        "bill": "",
        "slip": "",
    }


def test_a_list_of_labels_takes_several() -> None:
    """An array whose items have labels is a property of several, with its bounds."""
    node = {"type": "array", "items": {"enum": ["a", "b", "c"]}, "minItems": 1, "maxItems": 2}

    (asked,) = properties_of(schema(tags=node))

    assert (asked.several, asked.least, asked.most) == (True, 1, 2)
    assert [label.value for label in asked.labels] == ["a", "b", "c"]


def test_titles_name_labels_and_values_stay_as_they_are() -> None:
    """A number can be a label: `data` shows it as it is, `scores` by its text."""
    (asked,) = properties_of(schema(level={"oneOf": [{"const": 1, "title": "Urgent"}, {"const": 2, "title": "Later"}]}))

    assert [(label.value, label.key, label.name) for label in asked.labels] == [(1, "1", "urgent"), (2, "2", "later")]


@pytest.mark.parametrize("name", ["other", "Sonstiges", "autre", "otros", "altro", "none_of_these", "UNKNOWN"])
def test_the_label_for_the_rest_is_known(name: str) -> None:
    """What stands for whatever fits nothing else is told by its name, in five languages."""
    (asked,) = properties_of(schema(kind={"enum": ["bill", name]}))

    assert [label.is_other for label in asked.labels] == [False, True]


@pytest.mark.parametrize(
    ("wrong", "loc", "told"),
    [
        (schema(total={"type": "number"}), ["properties", "total"], "use extractionConfig"),
        (schema(kind={"enum": ["a"]}, who={"type": "string"}), ["properties", "who"], "has no labels"),
        (schema(inner=schema(kind={"enum": ["a"]})), ["properties", "inner"], "has no labels"),
        (schema(tags={"type": "array", "items": {"type": "string"}}), ["properties", "tags"], "whose `items`"),
        (schema(kind={"enum": [None]}), ["properties", "kind"], "has no labels"),
        (schema(kind={"enum": [f"l{n}" for n in range(201)]}), ["properties"], "201 labels; at most 200"),
        (schema(kind={"type": "strin"}), ["properties", "kind", "type"], "Allowed are"),
        ({"type": "object"}, ["properties"], "names no property"),
    ],
)
def test_a_schema_without_labels_is_refused(wrong: dict[str, Any], loc: list[str], told: str) -> None:
    """The problem stands below `jsonSchema` and says what to do instead."""
    options = msgspec.convert({"jsonSchema": wrong}, ClassifyOptions)

    first = check(options)[0]

    assert first.loc == ["jsonSchema", *loc]
    assert told in first.msg


def test_a_good_schema_is_taken() -> None:
    """Labels of one property, of several, and behind a reference are in order."""
    good = {
        **schema(kind={"$ref": "#/$defs/kind"}, tags={"type": "array", "items": {"enum": ["a", "b"]}}),
        "$defs": {"kind": {"enum": ["x", "y"]}},
    }

    assert check(msgspec.convert({"jsonSchema": good}, ClassifyOptions)) == []
