"""Zip files that a document is packed in: opened within limits, so that none is made to fill memory."""

import lzma
import re
import struct
import zipfile
import zlib
from typing import BinaryIO

from lxml import etree

from axelered_box.domain.modules import Refusal

MAX_PART_BYTES = 32 << 20
"""A larger part takes gigabytes as a tree; a book has less."""
MAX_UNPACKED_BYTES = 256 << 20
"""More than this in a zip file is made to fill memory."""
MAX_MEMBERS = 20_000
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    KeyError,
    ValueError,
)
"""What a zip file that is not as it should be makes the standard library raise."""
_MARKUP = (".xml", ".rels", ".xhtml", ".html", ".htm", ".opf", ".ncx", ".vml")
_STREAMED = re.compile(r"xl/worksheets/sheet\d*\.xml|.*/sharedStrings\.xml")
"""Parts that are never held as a whole."""


def open_package(file: BinaryIO) -> zipfile.ZipFile:
    """Return an opened zip file whose parts can be held in memory; raises Refusal."""
    try:
        package = zipfile.ZipFile(file)
        members = package.infolist()
    except DAMAGE as error:
        raise damaged() from error
    largest = max((member.file_size for member in members if _is_tree(member.filename)), default=0)
    unpacked = sum(member.file_size for member in members)
    if largest > MAX_PART_BYTES or unpacked > MAX_UNPACKED_BYTES or len(members) > MAX_MEMBERS:
        raise too_large()
    return package


def part(package: zipfile.ZipFile, name: str) -> bytes | None:
    """Return the bytes of a part, None where the package has none of that name; raises Refusal."""
    try:
        return package.read(name)
    except KeyError:
        return None
    except DAMAGE as error:
        raise damaged() from error


def tree(data: bytes) -> etree._Element:
    """Return the tree of an XML part; what it defines or refers to outside is refused. Raises Refusal."""
    if defines_entities(data):
        raise damaged()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged() from error


def defines_entities(data: bytes) -> bool:
    """Tell whether an XML part defines entities, which no office program does: they can fill memory or fetch files."""
    return b"<!ENTITY" in data


def damaged() -> Refusal:
    """Return the refusal of a file that is not what it says it is."""
    return Refusal("corrupt_document", "The file is damaged: it cannot be read as what it says it is.")


def too_large() -> Refusal:
    """Return the refusal of a file that takes more memory than there is."""
    return Refusal(
        "document_too_large", "The file unpacks to more than can be read. Split it, or take large images out."
    )


def encrypted(kind: str) -> Refusal:
    """Return the refusal of a file that needs a password."""
    return Refusal("password_required", f"The {kind} is encrypted. Send its password in 'parserConfig.password'.")


def _is_tree(name: str) -> bool:
    """Tell whether a part is held in memory as a tree."""
    return name.lower().endswith(_MARKUP) and _STREAMED.fullmatch(name) is None
