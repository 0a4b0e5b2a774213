"""What a reader of values hands back, and what it may be told about the document beforehand."""

from typing import Literal

import msgspec

Kind = Literal[
    "date", "date_range", "month", "amount", "number", "percent", "quantity", "currency", "duration",
    "iban", "bic", "vat_id", "tax_number", "registration", "identifier", "email", "url", "phone", "postal_code",
    "boolean", "organisation", "person", "place", "address",
]  # fmt: skip
"""What a value is; `month` is a month of a year, `amount` has a currency or the shape of money."""
Value = str | float | bool
DateOrder = Literal["DMY", "MDY", "YMD"]
DecimalSign = Literal[".", ","]


class Detail(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of a value beside the value itself; what does not apply to its kind is None."""

    currency: str | None = None
    """ISO 4217."""
    unit: str | None = None
    """The unit of a quantity or duration, in the document's words or as "day", "week", "month", "year"."""
    decimals: int | None = None
    """How many digits stand behind the decimal sign."""
    until: str | None = None
    """The last day of a range, in ISO 8601."""
    time: str | None = None
    """The time of day behind a date, as HH:MM."""
    months: float | None = None
    days: float | None = None
    form: str | None = None
    """The legal form of an organisation, the country of an id, or the label that an identifier stood behind."""
    repaired: bool = False
    """Whether letters were read as the digits that they look like."""


class Found(msgspec.Struct, frozen=True):
    """A value at [start, end) of a text, in characters.

    The value is normalised: dates are ISO 8601, numbers floats, ids compact and in capitals. `certainty` in 0..1 says
    how likely the words mean this: two readings of the same words are two of these, and share the certainty.
    """

    kind: Kind
    start: int
    end: int
    value: Value
    certainty: float
    detail: Detail = Detail()


class Hints(msgspec.Struct, frozen=True):
    """What is known of a document as a whole, so that "03/04/18" and "1.500" have one reading.

    `languages` are ISO 639-2, the most spoken first; `region` is ISO 3166 alpha-2, `currency` ISO 4217. The
    certainties say how likely the decimal sign and the date order are, from 0.5 for a guess to 1 for a rule.
    """

    languages: tuple[str, ...] = ()
    region: str | None = None
    decimal: DecimalSign | None = None
    decimal_certainty: float = 0.5
    date_order: DateOrder | None = None
    date_order_certainty: float = 0.5
    currency: str | None = None
