"""Files within a file, such as a mail's attachments: each read by its own reader, within limits of all of them."""

import traceback
from collections.abc import Callable, Iterable

import msgspec

from axelered_box.domain.documents import Block, Warning
from axelered_box.domain.modules import Refusal
from axelered_box.formats.unprinted import Reading, below, heading, paragraph

MAX_MEMBERS = 1000
MAX_BYTES = 256 << 20
"""All files within a file, and within those, have at most so many bytes."""
MAX_DEPTH = 3
"""A file within a file within a file is read, one within that is named only."""


class Member(msgspec.Struct, frozen=True):
    """A file within a file: its name, its size, and what gives its bytes, None where they cannot be had."""

    name: str
    size_bytes: int
    load: Callable[[], bytes | None]

    @classmethod
    def of(cls, name: str, data: bytes | None) -> "Member":
        """Return a file whose bytes are at hand."""
        return cls(name, len(data or b""), lambda: data)


class Allowance:
    """What may still be read of the files within one file."""

    def __init__(self, members: int = MAX_MEMBERS, size_bytes: int = MAX_BYTES) -> None:
        self._members = members
        self._bytes = size_bytes

    @property
    def is_spent(self) -> bool:
        """Tell whether no file may be read any more, whatever its size."""
        return self._members < 1

    def take(self, size_bytes: int) -> bool:
        """Take a file of that size, if it may still be read."""
        if self.is_spent or self._bytes < size_bytes:
            return False
        self._members -= 1
        self._bytes -= size_bytes
        return True


class Members:
    """The reading of the files within a file, at one depth."""

    def __init__(self, read: Callable[["Members", str, bytes], Reading], allowance: Allowance, depth: int = 1) -> None:
        self._read = read
        self.allowance = allowance
        self.depth = depth

    def inner(self) -> "Members":
        """Return the reading of what is within one of the files."""
        return Members(self._read, self.allowance, self.depth + 1)

    def read(self, members: Iterable[Member], levels: int) -> Reading:
        """Return the files, each below a heading of its name; one that cannot be read is a warning.

        Their own headings begin `levels` levels below those of the document.
        """
        blocks: list[Block] = []
        warnings: list[Warning] = []
        for member in (left := iter(members)):
            if self.allowance.is_spent:
                count = 1 + sum(1 for _ in left)
                message = f"{count} further files were not read: there are more than {MAX_MEMBERS} in the file."
                warnings.append(Warning(code="part_not_read", message=message))
                break
            blocks.append(heading(member.name, levels + 1))
            reading = self._member(member)
            if not reading.blocks:
                blocks.append(paragraph("(not read)" if reading.warnings else "(empty)"))
            blocks.extend(below(reading.blocks, levels + 1))
            warnings.extend(_named(warning, member) for warning in reading.warnings)
        return Reading(blocks=blocks, warnings=warnings)

    def _member(self, member: Member) -> Reading:
        """Return what a file says, or a warning that it was not read."""
        if self.depth > MAX_DEPTH:
            return _unread("it lies too deep within other files")
        if not self.allowance.take(member.size_bytes):
            return _unread("there is more in the file than can be read at once")
        data = member.load()
        if data is None:
            return _unread("it cannot be taken out of its file")
        try:
            return self._read(self.inner(), member.name, data)
        except Refusal as refusal:
            return _unread(refusal.failure.message.rstrip(".").lower())
        except MemoryError:
            raise
        except Exception:  # one bad file is not the end of the others; the log has the chain
            traceback.print_exc()
            return _unread("it is damaged")


def _named(warning: Warning, member: Member) -> Warning:
    """Return a warning that says which file it is about."""
    return Warning(code=warning.code, message=f"'{member.name}': {warning.message}")


def _unread(why: str) -> Reading:
    """Return nothing but the warning that a file was not read."""
    return Reading(blocks=[], warnings=[Warning(code="part_not_read", message=f"It was not read: {why}.")])
