"""Mails as RFC 5322 files: the header's main fields, the text, and the attachments that can be read."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage

from axelered_box.domain.documents import Block, Kind, Span
from axelered_box.formats import encodings, hypertext, text
from axelered_box.formats.members import Member, Members
from axelered_box.formats.unprinted import Reading, heading

_FIELDS = ("From", "To", "Cc", "Bcc", "Date")
_UNNAMED = "attachment"
_MAX_PARTS = 2000


def read(data: bytes, members: Members) -> Reading:
    """Return what a mail says, its attachments below headings of their names."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    subject = _field(message, "Subject")
    blocks = [heading(subject, 1)] if subject else []
    blocks.extend(header_line(name, said) for name in _FIELDS if (said := _field(message, name)))
    blocks.extend(_body(message))
    found = members.read(_attachments(message), levels=1)
    return Reading(blocks=[*blocks, *found.blocks], title=subject, warnings=found.warnings)


def header_line(name: str, said: str) -> Block:
    """Return a field of a mail's header as a paragraph."""
    spans = [Span(text=f"{name}:", bold=True), Span(text=f" {said}")]
    return Block(id="", kind=Kind.PARAGRAPH, page=1, text=f"{name}: {said}", spans=spans)


def _field(message: EmailMessage, name: str) -> str:
    """Return a field of the header in plain letters, empty when it is missing; a damaged one as it stands."""
    try:
        said = str(message.get(name) or "")
    except (ValueError, IndexError, AttributeError, TypeError, LookupError):  # what broken fields make `email` raise
        said = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    return " ".join(said.split())


def _body(message: EmailMessage) -> Iterator[Block]:
    """Yield the text of a mail: its HTML where it has one, else its plain text."""
    body = _shown(message)
    if body is None:
        return
    payload = body.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    declared = body.get_content_charset()
    if body.get_content_type() == "text/html":
        yield from hypertext.blocks_of_html(encodings.declared_or_utf8(data, declared))
    else:
        yield from text.blocks_of_text(encodings.declared_or_utf8(data, declared))


def _shown(message: EmailMessage) -> EmailMessage | None:
    """Return the part that a mail program shows."""
    try:
        found = message.get_body(("html", "plain"))
    except (KeyError, AttributeError, ValueError):
        found = None
    if isinstance(found, EmailMessage):
        return found
    return message if not message.is_multipart() and message.get_content_maintype() == "text" else None


def _attachments(message: EmailMessage) -> Iterator[Member]:
    """Yield the parts that are files, and mails within the mail."""
    shown = _shown(message)
    page = _page(shown)
    for place, part in enumerate(message.walk()):
        if place > _MAX_PARTS:
            return
        if part is shown or part is message or _is_in_page(part, page):
            continue
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list) and inner and isinstance(inner[0], EmailMessage):
                yield Member.of(_name(part, "eml"), inner[0].as_bytes())
        elif not part.is_multipart() and (part.get_filename() or part.get_content_disposition() == "attachment"):
            payload = part.get_payload(decode=True)
            yield Member.of(_name(part, part.get_content_subtype()), payload if isinstance(payload, bytes) else b"")


def _page(shown: EmailMessage | None) -> bytes:
    """Return the HTML that a mail shows, empty where it shows none."""
    payload = None if shown is None or shown.get_content_subtype() != "html" else shown.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _is_in_page(part: EmailMessage, page: bytes) -> bool:
    """Tell whether a part is a picture that belongs to the mail's HTML, such as a logo."""
    name = str(part.get("Content-ID") or "").strip().strip("<>")
    return part.get_content_maintype() == "image" and bool(name) and f"cid:{name}".encode() in page


def _name(part: EmailMessage, ending: str) -> str:
    """Return the name of an attachment."""
    return " ".join((part.get_filename() or f"{_UNNAMED}.{ending}").split())
