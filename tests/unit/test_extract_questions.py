"""Tests of `axelered_box.modules.extract.questions` and `wanting`: what a schema asks for."""

import pytest

from axelered_box.modules.extract import questions
from axelered_box.modules.extract.questions import Shape, words_of
from axelered_box.modules.extract.terms import vocabulary
from axelered_box.modules.extract.wanting import Wanted, wanted


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("invoiceDate", ("invoice", "date")),
        ("invoice_date", ("invoice", "date")),
        ("Invoice-date", ("invoice", "date")),
        ("vatIDNumber", ("vat", "id", "number")),
        ("VATNumber", ("vat", "number")),
        ("line2Text", ("line", "2", "text")),
        ("Fälligkeitsdatum", ("fälligkeitsdatum",)),
    ],
)
def test_names_are_parted_into_words(name: str, words: tuple[str, ...]) -> None:
    """However a schema writes a name, its words are the same."""
    assert words_of(name) == words


def test_a_schema_becomes_a_tree() -> None:
    """Objects have members, arrays an item, and leaves know what encloses them."""
    root = questions.read(
        {
            "properties": {
                "seller": {"type": "object", "properties": {"city": {"type": ["string", "null"]}}},
                "lines": {"type": "array", "items": {"properties": {"amount": {"type": "number"}}}},
                "a/b": {"anyOf": [{"type": "null"}, {"type": "integer", "minimum": 1}]},
                "never": False,
            }
        }
    )

    leaves = {leaf.path: leaf for leaf in questions.leaves(root)}
    (array,) = questions.arrays(root)

    assert list(leaves) == ["/seller/city", "/a~1b"]
    assert leaves["/seller/city"].around == ("seller",)
    assert leaves["/a~1b"].types == {"integer"} and leaves["/a~1b"].schema["minimum"] == 1
    assert array.item is not None and array.item.shape is Shape.OBJECT
    assert [member.path for member in array.item.members] == ["/lines/*/amount"]


def test_constants_as_alternatives_are_choices() -> None:
    """Alternatives that are all one value are a list of values."""
    root = questions.read({"properties": {"kind": {"oneOf": [{"const": "a"}, {"const": "b", "title": "B"}]}}})

    assert root.members[0].choices == ("a", "b")


@pytest.mark.parametrize(
    ("name", "schema", "kind"),
    [
        ("issuedOn", {"type": "string"}, "date"),
        ("fechaEmision", {"type": "string"}, "date"),
        ("supplierTaxNumber", {"type": "string"}, "tax_number"),
        ("numeroFacture", {"type": "string"}, "identifier"),
        ("placeOfBirth", {"type": "string"}, "place"),
        ("dateOfBirth", {"type": "string"}, "date"),
        ("nomClient", {"type": "string"}, "organisation"),
        ("issuer", {"type": "string"}, "organisation"),
        ("contactEmail", {"type": "string"}, "email"),
        ("steuersatz", {"type": "number"}, "percent"),
        ("bruttobetrag", {"type": "number"}, "amount"),
        ("kuendigungsfrist", {"type": "string"}, "duration"),
        ("governingLaw", {"type": "string"}, "place"),
        ("value", {"type": "string", "format": "email"}, "email"),
        ("value", {"type": "string", "description": "IBAN of the payee"}, "iban"),
        ("gender", {"enum": ["male", "female"]}, "choice"),
        ("currency", {"enum": ["EUR", "USD"]}, "currency"),
        ("hasInsurance", {"type": "boolean"}, "boolean"),
        ("remarks", {"type": "string"}, "text"),
    ],
)
def test_the_kind_of_value_that_is_wanted(name: str, schema: dict[str, object], kind: str) -> None:
    """Type, format, name and description tell which kind of value may be the answer."""
    assert _wanted(name, schema).kinds[0] == kind


def test_whose_it_is() -> None:
    """The own name tells the party, else the enclosing one, else the description."""
    root = questions.read({"properties": {"buyer": {"properties": {"name": {"type": "string"}}}}})

    assert wanted(root.members[0].members[0], vocabulary()).parties == {"buyer"}
    assert _wanted("vat", {"type": "string", "description": "VAT number of the issuer"}).parties == {"seller"}


def _wanted(name: str, schema: dict[str, object]) -> Wanted:
    return wanted(questions.read({"properties": {name: schema}}).members[0], vocabulary())
