"""Where a text says yes or no, in words or with a ticked box."""

import re
from collections.abc import Iterator

from axelered_box.modules.values.found import Found, Hints

_YES = ("yes", "ja", "oui", "sí", "si", "sì", "sim", "tak", "true", "wahr", "vrai", "verdadero", "vero", "waar")
_NO = ("no", "nein", "non", "nee", "não", "nie", "false", "falsch", "faux", "falso", "onwaar")
_WORDS = re.compile(
    rf"(?<![\w'\u2019-])(?:(?P<yes>{'|'.join(_YES)})|(?P<no>{'|'.join(_NO)}))(?![\w'\u2019-]"
    rf"|[.°º]? ?[:.]? ?\d)",
    re.IGNORECASE,
)
_BOXES = re.compile(r"(?P<yes>\[ ?[xX✓✔] ?\]|\([xX]\)|[☒☑✓✔✅🗹])|(?P<no>\[ ?\]|\( \)|[☐✗✘❌])")


_CLOSE = 3
"""A box and the word that it is for have at most so many characters between them."""


def find(text: str, hints: Hints) -> list[Found]:
    """Return the words for yes and no, and the boxes ticked or not; a word in a sentence is less certain.

    Where each word has a box of its own ("☐ yes ☒ no"), only the word whose box is ticked counts.
    """
    del hints
    boxes, words = list(_BOXES.finditer(text)), list(_WORDS.finditer(text))
    if pairs := list(_pairs(text, boxes, words)):
        return [
            Found("boolean", min(box.start(), word.start()), max(box.end(), word.end()), bool(word["yes"]), 0.95)
            for box, word in pairs
            if box["yes"]
        ]
    found = [Found("boolean", match.start(), match.end(), bool(match["yes"]), 0.9) for match in boxes]
    for match in words:
        certainty = 0.8 if _is_alone(text, match) else 0.2
        found.append(Found("boolean", match.start(), match.end(), bool(match["yes"]), certainty))
    return found


def boxed(text: str) -> list[tuple[bool, int, int]]:
    """Return, where a line has several boxes, whether each is ticked, and from where to where its words stand."""
    boxes = list(_BOXES.finditer(text))
    if len(boxes) < 2:
        return []
    if text[: boxes[0].start()].rstrip()[-1:] in ("", ":", "?") or not text[boxes[-1].end() :].strip():
        leads = bool(text[boxes[-1].end() :].strip())
    else:
        leads = True
    ends = [box.start() for box in boxes[1:]] + [len(text)] if leads else [box.start() for box in boxes]
    starts = [box.end() for box in boxes] if leads else [0] + [box.end() for box in boxes[:-1]]
    return [(bool(box["yes"]), start, end) for box, start, end in zip(boxes, starts, ends, strict=True)]


def _pairs(
    text: str, boxes: list[re.Match[str]], words: list[re.Match[str]]
) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Yield each box with the word that it is for: the boxes stand all before or all behind their words."""
    if not boxes or not words:
        return
    leads = boxes[0].start() < words[0].start()
    for box in boxes:
        for word in words:
            gap = text[box.end() : word.start()] if leads else text[word.end() : box.start()]
            before = box.end() <= word.start() if leads else word.end() <= box.start()
            if before and len(gap) <= _CLOSE and not gap.strip():
                yield box, word


def _is_alone(text: str, match: re.Match[str]) -> bool:
    """Say whether a word stands between signs or the ends of a line."""
    before = text[max(0, match.start() - 2) : match.start()].strip(" ")
    behind = text[match.end() : match.end() + 2].strip(" ")
    return (not before or before[-1] in ":|\n?\t[]☒☑") and (not behind or behind[0] in ".|\n,;\t☐")
