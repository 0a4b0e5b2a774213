"""A document's answers to a schema: candidates for each question, rated, assigned, and checked against the page."""

import itertools
from collections.abc import Sequence

import msgspec

from axelered_box.domain.documents import Document
from axelered_box.domain.models import Model
from axelered_box.modules import citing, values
from axelered_box.modules.extract import generation, likelihood, questions
from axelered_box.modules.extract.answers import Answer, Option, Status
from axelered_box.modules.extract.assignment import Ballot, Value, assign
from axelered_box.modules.extract.candidates import Candidate
from axelered_box.modules.extract.evidence import gather
from axelered_box.modules.extract.features import View, look, rate
from axelered_box.modules.extract.pool import Pool
from axelered_box.modules.extract.questions import Question
from axelered_box.modules.extract.ranker import Ranker, shipped
from axelered_box.modules.extract.terms import Vocabulary, vocabulary
from axelered_box.modules.extract.wanting import wanted

LEAST = 0.4
"""A value that is less likely is not shown."""
CLEAR = 0.55
"""A value that is more likely is not ambiguous."""
NAMED = 0.4
"""Of two values that are about as likely none is shown if no name beside it fits better than this."""
RIVAL = 0.6
"""A runner-up counts that is so many times as likely as the best value."""


class Asking(msgspec.Struct, frozen=True):
    """The model that may be asked, and what the user wants it to know."""

    model: Model
    prompt: str | None = None


def scalars(document: Document, root: Question, hints: values.Hints, asking: Asking) -> list[Answer]:
    """Return the answers to the leaves of a schema that are in no array; raises ModelFailed."""
    ranker = shipped()
    seen = view(document, root, hints, vocabulary())
    cast = ballots(seen, ranker)
    choices = bool(likelihood.open_questions(cast))
    if not choices and not any(_is_missing(ballot) for ballot in cast):
        return answers(seen, cast, ranker)
    described = asking.model.describe()
    if described.can_score and not choices:
        return answers(seen, cast, ranker)
    texts = [block.text for block in document.blocks if block.in_flow]
    budget = described.context_tokens - likelihood.ANSWER_TOKENS
    if described.can_score:
        opinions = likelihood.opinions(asking.model, cast, texts, budget, asking.prompt)
        cast = [
            Ballot(ballot.wanted, ballot.rated, ranker.heard(ballot.scores, opinion))
            for ballot, opinion in zip(cast, opinions, strict=True)
        ]
        return answers(seen, cast, ranker)
    offered = generation.offered(asking.model, cast, texts, budget, asking.prompt)
    cast = [generation.heard(ballot, value) for ballot, value in zip(cast, offered, strict=True)]
    found = answers(seen, cast, ranker)
    return [
        generation.unsupported(answer, ballot, value)
        for answer, ballot, value in zip(found, cast, offered, strict=True)
    ]


def _is_missing(ballot: Ballot) -> bool:
    """Tell whether the likeliest answer is that there is none."""
    return ballot.rated[max(range(len(ballot.scores)), key=ballot.scores.__getitem__)].candidate is None


def view(document: Document, root: Question, hints: values.Hints, vocabulary: Vocabulary) -> View:
    """Return a document as it is seen by the questions of a schema."""
    topic = vocabulary.read(root.title or "")
    asked = [wanted(leaf, vocabulary, topic) for leaf in questions.leaves(root)]
    return look(Pool(gather(document, hints), vocabulary), vocabulary, asked)


def ballots(seen: View, ranker: Ranker) -> list[Ballot]:
    """Return each question with its rated candidates."""
    rated = [rate(seen, item) for item in seen.wanted]
    return [Ballot(item, rates, ranker.scores(item, rates)) for item, rates in zip(seen.wanted, rated, strict=True)]


def answers(seen: View, cast: Sequence[Ballot], ranker: Ranker) -> list[Answer]:
    """Return the answer to each question that is in no array."""
    assigned = assign(cast, seen.vocabulary)
    document = seen.pool.evidence.document
    return [
        _answer(document, ballot.wanted.question.path, found, ranker)
        for ballot, found in zip(cast, assigned, strict=True)
    ]


def _answer(document: Document, path: str, found: Sequence[Value], ranker: Ranker) -> Answer:
    best = found[0]
    sure = ranker.sure(best.probability)
    if best.candidate is None:
        return Answer(path=path, extract=sure)
    citation = _supported(document, best)
    if citation is None or best.probability < LEAST:
        return Answer(path=path, extract=1.0 - sure)
    runner_up = _runner_up(document, found)
    if runner_up is not None and max(place.label for place in best.places) < NAMED:
        return Answer(path=path, extract=1.0 - sure)
    status = Status.FOUND if runner_up is None or best.probability >= CLEAR else Status.AMBIGUOUS
    return Answer(
        path=path,
        value=best.candidate.value,
        status=status,
        citation=citation,
        extract=sure,
        runner_up=runner_up,
    )


def _runner_up(document: Document, found: Sequence[Value]) -> Option | None:
    for other in itertools.islice(found, 1, None):
        if other.candidate is not None and other.probability >= RIVAL * found[0].probability:
            return Option(value=other.candidate.value, citation=_cite(document, other.candidate))
    return None


def _supported(document: Document, value: Value) -> citing.Citation | None:
    """Return the citation of the likeliest place that the page bears out, None if none does."""
    for place in value.places:
        assert place.candidate is not None
        citation = _cite(document, place.candidate)
        if citing.supports(document, citation):
            return citation
    return None


def _cite(document: Document, candidate: Candidate) -> citing.Citation:
    return citing.cite(document, candidate.stretch, candidate.start, candidate.end)
