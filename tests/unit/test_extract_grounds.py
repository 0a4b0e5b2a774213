"""Tests of what a value needs to be shown: a name of its own, its own party, a ticked box."""

from typing import Any

import pytest

from axelered_box.domain.documents import Block, Document, Kind, Page, Source, Word
from axelered_box.domain.modules import Progress
from axelered_box.modules import citing, values
from axelered_box.modules.extract import work
from axelered_box.modules.extract.options import ExtractOptions
from tests.bench.pack.asked import NoLikelihoods


def unprinted(*lines: str) -> Document:
    """Return a document as the readers of files without printed pages make it: words have zeros for places."""
    words: list[Word] = []
    blocks = []
    for place, line in enumerate(lines):
        start = len(words)
        words += [Word(word, 0, 0, 0, 0) for word in line.split()]
        blocks.append(Block(id=f"1.{place}", kind=Kind.PARAGRAPH, page=1, text=line, words=(start, len(words))))
    page = Page(number=1, width=0, height=0, source=Source.DIGITAL, quality=1, words=words)
    return Document(page_count=1, pages=[page], blocks=blocks)


def fields(document: Document, **properties: Any) -> dict[str, dict[str, Any]]:
    """Return the fields that are extracted, by name."""
    options = ExtractOptions(json_schema={"type": "object", "properties": properties})
    result = work.extract(document, options, NoLikelihoods(), Progress(lambda message: None))
    return {field["path"][1:]: field for field in result["fields"]}


def test_a_file_without_printed_pages_has_no_boxes() -> None:
    found = fields(unprinted("Invoice number: A-1733"), invoiceNumber={"type": "string"})
    assert found["invoiceNumber"]["value"] == "A-1733"
    assert found["invoiceNumber"]["quote"] == "A-1733"
    assert found["invoiceNumber"]["bbox"] is None


def test_printed_pages_keep_their_words() -> None:
    page = Page(number=1, width=595, height=842, source=Source.DIGITAL, quality=1, words=[Word("x", 1, 1, 2, 2)])
    document = Document(page_count=1, pages=[page], blocks=[])
    assert citing.without_places(document) is document


def test_a_number_that_another_name_claims_is_not_shown() -> None:
    number = {"type": "number"}
    found = fields(unprinted("Night allowance: 150.00 EUR", "Penale"), rimborso=number, pension=number)
    assert {field["status"] for field in found.values()} == {"not_found"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[ ] Yes [x] No", [False]),
        ("☒ ja ☐ nein", [True]),
        ("oui [ ] non [X]", [False]),
        ("[ ] s\u00ed [ ] no", []),
    ],
)
def test_only_the_word_with_a_ticked_box_counts(text: str, said: list[bool]) -> None:
    found = values.all_found(text, values.hints_of([text], []), {"boolean"})
    assert [one.value for one in found] == said


def test_a_choice_is_the_one_whose_box_is_ticked() -> None:
    choice = {"type": "string", "enum": ["monthly", "quarterly", "yearly"]}
    found = fields(unprinted("Fee type: [ ] monthly [x] quarterly [ ] yearly"), feeType=choice)
    assert found["feeType"]["value"] == "quarterly"


def test_parties_of_a_contract_go_to_their_roles() -> None:
    document = unprinted(
        "Loan agreement",
        'This agreement is made between Harrow Savings Ltd, with its seat in Leeds (the "Lender") and '
        'Martha Quill of 3 Elm Road, Leeds (the "Borrower").',
    )
    found = fields(document, borrower={"type": "string"}, lender={"type": "string"})
    assert {name: field["value"] for name, field in found.items()} == {
        "borrower": "Martha Quill",
        "lender": "Harrow Savings Ltd",
    }


def test_a_sender_is_a_name_without_the_mail_address() -> None:
    found = fields(unprinted("From: Petra Lang <p.lang@post.example>"), sender={"type": "string"})
    assert found["sender"]["value"] == "Petra Lang"
