"""The text of a slide's shape: paragraphs and items of lists, as the shape or its layout has bullets."""

from collections.abc import Iterator
from typing import Any

import msgspec
from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER

from axelered_box.domain.documents import Block, Kind, Span
from axelered_box.formats.flow import Writer

REPEATED = frozenset({PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.HEADER})
"""What stands on every slide."""
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BULLETS = {f"{_A}buNone": None, f"{_A}buChar": "-", f"{_A}buBlip": "-", f"{_A}buAutoNum": "1."}
_LISTED = frozenset({PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY})
"""Placeholders whose text has the bullets of the master slide."""
_TRUE = ("1", "true")


def blocks(shape: Any) -> Iterator[Block]:
    """Yield the paragraphs of a shape."""
    counts: dict[int, int] = {}
    styles = list(_list_styles(shape))
    for line in shape.text_frame.paragraphs:
        level = line.level + 1
        text, spans = _styled(line._p, shape.part)
        if not text:
            continue
        marker = _bullet(line._p.pPr, styles, level)
        if marker is None:
            counts.clear()
            yield Block(id="", kind=Kind.PARAGRAPH, page=1, text=text, spans=spans)
            continue
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if marker == "1.":
            counts[level] = counts.get(level, _start(line._p.pPr) - 1) + 1
            marker = f"{counts[level]}."
        yield Block(id="", kind=Kind.LIST_ITEM, page=1, text=text, spans=spans, level=min(level, 6), marker=marker)


def _list_styles(shape: Any) -> Iterator[etree._Element]:
    """Yield the list styles that a shape's text has, its own first, then those it inherits."""
    own = shape._element.find(f".//{_A}lstStyle")
    if own is not None:
        yield own
    if not shape.is_placeholder:
        return
    place = shape.placeholder_format
    layout = shape.part.slide_layout
    for owner in (layout, layout.slide_master):
        for other in owner.placeholders:
            form = other.placeholder_format
            if form.idx == place.idx or (owner is not layout and form.type == place.type):
                style = other._element.find(f".//{_A}lstStyle")
                if style is not None:
                    yield style
                break
    if place.type in _LISTED:
        master = layout.slide_master._element.find(".//{*}txStyles/{*}bodyStyle")
        if master is not None:
            yield master


def _bullet(own: Any, styles: list[etree._Element], level: int) -> str | None:
    """Return the marker of a paragraph's bullet, None where it has none."""
    inherited = (style.find(f"{_A}lvl{level}pPr") for style in styles)
    for properties in (own, *inherited):
        if properties is None:
            continue
        for child in properties:
            if child.tag in _BULLETS:
                return _BULLETS[child.tag]
    return None


def _start(properties: Any) -> int:
    """Return the number that a numbered list begins with."""
    numbering = None if properties is None else properties.find(f"{_A}buAutoNum")
    value = "" if numbering is None else numbering.get("startAt", "")
    return int(value) if value.isdecimal() else 1


def _styled(line: Any, part: Any) -> tuple[str, list[Span]]:
    """Return the text of a paragraph and its spans; formulas as their letters."""
    writer = Writer()
    pieces: list[Span] = []
    for child in line:
        name = etree.QName(child).localname
        if name == "br":
            writer.line(pieces, gap="\n")
            pieces = []
        elif name in ("r", "fld"):
            pieces.append(_run(child, part))
        elif name not in ("pPr", "endParaRPr"):
            pieces.append(Span(text="".join(node.text or "" for node in child.iter("{*}t"))))
    writer.line(pieces, gap="\n")
    return writer.result()


def _run(run: Any, part: Any) -> Span:
    """Return a run of text with its style."""
    said = (run.findtext(f"{_A}t") or "").replace("\v", " ")
    style = run.find(f"{_A}rPr")
    if style is None:
        return Span(text=said)
    span = Span(text=said, bold=style.get("b") in _TRUE, italic=style.get("i") in _TRUE)
    link = style.find(f"{_A}hlinkClick")
    relation = None if link is None else part.rels.get(link.get(_R_ID, ""))
    if relation is not None and relation.is_external:
        span = msgspec.structs.replace(span, link=relation.target_ref)
    return span
