"""What the regions of one page are to a reader: their blocks, with the words each was made from."""

import re
from statistics import fmean

import msgspec

from axelered_box.domain.documents import Block, Box, Cell, Kind, Span, Table, Word
from axelered_box.formats import flow
from axelered_box.formats.evidence import Line, PageEvidence, Region, Role
from axelered_box.formats.hyphens import Hyphens
from axelered_box.modules.parse import headlines, notes
from axelered_box.modules.parse.drafts import Draft, around, deal_to_lines, style_of
from axelered_box.modules.parse.notes import without_start
from axelered_box.modules.parse.running_heads import is_page_number, split_off

BULLETS = "•‣◦▪▫●○■□◆◇►▶✓✔❖➢\u2043∙·*\u2013\u2014-"
_MARKER = re.compile(
    rf"^\s*(?:(?P<bullet>[{re.escape(BULLETS)}\ue000-\uf8ff]|o(?=\s))(?:\s+|$)"
    r"|(?P<number>\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)](?=\s|$)|\[\d{1,3}\])\s*)"
)
_ITEM_INDENT_PT = 6
_INDENT_PT = 5
_FULL = 0.08
"""A line that ends within this part of its region's width from the right edge is full."""
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
    Role.WATERMARK: Kind.WATERMARK,
}


def drafts(evidence: PageEvidence, known: Hyphens) -> list[Draft]:
    """Return the blocks of a page in reading order."""
    made: list[Draft] = []
    page = evidence.page + 1
    for region in split_off(evidence):
        if region.role is Role.TABLE and region.grid is not None:
            made.append(_table(region, page))
            continue
        for part in headlines.parts(region):
            if part.region.role is Role.LIST_ITEM:
                made.extend(_items(part.region, page, known))
            elif part.region.role is Role.FOOTNOTE:
                made.extend(_notes(part.region, page, known))
            else:
                draft = _text(part.region, part.region.lines, part.region.words, page, known)
                made.append(msgspec.structs.replace(draft, run_in=part.run_in))
    return made


def confidence(words: list[Word]) -> float:
    """Return the mean confidence of words, 1 where there are none."""
    return round(fmean(word.confidence for word in words), 3) if words else 1.0


def _text(region: Region, lines: list[Line], words: list[Word], page: int, known: Hyphens) -> Draft:
    """Return the block of a region of lines."""
    kind = _KINDS[region.role]
    if kind is Kind.PARAGRAPH and lines and _all_mono(lines):
        kind = Kind.CODE
        text, spans = "\n".join(line.text.rstrip() for line in lines), list[Span]()
    else:
        text, spans = _running(lines, region.bbox, known, breaks=kind in (Kind.PARAGRAPH, Kind.FIGURE))
    if kind is Kind.HEADING:
        spans = _unstyled(spans)
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
    style, uniform = style_of(lines)
    return Draft(
        block=block,
        words=words,
        style=style,
        uniform=uniform,
        lines=len(lines),
        full=bool(lines) and region.bbox[2] - lines[-1].bbox[2] <= _FULL * (region.bbox[2] - region.bbox[0]),
        indented=len(lines) > 1 and lines[0].bbox[0] - lines[1].bbox[0] >= _INDENT_PT,
        role=region.role,
        level=region.level,
    )


def _notes(region: Region, page: int, known: Hyphens) -> list[Draft]:
    """Return the footnotes of a region: a new one wherever a line begins with a mark."""
    groups: list[list[Line]] = []
    for line in region.lines:
        if not groups or notes.begins_note(line):
            groups.append([line])
        else:
            groups[-1].append(line)
    dealt = deal_to_lines(region.words, groups) if groups else []
    made = []
    for lines, words in zip(groups, dealt, strict=True):
        part = msgspec.structs.replace(region, lines=lines, words=words, bbox=around(lines))
        draft = _text(part, lines, words, page, known)
        made.append(msgspec.structs.replace(draft, block=notes.with_mark_apart(draft.block)))
    return made


def _items(region: Region, page: int, known: Hyphens) -> list[Draft]:
    """Return the list items of a region: a new one wherever a line begins with a marker at the left."""
    groups: list[list[Line]] = []
    for line in region.lines:
        begins = _MARKER.match(line.text) and line.bbox[0] <= region.bbox[0] + _ITEM_INDENT_PT
        if begins or not groups:
            groups.append([line])
        else:
            groups[-1].append(line)
    if len(groups) <= 1:
        return [_item(region, region.lines, region.words, region.bbox, page, known)]
    dealt = deal_to_lines(region.words, groups)
    return [_item(region, lines, words, around(lines), page, known) for lines, words in zip(groups, dealt, strict=True)]


def _item(region: Region, lines: list[Line], words: list[Word], bbox: Box, page: int, known: Hyphens) -> Draft:
    """Return one list item, its marker taken off."""
    draft = _text(region, lines, words, page, known)
    found = _MARKER.match(draft.block.text)
    if found is None and _hangs(lines):
        return msgspec.structs.replace(
            draft, block=msgspec.structs.replace(draft.block, kind=Kind.PARAGRAPH, bbox=bbox), role=Role.TEXT
        )
    marker = "-"
    text, spans = draft.block.text, draft.block.spans
    if found:
        marker = found["number"] or "-"
        text = text[found.end() :]
        spans = without_start(spans, found.end())
    block = msgspec.structs.replace(draft.block, text=text, spans=spans, marker=marker, bbox=bbox)
    return msgspec.structs.replace(draft, block=block)


def _hangs(lines: list[Line]) -> bool:
    """Tell whether lines without a marker are set off by their first one, as entries of a bibliography are."""
    return len(lines) > 1 and min(line.bbox[0] for line in lines[1:]) - lines[0].bbox[0] >= _INDENT_PT


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


def _running(lines: list[Line], bbox: Box, known: Hyphens, *, breaks: bool) -> tuple[str, list[Span]]:
    """Return lines as running text; with `breaks`, a line that ends early ends for good."""
    writer = flow.Writer(known)
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


def _all_mono(lines: list[Line]) -> bool:
    return all(run.mono for line in lines for run in line.runs if run.text.strip())


def _unstyled(spans: list[Span]) -> list[Span]:
    """Return the spans of a heading without the bold and italics that all of it has."""
    said = [span for span in spans if span.text.strip() and not span.superscript]
    plain = [
        msgspec.structs.replace(
            span,
            bold=span.bold and not all(other.bold for other in said),
            italic=span.italic and not all(other.italic for other in said),
        )
        for span in spans
    ]
    return plain if any(flow.style(span) != flow.style(Span(text="")) for span in plain) else []
