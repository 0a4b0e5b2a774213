"""PDF files as PyMuPDF reads them: opening, the evidence of a page, the page as a picture."""

from pathlib import Path
from typing import Any

import msgspec
import pymupdf
import pymupdf.layout
from PIL import Image
from pymupdf4llm.helpers import document_layout, utils
from pymupdf4llm.helpers.get_text_lines import get_raw_lines

from axelered_box.domain.documents import Box, Source, Word
from axelered_box.domain.modules import Refusal
from axelered_box.formats.evidence import Grid, GridCell, Line, PageEvidence, Region, Role, Run

SMALLEST_REGION_PT = 2
MAX_IMAGE_PIXELS = 40_000_000
"""The most pixels of a page's picture."""
_ROLES = {role.value: role for role in Role}
_TEXT_FLAGS = document_layout.FLAGS
_SUPERSCRIPT, _ITALIC, _MONO, _BOLD = 1, 2, 8, 16
_SPACE_GAP = 0.15
"""Runs of a line that are further apart than this part of the font size have a space between them."""
_RULE_PT = 3
_RULES_OF_A_TABLE = 4

pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)


class Text(msgspec.Struct, frozen=True):
    """What a page itself says."""

    blocks: list[dict[str, Any]]
    """Text, images and vectors, as ``extractDICT`` gives them."""
    words: list[tuple[Any, ...]]


class Calls(msgspec.Struct, frozen=True):
    """What PyMuPDF says about a page."""

    blocks: list[dict[str, Any]]
    words: list[tuple[Any, ...]]
    regions: list[dict[str, Any]]
    """The raw boxes of the layout model."""
    tables: list[Any]
    """`pymupdf.table.Table` with span placements."""
    links: list[dict[str, Any]]


def open_pdf(path: Path, password: str | None = None) -> pymupdf.Document:
    """Return an opened PDF; raises Refusal."""
    try:
        document = pymupdf.open(path, filetype="pdf")
    except (pymupdf.FileDataError, RuntimeError) as error:
        raise Refusal("corrupt_document", "The file is damaged: it cannot be opened as a PDF.") from error
    if document.needs_pass:
        if password is None:
            raise Refusal("password_required", "The PDF is encrypted. Send its password in 'parserConfig.password'.")
        if not document.authenticate(password):
            raise Refusal("password_wrong", "The PDF is encrypted and the password does not open it.")
    try:
        count = document.page_count
    except RuntimeError as error:
        raise Refusal("corrupt_document", "The file is damaged: its list of pages cannot be read.") from error
    if count == 0:
        raise Refusal("empty_document", "The PDF has no pages, or it is damaged so that none can be found.")
    drop_structure_tree(document)
    return document


def open_bytes(data: bytes) -> pymupdf.Document:
    """Return an opened PDF that this box has made itself."""
    return pymupdf.open(stream=data, filetype="pdf")


def load(document: pymupdf.Document, number: int) -> pymupdf.Page:
    """Return a page (from 0); raises ValueError where the file has none, for which MuPDF would show a blank one."""
    page = document.load_page(number)
    if document.xref_object(page.xref).strip() == "null":
        raise ValueError(f"page {number} is missing")
    return page


def title(document: pymupdf.Document) -> str | None:
    """Return what a PDF calls itself in its information dictionary."""
    said = (document.metadata or {}).get("title") or ""
    return said.strip() or None


def has_no_fonts(document: pymupdf.Document, number: int) -> bool:
    """Tell whether a page (from 0) names no font, so that it can have no text; its content is not read."""
    try:
        return not document.get_page_fonts(number)
    except (RuntimeError, ValueError):
        return False


def look(page: pymupdf.Page, *, tables: bool) -> Calls:
    """Make the PyMuPDF calls for one page: text, layout model, tables, words and links.

    This is all of a digital page's cost that is not ours. The page's rotation is taken into its content.
    """
    return look_at_layout(page, text_of(page), tables=tables)


def text_of(page: pymupdf.Page) -> Text:
    """Return a page's text, images and vectors, its rotation taken into its content."""
    page.remove_rotation()
    text = page.get_textpage(flags=_TEXT_FLAGS, clip=pymupdf.INFINITE_RECT())
    return Text(text.extractDICT()["blocks"], text.extractWORDS())


def look_at_layout(page: pymupdf.Page, text: Text, *, tables: bool) -> Calls:
    """Make the calls that find the layout of a page whose text is known."""
    blocks = text.blocks
    page.get_layout(return_raw=True)
    regions = page.layout_information or []
    found = []
    if tables and _may_hold_table(blocks, regions):
        found = list(page.find_tables(use_layout=True, union=True, refine=True).tables)
        page.layout_information = regions
    links = [link for link in page.get_links() if link["kind"] == pymupdf.LINK_URI]
    return Calls(blocks, text.words, regions, found, links)


def read_page(document: pymupdf.Document, number: int, *, tables: bool = True) -> PageEvidence:
    """Return the evidence of a page (from 0) from its own text."""
    page = document.load_page(number)
    return read_loaded(page, look(page, tables=tables), number)


def read_loaded(page: pymupdf.Page, calls: Calls, number: int, words: list[Word] | None = None) -> PageEvidence:
    """Return the evidence of a page from what PyMuPDF said about it, with its own words or those given."""
    boxes, tables, lines = _boxes(page, calls)
    regions: list[Region] = []
    for box in boxes:
        key = tuple(pymupdf.IRect(box[:4]))
        own = [calls.tables[meta["html"]] for meta in tables.get(key, [])]
        if own:
            regions.extend(_table_region(table) for table in own)
        else:
            regions.append(_text_region(box, lines.get(key), calls))
    regions, loose = _deal_words(regions, [_word(entry) for entry in calls.words] if words is None else words)
    return PageEvidence(
        page=number,
        width=round(page.rect.width, 2),
        height=round(page.rect.height, 2),
        source=Source.DIGITAL,
        regions=regions,
        loose_words=loose,
    )


def render_page(path: Path, page: int, width: int, password: str | None = None) -> bytes:
    """Return the picture of a page (from 0), `width` pixels wide, as PNG; raises Refusal."""
    document = open_pdf(path, password)
    if not 0 <= page < document.page_count:
        raise Refusal("no_such_page", f"The document has {document.page_count} pages; there is no page {page + 1}.")
    return draw(document.load_page(page), width)


def draw(page: pymupdf.Page, width: int) -> bytes:
    """Return the picture of a page, `width` pixels wide, as PNG; its height is bounded."""
    rect = page.rect
    scale_x = width / rect.width
    scale_y = min(scale_x, MAX_IMAGE_PIXELS / (width * rect.height))
    pixels = page.get_pixmap(matrix=pymupdf.Matrix(scale_x, scale_y), alpha=False)
    if pixels.width != width:
        pixels = pymupdf.Pixmap(pixels, width, pixels.height, None)
    return bytes(pixels.tobytes("png"))


def picture(page: pymupdf.Page, dpi: float) -> Image.Image:
    """Return a page as an image, in grey if nothing on it has a colour."""
    infos = page.get_image_info()
    grey = bool(infos) and all(info["colorspace"] == 1 for info in infos) and not page.get_drawings()
    pixels = page.get_pixmap(dpi=round(dpi), colorspace=pymupdf.csGRAY if grey else pymupdf.csRGB, alpha=False)
    image = Image.frombytes("L" if grey else "RGB", (pixels.width, pixels.height), pixels.samples)
    bilevel = grey and all(info["bpc"] == 1 for info in infos)
    return image.point(lambda value: 255 if value > 127 else 0).convert("1") if bilevel else image


def single_page(page: pymupdf.Page) -> bytes:
    """Return a PDF of this page alone."""
    alone = pymupdf.open()
    alone.insert_pdf(page.parent, from_page=page.number, to_page=page.number, widgets=False)
    return bytes(alone.tobytes())


def is_only_images(page: pymupdf.Page) -> bool:
    """Tell whether a page has images and no text, so that recognised text can be laid below it as it is."""
    return bool(page.get_image_info()) and not page.get_text().strip()


def drop_structure_tree(document: pymupdf.Document) -> None:
    """Take out the tag tree, which is not used here and slows text extraction down in large tagged files."""
    catalog = document.pdf_catalog()
    if document.xref_get_key(catalog, "StructTreeRoot")[0] != "null":
        document.xref_set_key(catalog, "StructTreeRoot", "null")


def _may_hold_table(blocks: list[dict[str, Any]], regions: list[dict[str, Any]]) -> bool:
    """Tell whether a search for tables can find one: the model saw one, or there are ruling lines enough."""
    if any(region["class_name"] == "table" for region in regions):
        return True
    rules = 0
    for block in blocks:
        if block["type"] == 3:
            x0, y0, x1, y1 = block["bbox"]
            rules += min(x1 - x0, y1 - y0) <= _RULE_PT < max(x1 - x0, y1 - y0)
            if rules >= _RULES_OF_A_TABLE:
                return True
    return False


def _boxes(page: pymupdf.Page, calls: Calls) -> tuple[list[Any], dict[Any, list[Any]], dict[Any, list[Any]]]:
    """Return the page's boxes in reading order, the tables of each by its box, and the lines of split boxes."""
    boxes = []
    for region in calls.regions:
        x0, y0, x1, y1 = region["group_bbox"]
        if x1 - x0 > SMALLEST_REGION_PT and y1 - y0 > SMALLEST_REGION_PT:
            boxes.append((x0, y0, x1, y1, region["class_name"]))
    tables: dict[Any, list[Any]] = {}
    lines: dict[Any, list[Any]] = {}
    if calls.tables:
        text = [block for block in calls.blocks if block["type"] == 0]
        entries = [
            (pymupdf.Rect(table.bbox), place, table.row_count, table.col_count, None, None)
            for place, table in enumerate(calls.tables)
        ]
        boxes, tables, lines = document_layout.normalize_layout_boxes(boxes, entries, text)
    boxes.extend(_left_out(calls.blocks, boxes))
    page.layout_information = boxes
    utils.clean_pictures(page, calls.blocks)
    utils.add_image_orphans(page, calls.blocks)
    return utils.find_reading_order(page.rect, calls.blocks, page.layout_information), tables, lines


def _left_out(blocks: list[dict[str, Any]], boxes: list[Any]) -> list[Any]:
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


def _within_any(bbox: Any, boxes: list[Any]) -> bool:
    """Tell whether the middle of a box lies in one of others."""
    x, y = (bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2
    return any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in boxes)


def _text_region(box: Any, lines: list[Any] | None, calls: Calls) -> Region:
    """Return the region of a box that is no table."""
    role = _ROLES.get(box[4], Role.TEXT)
    if lines is None:
        text = [block for block in calls.blocks if block["type"] == 0]
        found = get_raw_lines(None, blocks=text, clip=pymupdf.Rect(box[:4]), ignore_invisible=False)
        lines = [{"bbox": bbox, "spans": spans} for bbox, spans in found]
    return Region(
        role=Role.TEXT if role is Role.TABLE else role,
        bbox=_box(box),
        lines=[_line(line, calls.links) for line in lines],
    )


def _line(line: dict[str, Any], links: list[dict[str, Any]]) -> Line:
    """Return a line of runs, with the spaces that its gaps stand for."""
    runs: list[Run] = []
    end = None
    for span in line["spans"]:
        text = span["text"]
        apart = end is not None and span["bbox"][0] - end > _SPACE_GAP * span["size"]
        if apart and not text.startswith(" ") and not (runs and runs[-1].text.endswith(" ")):
            text = " " + text
        runs.append(_run(text, span, links))
        end = span["bbox"][2]
    return Line(bbox=_box(line["bbox"]), runs=runs)


def _run(text: str, span: dict[str, Any], links: list[dict[str, Any]]) -> Run:
    """Return a run in the style of a span; recognised text has none."""
    flags = 0 if utils.is_ocr_text(span) else span["flags"]
    bold = flags & _BOLD or (flags and span["char_flags"] & pymupdf.mupdf.FZ_STEXT_BOLD)
    return Run(
        text=text,
        size=round(span["size"], 1),
        bold=bool(bold),
        italic=bool(flags & _ITALIC),
        mono=bool(flags & _MONO),
        superscript=bool(flags & _SUPERSCRIPT),
        link=_link_at(span["bbox"], links),
    )


def _link_at(bbox: Any, links: list[dict[str, Any]]) -> str | None:
    """Return the address of the link whose area holds the middle of a box."""
    if not links:
        return None
    middle = pymupdf.Point((bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2)
    return next((link["uri"] for link in links if middle in link["from"]), None)


def _table_region(table: Any) -> Region:
    """Return the region of a table with its cells, spans resolved."""
    cells: list[GridCell] = []
    covered: set[tuple[int, int]] = set()
    columns = 0
    for row, entries in enumerate(table.placements):
        column = 0
        for entry in _collapsed(entries) if row in (table.section_rows or ()) else entries:
            while (row, column) in covered:
                column += 1
            covered.update(
                (row + down, column + right) for down in range(entry.rowspan) for right in range(entry.colspan)
            )
            cells.append(
                GridCell(
                    row=row,
                    column=column,
                    row_span=entry.rowspan,
                    column_span=entry.colspan,
                    header=entry.tag == "th",
                    text="\n".join(" ".join(part.split()) for part in entry.text.splitlines() if part.strip()),
                    bbox=None if entry.bbox is None else _box(entry.bbox),
                )
            )
            column += entry.colspan
            columns = max(columns, column)
    grid = Grid(rows=len(table.placements), columns=columns, header_rows=table.header_rows or 0, cells=cells)
    return Region(role=Role.TABLE, bbox=_box(table.bbox), grid=grid)


def _collapsed(entries: list[Any]) -> list[Any]:
    """Return a row that only labels a section as one heading over all its columns."""
    filled = [entry for entry in entries if entry.text.strip()]
    if len(filled) != 1 or len(entries) < 2 or any(entry.rowspan > 1 for entry in entries):
        return entries
    boxes = [entry.bbox for entry in entries if entry.bbox is not None]
    whole = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    columns = sum(entry.colspan for entry in entries)
    return [type(filled[0])(whole if boxes else None, filled[0].text, columns, 1, "th")]


def _deal_words(regions: list[Region], words: list[Word]) -> tuple[list[Region], list[Word]]:
    """Return the regions with the words whose middles lie in them, the smallest region first, and those in none."""
    by_size = sorted(range(len(regions)), key=lambda place: _area(regions[place].bbox))
    boxes = [(place, *regions[place].bbox) for place in by_size]
    dealt: list[list[Word]] = [[] for _ in regions]
    loose = []
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        for place, x0, y0, x1, y1 in boxes:
            if x0 <= x <= x1 and y0 <= y <= y1:
                dealt[place].append(word)
                break
        else:
            loose.append(word)
    filled = []
    for region, own in zip(regions, dealt, strict=True):
        if region.grid is None:
            filled.append(msgspec.structs.replace(region, words=own))
        else:
            grid, rest = _deal_to_cells(region.grid, own)
            filled.append(msgspec.structs.replace(region, grid=grid, words=rest))
    return filled, loose


def _deal_to_cells(grid: Grid, words: list[Word]) -> tuple[Grid, list[Word]]:
    """Return a grid whose cells have the words in them, and the words in none."""
    dealt: list[list[Word]] = [[] for _ in grid.cells]
    rest = []
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        for place, cell in enumerate(grid.cells):
            box = cell.bbox
            if box is not None and box[0] <= x <= box[2] and box[1] <= y <= box[3]:
                dealt[place].append(word)
                break
        else:
            rest.append(word)
    cells = [msgspec.structs.replace(cell, words=own) for cell, own in zip(grid.cells, dealt, strict=True)]
    return msgspec.structs.replace(grid, cells=cells), rest


def _word(entry: tuple[Any, ...]) -> Word:
    """Return a word from what PyMuPDF gives: its box, then its text."""
    return Word(entry[4], round(entry[0], 1), round(entry[1], 1), round(entry[2], 1), round(entry[3], 1))


def _box(rect: Any) -> Box:
    """Return a box rounded to a tenth of a point."""
    return (round(rect[0], 1), round(rect[1], 1), round(rect[2], 1), round(rect[3], 1))


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
