"""Identifiers and instants: UUIDv7 made here, times as UTC milliseconds."""

import os
import re
import time
from datetime import UTC, datetime

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def new_id() -> str:
    """Return a fresh UUIDv7 in lower case; ids made 1 microsecond apart sort in the order they were made.

    RFC 9562, section 5.7, with the fraction of the millisecond in ``rand_a`` (section 6.2, method 3).
    """
    milliseconds, rest_ns = divmod(time.time_ns(), 1_000_000)
    high = (milliseconds & (1 << 48) - 1) << 16 | 0x7000 | rest_ns * 4096 // 1_000_000
    low = 0b10 << 62 | int.from_bytes(os.urandom(8), "big") >> 2
    text = f"{high << 64 | low:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def is_id(text: str) -> bool:
    """Tell whether a text has the form of an identifier made here."""
    return _UUID.fullmatch(text) is not None


def now_ms() -> int:
    """Return the current time in milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def iso(instant_ms: int | None) -> str | None:
    """Return an instant as ISO 8601 text in UTC with milliseconds and ``Z``."""
    if instant_ms is None:
        return None
    seconds, milliseconds = divmod(instant_ms, 1000)
    return f"{datetime.fromtimestamp(seconds, UTC).isoformat()[:19]}.{milliseconds:03d}Z"


def from_iso(text: str) -> int | None:
    """Return the instant in milliseconds that ISO 8601 text names, None when it names none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return round(moment.timestamp() * 1000)
