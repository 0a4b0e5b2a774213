"""Tests of `axelered_box.modules.summarize`'s parts: headings, boilerplate, selection, places and labels."""

import pytest

from axelered_box.domain.documents import Block, Document, Kind
from axelered_box.modules.summarize import (
    boilerplate,
    candidates,
    centrality,
    facts,
    labels,
    places,
    prose,
    salience,
    selection,
    terms,
)
from axelered_box.modules.summarize.sections import Role, role_of
from tests.unit.written import document


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("2. Materials and Methods", Role.METHODS),
        ("IV. RESULTS AND DISCUSSION", Role.RESULTS),
        ("Executive Summary", Role.ABSTRACT),
        ("Zusammenfassung", Role.ABSTRACT),
        ("5 Fazit und Ausblick", Role.CONCLUSION),
        ("6. Schlussfolgerungen", Role.CONCLUSION),
        ("Literaturverzeichnis", Role.REFERENCES),
        ("Conflits d\u2019intérêts", Role.APPARATUS),
        ("Introducción", Role.INTRODUCTION),
        ("Materiales y métodos", Role.METHODS),
        ("Ringraziamenti", Role.APPARATUS),
        ("Funding", Role.DECLARATIONS),
        ("The methods of a spy", Role.OTHER),
    ],
)
def test_a_heading_tells_what_its_section_is_for(heading: str, role: Role) -> None:
    """Headings are known in five languages, with their numbers and in any case."""
    assert role_of(heading) is role


def test_funding_is_content_where_there_are_no_references() -> None:
    """In a report *Funding* is a chapter; in an article it is a declaration."""
    report = "# Report\n\n## Funding\n\nThe town pays 4 million euros for the bridge."
    article = report + "\n\n## References\n\n- A. Author, Bridges, 2011."

    assert [section.heading for section in prose.sections(document(report))] == ["Funding"]
    assert prose.sections(document(article)) == []


def test_a_paragraph_is_whole_over_pages_and_keeps_its_pieces() -> None:
    """A word that a page end parted is joined, and each character is known to be of one block."""
    first = Block(id="1.1", kind=Kind.PARAGRAPH, page=1, text="The house is an exam-")
    second = Block(id="2.1", kind=Kind.PARAGRAPH, page=2, text="ple of its time.", continues="1.1")
    written = Document(page_count=2, pages=[], blocks=[first, second])

    (paragraph,) = prose.sections(written)[0].paragraphs
    found = places.places(written, paragraph, (0, len(paragraph.text)))

    assert paragraph.text == "The house is an example of its time."
    assert [(place.page, place.quote) for place in found] == [(1, "The house is an exam"), (2, "ple of its time.")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Copyright 2016 A. Author, who keeps all of it.",
        "Correspondence should be addressed to A. Author in Leeds.",
        "Die Studie wurde von der Ethikkommission genehmigt.",
        "Les auteurs déclarent n'avoir aucun conflit d\u2019intérêts.",
    ],
)
def test_notices_are_no_content(sentence: str) -> None:
    """Rights, addresses and declarations are left out."""
    assert boilerplate.is_notice(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["Sehr geehrte Frau Beispiel,", "Yours sincerely, H. Brooks", "Distinti saluti", "En Madrid, a 1 de mayo de 2024."],
)
def test_courtesies_are_no_content(sentence: str) -> None:
    """Greetings, farewells and datelines are left out."""
    assert boilerplate.is_courtesy(sentence)


def test_what_was_told_is_not_told_twice() -> None:
    """Of two sentences that say the same one is chosen, and another part of the document has its turn."""
    text = """
# The bridge

## Cost

The new bridge over the river costs the town 4 million euros. The new bridge over the river costs the town 4 million.

## Traffic

Nine thousand cars a day are expected to use the new bridge from the spring of 2026 on.
"""
    written = document(text)
    sections = prose.sections(written)
    rated = salience.rated(candidates.candidates(sections, "eng"), sections, written.title, "eng")

    taken = [one.candidate.short for one in selection.chosen(rated, 60)]

    assert len(taken) == 2
    assert taken[1].startswith("Nine thousand cars")


def test_a_sentence_that_leans_comes_only_with_the_one_before() -> None:
    """*It was sold* is not told unless it is told what."""
    text = (
        "# Sale\n\nThe mill was built by two brothers of the village in 1890. It was sold to the state for 900 francs."
    )
    sections = prose.sections(document(text))
    rated = salience.rated(candidates.candidates(sections, "eng"), sections, "Sale", "eng")

    assert [one.candidate.leans for one in rated] == [False, True]
    assert [one.candidate.place for one in selection.chosen(rated, 12)] == [1]
    assert [one.candidate.place for one in selection.chosen(rated, 40)] == [1, 2]


def test_a_sentence_that_was_read_badly_is_told_last() -> None:
    """Of two sentences that tell as much, the one whose words are sure has the higher salience."""
    texts = ["The mill on the river was sold in 1890.", "The mill on the river was sold in 1890."]
    blocks = [
        Block(id=f"1.{place}", kind=Kind.PARAGRAPH, page=1, text=text, confidence=confidence)
        for place, (text, confidence) in enumerate(zip(texts, (0.6, 1.0), strict=True))
    ]
    sections = prose.sections(Document(page_count=1, pages=[], blocks=blocks))

    unsure, sure = salience.rated(
        candidates.candidates(sections, "eng"), sections, None, "eng", salience.Weights(lead=0, early=0, edge=0)
    )

    assert sure.salience > unsure.salience


def test_the_sentence_that_shares_most_is_most_central() -> None:
    """A sentence between two others is more central than they are, and one apart is least."""
    texts = ["cats chase mice", "cats and dogs chase mice and birds", "dogs chase birds", "rain fell yesterday"]
    counted = [terms.terms(text, "eng") for text in texts]
    weights = terms.weights(counted)

    ranks = centrality.centrality([terms.vector(each, weights) for each in counted])

    assert ranks.index(max(ranks)) == 1
    assert ranks.index(min(ranks)) == 3


@pytest.mark.parametrize(
    ("label", "value", "kind"),
    [
        ("Amount due", "1,190.00", 0),
        ("Net à payer", "29,99 €", 0),
        ("Total EUR", "34,73", 0),
        ("Fällig am", "17.03.2025", 1),
        ("Scadenza", "31/12/2024", 1),
        ("Proveedor", "Acme S.A.", 2),
        ("Invoice No", "A-12", 4),
    ],
)
def test_labels_are_known_by_kind(label: str, value: str, kind: int) -> None:
    """What a value is about is told from its label, in five languages."""
    assert labels.kind_of(labels.rank_of(label, value)) == kind


def test_a_total_that_is_no_amount_is_not_what_is_to_be_paid() -> None:
    """*Total: 3 items* is no sum of money."""
    assert labels.kind_of(labels.rank_of("Total", "3 items")) != labels.TO_PAY


def test_values_below_their_labels_are_read() -> None:
    """A table with one row of values has its labels above them."""
    table = "# Invoice\n\n| Invoice No | Date | Customer |\n| A-12 | 2024-05-03 | Acme |"

    assert [fact.text for fact in facts.facts(document(table))] == [
        "Customer: Acme",
        "Invoice No: A-12",
        "Date: 2024-05-03",
    ]


def test_a_quote_of_a_list_item_has_not_its_number() -> None:
    """The words of a list item begin with its number, which is not part of its text."""
    written = document("1. The tenant pays the rent.")
    block = written.blocks[0]
    block = Block(
        id="1.1", kind=Kind.LIST_ITEM, page=1, text="The tenant pays the rent.", marker="1.", words=block.words
    )

    place = places.in_block(written, block, (0, 10))

    assert place.quote == "The tenant"
    assert place.bbox == (10.0, 0.0, 30.0, 10.0)
