"""The tokens of a Rich Text file (RTF 1.9.1): groups, control words and text in the code of its font."""

import re
from collections.abc import Iterator

import msgspec

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,40})(?P<number>-?\d{1,10})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)"
)
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437",
}  # fmt: skip
SIGNS = {"~": "\u00a0", "_": "\u2011", "-": "\u00ad"}
WORDS = {
    "tab": "\t", "emdash": "—", "endash": "\u2013", "emspace": " ", "enspace": " ", "qmspace": " ", "bullet": "•",
    "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "“", "rdblquote": "”",
}  # fmt: skip


class Token(msgspec.Struct, frozen=True):
    """A token: ``{``, ``}``, a control word with its number, ``'`` for a byte in hex, a control sign, or ``text``."""

    kind: str
    number: int | None = None
    text: str = ""


def tokens(source: str) -> Iterator[Token]:
    """Yield the tokens of a file whose bytes are the letters of a string."""
    at = 0
    while at < len(source):
        found = _TOKEN.match(source, at)
        if found is None:
            at += 1
            continue
        at = found.end()
        if found["word"]:
            number = int(found["number"]) if found["number"] else None
            if found["word"] == "bin":
                at += max(number or 0, 0)
            yield Token(found["word"], number)
        elif found["byte"]:
            yield Token("'", int(found["byte"], 16))
        elif found["sign"]:
            yield Token("par" if found["sign"] in "\r\n" else found["sign"])
        elif found["brace"]:
            yield Token(found["brace"])
        elif found["text"]:
            yield Token("text", text=found["text"])


def charset(number: int) -> str | None:
    """Return the code of a font's character set, None for symbols and unknown ones."""
    return _CHARSETS.get(number)


def code_page(number: int) -> str:
    """Return the code that a file names by its Windows number."""
    names = {10000: "mac_roman", 65001: "utf-8", 936: "gb18030", 1361: "johab"}
    name = names.get(number, f"cp{number}")
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name


def joined_surrogates(text: str) -> str:
    """Return text in which letters beyond the first plane, written as two halves, are one."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
