"""Word files: mammoth makes HTML of them, styles and outline levels say what is a heading, notes are tied to marks."""

import re
import zipfile
from collections.abc import Iterator
from html import escape
from typing import BinaryIO
from xml.parsers.expat import ExpatError

import mammoth
from lxml import etree
from markitdown.converter_utils.docx.pre_process import pre_process_docx

from axelered_box.formats import hypertext, packages, word_parts
from axelered_box.formats.unprinted import Reading

_DAMAGE = (*packages.DAMAGE, ExpatError, AttributeError, IndexError, TypeError)
"""What Word files that are not as they should be make mammoth raise."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLE_MAP = """
p[style-name='Title'] => h1:fresh
p[style-name='Source Code'] => pre:separator('\\n')
p[style-name='HTML Preformatted'] => pre:separator('\\n')
p[style-name='Code'] => pre:separator('\\n')
p[style-name='caption'] => figcaption:fresh
p[style-name='Caption'] => figcaption:fresh
p.Caption => figcaption:fresh
comment-reference => sup
"""
_HEADING_NAME = re.compile(r"(?:heading|title|subtitle)\b", re.IGNORECASE)
_STYLE_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_MAX_BASES = 12
_NOTE = re.compile(r'<li id="((?:footnote|endnote)-[^"]*)">')
_COMMENTS = re.compile(r'<dt id="(comment-[^"]*)">Comment \[[^\]]*\]</dt><dd>(.*?)</dd>', re.DOTALL)


def read(file: BinaryIO) -> Reading:
    """Return what a Word file says; raises Refusal."""
    with packages.open_package(file) as package:
        styles = packages.part(package, "word/styles.xml")
        title = _title(package)
        authors = _authors(package)
        style_map = _STYLE_MAP + "\n".join(_outlined(packages.tree(styles))) if styles else _STYLE_MAP
        prepared = word_parts.prepared(package)
    try:
        page = mammoth.convert_to_html(
            pre_process_docx(prepared), style_map=style_map, convert_image=mammoth.images.img_element(_no_image)
        )
    except (*_DAMAGE, zipfile.LargeZipFile) as error:
        raise packages.damaged() from error
    return Reading(blocks=list(hypertext.blocks_of_html(_marked(page.value, authors))), title=title)


def _marked(html: str, authors: dict[str, str]) -> str:
    """Return mammoth's HTML with notes and comments said to be such."""
    html = html.replace("<table>", "<table data-plain>")
    html = _NOTE.sub(r'<li role="doc-footnote" id="\1">', html)

    def comment(found: re.Match[str]) -> str:
        author = escape(authors.get(found[1].removeprefix("comment-"), ""))
        by = f" by {author}" if author else ""
        return f'<div role="doc-footnote" id="{found[1]}"><b>Comment{by}:</b> {found[2]}</div>'

    return _COMMENTS.sub(comment, html)


def _authors(package: zipfile.ZipFile) -> dict[str, str]:
    """Return who wrote each comment, by its id."""
    data = packages.part(package, "word/comments.xml")
    if data is None:
        return {}
    return {
        comment.get(f"{_W}id", ""): comment.get(f"{_W}author", "")
        for comment in packages.tree(data).iterfind(f"{_W}comment")
    }


def _outlined(styles: etree._Element) -> Iterator[str]:
    """Yield mammoth's mapping of each style that is a heading by its outline level alone."""
    found = {style.get(f"{_W}styleId", ""): style for style in styles.iterfind(f"{_W}style")}
    for name, style in found.items():
        label = style.find(f"{_W}name")
        shown = "" if label is None else label.get(f"{_W}val", "")
        level = _outline_level(style, found)
        if level is not None and level < 6 and not _HEADING_NAME.match(shown) and _STYLE_ID.fullmatch(name):
            yield f"p.{name} => h{level + 1}:fresh"


def _outline_level(style: etree._Element, styles: dict[str, etree._Element]) -> int | None:
    """Return the outline level of a style, from 0, its own or that of the style it is based on."""
    for _ in range(_MAX_BASES):
        level = style.find(f"{_W}pPr/{_W}outlineLvl")
        if level is not None:
            value = level.get(f"{_W}val", "")
            return int(value) if value.isdecimal() else None
        base = style.find(f"{_W}basedOn")
        parent = None if base is None else styles.get(base.get(f"{_W}val", ""))
        if parent is None:
            return None
        style = parent
    return None


def _title(package: zipfile.ZipFile) -> str | None:
    """Return the title that a file's properties name."""
    data = packages.part(package, "docProps/core.xml")
    if data is None:
        return None
    said = packages.tree(data).findtext("{http://purl.org/dc/elements/1.1/}title")
    return said.strip() or None if said else None


def _no_image(image: object) -> dict[str, str]:
    """Return what stands for an image: nothing but its description."""
    return {}
