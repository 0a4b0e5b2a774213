"""The form of the log: one event a line, an event's name and its fields, as text or JSON."""

import logging
import sys
from typing import Any

import msgspec

from axelered_box.domain.ids import iso, now_ms

QUIET = ("huey", "aiosqlite", "asyncio", "uvicorn.error", "uvicorn.access", "httpx")


def configure(form: str, level: str) -> None:
    """Send the log to stderr in the form ``text`` or ``json``, from a level on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if form == "json" else _Text())
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False  # no line shows them
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


class _Json(logging.Formatter):
    """A JSON object for each event."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        line: dict[str, Any] = {
            "time": iso(now_ms()),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            "logger": record.name,
            **_fields(record),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return msgspec.json.encode(line, enc_hook=str).decode()


class _Text(logging.Formatter):
    """A line of words for each event, for people."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        fields = " ".join(f"{name}={value}" for name, value in _fields(record).items())
        line = f"{iso(now_ms())} {record.levelname.lower():7} {record.getMessage()} {fields}".rstrip()
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    """Return the fields that an event was logged with."""
    fields: dict[str, Any] = getattr(record, "fields", {})
    return fields
