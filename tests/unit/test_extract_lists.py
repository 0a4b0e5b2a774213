"""Tests of `axelered_box.modules.extract.lists`: parties of contracts, and what is listed after and below labels."""

from typing import Any

import pytest

from axelered_box.domain.documents import Document
from axelered_box.modules import values
from axelered_box.modules.citing import supports
from axelered_box.modules.extract import lists, questions
from tests.samples.typed import typed


def _listed(document: Document, name: str, item: dict[str, Any] | None = None) -> list[Any]:
    """Return what is found, each value's citation checked against its page."""
    schema = {"properties": {name: {"type": "array", "items": item or {"type": "string"}}}}
    array = next(questions.arrays(questions.read(schema)))
    hints = values.hints_of([block.text for block in document.blocks], document.languages)
    found = lists.answers(document, array, hints)
    assert [answer.path for answer in found] == [f"/{name}/{place}" for place in range(len(found))]
    for answer in found:
        assert answer.citation is not None
        assert supports(document, answer.citation)
    return [answer.value for answer in found]


@pytest.mark.parametrize(
    ("preamble", "parties"),
    [
        (
            'This Agreement is made by and between Acme Widgets, Inc., a Delaware corporation ("Acme"),'
            ' and John A. Doe, residing in Leeds (the "Consultant"). WHEREAS the parties wish to work together',
            ["Acme Widgets, Inc.", "John A. Doe"],
        ),
        (
            "Vertrag zwischen der Alpha Maschinenbau GmbH & Co. KG, Industriestr. 5, 70565 Stuttgart (nachfolgend"
            " „Auftraggeber“) und der Beta Software AG, Marktplatz 1, 20095 Hamburg (nachfolgend „Auftragnehmer“)"
            " wird folgende Vereinbarung geschlossen",
            ["Alpha Maschinenbau GmbH & Co. KG", "Beta Software AG"],
        ),
        (
            "Entre les soussignés : La société Dupont Industries SAS, dont le siège social est situé à Lyon (ci-après"
            " « Dupont »), et Madame Claire Moreau, demeurant à Paris (ci-après « le Prestataire »), il a été convenu",
            ["Dupont Industries SAS", "Claire Moreau"],
        ),
        (
            'De una parte, Soluciones Ibéricas S.L., con CIF B12345678 y sede en Madrid (en adelante, el "Cliente").'
            ' De otra parte, Gráficas del Norte S.A., con domicilio en Bilbao (en adelante, el "Proveedor").',
            ["Soluciones Ibéricas S.L.", "Gráficas del Norte S.A."],
        ),
        (
            'Accordo stipulato tra Rossi & Figli S.r.l., con sede in Milano (il "Cliente"), e Mario Bianchi,'
            ' con sede in Roma (il "Fornitore").',
            ["Rossi & Figli S.r.l.", "Mario Bianchi"],
        ),
    ],
)
def test_parties_of_a_preamble(preamble: str, parties: list[str]) -> None:
    """Names where a preamble puts its parties are found, as they are printed and without their roles."""
    assert _listed(typed(preamble), "parties") == parties


def test_parties_by_their_signatures() -> None:
    """A letter without a preamble has the organisations that are given a role or sign it."""
    document = typed("""
Northwind Traders Ltd.
1 Dock Road

You have asked us for information on Contoso Holdings, Inc. (the "Company").

You agree to keep it secret.

CONTOSO HOLDINGS, INC.
By: /s/ Ann Lee

NORTHWIND TRADERS LTD.
By: /s/ Tom Fox
""")

    assert _listed(document, "contracting_parties") == ["Contoso Holdings, Inc.", "NORTHWIND TRADERS LTD."]


@pytest.mark.parametrize(
    "text",
    [
        "Attendees: Anna Berg (chair), Tom Fisher and Li Wei\nDate: 4 April 2024",
        "Attendees ............. Anna Berg, Tom Fisher, Li Wei\nDate .................. 4 April 2024",
        "Attendees          Anna Berg, Tom Fisher, Li Wei\nDate               4 April 2024",
        "# Attendees\n- Anna Berg\n- Tom Fisher\n- Li Wei\n\nThe meeting began at nine.",
        "Date        Attendees                          Place\n4.4.2024    Anna Berg, Tom Fisher, Li Wei      Hall",
        "Attendees: Anna Berg,\nTom Fisher,\nLi Wei\n\nDate: 4 April 2024",
    ],
)
def test_a_list_in_many_forms(text: str) -> None:
    """A list is found behind its label, beside, below, and point by point; roles in brackets are no part of it."""
    assert _listed(typed(text), "participants") == ["Anna Berg", "Tom Fisher", "Li Wei"]


def test_labels_that_occur_again() -> None:
    """Each occurrence of a label adds to the list, and what is said twice is there once."""
    document = typed("Skill: Python\n\nSkill: SQL\n\nSkill: python")

    assert _listed(document, "skills") == ["Python", "SQL"]


def test_allowed_values() -> None:
    """Of the values that the schema allows those are taken that the document says."""
    item = {"enum": ["bank transfer", "cash", "cheque"]}

    assert _listed(typed("You may pay by Cash or by bank transfer."), "payment_methods", item) == [
        "bank transfer",
        "cash",
    ]


def test_values_told_by_their_form() -> None:
    """E-mail addresses need no label."""
    document = typed("Write to info@example.org or, for orders, to shop@example.org.")

    assert _listed(document, "emails", {"type": "string", "format": "email"}) == [
        "info@example.org",
        "shop@example.org",
    ]


@pytest.mark.parametrize("name", ["parties", "attendees", "skills", "emails"])
def test_nothing_is_guessed(name: str) -> None:
    """A document that lists nothing of the kind has none."""
    assert _listed(typed("The weather between Monday and Tuesday was fine. See you in Paris."), name) == []
