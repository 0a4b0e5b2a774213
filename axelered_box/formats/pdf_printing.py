"""What is printed on the pages of a PDF besides what they say: marks, stamps, watermarks, numbers, headers, footers."""

import math

import pymupdf

from axelered_box.domain import edits
from axelered_box.domain.documents import Document, Source
from axelered_box.domain.edits import Done, Find
from axelered_box.formats.pdf_pages import numbers
from axelered_box.formats.pdf_readings import quads_of
from axelered_box.formats.pdf_typesetting import face_for, line_of, print_glyphs
from axelered_box.formats.pdf_words import unturned

Printed = edits.Stamp | edits.Watermark | edits.AddPageNumbers | edits.AddHeader | edits.AddFooter
MARGIN = 28.35
"""How far from the edge of the page a text is printed, in points: 1 cm."""
SHARE_OF_DIAGONAL = 0.7
_CAPITAL_EM = 0.72
"""How high capital letters are, as a part of the size."""
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
        if isinstance(operation, edits.Watermark):
            _watermark(pdf, page, operation)
            continue
        text, size, position = _text_of(operation, operation_number(operation, place), pdf.page_count)
        if not _print(pdf, page, text, size, position, _rgb(getattr(operation, "color", "#000000"))):
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


def _print(
    pdf: pymupdf.Document, page: pymupdf.Page, text: str, size: float, position: str, color: tuple[float, ...]
) -> bool:
    """Print one line at a position of the page as it is shown; tell False when it had to be made smaller."""
    shown = page.rect
    face = face_for(text)
    wide = face.text_length(text, size)
    room = shown.width - 2 * MARGIN
    fits = bool(wide <= room)
    if not fits:
        size, wide = size * room / wide, room
    horizontal = "center" if position == "center" else position.partition("-")[2]
    x = {"left": MARGIN, "center": (shown.width - wide) / 2, "right": shown.width - MARGIN - wide}[horizontal]
    if position.startswith("top"):
        y = MARGIN + size * _CAPITAL_EM
    elif position.startswith("bottom"):
        y = shown.height - MARGIN
    else:
        y = (shown.height + size * _CAPITAL_EM) / 2
    _write(pdf, page, text, size, pymupdf.Point(x, y), 0.0, color)
    return fits


def _watermark(pdf: pymupdf.Document, page: pymupdf.Page, operation: edits.Watermark) -> None:
    """Print a text along the diagonal of the page as it is shown, over all else."""
    shown = page.rect
    diagonal = math.hypot(shown.width, shown.height)
    unit = face_for(operation.text).text_length(operation.text, 1.0)
    size = min(SHARE_OF_DIAGONAL * diagonal / max(1e-6, unit), shown.height / 4)
    angle = math.atan2(shown.height, shown.width)
    back, down = unit * size / 2, size * _CAPITAL_EM / 2
    start = pymupdf.Point(
        shown.width / 2 - back * math.cos(angle) + down * math.sin(angle),
        shown.height / 2 + back * math.sin(angle) + down * math.cos(angle),
    )
    color = _rgb(operation.color)
    _write(pdf, page, operation.text, size, start, math.degrees(angle), color, operation.opacity)


def _write(
    pdf: pymupdf.Document,
    page: pymupdf.Page,
    text: str,
    size: float,
    start: pymupdf.Point,
    angle: float,
    color: tuple[float, ...],
    opacity: float = 1.0,
) -> None:
    """Write from a point of the page as it is shown, at an angle to the left."""
    own, rotation = start * page.derotation_matrix, page.rotation
    with unturned(page):
        print_glyphs(pdf, page, line_of(page, text, size, own, angle + rotation, color), opacity)


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


def _rgb(color: str) -> tuple[float, ...]:
    return tuple(int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
