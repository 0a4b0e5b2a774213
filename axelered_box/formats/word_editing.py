"""Changes of a Word file: parts that no operation touches stay as they are, byte by byte."""

import io
import zipfile
from pathlib import Path

from lxml import etree

from axelered_box.domain import edits
from axelered_box.domain.edits import AnyOperation, Done, Find
from axelered_box.domain.modules import Refusal
from axelered_box.formats import (
    packages,
    word_changes,
    word_filling,
    word_metadata,
    word_rebuilding,
    word_redacting,
    word_relations,
)
from axelered_box.formats.word_runs import DELETED, Line, W

DOCUMENT = "word/document.xml"
_STORIES = ("word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes", "word/comments")


class WordFile:
    """A Word file in memory: its parts, and which of them have changed."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.infos = package.infolist()
        self.data = {info.filename: packages.part(package, info.filename) or b"" for info in self.infos}
        self._trees: dict[str, etree._Element] = {}
        self.changed: set[str] = set()
        self.removed: set[str] = set()

    @property
    def stories(self) -> list[str]:
        """Return the parts that hold text, the document's own first."""
        names = [name for name in self.data if name.startswith(_STORIES) and name.endswith(".xml")]
        return sorted(set(names) - self.removed, key=lambda name: (name != DOCUMENT, name))

    def tree(self, name: str) -> etree._Element:
        """Return the tree of a part; raises Refusal."""
        if name not in self._trees:
            if packages.defines_entities(self.data[name]):
                raise packages.damaged()
            self._trees[name] = packages.tree(self.data[name])
        return self._trees[name]

    def touch(self, name: str) -> None:
        """Note that a part's tree was changed."""
        self.changed.add(name)

    def remove(self, name: str) -> None:
        """Leave a part out."""
        self.removed.add(name)
        self.changed.discard(name)

    def remove_parts(self, names: list[str]) -> None:
        """Leave parts out, with the relations to them, their own relations and their content types."""
        for name in names:
            folder, _, own = name.rpartition("/")
            self.remove(name)
            if f"{folder}/_rels/{own}.rels" in self.data:
                self.remove(f"{folder}/_rels/{own}.rels")
        word_relations.forget(self)

    def remove_thumbnails(self) -> int:
        """Leave out the small pictures of the first page; return how many there were."""
        found = [name for name in self.data if name.startswith("docProps/thumbnail") and name not in self.removed]
        self.remove_parts(found)
        return len(found)

    def bytes_of(self, name: str) -> bytes:
        """Return a part as it will be written."""
        if name not in self.changed:
            return self.data[name]
        written: bytes = etree.tostring(self._trees[name], xml_declaration=True, encoding="UTF-8", standalone=True)
        return written

    def write(self) -> bytes:
        """Return the file."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            for info in self.infos:
                if info.filename not in self.removed:
                    target.writestr(info, self.bytes_of(info.filename), compress_type=info.compress_type)
        return out.getvalue()


def edit(source: Path, target: Path, operations: list[AnyOperation], find: Find, *, dry_run: bool) -> list[Done]:
    """Do operations on a Word file one after the other; return what came of each. Raises Refusal.

    Nothing is written with `dry_run`, nor when an operation matches nothing.
    """
    with source.open("rb") as stream, packages.open_package(stream) as package:
        if package.testzip() is not None or DOCUMENT not in package.namelist():
            raise packages.damaged()
        file = WordFile(package)
    done = [_do(file, one, find) for one in operations]
    if dry_run or any(one.matches == 0 for one in done):
        return done
    for one in operations:
        if isinstance(one, edits.Redact):
            word_redacting.check(file, one, find)
    target.write_bytes(file.write())
    return done


def _do(file: WordFile, operation: AnyOperation, find: Find) -> Done:
    """Do one operation."""
    match operation:
        case edits.ReplaceText():
            return _replace(file, operation, find)
        case edits.Redact():
            return word_redacting.redact(file, operation, find)
        case edits.DeleteParagraphs() | edits.DeleteRows() | edits.InsertParagraph() | edits.InsertRow():
            return word_rebuilding.rebuild(file, operation)
        case edits.FillForm():
            return word_filling.fill(file, operation)
        case edits.AcceptChanges():
            return word_changes.accept(file)
        case edits.RejectChanges():
            return word_changes.reject(file)
        case edits.RemoveComments():
            return word_changes.remove_comments(file)
        case edits.SetMetadata():
            return word_metadata.set_metadata(file, operation)
        case edits.ClearMetadata():
            return word_metadata.clear_metadata(file)
    raise Refusal("operation_not_for_file", "This operation is not for Word files.")


def _replace(file: WordFile, operation: edits.ReplaceText, find: Find) -> Done:
    count = 0
    for name in file.stories:
        for paragraph in file.tree(name).iter(f"{W}p"):
            line = Line(paragraph, DELETED)
            spans = find(line.text, operation)
            for start, end in reversed(spans):
                line.replace(start, end, operation.replace)
            if spans:
                count += len(spans)
                file.touch(name)
    return Done(matches=count)
