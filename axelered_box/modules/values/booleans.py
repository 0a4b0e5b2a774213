"""Where a text says yes or no, in words or with a ticked box."""

import re

from axelered_box.modules.values.found import Found, Hints

_YES = ("yes", "ja", "oui", "sí", "si", "sì", "sim", "tak", "true", "wahr", "vrai", "verdadero", "vero", "waar")
_NO = ("no", "nein", "non", "nee", "não", "nie", "false", "falsch", "faux", "falso", "onwaar")
_WORDS = re.compile(
    rf"(?<![\w'\u2019-])(?:(?P<yes>{'|'.join(_YES)})|(?P<no>{'|'.join(_NO)}))(?![\w'\u2019-]"
    rf"|[.°º]? ?[:.]? ?\d)",
    re.IGNORECASE,
)
_BOXES = re.compile(r"(?P<yes>\[ ?[xX✓✔] ?\]|\([xX]\)|[☒☑✓✔✅🗹])|(?P<no>\[ ?\]|\( \)|[☐✗✘❌])")


def find(text: str, hints: Hints) -> list[Found]:
    """Return the words for yes and no, and the boxes ticked or not; a word in a sentence is less certain."""
    del hints
    boxes = [Found("boolean", match.start(), match.end(), bool(match["yes"]), 0.9) for match in _BOXES.finditer(text)]
    words = [
        Found("boolean", match.start(), match.end(), bool(match["yes"]), 0.8 if _is_alone(text, match) else 0.2)
        for match in _WORDS.finditer(text)
    ]
    return [*boxes, *words]


def _is_alone(text: str, match: re.Match[str]) -> bool:
    """Say whether a word stands between signs or the ends of a line."""
    before = text[max(0, match.start() - 2) : match.start()].strip(" ")
    behind = text[match.end() : match.end() + 2].strip(" ")
    return (not before or before[-1] in ":|\n?\t[]☒☑") and (not behind or behind[0] in ".|\n,;\t☐")
