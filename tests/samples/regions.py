"""Pages of regions and lines, and what parse builds from them, for its tests."""

from axelered_box.domain.documents import Block, Document, Kind
from axelered_box.formats.evidence import Line, PageEvidence, Region, Role, Run
from axelered_box.modules.parse.assemble import assemble
from axelered_box.modules.parse.heading_levels import Outline

LEFT, RIGHT = 100.0, 500.0
_LETTER_PT = 5.0


def line_at(text: str, top: float, *, size: float = 10, left: float = LEFT, **style: bool) -> Line:
    """Return a line in one style; it ends at the right edge or before it."""
    right = min(RIGHT, left + _LETTER_PT * len(text))
    return Line((left, top, right, top + size), [Run(text, size, **style)])


def region_of(role: Role, *lines: Line) -> Region:
    boxes = [line.bbox for line in lines]
    bbox = (min(b[0] for b in boxes), boxes[0][1], max(b[2] for b in boxes), boxes[-1][3])
    return Region(role=role, bbox=bbox, lines=list(lines))


def text_at(top: float, *texts: str, role: Role = Role.TEXT, **style: bool) -> Region:
    return region_of(role, *(line_at(text, top + 12 * place, **style) for place, text in enumerate(texts)))


def prose_at(top: float, start: str = "It", end: str = "ends.") -> Region:
    """Return a paragraph of four full lines."""
    filler = "goes on with words that mean little and take the whole of the line that they are on"
    return text_at(top, f"{start} {filler}", filler, filler, f"{filler[:60]} {filler[:12]} {end}")


def page_of(number: int, *regions: Region) -> PageEvidence:
    return PageEvidence(page=number, width=600, height=800, regions=list(regions), language="eng")


def blocks_of(*pages: PageEvidence, outline: Outline | None = None) -> list[Block]:
    return document_of(*pages, outline=outline).blocks


def document_of(*pages: PageEvidence, outline: Outline | None = None) -> Document:
    return assemble(pages, len(pages), outline=outline)


def headings_of(blocks: list[Block]) -> list[tuple[str, int | None]]:
    return [(block.text, block.level) for block in blocks if block.kind is Kind.HEADING]
