"""Sentences as people in offices write them become the operations that were meant, or are refused."""

from typing import Any

import pytest

from axelered_box.domain.documents import Document
from axelered_box.domain.modules import Refusal
from axelered_box.modules.edit import words
from tests.samples.models import SmallModel
from tests.unit.test_edit_words import PAGES, op, planned, replace

PDF, WORD = "pdf", "docx"

SENTENCES: list[tuple[str, str, list[dict[str, Any]]]] = [
    (
        PDF,
        "Hi, could you please swap the name Jonathan Price for Margaret O'Neill everywhere?",
        [replace("Jonathan Price", "Margaret O'Neill")],
    ),
    (
        PDF,
        "In the whole document, replace Northwind Traders with Contoso Ltd.",
        [replace("Northwind Traders", "Contoso Ltd")],
    ),
    (PDF, "Wherever it says “Draft”, write “Final” instead.", [replace("Draft", "Final")]),
    (
        PDF,
        "Please redact every phone number and every email address on the first page.",
        [op("redact", pattern="phone", pages="1"), op("redact", pattern="email", pages="1")],
    ),
    (PDF, "Black out the bank details /iban and /bic.", [op("redact", field="/iban"), op("redact", field="/bic")]),
    (
        PDF,
        "Hide all dates, all amounts and the social security numbers.",
        [op("redact", pattern="date"), op("redact", pattern="amount"), op("redact", pattern="nationalId")],
    ),
    (PDF, "Get rid of pages 4 through 6.", [op("deletePages", pages="4-6")]),
    (PDF, "I'd like you to remove the first and the last page.", [op("deletePages", pages="1,6")]),
    (PDF, "Page 5 should be rotated by 90 degrees counterclockwise.", [op("rotatePages", degrees=270, pages="5")]),
    (PDF, "Swap pages 2 and 3.", [op("reorderPages", order=[1, 3, 2, 4, 5, 6])]),
    (
        PDF,
        'Put page 6 at the beginning, then stamp "COPY" on every page in the bottom right corner.',
        [op("movePage", page=6, to=1), op("stamp", text="COPY", position="bottom-right")],
    ),
    (
        PDF,
        "Number the pages starting with 10 at the top right and add the header \u2018Internal use only\u2019.",
        [op("addPageNumbers", first=10, position="top-right"), op("addHeader", text="Internal use only")],
    ),
    (
        PDF,
        'Strip all metadata and password protect the file with "Blue-Sky7".',
        [op("clearMetadata"), op("encrypt", password="Blue-Sky7")],
    ),
    (
        PDF,
        "Please fill in First name: Carla, Last name: Núñez and then flatten it.",
        [op("fillForm", fields={"First name": "Carla", "Last name": "Núñez"}), op("flattenForm")],
    ),
    (
        PDF,
        'Highlight the words "late fee" and "interest" in yellow and draw a red box around "termination".',
        [
            op("highlight", text="late fee"),
            op("highlight", text="interest"),
            op("highlight", text="termination", style="box", color="#ff8787"),
        ],
    ),
    (
        WORD,
        "Accept every tracked change, delete all comments, and replace Q3 with Q4.",
        [op("acceptChanges"), op("removeComments"), replace("Q3", "Q4")],
    ),
    (
        WORD,
        'Fill the placeholder {{customer}} with "Ada Lovelace" and {{date}} with "1 May 2026".',
        [op("fillForm", fields={"{{customer}}": "Ada Lovelace"}), op("fillForm", fields={"{{date}}": "1 May 2026"})],
    ),
    (
        WORD,
        'Delete the row with "Shipping" from the table and insert a paragraph "Free delivery." before "Total".',
        [op("deleteRows", containing="Shipping"), op("insertParagraph", text="Free delivery.", before="Total")],
    ),
    (
        PDF,
        "Make the file as small as possible and remove any embedded JavaScript as well.",
        [op("compress"), op("removeScripts")],
    ),
    (
        PDF,
        "Guten Tag, bitte ersetzen Sie überall Müller & Söhne GbR durch Müller Bau GmbH. Vielen Dank!",
        [replace("Müller & Söhne GbR", "Müller Bau GmbH")],
    ),
    (PDF, "Tauschen Sie bitte »Köln« gegen »Düsseldorf« aus.", [replace("Köln", "Düsseldorf")]),
    (PDF, "Aus Frau Schröder wird Frau Schröder-Weiß.", [replace("Frau Schröder", "Frau Schröder-Weiß")]),
    (PDF, "Den Betrag 1.250,00 € bitte auf 1.350,00 € ändern.", [replace("1.250,00 €", "1.350,00 €")]),
    (PDF, "Statt „Lieferung“ soll überall „Leistung“ stehen.", [replace("Lieferung", "Leistung")]),
    (
        PDF,
        "Alle Bankverbindungen und sämtliche Telefonnummern bitte schwärzen!",
        [op("redact", pattern="iban"), op("redact", pattern="phone")],
    ),
    (
        PDF,
        "Könntest du Max Mustermann und Lieschen Müller unkenntlich machen?",
        [op("redact", text="Max Mustermann"), op("redact", text="Lieschen Müller")],
    ),
    (PDF, "Auf Seite 3 soll „Jürgen Groß“ geschwärzt werden.", [op("redact", text="Jürgen Groß", pages="3")]),
    (
        PDF,
        "Bitte die Seiten 3 bis 5 entfernen und die Seite 2 um 180° drehen.",
        [op("deletePages", pages="3-5"), op("rotatePages", degrees=180, pages="2")],
    ),
    (PDF, "Ich brauche nur die Seiten 1, 3 und 6.", [op("keepPages", pages="1,3,6")]),
    (PDF, "Vertausche Seite 1 mit Seite 2.", [op("reorderPages", order=[2, 1, 3, 4, 5, 6])]),
    (PDF, "Die letzte Seite soll ganz nach vorne.", [op("movePage", page=6, to=1)]),
    (
        PDF,
        "Versehen Sie das Dokument mit dem Wasserzeichen „MUSTER“ und mit Seitenzahlen unten in der Mitte.",
        [op("watermark", text="MUSTER"), op("addPageNumbers")],
    ),
    (PDF, "Bringen Sie auf jeder Seite oben rechts den Stempel „Eingegangen“ an.", [op("stamp", text="Eingegangen")]),
    (
        PDF,
        "Schützen Sie die PDF mit dem Kennwort „Sommer2026“ und löschen Sie vorher alle Metadaten.",
        [op("clearMetadata"), op("encrypt", password="Sommer2026")],
    ),
    (
        PDF,
        "Tragen Sie im Feld Vorname „Jörg“ und im Feld Nachname „Weiß“ ein.",
        [op("fillForm", fields={"Vorname": "Jörg"}), op("fillForm", fields={"Nachname": "Weiß"})],
    ),
    (
        PDF,
        "Bitte „Zahlungsziel“ gelb markieren und „Skonto“ rot unterstreichen.",
        [op("highlight", text="Zahlungsziel"), op("highlight", text="Skonto", style="underline", color="#ff8787")],
    ),
    (
        WORD,
        "Nehmen Sie alle Änderungen an und entfernen Sie sämtliche Kommentare.",
        [op("acceptChanges"), op("removeComments")],
    ),
    (
        WORD,
        "Den Absatz mit „Vertragsstrafe“ löschen und nach „§ 5“ den Absatz „Es gilt deutsches Recht.“ einfügen.",
        [
            op("deleteParagraphs", containing="Vertragsstrafe"),
            op("insertParagraph", text="Es gilt deutsches Recht.", after="§ 5"),
        ],
    ),
    (
        WORD,
        "Ersetze {{Name}} durch „Özlem Yildiz“, {{Ort}} durch „Görlitz“ und verwirf die Überarbeitungen.",
        [replace("{{Name}}", "Özlem Yildiz"), replace("{{Ort}}", "Görlitz"), op("rejectChanges")],
    ),
    (
        PDF,
        'Replace Jane Doe by John Doe on pages 2-4, then add "Approved" as a stamp in green.',
        [replace("Jane Doe", "John Doe", pages="2-4"), op("stamp", text="Approved", color="#8ce99a")],
    ),
    (
        PDF,
        "Remove the phone numbers from the document and delete the second page.",
        [op("redact", pattern="phone"), op("deletePages", pages="2")],
    ),
    (PDF, "Delete all pages except pages 1 and 2", [op("deletePages", pages="3,4,5,6")]),
    (
        PDF,
        "Anonymize Peter Parker, Mary Jane Watson and all emails.",
        [op("redact", text="Peter Parker"), op("redact", text="Mary Jane Watson"), op("redact", pattern="email")],
    ),
    (PDF, "Encrypt it with the password secret123", [op("encrypt", password="secret123")]),
    (
        PDF,
        'Put "Confidential" in the footer and number the pages at the top left.',
        [op("addFooter", text="Confidential"), op("addPageNumbers", position="top-left")],
    ),
    (PDF, 'Substitute "buyer" for "purchaser".', [replace("purchaser", "buyer")]),
    (PDF, "Use 'Ms' instead of 'Mrs' throughout the document.", [replace("Mrs", "Ms")]),
    (PDF, "Change the author to Legal Department", [op("setMetadata", author="Legal Department")]),
    (PDF, 'Delete the sentence "This offer is not binding."', [replace("This offer is not binding.", "")]),
    (
        PDF,
        "Rotate pages 2 and 5 by 90 degrees to the left; move page 5 in front of page 2.",
        [op("rotatePages", degrees=270, pages="2,5"), op("movePage", page=5, to=2)],
    ),
    (
        PDF,
        "Tick the box 'I agree' and fill in the field Date with 24.11.2026",
        [op("fillForm", fields={"I agree": True}), op("fillForm", fields={"Date": "24.11.2026"})],
    ),
    (
        WORD,
        'Reject the tracked changes and insert "Annex" at the end.',
        [op("rejectChanges"), op("insertParagraph", text="Annex")],
    ),
    (WORD, "Remove every paragraph that mentions 'penalty'.", [op("deleteParagraphs", containing="penalty")]),
    (
        PDF,
        "Löschen Sie bitte die Seiten 2-4 und schwärzen Sie den Namen Dr. Sabine Hübner.",
        [op("deletePages", pages="2-4"), op("redact", text="Dr. Sabine Hübner")],
    ),
    (
        PDF,
        'Das Wort "Käufer" bitte durch "Erwerber" ersetzen, nur ganze Wörter.',
        [replace("Käufer", "Erwerber", wholeWords=True)],
    ),
    (PDF, "Alle Seiten außer Seite 1 löschen.", [op("deletePages", pages="2,3,4,5,6")]),
    (
        PDF,
        "Wir möchten, dass Sie alle E-Mail-Adressen schwärzen und das Dokument anschließend komprimieren.",
        [op("redact", pattern="email"), op("compress")],
    ),
    (
        PDF,
        "Fügen Sie auf allen Seiten die Kopfzeile „Entwurf \u2013 nicht verbindlich“ ein.",
        [op("addHeader", text="Entwurf \u2013 nicht verbindlich")],
    ),
    (PDF, "Bitte das Wasserzeichen „KOPIE“ auf Seite 1 und 2 einfügen.", [op("watermark", text="KOPIE", pages="1,2")]),
    (
        PDF,
        "Titel auf „Jahresbericht“ setzen, Schlagwörter auf „Bilanz, GuV“ setzen.",
        [op("setMetadata", title="Jahresbericht"), op("setMetadata", keywords="Bilanz, GuV")],
    ),
    (
        PDF,
        "Ersetzen Sie \u201aMusterstraße 1\u2018 durch \u201aRingweg 20a\u2018 und \u201a12345\u2018 durch"
        " \u201a54321\u2018.",
        [replace("Musterstraße 1", "Ringweg 20a"), replace("12345", "54321")],
    ),
    (PDF, "Die Anlagen und Skripte sollen entfernt werden.", [op("removeAttachments"), op("removeScripts")]),
    (
        PDF,
        "Kreuzen Sie „Ja“ an und füllen Sie das Feld „PLZ“ mit „02826“ aus.",
        [op("fillForm", fields={"Ja": True}), op("fillForm", fields={"PLZ": "02826"})],
    ),
    (
        PDF,
        "Unterstreichen Sie „Frist“ und rahmen Sie „30. Juni“ rot ein.",
        [
            op("highlight", text="Frist", style="underline"),
            op("highlight", text="30. Juni", style="box", color="#ff8787"),
        ],
    ),
    (PDF, "Streiche „ungültig“ durch.", [op("highlight", text="ungültig", style="strikeout")]),
    (
        WORD,
        "Lösche die Tabellenzeile, die „Rabatt“ enthält, und füge nach „Summe“ eine Zeile mit „MwSt“, „19 %“ ein.",
        [op("deleteRows", containing="Rabatt"), op("insertRow", after="Summe", cells=["MwSt", "19 %"])],
    ),
    (WORD, "Alle Kommentare löschen und die Änderungen übernehmen.", [op("removeComments"), op("acceptChanges")]),
    (WORD, "Fülle {{Anrede}} mit „Frau“ aus.", [op("fillForm", fields={"{{Anrede}}": "Frau"})]),
]

REFUSED = [
    "We moved: change 12 Baker Street to 48 Kings Road and 020 7946 0000 to 020 7946 0123.",
    "Please take out page 4 and renumber nothing.",
    "Change the invoice number RE-2026-001 to RE-2026-002",
    "Redact everything.",
    "Redact the customer's address.",
    "Do not delete page 2.",
    "Translate the second paragraph and accept all changes.",
    "Schwärzen Sie alle Preise, das Geburtsdatum 12.03.1980 und die Kontonummer.",
    "Nicht Seite 2 löschen, sondern Seite 3.",
    "Drehen Sie die letzte Seite um 90° nach links und setzen Sie sie an den Anfang.",
    "Die Seitenzahlen bitte entfernen.",
    "Mach die Datei schöner.",
]


@pytest.mark.parametrize(("kind", "text", "wanted"), SENTENCES, ids=lambda value: str(value)[:40])
def test_sentences_of_an_office_become_what_was_meant(kind: str, text: str, wanted: list[dict[str, Any]]) -> None:
    assert planned(text, kind) == wanted


@pytest.mark.parametrize("text", REFUSED)
def test_sentences_that_are_not_understood_whole_are_refused_whole(text: str) -> None:
    document = Document(page_count=PAGES, pages=[], blocks=[])

    with pytest.raises(Refusal) as refused:
        words.operations_of(text, document, "pdf", SmallModel())

    assert refused.value.failure.code == "instruction_not_understood"
