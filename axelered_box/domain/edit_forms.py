"""What all operations of edits have in common: kinds of file, and the forms of texts, pages, colours and areas."""

from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

PDF = "pdf"
DOCX = "docx"

Text = Annotated[str, Meta(min_length=1, max_length=2000)]
Pages = Annotated[str, Meta(pattern=r"^\s*-?\d+(\s*-\s*-?\d*)?(\s*,\s*-?\d+(\s*-\s*-?\d*)?)*\s*$", max_length=1000)]
Color = Annotated[str, Meta(pattern="^#[0-9a-fA-F]{6}$")]
Position = Literal["top-left", "top-center", "top-right", "center", "bottom-left", "bottom-center", "bottom-right"]
PatternKind = Literal["iban", "email", "phone", "card", "nationalId", "date", "amount", "url"]
Box = tuple[float, float, float, float]


class PageBox(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An area of a page."""

    page: int
    box: Box


class Operation(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel", tag_field="op", tag=True
):
    """One change of a file."""

    kinds: ClassVar[frozenset[str]] = frozenset({PDF, DOCX})
    """The kinds of file that it can be done to."""
