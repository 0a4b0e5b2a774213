"""XML, JSON and notebooks: feeds and notebooks as what they say, the rest as code."""

import json
from collections.abc import Iterator

from lxml import etree

from axelered_box.domain.documents import Block
from axelered_box.domain.modules import Refusal
from axelered_box.formats import encodings, hypertext, packages
from axelered_box.formats.unprinted import Reading, code, heading, paragraph

_XHTML = "{http://www.w3.org/1999/xhtml}html"
_BODIES = ("{*}encoded", "{*}content", "{*}description", "{*}summary")


def read_xml(data: bytes) -> Reading:
    """Return what an XML file says: a page or a feed as such, any other as its source."""
    text, warnings = encodings.decode(data)
    try:
        root = packages.tree(data)
    except Refusal:  # it is shown as it stands; nothing in it is followed
        return Reading(blocks=[code(text.strip())] if text.strip() else [], warnings=warnings)
    if root.tag == _XHTML:
        page = hypertext.page_of_html(encodings.declared_or_utf8(data))
        return Reading(blocks=page.blocks, title=page.title, warnings=warnings)
    if etree.QName(root).localname in ("rss", "feed", "RDF") and _items(root):
        return _feed(root)
    return Reading(blocks=[code(text.strip())], warnings=warnings)


def read_json(data: bytes) -> Reading:
    """Return a JSON file as its source."""
    text, warnings = encodings.decode(data)
    return Reading(blocks=[code(text.strip())] if text.strip() else [], warnings=warnings)


def read_notebook(data: bytes) -> Reading:
    """Return the cells of a notebook: its texts, its code, and what the code printed."""
    text, warnings = encodings.decode(data)
    try:
        cells = json.loads(text)["cells"]
        blocks = [block for cell in cells for block in _cell(cell)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Reading(blocks=[code(text.strip())] if text.strip() else [], warnings=warnings)
    return Reading(blocks=blocks, warnings=warnings)


def _items(root: etree._Element) -> list[etree._Element]:
    """Return the entries of a feed, in order."""
    return [*root.iterfind("{*}channel/{*}item"), *root.iterfind("{*}item"), *root.iterfind("{*}entry")]


def _feed(root: etree._Element) -> Reading:
    """Return a feed: its title, then each entry below a heading."""
    channel = root.find("{*}channel")
    head = root if channel is None else channel
    title = _said(head, "{*}title")
    blocks = [heading(title, 1)] if title else []
    for name in ("{*}description", "{*}subtitle"):
        about = _said(head, name)
        blocks.extend([paragraph(about)] if about else [])
    for item in _items(root):
        blocks.extend(_entry(item))
    return Reading(blocks=blocks, title=title)


def _entry(item: etree._Element) -> Iterator[Block]:
    """Yield an entry of a feed: its title, its date, its text."""
    title = _said(item, "{*}title")
    if title:
        yield heading(title, 2)
    for name in ("{*}pubDate", "{*}updated", "{*}date"):
        date = _said(item, name)
        if date:
            yield paragraph(date)
            break
    bodies = [body for name in _BODIES if (body := _said(item, name))]
    if bodies:
        yield from hypertext.blocks_of_html(max(bodies, key=len))


def _said(parent: etree._Element, name: str) -> str | None:
    """Return the text of an element, None when there is none."""
    found = parent.find(name)
    return None if found is None else "".join(found.itertext()).strip() or None


def _cell(cell: dict[str, object]) -> Iterator[Block]:
    """Yield what a cell of a notebook says."""
    source = _joined(cell.get("source"))
    if cell.get("cell_type") == "markdown":
        yield from hypertext.blocks_of_markdown(source)
    elif source.strip():
        yield code(source.strip("\n"))
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else []:
        data = output.get("data") or {}
        printed = _joined(output.get("text") or data.get("text/plain"))
        if "text/html" in data:
            yield from hypertext.blocks_of_html(_joined(data["text/html"]))
        elif printed.strip():
            yield code(printed.strip("\n"))


def _joined(lines: object) -> str:
    """Return text that a notebook holds as one string or as lines."""
    return "".join(map(str, lines)) if isinstance(lines, list) else str(lines or "")
