"""A Document written for people and programs: Markdown, HTML and plain text."""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator

from axelered_box.domain.documents import Block, Cell, Document, Kind, Span, Table
from axelered_box.formats.whole_blocks import flowing

_MARKDOWN_SPECIAL = re.compile(
    r"([\\`]|\*(?=\S)|(?<=\S)\*|<(?=[a-zA-Z/!?])|\[(?=[^\]]*\]\()|(?<!\w)_(?=\w)|(?<=\w)_(?!\w))"
)
_OPENING_STAR = re.compile(r"\*(?=[^\s*])")
_MARKDOWN_START = re.compile(r"^(#{1,6}\s|>|[-+]\s|={3,}|-{3,}|\d{1,9}[.)]\s)")
_TEX = re.compile(r"(\$\$?[^$\n]*\\[A-Za-z][^$\n]*\$\$?)")
"""A formula: between dollar signs, with a command of TeX."""
_HTML_LANGUAGES = {"eng": "en", "deu": "de", "fra": "fr", "spa": "es", "ita": "it", "nld": "nl", "por": "pt"}


def markdown(document: Document) -> str:
    """Return the document as GitHub Flavored Markdown; tables with merged cells, as HTML."""
    parts: list[str] = []
    before: Block | None = None
    labels = _note_labels(document)
    for block in flowing(document):
        text = _markdown_block(block, labels)
        if not text:
            continue
        tight = before is not None and before.kind is block.kind is Kind.LIST_ITEM
        parts.append(("\n" if tight else "\n\n") if parts else "")
        parts.append(text)
        before = block
    return "".join(parts) + "\n" if parts else ""


def text(document: Document) -> str:
    """Return the document as plain text, a blank line between blocks."""
    parts = []
    for block in flowing(document):
        said = block.text
        if block.kind is Kind.LIST_ITEM:
            said = f"{'  ' * ((block.level or 1) - 1)}{block.marker or '-'} {said}"
        elif block.kind is Kind.FOOTNOTE and block.marker is not None:
            said = f"{block.marker} {said}"
        if said:
            parts.append(said)
    return "\n\n".join(parts) + "\n" if parts else ""


def html5(document: Document) -> str:
    """Return the document as an HTML5 page of its own."""
    language = _HTML_LANGUAGES.get(document.languages[0], document.languages[0]) if document.languages else ""
    attribute = f' lang="{language}"' if language else ""
    title = html.escape(document.title or "Document", quote=False)
    body = "\n".join(_html_parts(list(flowing(document))))
    return (
        f'<!DOCTYPE html>\n<html{attribute}>\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _note_labels(document: Document) -> dict[str, str]:
    """Return the label of each footnote that a mark is tied to: the mark, or its id where that is not unique."""
    tied = {span.note for block in document.blocks for span in block.spans if span.note is not None}
    notes = [block for block in document.blocks if block.id in tied]
    marks = Counter(block.marker for block in notes)
    return {block.id: f"{block.marker}" if marks[block.marker] == 1 else block.id.replace(".", "-") for block in notes}


def _markdown_block(block: Block, labels: dict[str, str]) -> str:
    """Return one block as Markdown."""
    if block.kind is Kind.TABLE and block.table is not None:
        return _markdown_table(block.table, is_headless=block.bbox is None and block.table.header_rows == 0)
    if block.kind is Kind.CODE:
        fence = "```" if "```" not in block.text else "~~~~"
        return f"{fence}\n{block.text}\n{fence}"
    said = _styled(block, lambda span: _markdown_span(span, labels))
    if block.kind is Kind.FOOTNOTE and block.marker is not None:
        label = labels.get(block.id)
        return f"<sup>{_escaped(block.marker)}</sup> {said}" if label is None else f"[^{label}]: {said}"
    if not said:
        return ""
    if block.kind is Kind.HEADING:
        return f"{'#' * (block.level or 1)} {said.replace('  ' + chr(10), ' ')}"
    if block.kind is Kind.LIST_ITEM:
        marker = _markdown_marker(block.marker)
        return f"{'   ' * ((block.level or 1) - 1)}{marker} {said}"
    return _MARKDOWN_START.sub(_escaped_start, said)


def _markdown_marker(marker: str | None) -> str:
    """Return a list item's marker as Markdown has it: numbers stay, other marks become part of a bullet's text."""
    if marker is None or marker == "-":
        return "-"
    return marker if re.fullmatch(r"\d+[.)]", marker) else f"- {marker}"


def _escaped_start(found: re.Match[str]) -> str:
    """Return the start of a paragraph so that it is not taken for a heading, list or quote."""
    start = found[0]
    if start[0].isdigit():
        return re.sub(r"([.)])", r"\\\1", start, count=1)
    return "\\" + start


def _styled(block: Block, write: Callable[[Span], str]) -> str:
    """Return a block's text with its styles, or plain when it has none."""
    return "".join(write(span) for span in (block.spans or [Span(text=block.text)]))


def _markdown_span(span: Span, labels: dict[str, str]) -> str:
    """Return a span as Markdown; spaces at its ends stay outside its marks."""
    if span.note in labels:
        return f"[^{labels[span.note]}]"
    core = span.text.strip()
    if not core:
        return span.text
    start = span.text[: len(span.text) - len(span.text.lstrip())]
    end = span.text[len(span.text.rstrip()) :]
    address = _own_address(span)
    core = address or (f"`{core}`" if span.mono and "`" not in core else _escaped(core))
    core = f"_{core}_" if span.italic else core
    core = f"**{core}**" if span.bold else core
    core = f"<sup>{core}</sup>" if span.superscript else core
    core = f"<sub>{core}</sub>" if span.subscript else core
    if span.link is not None and address is None:
        core = f"[{core}](<{span.link}>)" if re.search(r"[\s()<>]", span.link) else f"[{core}]({span.link})"
    return start.replace("\n", "  \n") + core + end.replace("\n", "  \n")


def _own_address(span: Span) -> str | None:
    """Return a link's text that is its address, which GFM links by itself, without the spaces of a line's end."""
    said = "".join(span.text.split())
    address, link = (part.rstrip(".,;:").removesuffix("/") for part in (said, span.link or ""))
    web = "http://" if said.startswith("www.") else ""
    return said if span.link is not None and link in (web + address, f"mailto:{address}") else None


def _escaped(said: str) -> str:
    """Return text in which nothing but formulas is taken for Markdown; a line break is two spaces at the line's end."""
    parts = _TEX.split(said)
    parts[::2] = [_MARKDOWN_SPECIAL.sub(_harmless, part) for part in parts[::2]]
    return "".join(parts).replace("\n", "  \n")


def _harmless(found: re.Match[str]) -> str:
    """Return a sign so that it is not taken for Markdown or HTML."""
    return "&lt;" if found[0] == "<" else f"\\{found[0]}"


def _markdown_table(table: Table, *, is_headless: bool) -> str:
    """Return a table as a pipe table, or as HTML where cells span.

    Pipe tables must have a row of headings; a table of which it is known that it has none gets an empty one.
    """
    if any(cell.row_span > 1 or cell.column_span > 1 for cell in table.cells):
        return _html_table(table)
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        if cell.row < table.rows and cell.column < table.columns:
            rows[cell.row][cell.column] = _pipe_text(cell.text)
    if not rows:
        return ""
    if is_headless:
        rows.insert(0, [""] * table.columns)
    lines = [_pipe_row(row) for row in rows]
    lines.insert(1, _pipe_row(["---"] * table.columns))
    return "\n".join(lines)


def _pipe_text(said: str) -> str:
    """Return a cell's text; stars that only end words, as those of footnotes and significance do, are no marks."""
    escaped = _MARKDOWN_SPECIAL.sub(_harmless, said.replace("\n", " ")).replace("|", "\\|")
    return escaped if _OPENING_STAR.search(said) else escaped.replace("\\*", "*")


def _pipe_row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _html_parts(blocks: list[Block]) -> Iterator[str]:
    """Yield the blocks as HTML, list items within their lists."""
    open_lists: list[str] = []
    for block in blocks:
        if block.kind is Kind.LIST_ITEM:
            yield from _html_item(block, open_lists)
            continue
        while open_lists:
            yield f"</li></{open_lists.pop()}>"
        said = _html_block(block)
        if said:
            yield said
    while open_lists:
        yield f"</li></{open_lists.pop()}>"


def _html_item(block: Block, open_lists: list[str]) -> Iterator[str]:
    """Yield a list item, opening and closing lists as its depth asks."""
    level = block.level or 1
    number = re.fullmatch(r"(\d+)[.)]", block.marker or "")
    tag = "ol" if number else "ul"
    while len(open_lists) > level or (len(open_lists) == level and open_lists[-1] != tag):
        yield f"</li></{open_lists.pop()}>"
    if len(open_lists) == level:
        yield "</li>"
    while len(open_lists) < level:
        if open_lists and len(open_lists) < level - 1:
            level = len(open_lists) + 1
        start = f' start="{number[1]}"' if number and number[1] != "1" else ""
        open_lists.append(tag)
        yield f"<{tag}{start}>"
    other = "" if number or block.marker in (None, "-") else html.escape(f"{block.marker} ", quote=False)
    yield f"<li>{other}{_styled(block, _html_span)}"


def _html_block(block: Block) -> str:
    """Return a block that is no list item as HTML."""
    if block.kind is Kind.TABLE and block.table is not None:
        return _html_table(block.table)
    if block.kind is Kind.CODE:
        return f"<pre><code>{html.escape(block.text, quote=False)}</code></pre>"
    said = _styled(block, _html_span)
    if not said:
        return ""
    if block.kind is Kind.HEADING:
        return f"<h{block.level or 1}>{said}</h{block.level or 1}>"
    if block.kind is Kind.FIGURE:
        return f"<figure>{said}</figure>"
    if block.kind is Kind.FOOTNOTE:
        mark = f"<sup>{html.escape(block.marker, quote=False)}</sup> " if block.marker is not None else ""
        return f'<p class="footnote" id="note-{html.escape(block.id)}">{mark}{said}</p>'
    return f"<p{_HTML_CLASS.get(block.kind, '')}>{said}</p>"


_HTML_CLASS = {
    Kind.CAPTION: ' class="caption"',
    Kind.FORMULA: ' class="formula"',
}


def _html_span(span: Span) -> str:
    """Return a span as HTML."""
    said = html.escape(span.text, quote=False).replace("\n", "<br>")
    for tag, wanted in (
        ("code", span.mono),
        ("em", span.italic),
        ("strong", span.bold),
        ("sup", span.superscript),
        ("sub", span.subscript),
    ):
        said = f"<{tag}>{said}</{tag}>" if wanted else said
    if span.note is not None:
        said = f'<a href="#note-{html.escape(span.note)}">{said}</a>'
    return f'<a href="{html.escape(span.link)}">{said}</a>' if span.link and _is_safe(span.link) else said


def _is_safe(link: str) -> bool:
    """Tell whether a link may be followed from a page: not one that runs a script."""
    return link.lower().startswith(("http://", "https://", "mailto:", "#"))


def _html_table(table: Table) -> str:
    """Return a table as HTML."""
    rows: list[list[Cell]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        if cell.row < table.rows:
            rows[cell.row].append(cell)
    lines = ["<table>"]
    for row in rows:
        lines.append("<tr>" + "".join(_html_cell(cell) for cell in row) + "</tr>")
    return "\n".join([*lines, "</table>"])


def _html_cell(cell: Cell) -> str:
    tag = "th" if cell.header else "td"
    spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    spans += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    return f"<{tag}{spans}>{html.escape(' '.join(cell.text.split()), quote=False)}</{tag}>"
