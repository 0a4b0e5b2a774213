"""Outlook messages (.msg): the properties of MS-OXMSG that make up a mail, and its attachments."""

import datetime as dt
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import olefile

from axelered_box.domain.documents import Block
from axelered_box.formats import encodings, hypertext, packages, rtf, rtf_packed, text
from axelered_box.formats.mail import header_line
from axelered_box.formats.members import Member, Members
from axelered_box.formats.unprinted import Reading, heading

_SUBJECT, _BODY, _HTML, _RTF = 0x0037, 0x1000, 0x1013, 0x1009
_FROM_NAME, _FROM_ADDRESS, _FROM_SMTP = 0x0C1A, 0x0C1F, 0x5D01
_TO, _CC, _BCC = 0x0E04, 0x0E03, 0x0E02
_FILE_DATA, _LONG_NAME, _SHORT_NAME, _SHOWN_NAME = 0x3701, 0x3707, 0x3704, 0x3001
_SENT, _RECEIVED = 0x0039, 0x0E06
_CONTENT_ID = 0x3712
_ATTACHMENT = "__attach_version1.0_#"
_EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
_DAMAGE = (OSError, ValueError, IndexError, TypeError, AttributeError, zlib.error)


def read(file: BinaryIO, members: Members) -> Reading:
    """Return what a message says, its attachments below headings of their names; raises Refusal."""
    try:
        with olefile.OleFileIO(file) as ole:
            message = _Message(ole)
            subject = message.text(_SUBJECT)
            blocks = [heading(subject, 1)] if subject else []
            blocks.extend(header_line(name, said) for name, said in _fields(message) if said)
            blocks.extend(_body(message))
            attachments = list(_attachments(message))
    except _DAMAGE as error:
        raise packages.damaged() from error
    found = members.read(attachments, levels=1)
    return Reading(blocks=[*blocks, *found.blocks], title=subject, warnings=found.warnings)


class _Message:
    """The properties of a message, or of an attachment in a folder of it."""

    def __init__(self, ole: olefile.OleFileIO, folder: tuple[str, ...] = ()) -> None:
        self._ole = ole
        self._folder = folder
        self._names = {path[-1].lower(): path for path in map(tuple, ole.listdir()) if path[:-1] == folder}

    def data(self, tag: int, kind: int) -> bytes | None:
        """Return the bytes of a property of a type, None when there is none."""
        path = self._names.get(f"__substg1.0_{tag:04x}{kind:04x}")
        return None if path is None else bytes(self._ole.openstream(list(path)).read())

    def text(self, tag: int) -> str:
        """Return a property as text, empty when there is none."""
        wide, narrow = self.data(tag, 0x001F), self.data(tag, 0x001E)
        said = wide.decode("utf-16-le", "replace") if wide is not None else encodings.decode(narrow or b"")[0]
        return said.rstrip("\x00").strip()

    def time(self, *tags: int) -> str:
        """Return the first of some points in time that the message has."""
        path = self._names.get("__properties_version1.0")
        data = b"" if path is None else bytes(self._ole.openstream(list(path)).read())
        for tag in tags:
            for at in range(len(data) % 16, len(data) - 15, 16):
                if data[at : at + 4] == bytes([0x40, 0x00]) + tag.to_bytes(2, "little"):
                    moment = _EPOCH + dt.timedelta(microseconds=int.from_bytes(data[at + 8 : at + 16], "little") // 10)
                    return moment.strftime("%Y-%m-%d %H:%M:%S UTC")
        return ""

    def attachments(self) -> Iterator["_Message"]:
        """Yield the attachments of the message."""
        folders = {tuple(path[:1]) for path in self._ole.listdir() if path[0].startswith(_ATTACHMENT)}
        for folder in sorted(folders):
            yield _Message(self._ole, folder)


def _fields(message: _Message) -> Iterator[tuple[str, str]]:
    """Yield the main fields of the header."""
    name = message.text(_FROM_NAME)
    address = message.text(_FROM_SMTP) or message.text(_FROM_ADDRESS)
    shown = f"{name} <{address}>" if "@" in address and name and name != address else name or address
    yield "From", shown
    for field, tag in (("To", _TO), ("Cc", _CC), ("Bcc", _BCC)):
        yield field, message.text(tag)
    yield "Subject", message.text(_SUBJECT)
    yield "Date", message.time(_SENT, _RECEIVED)


def _body(message: _Message) -> Iterator[Block]:
    """Yield the text of a message: its HTML where it has one, else its plain text, else its Rich Text."""
    page = message.data(_HTML, 0x0102)
    source = message.text(_HTML) if page is None else encodings.declared_or_utf8(page)
    plain = message.text(_BODY)
    packed = message.data(_RTF, 0x0102)
    if source.strip():
        yield from hypertext.blocks_of_html(source)
    elif plain:
        yield from text.blocks_of_text(plain.replace("\r\n", "\n"))
    elif packed is not None:
        yield from rtf.read(rtf_packed.unpacked(packed)).blocks


def _attachments(message: _Message) -> Iterator[Member]:
    """Yield the files that are attached."""
    page = (message.data(_HTML, 0x0102) or b"") + message.text(_HTML).encode()
    for attachment in message.attachments():
        name = attachment.text(_CONTENT_ID)
        if name and f"cid:{name}".encode() in page:
            continue  # a picture that belongs to the page, such as a logo
        data = attachment.data(_FILE_DATA, 0x0102)
        name = attachment.text(_LONG_NAME) or attachment.text(_SHORT_NAME) or attachment.text(_SHOWN_NAME)
        yield Member.of(" ".join(name.split()) or "attachment", data)
