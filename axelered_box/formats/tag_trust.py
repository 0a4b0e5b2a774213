"""Whether a page's tags are to be trusted: many programs write some that say nothing, or tag each line alone."""

from statistics import median

from axelered_box.formats.evidence import Line, Region, Role

MOST_LOOSE = 0.1
"""At most this part of a page's letters may have no tag outside the margins."""
_MARGIN = 0.12
_LARGER = 1.15
_MOST_BROKEN = 0.4
_SENTENCE_END = (".", "!", "?", ":", ";", "…", "”", '"', "»", ")")
_FULL = 0.93
_FEW = 4


def are_sane(regions: list[Region], loose: list[Line], width: float, height: float) -> bool:
    """Tell whether regions made from tags can be a page's reading."""
    tagged = sum(len(line.text) for region in regions for line in region.lines)
    tagged += sum(len(cell.text) for region in regions if region.grid for cell in region.grid.cells)
    inner = [line for line in loose if _MARGIN * height < line.bbox[3] and line.bbox[1] < (1 - _MARGIN) * height]
    untagged = sum(len(line.text.strip()) for line in inner)
    if not tagged or untagged > MOST_LOOSE * tagged:
        return False
    return not _misses_headings(regions) and not _breaks_lines(regions, width)


def _misses_headings(regions: list[Region]) -> bool:
    """Tell whether a line that is printed as a heading is tagged as text on a page without tagged headings."""
    if any(region.role is Role.SECTION_HEADER for region in regions):
        return False
    texts = [region for region in regions if region.role is Role.TEXT and region.lines]
    sizes = [run.size for region in texts for line in region.lines for run in line.runs for _ in run.text]
    if not sizes:
        return False
    usual = median(sizes)

    def stands_out(region: Region) -> bool:
        runs = [run for line in region.lines for run in line.runs if run.text.strip()]
        return len(region.lines) == 1 and all(run.size >= _LARGER * usual or run.bold for run in runs)

    return any(stands_out(region) for region in texts)


def _breaks_lines(regions: list[Region], width: float) -> bool:
    """Tell whether paragraphs are tagged line by line: most end in full lines, within sentences."""
    texts = [region for region in regions if region.role is Role.TEXT and region.lines]
    if len(texts) < _FEW:
        return False
    right = max(region.bbox[2] for region in texts)
    broken = sum(
        region.lines[-1].bbox[2] >= _FULL * min(right, width)
        and not region.lines[-1].text.rstrip().endswith(_SENTENCE_END)
        for region in texts
    )
    return broken > _MOST_BROKEN * len(texts)
