"""The content of a PDF page gone through glyph by glyph, so that single ones can be taken out and all else stays."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import msgspec
import pikepdf
import pymupdf

from axelered_box.formats.pdf_fonts import Font, _document

_MAX_DEPTH = 12
"""Forms in forms go no deeper."""
_PLACES = Decimal("0.00001")
_TOLD = ("/ActualText", "/Alt", "/E")
_DAMAGE = (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase, pikepdf.PdfError)

Instruction = Any
Instructions = list[Instruction]


class Glyph(msgspec.Struct, frozen=True):
    """A glyph that is shown, in the coordinates of the page without its rotation."""

    code: bytes
    font: Font
    start: pymupdf.Point
    end: pymupdf.Point
    """Where the next one begins."""
    matrix: tuple[float, float, float, float]
    """What takes a glyph of size 1 to the page."""
    spacing: float
    """What is added to the width of each glyph, in points of the page."""
    render: int
    """The text rendering mode: 3 is unseen."""
    line_width: float

    @property
    def size(self) -> float:
        """Return how high the font is on the page."""
        return float(abs(pymupdf.Point(self.matrix[2], self.matrix[3])))


class _State(msgspec.Struct):
    """The part of the graphics state that places text."""

    ctm: pymupdf.Matrix
    font: Font | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    render: int = 0
    line_width: float = 1.0


Removes = Callable[[Glyph], bool]
"""Tells whether a glyph is to be taken out."""


def go_through(pdf: pymupdf.Document, page: pymupdf.Page, removes: Removes) -> int:
    """Show each glyph of a page (unturned) to `removes` and take out those it wants out; return how many they were."""
    walk = _Walk(pdf, removes)
    mupdf = pymupdf.mupdf
    dictionary = mupdf.pdf_load_object(_document(pdf), page.xref)
    resources = mupdf.pdf_dict_get_inheritable(dictionary, mupdf.PDF_ENUM_NAME_Resources)
    content, own = walk.rewritten(page.read_contents(), resources, _State(page.transformation_matrix), 0)
    if content is not None:
        xref = pdf.get_new_xref()
        pdf.update_object(xref, "<<>>")
        pdf.update_stream(xref, content)
        if own is not None:
            mupdf.pdf_dict_puts(dictionary, "Resources", own)
        pdf.xref_set_key(page.xref, "Contents", f"{xref} 0 R")
    return walk.removed


class _Walk:
    """One way through a page and the forms that it shows."""

    def __init__(self, pdf: pymupdf.Document, removes: Removes) -> None:
        self.removed = 0
        self._pdf = pdf
        self._removes = removes
        self._fonts: dict[tuple[int, str], Font | None] = {}
        self._scratch = pikepdf.Pdf.new()

    def rewritten(self, content: bytes, resources: Any, state: _State, depth: int) -> tuple[bytes | None, Any]:
        """Return content without the glyphs and its resources where they had to be changed; None for what stays."""
        try:
            told = pikepdf.parse_content_stream(pikepdf.Stream(self._scratch, content))
        except pikepdf.PdfError:
            return None, None
        before = self.removed
        text = _Text(self, resources, state, depth)
        kept = [new for instruction in told for new in text.done(instruction)]
        if self.removed == before:
            return None, None
        _drop_told(kept)
        text.drop_unused({str(one.operands[0]).removeprefix("/") for one in kept if str(one.operator) == "Do"})
        return pikepdf.unparse_content_stream(kept), text.own_resources

    def font(self, resources: Any, name: str) -> Font | None:
        """Return a font by its name in resources, None for one that cannot be gone through."""
        mupdf = pymupdf.mupdf
        dictionary = mupdf.pdf_dict_gets(mupdf.pdf_dict_gets(resources, "Font"), name)
        key = (mupdf.pdf_to_num(dictionary), name)
        if key[0] == 0 or key not in self._fonts:
            try:
                font = Font(self._pdf, dictionary) if mupdf.pdf_is_dict(dictionary) else None
            except _DAMAGE:
                font = None
            self._fonts[key] = font if font is not None and font.can_be_read else None
        return self._fonts[key]

    def takes(self, glyph: Glyph) -> bool:
        """Tell whether a glyph goes, and count it."""
        gone = self._removes(glyph)
        self.removed += gone
        return gone

    def form(self, stream: Any, resources: Any, state: _State, depth: int) -> Any:
        """Return the copy of a form without the glyphs, None when it stays as it is."""
        mupdf = pymupdf.mupdf
        own = mupdf.pdf_dict_gets(stream, "Resources")
        own = own if mupdf.pdf_is_dict(own) else resources
        matrix = pymupdf.Matrix(mupdf.pdf_dict_get_matrix(stream, mupdf.PDF_ENUM_NAME_Matrix))
        inner = msgspec.structs.replace(state, ctm=matrix * state.ctm)
        xref = mupdf.pdf_to_num(stream)
        content, changed = self.rewritten(self._pdf.xref_stream(xref), own, inner, depth + 1)
        if content is None:
            return None
        copy = self._pdf.get_new_xref()
        self._pdf.update_object(copy, self._pdf.xref_object(xref))
        self._pdf.update_stream(copy, content)
        made = mupdf.pdf_new_indirect(_document(self._pdf), copy, 0)
        if changed is not None:
            mupdf.pdf_dict_puts(made, "Resources", changed)
        return made


class _Text:
    """The state of one content stream, and what becomes of its instructions."""

    def __init__(self, walk: _Walk, resources: Any, state: _State, depth: int) -> None:
        self.own_resources: Any = None
        self._walk = walk
        self._resources = resources
        self._state = state
        self._depth = depth
        self._saved: list[_State] = []
        self._aside: set[str] = set()
        self._line = self._matrix = pymupdf.Matrix(1, 1)
        self._do: dict[str, Callable[[list[Any]], None]] = {
            "q": lambda _: self._saved.append(msgspec.structs.replace(self._state)),
            "Q": lambda _: self._restore(),
            "cm": self._concatenate,
            "BT": lambda _: self._place(pymupdf.Matrix(1, 1)),
            "Tf": self._set_font,
            "Tc": lambda given: setattr(self._state, "spacing", float(given[0])),
            "Tw": lambda given: setattr(self._state, "word_spacing", float(given[0])),
            "Tz": lambda given: setattr(self._state, "scale", float(given[0]) / 100),
            "TL": lambda given: setattr(self._state, "leading", float(given[0])),
            "Ts": lambda given: setattr(self._state, "rise", float(given[0])),
            "Tr": lambda given: setattr(self._state, "render", int(given[0])),
            "w": lambda given: setattr(self._state, "line_width", float(given[0])),
            "Td": lambda given: self._move(float(given[0]), float(given[1])),
            "TD": self._move_and_lead,
            "Tm": lambda given: self._place(pymupdf.Matrix(*map(float, given))),
            "T*": lambda _: self._move(0.0, -self._state.leading),
        }

    def done(self, instruction: Instruction) -> Instructions:
        """Do an instruction and return what stands in its place."""
        name, operands = str(instruction.operator), instruction.operands
        if name in self._do:
            self._do[name](operands)
        elif name == "Do":
            return self._shown_form(instruction)
        elif name in ("Tj", "TJ", "'", '"'):
            return self._shown(instruction, name, operands)
        return [instruction]

    def _restore(self) -> None:
        if self._saved:
            self._state = self._saved.pop()

    def _concatenate(self, operands: list[Any]) -> None:
        self._state.ctm = pymupdf.Matrix(*map(float, operands)) * self._state.ctm

    def _place(self, matrix: pymupdf.Matrix) -> None:
        self._line, self._matrix = matrix, pymupdf.Matrix(matrix)

    def _move(self, x: float, y: float) -> None:
        self._place(pymupdf.Matrix(1, 0, 0, 1, x, y) * self._line)

    def _move_and_lead(self, operands: list[Any]) -> None:
        self._state.leading = -float(operands[1])
        self._move(float(operands[0]), float(operands[1]))

    def _set_font(self, operands: list[Any]) -> None:
        self._state.font = self._walk.font(self._resources, str(operands[0]).removeprefix("/"))
        self._state.size = float(operands[1])

    def _shown(self, instruction: Instruction, name: str, operands: list[Any]) -> Instructions:
        """Move over shown text; return it without the glyphs that go."""
        lead: Instructions = []
        if name == '"':
            self._state.word_spacing, self._state.spacing = float(operands[0]), float(operands[1])
            lead = [_instruction([operands[0]], "Tw"), _instruction([operands[1]], "Tc")]
        if name in ("'", '"'):
            self._move(0.0, -self._state.leading)
            lead.append(_instruction([], "T*"))
        font = self._state.font
        if font is None:
            return [instruction]
        before = self._walk.removed
        parts: list[Any] = []
        for part in operands[0] if name == "TJ" else [operands[-1]]:
            if isinstance(part, pikepdf.String):
                parts += self._without(bytes(part), font)
            else:
                self._advance(-float(part) / 1000 * self._state.size * self._state.scale)
                parts.append(part)
        if self._walk.removed == before:
            return [instruction]
        return [*lead, _instruction([pikepdf.Array(_joined(parts))], "TJ")]

    def _without(self, shown: bytes, font: Font) -> list[Any]:
        """Return a shown string as it has to be written without the glyphs that go: strings and gaps."""
        state = self._state
        parts: list[Any] = []
        kept = b""
        for code in font.codes(shown):
            space = state.word_spacing if code == b" " else 0.0
            wide = font.width(code) * state.size + state.spacing + space
            glyph = self._glyph(code, font, wide)
            if state.size and self._walk.takes(glyph):
                parts += [pikepdf.String(kept)] if kept else []
                parts.append(_decimal(-1000 * wide / state.size))
                kept = b""
            else:
                kept += code
        return [*parts, pikepdf.String(kept)] if kept else parts

    def _advance(self, across: float) -> None:
        self._matrix = pymupdf.Matrix(1, 0, 0, 1, across, 0) * self._matrix

    def _point(self) -> pymupdf.Point:
        return pymupdf.Point(0, self._state.rise) * (self._matrix * self._state.ctm)

    def _glyph(self, code: bytes, font: Font, wide: float) -> Glyph:
        """Return a glyph at the present place, and move behind it."""
        state = self._state
        matrix = pymupdf.Matrix(state.size * state.scale, 0, 0, state.size, 0, 0) * self._matrix * state.ctm
        across = float(abs(pymupdf.Point(matrix.a, matrix.b)))
        start = self._point()
        self._advance(wide * state.scale)
        linear = (matrix.a, matrix.b, matrix.c, matrix.d)
        spacing = state.spacing * across / state.size if state.size else 0.0
        return Glyph(code, font, start, self._point(), linear, spacing, state.render, state.line_width)

    def _shown_form(self, instruction: Instruction) -> Instructions:
        """Go through a form that is shown; one without glyphs that go stays as it is."""
        mupdf = pymupdf.mupdf
        name = str(instruction.operands[0]).removeprefix("/")
        forms = mupdf.pdf_dict_gets(self._resources, "XObject")
        stream = mupdf.pdf_dict_gets(forms, name)
        is_form = mupdf.pdf_is_stream(stream) and mupdf.pdf_to_name(mupdf.pdf_dict_gets(stream, "Subtype")) == "Form"
        if not is_form or self._depth >= _MAX_DEPTH:
            return [instruction]
        copy = self._walk.form(stream, self._resources, self._state, self._depth)
        if copy is None:
            return [instruction]
        if self.own_resources is None:
            self.own_resources = mupdf.pdf_copy_dict(self._resources)
            forms = mupdf.pdf_copy_dict(forms)
            mupdf.pdf_dict_puts(self.own_resources, "XObject", forms)
            self._resources = self.own_resources
        fresh = f"{name}x{mupdf.pdf_to_num(copy)}"
        mupdf.pdf_dict_puts(forms, fresh, copy)
        self._aside.add(name)
        return [_instruction([pikepdf.Name(f"/{fresh}")], "Do")]

    def drop_unused(self, shown: set[str]) -> None:
        """Drop forms of which there is a copy now, but for those that are still shown."""
        for name in self._aside - shown:
            pymupdf.mupdf.pdf_dict_dels(pymupdf.mupdf.pdf_dict_gets(self.own_resources, "XObject"), name)


def _drop_told(instructions: Instructions) -> None:
    """Drop what marked content says to be read in place of its glyphs."""
    for instruction in instructions:
        if str(instruction.operator) in ("BDC", "DP") and isinstance(instruction.operands[1], pikepdf.Dictionary):
            for key in _TOLD:
                if key in instruction.operands[1]:
                    del instruction.operands[1][key]


def _instruction(operands: list[Any], operator: str) -> Instruction:
    return pikepdf.ContentStreamInstruction(operands, pikepdf.Operator(operator))


def _decimal(value: float) -> Decimal:
    return Decimal(value).quantize(_PLACES)


def _joined(parts: list[Any]) -> list[Any]:
    """Return the parts of shown text with gaps that follow one another as one."""
    joined: list[Any] = []
    for part in parts:
        if joined and not isinstance(part, pikepdf.String) and not isinstance(joined[-1], pikepdf.String):
            joined[-1] = Decimal(joined[-1]) + Decimal(part)
        else:
            joined.append(part)
    return joined
