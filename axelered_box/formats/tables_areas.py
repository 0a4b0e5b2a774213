"""What of an area, in which a table is thought to be, is table: headings, captions, prose and notes are cut off."""

import re

import msgspec

from axelered_box.domain.documents import Box
from axelered_box.formats.evidence import Role
from axelered_box.formats.tables_rules import Rule, Rules, covered, levels
from axelered_box.formats.tables_text import Line

_CAPTION = re.compile(
    r"^(\([a-z]\)$|(table|tabelle|tableau|tabla|tabella|tab\.)\s*\.?\s*([A-Z]?\d+|[IVX]+)\b)", re.IGNORECASE
)
_LARGER, _APART_EM = 1.15, 1.0
_WIDE = 0.5
_NOTE_WIDTH = 0.2
_AT_LEFT_EM = 1.5
_FULL = 0.75


class Parts(msgspec.Struct, frozen=True):
    """What an area, in which a table is thought to be, is made of."""

    tables: list[list[Line]]
    """The lines of each table, from top to bottom."""
    others: list[tuple[Role, Line]]
    """Headings and captions between them."""


def parts(lines: list[Line], rules: Rules, area: Box, em: float) -> Parts:
    """Return the tables in an area, and the headings and captions that part them."""
    found: list[list[Line]] = [[]]
    others: list[tuple[Role, Line]] = []
    bottom = area[1]
    cut = bool(lines) and not _is_framed(lines[0], rules, area, em)
    for line in lines:
        apart, bottom = line.y0 - bottom, line.y1
        cut = _is_heading(line, em) and (cut or apart > _APART_EM * em)
        is_caption = bool(_CAPTION.match(_text(line)))
        if cut or is_caption:
            others.append((Role.CAPTION if is_caption else Role.SECTION_HEADER, line))
            found.append([])
        else:
            found[-1].append(line)
    trimmed = [_without_notes(_without_prose(part, rules, area, em), rules, area, em) for part in found]
    return Parts([part for part in trimmed if len(part) > 1], others)


def around(lines: list[Line], rules: Rules, em: float) -> Box:
    """Return the box around lines and the rules that frame them."""
    x0 = min(phrase.x0 for line in lines for phrase in line.phrases)
    x1 = max(phrase.x1 for line in lines for phrase in line.phrases)
    y0, y1 = min(line.y0 for line in lines), max(line.y1 for line in lines)
    for rule in rules.across:
        if rule.start < x1 and rule.end > x0:
            if y0 - em <= rule.at <= y0:
                y0 = rule.at
            elif y1 <= rule.at <= y1 + em:
                y1 = rule.at
    for rule in rules.down:
        if min(rule.end, y1) - max(rule.start, y0) > (y1 - y0) / 2:
            if x0 - 2 * em <= rule.at <= x0:
                x0 = rule.at
            elif x1 <= rule.at <= x1 + 2 * em:
                x1 = rule.at
    return (x0, y0, x1, y1)


def without_struck(rules: Rules, lines: list[Line]) -> Rules:
    """Return rules without those that run through text or underline it."""

    def is_struck(rule: Rule) -> bool:
        for line in lines:
            if not line.y0 + 1 < rule.at < line.y1:
                continue
            crossed = [phrase for phrase in line.phrases if phrase.x0 < rule.end and phrase.x1 > rule.start]
            if crossed and rule.at < line.base - 1:
                return True
            if any(phrase.x0 - 2 <= rule.start and rule.end <= phrase.x1 + 2 for phrase in crossed):
                return True
        return False

    return Rules([rule for rule in rules.across if not is_struck(rule)], rules.down, rules.fills)


def _text(line: Line) -> str:
    return " ".join(phrase.text for phrase in line.phrases)


def _is_heading(line: Line, em: float) -> bool:
    """Tell whether a line is printed larger than the rest, and alone."""
    return len(line.phrases) == 1 and line.size >= _LARGER * em and len(line.phrases[0].text) > 2


def _is_framed(line: Line, rules: Rules, area: Box, em: float) -> bool:
    """Tell whether a rule runs across an area just above a line."""
    above = [rule for rule in rules.across if line.y0 - 2 * em <= rule.at <= line.middle]
    return covered(above, area[0], area[2]) >= _FULL


def _is_prose(line: Line, area: Box, em: float, width: float) -> bool:
    """Tell whether a line is one phrase that runs from the left over much of an area."""
    first = line.phrases[0]
    at_left = first.x0 <= area[0] + _AT_LEFT_EM * em
    return len(line.phrases) == 1 and at_left and first.x1 - first.x0 >= width * (area[2] - area[0])


def _without_prose(lines: list[Line], rules: Rules, area: Box, em: float) -> list[Line]:
    """Return lines without the prose above and below, as far as no rule frames it."""
    framing = [at for at, group in levels(rules.across, 1) if covered(group, area[0], area[2]) >= _FULL]
    start, end = 0, len(lines)
    while start < end and _is_prose(lines[start], area, em, _WIDE):
        if any(lines[start].y0 - 2 * em <= at <= lines[start].middle for at in framing):
            break
        start += 1
    while end > start and _is_prose(lines[end - 1], area, em, _WIDE):
        if any(lines[end - 1].middle <= at <= lines[end - 1].y1 + 2 * em for at in framing):
            break
        end -= 1
    return lines[start:end]


def _without_notes(lines: list[Line], rules: Rules, area: Box, em: float) -> list[Line]:
    """Return lines without those below the last rule that are notes."""
    inside = [
        at
        for at, group in levels(rules.across, 1)
        if covered(group, area[0], area[2]) >= _FULL and lines and lines[0].middle < at < lines[-1].middle
    ]
    if len(inside) < 2:
        return lines
    below = [line for line in lines if line.middle > inside[-1]]
    if len(below) * 2 < len(lines) and all(_is_prose(line, area, em, _NOTE_WIDTH) for line in below):
        return [line for line in lines if line.middle < inside[-1]]
    return lines
