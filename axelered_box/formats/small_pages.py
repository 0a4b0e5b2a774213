"""Pages so small, as pictures without a resolution make them, that their layout is looked for on an enlarged copy."""

import msgspec
import pymupdf

from axelered_box.domain.documents import Box, Word
from axelered_box.formats.evidence import Grid, Line, PageEvidence, Region

_SMALL_PT, _USUAL_PT = 400.0, 800.0
"""A page whose longer side is shorter than the first is enlarged to the second, about that of paper for letters."""


def enlarged(page: pymupdf.Page) -> pymupdf.Page:
    """Return a copy of a small page in the size of paper; any other page as it is."""
    side = max(page.rect.width, page.rect.height)
    if side >= _SMALL_PT:
        return page
    factor = _USUAL_PT / side
    copy = pymupdf.open().new_page(width=page.rect.width * factor, height=page.rect.height * factor)
    copy.show_pdf_page(copy.rect, page.parent, page.number, keep_proportion=False)
    return copy


def reduced(seen: PageEvidence, width: float) -> PageEvidence:
    """Return what was seen on the enlarged copy of a page, in points of the page of that width."""
    if seen.width == round(width, 2):
        return seen
    factor = width / seen.width
    return msgspec.structs.replace(
        seen,
        width=round(width, 2),
        height=round(seen.height * factor, 2),
        regions=[_region(region, factor) for region in seen.regions],
        loose_words=_words(seen.loose_words, factor),
    )


def _region(region: Region, factor: float) -> Region:
    return msgspec.structs.replace(
        region,
        bbox=_box(region.bbox, factor),
        lines=[_line(line, factor) for line in region.lines],
        words=_words(region.words, factor),
        grid=None if region.grid is None else _grid(region.grid, factor),
    )


def _line(line: Line, factor: float) -> Line:
    runs = [msgspec.structs.replace(run, size=round(run.size * factor, 1)) for run in line.runs]
    return Line(bbox=_box(line.bbox, factor), runs=runs)


def _grid(grid: Grid, factor: float) -> Grid:
    cells = [
        msgspec.structs.replace(
            cell,
            bbox=None if cell.bbox is None else _box(cell.bbox, factor),
            words=_words(cell.words, factor),
        )
        for cell in grid.cells
    ]
    return msgspec.structs.replace(grid, cells=cells)


def _words(words: list[Word], factor: float) -> list[Word]:
    return [
        Word(word.text, *_box((word.x0, word.y0, word.x1, word.y1), factor), word.confidence) for word in words
    ]


def _box(box: Box, factor: float) -> Box:
    x0, y0, x1, y1 = box
    return (round(x0 * factor, 1), round(y0 * factor, 1), round(x1 * factor, 1), round(y1 * factor, 1))
