"""How far along its line a text of a PDF page may reach."""

import pymupdf

from axelered_box.formats.pdf_words import Letter

_KEPT_GAP_EM = 0.3
"""What is set stays so far from what follows it, as a part of the size."""
_SAME_LINE_EM = 0.5
_SAME = 0.01


def along(letter: Letter, point: tuple[float, float]) -> float:
    """Return how far along a letter's direction a point is."""
    direction = letter.look.direction if letter.look is not None else (1.0, 0.0)
    return point[0] * direction[0] + point[1] * direction[1]


def end_of(letter: Letter) -> float:
    """Return how far along its line a letter ends."""
    if letter.slanted is None:
        return letter.box[2]
    return max(along(letter, tuple(letter.quad.lr)), along(letter, tuple(letter.quad.ll)))


def room_of(page: pymupdf.Page, segment: list[Letter], lines: list[list[Letter]]) -> float:
    """Return how far along its line a part may reach: to what follows it there, else to where the longest line ends."""
    last = segment[-1]
    look = last.look
    if look is None:
        return end_of(last)
    end = end_of(last)
    alike = [
        letter
        for line in lines
        for letter in line
        if letter.sign.strip() and letter.look is not None and letter.look.direction == look.direction
    ]
    across = -look.direction[1], look.direction[0]
    level = last.origin[0] * across[0] + last.origin[1] * across[1]
    own = {letter.place for letter in segment}
    following = [
        along(letter, letter.origin)
        for letter in alike
        if letter.place not in own
        and abs(letter.origin[0] * across[0] + letter.origin[1] * across[1] - level) <= _SAME_LINE_EM * look.size
        and along(letter, letter.origin) >= end - _SAME
    ]
    stops = [min(following) - _KEPT_GAP_EM * look.size] if following else []
    if look.direction == (1.0, 0.0):
        stops += _rules_behind(page, end, last.origin[1])
    if stops:
        return min(stops)
    margin = min(along(letter, letter.origin) for letter in alike)
    edge = page.rect.width - margin if look.direction == (1.0, 0.0) else end
    return max(edge, *(end_of(letter) for letter in alike))


def _rules_behind(page: pymupdf.Page, end: float, level: float) -> list[float]:
    """Return where upright rules, such as those between the cells of a table, cross a line behind its end."""
    found = []
    for drawing in page.get_cdrawings():
        for item in drawing["items"]:
            if item[0] == "l":
                (x0, y0), (x1, y1) = item[1], item[2]
                edges = [(x0, y0, y1)] if abs(x0 - x1) < 0.5 else []
            elif item[0] == "re":
                x0, y0, x1, y1 = item[1]
                edges = [(x0, y0, y1), (x1, y0, y1)]
            else:
                edges = []
            found += [
                x - 1.0 for x, top, bottom in edges if min(top, bottom) <= level - 1 <= max(top, bottom) and x > end
            ]
    return found
