"""Words removed from the pages of a PDF for good: their glyphs, the pixels of pictures, what else carries them."""

import math

import msgspec
import pymupdf

from axelered_box.domain import documents, edits
from axelered_box.domain.documents import Document, Source
from axelered_box.domain.edits import Done, Find
from axelered_box.formats import pdf_leftovers, pdf_pictures
from axelered_box.formats.pdf_content import go_through
from axelered_box.formats.pdf_pages import numbers
from axelered_box.formats.pdf_readings import Reading, reading_of_words, readings_of
from axelered_box.formats.pdf_setting import Set
from axelered_box.formats.pdf_sought import Sought, box_of
from axelered_box.formats.pdf_text_state import Glyph
from axelered_box.formats.pdf_typesetting import face_for, line_of, print_glyphs
from axelered_box.formats.pdf_words import Letter, around, by_line, lines_of, quads_around, unturned

_OFF_BASELINE_EM = 0.4
"""A glyph belongs to a letter's line when it stands no further above or below it, as a part of the size."""
_MIDDLE_EM = 0.3
"""How far above the baseline the middle of a small letter is."""
_PAD = 1.0
"""Around what is painted in a picture, in points."""
_LABEL_SHARE = 0.7


class Target(msgspec.Struct, frozen=True):
    """An area of a page without its rotation from which everything goes, or only the letters of one line."""

    quad: pymupdf.Quad
    origin: tuple[float, float] | None = None
    """A point on the baseline of the line; None when all that lies in the area goes."""
    direction: tuple[float, float] = (1.0, 0.0)
    size: float = 0.0
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    """That of the quad."""

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "box", tuple(self.quad.rect))


class _PageFound(msgspec.Struct):
    """What has been found on a page."""

    number: int
    texts: list[str]
    wordings: int = 0
    """How many wordings were known when it was searched."""
    matches: list[list[Letter]] = []
    pictured: list[list[pymupdf.Quad]] = []
    """Of words that only a picture of the page shows, for each match."""


def redact(pdf: pymupdf.Document, operation: edits.Redact, document: Document, find: Find) -> tuple[Done, Sought]:
    """Remove what an operation names from the file as it is opened; return what was done and what to look for later.

    All layers of the file have to be on. Raises Refusal.
    """
    sought = Sought(operation, find)
    if operation.boxes is not None:
        return _redact_boxes(pdf, operation), sought
    pages = numbers(operation.pages, pdf.page_count)
    warnings: list[str] = []
    found = [_found_on(pdf[number - 1], document.page(number), sought, document, warnings) for number in pages]
    pdf_leftovers.learn(pdf, sought)
    for page_found in found:
        is_known = page_found.wordings == len(sought.wordings)
        if not is_known and any(sought.worded_in(text) for text in page_found.texts):
            _add_wordings(page_found, readings_of(pdf[page_found.number - 1]), sought)
    left = pdf_leftovers.remove(pdf, sought, set(pages))
    for page_found in found:
        if page_found.matches or page_found.pictured:
            targets = [target for letters in page_found.matches for target in targets_of(letters)]
            areas = [Target(quad) for quads in page_found.pictured for quad in quads]
            clear(pdf, pdf[page_found.number - 1], targets, areas)
            _black(pdf, pdf[page_found.number - 1], [*targets, *areas], operation.label)
    touched = {one.number for one in found if one.matches or one.pictured} | left.pages
    count = sum(len(one.matches) + len(one.pictured) for one in found) + left.count
    return Done(matches=count, pages=sorted(touched), warnings=[*dict.fromkeys([*warnings, *left.warnings])]), sought


def targets_of(letters: list[Letter]) -> list[Target]:
    """Return the areas of letters, one for each line."""
    targets = []
    for line in by_line(letters):
        look = line[0].look
        if look is None:
            targets.append(Target(around(line)))
        else:
            size = max(one.look.size for one in line if one.look is not None)
            targets.append(Target(around(line), line[0].origin, look.direction, size))
    return targets


def clear(pdf: pymupdf.Document, page: pymupdf.Page, targets: list[Target], areas: list[Target]) -> None:
    """Take the letters of targets out of a page, and all that lies in areas; pictures below both are painted."""
    with unturned(page):
        every = [*targets, *areas]
        reach = [(one.box[1], one.box[3]) for one in every]
        go_through(pdf, page, lambda glyph: [] if any(_is_hit(glyph, one) for one in every) else None, reach)
        _paint(page, every, bool(areas))
        remove_stubborn(page, every)


def _is_hit(glyph: Glyph, target: Target) -> bool:
    """Tell whether the middle of a glyph lies in a target, and on its line."""
    x, y = _middle(glyph)
    box = target.box
    slack = 0.1 if glyph.start == glyph.end else 0.0
    if not (box[0] - slack <= x <= box[2] + slack and box[1] <= y <= box[3]):
        return False
    if target.origin is None:
        return True
    right, down = glyph.start[0] - target.origin[0], glyph.start[1] - target.origin[1]
    off = abs(down * target.direction[0] - right * target.direction[1])
    if off > _OFF_BASELINE_EM * max(target.size, 1.0):
        return False
    return slack > 0 or pymupdf.Point(x, y) in target.quad


def _middle(glyph: Glyph) -> tuple[float, float]:
    """Return the middle of a glyph: half of its width, and a bit above its baseline."""
    x, y = glyph.end[0] - glyph.start[0], glyph.end[1] - glyph.start[1]
    wide = (x * x + y * y) ** 0.5
    along = (x / wide, y / wide) if wide > 0 else (1.0, 0.0)
    up = _MIDDLE_EM * glyph.size
    return glyph.start[0] + x / 2 + along[1] * up, glyph.start[1] + y / 2 - along[0] * up


def _paint(page: pymupdf.Page, targets: list[Target], has_areas: bool) -> None:
    """Blank the pixels of pictures below targets, and the outlines that lie in areas."""
    pictures = [pymupdf.Rect(info["bbox"]) for info in page.get_image_info()]
    below = [one for one in targets if any(one.quad.rect.intersects(picture) for picture in pictures)]
    if not below and not has_areas:
        return
    for target in below if not has_areas else targets:
        page.add_redact_annot(target.quad.rect + pymupdf.Rect(-_PAD, -_PAD, _PAD, _PAD), fill=False, cross_out=False)
    page.apply_redactions(
        images=pymupdf.PDF_REDACT_IMAGE_PIXELS,
        graphics=pymupdf.PDF_REDACT_LINE_ART_REMOVE_IF_COVERED if has_areas else pymupdf.PDF_REDACT_LINE_ART_NONE,
        text=pymupdf.PDF_REDACT_TEXT_NONE,
    )


def remove_stubborn(page: pymupdf.Page, targets: list[Target]) -> None:
    """Have MuPDF remove letters that are still there, such as those of fonts whose codes cannot be told apart."""
    left = []
    for letter in (letter for line in lines_of(page) for letter in line if letter.sign.strip()):
        size = letter.look.size if letter.look is not None else 1.0
        x, y = (letter.box[0] + letter.box[2]) / 2, (letter.box[1] + letter.box[3]) / 2
        for target in targets:
            near = target.origin is None or abs(
                (letter.origin[1] - target.origin[1]) * target.direction[0]
                - (letter.origin[0] - target.origin[0]) * target.direction[1]
            ) <= _OFF_BASELINE_EM * max(size, 1.0)
            if near and target.box[0] <= x <= target.box[2] and target.box[1] <= y <= target.box[3]:
                left.append(letter.quad.rect)
                break
    for box in left:
        inset_x, inset_y = box.width * 0.2, box.height * 0.3
        page.add_redact_annot(box + pymupdf.Rect(inset_x, inset_y, -inset_x, -inset_y), fill=False, cross_out=False)
    if left:
        page.apply_redactions(
            images=pymupdf.PDF_REDACT_IMAGE_NONE,
            graphics=pymupdf.PDF_REDACT_LINE_ART_NONE,
            text=pymupdf.PDF_REDACT_TEXT_REMOVE,
        )


def _found_on(
    page: pymupdf.Page, known: documents.Page | None, sought: Sought, document: Document, warnings: list[str]
) -> _PageFound:
    """Return what is found on a page: in its text, in the words recognised by parse, and in its pictures."""
    readings = readings_of(page)
    found = _PageFound(number=page.number + 1, texts=[reading.text for reading in readings])
    found.matches = sought.matches(readings)
    _add_wordings(found, readings, sought)
    for words in _pictured(page, known, document, warnings):
        _add_pictured(found, sought.matches(words), sought.wordings_in(words, set()))
    return found


def _pictured(
    page: pymupdf.Page, known: documents.Page | None, document: Document, warnings: list[str]
) -> list[list[Reading]]:
    """Return the readings of what only pictures say on a page."""
    if known is not None and known.source is Source.OCR and known.words:
        return [reading_of_words(page, known.words)]
    area = pdf_pictures.area_of(page)
    if area is None:
        return []
    if not pdf_pictures.can_read():
        warnings.append("Pictures could not be looked into: this box has no Tesseract.")
        return []
    return [reading_of_words(page, pdf_pictures.words_in(page, area, pdf_pictures.languages_of(document)))]


def _add_pictured(found: _PageFound, *matches: list[list[Letter]]) -> None:
    """Add what was seen in pictures, but for what the text of the page says itself at the same place."""
    known = [quad.rect for letters in found.matches for quad in quads_around(letters)]
    known += [quad.rect for quads in found.pictured for quad in quads]
    for letters in (letters for some in matches for letters in some):
        quads = quads_around(letters)
        if not all(any(_covers(box, quad.rect) for box in known) for quad in quads):
            found.pictured.append(quads)
            known += [quad.rect for quad in quads]


def _covers(box: pymupdf.Rect, other: pymupdf.Rect) -> bool:
    """Tell whether a box covers nearly all of another along the line."""
    shared = box & other
    return not shared.is_empty and shared.width >= 0.9 * other.width and shared.height >= 0.5 * other.height


def _add_wordings(found: _PageFound, readings: list[Reading], sought: Sought) -> None:
    """Add the places of words as they were found so far."""
    taken = {letter.place for letters in found.matches for letter in letters}
    found.matches += sought.wordings_in(readings, taken)
    found.wordings = len(sought.wordings)


def _redact_boxes(pdf: pymupdf.Document, operation: edits.Redact) -> Done:
    """Remove all that lies in areas."""
    by_page: dict[int, list[Target]] = {}
    for one in operation.boxes or []:
        number = numbers(str(one.page), pdf.page_count)[0]
        by_page.setdefault(number, []).append(Target(box_of(pdf[number - 1], one.box).quad))
    for number, areas in by_page.items():
        pdf_leftovers.remove_in(pdf[number - 1], [area.quad.rect for area in areas])
        clear(pdf, pdf[number - 1], [], areas)
        _black(pdf, pdf[number - 1], areas, operation.label)
    return Done(matches=sum(map(len, by_page.values())), pages=sorted(by_page))


def _black(pdf: pymupdf.Document, page: pymupdf.Page, targets: list[Target], label: str | None) -> None:
    """Draw black over places, with a word on each that has room for it."""
    upright = math.radians(page.rotation)
    with unturned(page):
        page.wrap_contents()
        shape = page.new_shape()
        for target in targets:
            shape.draw_quad(target.quad)
            shape.finish(fill=(0, 0, 0), color=(0, 0, 0), width=0.2)
        shape.commit()
        for target in targets if label else []:
            direction = target.direction if target.origin else (math.cos(upright), -math.sin(upright))
            print_glyphs(pdf, page, _label(page, target.quad, label or "", direction))


def _label(page: pymupdf.Page, quad: pymupdf.Quad, label: str, direction: tuple[float, float]) -> list[Set]:
    """Return the glyphs of a word in white in the middle of a place."""
    corners = (quad.ul, quad.ur, quad.ll, quad.lr)
    along = [corner.x * direction[0] + corner.y * direction[1] for corner in corners]
    across = [corner.y * direction[0] - corner.x * direction[1] for corner in corners]
    wide, high = max(along) - min(along), max(across) - min(across)
    unit = max(0.01, face_for(label).text_length(label, 1.0))
    size = min(_LABEL_SHARE * high, 0.9 * wide / unit)
    back, down = unit * size / 2, 0.35 * size
    middle = (quad.ul + quad.lr) / 2
    onwards = pymupdf.Point(direction)
    start = middle - onwards * back + pymupdf.Point(-direction[1], direction[0]) * down
    return line_of(page, label, size, start, math.degrees(math.atan2(-direction[1], direction[0])), (1.0, 1.0, 1.0))
