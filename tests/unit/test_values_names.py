"""Names of organisations, persons and places, addresses and durations are found where running text has them."""

import pytest

from axelered_box.modules.values import Hints, all_found, read_as

LANGUAGES = Hints(("eng", "deu", "fra", "spa", "ita", "nld"))


def values(text: str, kind: str, least: float = 0.5) -> list[object]:
    """Return the values of a kind that are at least so certain."""
    found = all_found(text, LANGUAGES, {kind})  # type: ignore[arg-type]  # a table's column is any string
    return [value.value for value in found if value.certainty >= least]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("by and between Northwind Traders, Inc., a Delaware corporation", "Northwind Traders, Inc."),
        ("This Agreement is between ACME WIDGETS LLC and", "ACME WIDGETS LLC"),
        ("Der Lieferant M\u00fcller & S\u00f6hne GmbH & Co. KG liefert", "M\u00fcller & S\u00f6hne GmbH & Co. KG"),
        ("zwischen der Nordlicht AG und", "Nordlicht AG"),
        ("dem Verein Freunde der Oper e.V. gespendet", "Verein Freunde der Oper e.V."),
        ("entre la soci\u00e9t\u00e9 Les Jardins de Provence SARL et", "Les Jardins de Provence SARL"),
        ("Boulangerie Martin SAS au capital", "Boulangerie Martin SAS"),
        ("tra la Rossi Costruzioni S.r.l. e", "Rossi Costruzioni S.r.l."),
        ("fornitore: Olio Bello S.p.A.", "Olio Bello S.p.A."),
        ("entre Naranjas del Sur, S.A. y", "Naranjas del Sur, S.A."),
        ("Factuur van Tulp Handel B.V. te", "Tulp Handel B.V."),
        ("SUNRISE STATIONERY SDN BHD", "SUNRISE STATIONERY SDN BHD"),
        ("Sunrise Stationery\nSdn Bhd", "Sunrise Stationery Sdn Bhd"),
        ("GOLDEN BAKERIES (KL) SDN BHD", "GOLDEN BAKERIES (KL) SDN BHD"),
        ("Harbour Freight Pte. Ltd. and", "Harbour Freight Pte. Ltd."),
        ("Kangaroo Pty Ltd,", "Kangaroo Pty Ltd"),
        ("sold by Bharat Retail Private Limited, Pune", "Bharat Retail Private Limited"),
        ("Fjord Fisk A/S leverer", "Fjord Fisk A/S"),
        ("Zielony Las sp. z o.o. z siedzib\u0105", "Zielony Las sp. z o.o."),
        ("Brown & Partners LLP", "Brown & Partners LLP"),
        ("issued by 3M Holding Corporation today", "3M Holding Corporation"),
        ("LIEFERANT GMBH", "LIEFERANT GMBH"),
    ],
)
def test_an_organisation_is_found_with_its_legal_form(text: str, name: str) -> None:
    """The name goes back from its legal form over capitalised and connecting words, and stops where a sentence does."""
    assert name in values(text, "organisation")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("between IXORA, a California corporation, and", "IXORA"),
        ("Blue Anchor (\u201cBuyer\u201d) agrees", "Blue Anchor"),
        ("Caf\u00e9 Morgenrot\nHauptstra\u00dfe 5\n80331 M\u00fcnchen", "Caf\u00e9 Morgenrot"),
    ],
)
def test_an_organisation_without_form_is_found_by_what_follows(text: str, name: str) -> None:
    """A description, a short name in quotes, or an address behind it tells a name."""
    assert name in values(text, "organisation", 0.3)


@pytest.mark.parametrize(
    "text",
    ["the employees of the Company shall", "This Corporation", "an Inc. magazine", "in this Agreement, Company means"],
)
def test_a_form_without_a_name_is_none(text: str) -> None:
    """A legal form alone names nobody."""
    assert values(text, "organisation") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("vertreten durch Herrn Dr. Hans von M\u00fcller, Leiter", "Hans von M\u00fcller"),
        ("Dear Mrs. Jane Doe,", "Jane Doe"),
        ("Madame Am\u00e9lie Dupont-Martin", "Am\u00e9lie Dupont-Martin"),
        ("Attn: John Q. Smith", "John Q. Smith"),
        ("Ansprechpartner: Tanja Schulz", "Tanja Schulz"),
        ("Name: Maxine Clark", "Maxine Clark"),
        ("Sra. Carmen L\u00f3pez", "Carmen L\u00f3pez"),
        ("Sig. Marco Bianchi", "Marco Bianchi"),
        ("Dhr. Jan de Vries", "Jan de Vries"),
        ("Laura Meyer <laura@example.org>", "Laura Meyer"),
        ("By: Carole D. Stone\nTitle: President", "Carole D. Stone"),
    ],
)
def test_a_person_is_found(text: str, name: str) -> None:
    """A title, a label or an e-mail address beside it tells a person's name."""
    assert name in values(text, "person", 0.6)


@pytest.mark.parametrize("text", ["Total Amount", "Effective Date", "New York", "Sehr geehrte Damen", "Bank Account"])
def test_headings_are_no_persons(text: str) -> None:
    """Two capitalised words that headings have are nobody."""
    assert values(text, "person", 0.0) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("governed by the laws of the State of New York.", "New York"),
        ("under the laws of Delaware, without", "Delaware"),
        ("laws of England and Wales", "England and Wales"),
        ("Es gilt deutsches Recht.", "Deutschland"),
        ("Gerichtsstand ist Frankfurt am Main.", "Frankfurt am Main"),
        ("soumis au droit fran\u00e7ais", "France"),
        ("Herkunft: \u00d6sterreich", "\u00d6sterreich"),
        ("Origine : \u00c9tats-Unis", "\u00c9tats-Unis"),
        ("Fatto in Germania", "Germania"),
        ("hecho en Espa\u00f1a", "Espa\u00f1a"),
        ("incorporated in the United States of America", "United States of America"),
        ("SELANGOR", "SELANGOR"),
        ("the courts of the Commonwealth of Massachusetts", "Massachusetts"),
    ],
)
def test_a_place_is_found(text: str, place: str) -> None:
    """Countries in the document's languages, states, and the places of law and courts are found."""
    assert place in values(text, "place")


@pytest.mark.parametrize(
    ("text", "value", "months", "days"),
    [
        ("a period of two (2) years from", "2 years", 24, None),
        ("thirty-six (36) months", "36 months", 36, None),
        ("thirty-six months", "36 months", 36, None),
        ("for eighteen months", "18 months", 18, None),
        ("a one-year term", "1 year", 12, None),
        ("an 18-month period", "18 months", 18, None),
        ("Laufzeit: 36 Monate", "36 months", 36, None),
        ("f\u00fcr zwei Jahre", "2 years", 24, None),
        ("von vierundzwanzig Monaten", "24 months", 24, None),
        ("pendant 3 ans", "3 years", 36, None),
        ("une dur\u00e9e de trente-six mois", "36 months", 36, None),
        ("un plazo de dos a\u00f1os", "2 years", 24, None),
        ("durata di cinque anni", "5 years", 60, None),
        ("gedurende drie jaar", "3 years", 36, None),
        ("within 30 days", "30 days", None, 30),
        ("innerhalb von 14 Tagen", "14 days", None, 14),
        ("sous trente jours", "30 days", None, 30),
        ("two weeks' notice", "2 weeks", None, 14),
        ("until the second anniversary of", "2 years", 24, None),
    ],
)
def test_a_duration_is_found(text: str, value: str, months: float | None, days: float | None) -> None:
    """A number in digits or words before a unit of time is a duration, told in English with its months or days."""
    found = all_found(text, LANGUAGES, {"duration"})

    assert [(each.value, each.detail.months, each.detail.days) for each in found] == [(value, months, days)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            "NO.53, JALAN BESAR, 45600 BATANG BERJUNTAI\nSELANGOR",
            "NO.53, JALAN BESAR, 45600 BATANG BERJUNTAI, SELANGOR",
        ),
        ("Hauptstra\u00dfe 5\n80331 M\u00fcnchen\nDeutschland", "Hauptstra\u00dfe 5, 80331 M\u00fcnchen, Deutschland"),
        ("Musterfrau KG, Am Markt 3, 12345 Musterstadt", "Am Markt 3, 12345 Musterstadt"),
        ("35 rue du Port\n69100 Villeurbanne\nFrance", "35 rue du Port, 69100 Villeurbanne, France"),
        ("Calle Mayor 12, 28013 Madrid", "Calle Mayor 12, 28013 Madrid"),
        ("Via Roma 7, 20121 Milano, Italia", "Via Roma 7, 20121 Milano, Italia"),
        ("Keizersgracht 100, 1015 AA Amsterdam", "Keizersgracht 100, 1015 AA Amsterdam"),
        (
            "offices at 525 University Avenue, Suite 1400, Palo Alto, California 94301",
            "525 University Avenue, Suite 1400, Palo Alto, California 94301",
        ),
        ("15 Hampshire Street\nMansfield, MA 02048", "15 Hampshire Street, Mansfield, MA 02048"),
        ("10 Downing Street, London SW1A 2AA, United Kingdom", "10 Downing Street, London SW1A 2AA, United Kingdom"),
        (
            "Lot 3, Jalan Pelabur 23/1,\n40300 Shah Alam, Selangor",
            "Lot 3, Jalan Pelabur 23/1, 40300 Shah Alam, Selangor",
        ),
        (
            "Plot 56, Hosur Road, Bangalore-560068, Karnataka, India",
            "Plot 56, Hosur Road, Bangalore-560068, Karnataka, India",
        ),
        ("Anschrift: Lindenallee 7b, 04109 Leipzig", "Lindenallee 7b, 04109 Leipzig"),
        ("C/ Alcal\u00e1, 45\n28014 Madrid (Espa\u00f1a)", "C/ Alcal\u00e1, 45, 28014 Madrid (Espa\u00f1a)"),
        ("Address: Flat 3, 22 Acacia Avenue, Leeds LS1 4AP", "Flat 3, 22 Acacia Avenue, Leeds LS1 4AP"),
        ("12 bis, avenue Foch\n75011 PARIS", "12 bis, avenue Foch, 75011 PARIS"),
        ("Bahnhofstrasse 1\nCH-8001 Z\u00fcrich", "Bahnhofstrasse 1, CH-8001 Z\u00fcrich"),
    ],
)
def test_an_address_is_found_whole(text: str, value: str) -> None:
    """Street, city and country are one address, on one line or several; the value has commas between them."""
    assert value in values(text, "address", 0.6)


@pytest.mark.parametrize(
    "text",
    [
        "Page 12 of 30",
        "on 31 December 2009 the Board",
        "5 items at 12345 each",
        "Total 1.234,00",
        "Phone 0113 496 0123 Email",
    ],
)
def test_numbers_in_prose_are_no_address(text: str) -> None:
    """A number beside words is not enough for an address."""
    assert values(text, "address") == []


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Au bon moulin", "organisation", "Au bon moulin"),
        ("Am  Markt 3\n12345 Musterstadt", "address", "Am Markt 3, 12345 Musterstadt"),
        ("Theodor\nEst", "person", "Theodor Est"),
        ("the State of Delaware", "place", "Delaware"),
        ("Atlantis", "place", "Atlantis"),
        ("two (2) years", "duration", "2 years"),
        ("", "person", None),
    ],
)
def test_words_known_to_be_a_name_are_kept(text: str, kind: str, value: str | None) -> None:
    """Words that are known to be a name are told as they are written."""
    assert read_as(text, kind, LANGUAGES) == value  # type: ignore[arg-type]  # a table's column is any string


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("SARL Dupont et Fils", "SARL Dupont et Fils"),
        ("Spett.le Ditta Verdi Giuseppe & C. S.n.c.", "Verdi Giuseppe & C. S.n.c."),
        ("Firma Holzbau Maier", "Holzbau Maier"),
    ],
)
def test_an_organisation_is_found_behind_its_form(text: str, name: str) -> None:
    """A form, or a word such as Firma, may stand before the name."""
    assert name in values(text, "organisation")
