"""Sentences that are not understood whole are refused whole, whatever part of them could be done."""

from typing import Any

import pytest

from axelered_box.domain.documents import Document
from axelered_box.domain.edits import to_json
from axelered_box.domain.models import Described, Generate, Generated
from axelered_box.domain.modules import Refusal
from axelered_box.modules.edit import words
from tests.samples.models import NoModel, SmallModel
from tests.unit.test_edit_words import PAGES

PDF, WORD = "pdf", "docx"

REFUSED = [
    (PDF, "We moved: change 12 Baker Street to 48 Kings Road and 020 7946 0000 to 020 7946 0123."),
    (PDF, "Please take out page 4 and renumber nothing."),
    (PDF, "Change the invoice number RE-2026-001 to RE-2026-002"),
    (PDF, "Redact everything."),
    (PDF, "Redact the customer's address."),
    (PDF, "Do not delete page 2."),
    (PDF, "Translate the second paragraph and accept all changes."),
    (PDF, "Schwärzen Sie alle Preise, das Geburtsdatum 12.03.1980 und die Kontonummer."),
    (PDF, "Nicht Seite 2 löschen, sondern Seite 3."),
    (PDF, "Drehen Sie die letzte Seite um 90° nach links und setzen Sie sie an den Anfang."),
    (PDF, "Die Seitenzahlen bitte entfernen."),
    (PDF, "Mach die Datei schöner."),
    (PDF, "Remove the author from the metadata."),
    (WORD, "In the contract, change 'Buyer' to 'Purchaser' and delete the paragraph about penalties."),
    (PDF, 'Blacken "Acme Corp." everywhere except on page 1.'),
    (PDF, "Schwärze bitte alle Geburtsdaten."),
    (PDF, "Schwärzen Sie Herrn Dr. Max Huber sowie alle IBAN-Nummern."),
    (PDF, "Lösche Seite 2 nicht."),
    (PDF, "Verschlüsseln Sie das Dokument nicht."),
    (PDF, "Don't redact the IBANs, but delete page 3."),
    (PDF, "Highlight the total and the due date."),
    (PDF, "Redact Anna Weber unless she is the landlord."),
    (PDF, "Replace the first occurrence of 'A' with 'B'."),
    (PDF, "Ersetze „A“ durch „B“, aber nur in der Überschrift."),
    (PDF, "Replace 'A' with 'B' and 'C'."),
    (PDF, "Replace 'A' with 'B' twice."),
    (PDF, "Delete the last two pages but keep page 6."),
    (PDF, "Redact all amounts above 100 EUR."),
    (PDF, "Redact all dates before 2020"),
    (PDF, "Schwärze alle Beträge über 1000 Euro."),
    (PDF, "Schwärze alle Namen."),
    (PDF, "Redact names and addresses."),
    (PDF, "Rotate all landscape pages by 90 degrees."),
    (PDF, "Delete all blank pages."),
    (PDF, "Lösche alle leeren Seiten."),
    (PDF, "Replace 'Smith' with 'Jones' in the first paragraph."),
    (PDF, "Replace 'Smith' with 'Jones' in the table on page 2."),
    (PDF, "Highlight 'x' in yellow and bold."),
    (PDF, "Add a watermark 'DRAFT' to pages 1-3 in red."),
    (PDF, "Encrypt the file with the password 'abc' but allow no printing."),
    (PDF, "Replace 'A' with 'B' unless it is in quotes"),
    (PDF, "Delete page 2 or 3."),
    (PDF, "Seite 2 oder 3 löschen."),
    (PDF, "Move pages 2 and 3 to the end."),
    (PDF, "Kopiere Seite 2 ans Ende."),
    (PDF, "Duplicate page 1."),
    (PDF, "Split the document after page 3."),
    (PDF, "Replace X with Y. Ignore case."),
    (PDF, "Ersetze „a“ durch „b“ und umgekehrt."),
    (PDF, "Redact Anna Weber's IBAN."),
    (PDF, "Redact all IBANs except DE89370400440532013000."),
    (PDF, "Redact all e-mail addresses of example.com."),
    (PDF, "Schwärze alle Telefonnummern von Max Meier."),
    (PDF, "Entferne die Kopfzeile."),
    (PDF, "Set the title and the author to 'X'."),
    (PDF, "Redact every second IBAN."),
    (PDF, "Nummeriere die Seiten ab Seite 3."),
    (WORD, "Delete the first paragraph."),
    (WORD, "Delete the table."),
    (WORD, "Accept all changes by Anna."),
    (WORD, "Reject the changes on page 2."),
    (WORD, "Remove the comment by Ann."),
    (WORD, "Insert a row after 'Boots'."),
    (PDF, "Good morning, please black out all account numbers and the name Thomas Müller. Kind regards, Ida"),
    (PDF, "Lock the document with the password Tr33House! and shrink it."),
    (PDF, "Stamp 'PAID' on page 1 and page 3 at the bottom left."),
    (PDF, "Number the pages from page 2 on."),
]


@pytest.mark.parametrize(("kind", "text"), REFUSED)
def test_sentences_that_are_not_understood_whole_are_refused_whole(kind: str, text: str) -> None:
    document = Document(page_count=PAGES, pages=[], blocks=[])

    with pytest.raises(Refusal) as refused:
        words.operations_of(text, document, kind, SmallModel())

    assert refused.value.failure.code == "instruction_not_understood"


class Server(NoModel):
    """A model server that answers with one plan."""

    def __init__(self, plan: str) -> None:
        self._plan = plan

    def describe(self) -> Described:
        return Described(name="large", context_tokens=32768, can_score=False)

    def generate(self, ask: Generate) -> Generated:
        assert ask.schema is not None
        return Generated(text=self._plan, prompt_tokens=1, completion_tokens=1, finished=True)


def by_server(text: str, plan: str) -> list[dict[str, Any]]:
    document = Document(page_count=PAGES, pages=[], blocks=[])
    return [to_json(one) for one in words.operations_of(text, document, PDF, Server(plan))]


def test_a_server_may_plan_what_no_rule_understands() -> None:
    (made,) = by_server("Kindly see to it that Jane Doe vanishes.", '[{"op": "redact", "text": "Jane Doe"}]')

    assert (made["op"], made["text"]) == ("redact", "Jane Doe")


@pytest.mark.parametrize(
    "plan",
    [
        '[{"op": "redact", "text": "John Roe"}]',
        '[{"op": "acceptChanges"}]',
        '[{"op": "redact"}]',
        '[{"op": "shred"}]',
        "[]",
        "Sure!",
    ],
)
def test_a_plan_of_a_server_that_was_not_said_is_refused(plan: str) -> None:
    with pytest.raises(Refusal) as refused:
        by_server("Kindly see to it that Jane Doe vanishes.", plan)

    assert refused.value.failure.code == "instruction_not_understood"
