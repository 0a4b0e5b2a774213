"""What is printed on the pages of a PDF besides what they say: marks, stamps, watermarks, numbers, headers, footers."""

import math

import pymupdf

from axelered_box.domain import edits
from axelered_box.domain.documents import Document, Source
from axelered_box.domain.edits import Done, Find
from axelered_box.formats.pdf_pages import numbers
from axelered_box.formats.pdf_words import quads_of

Printed = edits.Stamp | edits.Watermark | edits.AddPageNumbers | edits.AddHeader | edits.AddFooter
MARGIN = 28.35
"""How far from the edge of the page a text is printed, in points: 1 cm."""
SHARE_OF_DIAGONAL = 0.7
_FONT = "helv"
_STYLES = {
    "highlight": pymupdf.Page.add_highlight_annot,
    "underline": pymupdf.Page.add_underline_annot,
    "strikeout": pymupdf.Page.add_strikeout_annot,
}


def mark(pdf: pymupdf.Document, operation: edits.Highlight, document: Document, find: Find) -> Done:
    """Mark a text or a field wherever it stands."""
    count, touched = 0, []
    for number in numbers(operation.pages, pdf.page_count):
        page = pdf[number - 1]
        known = document.page(number)
        words = known.words if known is not None and known.source is Source.OCR else None
        for quads in quads_of(page, operation, find, words):
            _mark(page, operation, quads)
            count += 1
            touched.append(number)
    return Done(matches=count, pages=sorted(set(touched)))


def print_text(pdf: pymupdf.Document, operation: Printed) -> Done:
    """Print a text on pages, upright as they are shown."""
    pages = numbers(operation.pages, pdf.page_count)
    warnings: list[str] = []
    for place, number in enumerate(pages):
        page = pdf[number - 1]
        page.clean_contents() if page.first_annot is None and not page.is_wrapped else page.wrap_contents()
        if isinstance(operation, edits.Watermark):
            _watermark(page, operation)
            continue
        text, size, position = _text_of(operation, operation_number(operation, place), pdf.page_count)
        if not _print(page, text, size, position, _rgb(getattr(operation, "color", "#000000"))):
            warnings.append(f"The text is wider than page {number}; it was printed smaller.")
    return Done(matches=len(pages), pages=pages, warnings=warnings)


def operation_number(operation: Printed, place: int) -> int:
    """Return the number that a page gets."""
    return operation.first + place if isinstance(operation, edits.AddPageNumbers) else place + 1


def _text_of(operation: Printed, number: int, count: int) -> tuple[str, float, str]:
    """Return the text, its size and its position."""
    match operation:
        case edits.AddPageNumbers():
            text = operation.format.replace("{pages}", str(count)).replace("{page}", str(number))
            return text, operation.font_size, operation.position
        case edits.Stamp():
            return operation.text, operation.font_size, operation.position
        case edits.AddFooter():
            return operation.text, operation.font_size, f"bottom-{operation.align}"
        case edits.AddHeader():
            return operation.text, operation.font_size, f"top-{operation.align}"
        case edits.Watermark():
            return operation.text, 0.0, "center"


def _print(page: pymupdf.Page, text: str, size: float, position: str, color: tuple[float, ...]) -> bool:
    """Print one line at a position of the page as it is shown; tell False when it had to be made smaller."""
    font = _font_for(text)
    shown = page.rect
    wide = font.text_length(text, size)
    room = shown.width - 2 * MARGIN
    fits = wide <= room
    if not fits:
        size, wide = size * room / wide, room
    horizontal = "center" if position == "center" else position.partition("-")[2]
    x = {"left": MARGIN, "center": (shown.width - wide) / 2, "right": shown.width - MARGIN - wide}[horizontal]
    if position.startswith("top"):
        y = MARGIN + size * font.ascender
    elif position.startswith("bottom"):
        y = shown.height - MARGIN
    else:
        y = shown.height / 2
    writer = pymupdf.TextWriter(page.rect)
    writer.append(pymupdf.Point(x, y), text, font=font, fontsize=size)
    _write(page, writer, color, 1.0, None)
    return fits


def _watermark(page: pymupdf.Page, operation: edits.Watermark) -> None:
    """Print a text along the diagonal of the page as it is shown, below nothing."""
    font = _font_for(operation.text)
    shown = page.rect
    diagonal = math.hypot(shown.width, shown.height)
    size = SHARE_OF_DIAGONAL * diagonal / max(1e-6, font.text_length(operation.text, 1.0))
    size = min(size, shown.height / 4)
    wide = font.text_length(operation.text, size)
    center = pymupdf.Point(shown.width / 2, shown.height / 2)
    start = pymupdf.Point(center.x - wide / 2, center.y + size * 0.35)
    writer = pymupdf.TextWriter(page.rect)
    writer.append(start, operation.text, font=font, fontsize=size)
    angle = math.degrees(math.atan2(shown.height, shown.width))
    _write(page, writer, _rgb(operation.color), operation.opacity, (center, pymupdf.Matrix(angle)))


def _write(
    page: pymupdf.Page,
    writer: pymupdf.TextWriter,
    color: tuple[float, ...],
    opacity: float,
    morph: tuple[pymupdf.Point, pymupdf.Matrix] | None,
) -> None:
    """Write on a page in the coordinates in which it is shown, whatever its own rotation is."""
    rotation = page.rotation
    if rotation == 0:
        writer.write_text(page, color=color, opacity=opacity, morph=morph)
        return
    # The text is written in the page's own coordinates and turned so that it stands upright as the page is shown.
    page.set_rotation(0)
    try:
        origin = pymupdf.Point(0, 0)
        turn = _to_unrotated(page, rotation)
        if morph is not None:
            center, matrix = morph
            turn = (
                pymupdf.Matrix(1, 0, 0, 1, -center.x, -center.y)
                * matrix
                * pymupdf.Matrix(1, 0, 0, 1, center.x, center.y)
                * turn
            )
        writer.write_text(page, color=color, opacity=opacity, morph=(origin, turn))
    finally:
        page.set_rotation(rotation)


def _to_unrotated(page: pymupdf.Page, rotation: int) -> pymupdf.Matrix:
    """Return what takes a point of the page as shown to the page as it is without rotation."""
    wide, high = page.rect.width, page.rect.height
    return {
        90: pymupdf.Matrix(0, -1, 1, 0, 0, high),
        180: pymupdf.Matrix(-1, 0, 0, -1, wide, high),
        270: pymupdf.Matrix(0, 1, -1, 0, wide, 0),
    }[rotation]


def _mark(page: pymupdf.Page, operation: edits.Highlight, quads: list[pymupdf.Quad]) -> None:
    """Mark one place, which may go over several lines."""
    if operation.style == "box":
        for quad in quads:
            annotation = page.add_rect_annot(quad.rect)
            annotation.set_colors(stroke=_rgb(operation.color))
            annotation.update()
        return
    annotation = _STYLES[operation.style](page, quads)
    annotation.set_colors(stroke=_rgb(operation.color))
    annotation.update()


def _font_for(text: str) -> pymupdf.Font:
    """Return a font that has all letters of a text: Helvetica, or the one for all scripts."""
    font = pymupdf.Font(_FONT)
    return font if all(font.has_glyph(ord(sign)) for sign in text if not sign.isspace()) else pymupdf.Font("cjk")


def _rgb(color: str) -> tuple[float, ...]:
    return tuple(int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
