"""Tests of `axelered_box.modules.extract.rows`: arrays of objects out of tables, lines and entries."""

from typing import Any

import pytest

from axelered_box.domain.documents import Document
from axelered_box.modules import values
from axelered_box.modules.citing import supports
from axelered_box.modules.extract import questions, rows
from tests.samples.typed import grid, typed

ITEM = {"description": "string", "quantity": "number", "unit_price": "number", "amount": "number"}


def _items(document: Document, members: dict[str, Any], name: str = "line_items") -> list[dict[str, Any]]:
    """Return what is found, each value's citation checked against its page."""
    properties = {key: {"type": kind} if isinstance(kind, str) else kind for key, kind in members.items()}
    schema = {"properties": {name: {"type": "array", "items": {"type": "object", "properties": properties}}}}
    array = next(questions.arrays(questions.read(schema)))
    hints = values.hints_of([block.text for block in document.blocks], document.languages)
    found: dict[int, dict[str, Any]] = {}
    for answer in rows.answers(document, array, hints):
        assert answer.citation is not None
        assert supports(document, answer.citation) or not document.pages
        assert 0.0 < answer.extract <= 1.0
        _, _, place, member = answer.path.split("/")
        found.setdefault(int(place), {})[member] = answer.value
    return [found[place] for place in sorted(found)]


def test_a_table_without_rules() -> None:
    """Headings name the columns, and the sum below is no item."""
    document = typed("""
Rechnung 17

Pos   Bezeichnung            Menge    Einzelpreis     Gesamt
1     Schraube M8            20 Stk          0,15       3,00
2     Bohrer                  1 Stk         12,50      12,50

                                      Gesamtbetrag     15,50
""")

    found = _items(document, ITEM)

    assert found == [
        {"description": "Schraube M8", "quantity": 20.0, "unit_price": 0.15, "amount": 3.0},
        {"description": "Bohrer", "quantity": 1.0, "unit_price": 12.5, "amount": 12.5},
    ]


def test_other_names_for_the_same() -> None:
    """Properties are found by what they mean, in another language than the document's too."""
    document = typed("""
Désignation              Qté     PU HT    Montant HT
Stylo bleu                12      1,20         14,40
Cahier                     3      2,50          7,50
""")

    found = _items(
        document, {"artikel": "string", "menge": "integer", "unitCost": "number", "sum": "number"}, "Positionen"
    )

    assert found == [
        {"artikel": "Stylo bleu", "menge": 12, "unitCost": 1.2, "sum": 14.4},
        {"artikel": "Cahier", "menge": 3, "unitCost": 2.5, "sum": 7.5},
    ]


def test_a_description_over_two_lines() -> None:
    """A line without numbers goes on with the item above; a note with a label does not."""
    document = typed("""
Description                   Qty     Price      Total
Office chair with arm           2     90.00     180.00
rests and wheels
Desk lamp                       1     30.00      30.00
Serial no.: 4711
""")

    found = _items(document, ITEM)

    assert [item["description"] for item in found] == ["Office chair with arm rests and wheels", "Desk lamp"]


def test_arithmetic_tells_what_no_heading_says() -> None:
    """The number times which the price is the amount is the quantity."""
    document = typed("""
Description             Foo     Unit price      Amount
Hammer                    3          10.00       30.00
Nails                   200           0.05       10.00
""")

    found = _items(document, ITEM)

    assert [item["quantity"] for item in found] == [3.0, 200.0]


def test_a_table_over_two_pages() -> None:
    """A heading that is repeated is no item, nor is a sum that is carried over."""
    head = "Concepto             Cantidad     Precio     Importe\n"
    document = typed(
        head + "Silla                       2      50,00      100,00\n"
        "Suma y sigue                                  100,00\n",
        head
        + "Suma anterior                                 100,00\n"
        + "Mesa                        1     200,00      200,00\n",
    )

    found = _items(document, ITEM)

    assert [(item["description"], item["amount"]) for item in found] == [("Silla", 100.0), ("Mesa", 200.0)]


def test_units_beside_the_quantity() -> None:
    """A unit without a column of its own is read out of the quantity's cell, and only it is cited."""
    document = typed("""
Leistung            Menge        EP        GP
Montage           2,5 Std     60,00    150,00
Kabel                10 m      1,00     10,00
""")

    found = _items(document, {**ITEM, "unit": "string"})

    assert [item["unit"] for item in found] == ["Std", "m"]


def test_an_office_table() -> None:
    """A file without printed pages has its rows from the cells."""
    document = grid([["Item", "Qty", "Amount"], ["Pens", "3", "4.50"], ["Paper", "1", "6.00"], ["Total", "", "10.50"]])

    found = _items(document, {"name": "string", "count": "integer", "amount": "number"})

    assert found == [{"name": "Pens", "count": 3, "amount": 4.5}, {"name": "Paper", "count": 1, "amount": 6.0}]


def test_a_bank_statement() -> None:
    """Days become ISO dates, signs stay, and balances are no transactions."""
    document = typed(
        """
Buchung       Verwendungszweck             Betrag        Saldo
              Alter Kontostand                        1.000,00
01.03.2024    Miete                       -850,00       150,00
15.03.2024    Gehalt                     2.000,00     2.150,00
              Neuer Kontostand                        2.150,00
""",
        languages=("deu",),
    )
    members = {"date": {"type": "string", "format": "date"}, "description": "string", "amount": "number"}

    found = _items(document, members, "transactions")

    assert found == [
        {"date": "2024-03-01", "description": "Miete", "amount": -850.0},
        {"date": "2024-03-15", "description": "Gehalt", "amount": 2000.0},
    ]


def test_a_receipt_without_headings() -> None:
    """Lines that end in amounts are items down to the sum; how many of it says the line below."""
    document = typed("""
CORNER SHOP
12 High Street

Whole milk
2 x 1.29                2.58
Bread                   3.40
TOTAL                   5.98
CASH                   10.00
""")

    found = _items(document, {"description": "string", "quantity": "number", "price": "number", "total": "number"})

    assert found == [
        {"description": "Whole milk", "quantity": 2.0, "price": 1.29, "total": 2.58},
        {"description": "Bread", "total": 3.4},
    ]


def test_entries_of_a_section() -> None:
    """Below a section's heading each period begins an entry; the next section's are not among them."""
    document = typed("""
# Work experience

2019 - 2024    Data engineer
               Blue Harbor Ltd, London

2015 - 2019    Developer
               Codeworks AG, Zürich

# Education

2010 - 2013    M.Sc.
               TU München
""")

    found = _items(document, {"period": "string", "title": "string", "employer": "string"}, "work_experience")

    assert found == [
        {"period": "2019 - 2024", "title": "Data engineer", "employer": "Blue Harbor Ltd"},
        {"period": "2015 - 2019", "title": "Developer", "employer": "Codeworks AG"},
    ]


def test_headings_left_of_their_numbers() -> None:
    """In wide columns a heading may stand left and its numbers right, nearer to the next heading."""
    document = typed("""
Product           Net amount              Tax amount              Total
Chair                         100,00                   19,00              119,00
Table                         200,00                   38,00              238,00
""")

    found = _items(document, {"product": "string", "net_amount": "number", "tax_amount": "number", "total": "number"})

    assert found == [
        {"product": "Chair", "net_amount": 100.0, "tax_amount": 19.0, "total": 119.0},
        {"product": "Table", "net_amount": 200.0, "tax_amount": 38.0, "total": 238.0},
    ]


def test_headings_set_close_together() -> None:
    """Where a space only parts two headings, the columns below tell where one ends."""
    document = typed("""
Artikel               Menge Einzelpreis    Betrag
Lampe                     2       15,00     30,00
Stuhl                     4       20,00     80,00
""")

    found = _items(document, ITEM)

    assert [item["quantity"] for item in found] == [2.0, 4.0]
    assert [item["unit_price"] for item in found] == [15.0, 20.0]


def test_a_rate_is_no_price() -> None:
    """A column of percentages is not taken for money, however its heading may read."""
    document = typed("""
Description        Price     VAT price    Amount
Hammer             10.00           20%     10.00
Saw                 8.00           20%      8.00
""")

    found = _items(document, {"description": "string", "unit_price": "number", "amount": "number"})

    assert [item["unit_price"] for item in found] == [10.0, 8.0]


def test_parties_as_objects() -> None:
    """The parties of a contract may be asked for with what the contract calls them."""
    document = typed(
        'This Agreement is made between Acme Widgets, Inc., a Delaware corporation (the "Seller"), and John A. Doe'
        ' (the "Buyer").'
    )

    found = _items(document, {"name": "string", "role": "string"}, "parties")

    assert found == [{"name": "Acme Widgets, Inc.", "role": "Seller"}, {"name": "John A. Doe", "role": "Buyer"}]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dear Sir or Madam,\n\nplease find enclosed what you asked for. We delivered 3 boxes for 20.00 in May.",
        "Net total        100.00\nVAT 20%           20.00\nTotal            120.00",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    """A document without items has none."""
    assert _items(typed(text), ITEM) == []
