"""Arrays of objects: the rows of the document's table that holds them, each value with the words it stands in."""

from collections.abc import Iterator, Sequence

import msgspec

from axelered_box.domain.documents import Document
from axelered_box.modules import values
from axelered_box.modules.extract import rows_parties
from axelered_box.modules.extract.answers import Answer, Status
from axelered_box.modules.extract.lists_parties import are_asked
from axelered_box.modules.extract.questions import Question, leaves
from axelered_box.modules.extract.rows_bands import bands
from axelered_box.modules.extract.rows_citing import citation
from axelered_box.modules.extract.rows_items import Item, paragraph
from axelered_box.modules.extract.rows_mapping import roles_of
from axelered_box.modules.extract.rows_numerals import decimal_sign, number, unit_of
from axelered_box.modules.extract.rows_pieces import Piece, sliced
from axelered_box.modules.extract.rows_records import records
from axelered_box.modules.extract.rows_tables import Found, best_table
from axelered_box.modules.extract.rows_terms import plain
from axelered_box.modules.extract.rows_unnamed import unnamed_table

_BESIDE = 0.6
"""How surely a unit beside a number is what a property that means units asks for."""
_BESIDE_WHAT = {
    "unit": ("quantity", "result", "dose", "weight", "amount"),
    "currency": ("amount", "unit price", "gross amount", "debit", "credit"),
}


def answers(document: Document, question: Question, hints: values.Hints) -> list[Answer]:
    """Return the leaves of an array of objects, item by item in the document's order; none where no table has it.

    Their paths have the item's number from 0. A leaf that a row leaves empty has no answer.
    """
    if question.item is None:
        return []
    fields = list(leaves(question.item))
    if are_asked(question) and (named := rows_parties.answers(document, question, fields)):
        return named
    found = bands(document)
    table = (
        best_table(document, found, fields)
        or records(document, found, question, fields)
        or unnamed_table(found, fields)
    )
    return [] if table is None else list(_answers(document, question, fields, table, hints))


def _answers(
    document: Document, question: Question, fields: Sequence[Question], table: Found, hints: values.Hints
) -> Iterator[Answer]:
    placed = {one.field: one for one in table.mapping.placed}
    decimal = decimal_sign(
        pieces[0].text for item in table.items for at, pieces in item.cells.items() if fields[at].numeric
    )
    settled = msgspec.structs.replace(hints, decimal=decimal or hints.decimal)
    for place, item in enumerate(table.items):
        for at, pieces in sorted({**item.cells, **_beside(item, fields)}.items()):
            value, cited = _read(fields[at], pieces, settled)
            if value is None:
                continue
            like, fit = (placed[at].likeness, placed[at].fit) if at in placed else (_BESIDE, 1.0)
            yield Answer(
                path=fields[at].path.replace(f"{question.path}/*", f"{question.path}/{place}", 1),
                value=value,
                status=Status.FOUND,
                citation=citation(document, cited),
                extract=_sure(like, fit, item, proven=table.mapping.proven),
            )


def _beside(item: Item, fields: Sequence[Question]) -> dict[int, list[Piece]]:
    """Return units and currencies that have no column of their own but stand beside the numbers of an item."""
    roles = roles_of(fields)
    found: dict[int, list[Piece]] = {}
    for role, holders in _BESIDE_WHAT.items():
        at = roles.get(role)
        if at is None or at in item.cells or fields[at].numeric:
            continue
        for holder in holders:
            pieces = item.cells.get(roles.get(holder, -1), [])
            unit = _unit(pieces)
            if unit is not None:
                found[at] = [unit]
                break
    return found


def _unit(pieces: Sequence[Piece]) -> Piece | None:
    """Return the unit or currency in a number's cell, None when it has none."""
    if not pieces:
        return None
    unit = unit_of(pieces[0].text)
    words = pieces[0].text.split(" ")
    if unit is not None and words.count(unit) == 1:
        return sliced(pieces[0], words.index(unit), words.index(unit) + 1)
    beside = pieces[1] if len(pieces) > 1 else None
    return beside if unit is None and beside is not None and unit_of(f"1 {beside.text}") == beside.text else None


def _read(field: Question, pieces: Sequence[Piece], hints: values.Hints) -> tuple[object, list[Piece]]:
    """Return what a cell says as a property's value, and the pieces that say it; None when it cannot be one."""
    if field.numeric:
        for piece in pieces:
            value = number(piece.text, hints.decimal)
            if value is not None:
                whole = "number" not in field.types
                return (round(value) if whole and value == round(value) else value), [piece]
        return None, []
    said = paragraph(pieces)
    text = " ".join(piece.text for piece in said).strip(" ,;|").rstrip(" :")
    if field.choices:
        return _choice(field, text), said
    if field.format == "date":
        return values.read_as(text, "date", hints), said
    return text, said


def _choice(field: Question, text: str) -> object:
    """Return the allowed value that a cell says, None when it says none."""
    said = plain(text)
    exact = [choice for choice in field.choices if plain(str(choice)) == said]
    within = [choice for choice in field.choices if f" {plain(str(choice))} " in f" {said} "]
    return next(iter([*exact, *within]), None)


def _sure(likeness: float, fit: float, item: Item, *, proven: bool) -> float:
    """Return how likely a cell's value is right: by far most are, in a table that was chosen at all."""
    agreement = min(0.45 * likeness + 0.2 * fit + 0.2 * item.complete + 0.15 * proven, 1.0)
    return round(0.7 + 0.28 * agreement, 4)
