"""The regions of a page of a tagged PDF, in reading order, from its tags; None where the tags are not to be trusted."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pymupdf

from axelered_box.domain.documents import Box
from axelered_box.formats import regions, tag_tables
from axelered_box.formats.evidence import Line, Region, Role
from axelered_box.formats.tag_trust import are_sane

_TEXT_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_PRESERVE_LIGATURES | pymupdf.TEXT_PRESERVE_IMAGES
_FLAGS = _TEXT_FLAGS | pymupdf.TEXT_ACCURATE_BBOXES | pymupdf.mupdf.FZ_STEXT_COLLECT_STRUCTURE
_HEADINGS = {"H": 0, "Title": 0, **{f"H{level}": level for level in range(1, 7)}}
_BLOCKS = {
    "P": Role.TEXT,
    "TOCI": Role.TEXT,
    "BibEntry": Role.TEXT,
    "Caption": Role.CAPTION,
    "Note": Role.FOOTNOTE,
    "FENote": Role.FOOTNOTE,
    "Formula": Role.FORMULA,
    "Code": Role.TEXT,
    "Figure": Role.PICTURE,
    **dict.fromkeys(_HEADINGS, Role.SECTION_HEADER),
}
_STRUCTURE = 2
_FAR = 3.0
"""Lines of a tag are not further apart than this many times their height."""

_Node = dict[str, Any]


class Found(msgspec.Struct):
    """What the tags of a page say, while they are walked."""

    regions: list[Region]
    loose: list[Line]
    """Lines of no tag: running heads and feet, by the standard."""


def regions_of(page: pymupdf.Page, links: list[dict[str, Any]]) -> list[Region] | None:
    """Return a page's regions from its tags, None when it has none or they cannot be right.

    The page's rotation is taken into its content before.
    """
    if not is_tagged(page.parent):
        return None
    nodes = page.get_textpage(flags=_FLAGS, clip=pymupdf.INFINITE_RECT()).extractDICT()["blocks"]
    found = Found([], [])
    walker = _Walker(links, found)
    if not walker.group(nodes, 0):
        return None
    height = page.rect.height
    if not are_sane(found.regions, found.loose, page.rect.width, height):
        return None
    return [*found.regions, *(_in_margin(line, height) for line in found.loose)]


def is_tagged(document: pymupdf.Document) -> bool:
    """Tell whether a PDF has tags."""
    return bool(document.xref_get_key(document.pdf_catalog(), "StructTreeRoot")[0] != "null")


def _in_margin(line: Line, height: float) -> Region:
    """Return the region of a line that no tag holds."""
    role = Role.PAGE_HEADER if line.bbox[3] <= height / 2 else Role.PAGE_FOOTER
    return Region(role=role, bbox=line.bbox, lines=[line])


class _Walker:
    """Goes through the tags of a page in their order."""

    def __init__(self, links: list[dict[str, Any]], found: Found) -> None:
        self._links = links
        self._found = found

    def group(self, nodes: list[_Node], depth: int) -> bool:
        """Take in what a grouping tag holds, lists at `depth`; tell whether all of it could be understood."""
        return all(self._node(node, depth) for node in nodes)

    def _node(self, node: _Node, depth: int) -> bool:
        if node["type"] != _STRUCTURE:
            if node["type"] == 0:
                self._found.loose.extend(self._lines([node]))
            return True
        tag, children = node.get("std"), node.get("blocks") or []
        if tag in ("Table",):
            return self._table(node)
        if tag == "LI":
            return self._item(children, depth)
        if tag == "L":
            return self.group(children, depth + 1)
        if tag in _BLOCKS:
            return self._block(tag, children, depth)
        if any(child["type"] == 0 and _says(child) for child in children) and tag != "Artifact":
            return self._block("P", children, depth)
        return self.group(children, depth)

    def _block(self, tag: str, children: list[_Node], depth: int) -> bool:
        """Take in a tag that one reads as a whole, then what it holds that is read apart."""
        own, apart = _parted(children)
        lines = self._lines(own)
        role = _BLOCKS[tag]
        level = _HEADINGS.get(tag) or None
        boxes = [tuple(node["bbox"]) for node in own if node["type"] == 1]
        if lines or (role is Role.PICTURE and boxes):
            bbox = _around([line.bbox for line in lines] + boxes)
            self._found.regions.append(Region(role=role, bbox=bbox, lines=lines, level=level))
        return self.group(apart, depth)

    def _item(self, children: list[_Node], depth: int) -> bool:
        """Take in a list item, then the lists within it."""
        own, apart = _parted(children)
        lines = self._lines(own)
        if lines:
            bbox = _around([line.bbox for line in lines])
            self._found.regions.append(Region(role=Role.LIST_ITEM, bbox=bbox, lines=lines, level=max(depth, 1)))
        return self.group(apart, depth)

    def _table(self, node: _Node) -> bool:
        """Take in a table; captions in it come before."""
        captions = [child for child in node.get("blocks") or [] if child.get("std") == "Caption"]
        grid = tag_tables.grid_of(node, self._lines)
        if not self.group(captions, 0) or grid is None:
            return False
        boxes = [cell.bbox for cell in grid.cells if cell.bbox is not None]
        if boxes:
            self._found.regions.append(Region(role=Role.TABLE, bbox=_around(boxes), grid=grid))
        return True

    def _lines(self, nodes: list[_Node]) -> list[Line]:
        """Return the printed lines of text nodes and of all that inline tags hold.

        MuPDF counts untagged text to the tag that was open last: what stands far below it is loose.
        """
        lines: list[Line] = []
        for spans in _by_column(nodes):
            for line in regions.lines_of(spans, self._links):
                if lines and line.bbox[1] - lines[-1].bbox[3] > _FAR * (line.bbox[3] - line.bbox[1]):
                    self._found.loose.append(line)
                else:
                    lines.append(line)
        return lines


def _by_column(nodes: list[_Node]) -> list[list[dict[str, Any]]]:
    """Return the spans of text nodes, a new list wherever the text goes on further up."""
    columns: list[list[dict[str, Any]]] = []
    bottom = 0.0
    for node in leaves(nodes):
        for line in node["lines"] if node["type"] == 0 else ():
            spans = [span for span in line["spans"] if span["text"].strip()]
            if not spans or abs(line["dir"][0] - 1) > regions.LEVEL:
                continue
            if not columns or line["bbox"][3] < bottom - (line["bbox"][3] - line["bbox"][1]):
                columns.append([])
            columns[-1].extend(spans)
            bottom = line["bbox"][3]
    return columns


def leaves(nodes: list[_Node]) -> Iterator[_Node]:
    """Yield the texts and images that nodes hold, at any depth."""
    for node in nodes:
        if node["type"] == _STRUCTURE:
            yield from leaves(node.get("blocks") or [])
        else:
            yield node


def _parted(children: list[_Node]) -> tuple[list[_Node], list[_Node]]:
    """Return the texts and images that belong to a block itself, and the tags in it that are blocks of their own."""
    own: list[_Node] = []
    apart: list[_Node] = []
    for child in children:
        if child["type"] != _STRUCTURE:
            own.append(child)
        elif child.get("std") in ("Table", "L", "Figure", "Note", "FENote"):
            apart.append(child)
        else:
            inner, further = _parted(child.get("blocks") or [])
            own.extend(inner)
            apart.extend(further)
    return own, apart


def _says(node: _Node) -> bool:
    return any(span["text"].strip() for line in node["lines"] for span in line["spans"])


def _around(boxes: list[Any]) -> Box:
    """Return the box around boxes, rounded to a tenth of a point."""
    return (
        round(min(box[0] for box in boxes), 1),
        round(min(box[1] for box in boxes), 1),
        round(max(box[2] for box in boxes), 1),
        round(max(box[3] for box in boxes), 1),
    )
