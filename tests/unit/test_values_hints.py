"""What a document shows in one reading only settles how its other numbers and dates are read."""

import time

import pytest

from axelered_box.modules.values import Hints, all_found, hints_from_prompt, hints_of


@pytest.mark.parametrize(
    ("texts", "languages", "decimal", "order"),
    [
        (["19.00", "1,234.56", "3.50", "31/12/2018", "05/01/2018"], ["eng"], ".", "DMY"),
        (["Invoice 12/31/2018", "$ 5.00", "Austin, TX 78701"], ["eng"], ".", "MDY"),
        (["1.234,56", "7,00", "12,50", "03.04.2018"], ["deu"], ",", "DMY"),
        (["1,234.56", "7.00", "12.50"], ["deu"], ".", "DMY"),
        (["12 Stk", "03.04.2018"], ["deu"], ",", "DMY"),
        (["Montant"], ["fra"], ",", "DMY"),
        (["Kuala Lumpur, Malaysia"], ["eng"], ".", "DMY"),
        (["laws of the State of Delaware"], ["eng"], ".", "MDY"),
    ],
)
def test_a_document_settles_its_signs_and_orders(
    texts: list[str], languages: list[str], decimal: str, order: str
) -> None:
    """Unambiguous numbers and dates decide; without any, the region or the language does."""
    hints = hints_of(texts, languages)

    assert (hints.decimal, hints.date_order) == (decimal, order)


def test_what_is_shown_is_more_certain_than_what_the_language_says() -> None:
    """A document with many decimals is surer of its sign than one in that language with none."""
    shown, guessed = hints_of(["1,50", "2,50", "3,75", "9,99"], ["deu"]), hints_of(["nothing"], ["deu"])

    assert shown.decimal_certainty > guessed.decimal_certainty
    assert shown.decimal == guessed.decimal == ","


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("USt-IdNr. DE136695976", "DE"),
        ("Tel. +41 44 123 45 67, CHF 12.00, Schweiz", "CH"),
        ("SUNRISE SDN BHD, Jalan Besar, Selangor", "MY"),
        ("GSTIN 29AABCW6386P1ZP India", "IN"),
    ],
)
def test_a_document_tells_its_region(text: str, region: str) -> None:
    """Ids, prefixes and places say where a document is from."""
    assert hints_of([text], []).region == region


@pytest.mark.parametrize(
    ("prompt", "member", "value"),
    [
        ("Dates are month first.", "date_order", "MDY"),
        ("Dates are given as DD/MM/YYYY.", "date_order", "DMY"),
        ("Das Datum hat die Form TT.MM.JJJJ", "date_order", "DMY"),
        ("Use US date format", "date_order", "MDY"),
        ("The documents use a decimal comma.", "decimal", ","),
        ("Numbers: decimal point", "decimal", "."),
        ("Dezimalkomma", "decimal", ","),
        ("All amounts in CHF.", "currency", "CHF"),
        ("amounts are in euros", "currency", "EUR"),
        ("Amounts are Swiss francs", "currency", "CHF"),
        ("Alle Betr\u00e4ge in EUR", "currency", "EUR"),
        ("Be brief.", "currency", None),
    ],
)
def test_a_prompt_states_rules(prompt: str, member: str, value: str | None) -> None:
    """Rules on dates, decimals and currency in a prompt become hints."""
    assert getattr(hints_from_prompt(prompt), member) == value


def test_a_rule_outweighs_the_document() -> None:
    """A prompt's rule replaces what the document showed, and leaves the rest."""
    hints = hints_from_prompt("dates are month first", Hints(("deu",), "DE", ",", 0.9, "DMY", 0.97, "EUR"))

    assert (hints.date_order, hints.date_order_certainty) == ("MDY", 1.0)
    assert (hints.region, hints.decimal, hints.currency) == ("DE", ",", "EUR")


def test_offsets_are_those_of_the_text() -> None:
    """What is found lies inside the text, in its order, with certainties between 0 and 1."""
    text = (
        "Invoice 17 from Acme Ltd,\n10 High Street, London SW1A 2AA, 3 March 2019: "
        "\u00a3 1,200.50 (20% VAT), tel. 020 7946 0018"
    )
    found = all_found(text, hints_of([text], ["eng"]))

    kinds = {"identifier", "organisation", "address", "date", "amount", "percent", "phone"}
    assert {value.kind for value in found} >= kinds
    assert all(0 <= value.start < value.end <= len(text) and 0 < value.certainty <= 1 for value in found)
    assert [value.start for value in found] == sorted(value.start for value in found)


@pytest.mark.parametrize(
    "words", ["1 ", "1.", "A.", "(\u201c", "Aa ", "a-1-", "a@b.", "12345 Xx, ", "DE12 1234 ", "Inc. ", "Mr. "]
)
def test_hostile_text_takes_no_longer_than_prose(words: str) -> None:
    """The time grows with the text, whatever it repeats."""
    text = words * (10_000 // len(words))
    all_found(words, Hints())
    start = time.process_time()
    all_found(text, Hints())

    assert time.process_time() - start < 2


def test_places_in_capitals_tell_the_country_too() -> None:
    """A till prints in capitals; where it stands still settles whether the day or the month comes first."""
    hints = hints_of(["ACME TRADING SDN BHD\nNO. 5, JALAN AMPANG, 50450 KUALA LUMPUR\n03/04/2018"], ["eng"])

    assert (hints.region, hints.date_order) == ("MY", "DMY")
    assert hints_of(["ACME TRADING\n5 MAIN STREET\n03/04/2018"], ["eng"]).date_order == "MDY"
