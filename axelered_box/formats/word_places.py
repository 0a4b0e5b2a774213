"""Where a Word file keeps words outside its lines of text: properties, names, titles, links, data of charts."""

import re
from collections.abc import Callable, Iterator

from lxml import etree

from axelered_box.formats.word_runs import CODES, PARAGRAPHS, TEXTS, Line, W

Change = Callable[[str], str | None]
"""Returns another text in place of one, None to leave it."""
MARKUP = (".xml", ".rels", ".vml")
_RELATIONS = ".rels"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_TIMES = frozenset({"created", "modified", "lastPrinted", "revision", "version"})
_COUNTS = re.compile(
    "TotalTime|Pages|Words|Characters|Lines|Paragraphs|CharactersWithSpaces|DocSecurity|AppVersion|ScaleCrop"
    "|LinksUpToDate|SharedDoc|HyperlinksChanged|Application|i4|i2|i8|r8|bool|filetime|int"
)
_NUMBERS = frozenset({"posOffset", "pctWidth", "pctHeight", "pctPosHOffset", "pctPosVOffset", "formatCode", "ptCount"})
_WRITTEN = re.compile(
    "descr|title|name|alt|tooltip|author|initials|string|instr|displayText|value|userId|docLocation|anchor|href|cite"
)
_NAMED = re.compile(
    "alias|tag|docVar|listItem|default|statusText|helpText|text|result|name|lastValue|address|table|query"
    "|mailSubject|addressFieldName|connectString|docPartGallery"
)
"""Elements whose `w:val` is a text that a person wrote."""
_BUILT = frozenset({"rFonts", "latin", "ea", "cs", "Ignorable", "Requires", "prefixMappings", "style", "path", "xpath"})
"""Elements and attributes whose texts have spaces though no person wrote them."""
_STYLED = frozenset({"style", "lvl", "abstractNum", "font", "latentStyles", "lsdException"})


def lines(root: etree._Element) -> Iterator[tuple[etree._Element, tuple[str, ...], bool]]:
    """Return how each paragraph can be read: as it is, without deleted, without inserted text, and its field codes."""
    deleted, inserted = (f"{W}del", f"{W}moveFrom"), (f"{W}ins", f"{W}moveTo")
    for paragraph in root.iter(*PARAGRAPHS):
        for without in ((), deleted, inserted):
            yield paragraph, without, False
        yield paragraph, (), True


def texts(name: str, root: etree._Element) -> Iterator[str]:
    """Return all texts of a part, those of its lines first."""
    for paragraph, without, codes in lines(root):
        yield Line(paragraph, without, codes=codes).text
    found: list[str] = []

    def note(text: str) -> None:
        found.append(text)

    change_others(name, root, note)
    yield from found


def change_others(name: str, root: etree._Element, change: Change) -> int:
    """Change texts that stand in no line: of elements, and of attributes; return how many were changed."""
    count = 0
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if _is_text(name, element) and (element.text or "").strip():
            new = change(element.text)
            if new is not None:
                element.text = "0" if _is_number(element) else new
                count += 1
        for attribute, value in list(element.attrib.items()):
            new = change(str(value)) if _is_written(name, element, attribute) else None
            if new is not None:
                element.set(attribute, new)
                count += 1
    return count


def hidden_in(data: bytes) -> Iterator[str]:
    """Return the comments and instructions in the bytes of a part, which its tree leaves out."""
    for match in re.finditer(rb"<!--(.*?)-->|<\?(?!xml\s)(.*?)\?>", data, re.DOTALL):
        yield (match[1] or match[2] or b"").decode("utf-8", errors="replace")


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _is_text(name: str, element: etree._Element) -> bool:
    """Tell whether the text of an element is one that a person wrote, and is in no line."""
    local = _local(element.tag)
    if element.tag in TEXTS or element.tag in CODES:
        return next(element.iterancestors(*PARAGRAPHS), None) is None
    if name.startswith("docProps/"):
        return local not in _TIMES and _COUNTS.fullmatch(local) is None
    return local not in _NUMBERS


def _is_number(element: etree._Element) -> bool:
    """Tell whether the text of an element has to be a number, as a value in a chart."""
    return next(element.iterancestors(f"{_CHART}numCache", f"{_CHART}numLit"), None) is not None


def _is_written(name: str, element: etree._Element, attribute: str) -> bool:
    """Tell whether an attribute holds a text that a person wrote, and not how the file is built."""
    if name.endswith(_RELATIONS):
        return attribute == "Target" and element.get("TargetMode") == "External"
    local, owner = _local(attribute), _local(element.tag)
    if name.startswith("customXml/item") and "Props" not in name:
        return True
    if name.startswith("docProps/"):
        return local in ("name", "linkTarget")
    if local == "val":
        return _NAMED.fullmatch(owner) is not None and _local(getattr(element.getparent(), "tag", "")) not in _STYLED
    if owner in _STYLED or owner in _BUILT or local in _BUILT:
        return False
    return _WRITTEN.fullmatch(local) is not None or " " in element.get(attribute, "")
