"""The documents of a pack: which there are, which are chosen, which are scored together."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MEASURED = ("parse", "ocr", "office", "units")
"""The sets whose documents have a truth that Markdown is scored against."""
ROBUST = "robust"
DEFAULT_LIMIT_S = 300


@dataclass(frozen=True)
class Document:
    """One document of the manifest."""

    id: str
    set: str
    group: str
    """What it is scored with: a kind of document that has a figure of its own."""
    pages: int
    limit_s: int
    file: Path
    entry: dict[str, Any]
    """Its entry in the manifest, with absolute paths."""


@dataclass(frozen=True)
class Group:
    """Documents that are converted in one go and scored as one."""

    set: str
    name: str
    documents: list[Document]

    @property
    def pages(self) -> int:
        """Return how many pages the documents have."""
        return sum(document.pages for document in self.documents)


def documents(pack: Path) -> list[Document]:
    """Return all documents of a pack."""
    return [_document(pack.resolve(), entry) for entry in json.loads((pack / "manifest.json").read_text("utf-8"))]


def choose(found: Iterable[Document], sets: list[str], kinds: list[str], every: int) -> list[Document]:
    """Return the documents of the sets and of the kinds (all, when none is named), each `every`-th of a group."""
    chosen = [document for document in found if document.set in sets and (not kinds or _is_of(document, kinds))]
    return [document for group in groups(chosen) for document in group.documents[::every]]


def groups(chosen: Iterable[Document]) -> Iterator[Group]:
    """Yield the documents by set and group, in the order in which they come."""
    found: dict[tuple[str, str], list[Document]] = {}
    for document in chosen:
        found.setdefault((document.set, document.group), []).append(document)
    for (name, group), members in found.items():
        yield Group(name, group, members)


def _document(pack: Path, entry: dict[str, Any]) -> Document:
    absolute = {name: str(pack / entry[name]) for name in ("file", "truth") if name in entry}
    return Document(
        id=entry["id"],
        set=entry["set"],
        group=_group(entry),
        pages=entry.get("pages", 1),
        limit_s=entry.get("limit_s", DEFAULT_LIMIT_S),
        file=Path(absolute["file"]),
        entry=entry | absolute,
    )


def _group(entry: dict[str, Any]) -> str:
    """Return the group that an entry belongs to; the groups are those that the scorer has figures for."""
    if entry["set"] == "parse":
        return "scan_zh" if entry["lang"] == "zh" else str(entry["kind"])
    if entry["set"] == "ocr":
        if entry["id"].startswith("receipt"):
            return "receipts"
        return "fraktur" if entry.get("script") == "Fraktur" else "pages"
    return "all"


def _is_of(document: Document, kinds: list[str]) -> bool:
    names = {document.group, document.entry.get("kind"), document.entry.get("format")}
    return not names.isdisjoint(kinds)
