"""Glyphs that are to be set on a PDF page, and the resources that they need."""

from typing import Any

import msgspec
import pymupdf

from axelered_box.formats.pdf_fonts import Font
from axelered_box.formats.pdf_objects import document_of

CODE_PAGE = "cp1252"
OPACITY = "SetOpacity"


class LookAlike(msgspec.Struct, frozen=True):
    """A font that stands in for one that lacks letters."""

    xref: int
    face: pymupdf.Font
    is_wide: bool

    def code(self, sign: str) -> bytes:
        """Return the code of a sign."""
        return self.face.has_glyph(ord(sign)).to_bytes(2, "big") if self.is_wide else sign.encode(CODE_PAGE)


class Set(msgspec.Struct, frozen=True):
    """A glyph to be set."""

    font: Font | LookAlike
    code: bytes
    origin: pymupdf.Point
    """On the page without its rotation."""
    matrix: tuple[float, float, float, float]
    """What takes a glyph of size 1 to the page."""
    color: int | None = None
    """sRGB; that of the text before it when it is set in the place of other glyphs."""


def named(pdf: pymupdf.Document, resources: Any, fonts: list[Font | LookAlike]) -> dict[int, str]:
    """Return names for fonts by their identity, under which they are added to resources.

    The resources' own dictionary of fonts stays as it is, since other pages may have it too.
    """
    mupdf = pymupdf.mupdf
    listed = _copy(pdf, resources, "Font")
    names: dict[int, str] = {}
    for font in fonts:
        if id(font) not in names:
            names[id(font)] = f"Set{len(names)}x{font.xref}"
            direct = font.dictionary if isinstance(font, Font) and not font.xref else None
            mupdf.pdf_dict_puts(
                listed, names[id(font)], direct or mupdf.pdf_new_indirect(document_of(pdf), font.xref, 0)
            )
    return names


def add_opacity(pdf: pymupdf.Document, resources: Any, opacity: float) -> None:
    """Add an opacity to resources, under the name OPACITY."""
    mupdf = pymupdf.mupdf
    state = mupdf.pdf_new_dict(document_of(pdf), 1)
    mupdf.pdf_dict_puts(state, "ca", mupdf.pdf_new_real(opacity))
    mupdf.pdf_dict_puts(_copy(pdf, resources, "ExtGState"), OPACITY, state)


def _copy(pdf: pymupdf.Document, resources: Any, key: str) -> Any:
    """Return a dictionary in resources, which gets one of its own."""
    mupdf = pymupdf.mupdf
    known = mupdf.pdf_dict_gets(resources, key)
    copy = mupdf.pdf_copy_dict(known) if mupdf.pdf_is_dict(known) else mupdf.pdf_new_dict(document_of(pdf), 4)
    mupdf.pdf_dict_puts(resources, key, copy)
    return copy
