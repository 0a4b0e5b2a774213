"""Numbers are found with their sign, currency and unit, whichever way they are written."""

import pytest

from axelered_box.modules.values import Found, Hints, all_found, read_as

POINT = Hints(("eng",), decimal=".", decimal_certainty=0.97)
COMMA = Hints(("deu",), decimal=",", decimal_certainty=0.97)


def best(text: str, hints: Hints) -> Found:
    """Return the likeliest number of a text."""
    found = all_found(text, hints, {"amount", "number", "percent", "quantity"})
    return max(found, key=lambda value: (value.certainty, value.end - value.start))


@pytest.mark.parametrize(
    ("text", "hints", "value"),
    [
        ("1.234,56", COMMA, 1234.56),
        ("1,234.56", POINT, 1234.56),
        ("1,234.56", COMMA, 1234.56),
        ("1.234.567,89", COMMA, 1234567.89),
        ("1 234,56", COMMA, 1234.56),
        ("1\u202f234,56", COMMA, 1234.56),
        ("1\u00a0234\u00a0567,89", COMMA, 1234567.89),
        ("1'234.50", POINT, 1234.5),
        ("1\u2019234\u2019567.50", POINT, 1234567.5),
        ("12,34,567.00", POINT, 1234567.0),
        ("1.500", COMMA, 1500.0),
        ("1.500", POINT, 1.5),
        ("1,500", POINT, 1500.0),
        ("0,500", POINT, 0.5),
        ("12,5", POINT, 12.5),
        ("3.441.812", COMMA, 3441812.0),
        ("27.55", COMMA, 27.55),
        (".75", POINT, 0.75),
        ("-12.00", POINT, -12.0),
        ("\u221212,00", COMMA, -12.0),
        ("12.00-", POINT, -12.0),
        ("(1,250.00)", POINT, -1250.0),
        ("1,250.00 CR", POINT, -1250.0),
        ("(3)", POINT, 3.0),
        ("1 .500,00", COMMA, 1500.0),
        ("1.500, 00", COMMA, 1500.0),
        ("2019", POINT, 2019.0),
    ],
)
def test_a_number_is_read_in_either_convention(text: str, hints: Hints, value: float) -> None:
    """Signs of thousands and decimals are told apart, by themselves or by the document's habit."""
    assert best(text, hints).value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "words", "value", "currency"),
    [
        ("Total 29.99 \u20ac TTC", "29.99 \u20ac", 29.99, "EUR"),
        ("EUR 1.234,00", "EUR 1.234,00", 1234.0, "EUR"),
        ("1.234,00 EUR", "1.234,00 EUR", 1234.0, "EUR"),
        ("US$ 5,000.00", "US$ 5,000.00", 5000.0, "USD"),
        ("$5,000", "$5,000", 5000.0, "USD"),
        ("-$45.10", "-$45.10", -45.1, "USD"),
        ("$-45.10", "$-45.10", -45.1, "USD"),
        ("($45.10)", "($45.10)", -45.1, "USD"),
        ("RM 27.55", "RM 27.55", 27.55, "MYR"),
        ("RM27.55", "RM27.55", 27.55, "MYR"),
        ("RM-12.00", "RM-12.00", -12.0, "MYR"),
        ("5,00- \u20ac", "5,00- \u20ac", -5.0, "EUR"),
        ("$1.2m in all", "$1.2m", 1200000.0, "USD"),
        ("USD 1.5 million", "USD 1.5 million", 1500000.0, "USD"),
        ("3,5 Mio. Euro", "3,5 Mio. Euro", 3500000.0, "EUR"),
        ("2 milliards d'euros, 7 milliards EUR", "7 milliards EUR", 7e9, "EUR"),
        ("219,- EUR", "219,- EUR", 219.0, "EUR"),
        ("\u00a332,500", "\u00a332,500", 32500.0, "GBP"),
        ("CHF 1'250.50", "CHF 1'250.50", 1250.5, "CHF"),
        ("\u00a312.99", "\u00a312.99", 12.99, "GBP"),
        ("Rs. 1,50,000.00", "Rs. 1,50,000.00", 150000.0, "INR"),
        ("\u20b9 999", "\u20b9 999", 999.0, "INR"),
        ("129,00 z\u0142", "129,00 z\u0142", 129.0, "PLN"),
        ("1 250,00 kr", "1 250,00 kr", 1250.0, "SEK"),
        ("450 K\u010d", "450 K\u010d", 450.0, "CZK"),
        ("3.441.812 Euros", "3.441.812 Euros", 3441812.0, "EUR"),
        ("two million, JPY 20,000", "JPY 20,000", 20000.0, "JPY"),
        ("A$ 12.00", "A$ 12.00", 12.0, "AUD"),
    ],
)
def test_an_amount_has_its_currency(text: str, words: str, value: float, currency: str) -> None:
    """A sign, code or word of a currency before or behind a number belongs to it."""
    found = best(text, Hints())

    assert (text[found.start : found.end], found.value, found.detail.currency) == (
        words,
        pytest.approx(value),
        currency,
    )
    assert found.kind == "amount"


@pytest.mark.parametrize(
    ("text", "hints", "code"),
    [
        ("$ 5.00", Hints(currency="CAD"), "CAD"),
        ("Rs. 5.00", Hints(currency="LKR"), "LKR"),
        ("5,00 kr", Hints(("dan",)), "DKK"),
        ("5,00 kr", Hints(region="NO"), "NOK"),
        ("\u00a5 500", Hints(region="CN"), "CNY"),
        ("\u20ac 5,00", Hints(currency="USD"), "EUR"),
    ],
)
def test_a_shared_sign_is_the_documents_currency(text: str, hints: Hints, code: str) -> None:
    """A sign of several currencies means the one that the document has otherwise; others mean what they mean."""
    assert best(text, hints).detail.currency == code


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("19 % MwSt", "percent", 19.0, None),
        ("7,7%", "percent", 7.7, None),
        ("2.5 percent", "percent", 2.5, None),
        ("3 Stk", "quantity", 3.0, "Stk"),
        ("2,5 h", "quantity", 2.5, "h"),
        ("10 kg", "quantity", 10.0, "kg"),
        ("12 pcs", "quantity", 12.0, "pcs"),
        ("4 uds", "quantity", 4.0, "uds"),
        ("6 pezzi", "quantity", 6.0, "pezzi"),
    ],
)
def test_percentages_and_quantities_are_told(text: str, kind: str, value: float, unit: str | None) -> None:
    """A percent sign or a unit behind a number says what it is."""
    found = best(text, COMMA)

    assert (found.kind, found.value, found.detail.unit) == (kind, value, unit)


@pytest.mark.parametrize("text", ["17/01/2018", "A4-1200", "v1.2.3.4", "user@10.de", "3rd", "abc123", "10:45"])
def test_parts_of_other_things_are_no_amounts(text: str) -> None:
    """What stands inside dates, versions, words and times is no amount."""
    assert all_found(text, POINT, {"amount"}) == []


def test_a_number_of_two_readings_is_found_twice() -> None:
    """Where the document has no habit, both readings of three digits behind a sign are there."""
    assert {found.value for found in all_found("1,500", Hints(), {"number"})} == {1500.0, 1.5}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("2O,OO", "amount", 20.0),
        ("l.234,56", "amount", 1234.56),
        ("Total: 26.00", "number", 26.0),
        ("4 pieces", "number", 4.0),
        ("no number", "amount", None),
    ],
)
def test_words_known_to_be_a_number_are_read(text: str, kind: str, value: float | None) -> None:
    """A field's words are read as a number, whatever kind of number it looks like, slips of a recogniser included."""
    assert read_as(text, kind, COMMA) == value  # type: ignore[arg-type]  # a table's column is any string


def test_currencies_alone_are_found() -> None:
    """A currency is a value of its own, with or without a number."""
    text = "Currency: EUR, or \u00a3, or RM, never ALL or dates"

    assert [found.value for found in all_found(text, Hints(), {"currency"})] == ["EUR", "GBP", "MYR"]
