"""Which kinds of file the box reads, told from their first bytes and their name."""

import re
from pathlib import PurePath

import msgspec

from axelered_box.domain import signatures
from axelered_box.domain.signatures import HEAD_BYTES

__all__ = ["HEAD_BYTES", "detect", "extension", "of_extension", "readable_extensions", "refusal"]

TEXT = "text/plain"
MARKDOWN = "text/markdown"
CSV = "text/csv"
HTML = "text/html"
XML = "application/xml"
JSON = "application/json"
NOTEBOOK = "application/x-ipynb+json"
EML = "message/rfc822"
RTF = "application/rtf"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODP = "application/vnd.oasis.opendocument.presentation"
EPUB = "application/epub+zip"
ZIP = "application/zip"
XLS = "application/vnd.ms-excel"
MSG = "application/vnd.ms-outlook"
DOC = "application/msword"
PPT = "application/vnd.ms-powerpoint"
PNG = "image/png"
JPEG = "image/jpeg"
TIFF = "image/tiff"
WEBP = "image/webp"
BMP = "image/bmp"
GIF = "image/gif"

IMAGES = frozenset({PNG, JPEG, TIFF, WEBP, BMP, GIF})
PAGED = IMAGES | {PDF}
"""Kinds that have printed pages."""
TEXTS = frozenset({TEXT, MARKDOWN, CSV, HTML, XML, JSON, NOTEBOOK, EML})
"""Kinds without a signature: their bytes are text, and their name says what it means."""
ZIPPED = frozenset({DOCX, XLSX, PPTX, ODT, ODS, ODP, EPUB, ZIP})
OLE = frozenset({XLS, MSG, DOC, PPT})
"""Kinds that are a compound file, the file system in a file of older Office programs."""


class MediaType(msgspec.Struct, frozen=True):
    """A kind of file: its name, the extensions it goes by, the usual one first, and whether the box reads it."""

    name: str
    extensions: tuple[str, ...]
    readable: bool = True


TABLE = (
    MediaType(PDF, ("pdf",)),
    MediaType(DOCX, ("docx", "docm", "dotx", "dotm")),
    MediaType(XLSX, ("xlsx", "xlsm", "xltx", "xltm")),
    MediaType(PPTX, ("pptx", "pptm", "ppsx", "ppsm", "potx")),
    MediaType(XLS, ("xls", "xlt")),
    MediaType(ODT, ("odt", "ott")),
    MediaType(ODS, ("ods", "ots")),
    MediaType(ODP, ("odp", "otp")),
    MediaType(RTF, ("rtf",)),
    MediaType(HTML, ("html", "htm", "xhtml")),
    MediaType(TEXT, ("txt", "text", "log")),
    MediaType(MARKDOWN, ("md", "markdown")),
    MediaType(CSV, ("csv", "tsv", "tab")),
    MediaType(EML, ("eml",)),
    MediaType(MSG, ("msg",)),
    MediaType(EPUB, ("epub",)),
    MediaType(XML, ("xml", "rss", "atom")),
    MediaType(JSON, ("json",)),
    MediaType(NOTEBOOK, ("ipynb",)),
    MediaType(ZIP, ("zip",)),
    MediaType(PNG, ("png",)),
    MediaType(JPEG, ("jpg", "jpeg", "jpe", "jfif")),
    MediaType(TIFF, ("tiff", "tif")),
    MediaType(WEBP, ("webp",)),
    MediaType(BMP, ("bmp", "dib")),
    MediaType(GIF, ("gif",)),
    MediaType(DOC, ("doc", "dot"), readable=False),
    MediaType(PPT, ("ppt", "pps", "pot"), readable=False),
)

SUCCESSORS = {DOC: ("Word", "docx"), PPT: ("PowerPoint", "pptx")}
"""For each older form that is not read: the program that writes it, and the form it is to be saved in."""

_IMAGE_SIGNATURES = (
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
_PDF_OBJECT = re.compile(rb"(?:^|[\r\n])\d{1,10} \d{1,5} obj\b")
_OOXML_FOLDERS = {"word": DOCX, "xl": XLSX, "ppt": PPTX}


def detect(head: bytes, name: str) -> str | None:
    """Return the media type of a file from its first `HEAD_BYTES` and its name; None when the box doesn't read it.

    The bytes decide: a name that says otherwise is not believed. The name decides only between kinds that have no
    signature (texts), or that share one and whose first bytes do not say more (zip and compound files).
    """
    claimed = of_extension(name)
    for test in (_by_signature, _by_container, _by_text):
        found = test(head, claimed)
        if found is not None:
            return None if found in SUCCESSORS else found
    return None


def refusal(head: bytes, name: str) -> str:
    """Return a sentence about why a file that `detect` does not know is not read, and what to do."""
    claimed = of_extension(name)
    if signatures.is_compound(head) and claimed in SUCCESSORS:
        program, modern = SUCCESSORS[claimed]
        return f"'{name}' is of an older form of {program} that this box does not read. Save it as .{modern}."
    known = ", ".join(f".{ending}" for ending in readable_extensions())
    return (
        f"'{name}' is of no kind that this box reads: its ending and its first bytes are of none of these: {known}. "
        "Convert it, or leave it out."
    )


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


def _by_signature(head: bytes, claimed: str | None) -> str | None:
    """Return the kind whose first bytes these are."""
    for signature, media_type in _IMAGE_SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return BMP
    if head.startswith(b"{\\rtf"):
        return RTF
    if b"%PDF-" in head[:_PDF_HEADER_WITHIN] and not head.startswith(b"PK"):
        if head.lstrip().startswith(b"%PDF-") or claimed == PDF:
            return PDF
    elif claimed == PDF and (head.startswith(b"%PDF") or _PDF_OBJECT.search(head)):
        return PDF  # its header is broken; what follows is a PDF's
    return None


def _by_container(head: bytes, claimed: str | None) -> str | None:
    """Return the kind of a zip or compound file: what its first members say, else what its name claims."""
    if signatures.is_compound(head):
        return claimed if claimed in OLE | ZIPPED - {ZIP} else None
    if not head.startswith(b"PK\x03\x04"):
        return ZIP if head.startswith(b"PK\x05\x06") else None
    said = signatures.zip_mimetype(head)
    if said is not None:
        return _of_mimetype(said)
    for name in signatures.zip_names(head):
        media_type = _OOXML_FOLDERS.get(name.partition("/")[0])
        if media_type is not None and "/" in name and signatures.opens_as_package(head):
            return media_type
    return claimed if claimed in ZIPPED else ZIP


def _of_mimetype(said: str) -> str:
    """Return the kind that a zip file's own `mimetype` member names; templates count as what they make."""
    for kind in (ODT, ODS, ODP, EPUB):
        if said in (kind, f"{kind}-template"):
            return kind
    return ZIP


def _by_text(head: bytes, claimed: str | None) -> str | None:
    """Return the text kind that the name claims, or that the bytes show, if they are text."""
    if not signatures.is_text(head):
        return None
    if claimed in TEXTS:
        return claimed
    beginning = signatures.text_of(head)
    if signatures.begins_html(beginning):
        return HTML
    if signatures.begins_mail(beginning):
        return EML
    return XML if beginning.startswith("<?xml") else None
