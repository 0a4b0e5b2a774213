"""Which letters a recogniser writes where it saw a digit."""

import re

LETTERS = "OoQDIl|iZSBG"
"""Letters that may be digits."""
DIGIT = rf"[\d{re.escape(LETTERS)}]"
"""A pattern for a digit, or a letter that may be one."""
_TABLE = str.maketrans(LETTERS, "000011112586"[: len(LETTERS)])
_MIXED = re.compile(rf"(?<![^\W\d_])(?=[^\s]*\d){DIGIT}[\d{re.escape(LETTERS)}.,/:\-]*")


def digits(text: str) -> str:
    """Return the text with all letters that may be digits as digits."""
    return text.translate(_TABLE)


def repaired(text: str) -> str:
    """Return the text, of the same length, with such letters as digits in words that hold a digit already."""
    return _MIXED.sub(lambda match: digits(match.group()), text)
