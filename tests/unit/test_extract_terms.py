"""Tests of `axelered_box.modules.extract.terms`: names in five languages."""

import pytest

from axelered_box.modules.extract.terms import vocabulary


@pytest.mark.parametrize(
    ("asked", "label"),
    [
        ("invoice number", "Rechnungs-Nr.:"),
        ("invoice number", "Rechnungsnummer"),
        ("invoice number", "Facture N°"),
        ("invoice number", "Nº factura"),
        ("invoice number", "Numero fattura"),
        ("due date", "Fälligkeitsdatum"),
        ("due date", "Date d'échéance"),
        ("due date", "Fecha de vencimiento"),
        ("due date", "Data di scadenza"),
        ("net total", "Summe netto"),
        ("total excluding tax", "Total HT"),
        ("vat id", "USt-IdNr."),
        ("vat id", "Umsatzsteueridentifikationsnummer"),
        ("vat id", "N° TVA intracommunautaire"),
        ("vat id", "P.IVA"),
        ("billing number", "Invoice No"),
        ("governing law", "governed by the laws of"),
    ],
)
def test_the_same_in_other_words(asked: str, label: str) -> None:
    """A label in another language, abbreviated or compounded, names what is asked."""
    words = vocabulary()

    assert words.likeness(words.read(asked), words.read(label)).score >= 0.6


@pytest.mark.parametrize(
    ("asked", "right", "wrong"),
    [
        ("invoice date", "Rechnungsdatum", "Lieferdatum"),
        ("invoice number", "Rechnungsnummer", "Kundennummer"),
        ("net total", "Nettobetrag", "Bruttobetrag"),
        ("seller name", "Verkäufer", "Käufer"),
        ("order number", "Bestellnummer", "Rechnungsnummer"),
        ("customer number", "N° client", "N° facture"),
    ],
)
def test_near_names_are_told_apart(asked: str, right: str, wrong: str) -> None:
    """Of two labels that share a word, the one that names what is asked is the more alike."""
    words = vocabulary()
    question = words.read(asked)

    assert words.likeness(question, words.read(right)).score > words.likeness(question, words.read(wrong)).score + 0.1


def test_unknown_words_match_by_their_letters() -> None:
    """A word that the vocabulary does not have stands for itself, misread by a letter too."""
    words = vocabulary()

    assert words.likeness(words.read("frobnication"), words.read("Frobnicatlon:")).score == 1.0
    assert words.likeness(words.read("frobnication"), words.read("Quibbling")).score == 0.0


def test_a_schema_without_dots_on_its_letters() -> None:
    """Names in schemas spell umlauts with an e."""
    words = vocabulary()

    assert words.likeness(words.read("kuendigungsfrist"), words.read("Kündigungsfrist")).score == 1.0
