"""Instructions in English and German become the operations that were meant, or fail loudly; none becomes another."""

from typing import Any

import pytest

from axelered_box.domain.documents import Document
from axelered_box.domain.edits import to_json
from axelered_box.domain.modules import Refusal
from axelered_box.modules.edit import words
from tests.samples.models import NoModel, SmallModel

PAGES = 6


def planned(text: str, kind: str = "pdf") -> list[dict[str, Any]]:
    document = Document(page_count=PAGES, pages=[], blocks=[])
    return [_short(to_json(one)) for one in words.operations_of(text, document, kind, NoModel())]


def _short(operation: dict[str, Any]) -> dict[str, Any]:
    """Return an operation without members that have their usual value."""
    usual: dict[str, Any] = {
        "matchCase": operation["op"] == "replaceText",
        "wholeWords": False,
        "color": {"highlight": "#ffe066", "stamp": "#c00000", "watermark": "#808080"}.get(operation["op"]),
        "style": "highlight",
        "fontSize": {"stamp": 14.0}.get(operation["op"], 10.0),
        "opacity": 0.15,
        "position": {"stamp": "top-right"}.get(operation["op"], "bottom-center"),
        "format": "{page}",
        "first": 1,
        "align": "center",
        "allowPrint": True,
        "allowCopy": True,
        "allowChange": False,
    }
    return {name: value for name, value in operation.items() if name not in usual or usual[name] != value}


def op(name: str, **members: Any) -> dict[str, Any]:
    return {"op": name, **members}


def replace(find: str, by: str, **more: Any) -> dict[str, Any]:
    return op("replaceText", find=find, replace=by, **more)


ENGLISH: list[tuple[str, list[dict[str, Any]]]] = [
    ('Replace "ACME GmbH" with "Muster AG".', [replace("ACME GmbH", "Muster AG")]),
    ("Replace ACME GmbH with Muster AG", [replace("ACME GmbH", "Muster AG")]),
    ("Please change every occurrence of 'Smith & Sons' to 'Miller Ltd' on page 2.",
     [replace("Smith & Sons", "Miller Ltd", pages="2")]),
    ("Replace “2025” with “2026” and “Berlin” with “Bonn”.", [replace("2025", "2026"), replace("Berlin", "Bonn")]),
    ("Replace the word 'cat' with 'dog', whole words only, ignoring case.",
     [replace("cat", "dog", matchCase=False, wholeWords=True)]),
    ("Redact all IBANs and e-mail addresses.", [op("redact", pattern="iban"), op("redact", pattern="email")]),
    ("Black out the name 'Jane Doe' on pages 1 to 3.", [op("redact", text="Jane Doe", pages="1-3")]),
    ("Redact the extracted field /iban", [op("redact", field="/iban")]),
    ("Redact \"Jane Doe\", \"John Roe\" and all phone numbers",
     [op("redact", text="Jane Doe"), op("redact", text="John Roe"), op("redact", pattern="phone")]),
    ("Remove all credit card numbers", [op("redact", pattern="card")]),
    ("Rotate page 2 clockwise and delete the last page",
     [op("rotatePages", degrees=90, pages="2"), op("deletePages", pages="6")]),
    ("Turn all pages by 180 degrees.", [op("rotatePages", degrees=180)]),
    ("Rotate page 1 to the left, page 2 to the right",
     [op("rotatePages", degrees=270, pages="1"), op("rotatePages", degrees=90, pages="2")]),
    ("Delete pages 2, 4 and 5, then add page numbers at the bottom right.",
     [op("deletePages", pages="2,4,5"), op("addPageNumbers", position="bottom-right")]),
    ("Keep only the first two pages", [op("keepPages", pages="1-2")]),
    ("Extract pages 3-5 into a new file.", [op("keepPages", pages="3-5")]),
    ("Move page 3 to the end", [op("movePage", page=3, to=-1)]),
    ("Move the last page before page 2 and then reverse the order of the pages",
     [op("movePage", page=6, to=2), op("reorderPages", order=[6, 5, 4, 3, 2, 1])]),
    ("Reorder the pages to 3, 1, 2, 4, 5, 6", [op("reorderPages", order=[3, 1, 2, 4, 5, 6])]),
    ("Highlight 'total amount' in green", [op("highlight", text="total amount", color="#8ce99a")]),
    ("Draw nothing. Underline 'must' on page 1", []),
    ("Stamp 'PAID' in red at the top left of page 1",
     [op("stamp", text="PAID", color="#ff8787", position="top-left", pages="1")]),
    ("Add a watermark 'DRAFT' and encrypt the file with the password 'open sesame'.",
     [op("watermark", text="DRAFT"), op("encrypt", password="open sesame")]),
    ("Add page numbers as Page x of y except on the first page",
     [op("addPageNumbers", format="Page {page} of {pages}", pages="2-6")]),
    ('Add the footer "Confidential" and the header "Annual report" on the left',
     [op("addFooter", text="Confidential"), op("addHeader", text="Annual report", align="left")]),
    ("Set the title to 'Lease 2026' and the author to 'Legal'",
     [op("setMetadata", title="Lease 2026"), op("setMetadata", author="Legal")]),
    ("Clear the metadata, remove all attachments and remove the JavaScript.",
     [op("clearMetadata"), op("removeAttachments"), op("removeScripts")]),
    ("Fill the field 'Name' with 'Anna Weber' and flatten the form.",
     [op("fillForm", fields={"Name": "Anna Weber"}), op("flattenForm")]),
    ("Could you please compress the document?", [op("compress")]),
    ("Remove all annotations; rotate the even pages upside down",
     [op("removeAnnotations"), op("rotatePages", degrees=180, pages="2,4,6")]),
]  # fmt: skip

GERMAN: list[tuple[str, list[dict[str, Any]]]] = [
    ("Ersetze „ACME GmbH“ durch „Muster AG“.", [replace("ACME GmbH", "Muster AG")]),
    ("ACME GmbH durch Muster AG ersetzen", [replace("ACME GmbH", "Muster AG")]),
    ("Bitte ändern Sie 'Meier' in 'Maier' auf Seite 2.", [replace("Meier", "Maier", pages="2")]),
    ("Schwärze alle IBANs", [op("redact", pattern="iban")]),
    ("Alle Telefonnummern und E-Mail-Adressen schwärzen.",
     [op("redact", pattern="phone"), op("redact", pattern="email")]),
    ("Schwärze den Namen „Erika Mustermann“ auf den Seiten 1 bis 3 und lösche Seite 5.",
     [op("redact", text="Erika Mustermann", pages="1-3"), op("deletePages", pages="5")]),
    ("Mache alle Kreditkartennummern unkenntlich.", [op("redact", pattern="card")]),
    ("Lösche die letzte Seite.", [op("deletePages", pages="6")]),
    ("Die Seiten 2 und 4 löschen und Seite 1 nach rechts drehen",
     [op("deletePages", pages="2,4"), op("rotatePages", degrees=90, pages="1")]),
    ("Drehe Seite 3 um 90 Grad gegen den Uhrzeigersinn", [op("rotatePages", degrees=270, pages="3")]),
    ("Drehe alle Seiten auf den Kopf, dann füge Seitenzahlen unten rechts hinzu.",
     [op("rotatePages", degrees=180), op("addPageNumbers", position="bottom-right")]),
    ("Behalte nur die ersten zwei Seiten.", [op("keepPages", pages="1-2")]),
    ("Verschiebe Seite 4 ans Ende", [op("movePage", page=4, to=-1)]),
    ("Verschiebe die 2. Seite vor Seite 1 und entferne alle Anmerkungen.",
     [op("movePage", page=2, to=1), op("removeAnnotations")]),
    ("Kehre die Reihenfolge der Seiten um", [op("reorderPages", order=[6, 5, 4, 3, 2, 1])]),
    ("Markiere „fällig“ gelb", [op("highlight", text="fällig")]),
    ("Hebe „Gesamtbetrag“ in Grün hervor und unterstreiche „sofort“.",
     [op("highlight", text="Gesamtbetrag", color="#8ce99a"), op("highlight", text="sofort", style="underline")]),
    ("Stemple „BEZAHLT“ oben links auf Seite 1.", [op("stamp", text="BEZAHLT", position="top-left", pages="1")]),
    ("Füge ein Wasserzeichen „ENTWURF“ ein und verschlüssele die Datei mit dem Passwort „geheim“.",
     [op("watermark", text="ENTWURF"), op("encrypt", password="geheim")]),
    ("Füge Seitenzahlen im Format Seite x von y hinzu", [op("addPageNumbers", format="Seite {page} von {pages}")]),
    ("Schreibe „Vertraulich“ in die Fußzeile.", [op("addFooter", text="Vertraulich")]),
    ("Setze den Titel auf „Mietvertrag“ und den Autor auf „Recht“.",
     [op("setMetadata", title="Mietvertrag"), op("setMetadata", author="Recht")]),
    ("Metadaten löschen, Anhänge entfernen", [op("clearMetadata"), op("removeAttachments")]),
    ("Trage „Anna Weber“ in das Feld „Name“ ein.", [op("fillForm", fields={"Name": "Anna Weber"})]),
    ("Fülle das Feld „Ort“ mit „Bonn“ aus und komprimiere die Datei.",
     [op("fillForm", fields={"Ort": "Bonn"}), op("compress")]),
    ("Könnten Sie bitte die Datei verkleinern?", [op("compress")]),
    ("Nummeriere die Seiten ab 5.", [op("addPageNumbers", first=5)]),
    ("Schwärze das Feld /customer/name, alle Datumsangaben und „Az. 12/26“.",
     [op("redact", field="/customer/name"), op("redact", pattern="date"), op("redact", text="Az. 12/26")]),
    ("Lösche Seite 1 sowie Seite 3. Drehe danach die neue Seite 1 nach links.", []),
    ("Ersetze „Frau Müller“ durch „die Mieterin“ im ganzen Dokument und entferne die Skripte.",
     [replace("Frau Müller", "die Mieterin"), op("removeScripts")]),
]  # fmt: skip

WORD: list[tuple[str, list[dict[str, Any]]]] = [
    ("Accept all changes and remove all comments.", [op("acceptChanges"), op("removeComments")]),
    ("Lehne alle Änderungen ab.", [op("rejectChanges")]),
    ("Delete the paragraph containing 'obsolete clause'", [op("deleteParagraphs", containing="obsolete clause")]),
    ("Lösche alle Zeilen mit „storniert“", [op("deleteRows", containing="storniert")]),
    ("Insert the paragraph 'New clause.' after '§ 3'", [op("insertParagraph", text="New clause.", after="§ 3")]),
    ("Füge den Absatz „Ende.“ am Ende hinzu", [op("insertParagraph", text="Ende.")]),
    ("Add a row with 'Gloves', '2', '7.50' after the row 'Boots'",
     [op("insertRow", after="Boots", cells=["Gloves", "2", "7.50"])]),
    ("Fill {{name}} with 'Anna'", [op("fillForm", fields={"{{name}}": "Anna"})]),
]  # fmt: skip

NONSENSE = [
    "Make it nicer.",
    "Rotate page 2 by 45 degrees",
    "Lösche alles Überflüssige",
    "Delete page 2 and make the rest shine",
    "Translate the document into French",
    "Schwärze",
    "Draw nothing. Underline 'must' on page 1",
    "Lösche Seite 1 sowie Seite 3. Drehe danach die neue Seite 1 nach links.",
    "?",
]


@pytest.mark.parametrize(
    ("text", "wanted"), [case for case in ENGLISH + GERMAN if case[1]], ids=lambda value: str(value)[:40]
)
def test_instructions_become_what_was_meant(text: str, wanted: list[dict[str, Any]]) -> None:
    assert planned(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), WORD, ids=lambda value: str(value)[:40])
def test_instructions_for_word_files(text: str, wanted: list[dict[str, Any]]) -> None:
    assert planned(text, "docx") == wanted


@pytest.mark.parametrize("text", NONSENSE)
def test_what_is_not_understood_fails_and_says_so(text: str) -> None:
    document = Document(page_count=PAGES, pages=[], blocks=[])
    with pytest.raises(Refusal) as refused:
        words.operations_of(text, document, "pdf", SmallModel())
    assert refused.value.failure.code == "instruction_not_understood"
    assert "Nothing was changed" in refused.value.failure.message
