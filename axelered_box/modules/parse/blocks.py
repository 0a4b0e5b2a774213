"""What the regions of one page are to a reader: their blocks, with the words each was made from."""

import re
from statistics import fmean

import msgspec

from axelered_box.domain.documents import Block, Box, Cell, Kind, Span, Table, Word
from axelered_box.formats import flow
from axelered_box.formats.evidence import Line, PageEvidence, Region, Role

BULLETS = "•‣◦▪▫●○■□◆◇►▶✓✔❖➢\u2043∙·*\u2013\u2014-"
_MARKER = re.compile(
    rf"^\s*(?:(?P<bullet>[{re.escape(BULLETS)}\ue000-\uf8ff]|o(?=\s))(?:\s+|$)"
    r"|(?P<number>\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)](?=\s|$)|\[\d{1,3}\])\s*)"
)
_PAGE_NUMBER = re.compile(
    r"^\W*(?:(?:page|seite|pagina|página|p\.?|s\.?)\s*)?(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:of|von|de|sur|di|/|\|)\s*\d{1,4})?\W*$",
    re.IGNORECASE,
)
_ITEM_INDENT_PT = 6
_KINDS = {
    Role.TITLE: Kind.HEADING,
    Role.SECTION_HEADER: Kind.HEADING,
    Role.TEXT: Kind.PARAGRAPH,
    Role.LIST_ITEM: Kind.LIST_ITEM,
    Role.PICTURE: Kind.FIGURE,
    Role.FORMULA: Kind.FORMULA,
    Role.CAPTION: Kind.CAPTION,
    Role.FOOTNOTE: Kind.FOOTNOTE,
    Role.PAGE_HEADER: Kind.PAGE_HEADER,
    Role.PAGE_FOOTER: Kind.PAGE_FOOTER,
}


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A block whose place, level and word range are not decided yet."""

    block: Block
    words: list[Word]
    size: float = 0.0
    """The font size of most of its text, in points."""
    bold: bool = False
    role: Role = Role.TEXT


def drafts(evidence: PageEvidence) -> list[Draft]:
    """Return the blocks of a page in reading order."""
    made: list[Draft] = []
    for region in evidence.regions:
        if region.role is Role.TABLE and region.grid is not None:
            made.append(_table(region, evidence.page + 1))
        elif region.role is Role.LIST_ITEM:
            made.extend(_items(region, evidence.page + 1))
        else:
            made.append(_text(region, region.lines, region.words, evidence.page + 1))
    return made


def is_page_number(text: str) -> bool:
    """Tell whether a running head or foot says nothing but the page's number."""
    return bool(_PAGE_NUMBER.match(text))


def confidence(words: list[Word]) -> float:
    """Return the mean confidence of words, 1 where there are none."""
    return round(fmean(word.confidence for word in words), 3) if words else 1.0


def _text(region: Region, lines: list[Line], words: list[Word], page: int) -> Draft:
    """Return the block of a region of lines."""
    kind = _KINDS[region.role]
    size, bold = _type(lines)
    if kind is Kind.PARAGRAPH and lines and _all_mono(lines):
        kind = Kind.CODE
        text, spans = "\n".join(line.text.rstrip() for line in lines), list[Span]()
    else:
        text, spans = _running(lines, region.bbox, breaks=kind in (Kind.PARAGRAPH, Kind.FIGURE))
    if kind is Kind.HEADING:
        spans = _unbold(spans)
    if kind in (Kind.PAGE_HEADER, Kind.PAGE_FOOTER) and is_page_number(text):
        kind = Kind.PAGE_NUMBER
    block = Block(
        id="",
        kind=kind,
        page=page,
        text=text,
        bbox=region.bbox,
        spans=spans,
        confidence=confidence(words),
    )
    return Draft(block=block, words=words, size=size, bold=bold, role=region.role)


def _items(region: Region, page: int) -> list[Draft]:
    """Return the list items of a region: a new one wherever a line begins with a marker at the left."""
    groups: list[list[Line]] = []
    for line in region.lines:
        begins = _MARKER.match(line.text) and line.bbox[0] <= region.bbox[0] + _ITEM_INDENT_PT
        if begins or not groups:
            groups.append([line])
        else:
            groups[-1].append(line)
    if len(groups) <= 1:
        return [_item(region, region.lines, region.words, region.bbox, page)]
    dealt = _deal(region.words, groups)
    return [_item(region, lines, words, _around(lines), page) for lines, words in zip(groups, dealt, strict=True)]


def _item(region: Region, lines: list[Line], words: list[Word], bbox: Box, page: int) -> Draft:
    """Return one list item, its marker taken off."""
    draft = _text(region, lines, words, page)
    found = _MARKER.match(draft.block.text)
    marker = "-"
    text, spans = draft.block.text, draft.block.spans
    if found:
        marker = found["number"] or "-"
        text = text[found.end() :]
        spans = _without_start(spans, found.end())
    block = msgspec.structs.replace(draft.block, text=text, spans=spans, marker=marker, bbox=bbox)
    return msgspec.structs.replace(draft, block=block)


def _table(region: Region, page: int) -> Draft:
    """Return the block of a table; its words are those of its cells in turn, then any others."""
    assert region.grid is not None
    words: list[Word] = []
    cells = []
    rows: list[list[str]] = [[] for _ in range(region.grid.rows)]
    for cell in region.grid.cells:
        start = len(words)
        words.extend(cell.words)
        text = flow.clean(cell.text)
        rows[cell.row].append(text.replace("\n", " "))
        cells.append(
            Cell(
                row=cell.row,
                column=cell.column,
                row_span=cell.row_span,
                column_span=cell.column_span,
                header=cell.header,
                text=text,
                bbox=cell.bbox,
                words=(start, len(words)),
            )
        )
    words.extend(region.words)
    table = Table(rows=region.grid.rows, columns=region.grid.columns, header_rows=region.grid.header_rows, cells=cells)
    block = Block(
        id="",
        kind=Kind.TABLE,
        page=page,
        text="\n".join("\t".join(row) for row in rows),
        bbox=region.bbox,
        table=table,
        confidence=confidence(words),
    )
    return Draft(block=block, words=words, role=Role.TABLE)


def _running(lines: list[Line], bbox: Box, *, breaks: bool) -> tuple[str, list[Span]]:
    """Return lines as running text; with `breaks`, a line that ends early ends for good."""
    writer = flow.Writer()
    gap = " "
    for place, line in enumerate(lines):
        pieces = [
            Span(
                text=run.text,
                bold=run.bold,
                italic=run.italic,
                mono=run.mono,
                superscript=run.superscript,
                link=run.link,
            )
            for run in line.runs
        ]
        writer.line(pieces, gap=gap)
        gap = "\n" if breaks and place + 1 < len(lines) and _ends_early(line, lines[place + 1], bbox) else " "
    return writer.result()


def _ends_early(line: Line, following: Line, bbox: Box) -> bool:
    """Tell whether the next line's first word would have had room at the end of this line."""
    words = following.text.split(maxsplit=1)
    if not words or following.bbox[1] < (line.bbox[1] + line.bbox[3]) / 2:
        return False
    per_letter = (following.bbox[2] - following.bbox[0]) / max(len(following.text), 1)
    room = bbox[2] - line.bbox[2]
    return room > (len(words[0]) + 4) * per_letter and room > (bbox[2] - bbox[0]) / 5


def _type(lines: list[Line]) -> tuple[float, bool]:
    """Return the font size of most letters, and whether most are bold."""
    letters: dict[float, int] = {}
    bold = count = 0
    for line in lines:
        for run in line.runs:
            length = len(run.text.strip())
            letters[run.size] = letters.get(run.size, 0) + length
            bold += length if run.bold else 0
            count += length
    size = max(letters, key=lambda size: (letters[size], size)) if letters else 0.0
    return size, bold * 2 > count


def _all_mono(lines: list[Line]) -> bool:
    return all(run.mono for line in lines for run in line.runs if run.text.strip())


def _unbold(spans: list[Span]) -> list[Span]:
    """Return the spans of a heading without the bold that all of it has."""
    if not all(span.bold for span in spans if span.text.strip()):
        return spans
    plain = [msgspec.structs.replace(span, bold=False) for span in spans]
    return plain if any(flow.style(span) != flow.style(Span(text="")) for span in plain) else []


def _without_start(spans: list[Span], count: int) -> list[Span]:
    """Return spans without their first letters."""
    kept = []
    for span in spans:
        text = span.text[count:]
        count = max(0, count - len(span.text))
        if text:
            kept.append(msgspec.structs.replace(span, text=text))
    return kept


def _deal(words: list[Word], groups: list[list[Line]]) -> list[list[Word]]:
    """Return the words of each group of lines, by the middle of their height."""
    bottoms = [max(line.bbox[3] for line in lines) for lines in groups]
    dealt: list[list[Word]] = [[] for _ in groups]
    for word in words:
        middle = (word.y0 + word.y1) / 2
        place = next((place for place, bottom in enumerate(bottoms) if middle <= bottom), len(groups) - 1)
        dealt[place].append(word)
    return dealt


def _around(lines: list[Line]) -> Box:
    """Return the box around lines."""
    return (
        min(line.bbox[0] for line in lines),
        min(line.bbox[1] for line in lines),
        max(line.bbox[2] for line in lines),
        max(line.bbox[3] for line in lines),
    )
