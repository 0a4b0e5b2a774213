"""The words in the pictures of a PDF page, read by Tesseract for what the file does not say itself."""

import pymupdf
from PIL import Image

from axelered_box import assets
from axelered_box.domain.documents import Document, Word
from axelered_box.formats import recognition

DPI = 200
LEAST_SHARE = 0.002
"""A picture that covers less of its page has no line of text."""
MAX_PIXELS = 40_000_000
_BORDER = 12.0


def can_read() -> bool:
    """Tell whether this box has Tesseract."""
    return assets.tesseract() is not None and assets.tessdata() is not None


def languages_of(document: Document) -> list[str]:
    """Return those languages of a document that can be read, English where there are none."""
    installed = assets.ocr_languages()
    return (
        [code for code in document.languages if code in installed][:2]
        or [code for code in ("eng",) if code in installed]
        or installed[:1]
    )


def area_of(page: pymupdf.Page) -> pymupdf.Rect | None:
    """Return the part of a page as shown that has pictures, all of it where outlines are drawn and no text is said."""
    whole = page.rect
    area = pymupdf.Rect()
    for info in page.get_image_info():
        box = (pymupdf.Rect(info["bbox"]) * page.rotation_matrix) & whole
        if not box.is_empty and box.get_area() >= LEAST_SHARE * whole.get_area():
            area |= box
    if not page.get_text().strip() and page.get_cdrawings():
        return whole
    return None if area.is_empty else area


def words_in(page: pymupdf.Page, area: pymupdf.Rect, languages: list[str]) -> list[Word]:
    """Return the words that are read in an area of a page as shown, in its coordinates."""
    recognition.prepare()
    dpi = min(DPI, 72 * (MAX_PIXELS / max(1.0, area.get_area())) ** 0.5)
    pixels = page.get_pixmap(dpi=round(dpi), clip=area, colorspace=pymupdf.csGRAY, alpha=False)
    if pixels.width < _BORDER or pixels.height < _BORDER:
        return []
    image = Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)
    scale = 72 / round(dpi)
    left, top = pixels.x * scale, pixels.y * scale
    read = recognition.read(image, round(dpi), languages)
    return [
        Word(
            word.text,
            left + word.x0 * scale,
            top + word.y0 * scale,
            left + word.x1 * scale,
            top + word.y1 * scale,
            word.confidence,
        )
        for word in read.words
    ]
