"""The operations by which a file is changed: what each is called, what it takes, and which kinds of file it is for.

In JSON an operation is an object with ``op``, its name, and its members in camelCase. Pages are counted from 1 and
written as in `pages` of parse: ``"1-3,7"``; ``-1`` is the last page. Boxes are as in ``document.json``: left, top,
right, bottom in PDF points from the top left of the page as shown.
"""

from collections.abc import Callable
from typing import Annotated, Any, ClassVar, Literal

import msgspec
from msgspec import Meta

from axelered_box.domain.edit_forms import DOCX, PDF, Color, Operation, PageBox, Pages, PatternKind, Position, Text
from axelered_box.domain.word_edits import (
    AcceptChanges,
    DeleteParagraphs,
    DeleteRows,
    InsertParagraph,
    InsertRow,
    RejectChanges,
    RemoveComments,
)

__all__ = [
    "DOCX",
    "PDF",
    "AcceptChanges",
    "DeleteParagraphs",
    "DeleteRows",
    "InsertParagraph",
    "InsertRow",
    "PageBox",
    "RejectChanges",
    "RemoveComments",
]


class ReplaceText(Operation, frozen=True, kw_only=True, tag="replaceText"):
    """Put another text in the place of every occurrence of one, in the same look."""

    find: Text
    replace: Annotated[str, Meta(max_length=2000)]
    match_case: bool = True
    whole_words: bool = False
    pages: Pages | None = None
    """Of a PDF; all pages when absent."""


class Redact(Operation, frozen=True, kw_only=True, tag="redact"):
    """Remove words from the file itself and black them out: what one of `text` to `boxes` names; one is given."""

    text: Text | None = None
    pattern: PatternKind | None = None
    regex: Annotated[str, Meta(min_length=1, max_length=500)] | None = None
    field: Annotated[str, Meta(pattern="^/", max_length=500)] | None = None
    """The path of an extracted field, such as ``/iban``."""
    boxes: list[PageBox] | None = None
    match_case: bool = False
    pages: Pages | None = None
    label: Annotated[str, Meta(max_length=100)] | None = None
    """A word that is printed on the black, or put in place of the words in a Word file."""


class DeletePages(Operation, frozen=True, kw_only=True, tag="deletePages"):
    """Remove pages."""

    kinds: ClassVar[frozenset[str]] = frozenset({PDF})
    pages: Pages


class KeepPages(Operation, frozen=True, kw_only=True, tag="keepPages"):
    """Remove all pages but these."""

    kinds: ClassVar[frozenset[str]] = frozenset({PDF})
    pages: Pages


class ReorderPages(Operation, frozen=True, kw_only=True, tag="reorderPages"):
    """Put the pages in another order, in which each stands once."""

    kinds: ClassVar[frozenset[str]] = frozenset({PDF})
    order: list[int]


class MovePage(Operation, frozen=True, kw_only=True, tag="movePage"):
    """Put one page in another place."""

    kinds: ClassVar[frozenset[str]] = frozenset({PDF})
    page: int
    to: int
    """Its number afterwards; -1 for the end."""


class RotatePages(Operation, frozen=True, kw_only=True, tag="rotatePages"):
    """Turn pages clockwise."""

    kinds: ClassVar[frozenset[str]] = frozenset({PDF})
    degrees: Literal[90, 180, 270]
    pages: Pages | None = None


class Highlight(Operation, frozen=True, kw_only=True, tag="highlight"):
    """Mark every occurrence of a text, or an extracted field, in colour."""

    kinds: ClassVar[frozenset[str]] = frozenset({PDF})
    text: Text | None = None
    field: Annotated[str, Meta(pattern="^/", max_length=500)] | None = None
    color: Color = "#ffe066"
    style: Literal["highlight", "box", "underline", "strikeout"] = "highlight"
    match_case: bool = False
    pages: Pages | None = None


class Stamp(Operation, frozen=True, kw_only=True, tag="stamp"):
    """Print a text on pages."""

    kinds: ClassVar[frozenset[str]] = frozenset({PDF})
    text: Text
    position: Position = "top-right"
    pages: Pages | None = None
    color: Color = "#c00000"
    font_size: Annotated[float, Meta(ge=4, le=200)] = 14.0


class Watermark(Operation, frozen=True, kw_only=True, tag="watermark"):
    """Print a large pale text across pages."""

    kinds: ClassVar[frozenset[str]] = frozenset({PDF})
    text: Text
    opacity: Annotated[float, Meta(gt=0, le=1)] = 0.15
    color: Color = "#808080"
    pages: Pages | None = None


class AddPageNumbers(Operation, frozen=True, kw_only=True, tag="addPageNumbers"):
    """Print the number of each page; `format` has ``{page}`` and may have ``{pages}``."""

    kinds: ClassVar[frozenset[str]] = frozenset({PDF})
    format: Annotated[str, Meta(pattern=r"\{page\}", max_length=100)] = "{page}"
    position: Position = "bottom-center"
    first: int = 1
    """The number of the first page that gets one."""
    pages: Pages | None = None
    font_size: Annotated[float, Meta(ge=4, le=72)] = 10.0


class AddHeader(Operation, frozen=True, kw_only=True, tag="addHeader"):
    """Print a text at the top of pages."""

    kinds: ClassVar[frozenset[str]] = frozenset({PDF})
    text: Text
    align: Literal["left", "center", "right"] = "center"
    pages: Pages | None = None
    font_size: Annotated[float, Meta(ge=4, le=72)] = 10.0


class AddFooter(AddHeader, frozen=True, kw_only=True, tag="addFooter"):
    """Print a text at the bottom of pages."""


class SetMetadata(Operation, frozen=True, kw_only=True, tag="setMetadata"):
    """Set what the file says of itself; a member that is absent stays, an empty text clears it."""

    title: Annotated[str, Meta(max_length=500)] | None = None
    author: Annotated[str, Meta(max_length=500)] | None = None
    subject: Annotated[str, Meta(max_length=500)] | None = None
    keywords: Annotated[str, Meta(max_length=500)] | None = None


class ClearMetadata(Operation, frozen=True, kw_only=True, tag="clearMetadata"):
    """Remove all that the file says of itself."""


class FillForm(Operation, frozen=True, kw_only=True, tag="fillForm"):
    """Fill fields by name: form fields of a PDF; content controls and ``{{placeholders}}`` of a Word file."""

    fields: Annotated[dict[str, str | bool], Meta(min_length=1, max_length=500)]


class FlattenForm(Operation, frozen=True, kw_only=True, tag="flattenForm"):
    """Make the fields of a form and their values part of the page."""

    kinds: ClassVar[frozenset[str]] = frozenset({PDF})


class RemoveAnnotations(Operation, frozen=True, kw_only=True, tag="removeAnnotations"):
    """Remove comments, markings and other annotations; links stay."""

    kinds: ClassVar[frozenset[str]] = frozenset({PDF})


class RemoveAttachments(Operation, frozen=True, kw_only=True, tag="removeAttachments"):
    """Remove files that are attached."""

    kinds: ClassVar[frozenset[str]] = frozenset({PDF})


class RemoveScripts(Operation, frozen=True, kw_only=True, tag="removeScripts"):
    """Remove JavaScript and actions that start by themselves."""

    kinds: ClassVar[frozenset[str]] = frozenset({PDF})


class Compress(Operation, frozen=True, kw_only=True, tag="compress"):
    """Make the file smaller without loss that can be seen."""

    kinds: ClassVar[frozenset[str]] = frozenset({PDF})


class Encrypt(Operation, frozen=True, kw_only=True, tag="encrypt"):
    """Ask for a password when the file is opened (AES-256)."""

    kinds: ClassVar[frozenset[str]] = frozenset({PDF})
    password: Annotated[str, Meta(min_length=1, max_length=127)]
    owner_password: Annotated[str, Meta(min_length=1, max_length=127)] | None = None
    """The password that allows everything; a random one when absent."""
    allow_print: bool = True
    allow_copy: bool = True
    allow_change: bool = False


AnyOperation = (
    ReplaceText
    | Redact
    | DeletePages
    | KeepPages
    | ReorderPages
    | MovePage
    | RotatePages
    | Highlight
    | Stamp
    | Watermark
    | AddPageNumbers
    | AddHeader
    | AddFooter
    | SetMetadata
    | ClearMetadata
    | FillForm
    | FlattenForm
    | RemoveAnnotations
    | RemoveAttachments
    | RemoveScripts
    | Compress
    | Encrypt
    | DeleteParagraphs
    | InsertParagraph
    | DeleteRows
    | InsertRow
    | AcceptChanges
    | RejectChanges
    | RemoveComments
)


Spans = list[tuple[int, int]]
"""Places in a text: of the first character and the one behind the last."""
Find = Callable[[str, AnyOperation], Spans]
"""Finds in a text what an operation is about; in order, without overlaps. Raises Refusal."""


class Done(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What came of an operation."""

    matches: int
    """How often it found something to change: occurrences of a text, pages, fields, comments."""
    pages: list[int] = []
    """The pages that it changed, counted from 1."""
    warnings: list[str] = []
    """What a user should know, such as a text that did not fit."""


def to_json(operation: AnyOperation) -> dict[str, Any]:
    """Return an operation as JSON, without members that are absent."""
    made: dict[str, Any] = msgspec.to_builtins(operation)
    return {name: value for name, value in made.items() if value is not None}


def shown(operation: AnyOperation) -> dict[str, Any]:
    """Return an operation as JSON as it may be shown: passwords as three dots."""
    return {name: "..." if name in _SECRET else value for name, value in to_json(operation).items()}


_SECRET = frozenset({"password", "ownerPassword"})


def problem_of(operation: AnyOperation) -> str | None:
    """Return what is wrong with an operation that has the right form, None when nothing is."""
    if isinstance(operation, Redact):
        given = [operation.text, operation.pattern, operation.regex, operation.field, operation.boxes]
        if sum(value is not None for value in given) != 1:
            return "Exactly one of text, pattern, regex, field and boxes must be given."
    if isinstance(operation, Highlight) and (operation.text is None) == (operation.field is None):
        return "Exactly one of text and field must be given."
    if isinstance(operation, InsertParagraph) and operation.after is not None and operation.before is not None:
        return "Only one of after and before can be given."
    return None
