"""The provider markitdown: texts by its rules, other files by this box's readers, no printed pages."""

import io
from pathlib import Path

from markitdown import MarkItDown, StreamInfo

from axelered_box.domain.documents import Document
from axelered_box.domain.media_types import CSV, HTML, MARKDOWN, PAGED, TEXT, extension
from axelered_box.domain.modules import Refusal
from axelered_box.formats import contents, hypertext, packages, unprinted
from axelered_box.formats.unprinted import Reading

_OWN = frozenset({TEXT, MARKDOWN, CSV, HTML})
"""What markitdown reads with rules of its own."""


def read(path: Path, media_type: str, password: str | None = None) -> Document:
    """Return the document that a file is; raises Refusal."""
    if media_type in PAGED:
        raise Refusal(
            "provider_cannot_read",
            "The provider 'markitdown' reads Office and text files, not PDF or images. Use 'axelered' for this file.",
        )
    if media_type not in _OWN:
        return contents.read(path, media_type, password)
    kind = StreamInfo(mimetype=media_type, extension=f".{extension(media_type)}")
    try:
        made = MarkItDown(enable_plugins=False).convert_stream(io.BytesIO(path.read_bytes()), stream_info=kind)
    except Exception as error:  # markitdown wraps whatever its many readers raise
        raise packages.damaged() from error
    return unprinted.document(Reading(blocks=list(hypertext.blocks_of_markdown(made.markdown)), title=made.title))
