"""Zip files of documents: each file in them a section of one document."""

import functools
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from axelered_box.domain.modules import Refusal
from axelered_box.formats import packages
from axelered_box.formats.members import Member, Members
from axelered_box.formats.unprinted import Reading

_LEFTOVERS = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def read(file: BinaryIO, members: Members, password: str | None) -> Reading:
    """Return what the files in a zip file say; raises Refusal when none can be read."""
    try:
        with zipfile.ZipFile(file) as package:
            reading = members.read(_files(package, password), levels=0)
    except packages.DAMAGE as error:
        raise packages.damaged() from error
    if reading.warnings and not any(block.level != 1 and block.text != "(not read)" for block in reading.blocks):
        first = reading.warnings[0].message
        raise Refusal("nothing_readable", f"No file in the zip file could be read. {first}")
    return reading


def _files(package: zipfile.ZipFile, password: str | None) -> Iterator[Member]:
    """Yield the files of a zip file in its order; their names are shown and never used as paths."""
    secret = None if password is None else password.encode()
    for info in package.infolist():
        if info.is_dir() or any(part in info.filename for part in _LEFTOVERS):
            continue
        load = functools.partial(_content, package, info, secret)
        yield Member(_shown(info.filename), info.file_size, load)


def _content(package: zipfile.ZipFile, info: zipfile.ZipInfo, secret: bytes | None) -> bytes | None:
    """Return the bytes of a file, None when it is damaged or locked."""
    try:
        return package.read(info, secret)
    except packages.DAMAGE:
        return None


def _shown(name: str) -> str:
    """Return a file's name in one line."""
    return " ".join(name.replace("\\", "/").split())
