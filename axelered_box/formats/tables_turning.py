"""Tables that are printed sideways: turned upright to be read, their cells turned back."""

import msgspec

from axelered_box.domain.documents import Box
from axelered_box.formats.evidence import Grid
from axelered_box.formats.tables_rules import Rule, Rules
from axelered_box.formats.tables_text import Token


def turn_of(tokens: list[Token]) -> int:
    """Return by how many degrees clockwise most tokens have to be turned."""
    counts = {turn: sum(token.turn == turn for token in tokens) for turn in (0, 90, 270)}
    return max(counts, key=lambda turn: counts[turn])


def turned_box(box: Box, turn: int) -> Box:
    """Return a box turned clockwise around the page's corner."""
    x0, y0, x1, y1 = box
    if turn == 90:
        return (-y1, x0, -y0, x1)
    if turn == 270:
        return (y0, -x1, y1, -x0)
    return box


def turned_tokens(tokens: list[Token], turn: int) -> list[Token]:
    """Return the tokens that stand as `turn` says, upright."""
    upright = []
    for token in tokens:
        if token.turn == turn:
            x0, y0, x1, y1 = turned_box((token.x0, token.y0, token.x1, token.y1), turn)
            base = token.base if turn != 270 else -token.base
            upright.append(Token(token.text, x0, y0, x1, y1, base, token.size))
    return upright


def turned_rules(rules: Rules, turn: int) -> Rules:
    """Return rules turned clockwise."""
    if turn == 0:
        return rules
    sign = -1 if turn == 90 else 1
    across = [Rule(-sign * rule.at, *sorted((sign * rule.start, sign * rule.end))) for rule in rules.down]
    down = [Rule(sign * rule.at, *sorted((-sign * rule.start, -sign * rule.end))) for rule in rules.across]
    return Rules(across, down, [turned_box(fill, turn) for fill in rules.fills])


def turned_back_box(box: Box, turn: int) -> Box:
    """Return an upright box as the page has it."""
    return turned_box(box, (360 - turn) % 360)


def turned_back(grid: Grid, turn: int) -> Grid:
    """Return a grid whose cells' boxes are as the page has them."""
    cells = [
        cell if cell.bbox is None else msgspec.structs.replace(cell, bbox=turned_back_box(cell.bbox, turn))
        for cell in grid.cells
    ]
    return msgspec.structs.replace(grid, cells=cells)
