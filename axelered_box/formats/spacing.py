"""Words that MuPDF runs together where a font sets them closer than it takes for a space, told apart again."""

from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any

import pymupdf

LONG_WORD = 20
"""Only where a page has a word of so many letters and figures are its gaps looked at."""
WORD_GAP = 0.1
"""The least gap between two words, in parts of the font size; MuPDF takes 0.15 and more for a space."""
_LETTER_GAP = 0.05
"""The widest gap within the words of a font in which words are told apart: no letterspaced one."""
_PIECES = 3
"""Into how many words one long word has to fall, so that its font is taken for one that sets them close."""

_Char = dict[str, Any]
_Words = list[tuple[Any, ...]]


def mended(text: pymupdf.TextPage, blocks: list[dict[str, Any]], words: _Words) -> tuple[list[dict[str, Any]], _Words]:
    """Return the blocks and words of a page's text with the spaces that were lost; the same ones where none were."""
    if not any(_is_suspicious(word[4]) for word in words):
        return blocks, words
    raw = text.extractRAWDICT()["blocks"]
    fonts = _close_fonts(raw)
    if not fonts:
        return blocks, words
    return [_spaced(*pair, fonts) for pair in zip(blocks, raw, strict=True)], _told_apart(words, raw, fonts)


def _is_suspicious(word: str) -> bool:
    return len(word) >= LONG_WORD and word[:LONG_WORD].isalnum()


def _close_fonts(raw: list[dict[str, Any]]) -> set[str]:
    """Return the fonts in which long words fall into several at gaps that no word has within."""
    found: set[str] = set()
    between: set[str] = set()
    for span in _spans(raw):
        chars: list[_Char] = span["chars"]
        for is_space, group in groupby(chars, lambda char: char["c"].isspace()):
            letters = [] if is_space else list(group)
            gaps = [_gap(*pair, span["size"]) for pair in pairwise(letters)]
            if any(_LETTER_GAP < gap < WORD_GAP for gap in gaps):
                between.add(span["font"])
            cuts = sum(gap >= WORD_GAP for gap in gaps)
            if len(letters) >= LONG_WORD and _PIECES - 1 <= cuts < len(gaps) / 2:
                found.add(span["font"])
    return found - between


def _spans(raw: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for block in raw:
        for line in block.get("lines", ()):
            yield from line["spans"]


def _gap(before: _Char, after: _Char, size: float) -> float:
    """Return how far two letters of a line are apart, in parts of the font size."""
    return float(after["bbox"][0] - before["bbox"][2]) / (size or 1.0)


def _starts(span: dict[str, Any], fonts: set[str]) -> set[int]:
    """Return the places of a span's characters before which a space was lost."""
    chars: list[_Char] = span["chars"]
    if span["font"] not in fonts:
        return set()
    return {
        place
        for place, (before, after) in enumerate(pairwise(chars), start=1)
        if not before["c"].isspace() and not after["c"].isspace() and _gap(before, after, span["size"]) >= WORD_GAP
    }


def _spaced(block: dict[str, Any], raw: dict[str, Any], fonts: set[str]) -> dict[str, Any]:
    """Return a block whose spans have the spaces that were lost."""
    if "lines" not in block:
        return block
    lines = []
    for line, raw_line in zip(block["lines"], raw["lines"], strict=True):
        spans = []
        for span, raw_span in zip(line["spans"], raw_line["spans"], strict=True):
            starts = _starts(raw_span, fonts)
            letters = [" " * (place in starts) + char["c"] for place, char in enumerate(raw_span["chars"])]
            spans.append(span | {"text": "".join(letters)} if starts else span)
        lines.append(line | {"spans": spans})
    return block | {"lines": lines}


def _told_apart(words: _Words, raw: list[dict[str, Any]], fonts: set[str]) -> _Words:
    """Return the words of a page, each that was run together as several."""
    texts = (block["lines"] for block in raw if "lines" in block)
    lines = {(number, place): line for number, own in enumerate(texts) for place, line in enumerate(own)}
    told: _Words = []
    for key, group in groupby(words, lambda word: word[5:7]):
        own = list(group)
        letters = list(_letters(lines[key], fonts)) if key in lines else []
        if "".join(char["c"] for char, _ in letters) != "".join(word[4] for word in own):
            told.extend(own)
            continue
        place = 0
        for word in own:
            told.extend(_pieces(word, letters[place : place + len(word[4])]))
            place += len(word[4])
    return told


def _letters(line: dict[str, Any], fonts: set[str]) -> Iterator[tuple[_Char, bool]]:
    """Yield the characters of a line that are no spaces, and whether a space was lost before each."""
    for span in line["spans"]:
        starts = _starts(span, fonts)
        for place, char in enumerate(span["chars"]):
            if not char["c"].isspace():
                yield char, place in starts


def _pieces(word: tuple[Any, ...], letters: list[tuple[_Char, bool]]) -> Iterator[tuple[Any, ...]]:
    """Yield the words that a word is, each with its place on the page."""
    starts = [0, *[place for place, (_, starts) in enumerate(letters) if starts and place], len(letters)]
    if len(starts) == 2:
        yield word
        return
    for start, end in pairwise(starts):
        own = [char for char, _ in letters[start:end]]
        said = "".join(char["c"] for char in own)
        yield (own[0]["bbox"][0], word[1], own[-1]["bbox"][2], word[3], said, *word[5:])
