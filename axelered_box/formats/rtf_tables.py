"""The tables of a Rich Text file, told row by row, written as HTML with the cells that they merge."""

import msgspec

_TOLERANCE_TWIPS = 30


class CellForm(msgspec.Struct, frozen=True):
    """What a row says of a cell: where its right edge is, and how it is merged."""

    right: int
    starts_across: bool = False
    goes_on_across: bool = False
    starts_down: bool = False
    goes_on_down: bool = False


class RowForm:
    """The form of the row that is being read."""

    def __init__(self) -> None:
        self.cells: list[CellForm] = []
        self.is_header = False
        self._flags: set[str] = set()

    def word(self, word: str, number: int | None) -> None:
        """Take a control word that describes the row."""
        if word == "trowd":
            self.cells, self.is_header, self._flags = [], False, set()
        elif word == "trhdr":
            self.is_header = True
        elif word == "cellx":
            flags = self._flags
            self.cells.append(
                CellForm(number or 0, "clmgf" in flags, "clmrg" in flags, "clvmgf" in flags, "clvmrg" in flags)
            )
            self._flags = set()
        else:
            self._flags.add(word)


ROW_WORDS = frozenset({"trowd", "trhdr", "cellx", "clmgf", "clmrg", "clvmgf", "clvmrg"})


class TableText:
    """A table at one depth of nesting: finished rows, and the cell that is being filled."""

    def __init__(self) -> None:
        self.form = RowForm()
        self.cell: list[str] = []
        self._row: list[str] = []
        self._rows: list[tuple[list[str], list[CellForm], bool]] = []

    def end_cell(self) -> None:
        """End the cell."""
        self._row.append("".join(self.cell))
        self.cell = []

    def end_row(self) -> None:
        """End the row."""
        if self.cell:
            self.end_cell()
        if self._row:
            self._rows.append((self._row, list(self.form.cells), self.form.is_header))
        self._row = []

    def html(self) -> str:
        """Return the table so far, and begin another."""
        self.end_row()
        rows, self._rows = self._rows, []
        if not rows:
            return ""
        edges = _edges([form for _, form, _ in rows])
        spans = [[_right_span(form, place, edges) for place in range(len(cells))] for cells, form, _ in rows]
        written = [f"<tr>{''.join(_cells(rows, spans, place))}</tr>" for place in range(len(rows))]
        return f"<table data-plain>{''.join(written)}</table>\n"


def _edges(forms: list[list[CellForm]]) -> list[int]:
    """Return the right edges of the grid's columns."""
    edges: list[int] = []
    for right in sorted({cell.right for form in forms for cell in form}):
        if not edges or right - edges[-1] > _TOLERANCE_TWIPS:
            edges.append(right)
    return edges


def _right_span(form: list[CellForm], place: int, edges: list[int]) -> int:
    """Return how many columns of the grid a cell is wide, 0 for one that is merged with the cell before it."""
    if place >= len(form):
        return 1
    if form[place].goes_on_across:
        return 0
    last = place
    while form[place].starts_across and last + 1 < len(form) and form[last + 1].goes_on_across:
        last += 1
    left = form[place - 1].right if place else min(edges[0], form[0].right) - 1
    inside = [edge for edge in edges if left + _TOLERANCE_TWIPS < edge <= form[last].right + _TOLERANCE_TWIPS]
    return max(
        len(inside) if place else len([edge for edge in edges if edge <= form[last].right + _TOLERANCE_TWIPS]), 1
    )


def _cells(rows: list[tuple[list[str], list[CellForm], bool]], spans: list[list[int]], place: int) -> list[str]:
    """Return the cells of a row that are no part of others."""
    cells, form, is_header = rows[place]
    name = "th" if is_header else "td"
    written = []
    for column, text in enumerate(cells):
        right = spans[place][column]
        down = 1
        if column < len(form) and right:
            if form[column].goes_on_down and place:
                continue
            while form[column].starts_down and _goes_on(rows, place + down, form[column].right):
                down += 1
        if right:
            across = f' colspan="{right}"' if right > 1 else ""
            below = f' rowspan="{down}"' if down > 1 else ""
            written.append(f"<{name}{across}{below}>{text}</{name}>")
    return written


def _goes_on(rows: list[tuple[list[str], list[CellForm], bool]], place: int, right: int) -> bool:
    """Tell whether a row has a cell at an edge that goes on with the one above."""
    if place >= len(rows):
        return False
    return any(cell.goes_on_down and abs(cell.right - right) <= _TOLERANCE_TWIPS for cell in rows[place][1])
