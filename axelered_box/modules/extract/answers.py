"""What is answered to a question: a value, how it stands, and the words of the document that say it."""

from enum import StrEnum
from typing import Any

import msgspec

from axelered_box.modules.citing import Citation


class Status(StrEnum):
    """How a value stands."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    AMBIGUOUS = "ambiguous"
    UNSUPPORTED = "unsupported"


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """A value that would also have been possible."""

    value: Any
    citation: Citation


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one leaf, at one place of the data."""

    path: str
    """JSON pointer into the data, with the item's number where it is in an array."""
    value: Any = None
    """As the schema wants it; None when there is none."""
    status: Status = Status.NOT_FOUND
    citation: Citation | None = None
    """None when nothing was found, and for a value that only a model offers."""
    extract: float = 0.0
    """How likely the value is the right one, 0 to 1; of a value not found, that there is none."""
    runner_up: Option | None = None
    """Of an ambiguous one, the value that is nearly as likely."""
