"""Which column of a table holds which property: by its heading, by what its cells are, and by arithmetic.

All properties are placed together, each in at most one column. Where one column times another is a third, row by row,
that tells the quantity, the price of one and the amount apart, whatever their headings say.
"""

import statistics
from collections.abc import Collection, Sequence
from itertools import permutations

import msgspec

from axelered_box.modules.extract.questions import Question
from axelered_box.modules.extract.rows_columns import Column
from axelered_box.modules.extract.rows_numerals import decimal_sign, is_date, number
from axelered_box.modules.extract.rows_terms import alike, meanings, plain
from axelered_box.modules.extract.terms import vocabulary

LEAST_LIKENESS = 0.3
"""A heading less alike names something else."""
_BEAM = 40
_FIT = 0.3
_ARITHMETIC = 0.6
_RATES = frozenset({"tax rate", "discount", ""})
"""What a column of percentages may mean; a bare *tax* is as likely an amount."""
_NUMERIC = frozenset(
    {
        "quantity", "unit price", "amount", "gross amount", "tax rate", "tax amount", "discount", "debit", "credit",
        "balance", "weight", "result", "dose",
    }
)  # fmt: skip
"""What columns of numbers may mean."""
_NAMING = frozenset({"description", "test", "medication", "action"})
"""What the wordiest column may mean, whatever its heading."""
_FACTORS = ("quantity", "unit price", "amount")


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """A property in a column."""

    field: int
    """The property's place among those asked for."""
    column: int
    likeness: float
    """Of the heading, 0 to 1."""
    fit: float
    """The share of cells that can be a value of the property."""


class Mapping(msgspec.Struct, frozen=True, kw_only=True):
    """Where the properties are, and how well that agrees with the table."""

    placed: tuple[Placed, ...]
    worth: float
    proven: bool
    """Whether quantity times price is the amount in most rows."""


def likeness(field: Question, heading: str) -> float:
    """Return how surely a heading names a property, 0 to 1."""
    if not heading:
        return 0.0
    names = {field.label, " ".join(field.words)} - {""}
    best = max((_likeness(name, heading) for name in names), default=0.0)
    if field.description and best < 0.7:
        best = max(best, 0.7 * _likeness(field.description, heading))
    return best


def meaning(field: Question) -> str:
    """Return what a property most likely means as a column, an empty text when that is not known."""
    return next(iter(_meanings(field)), "")


def _meanings(field: Question) -> list[str]:
    """Return what a property may mean as a column, the likeliest first."""
    for text in (field.label, " ".join(field.words), field.description or ""):
        if found := {name: sure for name, sure in meanings(text).items() if sure >= 0.5}:
            return sorted(found, key=lambda name: ((name in _NUMERIC) != field.numeric, -found[name]))
    return []


def roles_of(fields: Sequence[Question], preferred: Collection[str] = ()) -> dict[str, int]:
    """Return what properties mean, each one thing: those that can mean one thing only choose first.

    Of the meanings of a property the preferred ones come before others.
    """
    possible = {at: sorted(_meanings(field), key=lambda name: name not in preferred) for at, field in enumerate(fields)}
    roles: dict[str, int] = {}
    for at in sorted(possible, key=lambda at: (len(possible[at]), at)):
        free = [name for name in possible[at] if name not in roles]
        if free:
            roles[free[0]] = at
    return roles


def best_mapping(fields: Sequence[Question], columns: Sequence[Column], rows: Sequence[int]) -> Mapping:
    """Return the best places of properties in columns; `rows` are the bands of the body that look like items."""
    choices = [
        [
            Placed(field=at, column=number_, likeness=like, fit=fit)
            for number_, column in enumerate(columns)
            for like, fit in [(_named(field, column, columns), _fit(field, column, rows))]
            if _possible(field, like, fit)
        ]
        for at, field in enumerate(fields)
    ]
    states: list[tuple[float, tuple[Placed, ...]]] = [(0.0, ())]
    for options in choices:
        grown = list(states)
        for worth, placed in states:
            used = {one.column for one in placed}
            grown += [(worth + _worth(one), (*placed, one)) for one in options if one.column not in used]
        states = sorted(grown, key=lambda state: -state[0])[:_BEAM]
    values = [_values(column, rows) for column in columns]
    roles = {role: at for role, at in roles_of(fields).items() if fields[at].numeric}
    return max((_judged(state, roles, values) for state in states), key=lambda mapping: mapping.worth)


def product_columns(columns: Sequence[Column], rows: Sequence[int]) -> tuple[int, int, int] | None:
    """Return the columns of which the first times the second is the third in most rows, None when there are none."""
    values = [_values(column, rows) for column in columns]
    known = [place for place, column in enumerate(values) if len(column) >= max(1, 0.6 * len(rows))]
    found = [trio for trio in permutations(known, 3) if trio[0] < trio[1] and _agreement(values, trio) >= 0.6]
    return max(found, key=lambda trio: _agreement(values, trio), default=None)


def _likeness(name: str, heading: str) -> float:
    words = vocabulary()
    general = words.likeness(words.read(name), words.read(heading)).score
    return max(alike(name, heading), 0.9 * general)


def _named(field: Question, column: Column, columns: Sequence[Column]) -> float:
    """Return how surely a column's heading names a property; the wordiest column may be the description without one."""
    like = likeness(field, column.heading)
    if like < LEAST_LIKENESS and not field.numeric and not field.format and meaning(field) in _NAMING:
        wordiest = max(columns, key=_letters)
        return LEAST_LIKENESS if wordiest is column and _letters(column) >= 4 else like
    return like


def _possible(field: Question, like: float, fit: float) -> bool:
    if not field.numeric and meaning(field) == "unit" and fit < 0.8:
        return False
    return like >= LEAST_LIKENESS and (fit >= 0.4 if field.numeric or field.format == "date" else fit > 0.0)


def _worth(placed: Placed) -> float:
    return placed.likeness + _FIT * placed.fit


def _fit(field: Question, column: Column, rows: Sequence[int]) -> float:
    """Return the share of a column's cells, in the rows that look like items, that can be a value of a property."""
    texts = [column.cells[row][0].text for row in rows if column.cells.get(row)]
    if not texts:
        return 0.0
    if field.numeric:
        share = statistics.fmean(number(text) is not None and not is_date(text) for text in texts)
        percent = statistics.fmean("%" in text for text in texts)
        return share if meaning(field) in _RATES else share * (1.0 - 0.5 * percent)
    if field.format in {"date", "date-time"}:
        return statistics.fmean(is_date(text) for text in texts)
    if field.choices:
        wanted = [plain(str(choice)) for choice in field.choices]
        return statistics.fmean(any(choice in plain(text) for choice in wanted) for text in texts)
    return 1.0 - 0.4 * column.numeric


def _letters(column: Column) -> float:
    texts = [cell[0].text for cell in column.cells.values() if cell]
    return statistics.fmean(sum(letter.isalpha() for letter in text) for text in texts) if texts else 0.0


def _values(column: Column, rows: Sequence[int]) -> dict[int, float]:
    texts = {row: column.cells[row][0].text for row in rows if column.cells.get(row)}
    decimal = decimal_sign(texts.values())
    values = {row: number(text, decimal) for row, text in texts.items()}
    return {row: value for row, value in values.items() if value is not None}


def _judged(state: tuple[float, tuple[Placed, ...]], roles: dict[str, int], values: list[dict[int, float]]) -> Mapping:
    worth, placed = state
    where = {one.field: one.column for one in placed}
    proven = False
    if all(role in roles and roles[role] in where for role in _FACTORS):
        trio = (where[roles["quantity"]], where[roles["unit price"]], where[roles["amount"]])
        proven = _agreement(values, trio) >= 0.6
        worth += _ARITHMETIC * proven
    return Mapping(placed=placed, worth=worth, proven=proven)


def _agreement(values: list[dict[int, float]], trio: tuple[int, int, int]) -> float:
    """Return the share of rows in which the first number times the second is the third, to the cent or a thousandth."""
    one, other, product = (values[place] for place in trio)
    rows = one.keys() & other.keys() & product.keys()
    if not rows:
        return 0.0
    return statistics.fmean(
        abs(one[row] * other[row] - product[row]) <= max(0.011, 0.001 * abs(product[row])) for row in rows
    )
