"""Headers of GGUF files, written by the tests themselves."""

import struct
from collections.abc import Mapping

Value = str | int | bool | float | list[str] | list[int]


def header(values: Mapping[str, Value], *, version: int = 3) -> bytes:
    """Return the bytes of a header that has values and no tensors."""
    body = b"".join(_text(key) + _value(value) for key, value in values.items())
    return b"GGUF" + struct.pack("<IQQ", version, 0, len(values)) + body


def model_header() -> bytes:
    """Return the header of a small model, with a list before the values that matter."""
    return header(
        {
            "tokenizer.ggml.tokens": ["<s>", "a", "b"],
            "tokenizer.ggml.token_type": [3, 1, 1],
            "general.architecture": "llama",
            "general.name": "Tiny",
            "general.license": "mit",
            "general.file_type": 7,
            "llama.context_length": 2048,
            "llama.rope.freq_base": 10000.0,
            "tokenizer.ggml.add_bos_token": False,
            "tokenizer.chat_template": "{{ messages }}",
        }
    )


def _text(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def _value(value: Value) -> bytes:
    match value:
        case bool():
            return struct.pack("<I?", 7, value)
        case str():
            return struct.pack("<I", 8) + _text(value)
        case int():
            return struct.pack("<II", 4, value)
        case float():
            return struct.pack("<If", 6, value)
        case [str(), *_]:
            return struct.pack("<IIQ", 9, 8, len(value)) + b"".join(_text(str(one)) for one in value)
        case _:
            return struct.pack("<IIQ", 9, 5, len(value)) + struct.pack(f"<{len(value)}i", *value)
