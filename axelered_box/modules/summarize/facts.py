"""What a form, an invoice or a receipt states in so many words: its labelled values, the telling ones first."""

import re
from collections.abc import Iterator

import msgspec

from axelered_box.domain.documents import Block, Cell, Document, Kind
from axelered_box.modules.summarize import labels
from axelered_box.modules.summarize.places import Place, at_words, in_block, whole_block

_LABEL_WORDS = 6
_VALUE_WORDS = 12
_LINE_WORDS = 24
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_HEADED_ROWS = 2
"""A table of one row of values below their labels has so many rows."""
_AFTER_SENTENCE = re.compile(r"(?<=[^\W\d_]{3}[.!?])\s")
_NOTHING = re.compile(r"^\W*0*(?:[.,]0+)?\W*$")


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """A value with the label that is printed beside it, or a line that stands for itself."""

    text: str
    place: Place
    rank: int
    """How telling its kind is, the lower the more; `labels.UNKNOWN` when its label is not known."""


def facts(document: Document) -> list[Fact]:
    """Return the values that a document labels: the first of each kind of label, the telling kinds first, then more."""
    found: dict[str, Fact] = {}
    for fact in _all(document):
        found.setdefault(fact.text.lower(), fact)
    firsts: dict[int, Fact] = {}
    for fact in sorted(found.values(), key=_rank):
        if fact.rank < labels.UNKNOWN:
            firsts.setdefault(labels.kind_of(fact.rank), fact)
    ordered = [firsts[kind] for kind in sorted(firsts)]
    return ordered + sorted((fact for fact in found.values() if fact not in ordered), key=_rank)


def heading(document: Document) -> Fact | None:
    """Return what a document calls itself: its title where that is made of words, else its first line that is."""
    readable = _readable(document)
    titles = [block for block in readable if block.kind is Kind.HEADING and block.text == document.title]
    for block in (*titles, *readable):
        if _is_of_words(block.text):
            return Fact(text=" ".join(block.text.split()), place=whole_block(document, block), rank=0)
    return None


def lines(document: Document) -> list[Fact]:
    """Return the headings, the short lines and the headers of tables, of a document that has nothing else to tell."""
    found = [
        Fact(text=" ".join(block.text.split()), place=whole_block(document, block), rank=labels.UNKNOWN)
        for block in sorted(_readable(document), key=lambda block: block.kind is not Kind.HEADING)
        if 0 < len(block.text.split()) <= _LINE_WORDS
    ]
    return found + [fact for block in document.blocks for fact in _top_row(document, block)]


def _readable(document: Document) -> list[Block]:
    return [block for block in document.blocks if block.in_flow and block.kind is not Kind.TABLE]


def _top_row(document: Document, block: Block) -> Iterator[Fact]:
    """Yield the top row of a table, which says what its columns hold."""
    cells = [cell for cell in block.table.cells if cell.row == 0 and cell.text.strip()] if block.table else []
    text = ", ".join(" ".join(cell.text.split()) for cell in cells)
    if 0 < len(text.split()) <= _LINE_WORDS:
        yield Fact(
            text=text,
            place=at_words(document, block, (cells[0].words[0], cells[-1].words[1]), text),
            rank=labels.UNKNOWN,
        )


def _rank(fact: Fact) -> int:
    return fact.rank


def _is_of_words(text: str) -> bool:
    """Tell whether a text is of words more than of numbers."""
    letters, digits = sum(letter.isalpha() for letter in text), sum(letter.isdigit() for letter in text)
    if labels.AMOUNT.search(text):
        return False
    return len(text.split()) <= _LINE_WORDS and letters >= digits and _LONG_WORD.search(text) is not None


def _all(document: Document) -> Iterator[Fact]:
    for block in document.blocks:
        if block.table is not None:
            yield from _of_table(document, block)
        elif block.in_flow and block.kind is not Kind.FIGURE:
            yield from _of_lines(document, block)


def _of_table(document: Document, block: Block) -> Iterator[Fact]:
    """Yield the labels and values of a table: side by side, or where there is one row of values, below each other."""
    rows: dict[int, list[Cell]] = {}
    for cell in block.table.cells if block.table is not None else []:
        if cell.text.strip():
            rows.setdefault(cell.row, []).append(cell)
    if len(rows) == _HEADED_ROWS:
        upper, lower = rows.values()
        below = {cell.column: cell for cell in lower}
        pairs = [(cell, below[cell.column]) for cell in upper if cell.column in below]
        if len(pairs) > _HEADED_ROWS:
            for label, value in pairs:
                yield from _of_cells(document, block, label, value, "")
            return
    group = ""
    for cells in rows.values():
        if len(cells) == 1:
            group = _group(cells[0])
        elif len(cells) == 2:
            yield from _of_cells(document, block, cells[0], cells[1], group)
        else:
            group = ""
            for fact in _of_cells(document, block, cells[0], cells[-1], ""):
                if labels.kind_of(fact.rank) == labels.TO_PAY:
                    yield fact


def _group(cell: Cell) -> str:
    """Return the name that a row with one cell gives to the rows below it; empty when it is none."""
    text = " ".join(cell.text.split())
    return text.strip(" :") if len(text.split()) <= _LABEL_WORDS and not any(sign.isdigit() for sign in text) else ""


def _of_cells(document: Document, block: Block, label: Cell, value: Cell, group: str) -> Iterator[Fact]:
    """Yield what a label and its value state; the quote is their row, or the value where that stands below."""
    texts = [" ".join(cell.text.split()) for cell in (label, value)]
    start, end = min(label.words[0], value.words[0]), max(label.words[1], value.words[1])
    is_row = label.row == value.row and end - start <= _LINE_WORDS
    words, quote = ((start, end), " ".join(texts)) if is_row else (value.words, texts[1])
    place = at_words(document, block, words, quote)
    has_colon = texts[0].endswith(":")
    for fact in _fact(texts[0], texts[1], place, group if has_colon else ""):
        if has_colon or fact.rank <= labels.UNKNOWN:
            yield fact


def _of_lines(document: Document, block: Block) -> Iterator[Fact]:
    """Yield the labelled values of a block's lines."""
    for line in re.finditer(r"[^\n]+", block.text):
        found = labels.LABELLED.match(line[0].strip()) or labels.TYPED.search(line[0].strip())
        if found is not None:
            yield from _fact(found["label"], found["value"], in_block(document, block, line.span()), "")


def _fact(label: str, value: str, place: Place, group: str) -> Iterator[Fact]:
    label, value = _AFTER_SENTENCE.split(label)[-1].strip(" :#.-\t"), value.strip(" |;")
    is_label = 0 < len(label.split()) <= _LABEL_WORDS and any(
        len(word) > 2 and word.isalpha() for word in re.split(r"\W+", label)
    )
    if not is_label or not 0 < len(value.split()) <= _VALUE_WORDS or _NOTHING.match(value) or value.endswith(":"):
        return
    said = f"{group}, {label}" if group else label
    yield Fact(text=f"{said}: {value}", place=place, rank=labels.rank_of(label, value))
