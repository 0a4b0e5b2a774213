"""How likely a model holds answers: many questions after one text, read together in few batches."""

from collections.abc import Iterator, Sequence

import msgspec
import numpy as np

from axelered_box.domain.models import Likelihood, ModelFailed, Question
from axelered_box.llm.runtime.reading import (
    BATCH_TOKENS,
    MAX_SEQUENCES,
    SHARED,
    Logits,
    Reading,
    Token,
    common_length,
)
from axelered_box.llm.runtime.vocabulary import Vocabulary

_QUESTIONS_AT_ONCE = MAX_SEQUENCES // 4


class _Asked(msgspec.Struct, kw_only=True):
    """A question in tokens, and what is known of its answers so far."""

    prompt: list[int]
    answers: list[list[int]]
    sums: list[float]
    sequence: int = SHARED


class _Place(msgspec.Struct, frozen=True, array_like=True):
    """One answer of one question."""

    asked: _Asked
    answer: int


def score(
    reading: Reading, vocabulary: Vocabulary, shared: str, questions: Sequence[Question]
) -> list[list[Likelihood]]:
    """Return the likelihoods of each question's answers, in order; raises ModelFailed `prompt_too_long`.

    The shared text and a question are cut into tokens together, as a model has learnt to read them, and an answer by
    itself. The shared tokens are read once, all but the last, which a question may change; then the questions, each in
    a sequence of its own; then all answers.
    """
    asked = [_in_tokens(vocabulary, shared, question) for question in questions]
    for one in asked:
        _check_room(one, reading.context_tokens)
    if asked:
        begins = common_length([vocabulary.beginning(shared)[:-1], *(one.prompt[:-1] for one in asked)])
        reading.share(asked[0].prompt[:begins])
        for group in _groups(asked, begins):
            _score_group(reading, group, begins)
    return [
        [Likelihood(total, len(answer)) for total, answer in zip(one.sums, one.answers, strict=True)] for one in asked
    ]


def _in_tokens(vocabulary: Vocabulary, shared: str, question: Question) -> _Asked:
    prompt = vocabulary.beginning(shared + question.text)
    if not prompt:
        raise ModelFailed("prompt_empty", "A question needs a text before its answers; there is none.")
    answers = [vocabulary.continuation(answer) for answer in question.answers]
    return _Asked(prompt=prompt, answers=answers, sums=[0.0] * len(answers))


def _check_room(one: _Asked, context_tokens: int) -> None:
    needed = len(one.prompt) + max(map(len, one.answers), default=0)
    if needed > context_tokens:
        raise ModelFailed(
            "prompt_too_long",
            f"A question with its text and its longest answer has {needed} tokens; the model reads {context_tokens}.",
        )


def _groups(asked: Sequence[_Asked], begins: int) -> Iterator[list[_Asked]]:
    """Yield questions in groups whose own tokens find room beside the context; one alone always does."""
    group: list[_Asked] = []
    tokens = 0
    for one in asked:
        own = len(one.prompt) - begins
        if group and (tokens + own > BATCH_TOKENS or len(group) == _QUESTIONS_AT_ONCE):
            yield group
            group, tokens = [], 0
        group.append(one)
        tokens += own
    yield group


def _score_group(reading: Reading, group: Sequence[_Asked], begins: int) -> None:
    """Add up the logarithms of a group's answers."""
    try:
        _read_questions(reading, group, begins)
        for batch in _batches(group, reading.max_rows):
            _read_answers(reading, batch, first_free=len(group) + 1)
    finally:
        reading.drop(range(1, len(group) + 1))


def _read_questions(reading: Reading, group: Sequence[_Asked], begins: int) -> None:
    """Read each question in a sequence of its own, and weigh the first token of each of its answers."""
    tokens: list[Token] = []
    for sequence, one in enumerate(group, start=1):
        one.sequence = sequence
        reading.fork(SHARED, sequence)
        last = len(one.prompt) - 1
        tokens += [Token(one.prompt[at], at, sequence, at == last) for at in range(begins, last + 1)]
    rows: list[Logits] = []
    for start in range(0, len(tokens), BATCH_TOKENS):
        rows = list(reading.read(tokens[start : start + BATCH_TOKENS]))
    for one, row in zip(group, rows, strict=True):
        first = [answer[0] for answer in one.answers if answer]
        logarithms = iter(_logarithms(row, first))
        for index, answer in enumerate(one.answers):
            one.sums[index] = next(logarithms) if answer else 0.0


def _batches(group: Sequence[_Asked], max_rows: int) -> Iterator[list[_Place]]:
    """Yield the answers whose further tokens can be read together; the last token of one need not be read."""
    batch: list[_Place] = []
    rows = 0
    for one in group:
        for index, answer in enumerate(one.answers):
            own = len(answer) - 1
            if own < 1:
                continue
            if batch and (rows + own > max_rows or len(batch) == MAX_SEQUENCES - len(group) - 1):
                yield batch
                batch, rows = [], 0
            batch.append(_Place(one, index))
            rows += own
    if batch:
        yield batch


def _read_answers(reading: Reading, batch: Sequence[_Place], first_free: int) -> None:
    """Read answers, each in a sequence of its own after its question, and add the logarithms of their tokens."""
    tokens: list[Token] = []
    targets: list[tuple[_Place, int]] = []
    for sequence, place in enumerate(batch, start=first_free):
        reading.fork(place.asked.sequence, sequence)
        answer, begins = place.asked.answers[place.answer], len(place.asked.prompt)
        tokens += [Token(token, begins + at, sequence, True) for at, token in enumerate(answer[:-1])]
        targets += [(place, token) for token in answer[1:]]
    try:
        for start in range(0, len(tokens), reading.max_rows):
            rows = reading.read(tokens[start : start + reading.max_rows])
            for row, (place, token) in zip(rows, targets[start : start + reading.max_rows], strict=True):
                place.asked.sums[place.answer] += _logarithms(row, [token])[0]
    finally:
        reading.drop(range(first_free, first_free + len(batch)))


def _logarithms(row: Logits, tokens: Sequence[int]) -> list[float]:
    """Return the natural logarithms of the probabilities that logits give to tokens."""
    if not tokens:
        return []
    highest = row.max()
    total = float(highest) + float(np.log(np.exp(row - highest).sum(dtype=np.float64)))
    return [float(row[token]) - total for token in tokens]
