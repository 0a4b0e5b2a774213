"""What requests may carry, for the description: parameters of queries and headers, and bodies."""

from typing import Any

from axelered_box.api import outputs, runs
from axelered_box.api.route import Parameter

_TEXT: dict[str, Any] = {"type": "string"}

WAIT = Parameter(
    name="wait",
    help="Seconds to wait for the end of the run.",
    schema={"type": "number", "minimum": 0, "maximum": 60, "default": 0},
)
PREFER = Parameter(
    name="Prefer", help="`wait=N` or `respond-async`, where the query has no `wait`.", schema=_TEXT, place="header"
)
STAGED = Parameter(
    name="staged", help="Make an idle run that takes more files until it is submitted.", schema={"type": "boolean"}
)
_KEY_SCHEMA = {"type": "string", "minLength": 1, "maxLength": 255}
KEY = Parameter(name="idempotency_key", help="Makes the request safe to repeat.", schema=_KEY_SCHEMA)
KEY_HEADER = Parameter(name="Idempotency-Key", help="The same, as a header.", schema=_KEY_SCHEMA, place="header")
_LIMITS = {"type": "integer", "minimum": 1, "maximum": 100, "default": 50}
LIMIT = Parameter(name="limit", help="Most items of the page.", schema=_LIMITS)
ACCESS_KEY = Parameter(name="access_key", help="Only this one.", schema=_TEXT)
CURSOR = Parameter(name="cursor", help="`cursor` of the page before.", schema=_TEXT)
STATUS = Parameter(
    name="status",
    help="Only runs in these states.",
    schema={"type": "array", "items": {"type": "string", "enum": list(runs.STATES)}},
)
SEARCH = Parameter(name="q", help="Only runs with this in a file's name or in the metadata.", schema=_TEXT)
_TIME = {"type": "string", "format": "date-time"}
AFTER = Parameter(name="created_after", help="Only runs made after this.", schema=_TIME)
BEFORE = Parameter(name="created_before", help="Only runs made before this.", schema=_TIME)
WIDTH = Parameter(
    name="width",
    help="Width of the image in pixels.",
    schema={
        "type": "integer",
        "minimum": outputs.MIN_WIDTH,
        "maximum": outputs.MAX_WIDTH,
        "default": outputs.DEFAULT_WIDTH,
    },
)
LAST_EVENT = Parameter(name="Last-Event-ID", help="The last event that was seen.", schema=_TEXT, place="header")
RANGE = Parameter(name="Range", help="Bytes of the file, such as `bytes=0-999`.", schema=_TEXT, place="header")

_FILES = {"type": "array", "items": {"type": "string", "format": "binary"}}
FORM: dict[str, Any] = {
    "multipart/form-data": {
        "schema": {"type": "object", "properties": {"files": _FILES, "config": _TEXT}},
        "example": {"files": ["invoice.pdf"], "config": '{"parserConfig": {"languages": ["eng"]}}'},
    },
    "application/json": {
        "schema": {"type": "object", "properties": {"config": {"type": "object"}}},
        "example": {"config": {"metadata": {"order": 12}}},
    },
}
MORE_FILES: dict[str, Any] = {
    "multipart/form-data": {
        "schema": {"type": "object", "properties": {"files": _FILES}, "required": ["files"]},
        "example": {"files": ["page-2.png"]},
    }
}


def json_of(example: dict[str, Any], required: list[str]) -> dict[str, Any]:
    """Return the content of a JSON body."""
    schema = {"type": "object", "properties": dict.fromkeys(example, _TEXT), "required": required}
    return {"application/json": {"schema": schema, "example": example}}
