"""Numbers of banks, tax offices, registers and papers are found, with check digits where they have some."""

import pytest

from axelered_box.modules.values import Found, Hints, all_found, read_as


def best(text: str, kind: str, hints: Hints | None = None) -> Found | None:
    """Return the likeliest value of a kind."""
    found = all_found(text, hints or Hints(), {kind})  # type: ignore[arg-type]  # a table's column is any string
    return max(found, key=lambda value: value.certainty, default=None)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("IBAN: DE89 3704 0044 0532 0130 00 BIC", "iban", "DE89370400440532013000"),
        ("FR1420041010050500013M02606", "iban", "FR1420041010050500013M02606"),
        ("GB29 NWBK 6016 1331 9268 19", "iban", "GB29NWBK60161331926819"),
        ("NL91ABNA0417164300 t.n.v.", "iban", "NL91ABNA0417164300"),
        ("IT60 X054 2811 1010 0000 0123 456", "iban", "IT60X0542811101000000123456"),
        ("ES91 2100 0418 4502 0005 1332", "iban", "ES9121000418450200051332"),
        ("CH93 0076 2011 6238 5295 7", "iban", "CH9300762011623852957"),
        ("BIC: COBADEFFXXX", "bic", "COBADEFFXXX"),
        ("SWIFT INGBNL2A", "bic", "INGBNL2A"),
        ("USt-IdNr.: DE 136 695 976", "vat_id", "DE136695976"),
        ("TVA FR 83 404 833 048", "vat_id", "FR83404833048"),
        ("NL810433941B01", "vat_id", "NL810433941B01"),
        ("P.IVA IT00743110157", "vat_id", "IT00743110157"),
        ("ATU13585627", "vat_id", "ATU13585627"),
        ("CHE-123.456.788 MWST", "vat_id", "CHE123456788MWST"),
        ("VAT GB 980 7806 84", "vat_id", "GB980780684"),
        ("NIF ESB58378431", "vat_id", "ESB58378431"),
        ("Steuernummer: 123/456/78901", "tax_number", "123/456/78901"),
        ("Steuer-Nr. 21/815/08150", "tax_number", "21/815/08150"),
        ("GST No.: 000689913856", "tax_number", "000689913856"),
        ("SIRET : 404 833 048 00022", "tax_number", "404 833 048 00022"),
        ("EIN 12-3456789", "tax_number", "12-3456789"),
        ("GSTIN 29AABCW6386P1ZP", "tax_number", "29AABCW6386P1ZP"),
        ("Amtsgericht K\u00f6ln HRB 12345", "registration", "HRB 12345"),
        ("B 421 938 861 RCS Paris", "registration", "B 421 938 861"),
        ("KvK-nummer 24330087", "registration", "24330087"),
        ("(139386 X)", "registration", "139386X"),
        ("Company No. 01234567", "registration", "01234567"),
        ("mail to Jane.Doe@Example.co.uk!", "email", "jane.doe@example.co.uk"),
        ("see https://www.example.org/a?b=1.", "url", "https://www.example.org/a?b=1"),
        ("www.example.de, Berlin", "url", "www.example.de"),
        ("SW1A 2AA", "postal_code", "SW1A 2AA"),
        ("80331 M\u00fcnchen", "postal_code", "80331"),
        ("D-63571 Gelnhausen", "postal_code", "63571"),
        ("Norwood, MA 02062", "postal_code", "02062"),
        ("1012 AB Amsterdam", "postal_code", "1012 AB"),
    ],
)
def test_an_id_is_found_and_normalised(text: str, kind: str, value: str) -> None:
    """An id is found in its words and told compactly."""
    found = best(text, kind)

    assert found is not None
    assert found.value == value
    assert found.certainty >= 0.4


@pytest.mark.parametrize(
    ("text", "kind"),
    [("DE88 3704 0044 0532 0130 00", "iban"), ("DE136695975", "vat_id"), ("NL810433942B01", "vat_id")],
)
def test_wrong_check_digits_make_an_id_doubtful(text: str, kind: str) -> None:
    """An id whose check digits fail is found, but not for certain."""
    found = best(text, kind)

    assert found is not None
    assert found.certainty <= 0.6


@pytest.mark.parametrize(
    ("text", "region", "value"),
    [
        ("Tel.: 0711 / 50885524", "DE", "+4971150885524"),
        ("Telefon +49 (0)711 508855-24", "DE", "+4971150885524"),
        ("T\u00e9l : 04 50 44 68 99", "FR", "+33450446899"),
        ("TEL:03-3271 9872", "MY", "+60332719872"),
        ("(650) 470-4500", None, "+16504704500"),
        ("Phone: 212.299.3586", "US", "+12122993586"),
        ("+34 954 93 12 29", None, "+34954931229"),
    ],
)
def test_a_telephone_number_is_told_internationally(text: str, region: str | None, value: str) -> None:
    """A telephone number is told in E.164, with the document's region where it has no prefix."""
    found = best(text, "phone", Hints(region=region))

    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("text", ["03.08.2009", "20180117", "1.234.567,89", "9555017370017", "2009 2010 2011"])
def test_other_numbers_are_no_telephone_numbers(text: str) -> None:
    """Dates, amounts and article numbers are not called."""
    assert [found for found in all_found(text, Hints(region="DE"), {"phone"}) if found.certainty > 0.4] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Invoice No.: RE-20171118/506 of", "RE-20171118/506"),
        ("Rechnung Nr. 471102", "471102"),
        ("Facture n\u00b0562044387 du", "562044387"),
        ("Receipt CS1801/26821", "CS1801/26821"),
        ("Order #42", "42"),
        ("ISBN 978-3-16-148410-0", "978-3-16-148410-0"),
        ("Factura n\u00ba F-2020-001", "F-2020-001"),
    ],
)
def test_an_identifier_is_found(text: str, value: str) -> None:
    """Digits with letters, dashes and slashes are an identifier, more so behind a word that says so."""
    found = best(text, "identifier")

    assert found is not None
    assert found.value == value


def test_the_parts_of_an_iban_are_doubted() -> None:
    """The groups of a certain IBAN are hardly numbers of their own."""
    found = all_found("DE89 3704 0044 0532 0130 00", Hints(), {"number", "identifier"})

    assert max(value.certainty for value in found) < 0.3


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[x] agreed", True),
        ("[ ] agreed", False),
        ("\u2612 Ja", True),
        ("\u2610", False),
        ("Paid: yes", True),
        ("Bezahlt: nein", False),
        ("Pay\u00e9 : oui", True),
    ],
)
def test_yes_and_no_are_found(text: str, value: bool) -> None:
    """Ticked boxes and words that stand for themselves are booleans."""
    found = best(text, "boolean")

    assert found is not None
    assert found.value is value


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("DE89 37O4 0044 O532 0130 00", "iban", "DE89370400440532013000"),
        ("No. RE-2017/5", "identifier", "RE-2017/5"),
        ("  ", "identifier", None),
        ("nothing", "email", None),
    ],
)
def test_words_known_to_be_an_id_are_read(text: str, kind: str, value: str | None) -> None:
    """A field's words are read as the id they are known to be."""
    assert read_as(text, kind, Hints()) == value  # type: ignore[arg-type]  # a table's column is any string
