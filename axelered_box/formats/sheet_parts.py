"""What a worksheet's own parts say beside its values: merged cells, comments, charts, formulas without a value."""

import posixpath
import re
import zipfile
from collections.abc import Iterator

import msgspec
from openpyxl.utils.cell import range_boundaries

from axelered_box.domain.documents import Block
from axelered_box.domain.modules import Refusal
from axelered_box.formats import charts, packages
from axelered_box.formats.unprinted import paragraph

_CHUNK = 1 << 20
_OVERLAP = 256
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_BARE_FORMULA = re.compile(rb"</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_MAX_COVERED = 200_000


class Extras(msgspec.Struct, frozen=True, kw_only=True):
    """What is on a sheet beside the values of its cells; rows and columns from 1."""

    spans: dict[tuple[int, int], tuple[int, int]]
    """Of each merged cell, how many rows and columns it spans."""
    covered: set[tuple[int, int]]
    """The places that merged cells cover."""
    others: list[Block]
    has_bare_formulas: bool


def extras(package: zipfile.ZipFile, path: str) -> Extras:
    """Return what is on the sheet at a path in its package."""
    merges, has_bare_formulas = _scanned(package, path.lstrip("/"))
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for merge in merges:
        left, top, right, bottom = range_boundaries(merge)
        if len(covered) + (bottom - top + 1) * (right - left + 1) > _MAX_COVERED:
            continue
        spans[top, left] = (bottom - top + 1, right - left + 1)
        covered.update((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
        covered.discard((top, left))
    others = [*_charts(package, path), *_comments(package, path)]
    return Extras(spans=spans, covered=covered, others=others, has_bare_formulas=has_bare_formulas)


def related(package: zipfile.ZipFile, path: str, kind: str) -> Iterator[str]:
    """Yield the paths of the parts of a kind that a part refers to."""
    folder, name = posixpath.split(path.lstrip("/"))
    data = packages.part(package, f"{folder}/_rels/{name}.rels")
    if data is None:
        return
    for relation in packages.tree(data):
        if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
            target = relation.get("Target", "")
            yield target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _scanned(package: zipfile.ZipFile, path: str) -> tuple[list[str], bool]:
    """Return the merged ranges of a sheet, and whether it has formulas without a value; the sheet is not held whole."""
    merges: list[str] = []
    has_bare_formulas = False
    tail = b""
    try:
        with package.open(path) as part:
            while chunk := part.read(_CHUNK):
                window = tail + chunk
                has_bare_formulas = has_bare_formulas or _BARE_FORMULA.search(window) is not None
                found = list(_MERGE.finditer(window))
                merges.extend(match[1].decode() for match in found)
                tail = window[max(len(window) - _OVERLAP, found[-1].end() if found else 0) :]
    except KeyError:
        return [], False
    return merges, has_bare_formulas


def _charts(package: zipfile.ZipFile, path: str) -> Iterator[Block]:
    """Yield the charts that lie on a sheet."""
    for drawing in related(package, path, "drawing"):
        for chart in related(package, drawing, "chart"):
            data = packages.part(package, chart)
            try:
                yield from charts.blocks(packages.tree(data)) if data is not None else ()
            except Refusal:  # a damaged chart is no loss to the cells
                continue


def _comments(package: zipfile.ZipFile, path: str) -> Iterator[Block]:
    """Yield the comments on the cells of a sheet."""
    for name in related(package, path, "comments"):
        data = packages.part(package, name)
        if data is None:
            continue
        root = packages.tree(data)
        authors = [author.text or "" for author in root.iterfind("{*}authors/{*}author")]
        for comment in root.iterfind("{*}commentList/{*}comment"):
            said = " ".join("".join(node.text or "" for node in comment.iter("{*}t")).split())
            place = int(comment.get("authorId", "0"))
            author = authors[place] if place < len(authors) else ""
            by = f" by {author}" if author and not author.startswith("tc=") else ""
            yield paragraph(f"[Comment{by} on {comment.get('ref')}: {said}]")
