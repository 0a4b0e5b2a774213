"""The font sizes of recognised pages, which are measured: those that differ no more than measurements do are one."""

from collections.abc import Iterable

import msgspec

from axelered_box.domain.documents import Source
from axelered_box.formats.evidence import Line, PageEvidence, Region

_APART = 1.09
"""Sizes that differ by this factor are printed differently."""


def evened(pages: list[PageEvidence]) -> list[PageEvidence]:
    """Return pages, the lines of those that were recognised in the mean of the sizes that are close to their own."""
    lines = [line for page in _recognised(pages) for region in page.regions for line in region.lines]
    sizes = _usual(lines)
    return [_page(page, sizes) if page.source is Source.OCR else page for page in pages]


def _recognised(pages: list[PageEvidence]) -> Iterable[PageEvidence]:
    return (page for page in pages if page.source is Source.OCR)


def _usual(lines: list[Line]) -> dict[float, float]:
    """Return for each size of a line the mean, by letters, of those that are close to it."""
    letters: dict[float, int] = {}
    for line in lines:
        for run in line.runs:
            letters[run.size] = letters.get(run.size, 0) + len(run.text)
    groups: list[list[float]] = []
    for size in sorted(letters):
        if groups and size <= _APART * _mean(groups[-1], letters):
            groups[-1].append(size)
        else:
            groups.append([size])
    return {size: round(_mean(group, letters), 1) for group in groups for size in group}


def _mean(sizes: list[float], letters: dict[float, int]) -> float:
    return sum(size * letters[size] for size in sizes) / max(1, sum(letters[size] for size in sizes))


def _page(page: PageEvidence, sizes: dict[float, float]) -> PageEvidence:
    return msgspec.structs.replace(page, regions=[_region(region, sizes) for region in page.regions])


def _region(region: Region, sizes: dict[float, float]) -> Region:
    lines = [
        Line(line.bbox, [msgspec.structs.replace(run, size=sizes[run.size]) for run in line.runs])
        for line in region.lines
    ]
    return msgspec.structs.replace(region, lines=lines)
