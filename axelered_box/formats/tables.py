"""The tables of a page, found and built from its words and rules and from where the layout model sees tables."""

from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

import msgspec

from axelered_box.domain.documents import Box
from axelered_box.formats.evidence import Grid, Region, Role
from axelered_box.formats.tables_areas import around, parts, without_struck
from axelered_box.formats.tables_finding import crossed_areas, grid_areas, is_list, is_sure, overlap, unseen_areas
from axelered_box.formats.tables_grid import build
from axelered_box.formats.tables_parting import separate
from axelered_box.formats.tables_rules import Rules, rules_of
from axelered_box.formats.tables_text import Line, Token, lines_of, tokens_in, within
from axelered_box.formats.tables_turning import (
    turn_of,
    turned_back,
    turned_back_box,
    turned_box,
    turned_rules,
    turned_tokens,
)

_ROWS_OF_A_COLUMN = 3
"""So many lines beside a table, which make none by themselves, are a column of it."""
_LOOKED_AT = ("table", "picture", "text", "list-item")


class _Page(msgspec.Struct, frozen=True):
    """What tables are built from."""

    tokens: Callable[[Box], list[Token]]
    """Returns the words whose middles lie in an area."""
    rules: Rules


class Cut(msgspec.Struct, frozen=True):
    """What stood in an area between tables and is none: a heading or a caption."""

    role: Role
    bbox: Box


class Found(msgspec.Struct, frozen=True):
    """What was found on a page."""

    tables: list[Region]
    cuts: list[Cut]


class _Built(msgspec.Struct, frozen=True):
    """A table that was built, and how many rules run across it."""

    region: Region
    grid: Grid
    rules: int


def find_tables(blocks: list[dict[str, Any]], words: list[tuple[Any, ...]], layout: list[dict[str, Any]]) -> Found:
    """Return the tables of a page as regions with grids, and what was cut off from them."""
    texts = [block for block in blocks if block["type"] == 0]
    return find_among(partial(tokens_in, words, texts), rules_of(blocks, words), layout)


def find_among(tokens: Callable[[Box], list[Token]], rules: Rules, layout: list[dict[str, Any]]) -> Found:
    """Return the tables that words and rules make where the layout model sees some, and where rules show others.

    `tokens` returns the words whose middles lie in an area.
    """
    page = _Page(tokens, rules)
    boxes = {name: [_area(box["group_bbox"]) for box in layout if box["class_name"] == name] for name in _LOOKED_AT}
    tables: list[Region] = []
    cuts: list[Cut] = []
    for area in boxes["table"]:
        built, cut = _tables(page, area)
        tables += [table.region for table in built if not is_list(table.grid)]
        cuts += cut if built else []
    seen = [*boxes["table"], *boxes["picture"]]
    unseen = [*grid_areas(rules, boxes["table"]), *unseen_areas(rules.across, seen), *crossed_areas(rules.across, [*boxes["text"], *boxes["list-item"]])]
    for area in unseen:
        if not any(overlap(area, table.bbox) > 0 for table in tables):
            tables += [table.region for table in _tables(page, area)[0] if is_sure(table.grid, table.rules)]
    return Found(tables, cuts)


def _area(box: Any) -> Box:
    x0, y0, x1, y1 = box
    return (float(x0), float(y0), float(x1), float(y1))


def _tables(page: _Page, area: Box) -> tuple[list[_Built], list[Cut]]:
    """Return the tables in an area, and what was cut off from them."""
    tokens = page.tokens(area)
    if not tokens:
        return [], []
    turn = turn_of(tokens)
    tokens = turned_tokens(tokens, turn)
    rules = turned_rules(page.rules.within(area), turn)
    em = median(token.size for token in tokens)
    box = turned_box(area, turn)
    areas = separate(box, rules, tokens, em)
    found = [_in_part(part, tokens, rules, em, turn) for part in areas]
    missed = [part for part, (built, _) in zip(areas, found, strict=True) if not built]
    if len(areas) > 1 and any(len(lines_of(within(tokens, part), em)) >= _ROWS_OF_A_COLUMN for part in missed):
        whole = _in_part(box, tokens, rules, em, turn)
        found = [whole] if whole[0] else found
    return [table for built, _ in found for table in built], [cut for _, cuts in found for cut in cuts]


def _in_part(part: Box, tokens: list[Token], rules: Rules, em: float, turn: int) -> tuple[list[_Built], list[Cut]]:
    """Return the tables in a part of an area that has been turned upright, and what was cut off from them."""
    lines = lines_of(within(tokens, part), em)
    own = without_struck(rules.within(part), lines)
    split = parts(lines, own, part, em)
    built = [_built(table, own, em, turn) for table in split.tables]
    cuts = [Cut(role, _rounded(turned_back_box(line.box, turn))) for role, line in split.others]
    return [table for table in built if table is not None], cuts


def _built(lines: list[Line], rules: Rules, em: float, turn: int) -> _Built | None:
    """Return the table of lines that have been turned upright, as the page has it; None if they are none."""
    box = around(lines, rules, em)
    built = build(lines, rules.within(box), box, em)
    if built is None:
        return None
    grid = turned_back(built.grid, turn)
    region = Region(role=Role.TABLE, bbox=_rounded(turned_back_box(box, turn)), grid=grid)
    return _Built(region, grid, built.rules)


def _rounded(box: Box) -> Box:
    return (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))
