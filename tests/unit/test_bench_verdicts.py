"""Tests of how `tests.bench.pack` judges answers: fields, quotes, confidence and summaries."""

from typing import Any

import pytest

from axelered_box.domain.documents import Kind
from tests.bench.pack import abstracts, outcomes, rivals, texts
from tests.bench.pack.leaves import compare, quality, same
from tests.bench.pack.outcomes import Judged
from tests.samples.asked import ABSTRACT, DATE, NUMBER, ROWS, SCHEMA, TEXT, document, field, page, paragraph


@pytest.mark.parametrize(
    ("schema", "truth", "answer", "equal"),
    [
        (DATE, "2024-03-01", "1 March 2024", True),
        (DATE, "2024-03-01", "2024-03-02", False),
        (NUMBER, 1234.5, "1.234,50 €", True),
        (NUMBER, 1234.5, 1235.5, False),
        (NUMBER, -3, "(3.00)", True),
        (TEXT, "Müller & Söhne GmbH", "MÜLLER SÖHNE GMBH", True),
        (TEXT, "Corner Bakery Ltd", "Corner Bakery Ltd.", True),
        (TEXT, "A-17", "A-18", False),
        ({"type": "boolean"}, True, True, True),
        ({"type": "boolean"}, True, "yes", False),
        (TEXT, "x", None, False),
    ],
)
def test_values_are_compared_by_type(schema: dict[str, Any], truth: Any, answer: Any, *, equal: bool) -> None:
    """Dates and numbers count however they are written, texts that differ by little are the same."""
    assert same(truth, answer, schema) is equal


def test_fields_are_scored() -> None:
    """Rows are matched by their values; what is not asked does not count, what is invented in a row does."""
    truth = {"no": "12", "total": 5.0, "rows": [{"what": "paper", "sum": 2}, {"what": "ink", "sum": 3}]}
    given = {
        "no": "12",
        "day": "2024-01-01",
        "total": 6,
        "rows": [{"what": "ink", "sum": 3}, {"what": "glue", "sum": 9}],
    }

    found = compare(truth, given, SCHEMA)
    scored = quality(found)

    assert (scored.fields, scored.precision, scored.recall) == (6, 3 / 6, 3 / 6)
    assert {leaf.pointer: leaf.right for leaf in found if leaf.pointer} == {
        "/no": True, "/total": False,
        "/rows/0/what": True, "/rows/0/sum": True, "/rows/1/what": False, "/rows/1/sum": False,
    }  # fmt: skip


def test_what_a_document_does_not_say_counts_apart() -> None:
    """An answer where the truth is null is no part of the F1, but wrong where confidence is judged."""
    found = compare({"no": None, "day": None, "total": 5}, {"no": "7", "total": 5}, SCHEMA)

    assert quality(found).f1 == 1
    assert [leaf.said for leaf in found if leaf.is_absent] == [True, False]
    assert outcomes.judged([field("/no"), field("/total"), field("/other")], found) == [
        Judged(0.95, right=False),
        Judged(0.95, right=True),
    ]


def test_calibration_is_measured() -> None:
    """Of ten fields with 0.95 nine are right, of ten with 0.25 none: the errors are 0.05 and 0.25."""
    found = [Judged(0.95, place > 0) for place in range(10)] + [Judged(0.25, right=False)] * 10

    assert outcomes.share_right(found) == (0.9, 10)
    assert outcomes.calibration_error(found) == pytest.approx(0.15)


@pytest.mark.parametrize(
    ("cited", "why"),
    [
        (field("/a"), None),
        (field("/a", quote="1.500,50", bbox=[0, 19, 100, 31]), None),
        (field("/a", quote="Total 1.500,50", bbox=[0, 0, 100, 31]), None),
        (field("/a", quote="1.500,50"), "not in the box, but 'Total'"),
        (field("/a", page=2), "page 2 is not in the document"),
        (field("/a", quote=None), "no quote"),
        (field("/a", bbox=None), "no box"),
        (field("/a", status="not_found", quote=None), None),
    ],
)
def test_citations_are_looked_up(cited: dict[str, Any], why: str | None) -> None:
    """The words of the page in a found field's box have to give its quote."""
    wrong = outcomes.wrong_citations(document(pages=[page("Total", "1.500,50")]), [cited])

    assert len(wrong) == (why is not None)
    assert why is None or why in wrong[0]


def test_outcomes_follow_a_schema_that_allows_null() -> None:
    """Null stands for what a document does not say, at any depth and beside an enum."""
    schema = {"properties": {"a": {"properties": {"b": {"enum": ["x"]}}, "required": ["b"]}, "rows": ROWS}}

    assert outcomes.is_valid({"a": {"b": None}, "rows": [{"what": None, "sum": 1}]}, schema)
    assert outcomes.is_valid({"a": None, "rows": None}, schema)
    assert not outcomes.is_valid({"a": {"b": "y"}}, schema)
    assert not outcomes.is_valid({"a": {}}, schema)
    assert not outcomes.is_valid({"rows": [{"sum": "1"}]}, schema)


def test_an_abstract_is_cut() -> None:
    """The blocks that hold it go, with the heading before them; the rest stays in order."""
    whole = document(
        paragraph("On rivers", 0, Kind.HEADING),
        paragraph("Abstract", 1, Kind.HEADING),
        paragraph(ABSTRACT, 2),
        paragraph("Introduction", 3, Kind.HEADING),
        paragraph("Rivers freeze from their banks, which has been known for a long time by those who live there.", 4),
    )

    cut = abstracts.cut(whole, ABSTRACT)

    assert [block.id for block in cut.document.blocks] == ["1.0", "1.3", "1.4"]
    assert [block.id for block in cut.body] == ["1.3", "1.4"]
    assert cut.found == 1
    assert abstracts.cut(whole, "Something that this text does not say in any of its many sentences.").found == 0


def test_summaries_are_scored() -> None:
    """Overlap is that of the words' longest common order; numbers and sentences are looked up in the source."""
    source = "The bridge was built in 1887. It is 40 metres long. The town pays for it. Boats pass below."
    good, bad = "The bridge was built in 1887.", "The tower was bought by monks in 1990."

    assert texts.rouge_l("a b c d", "a c x d") == pytest.approx(0.75)
    assert texts.rouge_l("a b", "") == 0
    assert texts.faith(good, source) == texts.Faith(1, 1)
    assert texts.faith(bad, source) == texts.Faith(0, 0)


def test_rivals_keep_to_the_length() -> None:
    """Both take whole sentences, lead from the beginning."""
    said = [
        f"The {word} of the river was measured in the month of May." for word in ("depth", "width", "speed", "colour")
    ]

    made = {name: rivals.summarize(name, " ".join(said), "eng", 30) for name in rivals.names()}

    assert made["lead"] == " ".join(said[:2])
    assert all(0 < len(one.split()) <= 30 for one in made.values())
