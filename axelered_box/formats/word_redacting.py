"""Words removed from a Word file for good, from every part of it, and then looked for."""

import io
import zipfile
from typing import TYPE_CHECKING

from axelered_box.domain import edits
from axelered_box.domain.edits import Done, Find, Spans
from axelered_box.domain.modules import Refusal
from axelered_box.formats import packages, word_places
from axelered_box.formats.word_runs import Line

if TYPE_CHECKING:
    from axelered_box.formats.word_editing import WordFile

BLACK = "\u2588"
MOST_BLACK = 24
"""A longer black would tell how long the words were."""
GONE = "removed"
MAX_EMBEDDED_BYTES = 64 << 20
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".odttf", ".ttf", ".fntdata")
"""Pictures and fonts: what words they show is not looked for."""


_NAMED = ("word/embeddings/", "word/media/")
"""Where parts can have the names of files that were put in."""


def redact(file: "WordFile", operation: edits.Redact, find: Find) -> Done:
    """Remove what an operation names from all parts of the file; raises Refusal."""
    if operation.boxes is not None:
        raise Refusal("operation_not_for_file", "A Word file has no fixed pages, so areas cannot be redacted in it.")
    count = 0
    for name in _markup(file):
        root, before = file.tree(name), count
        for paragraph, without, codes in word_places.lines(root):
            line = Line(paragraph, without, codes=codes)
            spans = find(line.text, operation) if line.text else []
            for start, end in reversed(spans):
                line.replace(start, end, _gone(operation, find) if codes else _black(end - start, operation))
            count += len(spans)
        count += word_places.change_others(name, root, lambda text: _without(text, operation, find))
        if count > before or any(find(text, operation) for text in word_places.hidden_in(file.data[name])):
            file.touch(name)
    if count:
        file.remove_thumbnails()
    return Done(matches=count, warnings=_warnings(file))


def check(file: "WordFile", operation: edits.Redact, find: Find) -> None:
    """Look for what was to be removed in every part as it will be written; raise Refusal when any of it is left."""
    for name in file.data:
        if name in file.removed:
            continue
        if name.lower().endswith(word_places.MARKUP):
            data = file.bytes_of(name)
            told = [*word_places.texts(name, packages.tree(data)), *word_places.hidden_in(data)]
            if any(_spans(text, operation, find) for text in told if text):
                raise _left(f"the part {name} of the file")
        elif not name.lower().endswith(_PICTURES) and _is_in(file.data[name], operation, find):
            raise _left(f"the embedded file {name}, which is not edited: remove it first")
        if name.startswith(_NAMED) and find(name, operation):
            raise _left(f"the name of the embedded file {name}: remove it first")


def _markup(file: "WordFile") -> list[str]:
    return [name for name in file.data if name.lower().endswith(word_places.MARKUP) and name not in file.removed]


def _black(length: int, operation: edits.Redact) -> str:
    """Return what stands in place of removed words."""
    return operation.label if operation.label is not None else BLACK * min(MOST_BLACK, length)


def _without(text: str, operation: edits.Redact, find: Find) -> str | None:
    """Return a text without what is to be removed, None when it has none of it."""
    before = text
    for _ in ("as it is", "with other signs for spaces"):
        for start, end in reversed(_spans(text, operation, find)):
            text = f"{text[:start]}{_gone(operation, find)}{text[end:]}"
    return None if text == before else text


def _gone(operation: edits.Redact, find: Find) -> str:
    """Return what stands in place of words where nobody reads."""
    return "-" if find(GONE, operation) else GONE


def _spans(text: str, operation: edits.Redact, find: Find) -> Spans:
    """Return where a text has what is to be removed, or has it with the signs that addresses have for a space."""
    spaced = text.replace("%20", "   ").replace("_", " ").replace("+", " ")
    return find(text, operation) or (find(spaced, operation) if spaced != text else [])


def _is_in(data: bytes, operation: edits.Redact, find: Find) -> bool:
    """Tell whether an embedded file has what was to be removed: in its bytes, or in the parts that are packed in it."""
    if any(find(data.decode(encoding, errors="replace"), operation) for encoding in ("utf-8", "utf-16-le")):
        return True
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return False
    with packages.open_package(io.BytesIO(data)) as inner:
        for name in inner.namelist():
            told = packages.part(inner, name) or b""
            if name.lower().endswith(word_places.MARKUP):
                root = packages.tree(told)
                lines = [*word_places.texts(name, root), "".join(map(str, root.itertext()))]
                if any(find(text, operation) for text in lines if text):
                    return True
            elif not name.lower().endswith(_PICTURES) and _is_in(told, operation, find):
                return True
    return False


def _left(where: str) -> Refusal:
    """Return the refusal of a file in which words are left."""
    return Refusal("redaction_incomplete", f"What was to be removed is still in {where}. The file is not handed out.")


def _warnings(file: "WordFile") -> list[str]:
    """Return what a user should know: words in pictures are not removed."""
    pictures = any(name.startswith("word/media/") for name in file.data if name not in file.removed)
    return ["The file has pictures; words that are part of a picture are not removed."] if pictures else []
