"""What a client says in the query of an address, and the answers to what cannot be understood there."""

import math
from typing import NoReturn
from urllib.parse import parse_qsl

from axelered_box.domain.errors import InvalidRequest, MalformedBody
from axelered_box.domain.ids import from_iso, is_id

MAX_FIELDS = 200
DEFAULT_LIMIT = 50
MAX_LIMIT = 100
_TRUE = frozenset({"true", "1", "yes", "on"})
_FALSE = frozenset({"false", "0", "no", "off"})


class Query:
    """The parameters of a query; each method reads one and raises InvalidRequest naming it."""

    def __init__(self, query_string: bytes) -> None:
        self._values: dict[str, list[str]] = {}
        if query_string:
            for name, value in _pairs(query_string):
                self._values.setdefault(name, []).append(value)

    def text(self, name: str, longest: int = 1000) -> str | None:
        """Return a text of at least one sign, None when it is absent."""
        value = self._one(name)
        if value is not None and not 1 <= len(value) <= longest:
            refuse(name, f"{name} must have 1 to {longest} characters.", value, "string_length")
        return value

    def texts(self, name: str) -> list[str]:
        """Return all values of a parameter that may be repeated."""
        return self._values.get(name, [])

    def flag(self, name: str) -> bool:
        """Return a yes or no; no when it is absent."""
        value = self._one(name)
        if value is None or value.lower() in _FALSE:
            return False
        if value.lower() not in _TRUE:
            refuse(name, f"{name} must be true or false.", value, "bool_parsing")
        return True

    def number(self, name: str, least: float, most: float) -> float | None:
        """Return a number within bounds, None when it is absent."""
        value = self._one(name)
        if value is None:
            return None
        number = as_number(value)
        if number is None or not least <= number <= most:
            refuse(name, f"{name} must be a number from {least:g} to {most:g}.", value, "number_range")
        return number

    def whole(self, name: str, least: int, most: int, default: int) -> int:
        """Return a whole number within bounds."""
        value = self._one(name)
        if value is None:
            return default
        if not (value.isascii() and value.isdigit() and len(value) < 10 and least <= int(value) <= most):
            refuse(name, f"{name} must be a whole number from {least} to {most}.", value, "int_range")
        return int(value)

    def instant(self, name: str) -> int | None:
        """Return an instant in milliseconds, None when it is absent."""
        value = self._one(name)
        if value is None:
            return None
        instant = from_iso(value)
        if instant is None:
            refuse(name, f"{name} must be a time of ISO 8601, such as 2026-01-31T08:00:00Z.", value, "datetime_parsing")
        return instant

    def limit(self) -> int:
        """Return how many items of a list are wanted."""
        return self.whole("limit", 1, MAX_LIMIT, DEFAULT_LIMIT)

    def cursor(self) -> str | None:
        """Return where a list goes on: the id of the last item that was seen."""
        value = self._one("cursor")
        if value is not None and not is_id(value):
            refuse("cursor", "cursor must be the 'cursor' of the page before, unchanged.", value, "cursor")
        return value

    def _one(self, name: str) -> str | None:
        values = self._values.get(name)
        if values is None:
            return None
        if len(set(values)) > 1:
            refuse(name, f"{name} must be given once.", None, "repeated")
        return values[0]


def as_number(text: str) -> float | None:
    """Return the finite number that a text is, None when it is none."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def refuse(name: str, message: str, value: str | None, kind: str) -> NoReturn:
    """Raise the error of one wrong query parameter."""
    raise InvalidRequest.of(["query", name], message, value, kind)


def _pairs(query_string: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query_string.decode("latin-1"), keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError as error:
        raise MalformedBody(f"The query has more than {MAX_FIELDS} parameters. Send fewer.") from error
