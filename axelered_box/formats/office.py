"""Office files as Documents, by markitdown: what it makes of them, HTML or Markdown, becomes blocks."""

import io
import zipfile
import zlib
from pathlib import Path
from xml.parsers.expat import ExpatError

import mammoth
from markitdown import MarkItDown, StreamInfo
from markitdown.converter_utils.docx.pre_process import pre_process_docx

from axelered_box.domain.documents import Document
from axelered_box.domain.media_types import DOCX, TEXTS, extension
from axelered_box.domain.modules import Refusal
from axelered_box.formats import hypertext, unprinted

_DAMAGE = (zipfile.BadZipFile, zlib.error, ExpatError, KeyError, ValueError, AttributeError, IndexError, EOFError)
"""What Word files that are not as they should be make mammoth raise."""
MAX_XML_BYTES = 32 << 20
"""A larger part takes gigabytes as a tree; a book has less."""
MAX_UNPACKED_BYTES = 256 << 20
"""More than this in a zip file is made to fill memory."""


def read(path: Path, media_type: str) -> Document:
    """Return the document that a file is; raises Refusal."""
    if media_type == DOCX:
        return _word(path)
    if media_type not in TEXTS:
        raise Refusal(
            "provider_cannot_read",
            "The provider 'markitdown' reads Office and text files, not PDF or images. Use 'axelered' for this file.",
        )
    return _other(path, media_type)


def _word(path: Path) -> Document:
    """Return a Word file: its equations as text, its styles as HTML, then blocks."""
    _check_zip(path)
    try:
        with path.open("rb") as file:
            page = mammoth.convert_to_html(pre_process_docx(file), convert_image=mammoth.images.img_element(_no_image))
    except _DAMAGE as error:
        raise _damaged() from error
    return unprinted.document(hypertext.blocks_of_html(page.value))


def _other(path: Path, media_type: str) -> Document:
    """Return a file that markitdown turns into Markdown."""
    kind = StreamInfo(mimetype=media_type, extension=f".{extension(media_type)}")
    try:
        made = MarkItDown(enable_plugins=False).convert_stream(io.BytesIO(path.read_bytes()), stream_info=kind)
    except Exception as error:  # markitdown wraps whatever its many readers raise
        raise _damaged() from error
    return unprinted.document(hypertext.blocks_of_markdown(made.markdown), title=made.title)


def _check_zip(path: Path) -> None:
    """Refuse a zip file that is damaged or unpacks to too much."""
    try:
        with zipfile.ZipFile(path) as file:
            sizes = [(member.filename, member.file_size) for member in file.infolist()]
    except zipfile.BadZipFile as error:
        raise _damaged() from error
    largest = max((size for name, size in sizes if name.endswith(".xml")), default=0)
    if largest > MAX_XML_BYTES or sum(size for _, size in sizes) > MAX_UNPACKED_BYTES:
        raise Refusal(
            "document_too_large", "The file unpacks to more than can be read. Split it, or take large images out."
        )


def _no_image(image: object) -> dict[str, str]:
    """Return what stands for an image: nothing but its description."""
    return {}


def _damaged() -> Refusal:
    return Refusal("corrupt_document", "The file is damaged: it cannot be read as what it says it is.")
