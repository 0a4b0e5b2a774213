"""Values in running text: dates, amounts, ids, names and addresses, each with its place and certainty."""

from axelered_box.modules.values.booleans import boxed
from axelered_box.modules.values.found import Detail, Found, Hints, Kind, Value
from axelered_box.modules.values.hints import hints_from_prompt, hints_of
from axelered_box.modules.values.reading import all_found, read_as

__all__ = [
    "Detail",
    "Found",
    "Hints",
    "Kind",
    "Value",
    "all_found",
    "boxed",
    "hints_from_prompt",
    "hints_of",
    "read_as",
]
