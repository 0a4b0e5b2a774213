"""HTML and Markdown as blocks: headings, paragraphs, lists, tables and code, with their styles."""

import re
from collections.abc import Iterator, Sequence

import msgspec
from bs4 import BeautifulSoup
from bs4.element import PageElement, PreformattedString, Tag
from markdown_it import MarkdownIt

from axelered_box.domain.documents import Block, Cell, Kind, Span, Table
from axelered_box.formats.flow import Writer

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SKIPPED = frozenset({"script", "style", "head", "template", "noscript", "svg", "iframe"})
_CONTAINERS = frozenset(
    {"body", "html", "div", "section", "article", "main", "header", "footer", "nav", "aside", "blockquote", "figure",
     "details", "summary", "form", "fieldset", "center", "dl", "hgroup", "address"}
)  # fmt: skip
_BLOCKS = _CONTAINERS | _HEADINGS.keys() | {"p", "ul", "ol", "table", "pre", "dt", "dd", "figcaption", "hr", "li"}
_STYLES: dict[str, dict[str, bool]] = {
    "strong": {"bold": True},
    "b": {"bold": True},
    "em": {"italic": True},
    "i": {"italic": True},
    "code": {"mono": True},
    "tt": {"mono": True},
    "kbd": {"mono": True},
    "sup": {"superscript": True},
    "sub": {"subscript": True},
}
_SPACE = re.compile(r"\s+")
_MAX_SPAN = 1000


def blocks_of_html(source: str) -> Iterator[Block]:
    """Yield the blocks of an HTML page."""
    soup = BeautifulSoup(source, "html.parser")
    yield from _walk(soup.body or soup, 0)


def blocks_of_markdown(source: str) -> Iterator[Block]:
    """Yield the blocks of a Markdown text."""
    yield from blocks_of_html(MarkdownIt("commonmark").enable("table").render(source))


def _walk(parent: Tag, depth: int) -> Iterator[Block]:
    """Yield the blocks within an element; text that stands by itself is a paragraph."""
    inline: list[PageElement] = []
    for child in parent.children:
        if isinstance(child, Tag) and (child.name in _BLOCKS or _holds_blocks(child)):
            yield from _paragraph(inline)
            inline = []
            yield from _element(child, depth)
        else:
            inline.append(child)
    yield from _paragraph(inline)


def _holds_blocks(tag: Tag) -> bool:
    return tag.name not in _SKIPPED and tag.find(_BLOCKS) is not None


def _element(tag: Tag, depth: int) -> Iterator[Block]:
    """Yield the blocks that an element is or holds."""
    if tag.name in _HEADINGS:
        yield from _said([tag], Kind.HEADING, level=_HEADINGS[tag.name])
    elif tag.name in ("ul", "ol"):
        yield from _list(tag, depth + 1)
    elif tag.name == "table":
        yield from _table(tag)
    elif tag.name == "pre":
        text = tag.get_text().strip("\n")
        if text.strip():
            yield Block(id="", kind=Kind.CODE, page=1, text=text)
    elif tag.name == "figcaption":
        yield from _said([tag], Kind.CAPTION)
    elif tag.name == "p" and tag.find(_BLOCKS) is None:
        yield from _said(list(tag.children), Kind.PARAGRAPH)
    else:
        yield from _walk(tag, depth)


def _list(tag: Tag, depth: int) -> Iterator[Block]:
    """Yield the items of a list, those of lists within it after the item that holds them."""
    number = int(str(tag.get("start"))) if str(tag.get("start", "")).isdigit() else 1
    for item in tag.find_all(["li", "ul", "ol"], recursive=False):
        if item.name != "li":
            yield from _list(item, depth + 1)
            continue
        marker = f"{number}." if tag.name == "ol" else "-"
        number += 1
        parts = list(item.children)
        own = [part for part in parts if not (isinstance(part, Tag) and part.name in ("ul", "ol", "table", "pre"))]
        yield from _said(own, Kind.LIST_ITEM, level=min(depth, 6), marker=marker)
        for part in parts:
            if isinstance(part, Tag) and part.name in ("ul", "ol", "table", "pre"):
                yield from _element(part, depth)


def _table(tag: Tag) -> Iterator[Block]:
    """Yield a table, or what is in it when it has a single cell."""
    rows = [row for row in tag.find_all("tr") if row.find_parent("table") is tag]
    cells: list[Cell] = []
    covered: set[tuple[int, int]] = set()
    for place, row in enumerate(rows):
        column = 0
        for entry in row.find_all(["td", "th"], recursive=False):
            while (place, column) in covered:
                column += 1
            down, right = _span(entry, "rowspan"), _span(entry, "colspan")
            down = min(down, len(rows) - place)
            covered.update((place + y, column + x) for y in range(down) for x in range(right))
            text = "\n".join(block.text for block in _walk(entry, 0))
            header = entry.name == "th" or entry.find_parent("thead") is not None
            cells.append(Cell(row=place, column=column, row_span=down, column_span=right, header=header, text=text))
            column += right
    if not any(cell.text for cell in cells):
        return
    columns = max(column for _, column in covered) + 1
    header_rows = 0
    while header_rows < len(rows) and all(cell.header for cell in cells if cell.row == header_rows):
        header_rows += 1
    lines: list[list[str]] = [[] for _ in rows]
    for cell in cells:
        lines[cell.row].append(cell.text.replace("\n", " "))
    table = Table(rows=len(rows), columns=columns, header_rows=header_rows, cells=cells)
    yield Block(id="", kind=Kind.TABLE, page=1, text="\n".join(map("\t".join, lines)), table=table)


def _span(entry: Tag, name: str) -> int:
    value = str(entry.get(name, "1"))
    return min(max(int(value), 1), _MAX_SPAN) if value.isdigit() else 1


def _paragraph(inline: list[PageElement]) -> Iterator[Block]:
    yield from _said(inline, Kind.PARAGRAPH)


def _said(
    parts: Sequence[PageElement], kind: Kind, *, level: int | None = None, marker: str | None = None
) -> Iterator[Block]:
    """Yield the block of inline content, if it says anything."""
    writer = Writer()
    line: list[Span] = []
    for span in _spans(parts, Span(text="")):
        if span.text == "\n":
            writer.line(line, gap="\n")
            line = []
        else:
            line.append(span)
    writer.line(line, gap="\n")
    text, spans = writer.result()
    if text:
        yield Block(id="", kind=kind, page=1, text=text, spans=spans, level=level, marker=marker)


def _spans(parts: Sequence[PageElement], style: Span) -> Iterator[Span]:
    """Yield the text of inline content by style; a line break as a span of its own."""
    for part in parts:
        if isinstance(part, PreformattedString):
            continue
        if not isinstance(part, Tag):
            yield msgspec.structs.replace(style, text=_SPACE.sub(" ", str(part)))
        elif part.name == "br":
            yield Span(text="\n")
        elif part.name == "img":
            yield msgspec.structs.replace(style, text=str(part.get("alt") or ""))
        elif part.name not in _SKIPPED:
            changes: dict[str, bool | str] = dict(_STYLES.get(part.name, {}))
            if part.name == "a" and part.get("href"):
                changes["link"] = str(part["href"])
            yield from _spans(list(part.children), msgspec.structs.replace(style, **changes))
            if part.name in _BLOCKS:
                yield Span(text="\n")
