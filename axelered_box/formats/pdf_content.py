"""The content of a PDF page gone through glyph by glyph, so that single ones are replaced and all else stays."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import msgspec
import pikepdf
import pymupdf

from axelered_box.formats.pdf_fonts import Font
from axelered_box.formats.pdf_objects import document_of
from axelered_box.formats.pdf_setting import Set, named
from axelered_box.formats.pdf_text_state import Glyph, Placing, State, times

_MAX_DEPTH = 12
"""Forms in forms go no deeper."""
_PLACES = Decimal("0.00001")
_TOLD = ("/ActualText", "/Alt", "/E")
_DAMAGE = (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase, pikepdf.PdfError)

Instruction = Any
Instructions = list[Instruction]


Replaces = Callable[[Glyph], list[Set] | None]
"""Tells which glyphs come in the place of one, none for one that is taken out; None for one that stays."""


def go_through(
    pdf: pymupdf.Document, page: pymupdf.Page, replaces: Replaces, reach: list[tuple[float, float]] | None = None
) -> int:
    """Show each glyph of a page (unturned) to `replaces` and do as it says; return how many glyphs were taken out.

    With `reach`, level text that stands clear of all these stretches of the page's height is passed over.
    """
    walk = _Walk(pdf, replaces, reach)
    mupdf = pymupdf.mupdf
    dictionary = mupdf.pdf_load_object(document_of(pdf), page.xref)
    resources = mupdf.pdf_dict_get_inheritable(dictionary, mupdf.PDF_ENUM_NAME_Resources)
    content, own = walk.rewritten(page.read_contents(), resources, State(tuple(page.transformation_matrix)), 0)
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

    def __init__(self, pdf: pymupdf.Document, replaces: Replaces, reach: list[tuple[float, float]] | None) -> None:
        self.removed = 0
        self._pdf = pdf
        self._replaces = replaces
        self._reach = reach
        self._fonts: dict[tuple[int, str], Font | None] = {}
        self._scratch = pikepdf.Pdf.new()

    def rewritten(self, content: bytes, resources: Any, state: State, depth: int) -> tuple[bytes | None, Any]:
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

    def passes_over(self, level: tuple[float, float] | None) -> bool:
        """Tell whether text at a level, with its height, is out of reach."""
        if self._reach is None or level is None:
            return False
        y, height = level
        return not any(top - height <= y <= bottom + height for top, bottom in self._reach)

    def replaced(self, glyph: Glyph) -> list[Set] | None:
        """Return what comes in the place of a glyph, None when it stays; count those that go."""
        made = self._replaces(glyph)
        self.removed += made is not None
        return made

    def named(self, resources: Any, glyphs: list[Set]) -> dict[int, str]:
        """Return names for the fonts of glyphs, under which they are added to resources."""
        return named(self._pdf, resources, [glyph.font for glyph in glyphs])

    def form(self, stream: Any, resources: Any, state: State, depth: int) -> Any:
        """Return the copy of a form without the glyphs, None when it stays as it is."""
        mupdf = pymupdf.mupdf
        own = mupdf.pdf_dict_gets(stream, "Resources")
        own = own if mupdf.pdf_is_dict(own) else resources
        matrix = tuple(pymupdf.Matrix(mupdf.pdf_dict_get_matrix(stream, mupdf.PDF_ENUM_NAME_Matrix)))
        inner = msgspec.structs.replace(state, ctm=times(matrix, state.ctm))
        xref = mupdf.pdf_to_num(stream)
        content, changed = self.rewritten(self._pdf.xref_stream(xref), own, inner, depth + 1)
        if content is None:
            return None
        copy = self._pdf.get_new_xref()
        self._pdf.update_object(copy, self._pdf.xref_object(xref))
        self._pdf.update_stream(copy, content)
        made = mupdf.pdf_new_indirect(document_of(self._pdf), copy, 0)
        if changed is not None:
            mupdf.pdf_dict_puts(made, "Resources", changed)
        return made


class _Text:
    """The state of one content stream, and what becomes of its instructions."""

    def __init__(self, walk: _Walk, resources: Any, state: State, depth: int) -> None:
        self.own_resources: Any = None
        self._walk = walk
        self._resources = resources
        self._placing = Placing(lambda name: walk.font(self._resources, name), state)
        self._depth = depth
        self._aside: set[str] = set()

    def done(self, instruction: Instruction) -> Instructions:
        """Do an instruction and return what stands in its place."""
        name, operands = str(instruction.operator), instruction.operands
        if name == "Do":
            return self._shown_form(instruction)
        if name in ("Tj", "TJ", "'", '"'):
            return self._shown(instruction, name, operands)
        self._placing.does(name, operands)
        return [instruction]

    def _shown(self, instruction: Instruction, name: str, operands: list[Any]) -> Instructions:
        """Move over shown text; return it without the glyphs that go."""
        lead: Instructions = []
        if name == '"':
            self._placing.does("Tw", [operands[0]])
            self._placing.does("Tc", [operands[1]])
            lead = [_instruction([operands[0]], "Tw"), _instruction([operands[1]], "Tc")]
        if name in ("'", '"'):
            self._placing.next_line()
            lead.append(_instruction([], "T*"))
        state = self._placing.state
        font = state.font
        if font is None:
            return [instruction]
        before = self._walk.removed
        parts: list[Any] = []
        setting: list[Set] = []
        for part in operands[0] if name == "TJ" else [operands[-1]]:
            if isinstance(part, pikepdf.String):
                parts += self._without(bytes(part), font, setting)
            else:
                self._placing.advance(-float(part) / 1000 * state.size * state.scale)
                parts.append(part)
        if self._walk.removed == before:
            return [instruction]
        return [*lead, _instruction([pikepdf.Array(_joined(parts))], "TJ"), *self._set(setting)]

    def _without(self, shown: bytes, font: Font, setting: list[Set]) -> list[Any]:
        """Return a shown string without the glyphs that go, as strings and gaps; add what comes instead."""
        state = self._placing.state
        if self._walk.passes_over(self._placing.level()):
            codes = font.codes(shown)
            wide = sum(map(font.width, codes)) * state.size + len(codes) * state.spacing
            self._placing.advance((wide + codes.count(b" ") * state.word_spacing) * state.scale)
            return [pikepdf.String(shown)]
        parts: list[Any] = []
        kept = b""
        for code in font.codes(shown):
            space = state.word_spacing if code == b" " else 0.0
            wide = font.width(code) * state.size + state.spacing + space
            glyph = self._placing.glyph(code, font, wide)
            made = self._walk.replaced(glyph) if state.size else None
            if made is not None:
                setting += made
                parts += [pikepdf.String(kept)] if kept else []
                parts.append(_decimal(-1000 * wide / state.size))
                kept = b""
            else:
                kept += code
        return [*parts, pikepdf.String(kept)] if kept else parts

    def _set(self, glyphs: list[Set]) -> Instructions:
        """Return what sets glyphs within a text object, and puts its state back."""
        if not glyphs:
            return []
        names = self._walk.named(self._own(), glyphs)
        back = ~pymupdf.Matrix(*self._placing.state.ctm)
        made = [_instruction([value], name) for name, value in (("Tc", 0), ("Tw", 0), ("Tz", 100), ("Ts", 0))]
        for glyph in glyphs:
            linear = pymupdf.Matrix(*glyph.matrix, 0, 0) * pymupdf.Matrix(back.a, back.b, back.c, back.d, 0, 0)
            point = glyph.origin * back
            place = [_decimal(value) for value in (linear.a, linear.b, linear.c, linear.d, point.x, point.y)]
            made += [
                _instruction([pikepdf.Name(f"/{names[id(glyph.font)]}"), 1], "Tf"),
                _instruction(place, "Tm"),
                _instruction([pikepdf.String(glyph.code)], "Tj"),
            ]
        state = self._placing.state
        made.append(_instruction([pikepdf.Name(f"/{state.font_name}"), _decimal(state.size)], "Tf"))
        for name, values in self._placing.put_back():
            operands: list[Any] = [_decimal(value) for value in values]
            made.append(_instruction([pikepdf.Array(operands)] if name == "TJ" else operands, name))
        return made

    def _own(self) -> Any:
        """Return resources that are of this content alone."""
        if self.own_resources is None:
            self.own_resources = self._resources = pymupdf.mupdf.pdf_copy_dict(self._resources)
        return self.own_resources

    def _shown_form(self, instruction: Instruction) -> Instructions:
        """Go through a form that is shown; one without glyphs that go stays as it is."""
        mupdf = pymupdf.mupdf
        name = str(instruction.operands[0]).removeprefix("/")
        forms = mupdf.pdf_dict_gets(self._resources, "XObject")
        stream = mupdf.pdf_dict_gets(forms, name)
        is_form = mupdf.pdf_is_stream(stream) and mupdf.pdf_to_name(mupdf.pdf_dict_gets(stream, "Subtype")) == "Form"
        if not is_form or self._depth >= _MAX_DEPTH:
            return [instruction]
        copy = self._walk.form(stream, self._resources, self._placing.state, self._depth)
        if copy is None:
            return [instruction]
        if not self._aside:
            forms = mupdf.pdf_copy_dict(forms)
            mupdf.pdf_dict_puts(self._own(), "XObject", forms)
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
