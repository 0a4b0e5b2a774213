"""Tests of what `axelered_box.modules.extract` finds in documents, and how it shows that."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from axelered_box.domain import documents
from axelered_box.domain.documents import Block, Document, Kind, Page, Source
from axelered_box.domain.models import Described, Likelihood, Model, Question
from axelered_box.domain.modules import Progress, Refusal, Step, StepLimits, StepMessage
from axelered_box.modules import extract, json_schemas
from tests.samples.models import NoModel
from tests.samples.typed import grid, typed

GERMAN = """
Muster Werkzeuge GmbH
Hauptstr. 5
80331 München

# Rechnung

Rechnungsnummer: RE-2023-118           Rechnungsdatum: 05.03.2023
Kundennummer: K-4711                   Fällig am: 04.04.2023

Nettobetrag                      100,00 EUR
MwSt. 19 %                        19,00 EUR
Gesamtbetrag                     119,00 EUR
"""
FRENCH = """
# Facture

Facture n° F-2291                      Date de facture : 12/11/2022

Total HT                          200,00 €
TVA 20 %                           40,00 €
Total TTC                         240,00 €
"""
LEASE = """
# Mietvertrag

Der Mietvertrag beginnt am 1. Mai 2021 und läuft auf unbestimmte Zeit. Die monatliche Miete beträgt 850,00 EUR und
ist im Voraus zu zahlen. Der Mieter leistet eine Kaution von 2.550,00 EUR an den Vermieter vor der Übergabe.
"""
INVOICE = {
    "invoiceNumber": {"type": "string"},
    "invoiceDate": {"type": "string", "format": "date"},
    "dueDate": {"type": "string", "format": "date"},
    "netTotal": {"type": "number"},
    "taxTotal": {"type": "number"},
    "grandTotal": {"type": "number"},
    "currency": {"type": "string"},
}


class EvenModel(NoModel):
    """A model that finds all answers as likely as they are long."""

    def describe(self) -> Described:
        return Described(name="even", context_tokens=512, can_score=True)

    def score(self, shared: str, questions: Sequence[Question]) -> list[list[Likelihood]]:
        return [[Likelihood(-float(len(answer)), len(answer)) for answer in asked.answers] for asked in questions]

    def count(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


def test_a_german_invoice(tmp_path: Path) -> None:
    """Names in English find values under German labels; numbers and dates are normalised."""
    data, fields = _extract(tmp_path, typed(GERMAN, languages=("deu",)), INVOICE)

    assert data == {
        "invoiceNumber": "RE-2023-118",
        "invoiceDate": "2023-03-05",
        "dueDate": "2023-04-04",
        "netTotal": 100.0,
        "taxTotal": 19.0,
        "grandTotal": 119.0,
        "currency": "EUR",
    }
    assert fields["/grandTotal"]["quote"].startswith("119,00")


def test_a_french_invoice_by_other_names(tmp_path: Path) -> None:
    """Synonyms ask for the same."""
    schema = {
        "bill_reference": {"type": "string"},
        "issued_on": {"type": "string", "format": "date"},
        "total_before_tax": {"type": "number"},
        "gross_amount": {"type": "number"},
    }

    data, _ = _extract(tmp_path, typed(FRENCH, languages=("fra",)), schema)

    assert data == {
        "bill_reference": "F-2291",
        "issued_on": "2022-11-12",
        "total_before_tax": 200.0,
        "gross_amount": 240.0,
    }


def test_running_text(tmp_path: Path) -> None:
    """In a contract the words before a value name it."""
    schema = {
        "contractStart": {"type": "string", "format": "date"},
        "monthlyRent": {"type": "number"},
        "deposit": {"type": "integer"},
    }

    data, _ = _extract(tmp_path, typed(LEASE, languages=("deu",)), schema)

    assert data == {"contractStart": "2021-05-01", "monthlyRent": 850.0, "deposit": 2550}
    assert isinstance(data["deposit"], int)


def test_every_value_is_what_the_page_says_at_its_box(tmp_path: Path) -> None:
    """The words within a field's box are its quote."""
    document = typed(GERMAN, languages=("deu",))

    _, fields = _extract(tmp_path, document, INVOICE)

    for field in fields.values():
        x0, y0, x1, y1 = field["bbox"]
        inside = [
            word.text
            for word in document.pages[0].words
            if x0 <= word.x0 and word.x1 <= x1 and y0 <= word.y0 and word.y1 <= y1
        ]
        assert " ".join(inside) == field["quote"]
        assert field["page"] == 1 and 0 < field["confidence"]["extract"] <= 1


def test_what_is_not_said_is_not_found(tmp_path: Path) -> None:
    """A field that the document lacks is null, a required one too, and has no place."""
    schema = {
        "iban": {"type": "string"},
        "diagnosis": {"type": "string"},
        "birthDate": {"type": "string", "format": "date"},
    }

    data, fields = _extract(tmp_path, typed(GERMAN, languages=("deu",)), schema, required=["iban"])

    assert data["iban"] is None and fields["/iban"]["status"] == "not_found"
    assert fields["/iban"]["quote"] is None and fields["/iban"]["page"] is None
    assert data["diagnosis"] is None and data["birthDate"] is None


def test_a_table_without_pages(tmp_path: Path) -> None:
    """In a file without printed pages a citation has no box."""
    document = grid([["Field", "Value"], ["Invoice number", "A-1001"], ["Grand total", "EUR 55.20"]])

    data, fields = _extract(
        tmp_path, document, {"invoice_number": {"type": "string"}, "grand_total": {"type": "number"}}
    )

    assert data == {"invoice_number": "A-1001", "grand_total": 55.2}
    assert fields["/invoice_number"]["bbox"] is None and fields["/invoice_number"]["quote"] == "A-1001"


def test_nesting_choices_and_patterns(tmp_path: Path) -> None:
    """Objects nest, choices are told in the document's language, and a pattern is kept."""
    document = typed("""
# Patientenbogen

Geschlecht: weiblich
Postleitzahl: 80331
Kennung: ab 12
""")
    schema = {
        "patient": {"type": "object", "properties": {"gender": {"type": "string", "enum": ["male", "female"]}}},
        "kennung": {"type": "string", "pattern": "^[A-Z]{2}\\d{9}$"},
    }

    data, _ = _extract(tmp_path, document, schema)

    assert data == {"patient": {"gender": "female"}, "kennung": None}


def test_a_rule_of_the_prompt_reaches_the_code(tmp_path: Path) -> None:
    """The order of day and month is as the user says."""
    document = typed("Invoice date: 03/04/2021")
    schema = {"invoice_date": {"type": "string", "format": "date"}}

    first, _ = _extract(tmp_path / "a", document, schema, systemPromptAppend="Dates are written month first.")
    second, _ = _extract(tmp_path / "b", document, schema, systemPromptAppend="Dates are written day first.")

    assert (first["invoice_date"], second["invoice_date"]) == ("2021-03-04", "2021-04-03")


def test_without_citations(tmp_path: Path) -> None:
    """Fields then have value, status and confidence only."""
    _, fields = _extract(tmp_path, typed(GERMAN), {"grandTotal": {"type": "number"}}, citations=False)

    assert set(fields["/grandTotal"]) == {"path", "value", "status", "confidence"}


def test_a_missing_field_can_fail_the_task(tmp_path: Path) -> None:
    """The refusal names what is missing."""
    with pytest.raises(Refusal, match="/iban") as refused:
        _extract(tmp_path, typed(GERMAN), {"iban": {"type": "string"}}, onMissing="fail")

    assert refused.value.failure.code == "fields_missing"


@pytest.mark.parametrize(
    ("source", "code"), [(Source.DIGITAL, "document_empty"), (Source.FAILED, "document_unreadable")]
)
def test_a_document_without_text_is_refused(tmp_path: Path, source: Source, code: str) -> None:
    """There is nothing to extract from."""
    page = Page(number=1, width=10, height=10, source=source, quality=0)
    document = Document(page_count=1, pages=[page], blocks=[Block(id="1.1", kind=Kind.FIGURE, page=1, text="")])

    with pytest.raises(Refusal) as refused:
        _extract(tmp_path, document, {"a": {"type": "string"}})

    assert refused.value.failure.code == code


def test_a_schema_that_cannot_be_used_is_a_problem_of_its_member() -> None:
    """The place in the schema is told."""
    problems = extract.check(
        extract.ExtractOptions(json_schema={"type": "object", "properties": {"a": {"type": "text"}}})
    )

    assert problems and problems[0].loc[0] == "jsonSchema"


def _extract(
    folder: Path,
    document: Document,
    properties: dict[str, Any],
    model: Model | None = None,
    required: list[str] | None = None,
    **options: Any,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return data and fields by path; the data is validated, and the file holds the same."""
    (folder / "out").mkdir(parents=True)
    (folder / "document.json").write_bytes(documents.encode(document))
    schema = {"type": "object", "properties": properties, "required": required or [], "additionalProperties": False}
    message = StepMessage(
        module="extract",
        step=Step(),
        options={"jsonSchema": schema, **options},
        file_name="a.pdf",
        media_type="application/pdf",
        document="document.json",
        limits=StepLimits(memory_bytes=1 << 30, max_pages=10, cpu_s=60),
    )
    assert extract.MODULE.run is not None
    result = extract.MODULE.run(message, folder, Progress(lambda _: None), model or EvenModel())
    assert result.result is not None
    assert msgspec.json.decode((folder / "out" / result.outputs[0].name).read_bytes()) == result.result
    Draft202012Validator(json_schemas.nullable(schema)).validate(result.result["data"])
    return result.result["data"], {field["path"]: field for field in result.result["fields"]}
