"""Kinds of documents are known by their words and their look, and labels by the names of kinds in five languages."""

import pytest

from axelered_box.domain.documents import Block, Document, Kind, Page, Source
from axelered_box.modules.classify import kinds
from axelered_box.modules.classify.facts import FACTS, facts_of
from axelered_box.modules.classify.labels import Property, properties_of
from axelered_box.modules.classify.passages import pieces_of

MAIL = "From: Ann <ann@example.org>\nTo: Bob <bob@example.org>\nSubject: Friday\nShall we meet at noon?"
SLIP = "CORNER SHOP\n2 Milk 1.80\nBread 2.40\nTOTAL 4.20\nCASH 5.00\nCHANGE 0.80\nThank you"
PAPER = (
    "Frogs of the Upper Valley\nDepartment of Biology, University of Ulm\nAbstract\nWe describe a frog.\n"
    "Keywords: frogs, valleys\nReferences\n[1] A. Weber, On frogs, 2009.\n[2] B. Roth, On valleys, 2011."
)
CONTRACT = "\n".join(f"{n}. The supplier shall do what clause {n} of this agreement says." for n in range(1, 9))


def document(text: str, width: float = 595, height: float = 842) -> Document:
    page = Page(number=1, width=width, height=height, source=Source.DIGITAL, quality=1.0)
    headed = ("Abstract", "References")
    blocks = [
        Block(id=f"1.{n}", kind=Kind.HEADING if line in headed else Kind.PARAGRAPH, page=1, text=line)
        for n, line in enumerate(text.split("\n"))
    ]
    return Document(page_count=1, pages=[page], blocks=blocks)


def likeliest(read: Document, media_type: str = "application/pdf") -> str:
    pieces = pieces_of(read)
    values = kinds.likeness(pieces, read.title, facts_of(read, pieces, media_type))
    return kinds.GENRES[values.index(max(values))].name


def asked(*labels: str, name: str = "sort") -> Property:
    return properties_of({"type": "object", "properties": {name: {"enum": list(labels)}}})[0]


@pytest.mark.parametrize(
    ("read", "media_type", "fact"),
    [
        (document(MAIL), "text/plain", "mail"),
        (document("Hello"), "message/rfc822", "mail"),
        (document(SLIP, 200, 600), "image/jpeg", "slip"),
        (document(SLIP), "application/pdf", "total"),
        (document(PAPER), "application/pdf", "references"),
        (document(PAPER), "application/pdf", "masthead"),
        (document(CONTRACT), "application/pdf", "clauses"),
        (document("a"), "text/html", "web"),
        (document("a"), "text/csv", "sheet"),
    ],
)
def test_a_fact_is_seen(read: Document, media_type: str, fact: str) -> None:
    """Where a document comes from and how it looks is told without understanding it."""
    facts = facts_of(read, pieces_of(read), media_type)

    assert facts[fact] == 1
    assert set(facts) == set(FACTS)


def test_an_ordinary_page_has_no_special_fact() -> None:
    """A page of prose is no mail, no slip, no article and has no clauses."""
    read = document("The house stands at the end of the street, and nobody has lived in it for many years.")
    facts = facts_of(read, pieces_of(read), "application/pdf")

    assert {name for name, value in facts.items() if value} == {"long", "prose", "bare"}


@pytest.mark.parametrize(
    ("read", "name"),
    [
        (document(MAIL), "e-mail"),
        (document(SLIP, 200, 600), "receipt"),
        (document(PAPER), "scientific article"),
        (document(CONTRACT), "contract"),
    ],
)
def test_a_document_looks_like_its_kind(read: Document, name: str) -> None:
    """Signs, hints and facts together point to one kind."""
    assert likeliest(read) == name


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Eingangsrechnung", "invoice"),
        ("facture", "invoice"),
        ("scontrino", "receipt"),
        ("till_receipts", "receipt"),
        ("contrato", "contract"),
        ("Mietvertrag", "lease"),
        ("research_paper", "scientific article"),
        ("slide_deck", "presentation"),
        ("courriel", "e-mail"),
        ("busta paga", "payslip"),
    ],
)
def test_a_label_is_known_as_a_kind_in_five_languages(label: str, name: str) -> None:
    """Synonyms, plurals and compounds of German name their kind best."""
    rows = kinds.named(asked(label))

    assert rows is not None
    assert kinds.GENRES[rows[0].index(max(rows[0]))].name == name


def test_labels_of_another_sort_are_left_alone() -> None:
    """Among departments, one that sounds like a kind of document is no sign of one."""
    departments = asked("sales", "support", "marketing", "human_resources", "facilities")

    assert kinds.named(departments) is None
    assert kinds.beliefs(departments, [5.0] * len(kinds.GENRES), {}) == [0.0] * 5


def test_what_no_label_names_falls_to_the_nearest_one() -> None:
    """Of labels that name no kind, the one nearest in meaning to the document's kind gets most of it."""
    place = next(n for n, genre in enumerate(kinds.GENRES) if genre.name == "patent")
    likeness = [8.0 if n == place else 0.0 for n in range(len(kinds.GENRES))]
    labels = asked("invoice", "contract", "inventions", "odds and ends")

    beliefs = kinds.beliefs(labels, likeness, {place: [0.0, 0.0, 0.06, 0.0]})

    assert beliefs.index(max(beliefs)) == 2
