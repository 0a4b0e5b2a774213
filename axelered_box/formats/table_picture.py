"""Pictures of tables: a page that is one, and tables of scanned pages, which are looked at a second time."""

import msgspec
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from axelered_box.domain.documents import Box, Word
from axelered_box.formats import table_picture_ink, table_picture_model
from axelered_box.formats.evidence import Grid, GridCell, PageEvidence, Region, Role
from axelered_box.formats.table_picture_ink import Ink
from axelered_box.formats.table_picture_model import SeenCell, Structure

PAPER_PIXELS = 1_200_000
"""A picture with fewer pixels is less than a page of paper: it may be of a table alone."""
_LEAST_SURE, _LEAST_HELD, _MOST_SHARED = 0.985, 0.9, 0.05
"""How sure the model is, the part of the ink in cells, and of the cells' area in several; below, scans' tables lost."""
_MOSTLY, _LEAST_INSIDE = 0.5, 0.95
"""This part of a word has to lie in its cell, for this part of a table's words."""
_LEAST_SIDE = 2
_LEAST_FILLED = 4
_REACH = 2
_MARGIN_PT = 4.0


def with_tables(seen: PageEvidence, picture: Image.Image) -> PageEvidence:
    """Return a recognised page with its tables as they look in its upright picture; unchanged without a model."""
    if _may_be_table(seen, picture):
        whole = _table_of(picture)
        if whole is not None:
            return _as_table(seen, picture, whole)
    scale = picture.width / seen.width
    regions = [_looked_at_again(region, picture, scale) for region in seen.regions]
    return msgspec.structs.replace(seen, regions=regions)


def _may_be_table(seen: PageEvidence, picture: Image.Image) -> bool:
    """Tell whether a whole picture may be of one table: no page of paper, or mostly a table; and in columns."""
    tabled = sum(_word_count(region) for region in seen.regions if region.grid is not None)
    words = sum(map(_word_count, seen.regions)) + len(seen.loose_words)
    is_part = picture.width * picture.height < PAPER_PIXELS or picture.width > picture.height
    return (is_part or tabled * 2 > words) and table_picture_ink.has_gutter(table_picture_ink.of(picture))


def _word_count(region: Region) -> int:
    return len(region.words) + sum(len(cell.words) for cell in (region.grid.cells if region.grid else ()))


def _table_of(picture: Image.Image) -> Structure | None:
    """Return the table that a picture shows, if that is all it shows."""
    structure = table_picture_model.read(picture)
    return structure if structure is not None and _is_table(structure, table_picture_ink.of(picture)) else None


def _is_table(structure: Structure, ink: Ink) -> bool:
    """Tell whether a structure explains a picture: its cells hold the ink, each in a place of its own."""
    if min(structure.rows, structure.columns) < _LEAST_SIDE or structure.sure < _LEAST_SURE:
        return False
    layers = np.zeros(ink.shape, np.int16)
    filled = 0
    for cell in structure.cells:
        place = _place(cell.box)
        layers[place] += 1
        filled += bool(ink[place].any())
    held = int((ink & (_widened(layers) > 0)).sum())
    shared = int((layers > 1).sum()) / max(1, int((layers > 0).sum()))
    return filled >= _LEAST_FILLED and held >= _LEAST_HELD * max(1, int(ink.sum())) and shared <= _MOST_SHARED


def _place(box: Box) -> tuple[slice, slice]:
    x0, y0, x1, y1 = box
    return slice(int(y0), int(np.ceil(y1))), slice(int(x0), int(np.ceil(x1)))


def _widened(layers: NDArray[np.int16]) -> NDArray[np.int16]:
    """Return layers that reach two pixels further, as letters reach out of the boxes that are drawn around them."""
    wide = np.pad(layers, _REACH)
    for axis in (0, 1):
        wide = np.max([np.roll(wide, step, axis) for step in range(-_REACH, _REACH + 1)], axis=0)
    return wide[_REACH:-_REACH, _REACH:-_REACH]


def _as_table(seen: PageEvidence, picture: Image.Image, structure: Structure) -> PageEvidence:
    """Return a page that is one table, its words in the cells that hold them."""
    scale = picture.width / seen.width
    words = _in_pixels(_all_words(seen), scale)
    grid = _grid(structure, _dealt(structure.cells, words), (0.0, 0.0), scale)
    region = Region(role=Role.TABLE, bbox=(0.0, 0.0, seen.width, seen.height), grid=grid)
    return msgspec.structs.replace(seen, regions=[region], loose_words=[])


def _looked_at_again(region: Region, picture: Image.Image, scale: float) -> Region:
    """Return a table as the model sees it, with the words it had, if that explains its picture; else unchanged."""
    if region.grid is None:
        return region
    x0, y0, x1, y1 = region.bbox
    left, top = max(0, int((x0 - _MARGIN_PT) * scale)), max(0, int((y0 - _MARGIN_PT) * scale))
    right = min(picture.width, int((x1 + _MARGIN_PT) * scale))
    bottom = min(picture.height, int((y1 + _MARGIN_PT) * scale))
    if right - left < _LEAST_SIDE or bottom - top < _LEAST_SIDE:
        return region
    structure = _table_of(picture.crop((left, top, right, bottom)))
    words = [word for cell in region.grid.cells for word in cell.words] + region.words
    if structure is None or not words:
        return region
    dealt = _dealt(structure.cells, _in_pixels(words, scale, (left, top)))
    if not _fits(structure.cells, dealt):
        return region
    grid = _grid(structure, dealt, (left / scale, top / scale), scale)
    return msgspec.structs.replace(region, grid=grid, words=[])


def _all_words(seen: PageEvidence) -> list[Word]:
    """Return the words of a page, wherever they lie."""
    words = [word for region in seen.regions for word in region.words]
    cells = [cell for region in seen.regions if region.grid is not None for cell in region.grid.cells]
    return [*words, *(word for cell in cells for word in cell.words), *seen.loose_words]


def _in_pixels(words: list[Word], scale: float, origin: tuple[int, int] = (0, 0)) -> list[Word]:
    """Return words in pixels of a picture whose upper left corner is at that place, in pixels of the page's."""
    left, top = origin
    return [
        Word(
            word.text,
            word.x0 * scale - left,
            word.y0 * scale - top,
            word.x1 * scale - left,
            word.y1 * scale - top,
            word.confidence,
        )
        for word in words
    ]


def _dealt(cells: list[SeenCell], words: list[Word]) -> list[list[Word]]:
    """Return the words of each cell: each goes to that which holds most of it, or else to the next one."""
    dealt: list[list[Word]] = [[] for _ in cells]
    for word in words:
        place = min(range(len(cells)), key=lambda place: _distance(cells[place].box, word))
        dealt[place].append(word)
    return [_in_lines(own) for own in dealt]


def _fits(cells: list[SeenCell], dealt: list[list[Word]]) -> bool:
    """Tell whether nearly all words lie in the cells they were dealt to."""
    inside = [-_distance(cell.box, word)[0] >= _MOSTLY for cell, own in zip(cells, dealt, strict=True) for word in own]
    return sum(inside) >= _LEAST_INSIDE * len(inside)


def _distance(box: Box, word: Word) -> tuple[float, float]:
    """Return how little of a word lies in a box, then how far its middle is from it; lines part more than gaps."""
    across = max(0.0, min(word.x1, box[2]) - max(word.x0, box[0]))
    down = max(0.0, min(word.y1, box[3]) - max(word.y0, box[1]))
    area = max(1e-6, (word.x1 - word.x0) * (word.y1 - word.y0))
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    away = max(box[0] - x, 0.0, x - box[2]) + 3 * max(box[1] - y, 0.0, y - box[3])
    return -round(across * down / area, 3), away


def _in_lines(words: list[Word]) -> list[Word]:
    """Return words line by line, each from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.y0 + word.y1):
        if lines and (word.y0 + word.y1) / 2 < lines[-1][0].y1:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [word for line in lines for word in sorted(line, key=lambda word: word.x0)]


def _grid(structure: Structure, dealt: list[list[Word]], origin: tuple[float, float], scale: float) -> Grid:
    """Return a structure with its words as a grid, in points."""
    left, top = origin

    def in_points(x0: float, y0: float, x1: float, y1: float) -> Box:
        return (
            round(left + x0 / scale, 1),
            round(top + y0 / scale, 1),
            round(left + x1 / scale, 1),
            round(top + y1 / scale, 1),
        )

    cells = [
        GridCell(
            row=cell.row,
            column=cell.column,
            row_span=cell.row_span,
            column_span=cell.column_span,
            header=cell.header,
            text=" ".join(word.text for word in own),
            bbox=in_points(*cell.box),
            words=[Word(word.text, *in_points(word.x0, word.y0, word.x1, word.y1), word.confidence) for word in own],
        )
        for cell, own in zip(structure.cells, dealt, strict=True)
    ]
    heads = {cell.row for cell in structure.cells if cell.header}
    return Grid(rows=structure.rows, columns=structure.columns, header_rows=len(heads), cells=cells)
