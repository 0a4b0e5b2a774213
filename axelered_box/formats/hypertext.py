"""HTML and Markdown as blocks: headings, paragraphs, lists, tables, notes and code, with their styles."""

import re
from collections.abc import Iterator, Sequence

import msgspec
from bs4.element import PageElement, PreformattedString, Tag
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from axelered_box.domain.documents import Block, Kind, Span
from axelered_box.formats import grids, links
from axelered_box.formats.flow import Writer
from axelered_box.formats.grids import Entry
from axelered_box.formats.page_tree import BLOCKS, HEADINGS, MAX_DEPTH, SKIPPED, is_note, note_mark, page_tree

_STYLES: dict[str, dict[str, bool]] = {
    "strong": {"bold": True},
    "b": {"bold": True},
    "em": {"italic": True},
    "i": {"italic": True},
    "cite": {"italic": True},
    "code": {"mono": True},
    "tt": {"mono": True},
    "kbd": {"mono": True},
    "samp": {"mono": True},
    "sup": {"superscript": True},
    "sub": {"subscript": True},
}
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n((?:[\w-]+:|[ \t#-]).*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_SPACE = re.compile(r"\s+")
_VALUE = re.compile(r"[\s\d.,:;/%€$£+()-]+")
"""What is a number, a date or an amount."""
_OWN_BLOCKS = ("ul", "ol", "table", "pre")
"""What an item of a list holds as blocks of their own."""


class Page(msgspec.Struct, frozen=True):
    """An HTML page: what it calls itself, and its blocks."""

    title: str | None
    blocks: list[Block]


def page_of_html(source: str) -> Page:
    """Return the blocks and the title of an HTML page."""
    soup = page_tree(source)
    title = soup.title.get_text(" ", strip=True) if soup.title is not None else None
    return Page(title or None, list(_walk(soup.body or soup, 0, 0)))


def blocks_of_html(source: str) -> Iterator[Block]:
    """Yield the blocks of an HTML page."""
    yield from page_of_html(source).blocks


def blocks_of_markdown(source: str) -> Iterator[Block]:
    """Yield the blocks of a Markdown text; what stands before it as data (YAML) is code."""
    front = _FRONT_MATTER.match(source)
    if front:
        yield Block(id="", kind=Kind.CODE, page=1, text=front[1].strip("\n"))
        source = source[front.end() :]
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
    yield from blocks_of_html(reader.render(source))


def _walk(parent: Tag, depth: int, list_depth: int) -> Iterator[Block]:
    """Yield the blocks within an element; text that stands by itself is a paragraph."""
    if depth > MAX_DEPTH:
        yield from _unnested(parent)
        return
    inline: list[PageElement] = []
    for child in parent.children:
        if isinstance(child, Tag) and (child.name in BLOCKS or _holds_blocks(child)):
            yield from _said(inline, Kind.PARAGRAPH)
            inline = []
            yield from _element(child, depth + 1, list_depth)
        else:
            inline.append(child)
    yield from _said(inline, Kind.PARAGRAPH)


def _unnested(parent: Tag) -> Iterator[Block]:
    """Yield the text of what is nested deeper than anyone reads."""
    for text in parent.stripped_strings:
        yield Block(id="", kind=Kind.PARAGRAPH, page=1, text=_SPACE.sub(" ", text))


def _holds_blocks(tag: Tag) -> bool:
    return tag.name not in SKIPPED and tag.find(BLOCKS) is not None


def _element(tag: Tag, depth: int, list_depth: int) -> Iterator[Block]:
    """Yield the blocks that an element is or holds."""
    if tag.name in SKIPPED:
        return
    if is_note(tag):
        yield from _note(tag)
    elif tag.name in HEADINGS:
        yield from _heading(tag)
    elif tag.name in ("ul", "ol"):
        yield from _list(tag, depth, list_depth + 1)
    elif tag.name == "table":
        yield from _table(tag, depth, list_depth)
    elif tag.name == "pre":
        text = _code(tag).strip("\n")
        if text.strip():
            yield Block(id="", kind=Kind.CODE, page=1, text=text)
    elif tag.name in ("figcaption", "caption"):
        yield from _said([tag], Kind.CAPTION)
    elif tag.name in ("p", "dt", "summary") and tag.find(BLOCKS) is None:
        yield from _said(list(tag.children), Kind.PARAGRAPH)
    else:
        yield from _walk(tag, depth, list_depth)


def _code(tag: Tag) -> str:
    """Return text whose lines matter; word processors break them as HTML does."""
    for line in tag.find_all("br"):
        line.replace_with("\n")
    return tag.get_text()


def _heading(tag: Tag) -> Iterator[Block]:
    """Yield a heading: one line, even where it was broken."""
    for block in _said([tag], Kind.HEADING, level=HEADINGS[tag.name]):
        spans = [msgspec.structs.replace(span, text=span.text.replace("\n", " ")) for span in block.spans]
        yield msgspec.structs.replace(block, text=block.text.replace("\n", " "), spans=spans)


def _note(tag: Tag) -> Iterator[Block]:
    """Yield a footnote, tied to its mark."""
    yield from _said([tag], Kind.FOOTNOTE, marker=note_mark(tag))


def _list(tag: Tag, depth: int, list_depth: int) -> Iterator[Block]:
    """Yield the items of a list, those of lists within it after the item that holds them."""
    if depth > MAX_DEPTH:
        yield from _unnested(tag)
        return
    number = int(str(tag.get("start"))) if str(tag.get("start", "")).isdecimal() else 1
    for item in tag.find_all(True, recursive=False):
        if item.name != "li":
            inner = list_depth - 1 if item.name in ("ul", "ol") and not _follows_item(item) else list_depth
            yield from _element(item, depth + 1, inner)
            continue
        if is_note(item):
            yield from _note(item)
            continue
        value = str(item.get("value", ""))
        number = int(value) if value.isdecimal() else number
        marker = str(item.get("data-marker") or (f"{number}." if tag.name == "ol" else "-"))
        number += 1
        yield from _item(item, marker, depth, list_depth)


def _follows_item(inner: Tag) -> bool:
    """Tell whether a list that lies directly in a list stands below one of its items."""
    return inner.find_previous_sibling("li") is not None


def _item(item: Tag, marker: str, depth: int, list_depth: int) -> Iterator[Block]:
    """Yield an item of a list, then the blocks that it holds."""
    parts = list(item.children)
    own = [part for part in parts if not (isinstance(part, Tag) and _stands_apart(part))]
    level = int(str(item.get("data-level") or list_depth))
    yield from _said(own, Kind.LIST_ITEM, level=min(level, 6), marker=marker)
    for part in parts:
        if isinstance(part, Tag) and _stands_apart(part):
            yield from _element(part, depth + 1, list_depth)


def _stands_apart(tag: Tag) -> bool:
    """Tell whether a part of a list's item is a block of its own, or holds one."""
    return tag.name in _OWN_BLOCKS or tag.name in HEADINGS or (tag.name in BLOCKS and tag.find(_OWN_BLOCKS) is not None)


def _table(tag: Tag, depth: int, list_depth: int) -> Iterator[Block]:
    """Yield a table, or what is in it when it only arranges a page."""
    rows = [row for row in tag.find_all("tr") if row.find_parent("table") is tag]
    if _arranges(tag, rows):
        for row in rows or [tag]:
            for entry in row.find_all(["td", "th"], recursive=False):
                yield from _walk(entry, depth, list_depth)
        return
    caption = tag.find("caption", recursive=False)
    if isinstance(caption, Tag):
        yield from _said([caption], Kind.CAPTION)
    entries = [[_entry(entry, depth) for entry in row.find_all(["td", "th"], recursive=False)] for row in rows]
    block = grids.of_rows(entries if tag.has_attr("data-plain") else _headed(entries))
    if block is not None:
        yield block


def _arranges(tag: Tag, rows: list[Tag]) -> bool:
    """Tell whether a table holds no data but places parts of a page, as mails and old pages have it."""
    if tag.get("role") in ("presentation", "none"):
        return True
    if tag.find(["caption", "thead"], recursive=False) or any(row.find("th", recursive=False) for row in rows):
        return False
    widest = max((len(row.find_all(["td", "th"], recursive=False)) for row in rows), default=0)
    is_column = widest <= 1 and (len(rows) == 1 or not tag.has_attr("data-plain"))
    return tag.find("table") is not None or (is_column and tag.find(["p", "div", "ul", "ol", *HEADINGS]) is not None)


def _headed(rows: list[list[Entry]]) -> list[list[Entry]]:
    """Return the rows of a table with its first row as headings where none is said to be, but it looks so."""
    if len(rows) < 2 or any(entry.header for row in rows for entry in row) or not rows[0]:
        return rows
    if any(not entry.text or _VALUE.fullmatch(entry.text) for entry in rows[0]):
        return rows
    return [[msgspec.structs.replace(entry, header=True) for entry in rows[0]], *rows[1:]]


def _entry(entry: Tag, depth: int) -> Entry:
    """Return a cell of a table."""
    text = "\n".join(_cell_line(block) for block in _walk(entry, depth + 1, 0))
    header = entry.name == "th" or entry.find_parent("thead") is not None
    return Entry(text, _span(entry, "rowspan"), _span(entry, "colspan"), header)


def _cell_line(block: Block) -> str:
    """Return a block within a cell as text; an item of a list keeps its marker."""
    return f"{block.marker} {block.text}" if block.kind is Kind.LIST_ITEM else block.text


def _span(entry: Tag, name: str) -> int:
    value = str(entry.get(name, "1"))
    return min(max(int(value), 1), grids.MAX_SPAN) if value.isdecimal() and len(value) < 6 else 1


def _said(
    parts: Sequence[PageElement], kind: Kind, *, level: int | None = None, marker: str | None = None
) -> Iterator[Block]:
    """Yield the block of inline content, if it says anything."""
    writer = Writer()
    line: list[Span] = []
    for span in _spans(parts, Span(text=""), 0):
        if span.text == "\n":
            writer.line(line, gap="\n")
            line = []
        else:
            line.append(span)
    writer.line(line, gap="\n")
    text, spans = writer.result()
    if text:
        yield Block(id="", kind=kind, page=1, text=text, spans=spans, level=level, marker=marker)


def _spans(parts: Sequence[PageElement], style: Span, depth: int) -> Iterator[Span]:
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
        elif depth > MAX_DEPTH:
            yield msgspec.structs.replace(style, text=_SPACE.sub(" ", part.get_text()))
        elif part.name not in SKIPPED:
            yield from _spans(list(part.children), _restyled(style, part), depth + 1)
            if part.name in BLOCKS:
                yield Span(text="\n")


def _restyled(style: Span, tag: Tag) -> Span:
    """Return the style of what is in an element."""
    changes: dict[str, bool | str] = dict(_STYLES.get(tag.name, {}))
    target = links.target(str(tag.get("href") or "")) if tag.name == "a" else None
    if target is not None:
        changes["link"] = target
    return msgspec.structs.replace(style, **changes)
