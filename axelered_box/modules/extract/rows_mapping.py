"""Which column of a table holds which property: by its heading, by what its cells are, and by arithmetic.

All properties are placed together, each in at most one column. Where one column times another is a third, row by row,
that tells the quantity, the price of one and the amount apart, whatever their headings say.
"""

import re
import statistics
from collections.abc import Collection, Sequence

import msgspec

from axelered_box.modules import values
from axelered_box.modules.extract.questions import Question, words_of
from axelered_box.modules.extract.rows_columns import Column
from axelered_box.modules.extract.rows_numerals import decimal_sign, is_date, number
from axelered_box.modules.extract.rows_terms import alike, meanings, plain
from axelered_box.modules.extract.terms import vocabulary

LEAST_LIKENESS = 0.3
"""A heading less alike names something else."""
_BEAM = 40
_MOST_ROWS = 200
"""So many rows tell what the columns of a long table hold."""
_SAMPLE = 12
"""How many cells tell whether a column holds days."""
_NO_HINTS = values.Hints()
_FIT = 0.3
_ARITHMETIC = 0.25
_MONEY = frozenset({"amount", "unit price", "gross amount"})
_CENTS = re.compile(r"\d[.,]\d{2}(?!\d)")
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
_CODES = frozenset({"article", "serial", "position"})
_CODE = re.compile(r"(?=\S*\d)[\w./-]+")
"""A number of an article: one word with a digit in it."""
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
    names = {field.label, " ".join(field.words), _with_parent(field)} - {""}
    best = max((_likeness(name, heading) for name in names), default=0.0)
    if field.description and best < 0.7:
        best = max(best, 0.7 * _likeness(field.description, heading))
    return best


def _with_parent(field: Question) -> str:
    """Return the name of a member of an object within an item behind the object's name; an empty text for others."""
    inside = field.path.rpartition("*/")[2].split("/")
    return " ".join((*words_of(inside[-2]), *field.words)) if len(inside) > 1 else ""


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
    rows = rows[:_MOST_ROWS]
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
    numbers = [_values(column, rows) for column in columns]
    roles = {role: at for role, at in roles_of(fields).items() if fields[at].numeric}
    best = max((_judged(state, roles, numbers) for state in states), key=lambda mapping: mapping.worth)
    return _with_factors(_with_the_last(best, roles, columns, rows), roles, numbers)


def _with_the_last(mapping: Mapping, roles: dict[str, int], columns: Sequence[Column], rows: Sequence[int]) -> Mapping:
    """Place the one sum of money that no heading names in the one column of money that nothing else is in."""
    taken = {one.column for one in mapping.placed}
    fields = {one.field for one in mapping.placed}
    missing = [at for role, at in roles.items() if at not in fields and role in _MONEY]
    free = [place for place, column in enumerate(columns) if place not in taken and _is_money(column, rows)]
    if len(missing) != 1 or len(free) != 1:
        return mapping
    return _added(mapping, missing[0], free[0])


def _with_factors(mapping: Mapping, roles: dict[str, int], numbers: list[dict[int, float]]) -> Mapping:
    """Place a quantity, price or amount that no heading names where arithmetic shows it."""
    where = {one.field: one.column for one in mapping.placed}
    trio = [where.get(roles.get(role, -1)) for role in _FACTORS]
    if trio.count(None) != 1 or not all(role in roles for role in _FACTORS):
        return mapping
    gap = trio.index(None)
    free = [place for place in range(len(numbers)) if place not in where.values() and numbers[place]]
    for place in free:
        tried = [place if number_ == gap else found for number_, found in enumerate(trio)]
        if _agreement(numbers, (tried[0] or 0, tried[1] or 0, tried[2] or 0)) >= 0.9:
            added = _added(mapping, roles[_FACTORS[gap]], place)
            return msgspec.structs.replace(added, proven=True, worth=added.worth + _ARITHMETIC)
    return mapping


def _added(mapping: Mapping, field: int, column: int) -> Mapping:
    one = Placed(field=field, column=column, likeness=LEAST_LIKENESS, fit=1.0)
    return msgspec.structs.replace(mapping, placed=(*mapping.placed, one), worth=mapping.worth + _worth(one))


def _is_money(column: Column, rows: Sequence[int]) -> bool:
    """Tell whether most cells of a column, in rows that look like items, are numbers with two decimals."""
    texts = [column.cells[row][0].text for row in rows if column.cells.get(row)]
    known = meanings(column.heading).keys() - {"amount", "unit price", "gross amount", "debit", "credit"}
    return bool(texts) and not known and statistics.fmean(bool(_CENTS.search(text)) for text in texts) >= 0.8


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
    cells = [column.cells[row] for row in rows if column.cells.get(row)]
    if not cells:
        return 0.0
    texts = [cell[0].text for cell in cells]
    if field.numeric:
        share = statistics.fmean(number(text) is not None and not is_date(text) for text in texts)
        percent = statistics.fmean("%" in text for text in texts)
        if meaning(field) in _RATES:
            return share
        money = meaning(field) in _MONEY and not {"result", *_RATES} & set(_meanings(field))
        return share * (1.0 - (0.8 if money else 0.5) * percent)
    if field.format in {"date", "date-time"}:
        wholes = [" ".join(piece.text for piece in cell) for cell in cells[:_SAMPLE]]
        return statistics.fmean(values.read_as(text, "date", _NO_HINTS) is not None for text in wholes)
    if field.choices:
        wanted = [plain(str(choice)) for choice in field.choices]
        return statistics.fmean(any(choice in plain(text) for choice in wanted) for text in texts)
    codes = statistics.fmean(_CODE.fullmatch(text) is not None for text in texts)
    if meaning(field) in _CODES:
        return 0.2 + 0.8 * codes
    if meaning(field) in _NAMING:
        return 1.0 - 0.8 * codes
    return 1.0 - 0.4 * column.numeric


def _letters(column: Column) -> float:
    texts = [cell[0].text for cell in column.cells.values() if cell]
    return statistics.fmean(sum(letter.isalpha() for letter in text) for text in texts) if texts else 0.0


def _values(column: Column, rows: Sequence[int]) -> dict[int, float]:
    texts = {row: column.cells[row][0].text for row in rows if column.cells.get(row)}
    decimal = decimal_sign(texts.values())
    found = {row: number(text, decimal) for row, text in texts.items()}
    return {row: value for row, value in found.items() if value is not None}


def _judged(state: tuple[float, tuple[Placed, ...]], roles: dict[str, int], numbers: list[dict[int, float]]) -> Mapping:
    worth, placed = state
    where = {one.field: one.column for one in placed}
    proven = False
    if all(role in roles and roles[role] in where for role in _FACTORS):
        trio = (where[roles["quantity"]], where[roles["unit price"]], where[roles["amount"]])
        proven = _agreement(numbers, trio) >= 0.6
        worth += _ARITHMETIC * proven
    return Mapping(placed=placed, worth=worth, proven=proven)


def _agreement(numbers: list[dict[int, float]], trio: tuple[int, int, int]) -> float:
    """Return the share of rows in which the first number times the second is the third, to the cent or a thousandth."""
    one, other, product = (numbers[place] for place in trio)
    rows = one.keys() & other.keys() & product.keys()
    if not rows:
        return 0.0
    return statistics.fmean(
        abs(one[row] * other[row] - product[row]) <= max(0.011, 0.001 * abs(product[row])) for row in rows
    )
