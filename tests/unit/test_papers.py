"""Tests of `tests.samples.papers`: made-up documents say what their truth says, and the same each time."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from jsonschema import Draft202012Validator
from stdnum import iban
from stdnum.eu import vat

from tests.bench.pack.outcomes import nullable
from tests.samples.papers import documents, schemas
from tests.samples.papers.books import books
from tests.samples.papers.fields import LANGUAGES, fields, kinds
from tests.samples.papers.making import Maker
from tests.samples.papers.schemas import renamed_schema, renamed_truth

ROOT = Path(__file__).parents[2]
EACH = [(kind, LANGUAGES[place % len(LANGUAGES)]) for place, kind in enumerate(kinds())]


def text(pdf: bytes) -> str:
    """Return what a PDF says, with the codes of currencies beside their signs."""
    said = " ".join(page.get_text() for page in pymupdf.open(stream=pdf))
    return said.replace("€", "€ EUR ").replace("£", "£ GBP ").replace("$", "$ USD ")


def bare(said: str) -> str:
    return re.sub(r"\W", "", said).lower()


def texts(value: Any, schema: dict[str, Any]) -> list[str]:
    """Return the values of free text, which are printed as they are."""
    if isinstance(value, dict):
        return [said for name, one in value.items() for said in texts(one, schema["properties"][name])]
    if isinstance(value, list):
        return [said for one in value for said in texts(one, schema["items"])]
    return [value] if isinstance(value, str) and "enum" not in schema and schema.get("format") != "date" else []


def leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for one in value.values() for leaf in leaves(one)]
    return [leaf for one in value for leaf in leaves(one)] if isinstance(value, list) else [value]


@pytest.mark.parametrize(("kind", "language"), EACH)
def test_a_document_says_its_truth(kind: str, language: str) -> None:
    """Every text of the truth is on the pages, the truth follows its schema, and 3 to 20 fields are asked for."""
    paper = documents.make(kind, language, seed=7)
    said = bare(text(paper.pdf))

    assert [one for one in texts(paper.truth, paper.schema) if bare(one) not in said] == []
    assert list(Draft202012Validator(nullable(paper.schema)).iter_errors(paper.truth)) == []
    assert 3 <= len(paper.schema["properties"]) <= 20


def test_the_same_seed_makes_the_same_document() -> None:
    """Another seed makes another one."""
    first, again, other = (documents.make("invoice", "deu", seed) for seed in (1, 1, 2))

    assert (text(first.pdf), first.truth, first.schema) == (text(again.pdf), again.truth, again.schema)
    assert text(first.pdf) != text(other.pdf)


def test_some_schemas_ask_for_what_a_document_does_not_say() -> None:
    """Among a few documents are some whose truth has a null."""
    made = [documents.make("invoice", "eng", seed) for seed in range(4)]

    assert any(None in leaves(paper.truth) for paper in made)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sums_and_check_digits_are_right(language: str) -> None:
    """Lines make the net sum, with the tax the total; bank accounts and VAT numbers can be checked."""
    maker = Maker(3, language)
    made = books("sale", maker)
    facts = {name: said.value for name, said in made.facts.items()}

    assert facts["net_total"] == pytest.approx(sum(row["amount"].value for row in made.rows))
    assert facts["grand_total"] == pytest.approx(facts["net_total"] + facts["tax_total"], abs=0.011)
    assert facts["amount_due"] == pytest.approx(facts["grand_total"] - facts["amount_paid"], abs=0.011)
    assert iban.is_valid(maker.make("iban").value, check_country=False)
    assert language == "eng" or vat.is_valid(maker.make("seller_vat_id").value)


@pytest.mark.parametrize("kind", list(kinds()))
def test_synonyms_ask_for_the_same(kind: str) -> None:
    """A renamed schema has as many properties with other names, and the truth under those follows it."""
    paper = documents.make(kind, "eng", seed=11)
    renamed = renamed_schema(paper.schema)
    truth = renamed_truth(paper.truth, paper.schema, renamed)

    assert len(renamed["properties"]) == len(paper.schema["properties"])
    assert set(renamed["properties"]).isdisjoint(paper.schema["properties"])
    assert leaves(truth) == leaves(paper.truth)
    assert list(Draft202012Validator(nullable(renamed)).iter_errors(truth)) == []


def test_every_field_has_labels_in_all_languages() -> None:
    """A kind names only fields that there are, and what is printed beside labels has some in each language."""
    named = [(plan, plan["meta"] + plan["columns"] + plan["totals"] + plan["foot"]) for plan in kinds().values()]

    for plan, printed in named:
        assert {*printed, *plan["asked"], *plan["first"], *plan.get("said", [])} <= set(fields())
        assert [name for name in printed if not all(all(said) for said in fields()[name].labels.values())] == []


def test_names_in_camel_case_stay_in_it() -> None:
    """Renaming keeps the case of a schema, and inside of tables the names of columns go first."""
    row = {"type": "object", "properties": {"unitPrice": {}, "amount": {}}, "required": ["amount"]}
    schema = {"properties": {"invoiceDate": {}, "iban": {}, "amount": {}, "x": {}, "rows": {"items": row}}}

    renamed = schemas.renamed_schema(schema)["properties"]

    assert list(renamed) == ["issuedOn", "bankAccount", "invoiceSum", "x", "rows"]
    assert list(renamed["rows"]["items"]["properties"]) == ["priceEach", "lineSum"]
    assert renamed["rows"]["items"]["required"] == ["lineSum"]


def test_a_pack_is_written(tmp_path: Path) -> None:
    """The program writes documents, some of them pictures, with schemas, truth and a manifest of two sets."""
    command = [sys.executable, "-m", "tests.samples.papers", str(tmp_path), "--count", "8", "--seed", "5"]
    subprocess.run([*command, "--kinds", "receipt,nda", "--languages", "fra,ita"], cwd=ROOT, check=True)

    entries = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    extract = [entry for entry in entries if entry["set"] == "extract"]
    labels = {entry["label"] for entry in entries if entry["set"] == "classify"}
    classes = json.loads((tmp_path / "classes.json").read_text("utf-8"))["properties"]["document_type"]
    assert len(extract) == 8
    assert {(entry["kind"], entry["lang"]) for entry in extract} == {
        (kind, language) for kind in ("receipt", "nda") for language in ("fra", "ita")
    }
    assert labels == set(classes["enum"]) == {"receipt", "contract"}
    assert {entry["scan"] for entry in extract} == {True, False}
    for entry in extract:
        assert (text((tmp_path / entry["file"]).read_bytes()).strip() == "") is entry["scan"]
        assert (tmp_path / entry["truth"]).is_file()
        assert (tmp_path / entry["schema_file"].replace("schema", "schema-synonym")).is_file()
