"""The tree of an HTML page without what nobody reads: scripts, styles, menus, hidden parts."""

import re

from bs4 import BeautifulSoup, Comment
from bs4.element import Tag

from axelered_box.formats.unprinted import NOTE_LINK

HEADINGS = {f"h{level}": level for level in range(1, 7)}
SKIPPED = frozenset(
    {"script", "style", "head", "template", "noscript", "svg", "iframe", "object", "embed", "canvas", "audio", "video",
     "button", "select", "datalist", "input", "textarea", "dialog", "map"}
)  # fmt: skip
CONTAINERS = frozenset(
    {"body", "html", "div", "section", "article", "main", "header", "footer", "nav", "aside", "blockquote", "figure",
     "details", "summary", "form", "fieldset", "center", "dl", "hgroup", "address", "legend"}
)  # fmt: skip
BLOCKS = frozenset(
    CONTAINERS | HEADINGS.keys() | {"p", "ul", "ol", "table", "pre", "dt", "dd", "figcaption", "caption", "hr", "li"}
)
MAX_DEPTH = 120
"""What is nested deeper is read as plain text."""
_PARSER_DEPTH = 250
"""libxml2 stops at 256 elements within each other and leaves out what follows."""
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_NOTE_ROLES = frozenset({"doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote"})
_NOT_IN_MARKS = re.compile(r"[\s\[\]()^]+")
_MENU_LINK_SHARE = 0.8
"""A menu is hardly anything but links."""


def page_tree(source: str) -> BeautifulSoup:
    """Return the elements of a page that are read."""
    soup = BeautifulSoup(source, "lxml")
    if _depth_reached(soup):
        soup = BeautifulSoup(source, "html.parser")
    for tag in soup.find_all(_is_unread):
        if not tag.decomposed:
            tag.decompose()
    _unwrap_formulas(soup)
    _tie_notes(soup)
    return soup


def is_note(tag: Tag) -> bool:
    """Tell whether an element is a footnote or endnote."""
    said = {str(tag.get("role", "")), str(tag.get("epub:type", "")), *(tag.get_attribute_list("class"))}
    return bool(said & _NOTE_ROLES) or (tag.name == "li" and tag.find_parent(_holds_notes) is not None)


def _holds_notes(tag: Tag) -> bool:
    """Tell whether an element is where a page has its notes."""
    classes = tag.get_attribute_list("class")
    return "footnotes" in classes or tag.has_attr("data-footnotes") or tag.get("role") == "doc-endnotes"


def note_mark(tag: Tag) -> str:
    """Return the mark that a note goes by."""
    return str(tag.get("data-mark") or tag.get("id") or "")


def _depth_reached(soup: BeautifulSoup) -> bool:
    """Tell whether the page is nested so deep that its end was not read."""
    last: Tag | None = soup
    depth = 0
    while last is not None and depth < _PARSER_DEPTH:
        inner = [child for child in last.contents if isinstance(child, Tag)]
        last = inner[-1] if inner else None
        depth += 1
    return depth >= _PARSER_DEPTH


def _is_unread(tag: Tag) -> bool:
    """Tell whether an element is not shown, or is a menu."""
    if tag.name in SKIPPED and tag.name != "head":
        return True
    if tag.has_attr("hidden") or tag.get("aria-hidden") == "true" or _HIDDEN_STYLE.search(str(tag.get("style", ""))):
        return tag.name not in ("body", "html")
    return (tag.name == "nav" or tag.get("role") == "navigation") and _is_menu(tag)


def _is_menu(tag: Tag) -> bool:
    """Tell whether an element is hardly anything but links."""
    said = len(tag.get_text(strip=True))
    linked = sum(len(link.get_text(strip=True)) for link in tag.find_all("a"))
    return linked >= said * _MENU_LINK_SHARE


def _unwrap_formulas(soup: BeautifulSoup) -> None:
    """Put the TeX of a formula in its place, where it has one, else its letters."""
    for formula in soup.find_all("math"):
        source = formula.find("annotation", attrs={"encoding": re.compile("tex", re.IGNORECASE)})
        said = str(formula.get("alttext") or "")
        if isinstance(source, Tag):
            said = source.get_text(strip=True)
        formula.replace_with(f"${said}$" if said else formula.get_text(" ", strip=True))
    for comment in soup.find_all(string=lambda part: isinstance(part, Comment)):
        comment.extract()


def _tie_notes(soup: BeautifulSoup) -> None:
    """Give each note its mark, from the link that leads to it, and take the links back out of the notes."""
    notes = {str(note["id"]): note for note in soup.find_all(is_note) if note.get("id")}
    for link in soup.find_all("a", href=re.compile("^#")) if notes else ():
        note = notes.get(str(link["href"])[1:])
        if note is None or any(parent is note for parent in link.parents):
            continue
        mark = _NOT_IN_MARKS.sub("", link.get_text()) or _NOT_IN_MARKS.sub("", str(note["id"]))
        note["data-mark"] = mark
        link["href"] = f"{NOTE_LINK}{mark}"
        link.string = mark
        if link.find_parent("sup") is None:
            link.wrap(soup.new_tag("sup"))
    for note in notes.values():
        for link in note.find_all("a", href=re.compile("^#")):
            if not any(sign.isalnum() for sign in link.get_text()):
                link.decompose()
