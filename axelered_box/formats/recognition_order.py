"""The regions of a recognised page brought into the order of its reading, those that cross columns cut.

Tesseract finds columns in the picture itself; the layout model knows of a scan only what was read, and at times draws
one region over several columns.
"""

import itertools
from collections.abc import Iterable
from statistics import fmean, median

import msgspec

from axelered_box.domain.documents import Box, Word
from axelered_box.formats import type_sizes
from axelered_box.formats.evidence import Line, PageEvidence, Region, Role, Run

LEGIBLE = 0.6
"""A line in a picture that was read with less confidence is a piece of the drawing."""


class _Piece(msgspec.Struct, frozen=True):
    """Lines of one region that stand below each other."""

    place: int
    """Of its first line among all lines."""
    region: int
    lines: list[list[Word]]


def in_reading_order(
    seen: PageEvidence, lines: list[list[Word]], bold: frozenset[int] = frozenset()
) -> PageEvidence:
    """Return a page's evidence with its regions as its lines were read; the lines are in that order.

    `bold` are the `id` of the words that are printed in bold.
    """
    homes = {id(word): place for place, region in enumerate(seen.regions) for word in _words(region)}
    dealt: dict[int, list[tuple[int, list[Word]]]] = {}
    loose: list[tuple[int, list[Word]]] = []
    for place, line in enumerate(lines):
        for home, own in _parts(line, homes):
            (loose if home is None else dealt.setdefault(home, [])).append((place, own))
    pieces = [piece for home, own in dealt.items() for piece in _pieces(seen.regions[home], home, own)]
    firsts = _firsts(seen.regions, pieces)
    placed = [(float(piece.place), _cut(seen.regions[piece.region], piece, pieces, bold)) for piece in pieces]
    placed += [(firsts[place], region) for place, region in enumerate(seen.regions) if place not in dealt]
    placed.sort(key=lambda entry: entry[0])
    regions, unread = _without_scribble([region for _, region in placed])
    return msgspec.structs.replace(
        seen, regions=regions, loose_words=[word for _, own in loose for word in own] + unread
    )


def _words(region: Region) -> Iterable[Word]:
    """Yield all words of a region, of its cells too."""
    yield from region.words
    for cell in region.grid.cells if region.grid else ():
        yield from cell.words


def _parts(line: list[Word], homes: dict[int, int]) -> list[tuple[int | None, list[Word]]]:
    """Return the stretches of a line by the region that they lie in."""
    parts: list[tuple[int | None, list[Word]]] = []
    for word in line:
        home = homes.get(id(word))
        if parts and parts[-1][0] == home:
            parts[-1][1].append(word)
        else:
            parts.append((home, [word]))
    return parts


def _pieces(region: Region, home: int, lines: list[tuple[int, list[Word]]]) -> list[_Piece]:
    """Return a region's lines in pieces, cut where the next line stands above the one before; a table is one piece."""
    if region.grid is not None:
        return [_Piece(lines[0][0], home, [line for _, line in lines])]
    pieces: list[_Piece] = []
    bottom = 0.0
    for place, line in lines:
        _, top, _, low = _around(line)
        if pieces and (top + low) / 2 > bottom - (low - top):
            pieces[-1].lines.append(line)
        else:
            pieces.append(_Piece(place, home, [line]))
        bottom = low
    return pieces


def _firsts(regions: list[Region], pieces: list[_Piece]) -> list[float]:
    """Return the place of each region; one without lines comes right after the one before it."""
    known: dict[int, int] = {}
    for piece in pieces:
        known[piece.region] = min(piece.place, known.get(piece.region, piece.place))
    firsts: list[float] = []
    for place in range(len(regions)):
        before = firsts[-1] if firsts else -1.0
        firsts.append(float(known[place]) if place in known else before + 0.001)
    return firsts


def _cut(region: Region, piece: _Piece, pieces: list[_Piece], bold: frozenset[int]) -> Region:
    """Return a region with the lines of a piece, its box drawn in if there are more pieces of it."""
    if region.grid is not None:
        return region
    words = [word for line in piece.lines for word in line]
    is_whole = sum(other.region == piece.region for other in pieces) == 1
    return msgspec.structs.replace(
        region,
        bbox=region.bbox if is_whole else _around(words),
        lines=_printed(_joined(piece.lines), bold),
        words=words,
    )


def _joined(lines: list[list[Word]]) -> list[list[Word]]:
    """Return lines with those that stand beside each other as one."""
    joined: list[list[Word]] = []
    for line in lines:
        _, top, _, low = _around(line)
        if joined:
            left, upper, right, lower = _around(joined[-1])
            if min(low, lower) - max(top, upper) > (low - top) / 2 and line[0].x0 >= right - (right - left) / 100:
                joined[-1] = joined[-1] + line
                continue
        joined.append(line)
    return joined


def _printed(lines: list[list[Word]], bold: frozenset[int]) -> list[Line]:
    """Return lines of words that stand below each other in their font sizes, which their distance bounds."""
    boxes = [_around(line) for line in lines]
    steps = [lower[3] - upper[3] for upper, lower in itertools.pairwise(boxes)]
    most = median(steps) if steps and median(steps) > 0 else float("inf")
    return [
        _line(line, box, round(min(type_sizes.line_size(line), most), 1), bold)
        for line, box in zip(lines, boxes, strict=True)
    ]


def _line(words: list[Word], box: Box, size: float, bold: frozenset[int]) -> Line:
    """Return a line of words in runs of bold and other print."""
    runs: list[Run] = []
    for is_bold, group in itertools.groupby(words, lambda word: id(word) in bold):
        text = " ".join(word.text for word in group)
        runs.append(Run(text=f" {text}" if runs else text, size=size, bold=is_bold))
    return Line(bbox=box, runs=runs)


def _without_scribble(regions: list[Region]) -> tuple[list[Region], list[Word]]:
    """Return the regions, pictures without the lines that were read from their drawing, and the words of those."""
    kept: list[Region] = []
    dropped: list[Word] = []
    for region in regions:
        words = region.words
        if region.role is Role.PICTURE and words and fmean(word.confidence for word in words) < LEGIBLE:
            dropped.extend(words)
            kept.append(msgspec.structs.replace(region, lines=[], words=[]))
        else:
            kept.append(region)
    return kept, dropped


def _around(words: list[Word]) -> Box:
    return (
        min(word.x0 for word in words),
        min(word.y0 for word in words),
        max(word.x1 for word in words),
        max(word.y1 for word in words),
    )
