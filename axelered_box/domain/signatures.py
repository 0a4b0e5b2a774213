"""What the first bytes of a file show: text, markup, mail, and the members that a zip file begins with."""

import codecs
import re
from collections.abc import Iterator

HEAD_BYTES = 4096
"""How much of a file these want to see."""

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL_HEADER = b"PK\x03\x04"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x0b\x08\x1a\x1b"))
"""The control bytes that texts do not have."""
_BINARY_SHARE = 0.02
"""A text may have this part of control bytes, as old printers' files do."""
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html\b|<html[\s>])", re.IGNORECASE | re.DOTALL
)
_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9-]*:[ \t]?")
_MAIL_FIELDS = {
    "received",
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "return-path",
    "delivered-to",
}


def is_compound(head: bytes) -> bool:
    """Tell whether a file is a compound file (OLE 2), as older Office programs write."""
    return head.startswith(_COMPOUND)


def zip_names(head: bytes) -> Iterator[str]:
    """Yield the names of the zip members whose headers begin in these bytes."""
    for _, name in _members(head):
        yield name.decode("utf-8", errors="replace")


def zip_mimetype(head: bytes) -> str | None:
    """Return what a zip file's first member `mimetype` says, None where it begins with another."""
    at, name = next(_members(head), (0, b""))
    if name != b"mimetype":
        return None
    size = int.from_bytes(head[at + 22 : at + 26], "little")
    extra = int.from_bytes(head[at + 28 : at + 30], "little")
    start = at + 30 + len(name) + extra
    return head[start : start + size].decode("ascii", errors="replace").strip()


def opens_as_package(head: bytes) -> bool:
    """Tell whether a zip file's members are those of an Office package as far as they are seen."""
    known = {"_rels", "docProps", "customXml", "[Content_Types].xml", "word", "xl", "ppt", "mimetype", "docMetadata"}
    return all(name.partition("/")[0] in known for name in zip_names(head))


def is_text(head: bytes) -> bool:
    """Tell whether bytes are text in UTF-8, UTF-16 with a mark, or an 8-bit code."""
    if head.startswith(_UTF32):
        return False
    if head.startswith(_UTF16):
        return True
    if b"\x00" in head:
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls <= len(head) * _BINARY_SHARE


def text_of(head: bytes) -> str:
    """Return the beginning of a text well enough to know its markup by."""
    if head.startswith(_UTF16):
        return head.decode("utf-16", errors="replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1").lstrip()


def begins_html(beginning: str) -> bool:
    """Tell whether a text begins as an HTML page does."""
    return _HTML.match(beginning) is not None


def begins_mail(beginning: str) -> bool:
    """Tell whether a text begins with the header of a mail: at least three fields that mails have."""
    fields = []
    for line in beginning.splitlines():
        if line[:1] in (" ", "\t"):
            continue
        found = _FIELD.match(line)
        if found is None:
            break
        fields.append(line.partition(":")[0].lower())
    return len(_MAIL_FIELDS.intersection(fields)) >= 3


def _members(head: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the places and names of the zip members whose headers begin in these bytes."""
    at = -1
    while (at := head.find(_LOCAL_HEADER, at + 1)) >= 0:
        length = int.from_bytes(head[at + 26 : at + 28], "little")
        if at + 30 + length <= len(head):
            yield at, head[at + 30 : at + 30 + length]
