"""The equations of a Word file as TeX, in the text where they stand."""

import traceback

from lxml import etree
from markitdown.converter_utils.docx.math.omml import oMath2Latex

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WITH_PROPERTIES = ("f", "d", "nary", "acc", "bar", "groupChr", "rad", "m", "eqArr")
"""Parts that the converter takes to have properties, which Word may leave out."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def spell_out(root: etree._Element) -> None:
    """Put runs of text in the place of a part's equations: ``$x$`` in a line, ``$$x$$`` where it stands alone."""
    for equation in list(root.iter(f"{_M}oMath")):
        alone = equation.getparent() is not None and equation.getparent().tag == f"{_M}oMathPara"
        mark = "$$" if alone else "$"
        said = _tex(equation)
        _replace(equation, _run(f"{mark}{said}{mark}" if said else ""))
    for group in list(root.iter(f"{_M}oMathPara")):
        runs = [child for child in group if child.tag == f"{_W}r"]
        if group.getparent() is not None and group.getparent().tag != f"{_W}p":
            line = etree.Element(f"{_W}p")
            line.extend(runs)
            runs = [line]
        _replace(group, *runs)


def _tex(equation: etree._Element) -> str:
    """Return an equation as TeX; one that cannot be written so, as its letters."""
    for name in _WITH_PROPERTIES:
        for part in equation.iter(f"{_M}{name}"):
            if part.find(f"{_M}{name}Pr") is None:
                part.insert(0, etree.Element(f"{_M}{name}Pr"))
    try:
        return str(oMath2Latex(equation).latex).strip()  # type: ignore[no-untyped-call]  # it has no annotations
    except Exception:  # equations have parts that the converter does not know; the log has the chain
        traceback.print_exc()
        return " ".join("".join(node.text or "" for node in equation.iter(f"{_M}t")).split())


def _run(text: str) -> etree._Element:
    """Return a run of text."""
    run = etree.Element(f"{_W}r")
    said = etree.SubElement(run, f"{_W}t")
    said.set(_SPACE, "preserve")
    said.text = text
    return run


def _replace(old: etree._Element, *new: etree._Element) -> None:
    """Put elements in the place of one."""
    parent = old.getparent()
    if parent is None:
        return
    place = parent.index(old)
    for element in reversed(new):
        parent.insert(place + 1, element)
    parent.remove(old)
