"""The text of a Word paragraph over its runs: found as one line, and changed in the look that it has there."""

import copy

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
_TEXTS = (f"{W}t", f"{W}delText")


class Line:
    """The text of a paragraph: of its own runs, not of the paragraphs of text boxes in it."""

    def __init__(self, paragraph: etree._Element) -> None:
        self._pieces: list[tuple[etree._Element, str]] = []
        for element in paragraph.iter(*_TEXTS, *_SIGNS):
            if next(element.iterancestors(f"{W}p")) is paragraph and element.getparent().tag == f"{W}r":
                told = (element.text or "") if element.tag in _TEXTS else _SIGNS[element.tag]
                self._pieces.append((element, told))

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
            self._pieces[place] = (self._set(element, new), new)

    def _set(self, element: etree._Element, text: str) -> etree._Element:
        """Give an element another text; a sign such as a tab becomes a text."""
        if element.tag in _SIGNS:
            parent = element.getparent()
            made = etree.Element(f"{W}t")
            parent.replace(element, made)
            element = made
        element.text = text
        element.set(_SPACE, "preserve")
        return element


def text_of(element: etree._Element) -> str:
    """Return all text below an element, paragraphs parted by line ends."""
    return "\n".join(Line(paragraph).text for paragraph in element.iter(f"{W}p"))


def set_paragraph(paragraph: etree._Element, text: str) -> None:
    """Give a paragraph a text in the look of its first run, and nothing else but its own properties."""
    look = paragraph.find(f".//{W}r/{W}rPr")
    for child in list(paragraph):
        if child.tag != f"{W}pPr":
            paragraph.remove(child)
    run = etree.SubElement(paragraph, f"{W}r")
    if look is not None:
        run.append(copy.deepcopy(look))
    for place, line in enumerate(text.split("\n")):
        if place:
            etree.SubElement(run, f"{W}br")
        told = etree.SubElement(run, f"{W}t")
        told.text = line
        told.set(_SPACE, "preserve")
