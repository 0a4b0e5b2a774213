"""PowerPoint files by python-pptx: a slide's title, its texts and lists, tables, charts, notes and comments."""

from collections.abc import Iterator
from typing import Any, BinaryIO

import pptx
from lxml import etree
from pptx.exc import PythonPptxError

from axelered_box.domain.documents import Block, Kind, Span, Warning
from axelered_box.domain.modules import Refusal
from axelered_box.formats import charts, grids, packages, slide_text
from axelered_box.formats.flow import clean
from axelered_box.formats.grids import Entry
from axelered_box.formats.unprinted import Reading, paragraph

_DAMAGE = (*packages.DAMAGE, PythonPptxError, AttributeError, IndexError, TypeError, etree.XMLSyntaxError)
"""What presentations that are not as they should be make python-pptx raise."""
_MAX_GROUPS = 30


def read(file: BinaryIO) -> Reading:
    """Return what a presentation says; raises Refusal."""
    packages.open_package(file).close()
    file.seek(0)
    blocks: list[Block] = []
    warnings: list[Warning] = []
    try:
        show = pptx.Presentation(file)
        authors = _authors(show)
        for number, slide in enumerate(show.slides, 1):
            if slide._element.get("show") == "0":
                message = f"Slide {number} is hidden and was left out. Show it to have it read."
                warnings.append(Warning(code="hidden_part", message=message))
                continue
            blocks.extend(_slide(slide, authors))
        title = show.core_properties.title or None
    except _DAMAGE as error:
        raise packages.damaged() from error
    return Reading(blocks=blocks, title=title, warnings=warnings)


def _slide(slide: Any, authors: dict[str, str]) -> Iterator[Block]:
    """Yield what a slide says: its title first, the rest in the slide's own order."""
    title = slide.shapes.title
    if title is not None:
        said = " ".join(clean(title.text_frame.text).split())
        if said:
            yield Block(id="", kind=Kind.HEADING, page=1, text=said, level=1)
    for shape in slide.shapes:
        if title is None or shape.shape_id != title.shape_id:
            yield from _shape(shape, 0)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        said = clean(slide.notes_slide.notes_text_frame.text).replace("\v", "\n").strip()
        if said:
            spans = [Span(text="Notes:", bold=True), Span(text=f" {said}")]
            yield Block(id="", kind=Kind.PARAGRAPH, page=1, text=f"Notes: {said}", spans=spans)
    yield from _comments(slide, authors)


def _shape(shape: Any, depth: int) -> Iterator[Block]:
    """Yield what a shape says; the shapes of a group one after the other."""
    if hasattr(shape, "shapes"):
        for inner in shape.shapes if depth < _MAX_GROUPS else ():
            yield from _shape(inner, depth + 1)
    elif getattr(shape, "has_table", False):
        yield from _table(shape.table)
    elif getattr(shape, "has_chart", False):
        try:
            yield from charts.blocks(packages.tree(shape.chart_part.blob))
        except (KeyError, Refusal):  # a chart whose part is missing shows nothing
            return
    elif shape.has_text_frame:
        if not shape.is_placeholder or shape.placeholder_format.type not in slide_text.REPEATED:
            yield from slide_text.blocks(shape)
    else:
        yield from _diagram(shape)


def _table(table: Any) -> Iterator[Block]:
    """Yield a table."""
    rows = [
        [
            Entry(
                "\n".join(clean(line.text).strip() for line in cell.text_frame.paragraphs).strip(),
                cell.span_height if cell.is_merge_origin else 1,
                cell.span_width if cell.is_merge_origin else 1,
                place == 0 and table.first_row,
            )
            for cell in row.cells
            if not cell.is_spanned
        ]
        for place, row in enumerate(table.rows)
    ]
    block = grids.of_rows(rows)
    if block is not None:
        yield block


def _diagram(shape: Any) -> Iterator[Block]:
    """Yield the texts of a diagram (SmartArt), each as an item."""
    reference = shape._element.find(".//{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds")
    if reference is None:
        return
    name = reference.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm")
    data = packages.tree(shape.part.related_part(name).blob)
    for line in data.iterfind(".//{*}pt/{*}t/{*}p"):
        said = clean("".join(node.text or "" for node in line.iter("{*}t"))).strip()
        if said:
            yield Block(id="", kind=Kind.LIST_ITEM, page=1, text=said, level=1, marker="-")


def _parts(part: Any, kind: str) -> Iterator[etree._Element]:
    """Yield the trees of the parts of a kind that a part refers to."""
    for relation in part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            yield packages.tree(relation.target_part.blob)


def _authors(show: Any) -> dict[str, str]:
    """Return the names of those who comment, by their ids."""
    roots = [*_parts(show.part, "commentAuthors"), *_parts(show.part, "authors")]
    return {author.get("id", ""): author.get("name", "") for root in roots for author in root}


def _comments(slide: Any, authors: dict[str, str]) -> Iterator[Block]:
    """Yield the comments on a slide and the replies to them."""
    for root in _parts(slide.part, "comments"):
        for comment in root.iter("{*}cm", "{*}reply"):
            said = comment.findtext("{*}text") or "".join(
                node.text or "" for node in comment.iterfind("{*}txBody//{*}t")
            )
            day = (comment.get("dt") or comment.get("created") or "").partition("T")[0]
            by = ", ".join(word for word in (authors.get(comment.get("authorId", ""), ""), day) if word)
            if said.strip():
                yield paragraph(f"[Comment{' by ' + by if by else ''}: {' '.join(said.split())}]")
