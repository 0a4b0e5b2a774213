"""The result of an extraction: the data as the schema has it, and one entry for each of its leaves."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from axelered_box.modules.extract.answers import Answer, Option, Status
from axelered_box.modules.extract.questions import Question, Shape, escaped

Json = dict[str, Any]


def completed(root: Question, answers: Iterable[Answer]) -> list[Answer]:
    """Return answers with one for each leaf, of each item of an array too, and one for an array without items."""
    known = {answer.path: answer for answer in answers}
    return [known.get(path) or Answer(path=path) for path in _paths(root, "", known)]


def data(question: Question, answers: Mapping[str, Answer]) -> Any:
    """Return the data for a schema; what has no value is null, an array without items is empty if it may be."""
    return _data(question, "", answers)


def _paths(question: Question, path: str, known: Mapping[str, Answer]) -> Iterator[str]:
    if question.shape is Shape.OBJECT:
        for member in question.members:
            yield from _paths(member, f"{path}/{escaped(member.name)}", known)
    elif question.shape is Shape.ARRAY and question.item is not None:
        count = _count(path, known)
        for number in range(count):
            yield from _paths(question.item, f"{path}/{number}", known)
        if not count:
            yield path
    else:
        yield path


def _data(question: Question, path: str, answers: Mapping[str, Answer]) -> Any:
    if question.shape is Shape.OBJECT:
        return {member.name: _data(member, f"{path}/{escaped(member.name)}", answers) for member in question.members}
    if question.shape is Shape.ARRAY and question.item is not None:
        items = [_data(question.item, f"{path}/{number}", answers) for number in range(_count(path, answers))]
        return items or (None if question.schema.get("minItems") else [])
    answer = answers.get(path)
    return None if answer is None or answer.status is Status.UNSUPPORTED else answer.value


def _count(path: str, answers: Mapping[str, Answer]) -> int:
    """Return how many items an array has, by the answers below it that have a value."""
    prefix = f"{path}/"
    numbers = [
        key[len(prefix) :].split("/")[0]
        for key, answer in answers.items()
        if key.startswith(prefix) and answer.value is not None
    ]
    return max((int(number) + 1 for number in numbers if number.isdigit()), default=0)


def fields(answers: Iterable[Answer], *, citations: bool) -> list[Json]:
    """Return one entry for each answer; without `citations` page, box and quote are left out."""
    return [_field(answer, citations=citations) for answer in answers]


def _field(answer: Answer, *, citations: bool) -> Json:
    read = answer.citation.read if answer.citation is not None else None
    entry: Json = {"path": answer.path, "value": answer.value, "status": answer.status.value}
    if citations:
        entry |= _cited(answer)
    entry["confidence"] = {"read": read, "extract": round(answer.extract, 3)}
    if answer.status is Status.AMBIGUOUS and answer.runner_up is not None:
        entry["runnerUp"] = {"value": answer.runner_up.value, **(_cited(answer.runner_up) if citations else {})}
    return entry


def _cited(answer: Answer | Option) -> Json:
    cited = answer.citation
    if cited is None:
        return {"page": None, "bbox": None, "quote": None}
    return {"page": cited.page, "bbox": None if cited.bbox is None else list(cited.bbox), "quote": cited.quote}
