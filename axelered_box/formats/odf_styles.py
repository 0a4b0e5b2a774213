"""The styles of an OpenDocument file, as far as they mean something: headings, emphasis, code, lists, hidden sheets."""

import re

import msgspec
from lxml import etree

_MAX_PARENTS = 12
_CODE = re.compile(r"preformatted|source.?code|\bcode\b", re.IGNORECASE)
_SPACE = "_20_"


class Emphasis(msgspec.Struct, frozen=True):
    """What a style does to letters; None where it leaves them as they are around it."""

    bold: bool | None = None
    italic: bool | None = None
    superscript: bool | None = None
    subscript: bool | None = None
    hidden: bool | None = None

    def within(self, outer: "Emphasis") -> "Emphasis":
        """Return what letters are that have this style within another."""
        said = {name: value for name, value in msgspec.structs.asdict(self).items() if value is not None}
        return msgspec.structs.replace(outer, **said)


class Styles:
    """The styles that a file's own content and its common part define."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._lists: dict[str, etree._Element] = {}
        for root in roots:
            for style in () if root is None else root.iter("{*}style"):
                self._styles.setdefault((attribute(style, "family"), attribute(style, "name")), style)
            for style in () if root is None else root.iter("{*}list-style"):
                self._lists.setdefault(attribute(style, "name"), style)

    def emphasis(self, family: str, name: str) -> Emphasis:
        """Return what a style does to letters, with what it inherits."""
        found: dict[str, str] = {}
        for style in self._chain(family, name):
            for properties in style.iterfind("{*}text-properties"):
                for key, value in properties.attrib.items():
                    found.setdefault(etree.QName(key).localname, str(value))
        weight, position, slant = found.get("font-weight"), found.get("text-position"), found.get("font-style")
        is_raised = position is not None and not position.startswith(("sub", "-", "0%"))
        return Emphasis(
            bold=None if weight is None else weight == "bold" or (weight.isdecimal() and int(weight) >= 600),
            italic=None if slant is None else slant in ("italic", "oblique"),
            superscript=None if position is None else is_raised,
            subscript=None if position is None else position.startswith(("sub", "-")),
            hidden=None if "display" not in found else found["display"] == "none",
        )

    def heading_level(self, name: str) -> int | None:
        """Return the level of a paragraph's style that is a heading by its name: title and subtitle."""
        for style in self._names("paragraph", name):
            if style in ("Title", "Subtitle"):
                return 1 if style == "Title" else 2
        return None

    def is_code(self, name: str) -> bool:
        """Tell whether a paragraph's style is for code."""
        return any(_CODE.search(style.replace(_SPACE, " ")) for style in self._names("paragraph", name))

    def list_level(self, name: str, level: int) -> etree._Element | None:
        """Return what a list's style says of a level, None when it says nothing."""
        style = self._lists.get(name)
        for inner in () if style is None else style:
            if attribute(inner, "level") == str(level):
                return inner
        return None

    def is_shown(self, family: str, name: str) -> bool:
        """Tell whether what has a style is shown."""
        return not any(
            attribute(properties, "display") == "false" for style in self._chain(family, name) for properties in style
        )

    def _names(self, family: str, name: str) -> list[str]:
        return [name, *(attribute(style, "parent-style-name") for style in self._chain(family, name))]

    def _chain(self, family: str, name: str) -> list[etree._Element]:
        """Return a style and those it inherits from."""
        chain: list[etree._Element] = []
        while name and len(chain) < _MAX_PARENTS:
            style = self._styles.get((family, name))
            if style is None:
                break
            chain.append(style)
            name = attribute(style, "parent-style-name")
        return chain


def attribute(element: etree._Element, name: str) -> str:
    """Return an attribute by its name in any namespace, empty when there is none."""
    for key, value in element.attrib.items():
        if etree.QName(key).localname == name:
            return str(value)
    return ""
