"""What an extraction's outcome promises, checked without its code: quotes on the page, form of the data, confidence."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator

from axelered_box.domain.documents import Box, Document, Word
from tests.bench.pack.leaves import Leaf

Json = dict[str, Any]
FOUND = "found"
SURE = 0.9
BINS = 10
NEAR = 1.0
"""How far outside of a box, in points, a word's middle may lie."""


@dataclass(frozen=True)
class Judged:
    """A field that is shown as found: how sure the box was, and whether it was right."""

    confidence: float
    right: bool


def wrong_citations(document: Document, fields: Iterable[Json]) -> list[str]:
    """Return what is wrong with the fields that are shown as found: their quote is not at the place that they name."""
    found = [(field["path"], _wrong(document, field)) for field in fields if field["status"] == FOUND]
    return [f"{path}: {why}" for path, why in found if why]


def is_valid(data: Any, schema: Json) -> bool:
    """Tell whether data follows a schema that allows null for whatever a document does not say."""
    return bool(Draft202012Validator(nullable(schema)).is_valid(data))


def nullable(schema: Any) -> Any:
    """Return a schema all of whose properties may be null."""
    if isinstance(schema, list):
        return [nullable(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: one if name in {"enum", "required", "const"} else nullable(one) for name, one in schema.items()}
    if isinstance(made.get("properties"), dict):
        made["properties"] = {name: {"anyOf": [one, {"type": "null"}]} for name, one in made["properties"].items()}
    return made


def judged(fields: Iterable[Json], leaves: Iterable[Leaf]) -> list[Judged]:
    """Return the found fields whose truth is known; what is found of which the truth has nothing is wrong."""
    right = {leaf.pointer: leaf.right for leaf in leaves if leaf.pointer is not None}
    return [
        Judged(field["confidence"]["extract"], right[field["path"]])
        for field in fields
        if field["status"] == FOUND and field["path"] in right
    ]


def share_right(found: Sequence[Judged]) -> tuple[float, int]:
    """Return the share that is right of the fields that the box was sure of, and how many those are."""
    sure = [one.right for one in found if one.confidence >= SURE]
    return (sum(sure) / len(sure) if sure else 1.0), len(sure)


def calibration_error(found: Sequence[Judged]) -> float:
    """Return the expected calibration error: bins of equal width, each by its count (Naeini et al., 2015)."""
    bins: list[list[Judged]] = [[] for _ in range(BINS)]
    for one in found:
        bins[min(BINS - 1, int(one.confidence * BINS))].append(one)
    gaps = [abs(sum(one.right for one in held) - sum(one.confidence for one in held)) for held in bins]
    return sum(gaps) / max(1, len(found))


def _wrong(document: Document, field: Json) -> str | None:
    quote, number, box = field.get("quote"), field.get("page"), field.get("bbox")
    if not quote:
        return "no quote"
    page = document.page(number) if isinstance(number, int) else None
    if page is None:
        return f"page {number} is not in the document"
    if not page.words:
        said = " ".join(block.text for block in document.blocks if block.page == number)
        return None if _bare(quote) in _bare(said) else f"{quote!r} is not on page {number}"
    if box is None:
        return "no box on a page that has words"
    inside = [word for word in page.words if _is_inside(word, box)]
    return None if _gives(inside, quote) else f"{quote!r} is not in the box, but {_line(inside)!r}"


def _is_inside(word: Word, box: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return box[0] - NEAR <= x <= box[2] + NEAR and box[1] - NEAR <= y <= box[3] + NEAR


def _gives(inside: Sequence[Word], quote: str) -> bool:
    """Tell whether the words of a box give a quote: as they stand, or each of its words among them in any order."""
    if _bare(quote) in _bare(_line(inside)):
        return True
    free = [_bare(word.text) for word in inside]
    for wanted in filter(None, map(_bare, quote.split())):
        place = next((place for place, word in enumerate(free) if wanted in word), None)
        if place is None:
            return False
        free[place] = free[place].replace(wanted, "", 1)
    return True


def _line(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text).lower()) or text.strip()
