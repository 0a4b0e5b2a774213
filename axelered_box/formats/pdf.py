"""PDF files as PyMuPDF reads them: opening, the evidence of a page, the page as a picture."""

from pathlib import Path
from typing import Any

import pymupdf
import pymupdf.layout
from PIL import Image
from pymupdf4llm.helpers import document_layout

from axelered_box.domain.documents import Source, Word
from axelered_box.domain.modules import Refusal
from axelered_box.formats import layout, regions, slanted, spacing, tags
from axelered_box.formats.dealing import deal_words
from axelered_box.formats.evidence import PageEvidence, Region
from axelered_box.formats.regions import Calls, Text
from axelered_box.formats.tables import find_tables
from axelered_box.formats.tables_scanned import Recognised
from axelered_box.formats.tables_scanned import find_tables as find_scanned

MAX_IMAGE_PIXELS = 40_000_000
"""The most pixels of a page's picture."""
MAX_BOOKMARKS = 10_000
_TEXT_FLAGS = document_layout.FLAGS
_DAMAGE = (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase)

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


def outline(document: pymupdf.Document) -> list[tuple[int, str]]:
    """Return the level, from 1, and title of each bookmark; none where they are damaged."""
    try:
        return [(level, title) for level, title, _ in document.get_toc()[:MAX_BOOKMARKS] if title.strip()]
    except _DAMAGE:
        return []


def has_no_fonts(document: pymupdf.Document, number: int) -> bool:
    """Tell whether a page (from 0) names no font, so that it can have no text; its content is not read."""
    try:
        return not document.get_page_fonts(number)
    except _DAMAGE:
        return False


def look(page: pymupdf.Page, *, tables: bool, recognised: Recognised | None = None) -> Calls:
    """Make the PyMuPDF calls for one page: text, layout model, tables, words and links.

    This is all of a digital page's cost that is not ours. The page's rotation is taken into its content.
    """
    text = text_of(page) if recognised is None else _text_alone(page)
    return look_at_layout(page, text, tables=tables, recognised=recognised)


def text_of(page: pymupdf.Page) -> Text:
    """Return a page's text, images and vectors, its rotation taken into its content."""
    page.remove_rotation()
    if not has_no_fonts(page.parent, page.number):
        return _text(page, _TEXT_FLAGS)
    alone = _text_alone(page)
    images = [{"type": 1, "bbox": info["bbox"]} for info in page.get_image_info()]
    return Text([*alone.blocks, *images], alone.words, alone.textpage)


def _text_alone(page: pymupdf.Page) -> Text:
    """Return a page's text and vectors: MuPDF packs each image anew that is no JPEG, 0.06 s for that of a scan."""
    return _text(page, _TEXT_FLAGS & ~pymupdf.TEXT_PRESERVE_IMAGES)


def _text(page: pymupdf.Page, flags: int) -> Text:
    text = page.get_textpage(flags=flags, clip=pymupdf.INFINITE_RECT())
    blocks, words = spacing.mended(text, text.extractDICT()["blocks"], text.extractWORDS())
    return Text(_on_paper(blocks, page.rect), [word for word in words if _is_seen(word[:4], page.rect)], text)


def _on_paper(blocks: list[dict[str, Any]], rect: pymupdf.Rect) -> list[dict[str, Any]]:
    """Return blocks without what their lines say beside the page, where nobody sees it; words name lines by place."""
    if all(_is_seen(block["bbox"], rect) for block in blocks):
        return blocks
    return [
        block
        if block["type"] != 0
        else {
            **block,
            "lines": [line if _is_seen(line["bbox"], rect) else {**line, "spans": []} for line in block["lines"]],
        }
        for block in blocks
    ]


def _is_seen(box: Any, rect: pymupdf.Rect) -> bool:
    """Tell whether half of a box or more lies on the page."""
    x0, y0, x1, y1 = box
    across, down = min(x1, rect.x1) - max(x0, rect.x0), min(y1, rect.y1) - max(y0, rect.y0)
    return bool(across >= (x1 - x0) / 2 and down >= (y1 - y0) / 2)


def look_at_layout(page: pymupdf.Page, text: Text, *, tables: bool, recognised: Recognised | None = None) -> Calls:
    """Make the calls that find the layout of a page whose text is known, from the file or by recognition."""
    blocks = text.blocks
    regions = layout.find(page, blocks, text.textpage)
    found: list[Region] = []
    if tables:
        seen = find_tables(blocks, text.words, regions) if recognised is None else find_scanned(recognised, regions)
        found = seen.tables
        regions = [*regions, *({"class_name": cut.role.value, "group_bbox": cut.bbox} for cut in seen.cuts)]
    return Calls(blocks, text.words, regions, found, links_of(page))


def read_page(document: pymupdf.Document, number: int, *, tables: bool = True) -> PageEvidence:
    """Return the evidence of a page (from 0) from its own text."""
    page = document.load_page(number)
    return read_loaded(page, look(page, tables=tables), number)


def read_digital(page: pymupdf.Page, text: Text, number: int, *, tables: bool) -> PageEvidence:
    """Return the evidence of a page whose text is known: from its tags where they are sane, else from its layout."""
    found = tags.regions_of(page, links_of(page)) if tables else None
    if found is None:
        return read_loaded(page, look_at_layout(page, text, tables=tables), number)
    dealt, loose = deal_words(found, [regions.word_of(entry) for entry in text.words])
    return _evidence(page, number, text.blocks, dealt, loose)


def links_of(page: pymupdf.Page) -> list[dict[str, Any]]:
    """Return the addresses that a page links to, each with its area."""
    return [link for link in page.get_links() if link["kind"] == pymupdf.LINK_URI]


def read_loaded(page: pymupdf.Page, calls: Calls, number: int, words: list[Word] | None = None) -> PageEvidence:
    """Return the evidence of a page from what PyMuPDF said about it, with its own words or those given."""
    found, loose = regions.read(page, calls, words)
    return _evidence(page, number, calls.blocks, found, loose)


def _evidence(
    page: pymupdf.Page, number: int, blocks: list[dict[str, Any]], found: list[Region], loose: list[Word]
) -> PageEvidence:
    """Return the evidence of a digital page, what is printed across it last."""
    across = slanted.regions_of(blocks)
    return PageEvidence(
        page=number,
        width=round(page.rect.width, 2),
        height=round(page.rect.height, 2),
        source=Source.DIGITAL,
        regions=slanted.with_words(found, across) if across else found,
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
    """Take out the tag tree, which does not describe pages that were replaced."""
    catalog = document.pdf_catalog()
    if document.xref_get_key(catalog, "StructTreeRoot")[0] != "null":
        document.xref_set_key(catalog, "StructTreeRoot", "null")
