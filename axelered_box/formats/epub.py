"""EPUB books: the chapters that the spine lists, in its order."""

import posixpath
import urllib.parse
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from axelered_box.domain.documents import Block
from axelered_box.formats import encodings, hypertext, packages
from axelered_box.formats.unprinted import Reading

_CHAPTERS = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_DRM = "META-INF/encryption.xml"


def read(file: BinaryIO) -> Reading:
    """Return what a book says; raises Refusal."""
    with packages.open_package(file) as package:
        place = _book_place(package)
        data = packages.part(package, place)
        if data is None:
            raise packages.damaged()
        book = packages.tree(data)
        blocks = [block for name in _chapters(book, place) for block in _chapter(package, name)]
        if not blocks and packages.part(package, _DRM) is not None:
            raise packages.encrypted("book")
    title = book.findtext(".//{*}metadata/{*}title")
    return Reading(blocks=blocks, title=title.strip() or None if title else None)


def _book_place(package: zipfile.ZipFile) -> str:
    """Return where a book's own description lies in it."""
    data = packages.part(package, "META-INF/container.xml")
    if data is None:
        raise packages.damaged()
    found = packages.tree(data).find(".//{*}rootfile")
    place = None if found is None else found.get("full-path")
    if place is None:
        raise packages.damaged()
    return str(place)


def _chapters(book: etree._Element, place: str) -> Iterator[str]:
    """Yield the names of the parts that are read, in order."""
    items = {item.get("id"): item for item in book.iterfind(".//{*}manifest/{*}item")}
    for reference in book.iterfind(".//{*}spine/{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _CHAPTERS or "nav" in item.get("properties", "").split():
            continue
        href = urllib.parse.unquote(item.get("href", "")).partition("#")[0]
        yield posixpath.normpath(posixpath.join(posixpath.dirname(place), href))


def _chapter(package: zipfile.ZipFile, name: str) -> Iterator[Block]:
    """Yield the blocks of a part; a part that is not there says nothing."""
    data = packages.part(package, name)
    if data is not None:
        yield from hypertext.blocks_of_html(encodings.declared_or_utf8(data))
