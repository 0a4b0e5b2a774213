"""The regions of a page, in reading order, from what PyMuPDF says about it: their lines, tables and words."""

from operator import itemgetter
from typing import Any

import msgspec
import pymupdf
from pymupdf4llm.helpers import utils

from axelered_box.domain.documents import Box, Word
from axelered_box.formats.dealing import deal_words
from axelered_box.formats.evidence import Line, Region, Role, Run

SMALLEST_PT = 2
"""Boxes thinner than this are no regions."""
LEVEL = 1e-3
"""How far the direction of a line that one reads across may be from level."""
_ROLES = {role.value: role for role in Role}
_SUPERSCRIPT, _ITALIC, _MONO, _BOLD = 1, 2, 8, 16
_SPACE_GAP = 0.15
"""Runs of a line that are further apart than this part of the font size have a space between them."""
_RAISED_GAP = 0.6
_SAME_LINE = 0.45
"""Baselines that are closer than this part of the font size are of one line, as that of a raised letter is."""
_RAISED_SIZE, _RAISED_BY = 0.8, 0.2
"""What makes a letter a raised one, in parts of the main font size."""
_SAME_TABLE = 0.5

_Span = dict[str, Any]
_LayoutBox = tuple[float, float, float, float, str]


class Text(msgspec.Struct, frozen=True):
    """What a page itself says."""

    blocks: list[dict[str, Any]]
    """Text, images and vectors, as ``extractDICT`` gives them."""
    words: list[tuple[Any, ...]]
    textpage: Any = None
    """The `pymupdf.TextPage` that they come from."""


class Calls(msgspec.Struct, frozen=True):
    """What PyMuPDF says about a page."""

    blocks: list[dict[str, Any]]
    words: list[tuple[Any, ...]]
    regions: list[dict[str, Any]]
    """The raw boxes of the layout model."""
    tables: list[Region]
    links: list[dict[str, Any]]


def read(page: pymupdf.Page, calls: Calls, words: list[Word] | None) -> tuple[list[Region], list[Word]]:
    """Return a page's regions in reading order, and the words in none; `words` stand for the page's own if given."""
    boxes = _in_order(page, calls)
    tables = {_key(table.bbox): table for table in calls.tables}
    spans = _deal_spans(calls.blocks, boxes)
    regions = []
    for box, own in zip(boxes, spans, strict=True):
        table = tables.get(_key(box)) if box[4] == Role.TABLE else None
        regions.append(_text_region(box, own, calls.links) if table is None else table)
    return deal_words(regions, [word_of(entry) for entry in calls.words] if words is None else words)


def _in_order(page: pymupdf.Page, calls: Calls) -> list[_LayoutBox]:
    """Return the boxes in reading order: those of the layout model, of tables, of images and text it left out."""
    boxes: list[_LayoutBox] = [(*map(float, table.bbox), Role.TABLE.value) for table in calls.tables]  # type: ignore[misc]
    for region in calls.regions:
        x0, y0, x1, y1 = region["group_bbox"]
        is_known = region["class_name"] in (Role.TABLE, Role.PICTURE) and _is_covered(
            (x0, y0, x1, y1), calls.tables, whole=region["class_name"] == Role.PICTURE
        )
        if min(x1 - x0, y1 - y0) > SMALLEST_PT and not is_known:
            boxes.append((x0, y0, x1, y1, region["class_name"]))
    boxes.extend(_left_out(calls.blocks, boxes))
    page.layout_information = boxes
    utils.clean_pictures(page, calls.blocks)
    utils.add_image_orphans(page, calls.blocks)
    return [tuple(box) for box in utils.find_reading_order(page.rect, calls.blocks, page.layout_information)]


def _is_covered(box: Box, tables: list[Region], *, whole: bool) -> bool:
    """Tell whether tables that were found cover the better part of a box or, unless it is asked of all of it, lie in it."""
    rect = pymupdf.Rect(box)
    for table in tables:
        common = abs(rect & table.bbox)
        least = abs(rect) if whole else min(abs(rect), abs(pymupdf.Rect(table.bbox)))
        if common >= _SAME_TABLE * least:
            return True
    return False


def _left_out(blocks: list[dict[str, Any]], boxes: list[_LayoutBox]) -> list[_LayoutBox]:
    """Return boxes around the lines of text, by block, that the layout model put in none."""
    found = []
    for block in blocks:
        lines = block["lines"] if block["type"] == 0 else []
        loose = [
            line["bbox"]
            for line in lines
            if line["dir"] == (1.0, 0.0) and _says_something(line) and not _within_any(line["bbox"], boxes)
        ]
        if loose:
            x0, y0, x1, y1 = zip(*loose, strict=True)
            found.append((min(x0), min(y0), max(x1), max(y1), Role.TEXT.value))
    return found


def _says_something(line: dict[str, Any]) -> bool:
    return any(span["text"].strip() for span in line["spans"])


def _within_any(bbox: Any, boxes: list[_LayoutBox]) -> bool:
    """Tell whether the middle of a box lies in one of others."""
    x, y = (bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2
    return any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in boxes)


def _deal_spans(blocks: list[dict[str, Any]], boxes: list[_LayoutBox]) -> list[list[_Span]]:
    """Return the spans of each box: each goes to one, a table first, then the smallest that holds its middle."""
    dealt: list[list[_Span]] = [[] for _ in boxes]
    by_size = sorted(
        (box[4] != Role.TABLE, (box[2] - box[0]) * (box[3] - box[1]), place) for place, box in enumerate(boxes)
    )
    order = [(place, *boxes[place][:4]) for _, _, place in by_size]
    for block in blocks:
        for line in block["lines"] if block["type"] == 0 else ():
            if abs(line["dir"][0] - 1) > LEVEL:
                continue
            y = (line["bbox"][1] + line["bbox"][3]) / 2
            for span in line["spans"]:
                x = (span["bbox"][0] + span["bbox"][2]) / 2
                place = next((p for p, x0, y0, x1, y1 in order if x0 <= x <= x1 and y0 <= y <= y1), None)
                if place is not None and span["text"].strip():
                    dealt[place].append(span)
    return dealt


def _text_region(box: _LayoutBox, spans: list[_Span], links: list[dict[str, Any]]) -> Region:
    """Return the region of a box that is no table."""
    role = _ROLES.get(box[4], Role.TEXT)
    return Region(
        role=Role.TEXT if role is Role.TABLE else role,
        bbox=_box(box),
        lines=lines_of(spans, links),
    )


def lines_of(spans: list[_Span], links: list[dict[str, Any]]) -> list[Line]:
    """Return the printed lines of spans, as ``extractDICT`` gives them, from top to bottom."""
    return [_line(line, links) for line in _lines(spans)]


def _lines(spans: list[_Span]) -> list[list[_Span]]:
    """Return spans by the line that they stand on, lines from top to bottom, spans from left to right."""
    lines: list[list[_Span]] = []
    base = size = 0.0
    for span in sorted(spans, key=lambda span: (span["origin"][1], span["bbox"][0])):
        if lines and span["origin"][1] - base <= _SAME_LINE * max(size, span["size"]):
            lines[-1].append(span)
            if span["size"] > size:
                base, size = span["origin"][1], span["size"]
        else:
            lines.append([span])
            base, size = span["origin"][1], span["size"]
    return [_without_shadows(sorted(line, key=lambda span: span["bbox"][0])) for line in lines]


def _without_shadows(line: list[_Span]) -> list[_Span]:
    """Return a line without spans that are printed twice at one place, as some programs make bold letters."""
    kept: list[_Span] = []
    for span in line:
        last = kept[-1] if kept else None
        if last is None or last["text"] != span["text"] or span["bbox"][0] - last["bbox"][0] > span["size"] / 5:
            kept.append(span)
    return kept


def _line(spans: list[_Span], links: list[dict[str, Any]]) -> Line:
    """Return a line of runs, with the spaces that its gaps stand for."""
    runs: list[Run] = []
    end = None
    main = max(spans, key=itemgetter("size"))
    for span in spans:
        text, raised = span["text"], _is_raised(span, main)
        gap = _RAISED_GAP if raised else _SPACE_GAP
        apart = end is not None and span["bbox"][0] - end > gap * span["size"]
        if apart and not text.startswith(" ") and not (runs and runs[-1].text.endswith(" ")):
            text = " " + text
        runs.append(_run(text, span, links, raised=raised))
        end = span["bbox"][2]
    boxes = [span["bbox"] for span in spans]
    around = (
        min(map(itemgetter(0), boxes)),
        min(map(itemgetter(1), boxes)),
        max(map(itemgetter(2), boxes)),
        max(map(itemgetter(3), boxes)),
    )
    return Line(bbox=_box(around), runs=runs)


def _is_raised(span: _Span, main: _Span) -> bool:
    """Tell whether a span stands higher and is smaller than the main text of its line."""
    lift = main["origin"][1] - span["origin"][1]
    if utils.is_ocr_text(span):
        return False
    return bool(span["size"] <= _RAISED_SIZE * main["size"] and lift >= _RAISED_BY * main["size"])


def _run(text: str, span: _Span, links: list[dict[str, Any]], *, raised: bool) -> Run:
    """Return a run in the style of a span; recognised text has none."""
    flags = 0 if utils.is_ocr_text(span) else span["flags"]
    bold = flags & _BOLD or (flags and span["char_flags"] & pymupdf.mupdf.FZ_STEXT_BOLD)
    return Run(
        text=text,
        size=round(span["size"], 1),
        bold=bool(bold),
        italic=bool(flags & _ITALIC),
        mono=bool(flags & _MONO),
        superscript=raised or bool(flags & _SUPERSCRIPT),
        link=_link_at(span["bbox"], links),
    )


def _link_at(bbox: Any, links: list[dict[str, Any]]) -> str | None:
    """Return the address of the link whose area holds the middle of a box."""
    if not links:
        return None
    middle = pymupdf.Point((bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2)
    return next((link["uri"] for link in links if middle in link["from"]), None)


def word_of(entry: tuple[Any, ...]) -> Word:
    """Return a word from what PyMuPDF gives: its box, then its text."""
    return Word(entry[4], round(entry[0], 1), round(entry[1], 1), round(entry[2], 1), round(entry[3], 1))


def _box(rect: Any) -> Box:
    """Return a box rounded to a tenth of a point."""
    return (round(rect[0], 1), round(rect[1], 1), round(rect[2], 1), round(rect[3], 1))


def _key(box: Any) -> tuple[int, ...]:
    """Return what two boxes share that are the same but for rounding."""
    return tuple(round(side) for side in box[:4])
