"""CSV and TSV files as tables."""

import csv
from collections.abc import Iterator

from axelered_box.domain.documents import Warning
from axelered_box.formats import grids
from axelered_box.formats.unprinted import Reading

_DELIMITERS = ",;\t|"
_SAMPLE_LETTERS = 20_000
_MAX_FIELD_LETTERS = 1 << 20


def read(text: str) -> Reading:
    """Return the one table that a CSV file is, its first row as heading."""
    rows: list[list[str]] = []
    warnings: list[Warning] = []
    cells = 0
    for row in _rows(text):
        room = grids.MAX_CELLS - cells
        if len(row) > room:
            rows.append(row[:room])
            warnings.append(rows_left_out(grids.MAX_CELLS))
            break
        cells += len(row)
        rows.append(row)
    block = grids.plain([row for row in rows if row])
    return Reading(blocks=[] if block is None else [block], warnings=warnings)


def rows_left_out(most: int) -> Warning:
    """Return the warning that a table was cut off."""
    return Warning(
        code="rows_left_out", message=f"The file has more than {most} cells; rows beyond them are left out. Split it."
    )


def _rows(text: str) -> Iterator[list[str]]:
    """Yield the rows that say something; values have no space around them."""
    csv.field_size_limit(_MAX_FIELD_LETTERS)
    lines = text.split("\n")
    delimiter = _delimiter(text)
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) == 5:
        delimiter = lines.pop(0)[4]
    try:
        for row in csv.reader((line + "\n" for line in lines), delimiter=delimiter):
            values = [value.strip() for value in row]
            if any(values):
                yield values
    except csv.Error:
        yield from ([value.strip() for value in line.split(delimiter)] for line in lines if line.strip())


def _delimiter(text: str) -> str:
    """Return what parts the values: the sign that the first lines have most evenly."""
    lines = [line for line in text[:_SAMPLE_LETTERS].splitlines() if line.strip()][:20]
    return max(_DELIMITERS, key=lambda sign: min((line.count(sign) for line in lines), default=0))
