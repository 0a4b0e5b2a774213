"""What a language model thinks of candidates: how likely each is to follow the question's name after the document.

Of a small model a bare continuation (``Invoice number:``) says more than an instruction. Two figures come of it: how
likely the candidate is, and how much likelier than after a name that tells nothing, since common words are likely
anywhere.
"""

import statistics
from collections.abc import Sequence

from axelered_box.domain.models import Likelihood, Model, Question
from axelered_box.modules.extract.assignment import Ballot, same_value
from axelered_box.modules.extract.passages import chosen
from axelered_box.modules.extract.ranker import Opinion, probabilities

MOST = 4
"""So many values of a question are put to the model."""
SURE = 0.9
"""A question whose best value is likelier than this without the model is not put to it."""
QUESTIONS = 6
"""So many questions of a document are put to it, the most open ones."""
MAX_TOKENS = 500
"""It reads no more of the document than this: reading is what costs time."""
NEUTRAL = "Value"
ANSWER_TOKENS = 48
"""What a question and its longest answer may take of the model's context."""
_RULE = "\n\n---\n"
_SPREAD = 1.0
"""The least by which likelihoods are taken to differ, in nats, so that chance differences are not blown up."""


Opinions = list[list[Opinion | None]]
"""For each ballot, for each of its candidates; None where the model was not asked."""


def opinions(
    model: Model, ballots: Sequence[Ballot], texts: Sequence[str], budget: int, prompt: str | None
) -> Opinions:
    """Ask the model once about all questions that are open; raises ModelFailed.

    `texts` are the document's blocks in order. What is put before the questions is chosen from them so that it fits
    into `budget` tokens; `prompt` is what the user wants it to know.
    """
    asked = {place: _shortlist(ballots[place]) for place in open_questions(ballots)}
    none: Opinions = [[None] * len(ballot.rated) for ballot in ballots]
    if not asked or not any(asked.values()):
        return none
    answers = {
        place: list(dict.fromkeys(_words(ballots[place], candidate) for candidate in shortlist))
        for place, shortlist in asked.items()
    }
    every = list(dict.fromkeys(answer for group in answers.values() for answer in group))
    shared = chosen(model, texts, every, min(budget, MAX_TOKENS), (prompt or "").strip())
    questions = [Question(text=f"{_RULE}{NEUTRAL}:", answers=_ended(every))]
    questions += [
        Question(text=f"{_RULE}{_title(ballots[place])}:", answers=_ended(group)) for place, group in answers.items()
    ]
    neutral, *scored = model.score(shared, questions)
    without = dict(zip(every, neutral, strict=True))
    for (place, group), likelihoods in zip(answers.items(), scored, strict=True):
        known = _standard(group, likelihoods, without)
        for candidate in asked[place]:
            none[place][candidate] = known[_words(ballots[place], candidate)]
    return none


def open_questions(ballots: Sequence[Ballot]) -> list[int]:
    """Return the questions whose answer is open, the most open ones if they are many.

    Whether there is an answer at all is not asked: a small model finds one everywhere.
    """
    best = {
        place: max(probabilities(ballot.scores))
        for place, ballot in enumerate(ballots)
        if len(ballot.rated) > 2 and _has_answer(ballot)
    }
    return sorted((place for place, chance in best.items() if chance < SURE), key=lambda place: best[place])[:QUESTIONS]


def _has_answer(ballot: Ballot) -> bool:
    """Tell whether some candidate is likelier than that there is no answer."""
    best = max(range(len(ballot.rated)), key=lambda place: ballot.scores[place])
    return ballot.rated[best].candidate is not None


def _shortlist(ballot: Ballot) -> list[int]:
    """Return the places of the candidates of the best values, without the answer that there is none."""
    order = sorted(range(len(ballot.rated)), key=lambda place: -ballot.scores[place])
    listed: list[int] = []
    values: set[str] = set()
    for place in order:
        candidate = ballot.rated[place].candidate
        if candidate is None:
            continue
        value = same_value(candidate.value)
        if value in values or len(values) < MOST:
            values.add(value)
            listed.append(place)
    return listed


def _title(ballot: Ballot) -> str:
    question = ballot.wanted.question
    words = " ".join((*question.around, *question.words))
    title = question.title or words
    return title[:1].upper() + title[1:]


def _words(ballot: Ballot, place: int) -> str:
    candidate = ballot.rated[place].candidate
    assert candidate is not None
    return " ".join(candidate.text.split()[:16])


def _ended(answers: Sequence[str]) -> list[str]:
    return [f" {answer}\n" for answer in answers]


def _standard(
    answers: Sequence[str], likelihoods: Sequence[Likelihood], without: dict[str, Likelihood]
) -> dict[str, Opinion]:
    likely = [item.log_likelihood for item in likelihoods]
    telling = [
        item.log_likelihood - without[answer].log_likelihood for answer, item in zip(answers, likelihoods, strict=True)
    ]
    return {
        answer: Opinion(one, other)
        for answer, one, other in zip(answers, _spread(likely), _spread(telling), strict=True)
    }


def _spread(figures: Sequence[float]) -> list[float]:
    mean = statistics.fmean(figures)
    deviation = max(statistics.pstdev(figures), _SPREAD)
    return [(figure - mean) / deviation for figure in figures]
