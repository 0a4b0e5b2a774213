"""The tables of a page, found and built from its words and rules and from where the layout model sees tables."""

from statistics import median
from typing import Any

import msgspec

from axelered_box.domain.documents import Box
from axelered_box.formats.evidence import Grid, Region, Role
from axelered_box.formats.tables_areas import around, parts, separate, without_struck
from axelered_box.formats.tables_finding import crossed_areas, is_list, is_sure, overlap, unseen_areas
from axelered_box.formats.tables_grid import build
from axelered_box.formats.tables_rules import Rules, rules_of
from axelered_box.formats.tables_text import Token, lines_of, tokens_in, within
from axelered_box.formats.tables_turning import turn_of, turned_back, turned_box, turned_rules, turned_tokens

_LOOKED_AT = ("table", "picture", "text", "list-item")


class _Page(msgspec.Struct, frozen=True):
    """What tables are built from."""

    words: list[tuple[Any, ...]]
    texts: list[dict[str, Any]]
    rules: Rules


class _Table(msgspec.Struct, frozen=True):
    """A table that was built."""

    grid: Grid
    bbox: Box
    rules: int


def find_tables(
    blocks: list[dict[str, Any]], words: list[tuple[Any, ...]], layout: list[dict[str, Any]]
) -> list[Region]:
    """Return the tables of a page as regions with grids."""
    rules = rules_of(blocks)
    page = _Page(words, [block for block in blocks if block["type"] == 0], rules)
    boxes = {name: [_area(box["group_bbox"]) for box in layout if box["class_name"] == name] for name in _LOOKED_AT}
    found = [table for area in boxes["table"] for table in _tables(page, area) if not is_list(table.grid)]
    seen = [*boxes["table"], *boxes["picture"]]
    unseen = [*unseen_areas(rules.across, seen), *crossed_areas(rules.across, [*boxes["text"], *boxes["list-item"]])]
    for area in unseen:
        if not any(overlap(area, table.bbox) > 0 for table in found):
            found += [table for table in _tables(page, area) if is_sure(table.grid, table.rules)]
    return [Region(role=Role.TABLE, bbox=table.bbox, grid=table.grid) for table in found]


def _area(box: Any) -> Box:
    x0, y0, x1, y1 = box
    return (float(x0), float(y0), float(x1), float(y1))


def _tables(page: _Page, area: Box) -> list[_Table]:
    """Return the tables in an area."""
    tokens = tokens_in(page.words, page.texts, area)
    if not tokens:
        return []
    turn = turn_of(tokens)
    tokens = turned_tokens(tokens, turn)
    rules = turned_rules(page.rules.within(area), turn)
    em = median(token.size for token in tokens)
    return [
        region
        for part in separate(turned_box(area, turn), rules, tokens, em)
        for region in _upright(within(tokens, part), rules.within(part), part, em, turn)
    ]


def _upright(tokens: list[Token], rules: Rules, area: Box, em: float, turn: int) -> list[_Table]:
    """Return the tables in an area that has been turned upright."""
    found = []
    lines = lines_of(tokens, em)
    rules = without_struck(rules, lines)
    for part in parts(lines, rules, area, em):
        box = around(part, rules, em)
        built = build(part, rules.within(box), box, em)
        if built is not None:
            grid = turned_back(built.grid, turn)
            bbox = _rounded(turned_box(box, (360 - turn) % 360))
            found.append(_Table(grid, bbox, built.rules))
    return found


def _rounded(box: Box) -> Box:
    return (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))
