"""Headings that stand in one region with other text: those above it, and those that begin its first line (run in)."""

import re
from collections.abc import Iterator
from statistics import median

import msgspec

from axelered_box.domain.documents import Word
from axelered_box.formats.evidence import Line, Region, Role, Run
from axelered_box.modules.parse.drafts import around, deal_to_lines, style_of

NUMBERED = re.compile(
    r"^(?:(?P<number>\(?(?:\d{1,2}|[A-Z](?=\.\d))(?:\.\d{1,3})*)[.)]?|(?P<roman>[IVX]{1,5})\.|§\s?\d{1,4}[a-z]?)\s+(?=[^\W\d_])"
)
"""The number that a heading begins with."""
ABSTRACT = re.compile(
    r"^(?:abstract|summary|keywords?|key words|zusammenfassung|schlüsselwörter|résumé|mots[- ]clés|resumen"
    r"|palabras clave|riassunto|parole chiave|resumo)$",
    re.IGNORECASE,
)
"""What stands at the start of a paper's summary and of its list of keywords."""
_LONGEST = 140
_MOST_LINES = 3
_END = re.compile(r"[.:\u2013\u2014]\s*$")
_SIZES_APART = 1.12
_PROSE_LINES, _PROSE_WORDS = 4, 6


class Part(msgspec.Struct, frozen=True):
    """A part of a region that is one block, or one list."""

    region: Region
    run_in: bool = False


def parts(region: Region) -> list[Part]:
    """Return a region as one part, or as its headings and the rest."""
    if not region.lines:
        return [Part(region)]
    if region.role is Role.PICTURE and _is_prose(region):
        region = msgspec.structs.replace(region, role=Role.TEXT)
    if region.role in (Role.TITLE, Role.SECTION_HEADER):
        return [Part(part) for part in _by_style(region)]
    if region.role in (Role.TEXT, Role.LIST_ITEM, Role.CAPTION):
        found = _with_run_in(region)
        return found if len(found) == 1 or region.role is not Role.CAPTION else [Part(region)]
    return [Part(region)]


def _is_prose(region: Region) -> bool:
    """Tell whether what the layout model took for a picture is running text: many lines of many words."""
    words = [len(line.text.split()) for line in region.lines]
    return len(words) >= _PROSE_LINES and median(words) >= _PROSE_WORDS


def _by_style(region: Region) -> Iterator[Region]:
    """Yield a heading's lines by their style, where it changes from line to line."""
    groups: list[list[Line]] = []
    last = None
    for line in region.lines:
        style, _ = style_of([line])
        same = last is not None and (
            max(style.size, last.size) <= _SIZES_APART * min(style.size, last.size)
            and (style.bold, style.italic) == (last.bold, last.italic)
        )
        if same or not style.size:
            groups[-1].append(line) if groups else groups.append([line])
        else:
            groups.append([line])
        last = style if style.size else last
    if len(groups) == 1:
        yield region
        return
    for lines, words in zip(groups, deal_to_lines(region.words, groups), strict=True):
        yield msgspec.structs.replace(region, bbox=around(lines), lines=lines, words=words)


def _with_run_in(region: Region) -> list[Part]:
    """Return a paragraph, and before it the heading that begins it, if one does."""
    head, rest = _styled_start(region.lines)
    said = "".join(line.text for line in head).strip()
    if not head or not _is_heading(said, alone=not rest, listed=region.role is Role.LIST_ITEM):
        return [Part(region)]
    if not rest:
        return [Part(msgspec.structs.replace(region, role=Role.SECTION_HEADER))]
    words, others = _deal_words(region.words, head, rest)
    top = msgspec.structs.replace(
        region, role=Role.SECTION_HEADER, bbox=around(head), lines=_without_end(head), words=words
    )
    return [Part(top, run_in=True), Part(msgspec.structs.replace(region, bbox=around(rest), lines=rest, words=others))]


def _is_heading(said: str, *, alone: bool, listed: bool) -> bool:
    """Tell whether text in a style of its own at the start of a paragraph is a heading."""
    if len(said) > _LONGEST:
        return False
    if ABSTRACT.match(_END.sub("", said)):
        return True
    numbered = NUMBERED.match(said)
    if numbered is None:
        return False
    rest = said[numbered.end() :]
    if not rest[:1].isupper():
        return False
    if alone:
        return not said.endswith((".", ";", ","))
    return "." in (numbered["number"] or "") or bool(_END.search(said) and not listed)


def _styled_start(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines that begin a paragraph in bold or italics, up to where that ends, and the rest."""
    first = next((run for run in lines[0].runs if run.text.strip()), None)
    if first is None or not (first.bold or first.italic):
        return [], lines
    head: list[Line] = []
    for place, line in enumerate(lines[: _MOST_LINES + 1]):
        kept = list(line.runs)
        count = next((n for n, run in enumerate(kept) if run.text.strip() and not _alike(run, first)), len(kept))
        if count < len(kept):
            if count and "".join(run.text for run in kept[:count]).strip():
                head.append(Line(line.bbox, kept[:count]))
            return head, [Line(line.bbox, kept[count:]), *lines[place + 1 :]]
        head.append(line)
    return head, lines[len(head) :]


def _alike(run: Run, first: Run) -> bool:
    return (run.bold == first.bold and run.italic == first.italic) or run.superscript


def _deal_words(words: list[Word], head: list[Line], rest: list[Line]) -> tuple[list[Word], list[Word]]:
    """Return the words of a heading and of the text that goes on from it on the same line."""
    if head[-1].bbox != rest[0].bbox:
        first, second = deal_to_lines(words, [head, rest])
        return first, second
    whole, shared, others = deal_to_lines(
        words, [head[:-1] or [_above(head[0])], [head[-1]], rest[1:] or [_below(rest[0])]]
    )
    count = len(head[-1].text.split())
    shared = sorted(shared, key=lambda word: word.x0)
    return [*whole, *shared[:count]], [*shared[count:], *others]


def _above(line: Line) -> Line:
    """Return an empty line at the top edge of another."""
    x0, y0, x1, _ = line.bbox
    return Line((x0, y0, x1, y0), [])


def _below(line: Line) -> Line:
    """Return an empty line at the bottom edge of another."""
    x0, _, x1, y1 = line.bbox
    return Line((x0, y1, x1, y1), [])


def _without_end(head: list[Line]) -> list[Line]:
    """Return a run-in heading's lines without the stop or dash after it."""
    runs = list(head[-1].runs)
    while runs and not runs[-1].text.strip():
        runs.pop()
    runs[-1] = msgspec.structs.replace(runs[-1], text=_END.sub("", runs[-1].text))
    return [*head[:-1], Line(head[-1].bbox, runs)]
