"""What carries words in a PDF besides its pages: links, comments, form values, metadata, outlines, files, scripts."""

import html
import re
from urllib.parse import unquote

import msgspec
import pikepdf
import pymupdf

from axelered_box.formats.pdf_forms import set_text
from axelered_box.formats.pdf_objects import Told, object_of, script_streams, streams_of, strings_of
from axelered_box.formats.pdf_sought import Sought

BLACK = "\u2588\u2588\u2588"
_EMPTY_XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"/><?xpacket end="w"?>'
)
_TAG = re.compile(r"<[^>]*>")
_TOLD_IN_CONTENT = re.compile(rb"/(?:ActualText|Alt|E)\s*(\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>)", re.DOTALL)
_REMOVED_COMMENT = "Comments that had the words were removed whole."
_REMOVED_FILE = "Attached files that had the words, or that could not be looked into, were removed."
_REMOVED_XFA = "The form's second description (XFA) was removed."


class Left(msgspec.Struct):
    """What was removed besides words of pages."""

    count: int = 0
    pages: set[int] = set()
    warnings: list[str] = []


def learn(pdf: pymupdf.Document, sought: Sought) -> None:
    """Have the wordings learned that stand in strings only, whatever page they belong to."""
    for told in strings_of(pdf, set()):
        for start, end in sought.spans(told.text):
            sought.learn(told.text[start:end])


def remove(pdf: pymupdf.Document, sought: Sought, pages: set[int]) -> Left:
    """Remove the words from all that is not content of a page; comments and links only on these pages."""
    left = Left(pages=set(), warnings=[])
    for number in sorted(pages):
        before = left.count
        page = pdf[number - 1]
        _remove_links(page, sought, left)
        _remove_comments(page, sought, left)
        _empty_fields(pdf, page, sought, left)
        for key in ("Thumb", "PieceInfo"):
            pdf.xref_set_key(page.xref, key, "null")
        if left.count > before:
            left.pages.add(number)
    _remove_files(pdf, sought, left)
    _remove_xfa(pdf, sought, left)
    _empty_streams(pdf, sought, left)
    for told in strings_of(pdf, _objects_of_others(pdf, pages)):
        _empty_string(told, sought, left)
    pdf.xref_set_key(pdf.pdf_catalog(), "PieceInfo", "null")
    return left


def remove_in(page: pymupdf.Page, boxes: list[pymupdf.Rect]) -> None:
    """Remove links, comments and fields whose middle lies in one of the boxes of a page without its rotation."""
    for annotation in list(page.annots()):
        if _lies_in(_unturned(page, annotation.rect), boxes):
            page.delete_annot(annotation)
    for widget in list(page.widgets()):
        if _lies_in(_unturned(page, widget.rect), boxes):
            page.delete_widget(widget)
    for link in page.get_links():
        if _lies_in(_unturned(page, link["from"]), boxes):
            page.delete_link(link)


def readable(text: str) -> str:
    """Return what an address or a piece of markup says: without escapes and tags."""
    return html.unescape(unquote(text))


def _unturned(page: pymupdf.Page, box: pymupdf.Rect) -> pymupdf.Rect:
    return pymupdf.Rect(box) * page.derotation_matrix


def _lies_in(box: pymupdf.Rect, boxes: list[pymupdf.Rect]) -> bool:
    return any((box.tl + box.br) / 2 in one for one in boxes)


def _remove_links(page: pymupdf.Page, sought: Sought, left: Left) -> None:
    for link in page.get_links():
        told = " ".join(str(link.get(key) or "") for key in ("uri", "file", "name", "nameddest"))
        if sought.is_in(readable(told)) or sought.is_in(told):
            page.delete_link(link)
            left.count += 1


def _remove_comments(page: pymupdf.Page, sought: Sought, left: Left) -> None:
    for annotation in list(page.annots()):
        told = [str(value) for value in annotation.info.values()]
        told += [annotation.get_text(), _rich_text(page.parent, annotation.xref)]
        if any(sought.is_in(text) for text in told if text):
            page.delete_annot(annotation)
            left.count += 1
            left.warnings.append(_REMOVED_COMMENT)


def _rich_text(pdf: pymupdf.Document, xref: int) -> str:
    kind, value = pdf.xref_get_key(xref, "RC")
    return readable(_TAG.sub("", value)) if kind == "string" else ""


def _empty_fields(pdf: pymupdf.Document, page: pymupdf.Page, sought: Sought, left: Left) -> None:
    """Take the words out of the values of form fields and have their looks made anew."""
    for widget in page.widgets():
        value = widget.field_value if isinstance(widget.field_value, str) else ""
        looks = _looks_of(pdf, widget.xref)
        if not (sought.is_in(value) or sought.is_in(looks)):
            continue
        left.count += 1
        kept = _without(value, sought)
        if widget.field_type == pymupdf.PDF_WIDGET_TYPE_TEXT:
            set_text(widget, kept)
        else:
            holder = object_of(pdf, widget.xref)
            for key in ("AP", "V", "DV", "I"):
                pymupdf.mupdf.pdf_dict_dels(holder, key)
            parent = pymupdf.mupdf.pdf_dict_gets(holder, "Parent")
            if pymupdf.mupdf.pdf_is_dict(parent):
                pymupdf.mupdf.pdf_dict_dels(parent, "V")


def _looks_of(pdf: pymupdf.Document, xref: int) -> str:
    """Return the strings in the normal appearance of a field, as far as they are plain."""
    kind, value = pdf.xref_get_key(xref, "AP/N")
    if kind != "xref":
        return ""
    number = int(value.split()[0])
    content = pdf.xref_stream(number) if pdf.xref_is_stream(number) else b""
    return " ".join(match.decode("latin-1") for match in re.findall(rb"\(((?:\\.|[^\\()])*)\)", content or b""))


def _without(text: str, sought: Sought) -> str:
    for start, end in reversed(sought.spans(text)):
        text = text[:start] + text[end:]
    return text


def _remove_files(pdf: pymupdf.Document, sought: Sought, left: Left) -> None:
    """Remove attached files that have the words, or whose words cannot be read."""
    for name in list(pdf.embfile_names()):
        told = " ".join(str(value) for value in pdf.embfile_info(name).values())
        if sought.is_in(told) or _file_has(pdf.embfile_get(name), sought):
            pdf.embfile_del(name)
            _count_file(left)
    for page in pdf:
        for annotation in list(page.annots(types=[pymupdf.PDF_ANNOT_FILE_ATTACHMENT])):
            if _file_has(annotation.get_file(), sought):
                page.delete_annot(annotation)
                _count_file(left)
    mupdf = pymupdf.mupdf
    for xref in range(1, pdf.xref_length()):
        if "/EF" not in pdf.xref_object(xref, compressed=True):
            continue
        kind, value = pdf.xref_get_key(xref, "EF/F")
        if kind == "xref" and _file_has(pdf.xref_stream(int(value.split()[0])), sought):
            mupdf.pdf_dict_dels(object_of(pdf, xref), "EF")
            if not any(warning == _REMOVED_FILE for warning in left.warnings):
                _count_file(left)


def _count_file(left: Left) -> None:
    left.count += 1
    left.warnings.append(_REMOVED_FILE)


def _file_has(data: bytes | None, sought: Sought) -> bool:
    """Tell whether a file has the words; one that is no plain text counts as having them."""
    if data is None:
        return False
    for encoding in ("utf-8-sig", "utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text or data.startswith((b"%PDF", b"PK", b"{\\rtf")):
            return True
        return sought.is_in(text) or sought.is_in(html.unescape(_TAG.sub("", text)))
    return True


def _remove_xfa(pdf: pymupdf.Document, sought: Sought, left: Left) -> None:
    """Remove the form's description in XML when it has the words, or values that are no longer those of the fields."""
    catalog = pdf.pdf_catalog()
    kind, value = pdf.xref_get_key(catalog, "AcroForm/XFA")
    if kind == "null":
        return
    parts = [pdf.xref_stream(int(number)) or b"" for number in re.findall(r"(\d+) 0 R", value)]
    text = b"".join(parts).decode("utf-8", errors="replace")
    if left.count or sought.is_in(html.unescape(_TAG.sub("", text))) or sought.is_in(html.unescape(text)):
        form = pymupdf.mupdf.pdf_dict_gets(object_of(pdf, catalog), "AcroForm")
        pymupdf.mupdf.pdf_dict_dels(form, "XFA")
        left.count += 1
        left.warnings.append(_REMOVED_XFA)


def _empty_streams(pdf: pymupdf.Document, sought: Sought, left: Left) -> None:
    """Take the words out of metadata, scripts and the texts that stand in for marked content."""
    scripts = script_streams(pdf)
    for xref, printed, content in streams_of(pdf):
        if re.search(r"/Type\s*/Metadata", printed):
            if _is_in_markup(content, sought):
                pdf.update_stream(xref, _EMPTY_XMP)
                left.count += 1
        elif xref in scripts:
            if sought.is_in(content.decode("utf-8", errors="replace")) or sought.is_in(content.decode("latin-1")):
                pdf.update_stream(xref, b" ")
                left.count += 1
        elif _TOLD_IN_CONTENT.search(content):
            kept = _TOLD_IN_CONTENT.sub(lambda match: _told(match, sought), content)
            if kept != content:
                pdf.update_stream(xref, kept)
                left.count += 1


def _is_in_markup(content: bytes, sought: Sought) -> bool:
    text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", errors="replace")
    return any(sought.is_in(html.unescape(way)) for way in (text, _TAG.sub("", text), _TAG.sub(" ", text)))


def _told(match: re.Match[bytes], sought: Sought) -> bytes:
    """Return a text that stands in for marked content, empty when it has the words."""
    return match[0].replace(match[1], b"()") if sought.is_in(decoded(match[1])) else match[0]


def decoded(string: bytes) -> str:
    """Return the text of a string as it is written in content."""
    try:
        return str(pikepdf.Object.parse(string))
    except pikepdf.PdfError:
        return string.decode("latin-1")


def _objects_of_others(pdf: pymupdf.Document, pages: set[int]) -> set[int]:
    """Return the comments, links and fields of pages that are left as they are."""
    others: set[int] = set()
    for number in set(range(1, pdf.page_count + 1)) - pages:
        others.update(xref for xref, *_ in pdf[number - 1].annot_xrefs())
    return others


def _empty_string(told: Told, sought: Sought, left: Left) -> None:
    """Put black in the place of the words in a string."""
    text = told.text
    spans = sought.spans(text)
    if not spans and readable(text) != text and sought.is_in(readable(text)):
        spans = [(0, len(text))]
    if not spans:
        return
    for start, end in reversed(spans):
        text = text[:start] + BLACK + text[end:]
    told.put(text)
    left.count += len(spans)
