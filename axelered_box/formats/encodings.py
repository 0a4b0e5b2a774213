"""The code that a text's bytes are in: what it says itself, UTF-8 where that fits, else what its letters speak for."""

import codecs
import re

from charset_normalizer import from_bytes

from axelered_box.domain.documents import Warning

_DECLARED = re.compile(rb"""(?:<\?xml[^>]{0,200}encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""")
_DECLARED_WITHIN = 2048
_CANDIDATES = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859_2", "iso8859_5",
    "koi8_r", "cp866", "cp932", "euc_jp", "gb18030", "big5", "euc_kr",
]  # fmt: skip
"""The 8-bit codes and those of East Asia that offices have written in."""
_SAMPLE_BYTES = 1 << 16
_ALIKE = 0.05
_FEW_LETTERS = 12
"""Fewer letters beyond ASCII do not tell a code from another."""


def decode(data: bytes, declared: str | None = None) -> tuple[str, list[Warning]]:
    """Return text from bytes; the warnings say whether some letters could not be told.

    `declared` is the code that stands outside the text, such as in the header of a mail.
    """
    if data.startswith(codecs.BOM_UTF8):
        return _lenient(data, "utf-8-sig")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _lenient(data, "utf-16")
    try:
        return _lines(data.decode("utf-8")), []
    except UnicodeDecodeError:
        return _lenient(data, _known(declared) or _said(data) or _guess(data))


def declared_or_utf8(data: bytes, declared: str | None = None) -> str:
    """Return text of a format that declares its code, such as HTML, whatever letters cannot be told."""
    code = _known(declared) or _said(data)
    if code is not None and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _lines(data.decode(code, errors="replace"))
    return decode(data)[0]


def _said(data: bytes) -> str | None:
    """Return the code that a text names in its first lines, as HTML and XML do."""
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    return _known(found[1].decode("ascii")) if found else None


def _known(name: str | None) -> str | None:
    """Return the code of a name, None when there is none; what is called Latin-1 is Windows-1252 in practice."""
    if not name:
        return None
    try:
        code = codecs.lookup(name)
    except LookupError:
        return None
    if code.name in ("iso8859-1", "ascii"):
        return "cp1252"
    return code.name if code._is_text_encoding and not code.name.startswith(("utf-16", "utf-32")) else None


def _guess(data: bytes) -> str:
    """Return the code that the letters of a text speak for: Windows-1252 unless another has better reasons."""
    sample = data[:_SAMPLE_BYTES]
    beyond = sum(byte > 127 for byte in sample)
    if beyond < _FEW_LETTERS:
        return "cp1252"
    matches = from_bytes(sample, cp_isolation=_CANDIDATES, preemptive_behaviour=False)
    best = matches.best()
    if best is None or "cp1252" in best.could_be_from_charset:
        return "cp1252"
    for match in matches:
        if match.encoding == "cp1252" and match.chaos <= best.chaos and match.coherence > best.coherence - _ALIKE:
            return "cp1252"
    return best.encoding


def _lenient(data: bytes, code: str) -> tuple[str, list[Warning]]:
    """Return text, with a warning when some of it is not in that code."""
    text = _lines(data.decode(code, errors="replace"))
    if "\ufffd" not in text:
        return text, []
    return text, [Warning(code="undecodable_text", message="Some letters of the file are not in a code that is known.")]


def _lines(text: str) -> str:
    """Return text with line feeds for all line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
