"""Which kinds of file the box reads, told from their first bytes and their name."""

from pathlib import PurePath

import msgspec

HEAD_BYTES = 4096
"""How much of a file `detect` wants to see."""

TEXT = "text/plain"
MARKDOWN = "text/markdown"
CSV = "text/csv"
HTML = "text/html"
JSON = "application/json"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PNG = "image/png"
JPEG = "image/jpeg"
TIFF = "image/tiff"
WEBP = "image/webp"
BMP = "image/bmp"
GIF = "image/gif"

IMAGES = frozenset({PNG, JPEG, TIFF, WEBP, BMP, GIF})
TEXTS = frozenset({TEXT, MARKDOWN, CSV})


class MediaType(msgspec.Struct, frozen=True):
    """A kind of file: its name, the extensions it goes by, the usual one first, and whether the box reads it."""

    name: str
    extensions: tuple[str, ...]
    readable: bool = True


TABLE = (
    MediaType(PDF, ("pdf",)),
    MediaType(DOCX, ("docx",)),
    MediaType(PNG, ("png",)),
    MediaType(JPEG, ("jpg", "jpeg", "jpe", "jfif")),
    MediaType(TIFF, ("tiff", "tif")),
    MediaType(WEBP, ("webp",)),
    MediaType(BMP, ("bmp", "dib")),
    MediaType(GIF, ("gif",)),
    MediaType(TEXT, ("txt", "text", "log")),
    MediaType(MARKDOWN, ("md", "markdown")),
    MediaType(CSV, ("csv", "tsv")),
    MediaType(HTML, ("html",), readable=False),
    MediaType(JSON, ("json",), readable=False),
)

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),
    (b"MM\x00+", TIFF),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
)
_BMP_HEADERS = (12, 40, 52, 56, 108, 124)
_PDF_HEADER_WITHIN = 1024
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_UTF32 = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x0b\x08\x1a\x1b"))
"""The control bytes that texts do not have."""
_BINARY_SHARE = 0.02
"""A text may have this part of control bytes, as old printers' files do."""


def detect(head: bytes, name: str) -> str | None:
    """Return the media type of a file from its first `HEAD_BYTES` and its name; None when the box doesn't read it.

    The bytes decide: a name that says otherwise is not believed. The name decides only between kinds that have no
    signature (texts) or share one (Office files are all zip).
    """
    extension = PurePath(name).suffix.lower().lstrip(".")
    for test in (_by_signature, _by_container, _by_text):
        found = test(head, extension)
        if found is not None:
            return found
    return None


def extension(media_type: str) -> str:
    """Return the usual extension of a media type, without a dot; ``bin`` for one that is not known."""
    return next((kind.extensions[0] for kind in TABLE if kind.name == media_type), "bin")


def of_extension(name: str) -> str | None:
    """Return the media type that a file's name claims."""
    claimed = PurePath(name).suffix.lower().lstrip(".")
    return next((kind.name for kind in TABLE if claimed in kind.extensions), None)


def readable_extensions() -> list[str]:
    """Return the extensions of what the box reads, the usual one of each kind."""
    return [kind.extensions[0] for kind in TABLE if kind.readable]


def _by_signature(head: bytes, extension: str) -> str | None:
    """Return the kind whose first bytes these are."""
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return BMP
    if b"%PDF-" in head[:_PDF_HEADER_WITHIN] and not head.startswith(b"PK"):
        return PDF if head.lstrip().startswith(b"%PDF-") or extension == "pdf" else None
    return None


def _by_container(head: bytes, extension: str) -> str | None:
    """Return the Office kind that a zip file holds: what it says of itself, and its name agrees."""
    if not head.startswith(b"PK\x03\x04"):
        return None
    is_word = b"word/" in head or b"[Content_Types].xml" in head or _stored_names(head) & {"_rels/.rels", "mimetype"}
    return DOCX if extension == "docx" and is_word else None


def _stored_names(head: bytes) -> set[str]:
    """Return the names of the zip members whose headers begin in these bytes."""
    names = set()
    at = 0
    while (at := head.find(b"PK\x03\x04", at)) >= 0:
        length = int.from_bytes(head[at + 26 : at + 28], "little")
        names.add(head[at + 30 : at + 30 + length].decode("utf-8", errors="replace"))
        at += 4
    return names


def _by_text(head: bytes, extension: str) -> str | None:
    """Return the text kind that the name claims, if these bytes are text."""
    claimed = next((kind.name for kind in TABLE if extension in kind.extensions and kind.name in TEXTS), None)
    return claimed if claimed is not None and _is_text(head) else None


def _is_text(head: bytes) -> bool:
    """Tell whether bytes are text in UTF-8, UTF-16 with a mark, or an 8-bit code."""
    if head.startswith(_UTF32):
        return False
    if head.startswith(_UTF16):
        return True
    if b"\x00" in head:
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls <= len(head) * _BINARY_SHARE
