"""The searchable page: a page as it is seen, with the recognised words laid over it unseen by OCRmyPDF's renderer.

OCRmyPDF as a whole makes the picture of a page twice, packs it several times and takes the file apart and together
again: measured on a straight page of 200 dpi, 0.5 CPU s beside the recognition; its renderer alone takes 0.08.
"""

import functools
import io
from pathlib import Path

import ocrmypdf
import pymupdf
from ocrmypdf import OcrElement
from ocrmypdf.font import MultiFontManager
from ocrmypdf.fpdf_renderer import Fpdf2PdfRenderer
from PIL import Image


def write_over(page: pymupdf.Page, rotation: int, tree: OcrElement, target: Path) -> None:
    """Write a page, turned clockwise and else as it is, with its words to a file of its own."""
    document = pymupdf.open()
    document.insert_pdf(page.parent, from_page=page.number, to_page=page.number, widgets=False)
    alone = document[0]
    alone.remove_rotation()
    if rotation:
        alone.set_rotation(rotation)
        alone.remove_rotation()
    _finish(document, alone, tree, target)


def write_picture(
    picture: Image.Image, size_pt: tuple[float, float], jpeg_quality: int, tree: OcrElement, target: Path
) -> None:
    """Write the picture of a page with its words to a file of its own."""
    document = pymupdf.open()
    page = document.new_page(width=size_pt[0], height=size_pt[1])
    packed = io.BytesIO()
    if picture.mode == "1":
        picture.save(packed, "PNG")
    else:
        picture.save(packed, "JPEG", quality=jpeg_quality)
    page.insert_image(page.rect, stream=packed.getvalue(), keep_proportion=False)
    _finish(document, page, tree, target)


def _finish(document: pymupdf.Document, page: pymupdf.Page, tree: OcrElement, target: Path) -> None:
    """Lay the words over the only page of a document and write it."""
    if tree.words:
        words = target.with_suffix(".words")
        Fpdf2PdfRenderer(tree, tree.dpi or 72.0, fonts()).render(words)
        with pymupdf.open(words, filetype="pdf") as layer:
            page.show_pdf_page(page.rect, layer, 0, keep_proportion=False)
        words.unlink()
    document.save(target, garbage=1, no_new_id=True)


@functools.cache
def fonts() -> MultiFontManager:
    """Return the fonts of unseen text, read once in a process."""
    return MultiFontManager(Path(ocrmypdf.__file__).parent / "data")
