"""The letters of a PDF page with their places and looks."""

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import pymupdf

_FLAGS = pymupdf.TEXT_PRESERVE_LIGATURES | pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_IGNORE_ACTUALTEXT


class Look(msgspec.Struct, frozen=True):
    """What a stretch of text looks like."""

    font: str
    """Its PostScript name."""
    size: float
    flags: int
    """As in PyMuPDF's spans: serif, mono, bold, italic."""
    color: int
    """sRGB."""
    alpha: int
    direction: tuple[float, float]
    """Of its line, in the page's coordinates."""


class Letter(msgspec.Struct, frozen=True):
    """A character on a page without its rotation."""

    sign: str
    box: tuple[float, float, float, float]
    origin: tuple[float, float]
    line: int
    """Its line's place among those of the page."""
    place: int
    """Its own place among the letters of the page."""
    look: Look | None = None
    """None where it was recognised in a picture."""
    slanted: pymupdf.Quad | None = None
    """Its quad on a line that runs neither level nor upright."""

    @property
    def quad(self) -> pymupdf.Quad:
        """Return the quad around it."""
        return pymupdf.Rect(self.box).quad if self.slanted is None else self.slanted


@contextmanager
def unturned(page: pymupdf.Page) -> Iterator[pymupdf.Page]:
    """Lay a page as it is without its rotation, for as long as it is worked on."""
    rotation = page.rotation
    page.set_rotation(0)
    try:
        yield page
    finally:
        page.set_rotation(rotation)


def lines_of(page: pymupdf.Page) -> list[list[Letter]]:
    """Return the lines of a page's content, those beside the paper too; without what annotations say."""
    with unturned(page):
        raw = _text_of(page).extractRAWDICT()
    lines: list[list[Letter]] = []
    place = 0
    for line in (line for block in raw["blocks"] if block["type"] == 0 for line in block["lines"]):
        letters = []
        is_slanted = tuple(line["dir"]) != (1.0, 0.0)
        for span in line["spans"]:
            look = Look(span["font"], span["size"], span["flags"], span["color"], span["alpha"], tuple(line["dir"]))
            for char in span["chars"]:
                quad = pymupdf.recover_char_quad(tuple(line["dir"]), span, char) if is_slanted else None
                box = char["bbox"] if quad is None else tuple(quad.rect)
                letters.append(Letter(char["c"], box, char["origin"], len(lines), place, look, quad))
                place += 1
        lines.append(letters)
    return lines


def _text_of(page: pymupdf.Page) -> pymupdf.TextPage:
    text = pymupdf.mupdf.FzStextPage(pymupdf.mupdf.FzRect(pymupdf.mupdf.FzRect.Fixed_INFINITE))
    device = pymupdf.mupdf.fz_new_stext_device(text, pymupdf.mupdf.FzStextOptions(_FLAGS))
    inner = page.this.super() if isinstance(page.this, pymupdf.mupdf.PdfPage) else page.this
    pymupdf.mupdf.fz_run_page_contents(inner, device, pymupdf.mupdf.FzMatrix(), pymupdf.mupdf.FzCookie())
    pymupdf.mupdf.fz_close_device(device)
    return pymupdf.TextPage(text)


def quads_around(letters: list[Letter]) -> list[pymupdf.Quad]:
    """Return a quad around the letters of each line."""
    return [around(line) for line in by_line(letters)]


def by_line(letters: list[Letter]) -> list[list[Letter]]:
    """Return letters by the lines that they stand on."""
    lines: dict[int, list[Letter]] = {}
    for letter in letters:
        lines.setdefault(letter.line, []).append(letter)
    return list(lines.values())


def around(letters: list[Letter]) -> pymupdf.Quad:
    """Return the quad around letters of one line."""
    direction = letters[0].look.direction if letters[0].look is not None else (1.0, 0.0)
    if abs(direction[0]) > 0.999 or abs(direction[1]) > 0.999:
        box = pymupdf.Rect(letters[0].quad.rect)
        for letter in letters[1:]:
            box |= letter.quad.rect
        return box.quad
    along = sorted(letters, key=lambda letter: letter.origin[0] * direction[0] + letter.origin[1] * direction[1])
    first, last = along[0].quad, along[-1].quad
    return pymupdf.Quad(first.ul, last.ur, first.ll, last.lr)
