"""German sentences as people in offices write them become the operations that were meant."""

from typing import Any

import pytest

from tests.unit.test_edit_words import op, planned, replace

PDF, WORD = "pdf", "docx"

SENTENCES: list[tuple[str, str, list[dict[str, Any]]]] = [
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
    (PDF, "Ersetze Meyer durch Meier und lösche Seite 2.", [replace("Meyer", "Meier"), op("deletePages", pages="2")]),
    (PDF, "Die E-Mail-Adressen sind zu schwärzen.", [op("redact", pattern="email")]),
    (PDF, "Bitte die erste und die letzte Seite herausnehmen.", [op("deletePages", pages="1,6")]),
    (PDF, "Dreh Seite 2 um 180 Grad.", [op("rotatePages", degrees=180, pages="2")]),
    (
        PDF,
        "Auf der ersten Seite oben links „Entwurf“ stempeln.",
        [op("stamp", text="Entwurf", position="top-left", pages="1")],
    ),
    (
        PDF,
        "Ändern Sie das Datum 01.02.2026 in 01.03.2026 und die Nummer 4711 in 4712.",
        [replace("01.02.2026", "01.03.2026"), replace("4711", "4712")],
    ),
    (PDF, "Fügen Sie unten in der Mitte Seitenzahlen ein, beginnend mit 3.", [op("addPageNumbers", first=3)]),
    (PDF, "Seite 5 bitte vor Seite 2 schieben.", [op("movePage", page=5, to=2)]),
    (
        PDF,
        "Entfernen Sie alle Kommentare und Anhänge aus der Datei.",
        [op("removeAnnotations"), op("removeAttachments")],
    ),
    (WORD, "Löschen Sie den Absatz mit „Gerichtsstand“.", [op("deleteParagraphs", containing="Gerichtsstand")]),
    (
        WORD,
        "Änderungen annehmen, Kommentare löschen, Metadaten entfernen.",
        [op("acceptChanges"), op("removeComments"), op("clearMetadata")],
    ),
    (PDF, "Setze den Titel auf Mietvertrag 2026.", [op("setMetadata", title="Mietvertrag 2026")]),
    (
        PDF,
        "Formular ausfüllen: Name = Anna Weber, Ort = Bonn",
        [op("fillForm", fields={"Name": "Anna Weber", "Ort": "Bonn"})],
    ),
    (PDF, "Kannst du die Seiten in umgekehrter Reihenfolge sortieren?", [op("reorderPages", order=[6, 5, 4, 3, 2, 1])]),
]


@pytest.mark.parametrize(("kind", "text", "wanted"), SENTENCES, ids=lambda value: str(value)[:40])
def test_sentences_of_an_office_become_what_was_meant(kind: str, text: str, wanted: list[dict[str, Any]]) -> None:
    assert planned(text, kind) == wanted
