"""The strings and streams of a PDF besides what its pages show, each with what it is for."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pymupdf

_BINARY_KEYS = frozenset(
    {"ID", "O", "U", "OE", "UE", "Perms", "Lang", "Registry", "Ordering", "DA", "CharSet", "FontFamily", "CreationDate"}
    | {"ModDate", "M", "IDTree", "CheckSum", "Panose", "Style"}
)
"""Strings that no reader shows, or that say how and when a file was made; a change would break the file."""
_PICTURES_AND_FONTS = re.compile(
    r"/Subtype\s*/(?:Image|Type1C|CIDFontType0C|OpenType)\b|/FunctionType|/ShadingType|/Length1|/Length3"
    r"|/Type\s*/(?:XRef|ObjStm|CMap)\b|/CMapName|/Alternate"
)
_MAX_DEPTH = 40


class Told(msgspec.Struct, frozen=True):
    """A string in an object, with the way to put another in its place."""

    xref: int
    key: str
    text: str
    put: Callable[[str], None]


def document_of(pdf: pymupdf.Document) -> Any:
    """Return the document as MuPDF's own calls take it."""
    return pymupdf._as_pdf_document(pdf)


def object_of(pdf: pymupdf.Document, xref: int) -> Any:
    """Return an object by its number."""
    return pymupdf.mupdf.pdf_load_object(document_of(pdf), xref)


def strings_of(pdf: pymupdf.Document, skipped: set[int]) -> Iterator[Told]:
    """Yield the strings of all objects but those skipped and signatures."""
    for xref in range(1, pdf.xref_length()):
        if xref in skipped:
            continue
        printed = pdf.xref_object(xref, compressed=True)
        if "(" not in printed and not re.search(r"<[0-9A-Fa-f]", printed):
            continue
        if re.search(r"/Type\s*/(?:Sig|DocTimeStamp|XRef|ObjStm)\b|/Filter\s*/Standard\b", printed):
            continue
        yield from _strings_in(pdf, object_of(pdf, xref), xref, "", 0)


def _strings_in(pdf: pymupdf.Document, value: Any, xref: int, key: str, depth: int) -> Iterator[Told]:
    """Yield the strings of a dictionary or list and of those in it, but not of the objects that it refers to."""
    mupdf = pymupdf.mupdf
    if depth > _MAX_DEPTH:
        return
    if mupdf.pdf_is_dict(value):
        for place in range(mupdf.pdf_dict_len(value)):
            name_object = mupdf.pdf_dict_get_key(value, place)
            name = mupdf.pdf_to_name(name_object)
            one = mupdf.pdf_dict_get_val(value, place)
            if mupdf.pdf_is_indirect(one) or name in _BINARY_KEYS:
                continue
            if mupdf.pdf_is_string(one):
                yield Told(xref, name, mupdf.pdf_to_text_string(one), _putter_by_key(value, name))
            else:
                yield from _strings_in(pdf, one, xref, name, depth + 1)
    elif mupdf.pdf_is_array(value):
        for place in range(mupdf.pdf_array_len(value)):
            one = mupdf.pdf_array_get(value, place)
            if mupdf.pdf_is_indirect(one):
                continue
            if mupdf.pdf_is_string(one):
                yield Told(xref, key, mupdf.pdf_to_text_string(one), _putter_by_place(value, place))
            else:
                yield from _strings_in(pdf, one, xref, key, depth + 1)
    elif mupdf.pdf_is_string(value):
        yield Told(xref, key, mupdf.pdf_to_text_string(value), _putter_of_object(pdf, xref))


def _putter_by_key(holder: Any, name: str) -> Callable[[str], None]:
    def put(text: str) -> None:
        pymupdf.mupdf.pdf_dict_puts(holder, name, pymupdf.mupdf.pdf_new_text_string(text))

    return put


def _putter_by_place(holder: Any, place: int) -> Callable[[str], None]:
    def put(text: str) -> None:
        pymupdf.mupdf.pdf_array_put(holder, place, pymupdf.mupdf.pdf_new_text_string(text))

    return put


def _putter_of_object(pdf: pymupdf.Document, xref: int) -> Callable[[str], None]:
    def put(text: str) -> None:
        pdf.update_object(xref, pymupdf.get_pdf_str(text))

    return put


def streams_of(pdf: pymupdf.Document) -> Iterator[tuple[int, str, bytes]]:
    """Yield number, dictionary and content of all streams that may hold words: not of pictures, fonts and tables."""
    for xref in range(1, pdf.xref_length()):
        if not pdf.xref_is_stream(xref):
            continue
        printed = pdf.xref_object(xref, compressed=True)
        if _PICTURES_AND_FONTS.search(printed):
            continue
        content = pdf.xref_stream(xref)
        if content and not content.lstrip().startswith(b"/CIDInit"):
            yield xref, printed, content


def script_streams(pdf: pymupdf.Document) -> set[int]:
    """Return the numbers of streams that are JavaScript."""
    found = set()
    for xref in range(1, pdf.xref_length()):
        for match in re.finditer(r"/JS (\d+) 0 R", pdf.xref_object(xref, compressed=True)):
            found.add(int(match[1]))
    return found
