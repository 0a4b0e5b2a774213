"""The result of an extraction: the data as the schema has it, and one entry for each of its leaves."""

from collections.abc import Iterable, Mapping
from typing import Any

from axelered_box.modules.extract.answers import Answer, Option, Status
from axelered_box.modules.extract.questions import Question, Shape, escaped

Json = dict[str, Any]


def data(question: Question, answers: Mapping[str, Answer]) -> Any:
    """Return the data for a schema; what has no value is null, an array without items is empty."""
    return _data(question, "", answers)


def _data(question: Question, path: str, answers: Mapping[str, Answer]) -> Any:
    if question.shape is Shape.OBJECT:
        return {member.name: _data(member, f"{path}/{escaped(member.name)}", answers) for member in question.members}
    if question.shape is Shape.ARRAY:
        return _items(question, path, answers)
    answer = answers.get(path)
    return None if answer is None else answer.value


def _items(question: Question, path: str, answers: Mapping[str, Answer]) -> list[Any]:
    if question.item is None:
        return []
    prefix = f"{path}/"
    numbers = {key[len(prefix) :].split("/")[0] for key in answers if key.startswith(prefix)}
    count = max((int(number) + 1 for number in numbers if number.isdigit()), default=0)
    return [_data(question.item, f"{path}/{number}", answers) for number in range(count)]


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
