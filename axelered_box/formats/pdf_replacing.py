"""Text of a PDF put in the place of other text, in its look and on its line; the rest of the page stays as it is."""

import math

import msgspec
import pymupdf

from axelered_box.domain import edits
from axelered_box.domain.documents import Document, Source
from axelered_box.domain.edits import Done, Find
from axelered_box.formats import pdf_redacting
from axelered_box.formats.pdf_content import go_through
from axelered_box.formats.pdf_fonts import Font
from axelered_box.formats.pdf_pages import numbers
from axelered_box.formats.pdf_pictured import replace_pictured
from axelered_box.formats.pdf_readings import matches_in, ways_of
from axelered_box.formats.pdf_room import along, end_of, room_of
from axelered_box.formats.pdf_setting import LookAlike, Set
from axelered_box.formats.pdf_text_state import Glyph
from axelered_box.formats.pdf_typesetting import Glyphs, look_alike
from axelered_box.formats.pdf_words import Letter, by_line, lines_of, unturned

NARROWEST = 0.8
"""A line is narrowed to this part of its width at most."""
_CELL_EM = 1.0
"""A gap of this part of the size parts what does not move together, such as the cells of a table."""
_SPACE_EM = 0.25
"""How wide a space is in a font that has none."""
_NEAR, _NEAR_EM = 0.3, 0.06
"""Glyphs of one code that begin no further apart, in points or as a part of the size, are one letter."""
_SAME = 0.01


class _Placed(msgspec.Struct):
    """A glyph with its place along its line, from the first match on."""

    font: Font | LookAlike
    code: bytes
    along: float
    letter: Letter
    glyph: Glyph


def replace(pdf: pymupdf.Document, operation: edits.ReplaceText, document: Document, find: Find) -> Done:
    """Put a text in the place of another wherever it stands."""
    glyphs = Glyphs(pdf)
    count = 0
    touched: list[int] = []
    warnings: list[str] = []
    for number in numbers(operation.pages, pdf.page_count):
        page = pdf[number - 1]
        known = document.page(number)
        with unturned(page):
            if known is not None and known.source is Source.OCR:
                found = replace_pictured(pdf, page, operation, find, known.words, warnings)
            else:
                found = _replace_on(pdf, page, operation, find, glyphs, warnings)
        count += found
        touched += [number] if found else []
    return Done(matches=count, pages=touched, warnings=[*dict.fromkeys(warnings)])


def _replace_on(
    pdf: pymupdf.Document,
    page: pymupdf.Page,
    operation: edits.ReplaceText,
    find: Find,
    glyphs: Glyphs,
    warnings: list[str],
) -> int:
    """Replace on one page, which lies without its rotation; return how often."""
    lines = lines_of(page)
    matches = matches_in(ways_of(lines), operation, find) if any(lines) else []
    if not matches:
        return 0
    changed = [lines[number] for number in {letter.line for letters in matches for letter in letters}]
    known = glyphs.of_page(page, changed, [(one.origin[1], one.origin[1]) for line in changed for one in line])
    gone: set[int] = {letter.place for letters in matches for letter in letters}
    instead: dict[int, list[Set]] = {}
    heads: dict[int, list[list[Letter]]] = {}
    for letters in matches:
        first = by_line(letters)[0]
        heads.setdefault(first[0].line, []).append(first)
    for line, on_line in heads.items():
        for segment, inside in _segments(lines[line], on_line):
            made, moved = _set_anew(page, operation.replace, segment, inside, known, lines, glyphs, warnings)
            for place, one in made:
                instead.setdefault(place, []).append(one)
            gone |= moved
    removed = [letter for line in lines for letter in line if letter.place in gone]
    wanted = [(known[letter.place], instead.get(letter.place, [])) for letter in removed if letter.place in known]
    go_through(pdf, page, _Replacement(wanted), [(glyph.start[1], glyph.start[1]) for glyph, _ in wanted])
    unknown = [letter for letter in removed if letter.place not in known and letter.sign.strip()]
    pdf_redacting.remove_stubborn(page, [target for one in unknown for target in pdf_redacting.targets_of([one])])
    return len(matches)


class _Replacement:
    """Tells what comes in the place of a glyph; those at one place go together, as in a false bold."""

    def __init__(self, wanted: list[tuple[Glyph, list[Set]]]) -> None:
        self._near: dict[tuple[int, int], list[tuple[Glyph, list[Set]]]] = {}
        for glyph, instead in wanted:
            self._near.setdefault((round(glyph.start[0]), round(glyph.start[1])), []).append((glyph, instead))

    def __call__(self, glyph: Glyph) -> list[Set] | None:
        """Return the glyphs for one that goes, the first time that it is shown; None for one that stays."""
        x, y = round(glyph.start[0]), round(glyph.start[1])
        for column in (x - 1, x, x + 1):
            for row in (y - 1, y, y + 1):
                for one, instead in self._near.get((column, row), []):
                    if one.code == glyph.code and math.dist(one.start, glyph.start) <= max(
                        _NEAR, _NEAR_EM * glyph.size
                    ):
                        made = list(instead)
                        instead.clear()
                        return made
        return None


def _segments(line: list[Letter], matches: list[list[Letter]]) -> list[tuple[list[Letter], list[list[Letter]]]]:
    """Return the parts of a line, parted at wide gaps, that have matches, each with them."""
    parts: list[list[Letter]] = [[]]
    for letter in line:
        before = parts[-1][-1] if parts[-1] else None
        if before is not None and letter.look is not None and _gap(before, letter) > _CELL_EM * letter.look.size:
            parts.append([])
        parts[-1].append(letter)
    found = []
    for part in parts:
        places = {letter.place for letter in part}
        inside = [match for match in matches if match[0].place in places]
        if inside:
            found.append((part, inside))
    return found


def _gap(before: Letter, after: Letter) -> float:
    return along(after, after.origin) - end_of(before)


def _set_anew(
    page: pymupdf.Page,
    text: str,
    segment: list[Letter],
    matches: list[list[Letter]],
    known: dict[int, Glyph],
    lines: list[list[Letter]],
    glyphs: Glyphs,
    warnings: list[str],
) -> tuple[list[tuple[int, Set]], set[int]]:
    """Return the glyphs of a part of a line with its matches replaced, and the places of further letters that move.

    Each glyph comes with the place of the letter in whose stead it is set.
    """
    by_place = {letter.place: match for match in matches for letter in match}
    firsts = {match[0].place for match in matches}
    begin = next(place for place, letter in enumerate(segment) if letter.place in firsts)
    tail = [one for one in segment[begin:] if one.place not in by_place and one.sign.strip()]
    can_move = all(one.place in known for one in tail)
    placed: list[_Placed] = []
    shift = 0.0
    for place, letter in enumerate(segment[begin:], begin):
        at = along(letter, letter.origin)
        if letter.place in firsts:
            match = by_place[letter.place]
            made, wide = _typeset(page, text, match, known, at + shift, glyphs, warnings)
            placed += made
            shift += wide - (_behind(segment, place, match) - at)
        elif letter.place not in by_place and can_move and letter.place in known:
            glyph = known[letter.place]
            placed.append(_Placed(glyph.font, glyph.code, at + shift, letter, glyph))
    start = along(segment[begin], segment[begin].origin)
    end = end_of(segment[-1])
    if abs(shift) < _SAME or not can_move:
        moved = set()
        placed = [one for one in placed if one.letter.place in by_place]
        limit = end if can_move or not tail else along(tail[0], tail[0].origin)
        last = max([along(one.letter, one.letter.origin) for one in placed], default=start)
        new_end = last if can_move else limit + shift
    else:
        moved = {letter.place for letter in segment[begin:] if letter.place in known}
        new_end = end + shift
        limit = new_end if shift <= 0 else max(end, room_of(page, segment, lines))
    factor = 1.0
    if new_end > limit + _SAME and new_end > start:
        factor = max(NARROWEST, (limit - start) / (new_end - start))
        if start + factor * (new_end - start) > limit + 0.5:
            warnings.append(
                f"'{text}' is longer than its line on page {page.number + 1} has room for: it was set narrower, and"
                " still reaches into what follows."
            )
    return [(one.letter.place, _squeezed(one, start, factor)) for one in placed], moved


def _behind(segment: list[Letter], place: int, match: list[Letter]) -> float:
    """Return where, along the line, what follows a match begins."""
    inside = {letter.place for letter in match}
    last = place
    while last + 1 < len(segment) and segment[last + 1].place in inside:
        last += 1
    if last + 1 < len(segment):
        following = segment[last + 1]
        return along(following, following.origin)
    return end_of(segment[last])


def _typeset(
    page: pymupdf.Page,
    text: str,
    match: list[Letter],
    known: dict[int, Glyph],
    at: float,
    glyphs: Glyphs,
    warnings: list[str],
) -> tuple[list[_Placed], float]:
    """Return the glyphs of a new text in the look of a match, and how wide it is."""
    first = next((letter for letter in match if letter.place in known), None)
    if first is None or not text:
        return [], 0.0
    glyph = known[first.place]
    across = (glyph.matrix[0] ** 2 + glyph.matrix[1] ** 2) ** 0.5
    codes = [glyphs.code(glyph.font, sign) for sign in text]
    placed: list[_Placed] = []
    wide = 0.0
    if all(code is not None or sign.isspace() for code, sign in zip(codes, text, strict=True)):
        for code in codes:
            if code is None:
                wide += _SPACE_EM * across
                continue
            placed.append(_Placed(glyph.font, code, at + wide, first, glyph))
            wide += glyph.font.width(code) * across + glyph.spacing
        return placed, wide
    alike = look_alike(page, first.look, text)
    warnings.append(
        f"The font {first.look.font if first.look else ''} lacks letters of '{text}': a font like it was used."
    )
    for sign in text:
        placed.append(_Placed(alike, alike.code(sign), at + wide, first, glyph))
        wide += alike.face.text_length(sign, 1.0) * across + glyph.spacing
    return placed, wide


def _squeezed(placed: _Placed, start: float, factor: float) -> Set:
    """Return a glyph to be set, with its place and width taken in towards the start."""
    letter, glyph = placed.letter, placed.glyph
    direction = letter.look.direction if letter.look is not None else (1.0, 0.0)
    off = start + factor * (placed.along - start) - along(letter, letter.origin)
    origin = pymupdf.Point(letter.origin) + pymupdf.Point(direction) * off
    a, b, c, d = glyph.matrix
    return Set(placed.font, placed.code, origin, (a * factor, b * factor, c, d))
