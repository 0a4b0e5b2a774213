"""The form of a PDF: filled by the names of its fields, and made part of the page."""

from typing import Any

import pymupdf

from axelered_box.domain import edits
from axelered_box.domain.edits import Done
from axelered_box.domain.modules import Refusal
from axelered_box.formats.pdf_objects import object_of

_MAX_DEPTH = 20
_ON = frozenset({"true", "yes", "ja", "x", "on", "1", "oui", "si", "sì", "sí"})
_BOXES = (pymupdf.PDF_WIDGET_TYPE_CHECKBOX, pymupdf.PDF_WIDGET_TYPE_RADIOBUTTON)
_CHOICES = (pymupdf.PDF_WIDGET_TYPE_COMBOBOX, pymupdf.PDF_WIDGET_TYPE_LISTBOX)


def change(pdf: pymupdf.Document, operation: edits.FillForm | edits.FlattenForm) -> Done:
    """Fill or flatten the form; raises Refusal where there is none, or a value is not one of a field's."""
    if not pdf.is_form_pdf:
        raise Refusal("no_form", "The PDF has no form. Text can be replaced by replaceText, or stamped on a page.")
    if isinstance(operation, edits.FlattenForm):
        fields = sum(len(list(page.widgets())) for page in pdf)
        pdf.bake(annots=False, widgets=True)
        return Done(matches=fields, pages=[])
    return _fill(pdf, operation)


def _fill(pdf: pymupdf.Document, operation: edits.FillForm) -> Done:
    wanted = {
        name.strip().removeprefix("{{").removesuffix("}}").strip().casefold(): value
        for name, value in operation.fields.items()
    }
    filled: set[str] = set()
    pages: set[int] = set()
    for page in pdf:
        for widget in page.widgets():
            name = next(
                (one for one in (widget.field_name, widget.field_label) if (one or "").casefold() in wanted), None
            )
            if name is None:
                continue
            _set(widget, wanted[name.casefold()])
            filled.add(name.casefold())
            pages.add(page.number + 1)
    missing = [name for name in wanted if name not in filled]
    if filled and missing:
        known = ", ".join(sorted({widget.field_name for page in pdf for widget in page.widgets()}))
        warnings = [f"There is no field named '{name}'; the fields are {known}." for name in missing]
    else:
        warnings = []
    return Done(matches=len(filled), pages=sorted(pages), warnings=warnings)


def _set(widget: pymupdf.Widget, value: str | bool) -> None:
    """Give a field a value; raises Refusal."""
    if widget.field_type in _BOXES:
        state = value if isinstance(value, bool) else value.strip().casefold() in _ON
        chosen = not isinstance(value, bool) and value == widget.on_state()
        widget.field_value = widget.on_state() if state or chosen else False
    elif widget.field_type in _CHOICES and isinstance(value, str):
        choices = [choice if isinstance(choice, str) else choice[1] for choice in widget.choice_values or []]
        if choices and value not in choices and not widget.field_flags & pymupdf.PDF_CH_FIELD_IS_EDIT:
            raise Refusal(
                "value_not_allowed",
                f"The field '{widget.field_name}' cannot be '{value}'. Allowed are {', '.join(choices)}.",
            )
        widget.field_value = value
    else:
        set_text(widget, value if isinstance(value, str) else ("X" if value else ""))
        return
    widget.update()


def set_text(widget: pymupdf.Widget, value: str) -> None:
    """Give a text field a value, which may be empty, and have its look made anew."""
    widget.field_value = value or " "  # an empty one would leave the field as it is
    widget.update()
    if not value:
        for holder in _holders(widget):
            pymupdf.mupdf.pdf_dict_puts(holder, "V", pymupdf.mupdf.pdf_new_text_string(""))


def _holders(widget: pymupdf.Widget) -> list[Any]:
    """Return the objects that hold the value of a field: its own or those above it."""
    found = []
    holder = object_of(widget.parent.parent, widget.xref)
    for _ in range(_MAX_DEPTH):
        if not pymupdf.mupdf.pdf_is_dict(holder):
            break
        if pymupdf.mupdf.pdf_dict_gets(holder, "V").m_internal:
            found.append(holder)
        holder = pymupdf.mupdf.pdf_dict_gets(holder, "Parent")
    return found
