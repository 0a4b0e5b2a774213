"""OpenDocument files: texts, presentations and spreadsheets, from their one part of content."""

import zipfile
from typing import BinaryIO

from lxml import etree

from axelered_box.domain.documents import Block
from axelered_box.formats import hypertext, odf_sheets, packages
from axelered_box.formats.odf_html import Writer
from axelered_box.formats.odf_styles import Styles
from axelered_box.formats.unprinted import Reading

_META = "{*}meta/{http://purl.org/dc/elements/1.1/}title"


def read(file: BinaryIO) -> Reading:
    """Return what an OpenDocument file says; raises Refusal."""
    with packages.open_package(file) as package:
        if b"encryption-data" in (packages.part(package, "META-INF/manifest.xml") or b""):
            raise packages.encrypted("file")
        data = packages.part(package, "content.xml")
        if data is None:
            raise packages.damaged()
        content = packages.tree(data)
        common = packages.part(package, "styles.xml")
        styles = Styles(content, None if common is None else packages.tree(common))
        title = _title(package)
        body = content.find("{*}body")
        kind = None if body is None else next(iter(body), None)
        if kind is None:
            raise packages.damaged()
        if etree.QName(kind).localname == "spreadsheet":
            return odf_sheets.read(kind, styles, title)
        blocks: list[Block] = list(hypertext.blocks_of_html(Writer(styles, package).page(kind)))
    return Reading(blocks=blocks, title=title)


def _title(package: zipfile.ZipFile) -> str | None:
    """Return the title that a file's properties name."""
    data = packages.part(package, "meta.xml")
    said = None if data is None else packages.tree(data).findtext(_META)
    return said.strip() or None if said else None
