"""How a value that was read is written as the schema wants it, and whether it may be written there at all."""

import re
from typing import Any

from jsonschema import Draft202012Validator

from axelered_box.modules.extract.questions import Question
from axelered_box.modules.values import Found

_TRIMMED = " \t\n.,;:|*•·\N{EN DASH}—-_'\"“”„«»()[]"
_AS_READ = frozenset({"iban", "bic", "vat_id", "email", "currency", "date", "month", "date_range"})
"""Kinds whose normal form is written; of others, the document's words."""


class Fit:
    """Writes values for one question; made once for it, since its schema is compiled."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._types = question.types
        self._validator = Draft202012Validator(question.schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
        self._free = not (question.schema.keys() - {"type", "title", "description", "examples", "default"})

    def value(self, text: str, found: Found | None) -> Any:
        """Return the value of words that were read as `found`, or as any words; None where the schema forbids it."""
        written = next((value for value in self._forms(text, found) if self._allowed(value)), None)
        if isinstance(written, float) and written.is_integer() and "integer" in self._types:
            return int(written)
        return written

    def _allowed(self, value: Any) -> bool:
        if value is None or value == "":
            return False
        if self._free:
            return True
        return bool(self._validator.is_valid(value))

    def _forms(self, text: str, found: Found | None) -> list[Any]:
        """Return the ways in which the value may be written, the best first."""
        numeric = not self._types or bool(self._types & {"number", "integer"})
        textual = not self._types or "string" in self._types
        forms: list[Any] = []
        if found is not None and isinstance(found.value, bool):
            return [found.value] if not self._types or "boolean" in self._types else [trimmed(text)]
        if found is not None and isinstance(found.value, float) and numeric:
            forms += self._numbers(found.value)
        if textual:
            forms += self._texts(text, found)
        return forms

    def _numbers(self, number: float) -> list[float | int]:
        if "number" in self._types or not self._types:
            return [int(number), number] if number.is_integer() and "integer" in self._types else [number]
        return [int(number)] if number.is_integer() else []

    def _texts(self, text: str, found: Found | None) -> list[str]:
        words = trimmed(text)
        forms: list[str] = []
        if found is not None and found.kind == "date" and self._question.format == "date-time":
            forms.append(f"{found.value}T{found.detail.time or '00:00'}:00Z")
        if found is not None and found.kind == "duration" and isinstance(found.value, str):
            forms.append(_duration(words, found))
        elif found is not None and found.kind in _AS_READ:
            forms.append(str(found.value))
        forms.append(words)
        if self._question.pattern:
            forms += [] if found is None else [str(found.value)]
            forms += [re.sub(r"\s", "", words), re.sub(r"\W", "", words), words.upper()]
        return forms


def trimmed(text: str) -> str:
    """Return words with one space between and no marks at the ends; a bracket that is closed stays."""
    words = " ".join(text.split())
    stripped = words.strip(_TRIMMED)
    closing = words[words.find(stripped) + len(stripped) :][:1]
    if stripped.count("(") > stripped.count(")") and closing == ")":
        return stripped + ")"
    if closing == "." and re.search(r"\b(?:[A-Z]|Inc|Ltd|Co|Corp|LLC|Jr|Sr|St|Bhd|etc|v|V|l|S|A)$", stripped):
        return stripped + "."
    return stripped


def _duration(words: str, found: Found) -> str:
    """Return a duration as number and unit where the document says it in English, else its words."""
    unit, detail = found.detail.unit, found.detail
    count = {"year": (detail.months or 0) / 12, "month": detail.months or 0, "week": (detail.days or 0) / 7}
    number = count.get(unit or "", detail.days or 0)
    english = re.search(r"\b(?:year|month|week|day)s?\b", words, re.IGNORECASE)
    if not english or not number or unit not in {"year", "month", "week", "day"}:
        return words
    whole = int(number) if float(number).is_integer() else number
    return f"{whole} {unit}{'' if whole == 1 else 's'}"
