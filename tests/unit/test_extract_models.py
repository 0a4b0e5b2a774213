"""Tests of how `axelered_box.modules.extract` asks models: what they read, and what their answers change."""

from collections.abc import Sequence

from axelered_box.domain.models import Described, Generate, Generated, Likelihood, Question
from axelered_box.modules import values
from axelered_box.modules.extract import answering, likelihood, questions
from axelered_box.modules.extract.answers import Answer, Status
from axelered_box.modules.extract.passages import chosen
from axelered_box.modules.extract.ranker import Opinion, shipped
from axelered_box.modules.extract.terms import vocabulary
from tests.samples.models import NoModel
from tests.samples.typed import typed

UNCLEAR = """
Alpha 12.06.2020
Beta 13.07.2021
"""


class Scorer(NoModel):
    """A model that likes answers that hold a text, after questions other than the neutral one."""

    def __init__(self, liked: str, context: int = 2000) -> None:
        self.liked, self.context = liked, context
        self.shared: list[str] = []
        self.asked: list[str] = []

    def describe(self) -> Described:
        return Described(name="scorer", context_tokens=self.context, can_score=True)

    def count(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def score(self, shared: str, questions: Sequence[Question]) -> list[list[Likelihood]]:
        self.shared.append(shared)
        self.asked += [question.text for question in questions]
        return [
            [
                Likelihood(-1.0 if self.liked in answer and "Value" not in asked.text else -9.0, 3)
                for answer in asked.answers
            ]
            for asked in questions
        ]


class Writer(NoModel):
    """A model elsewhere that only writes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.asked: list[Generate] = []

    def describe(self) -> Described:
        return Described(name="writer", context_tokens=4000, can_score=False)

    def count(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def generate(self, ask: Generate) -> Generated:
        self.asked.append(ask)
        return Generated(text=self.text, finished=True)


def test_a_model_is_asked_once_about_what_is_open() -> None:
    """All questions share one text, the document's, and one neutral question is among them."""
    model = Scorer("13.07.2021")

    _answers({"someday": {"type": "string", "format": "date"}}, UNCLEAR, model)

    assert len(model.shared) == 1 and "Beta 13.07.2021" in model.shared[0]
    assert [asked.strip("\n- ") for asked in model.asked] == ["Value:", "Someday:"]


def test_opinions_are_relative_to_the_others_of_a_question() -> None:
    """The liked candidate is above the mean, the other below."""
    root = questions.read({"properties": {"someday": {"type": "string", "format": "date"}}})
    document = typed(UNCLEAR)
    seen = answering.view(document, root, values.hints_of([UNCLEAR], ["eng"]), vocabulary())
    cast = answering.ballots(seen, shipped())

    (opinions,) = likelihood.opinions(Scorer("13.07"), cast, [UNCLEAR], 500, None)

    liked = {
        rated.candidate.value: opinion.telling
        for rated, opinion in zip(cast[0].rated, opinions, strict=True)
        if rated.candidate is not None and opinion is not None
    }
    assert liked["2021-07-13"] > 0 > liked["2020-06-12"]


def test_a_candidate_without_opinion_keeps_its_score() -> None:
    """An opinion adds to the score of its candidate alone."""
    heard = shipped().heard([1.0, 1.0, 1.0], [Opinion(1.0, 1.0), None, Opinion(-1.0, -1.0)])

    assert heard[0] >= heard[1] >= heard[2] and heard[1] == 1.0


def test_no_model_is_needed_where_nothing_is_open() -> None:
    """A document that says it plainly is answered without one."""
    answers = _answers({"iban": {"type": "string"}}, "IBAN: DE89 3704 0044 0532 0130 00", NoModel())

    assert answers["/iban"].value == "DE89370400440532013000"


def test_what_a_writer_offers_without_words_is_unsupported() -> None:
    """It is shown with no place, and never as found."""
    answers = _answers(
        {"hobby": {"type": "string"}}, "Dear Sir, we thank you for your letter.", Writer('{"hobby": "chess"}')
    )

    assert answers["/hobby"].status is Status.UNSUPPORTED
    assert answers["/hobby"].value == "chess" and answers["/hobby"].citation is None


def test_what_a_writer_says_speaks_for_a_candidate() -> None:
    """Of two values the one that it names wins, cited from the page."""
    answers = _answers({"someday": {"type": "string", "format": "date"}}, UNCLEAR, Writer('{"someday": "2021-07-13"}'))

    assert answers["/someday"].value == "2021-07-13"
    assert answers["/someday"].citation is not None and answers["/someday"].citation.quote == "13.07.2021"


def test_a_writer_that_writes_nonsense_changes_nothing() -> None:
    """An answer that is no JSON offers no value."""
    answers = _answers({"hobby": {"type": "string"}}, "Dear Sir, thank you for your letter.", Writer("I think that"))

    assert answers["/hobby"].value is None


def test_passages_around_candidates_are_read_first() -> None:
    """When a document is too long, the parts with candidates are kept, in order, within the budget."""
    texts = ["The beginning of it.", *["filler " * 30] * 20, "Invoice total", "is 119.00 EUR", *["filler " * 30] * 20]

    said = chosen(Scorer(""), texts, ["119.00"], 40, "")

    assert said.split("\n") == ["The beginning of it.", "Invoice total", "is 119.00 EUR"]


def test_a_short_document_is_read_whole() -> None:
    """The user's own words stand above it."""
    assert chosen(Scorer(""), ["one", "two"], [], 40, "Know this.") == "Know this.\n\none\ntwo"


def _answers(properties: dict[str, object], text: str, model: NoModel) -> dict[str, Answer]:
    root = questions.read({"properties": properties})
    document = typed(text)
    hints = values.hints_of([text], ["eng"])
    found = answering.scalars(document, root, hints, answering.Asking(model))
    return {answer.path: answer for answer in found}
