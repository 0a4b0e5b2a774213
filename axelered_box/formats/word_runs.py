"""The text of a Word paragraph over its runs: found as one line, and changed in the look that it has there."""

import copy

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
PARAGRAPHS = (f"{W}p", f"{A}p", f"{M}oMath")
"""What holds a line of text: of the document, of a drawing, of an equation."""
DELETED = (f"{W}del", f"{W}moveFrom")
INSERTED = (f"{W}ins", f"{W}moveTo")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "",
    f"{A}br": "\n",
}
TEXTS = (f"{W}t", f"{W}delText", f"{A}t", f"{M}t")
CODES = (f"{W}instrText", f"{W}delInstrText")


class Line:
    """The text of a paragraph: of its own runs, not of the paragraphs of text boxes in it.

    `without` names what is left out, such as deleted text; `codes` reads the codes of fields in place of the text.
    """

    def __init__(self, paragraph: etree._Element, without: tuple[str, ...] = (), *, codes: bool = False) -> None:
        self._pieces: list[tuple[etree._Element, str]] = []
        texts, signs = (CODES, {}) if codes else (TEXTS, _SIGNS)
        for element in paragraph.iter(*texts, *signs):
            if _is_tab_stop(element) or next(element.iterancestors(*PARAGRAPHS)) is not paragraph:
                continue
            if without and any(True for _ in element.iterancestors(*without)):
                continue
            self._pieces.append((element, (element.text or "") if element.tag in texts else signs[element.tag]))

    @property
    def text(self) -> str:
        """Return the whole text."""
        return "".join(told for _, told in self._pieces)

    def replace(self, start: int, end: int, text: str) -> None:
        """Put a text in place of characters; it gets the look of the first of them. Later places move."""
        at, first = 0, True
        for place, (element, told) in enumerate(self._pieces):
            begin, stop = at, at + len(told)
            at = stop
            if stop <= start or begin >= end or not told:
                continue
            kept = told[: max(0, start - begin)], told[max(0, end - begin) :] if stop > end else ""
            new = kept[0] + (text if first else "") + kept[1]
            first = False
            self._pieces[place] = (_set(element, new), new)


def text_of(element: etree._Element) -> str:
    """Return all text below an element that is not deleted, paragraphs parted by line ends."""
    return "\n".join(Line(paragraph, DELETED).text for paragraph in element.iter(f"{W}p"))


def set_paragraph(paragraph: etree._Element, text: str) -> None:
    """Give a paragraph a text in the look of its first run, and nothing else but its own properties."""
    look = paragraph.find(f".//{W}r/{W}rPr")
    for child in list(paragraph):
        if child.tag != f"{W}pPr":
            paragraph.remove(child)
    run = etree.SubElement(paragraph, f"{W}r")
    if look is not None:
        run.append(copy.deepcopy(look))
    write(run, text)


def write(run: etree._Element, text: str) -> None:
    """Add a text to a run, its lines parted by breaks."""
    for place, line in enumerate(text.split("\n")):
        if place:
            etree.SubElement(run, f"{W}br")
        told = etree.SubElement(run, f"{W}t")
        told.text = line
        told.set(_SPACE, "preserve")


def _is_tab_stop(element: etree._Element) -> bool:
    """Tell whether an element is a place where tabs stop, which has the name of a tab."""
    return bool(element.tag == f"{W}tab" and element.getparent().tag == f"{W}tabs")


def _set(element: etree._Element, text: str) -> etree._Element:
    """Give an element another text; a sign such as a tab becomes a text."""
    if element.tag in _SIGNS:
        space = element.tag[: element.tag.index("}") + 1]
        made = etree.Element(f"{space}t")
        element.getparent().replace(element, made)
        element = made
    element.text = text
    if element.tag.startswith(W):
        element.set(_SPACE, "preserve")
    return element
