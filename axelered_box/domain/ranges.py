"""What a conditional or partial download asks for: RFC 9110, sections 13 and 14."""

import re

import msgspec

from axelered_box.domain.errors import RangeNotSatisfiable

_RANGE = re.compile(r"bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*", re.IGNORECASE)
_TAG = re.compile(r'(?:W/)?"[^"]*"')


class Span(msgspec.Struct, frozen=True):
    """Some bytes of a file: from the first on, so many."""

    first: int
    length: int


def span_of(header: str | None, size_bytes: int) -> Span | None:
    """Return the one range that a header asks for, None for the whole file; raise RangeNotSatisfiable.

    Several ranges, and what is no range of bytes, are answered with the whole file, as the RFC allows.
    """
    match = _RANGE.fullmatch(header.strip()) if header is not None else None
    if match is None or match[1] == match[2] == "":
        return None
    if match[1] == "":
        first, last = max(0, size_bytes - int(match[2])), size_bytes - 1
    else:
        first, last = int(match[1]), min(int(match[2] or size_bytes), size_bytes - 1)
        if match[2] and int(match[2]) < first:
            return None
    if first > last:
        raise RangeNotSatisfiable(f"The file has {size_bytes} bytes; ask for some of them.", size_bytes=size_bytes)
    return Span(first, last - first + 1)


def is_unchanged(if_none_match: str | None, tag: str) -> bool:
    """Tell whether a client has the file already; tags compare weakly."""
    if if_none_match is None:
        return False
    known = {found.removeprefix("W/") for found in _TAG.findall(if_none_match)}
    return if_none_match.strip() == "*" or tag in known


def may_be_partial(if_range: str | None, tag: str) -> bool:
    """Tell whether a range may be answered with a part: the client's copy must be of this very file."""
    return if_range is None or if_range.strip() == tag
