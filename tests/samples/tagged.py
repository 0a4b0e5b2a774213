"""A tagged PDF of one page, made tag by tag."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name

Element = tuple[str, "list[Element] | str"]
"""A tag and what it holds: other elements, or the text that it marks."""


class _Writer:
    """Writes the page's content and the tree of its tags side by side."""

    def __init__(self, pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
        self._pdf = pdf
        self._page = page
        self.content: list[str] = []
        self.marked: list[pikepdf.Object] = []
        self._y = 780

    def element(self, element: Element, parent: pikepdf.Object) -> pikepdf.Object:
        """Return the tree of an element, its texts written."""
        tag, held = element
        node = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + tag), P=parent))
        if isinstance(held, str):
            node.Pg = self._page
            node.K = len(self.marked)
            self.marked.append(node)
            self._text(tag, held, len(self.marked) - 1)
        elif tag == "TR":
            node.K = Array([self._cell(cell, node, place) for place, cell in enumerate(held)])
            self._y -= 20
        else:
            node.K = Array([self.element(inner, node) for inner in held])
        return node

    def _cell(self, cell: Element, parent: pikepdf.Object, place: int) -> pikepdf.Object:
        """Return a cell, written beside those of its row."""
        tag, said = cell
        node = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + tag), P=parent, Pg=self._page))
        node.K = len(self.marked)
        self.marked.append(node)
        self.content.append(_shown(tag, len(self.marked) - 1, 72 + 120 * place, self._y, str(said), 10))
        return node

    def _text(self, tag: str, said: str, mark: int) -> None:
        for line in said.split("\n"):
            self.content.append(_shown(tag, mark, 72, self._y, line, 10))
            self._y -= 14
        self._y -= 8


def _shown(tag: str, mark: int, x: int, y: int, said: str, size: int) -> str:
    return f"/{tag} <</MCID {mark}>> BDC BT /F1 {size} Tf {x} {y} Td ({said}) Tj ET EMC"


def tagged_pdf(elements: list[Element], untagged: str = "") -> bytes:
    """Return a PDF of one page with these elements from top to bottom; `untagged` stands at the foot, without a tag."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    page = pdf.pages[0].obj
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    writer = _Writer(pdf, page)
    document.K = Array([writer.element(element, document) for element in elements])
    root.K = document
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array([0, Array(writer.marked)])))
    if untagged:
        writer.content.append(f"/Artifact <</Type /Pagination>> BDC BT /F1 8 Tf 72 30 Td ({untagged}) Tj ET EMC")
    page.StructParents = 0
    page.Contents = pdf.make_stream("\n".join(writer.content).encode("latin-1"))
    page.Resources = Dictionary(
        Font=Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    )
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    made = io.BytesIO()
    pdf.save(made)
    return made.getvalue()
