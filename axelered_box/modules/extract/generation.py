"""What a model that only writes offers: its values speak for candidates, and alone are shown as unsupported."""

from collections.abc import Sequence
from typing import Any

import msgspec

from axelered_box.domain.models import Generate, Model
from axelered_box.modules.extract.answers import Answer, Status
from axelered_box.modules.extract.assignment import Ballot, same_value
from axelered_box.modules.extract.fitting import Fit
from axelered_box.modules.extract.passages import chosen

WEIGHT = 2.5
"""What a candidate's score gains when the model offers its value."""
TOKENS_EACH = 60
"""So many tokens are kept free for each value."""
_ASK = "Answer with the document's values as JSON. Copy them as they stand there; null for what it does not say."


def offered(
    model: Model, ballots: Sequence[Ballot], texts: Sequence[str], budget: int, prompt: str | None
) -> list[Any]:
    """Ask a model for the value of each question; None where it offers none. Raises ModelFailed."""
    names = [ballot.wanted.question.path.strip("/").replace("/", ".") for ballot in ballots]
    lines = [_line(name, ballot) for name, ballot in zip(names, ballots, strict=True)]
    room = TOKENS_EACH * len(ballots) + 20
    words = [ballot.rated[0].candidate.text for ballot in ballots if ballot.rated[0].candidate is not None]
    asked = "\n".join([_ASK, *([prompt.strip()] if prompt else []), "Fields:", *lines])
    said = chosen(model, texts, words, budget - room - sum(model.count([asked])), "")
    members = {name: {"type": [_type(ballot), "null"]} for name, ballot in zip(names, ballots, strict=True)}
    schema = {"type": "object", "properties": members, "required": names, "additionalProperties": False}
    answer = model.generate(Generate(prompt=f"{said}\n\n---\n{asked}", chat=True, max_tokens=room, schema=schema))
    values = _read(answer.text)
    return [values.get(name) for name in names]


def heard(ballot: Ballot, value: Any) -> Ballot:
    """Return a question whose candidates of the value that a model offers weigh more."""
    wished = same_value(value)
    scores = [
        score + WEIGHT * (item.candidate is not None and same_value(item.candidate.value) == wished)
        for score, item in zip(ballot.scores, ballot.rated, strict=True)
    ]
    return Ballot(ballot.wanted, ballot.rated, scores)


def unsupported(answer: Answer, ballot: Ballot, value: Any) -> Answer:
    """Return, for what was not found, the model's value as one that no words of the document support."""
    if answer.status is not Status.NOT_FOUND or value is None:
        return answer
    question = ballot.wanted.question
    is_number = question.numeric and isinstance(value, int | float)
    fitted = value if is_number else Fit(question).value(str(value), None)
    if fitted is None:
        return answer
    return Answer(path=answer.path, value=fitted, status=Status.UNSUPPORTED)


def _line(name: str, ballot: Ballot) -> str:
    description = ballot.wanted.question.description
    return f"- {name}" + (f": {description}" if description else "")


def _type(ballot: Ballot) -> str:
    types = ballot.wanted.question.types
    return next((name for name in ("string", "number", "integer", "boolean") if name in types), "string")


def _read(text: str) -> dict[str, Any]:
    """Return the object that an answer has, empty when it has none."""
    try:
        values = msgspec.json.decode(text[text.find("{") : text.rfind("}") + 1].encode())
    except msgspec.DecodeError:
        return {}
    return values if isinstance(values, dict) else {}
