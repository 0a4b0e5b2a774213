"""How the bytes of shown text are parted into codes, and how wide each is, in the fonts of a PDF."""

import re
from typing import Any

import pymupdf

from axelered_box.formats.pdf_objects import document_of

_IDENTITY = ("/Identity-H", "/Identity-V")
_CODE_PAGES = {"WinAnsiEncoding": "cp1252", "MacRomanEncoding": "mac_roman"}
_SUBSET = re.compile(r"^[A-Z]{6}\+")


class Font:
    """A font as the content of a page uses it."""

    def __init__(self, pdf: pymupdf.Document, dictionary: Any) -> None:
        """Read a font's dictionary; raises MuPDF's errors for one that is damaged."""
        mupdf = pymupdf.mupdf
        self.dictionary = dictionary
        self.xref: int = mupdf.pdf_to_num(dictionary)
        self.name = _name(dictionary, "BaseFont")
        self.is_wide = _name(dictionary, "Subtype") == "Type0"
        encoding = mupdf.pdf_dict_gets(dictionary, "Encoding")
        self.can_be_read = not self.is_wide or (
            bool(mupdf.pdf_is_name(encoding)) and f"/{mupdf.pdf_to_name(encoding)}" in _IDENTITY
        )
        self._code_page = None
        if not self.is_wide and not _SUBSET.match(self.name) and _name(dictionary, "Subtype") != "Type3":
            self._code_page = _CODE_PAGES.get(mupdf.pdf_to_name(encoding) if mupdf.pdf_is_name(encoding) else "")
        self._inner = mupdf.ll_pdf_load_font(document_of(pdf).m_internal, None, dictionary.m_internal)
        self.can_be_read = self.can_be_read and not self._inner.wmode
        self._widths: dict[bytes, float] = {}

    def codes(self, shown: bytes) -> list[bytes]:
        """Return the codes that a shown string consists of."""
        step = 2 if self.is_wide else 1
        return [shown[place : place + step] for place in range(0, len(shown), step)]

    def width(self, code: bytes) -> float:
        """Return how wide a code's glyph is, as a part of the size."""
        known = self._widths.get(code)
        if known is None:
            cid = pymupdf.mupdf.ll_pdf_lookup_cmap(self._inner.encoding, int.from_bytes(code, "big"))
            known = pymupdf.mupdf.ll_pdf_lookup_hmtx(self._inner, max(0, cid)).w / 1000
            self._widths[code] = known
        return known

    def usual_code(self, sign: str) -> bytes | None:
        """Return the code of a sign in a font that is embedded whole or not at all, None where that is unknown."""
        if self._code_page is None:
            return None
        try:
            return sign.encode(self._code_page)
        except UnicodeEncodeError:
            return None


def _name(dictionary: Any, key: str) -> str:
    return str(pymupdf.mupdf.pdf_to_name(pymupdf.mupdf.pdf_dict_gets(dictionary, key)))
