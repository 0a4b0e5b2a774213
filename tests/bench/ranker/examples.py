"""Training examples: each question about a document, its candidates' features, and which of them are right."""

import datetime
import json
import re
import unicodedata
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from rapidfuzz import fuzz

from axelered_box.domain import documents
from axelered_box.modules import values
from axelered_box.modules.extract import answering, questions
from axelered_box.modules.extract.candidates import Candidate
from axelered_box.modules.extract.features import Rated, View, rate
from axelered_box.modules.extract.terms import vocabulary
from axelered_box.modules.extract.wanting import Wanted

ALIKE = 90
"""Texts that are so much alike (0 to 100) count as the same."""


UNPRINTED = 4
"""One in so many documents is read once as if its file had no printed pages."""


class Example(msgspec.Struct):
    """A question about a document."""

    document: str
    path: str
    wanted: Wanted
    rated: list[Rated]
    right: list[bool]
    """For each candidate, whether its value is the true one; of the last, whether none of them is."""
    truth: Any


def read(pack: Path, entry: dict[str, Any], *, renamed: bool, parsed: Path | None = None) -> Iterator[Example]:
    """Yield the questions of a document of a pack; with `renamed`, under the names of its other schema."""
    source = json.loads((pack / entry["schema_file"]).read_text("utf-8"))
    truth = json.loads((pack / entry["truth"]).read_text("utf-8"))
    asked = source
    if renamed:
        asked = json.loads((pack / entry["schema_file"].replace(".schema.", ".schema-synonym.")).read_text("utf-8"))
    document = documents.decode(((parsed or pack) / f"{entry['id']}.document.json").read_bytes())
    if renamed and zlib.crc32(entry["id"].encode()) % UNPRINTED == 0:
        document = unprinted(document)
    seen = look(document, asked)
    true = dict(
        zip((leaf.path for leaf in questions.leaves(questions.read(asked))), _truths(source, truth), strict=True)
    )
    for wanted in seen.wanted:
        path = wanted.question.path
        if true[path] is not ... and not _is_misnamed(wanted, true[path]):
            rated = rate(seen, wanted)
            right = [is_right(true[path], item.candidate) for item in rated]
            right[-1] = not any(right)
            yield Example(entry["id"], path, wanted, rated, right, true[path])


def _is_misnamed(wanted: Wanted, truth: Any) -> bool:
    """Tell whether what a name asks for is ambiguous: the "from address" of a mail is no address of a street."""
    return wanted.kinds[0] == "address" and isinstance(truth, str) and "@" in truth


def unprinted(document: documents.Document) -> documents.Document:
    """Return a document as if its file had no printed pages."""
    blocks = [
        msgspec.structs.replace(
            block,
            words=documents.NO_WORDS,
            bbox=None,
            table=block.table
            and msgspec.structs.replace(
                block.table,
                cells=[
                    msgspec.structs.replace(cell, words=documents.NO_WORDS, bbox=None) for cell in block.table.cells
                ],
            ),
        )
        for block in document.blocks
    ]
    return msgspec.structs.replace(document, pages=[], blocks=blocks)


def look(document: documents.Document, schema: dict[str, Any]) -> View:
    """Return a document as the questions of a schema see it."""
    hints = values.hints_of([block.text for block in document.blocks], document.languages)
    return answering.view(document, questions.read(schema), hints, vocabulary())


def _truths(schema: dict[str, Any], truth: dict[str, Any]) -> list[Any]:
    """Return the truth of each leaf in order; an ellipsis where the truth does not know."""
    return [_at(truth, leaf.path) for leaf in questions.leaves(questions.read(schema))]


def _at(data: Any, path: str) -> Any:
    for part in path.split("/")[1:]:
        if not isinstance(data, dict) or part not in data:
            return ...
        data = data[part]
    return data


def is_right(truth: Any, candidate: Candidate | None) -> bool:
    """Tell whether a candidate is the true value, as the schema has it or in the document's own words."""
    if candidate is None:
        return False
    return same(truth, candidate.value) or (isinstance(truth, str) and same(truth, candidate.text))


def same(truth: Any, value: Any) -> bool:
    """Tell whether a value is the true one; texts may differ by a little."""
    if truth is None or value is None:
        return False
    if isinstance(truth, bool) or isinstance(value, bool):
        return bool(truth == value)
    if isinstance(truth, int | float):
        return isinstance(value, int | float) and abs(truth - value) <= max(0.005, 1e-4 * abs(truth))
    one, other = _plain(truth), _plain(value)
    if _is_date(str(truth)) or min(len(one), len(other)) < 6:
        return re.sub(r"\W", "", one) == re.sub(r"\W", "", other)
    return fuzz.ratio(one, other) >= ALIKE or fuzz.token_sort_ratio(one, other) >= ALIKE


def _is_date(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def _plain(value: Any) -> str:
    text = unicodedata.normalize("NFKC", str(value)).lower()
    return " ".join(re.sub(r"[^\w\s@%./-]", " ", text).split()).strip(" .,-")
