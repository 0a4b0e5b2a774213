"""What keeps a result to its schema: a value that the schema does not allow where it stands becomes null."""

from collections.abc import Sequence
from typing import Any

import msgspec
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for

from axelered_box.modules.extract import assembling
from axelered_box.modules.extract.answers import Answer, Status
from axelered_box.modules.extract.questions import Question, escaped

Json = dict[str, Any]
ROUNDS = 40
"""So often a value is taken back; what does not fit then has no value at all."""


def valid(root: Question, schema: Json, answers: Sequence[Answer]) -> tuple[Any, list[Answer]]:
    """Return data that the schema allows, in which null may stand for any value, and the answers that are in it."""
    kind: type[Validator] = validator_for(schema, default=Draft202012Validator)
    validator = kind(schema, format_checker=kind.FORMAT_CHECKER)
    kept = list(answers)
    for _ in range(ROUNDS):
        data = assembling.data(root, {answer.path: answer for answer in kept})
        error = next(iter(validator.iter_errors(data)), None)
        if error is None:
            return data, kept
        place = _culprit(error)
        if not any(_is_below(answer.path, place) and answer.value is not None for answer in kept):
            place = ""
        kept = [_withdrawn(answer) if _is_below(answer.path, place) else answer for answer in kept]
    kept = [_withdrawn(answer) for answer in kept]
    return assembling.data(root, {answer.path: answer for answer in kept}), kept


def _culprit(error: ValidationError) -> str:
    """Return the pointer to what an error is about."""
    return "".join(f"/{escaped(str(part))}" for part in error.absolute_path)


def _is_below(path: str, place: str) -> bool:
    return not place or path == place or path.startswith(f"{place}/")


def _withdrawn(answer: Answer) -> Answer:
    return msgspec.structs.replace(
        answer, value=None, status=Status.NOT_FOUND, citation=None, runner_up=None, extract=1.0 - answer.extract
    )
