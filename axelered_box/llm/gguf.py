"""The header of a GGUF file: what it says of the model that the file holds."""

import struct
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

MAGIC = b"GGUF"
SUFFIX = ".gguf"
_VERSIONS = (2, 3)
_MAX_TEXT_BYTES = 16 << 20
_MAX_ITEMS = 64 << 20
_MAX_VALUES = 1 << 16
_FILE_TYPES = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S", 12: "Q3_K_M",
    13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K", 25: "IQ4_NL", 30: "IQ4_XS",
    32: "BF16",
}  # fmt: skip
"""The names of `general.file_type` that are met most; others are shown by their number."""


class Unreadable(Exception):
    """The file is no GGUF file that can be used; the sentence says why."""


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What a header says; a member that it does not say is None."""

    architecture: str
    name: str | None
    licence: str | None
    context_tokens: int | None
    """The longest text that the model was trained with."""
    quantization: str | None
    chat_template: bool
    parts: int
    """Of how many files this one is."""


class _Kind(IntEnum):
    UINT8, INT8, UINT16, INT16, UINT32, INT32, FLOAT32, BOOL, TEXT, ARRAY, UINT64, INT64, FLOAT64 = range(13)


_FORMATS = {
    _Kind.UINT8: "B", _Kind.INT8: "b", _Kind.UINT16: "H", _Kind.INT16: "h", _Kind.UINT32: "I", _Kind.INT32: "i",
    _Kind.FLOAT32: "f", _Kind.BOOL: "?", _Kind.UINT64: "Q", _Kind.INT64: "q", _Kind.FLOAT64: "d",
}  # fmt: skip


def read_header(file: Path) -> Header:
    """Return what a file's header says; raises Unreadable, OSError."""
    with file.open("rb") as stream:
        values = _values(stream)
    architecture = values.get("general.architecture")
    if not isinstance(architecture, str):
        raise Unreadable("Its header does not say which architecture the model has.")
    file_type = values.get("general.file_type")
    return Header(
        architecture=architecture,
        name=_text(values.get("general.name")),
        licence=_text(values.get("general.license")),
        context_tokens=_number(values.get(f"{architecture}.context_length")),
        quantization=_FILE_TYPES.get(file_type, f"type {file_type}") if isinstance(file_type, int) else None,
        chat_template="tokenizer.chat_template" in values,
        parts=_number(values.get("split.count")) or 1,
    )


def _values(stream: BinaryIO) -> dict[str, Any]:
    """Return the values of a header but its lists."""
    if stream.read(len(MAGIC)) != MAGIC:
        raise Unreadable("It is no GGUF file: its first bytes are not 'GGUF'.")
    (version,) = _unpack(stream, "I")
    if version not in _VERSIONS:
        raise Unreadable(f"It is written in version {version} of GGUF; versions 2 and 3 are read.")
    _, count = _unpack(stream, "QQ")
    if count > _MAX_VALUES:
        raise Unreadable(f"Its header is damaged: it claims {count} values.")
    values: dict[str, Any] = {}
    for _ in range(count):
        key = _read_text(stream)
        (kind,) = _unpack(stream, "I")
        value = _read_value(stream, kind)
        if value is not None:
            values[key] = value
    return values


def _read_value(stream: BinaryIO, kind: int) -> Any:
    """Return a value, None for a list, which is passed over."""
    if kind == _Kind.TEXT:
        return _read_text(stream)
    if kind == _Kind.ARRAY:
        _pass_over_list(stream)
        return None
    if kind not in _FORMATS:
        raise Unreadable(f"Its header is damaged: a value is of the unknown kind {kind}.")
    return _unpack(stream, _FORMATS[_Kind(kind)])[0]


def _pass_over_list(stream: BinaryIO) -> None:
    kind, count = _unpack(stream, "IQ")
    if count > _MAX_ITEMS:
        raise Unreadable(f"Its header is damaged: a list claims {count} items.")
    if kind in _FORMATS:
        stream.seek(count * struct.calcsize(f"<{_FORMATS[_Kind(kind)]}"), 1)
        return
    pass_over: Callable[[BinaryIO], Any] = _pass_over_list if kind == _Kind.ARRAY else _read_text
    for _ in range(count):
        pass_over(stream)


def _read_text(stream: BinaryIO) -> str:
    (size,) = _unpack(stream, "Q")
    if size > _MAX_TEXT_BYTES:
        raise Unreadable(f"Its header is damaged: a text claims {size} bytes.")
    return _read(stream, size).decode("utf-8", errors="replace")


def _unpack(stream: BinaryIO, form: str) -> tuple[Any, ...]:
    return struct.unpack(f"<{form}", _read(stream, struct.calcsize(f"<{form}")))


def _read(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise Unreadable("It is cut short: the file ends within its header.")
    return data


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) else None
