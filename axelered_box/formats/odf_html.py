"""OpenDocument content written as HTML, which is read like any page: text, lists, tables, notes, slides."""

import html
import zipfile
from collections.abc import Callable, Iterator

from lxml import etree

from axelered_box.formats import packages
from axelered_box.formats.grids import MAX_SPAN
from axelered_box.formats.odf_styles import Emphasis, Styles, attribute

_SKIPPED = frozenset(
    {"tracked-changes", "sequence-decls", "forms", "variable-decls", "user-field-decls", "page-thumbnail",
     "soft-page-break", "title", "desc", "ruby-text", "settings", "header-decl", "footer-decl", "date-time-decl",
     "event-listeners", "scripts", "annotation-end"}
)  # fmt: skip
_REPEATED = frozenset({"page-number", "footer", "header", "date-time"})
"""The classes of what stands on every slide."""
_MAX_REPEATED = 200


class Writer:
    """The writing of one file; notes are numbered over all of it and come at its end."""

    def __init__(self, styles: Styles, package: zipfile.ZipFile) -> None:
        self._styles = styles
        self._package = package
        self._notes: list[str] = []
        self._emphasis = Emphasis()
        self._numbers: dict[str, int] = {}
        self._writers: dict[str, Callable[[etree._Element], Iterator[str]]] = {
            "h": self._heading,
            "p": self._paragraph,
            "list": lambda tag: self._list(tag, "", 1),
            "table": self._table,
            "page": self._slide,
            "frame": self._frame,
            "span": self._span,
            "a": self._link,
            "note": self._note,
            "annotation": self._comment,
            "s": lambda tag: iter([" " * min(int(attribute(tag, "c") or 1), 100)]),
            "tab": lambda tag: iter([" "]),
            "line-break": lambda tag: iter(["<br>"]),
        }

    def page(self, body: etree._Element) -> str:
        """Return what a text or presentation says, as HTML."""
        return "".join(self._children(body)) + "".join(self._notes)

    def _children(self, tag: etree._Element) -> Iterator[str]:
        """Yield the text and the elements within an element."""
        if tag.text:
            yield self._said(tag.text)
        for child in tag:
            yield from self._element(child)
            if child.tail:
                yield self._said(child.tail)

    def _said(self, text: str) -> str:
        """Return text in the emphasis that it stands in."""
        shown, found = html.escape(text), self._emphasis
        if found.hidden or not text.strip():
            return "" if found.hidden else shown
        for mark, wanted in (
            ("b", found.bold),
            ("i", found.italic),
            ("sup", found.superscript),
            ("sub", found.subscript),
        ):
            shown = f"<{mark}>{shown}</{mark}>" if wanted else shown
        return shown

    def _within(self, tag: etree._Element, emphasis: Emphasis) -> str:
        """Return what is within an element of a style."""
        outer, self._emphasis = self._emphasis, emphasis
        inner = "".join(self._children(tag))
        self._emphasis = outer
        return inner

    def _element(self, tag: etree._Element) -> Iterator[str]:
        name = etree.QName(tag).localname
        if name not in _SKIPPED:
            yield from self._writers.get(name, self._children)(tag)

    def _heading(self, tag: etree._Element) -> Iterator[str]:
        level = attribute(tag, "outline-level")
        rank = min(int(level), 6) if level.isdecimal() and level != "0" else 1
        yield f"<h{rank}>{self._within(tag, Emphasis())}</h{rank}>\n"

    def _paragraph(self, tag: etree._Element) -> Iterator[str]:
        style = attribute(tag, "style-name")
        level = self._styles.heading_level(style)
        name = f"h{level}" if level is not None else "pre" if self._styles.is_code(style) else "p"
        emphasis = self._styles.emphasis("paragraph", style) if name == "p" else Emphasis()
        yield f"<{name}>{self._within(tag, emphasis)}</{name}>\n"

    def _span(self, tag: etree._Element) -> Iterator[str]:
        own = self._styles.emphasis("text", attribute(tag, "style-name"))
        yield self._within(tag, own.within(self._emphasis))

    def _link(self, tag: etree._Element) -> Iterator[str]:
        yield f'<a href="{html.escape(attribute(tag, "href"))}">{"".join(self._children(tag))}</a>'

    def _note(self, tag: etree._Element) -> Iterator[str]:
        """Yield the mark of a note; the note itself comes at the end."""
        citation, body = tag.find("{*}note-citation"), tag.find("{*}note-body")
        mark = "" if citation is None else "".join(citation.itertext()).strip()
        inner = "" if body is None else self._within(body, Emphasis())
        yield self._noted(mark or str(len(self._notes) + 1), inner)

    def _comment(self, tag: etree._Element) -> Iterator[str]:
        """Yield the mark of a comment; what it says comes at the end."""
        by = ", ".join(said for name in ("creator", "date") if (said := (tag.findtext(f"{{*}}{name}") or "")[:40]))
        inner = "".join("".join(self._element(child)) for child in tag if etree.QName(child).localname in ("p", "list"))
        mark = f"c{1 + sum('<b>Comment' in note for note in self._notes)}"
        yield self._noted(mark, f"<b>Comment{html.escape(' by ' + by if by else '')}:</b> {inner}")

    def _noted(self, mark: str, inner: str) -> str:
        """Keep a note for the end; return its mark."""
        name = f"note-{len(self._notes) + 1}"
        self._notes.append(f'<div role="doc-footnote" id="{name}">{inner}</div>\n')
        return f'<sup><a href="#{name}">{html.escape(mark)}</a></sup>'

    def _list(self, tag: etree._Element, style: str, level: int) -> Iterator[str]:
        """Yield a list; how it is numbered says its style, or that of the list around it."""
        style = attribute(tag, "style-name") or style
        found = self._styles.list_level(style, level)
        is_numbered = found is not None and etree.QName(found).localname == "list-level-style-number"
        start = (attribute(found, "start-value") if found is not None else "") or "1"
        first = int(start) if start.isdecimal() else 1
        if is_numbered and (attribute(tag, "continue-numbering") == "true" or attribute(tag, "continue-list")):
            first = self._numbers.get(f"{style}/{level}", first)
        if found is not None and attribute(found, "num-format") == "" and "num-format" in map(_local, found.attrib):
            yield from self._children(tag)  # neither bullet nor number: text that only stands in a list
            return
        name = "ol" if is_numbered else "ul"
        yield f'<{name} start="{first}">' if is_numbered else "<ul>"
        for item in tag:
            if etree.QName(item).localname not in ("list-item", "list-header"):
                continue
            first += 1
            yield "<li>"
            for child in item:
                inner = etree.QName(child).localname == "list"
                yield from self._list(child, style, level + 1) if inner else self._element(child)
            yield "</li>"
        self._numbers[f"{style}/{level}"] = first
        yield f"</{name}>\n"

    def _table(self, tag: etree._Element) -> Iterator[str]:
        yield "<table data-plain>"
        for row in tag.iter("{*}table-row"):
            if next(row.iterancestors("{*}table")) is not tag:
                continue
            cell = "th" if etree.QName(row.getparent()).localname == "table-header-rows" else "td"
            said = "<tr>" + "".join(self._cell(entry, cell) for entry in row) + "</tr>"
            yield said * _times(row, "number-rows-repeated")
        yield "</table>\n"

    def _cell(self, tag: etree._Element, name: str) -> str:
        """Return a cell of a table; one that is covered by another is nothing."""
        if etree.QName(tag).localname != "table-cell":
            return ""
        spans = "".join(
            f' {span}="{value}"'
            for span, counted in (("rowspan", "number-rows-spanned"), ("colspan", "number-columns-spanned"))
            if (value := attribute(tag, counted)).isdecimal() and 1 < int(value) <= MAX_SPAN
        )
        return f"<{name}{spans}>{''.join(self._children(tag))}</{name}>" * _times(tag, "number-columns-repeated")

    def _frame(self, tag: etree._Element) -> Iterator[str]:
        """Yield what is in a frame: a text box, a formula, a chart; a slide's title is a heading."""
        role = attribute(tag, "class")
        if role in _REPEATED:
            return
        if role == "title":
            said = " ".join("".join(line.itertext()) for line in tag.iter("{*}p", "{*}h")).strip()
            yield f"<h1>{html.escape(said)}</h1>\n" if said else ""
            return
        chosen = next((child for child in tag if etree.QName(child).localname in ("object", "table", "text-box")), None)
        if chosen is not None and etree.QName(chosen).localname == "object":
            yield from self._object(chosen)
        elif chosen is not None:
            yield from self._element(chosen) if etree.QName(chosen).localname == "table" else self._children(chosen)

    def _object(self, tag: etree._Element) -> Iterator[str]:
        """Yield a formula as its own notation, and a chart as its title."""
        place = attribute(tag, "href").removeprefix("./")
        data = packages.part(self._package, f"{place}/content.xml")
        if data is None:
            return
        root = packages.tree(data)
        if etree.QName(root).localname == "math":
            source = root.findtext(".//{*}annotation") or " ".join("".join(root.itertext()).split())
            yield html.escape(source.strip())
            return
        title = root.find(".//{*}chart/{*}title")
        if title is not None:
            yield f"<p>{html.escape(''.join(title.itertext()).strip())}</p>"

    def _slide(self, tag: etree._Element) -> Iterator[str]:
        """Yield a slide: its title, what is on it, its notes."""
        titles = [frame for frame in tag.iter("{*}frame") if attribute(frame, "class") == "title"]
        for frame in titles:
            yield from self._frame(frame)
        for child in tag:
            name = etree.QName(child).localname
            if name == "notes":
                said = " ".join(" ".join(line.itertext()) for line in child.iterfind(".//{*}text-box//{*}p")).strip()
                yield f"<p><b>Notes:</b> {html.escape(said)}</p>" if said else ""
            elif child not in titles:
                yield from self._element(child)


def _local(name: str) -> str:
    """Return a name without its namespace."""
    return str(etree.QName(name).localname)


def _times(tag: etree._Element, name: str) -> int:
    """Return how often a row or cell stands there; empty ones that fill up a sheet once."""
    said = attribute(tag, name)
    times = int(said) if said.isdecimal() else 1
    return times if times <= _MAX_REPEATED else 1
