"""The operations that only Word files have."""

from typing import Annotated, ClassVar

from msgspec import Meta

from axelered_box.domain.edit_forms import DOCX, Operation, Text


class DeleteParagraphs(Operation, frozen=True, kw_only=True, tag="deleteParagraphs"):
    """Remove the paragraphs that have a text."""

    kinds: ClassVar[frozenset[str]] = frozenset({DOCX})
    containing: Text
    match_case: bool = False


class InsertParagraph(Operation, frozen=True, kw_only=True, tag="insertParagraph"):
    """Add a paragraph after or before the first one that has a text, in its look; at the end when neither is given."""

    kinds: ClassVar[frozenset[str]] = frozenset({DOCX})
    text: Text
    after: Text | None = None
    before: Text | None = None


class DeleteRows(Operation, frozen=True, kw_only=True, tag="deleteRows"):
    """Remove the rows of tables that have a text."""

    kinds: ClassVar[frozenset[str]] = frozenset({DOCX})
    containing: Text
    match_case: bool = False


class InsertRow(Operation, frozen=True, kw_only=True, tag="insertRow"):
    """Add a row after the first row of a table that has a text, in its look."""

    kinds: ClassVar[frozenset[str]] = frozenset({DOCX})
    after: Text
    cells: Annotated[list[Annotated[str, Meta(max_length=2000)]], Meta(min_length=1, max_length=63)]


class AcceptChanges(Operation, frozen=True, kw_only=True, tag="acceptChanges"):
    """Accept all tracked changes."""

    kinds: ClassVar[frozenset[str]] = frozenset({DOCX})


class RejectChanges(Operation, frozen=True, kw_only=True, tag="rejectChanges"):
    """Reject all tracked changes."""

    kinds: ClassVar[frozenset[str]] = frozenset({DOCX})


class RemoveComments(Operation, frozen=True, kw_only=True, tag="removeComments"):
    """Remove all comments."""

    kinds: ClassVar[frozenset[str]] = frozenset({DOCX})
