"""PDF files as PyMuPDF reads them: opening, the evidence of a page, the page as a picture."""

from pathlib import Path
from typing import Any

import pymupdf
import pymupdf.layout
from PIL import Image
from pymupdf4llm.helpers import document_layout

from axelered_box.domain.documents import Source, Word
from axelered_box.domain.modules import Refusal
from axelered_box.formats import layout, regions
from axelered_box.formats.evidence import PageEvidence
from axelered_box.formats.regions import Calls, Text

MAX_IMAGE_PIXELS = 40_000_000
"""The most pixels of a page's picture."""
_TEXT_FLAGS = document_layout.FLAGS
_DAMAGE = (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase)
_RULE_PT = 3
_RULES_OF_A_TABLE = 4

pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)


def open_pdf(path: Path, password: str | None = None) -> pymupdf.Document:
    """Return an opened PDF; raises Refusal."""
    try:
        document = pymupdf.open(path, filetype="pdf")
    except _DAMAGE as error:
        raise Refusal("corrupt_document", "The file is damaged: it cannot be opened as a PDF.") from error
    if document.needs_pass:
        if password is None:
            raise Refusal("password_required", "The PDF is encrypted. Send its password in 'parserConfig.password'.")
        if not document.authenticate(password):
            raise Refusal("password_wrong", "The PDF is encrypted and the password does not open it.")
    try:
        count = document.page_count
    except _DAMAGE as error:
        raise Refusal("corrupt_document", "The file is damaged: its list of pages cannot be read.") from error
    if count == 0:
        if document.is_repaired:
            raise Refusal("corrupt_document", "The file is damaged: no page can be found in it.")
        raise Refusal("empty_document", "The PDF has no pages.")
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
    except _DAMAGE:
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
    return Text(text.extractDICT()["blocks"], text.extractWORDS(), text)


def look_at_layout(page: pymupdf.Page, text: Text, *, tables: bool) -> Calls:
    """Make the calls that find the layout of a page whose text is known."""
    blocks = text.blocks
    regions = layout.find(page, blocks, text.textpage)
    found = []
    if tables and _may_hold_table(blocks, regions):
        page.get_layout(return_raw=True)
        found = list(page.find_tables(use_layout=True, union=True, refine=True).tables)
    links = [link for link in page.get_links() if link["kind"] == pymupdf.LINK_URI]
    return Calls(blocks, text.words, regions, found, links)


def read_page(document: pymupdf.Document, number: int, *, tables: bool = True) -> PageEvidence:
    """Return the evidence of a page (from 0) from its own text."""
    page = document.load_page(number)
    return read_loaded(page, look(page, tables=tables), number)


def read_loaded(page: pymupdf.Page, calls: Calls, number: int, words: list[Word] | None = None) -> PageEvidence:
    """Return the evidence of a page from what PyMuPDF said about it, with its own words or those given."""
    found, loose = regions.read(page, calls, words)
    return PageEvidence(
        page=number,
        width=round(page.rect.width, 2),
        height=round(page.rect.height, 2),
        source=Source.DIGITAL,
        regions=found,
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
