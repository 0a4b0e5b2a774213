"""Words removed from a Word file for good, from every part of it, and then looked for."""

import re
from typing import TYPE_CHECKING

from axelered_box.domain import edits
from axelered_box.domain.edits import Done, Find
from axelered_box.domain.modules import Refusal
from axelered_box.formats.word_runs import Line, W

if TYPE_CHECKING:
    from axelered_box.formats.word_editing import WordFile

BLACK = "\u2588"
MOST_BLACK = 24
"""A longer black would tell how long the words were."""
_PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")
_NAMES_PEOPLE = re.compile(
    r"\{.*\}(?:creator|lastModifiedBy|Company|Manager|title|subject|keywords|description|category)$"
)
_AUTHORS = (f"{W}author", f"{W}initials")


def redact(file: "WordFile", operation: edits.Redact, find: Find) -> Done:
    """Remove what an operation names from all parts of the file."""
    if operation.boxes is not None:
        raise Refusal("operation_not_for_file", "A Word file has no fixed pages, so areas cannot be redacted in it.")
    count = 0
    for name in file.stories:
        for paragraph in file.tree(name).iter(f"{W}p"):
            line = Line(paragraph)
            spans = find(line.text, operation)
            for start, end in reversed(spans):
                line.replace(start, end, _black(end - start, operation))
            if spans:
                count += len(spans)
                file.touch(name)
    for name in [name for name in file.data if _is_markup(name) and name not in file.removed]:
        count += _redact_values(file, name, operation, find)
    return Done(matches=count)


def check(file: "WordFile", operation: edits.Redact, find: Find) -> None:
    """Look for what was to be removed in every part as it will be written; raise Refusal when any of it is left."""
    for name in file.data:
        if name in file.removed or not _is_markup(name):
            continue
        root = file.tree(name)
        texts = [Line(paragraph).text for paragraph in root.iter(f"{W}p")]
        texts += [told for element in root.iter() for told in (element.text or "", *map(str, element.attrib.values()))]
        if any(find(text, operation) for text in texts if text.strip()):
            raise Refusal(
                "redaction_incomplete",
                f"What was to be removed is still in the part {name} of the file, so the file is not handed out.",
            )
    for name, data in file.data.items():
        if name not in file.removed and name.startswith("word/embeddings/"):
            _check_embedded(name, data, operation, find)


def clear_metadata(file: "WordFile") -> Done:
    """Remove what the file says of itself and of those who wrote it."""
    count = 0
    for name in _PROPERTIES:
        if name not in file.data:
            continue
        for element in file.tree(name).iter():
            if isinstance(element.tag, str) and _NAMES_PEOPLE.match(element.tag) and element.text:
                element.text = ""
                count += 1
                file.touch(name)
    for name in file.stories:
        for element in file.tree(name).iter():
            for author in _AUTHORS:
                if element.get(author):
                    element.set(author, "")
                    count += 1
                    file.touch(name)
    return Done(matches=count)


def _black(length: int, operation: edits.Redact) -> str:
    """Return what stands in place of removed words."""
    return operation.label if operation.label is not None else BLACK * min(MOST_BLACK, length)


def _is_markup(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _redact_values(file: "WordFile", name: str, operation: edits.Redact, find: Find) -> int:
    """Remove words from what is no run of text: properties, titles of pictures, link targets, field codes."""
    count = 0
    for element in file.tree(name).iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag not in (f"{W}t", f"{W}delText") and element.text and element.text.strip():
            text, found = _without(element.text, operation, find)
            if found:
                element.text = text
                count += found
        for attribute, value in list(element.attrib.items()):
            text, found = _without(str(value), operation, find)
            if found:
                element.set(attribute, text)
                count += found
    if count:
        file.touch(name)
    return count


def _without(text: str, operation: edits.Redact, find: Find) -> tuple[str, int]:
    """Return a text without what is to be removed, and how often it was there."""
    spans = find(text, operation)
    for start, end in reversed(spans):
        text = f"{text[:start]}removed{text[end:]}"
    return text, len(spans)


def _check_embedded(name: str, data: bytes, operation: edits.Redact, find: Find) -> None:
    """Raise Refusal when an embedded file has what was to be removed where it can be seen."""
    for encoding in ("utf-8", "utf-16-le"):
        if find(data.decode(encoding, errors="replace")[: 1 << 20], operation):
            raise Refusal(
                "redaction_incomplete",
                f"What was to be removed is in the embedded file {name}, which is not edited. Remove it first.",
            )
