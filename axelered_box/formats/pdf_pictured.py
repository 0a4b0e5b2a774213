"""Text replaced on a page that is a picture: painted over in the colour of the paper, and printed anew."""

import pymupdf

from axelered_box.domain import edits
from axelered_box.domain.documents import Word
from axelered_box.domain.edits import Find
from axelered_box.formats import pdf_redacting
from axelered_box.formats.pdf_readings import matches_in, reading_of_words, readings_of
from axelered_box.formats.pdf_redacting import Target
from axelered_box.formats.pdf_words import Letter, by_line, quads_around

_FONT = "helv"
_BELOW = frozenset("gjpqy,;()[]|Q")
_DESCENT = 0.2
"""The part of the size that such letters reach below the line."""
_NARROWEST = 0.8
_CELL_EM = 1.0
_WARNING = "Page {} is a picture: the text was painted over and printed anew in a font like it."


def replace_pictured(
    pdf: pymupdf.Document,
    page: pymupdf.Page,
    operation: edits.ReplaceText,
    find: Find,
    words: list[Word],
    warnings: list[str],
) -> int:
    """Replace on one page, which lies without its rotation; return how often."""
    readings = readings_of(page) or reading_of_words(page, words)
    matches = matches_in(readings, operation, find)
    if not matches:
        return 0
    warnings.append(_WARNING.format(page.number + 1))
    letters = [letter for letter in readings[0].letters if letter is not None]
    papers = [[_paper(page, quad.rect) for quad in quads_around(match)] for match in matches]
    areas = [Target(quad) for match in matches for quad in quads_around(match)]
    pdf_redacting.clear(pdf, page, [], areas)
    for match, colors in zip(matches, papers, strict=True):
        page.wrap_contents()
        for quad, color in zip(quads_around(match), colors, strict=True):
            page.draw_rect(quad.rect, color=color, fill=color, width=0)
        _print(page, operation.replace, by_line(match)[0], letters, warnings)
    return len(matches)


def _paper(page: pymupdf.Page, box: pymupdf.Rect) -> tuple[float, ...]:
    """Return the most frequent colour of a place, which is that of its paper."""
    pixels = page.get_pixmap(clip=box + pymupdf.Rect(-1, -1, 1, 1), dpi=72, alpha=False)
    _, color = pixels.color_topusage()
    return tuple(value / 255 for value in color)


def _print(page: pymupdf.Page, text: str, match: list[Letter], letters: list[Letter], warnings: list[str]) -> None:
    """Print a text as high as the one that it stands for was."""
    font = pymupdf.Font(_FONT)
    if not all(font.has_glyph(ord(sign)) for sign in text):
        font = pymupdf.Font("cjk")
    old = "".join(letter.sign for letter in match)
    box = pymupdf.Rect(match[0].quad.rect)
    for letter in match:
        box |= letter.quad.rect
    size = min(box.width / max(0.1, font.text_length(old, 1.0)), box.height * 1.4)
    baseline = match[0].origin[1] - (_DESCENT * size if match[0].look is None and _BELOW & set(old) else 0.0)
    room = _room(page, box, letters, size) - box.x0
    wide = font.text_length(text, size)
    factor = min(1.0, max(_NARROWEST, room / wide)) if wide else 1.0
    if wide * factor > room + 0.5:
        warnings.append(f"'{text}' is longer than page {page.number + 1} has room for: it reaches into what follows.")
    writer = pymupdf.TextWriter(page.rect)
    start = pymupdf.Point(box.x0, baseline)
    if text:
        writer.append(start, text, font=font, fontsize=size)
        writer.write_text(page, morph=(start, pymupdf.Matrix(factor, 0, 0, 1, 0, 0)))


def _room(page: pymupdf.Page, box: pymupdf.Rect, letters: list[Letter], size: float) -> float:
    """Return how far to the right a text may reach: to the next one on its line."""
    middle = (box.y0 + box.y1) / 2
    behind = [
        letter.box[0]
        for letter in letters
        if letter.sign.strip() and letter.box[1] <= middle <= letter.box[3] and letter.box[0] >= box.x1
    ]
    return float(min(behind) - 0.15 * size if behind else page.rect.x1 - size)
