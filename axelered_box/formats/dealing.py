"""Which words of a page belong to which region, and in a table to which cell: those whose middles lie in it."""

import msgspec

from axelered_box.domain.documents import Box, Word
from axelered_box.formats.evidence import Grid, Region


def deal_words(regions: list[Region], words: list[Word]) -> tuple[list[Region], list[Word]]:
    """Return the regions with the words whose middles lie in them, the smallest region first, and those in none."""
    by_size = sorted(range(len(regions)), key=lambda place: _area(regions[place].bbox))
    boxes = [(place, *regions[place].bbox) for place in by_size]
    dealt: list[list[Word]] = [[] for _ in regions]
    loose = []
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        for place, x0, y0, x1, y1 in boxes:
            if x0 <= x <= x1 and y0 <= y <= y1:
                dealt[place].append(word)
                break
        else:
            loose.append(word)
    filled = []
    for region, own in zip(regions, dealt, strict=True):
        if region.grid is None:
            filled.append(msgspec.structs.replace(region, words=own))
        else:
            grid, rest = _deal_to_cells(region.grid, own)
            filled.append(msgspec.structs.replace(region, grid=grid, words=rest))
    return filled, loose


def _deal_to_cells(grid: Grid, words: list[Word]) -> tuple[Grid, list[Word]]:
    """Return a grid whose cells have the words in them, and the words in none."""
    dealt: list[list[Word]] = [[] for _ in grid.cells]
    rest = []
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        for place, cell in enumerate(grid.cells):
            box = cell.bbox
            if box is not None and box[0] <= x <= box[2] and box[1] <= y <= box[3]:
                dealt[place].append(word)
                break
        else:
            rest.append(word)
    cells = [msgspec.structs.replace(cell, words=own) for cell, own in zip(grid.cells, dealt, strict=True)]
    return msgspec.structs.replace(grid, cells=cells), rest


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
