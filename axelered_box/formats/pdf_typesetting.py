"""Text set on a PDF page glyph by glyph, with the fonts that are on it or fonts like them."""

import re
from pathlib import Path

import ocrmypdf
import pymupdf

from axelered_box.formats.pdf_content import go_through
from axelered_box.formats.pdf_fonts import Font
from axelered_box.formats.pdf_objects import object_of
from axelered_box.formats.pdf_setting import CODE_PAGE, OPACITY, LookAlike, Set, add_opacity, named
from axelered_box.formats.pdf_text_state import Glyph
from axelered_box.formats.pdf_words import Letter, Look, lines_of, unturned

_PAGES_LOOKED_AT = 30
"""Codes of a font's letters are taken from so many pages."""
_NEAR = 0.2
"""A glyph and a letter within this distance are the same, in points."""
_SAME_GLYPH = {" ": " \u00a0", "\u00a0": "\u00a0 ", "-": "-\u00ad\u2010", "\u2010": "\u2010-"}
"""Signs that one glyph stands for: files often name it by another than the usual one."""


class Glyphs:
    """The glyphs of a page by the letters that they are, and the codes of letters in each font of the file."""

    def __init__(self, pdf: pymupdf.Document) -> None:
        self._pdf = pdf
        self._codes: dict[int, dict[str, bytes]] = {}
        self._looked: set[int] = set()

    def of_page(
        self, page: pymupdf.Page, lines: list[list[Letter]], reach: list[tuple[float, float]] | None = None
    ) -> dict[int, Glyph]:
        """Return the glyph of each letter of lines of a page, without its rotation, by the letter's place.

        `reach` are the stretches of the page's height that the lines stand in, all of it when absent.
        """
        near: dict[tuple[int, int], list[Glyph]] = {}

        def take(glyph: Glyph) -> None:
            near.setdefault((round(glyph.start[0]), round(glyph.start[1])), []).append(glyph)

        go_through(self._pdf, page, take, reach)
        if reach is None:
            self._looked.add(page.number)
        found: dict[int, Glyph] = {}
        for letter in (letter for line in lines for letter in line):
            glyph = _nearest(letter, near)
            if glyph is not None:
                found[letter.place] = glyph
                self._codes.setdefault(glyph.font.xref, {}).setdefault(letter.sign, glyph.code)
        return found

    def code(self, font: Font, sign: str) -> bytes | None:
        """Return the code of a sign in a font, None where the font is not known to have it."""
        known = self._known(font, sign)
        if known is None:
            for number in range(min(self._pdf.page_count, _PAGES_LOOKED_AT)):
                if number not in self._looked and self._uses(number, font):
                    page = self._pdf[number]
                    with unturned(page):
                        self.of_page(page, lines_of(page))
            known = self._known(font, sign)
        return known

    def _known(self, font: Font, sign: str) -> bytes | None:
        codes = self._codes.get(font.xref, {})
        return next((codes[way] for way in _SAME_GLYPH.get(sign, sign) if way in codes), None) or font.usual_code(sign)

    def _uses(self, number: int, font: Font) -> bool:
        return any(entry[0] == font.xref for entry in self._pdf.get_page_fonts(number))


def _nearest(letter: Letter, near: dict[tuple[int, int], list[Glyph]]) -> Glyph | None:
    """Return the glyph that begins where a letter does."""
    x, y = letter.origin
    for column in (round(x), round(x) - 1, round(x) + 1):
        for row in (round(y), round(y) - 1, round(y) + 1):
            for glyph in near.get((column, row), []):
                if abs(glyph.start[0] - x) <= _NEAR and abs(glyph.start[1] - y) <= _NEAR:
                    return glyph
    return None


def look_alike(page: pymupdf.Page, look: Look | None, text: str) -> LookAlike:
    """Return a font like a look that has all letters of a text, as one of the page's."""
    flags = 0 if look is None else look.flags
    name = (look.font if look is not None else "").casefold()
    bold = bool(flags & pymupdf.TEXT_FONT_BOLD) or "bold" in name
    italic = bool(flags & pymupdf.TEXT_FONT_ITALIC) or "italic" in name or "oblique" in name
    family = "co" if flags & pymupdf.TEXT_FONT_MONOSPACED else "ti" if flags & pymupdf.TEXT_FONT_SERIFED else "he"
    try:
        text.encode(CODE_PAGE)
    except UnicodeEncodeError:
        return _for_all_scripts(page, text)
    usual = {"co": "cour", "ti": "tiro", "he": "helv"}[family]
    code = family + ("bi" if bold and italic else "bo" if bold else "it") if bold or italic else usual
    return LookAlike(page.insert_font(fontname=code), pymupdf.Font(code), is_wide=False)


def face_for(text: str) -> pymupdf.Font:
    """Return a font that has all letters of a text: Helvetica, or one for many scripts."""
    try:
        text.encode(CODE_PAGE)
    except UnicodeEncodeError:
        return _wide_face(text)
    return pymupdf.Font("helv")


def _wide_face(text: str) -> pymupdf.Font:
    face = pymupdf.Font(fontfile=str(Path(ocrmypdf.__file__).parent / "data" / "NotoSans-Regular.ttf"))
    return face if all(face.has_glyph(ord(sign)) for sign in text) else pymupdf.Font("cjk")


def _for_all_scripts(page: pymupdf.Page, text: str) -> LookAlike:
    face = _wide_face(text)
    name = "Like" + re.sub(r"\W", "", face.name)
    return LookAlike(page.insert_font(fontname=name, fontbuffer=face.buffer), face, is_wide=True)


def print_glyphs(pdf: pymupdf.Document, page: pymupdf.Page, glyphs: list[Set], opacity: float = 1.0) -> None:
    """Print glyphs on a page without its rotation, over all else."""
    back = ~page.transformation_matrix
    dictionary = object_of(pdf, page.xref)
    resources = pymupdf.mupdf.pdf_copy_dict(
        pymupdf.mupdf.pdf_dict_get_inheritable(dictionary, pymupdf.mupdf.PDF_ENUM_NAME_Resources)
    )
    pymupdf.mupdf.pdf_dict_puts(dictionary, "Resources", resources)
    names = named(pdf, resources, [glyph.font for glyph in glyphs])
    if opacity < 1:
        add_opacity(pdf, resources, opacity)
    told = ["q", f"/{OPACITY} gs" if opacity < 1 else ""]
    for glyph in glyphs:
        linear = pymupdf.Matrix(*glyph.matrix, 0, 0) * pymupdf.Matrix(back.a, back.b, back.c, back.d, 0, 0)
        point = glyph.origin * back
        rgb = " ".join(f"{value / 255:.4f}" for value in pymupdf.sRGB_to_rgb(glyph.color))
        place = " ".join(f"{value:.5f}" for value in (linear.a, linear.b, linear.c, linear.d, point.x, point.y))
        told.append(f"BT {rgb} rg /{names[id(glyph.font)]} 1 Tf {place} Tm <{glyph.code.hex()}> Tj ET")
    told.append("Q")
    page.wrap_contents()
    pymupdf.TOOLS._insert_contents(page, "\n".join(told).encode(), True)


def line_of(
    page: pymupdf.Page, text: str, size: float, start: pymupdf.Point, angle: float, color: tuple[float, ...]
) -> list[Set]:
    """Return the glyphs of a text in Helvetica that runs from a point at an angle, in degrees to the left.

    The page lies without its rotation, and so do point and angle.
    """
    alike = look_alike(page, None, text)
    turn = pymupdf.Matrix(1, 1).prerotate(-angle)
    matrix = pymupdf.Matrix(size, 0, 0, -size, 0, 0) * turn
    rgb = sum(round(value * 255) << shift for value, shift in zip(color, (16, 8, 0), strict=True))
    made: list[Set] = []
    along = 0.0
    for sign in text:
        origin = start + pymupdf.Point(along, 0) * turn
        made.append(Set(alike, alike.code(sign), origin, (matrix.a, matrix.b, matrix.c, matrix.d), rgb))
        along += alike.face.text_length(sign, size)
    return made
