"""Numbers as tables print them: whether a cell is one, and how large it is."""

import re
from collections.abc import Iterable
from functools import lru_cache

_UNIT = r"[^\W\d_]{1,12}(?:\([^\W\d_]{1,3}\)|\.)?"
_CURRENCY = r"(?:[$€£¥₹₽₺₩₫₦]|[A-Z]{3}|[A-Z]{1,2}\$|Rs\.?|RM|kr\.?|zł|Kč|Ft|Fr\.?)"
_DIGITS = (
    r"(?:\d{1,3}(?:['\u2019\u00a0\u202f ]\d{3})+(?:[.,]\d{1,6})?|\d{1,3}(?:[.,]\d{2,3})+(?:[.,]\d{1,6})?"
    r"|\d+(?:[.,]\d+)?|[.,]\d+)(?!\d)"
)
_NUMBER = re.compile(
    rf"\(?(?P<minus>[-\u2013\u2212])?[+±]?\s?(?:(?P<currency>{_CURRENCY})\s?)?(?P<inner>[-\u2013\u2212])?\s?(?P<digits>{_DIGITS})"
    rf"(?P<after>[-\u2013\u2212]|,-|,\u2013)?(?P<close>\))?\s?(?P<unit>(?:%|‰|{_CURRENCY}|{_UNIT}"
    rf"|[xX*\u00d7])(?:\s?/\s?{_UNIT})?)?[*]?"
)
_MONTH = r"[^\W\d_]{3,10}\.?"
_DATE = re.compile(
    rf"(?:\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}|\d{{1,2}}\.\d{{1,2}}\.(?!\d)|\d{{1,2}}/\d{{1,2}}(?![\d/])"
    rf"|\d{{1,2}}[.\s-]\s?{_MONTH}[\s-]?\d{{2,4}}|{_MONTH}\s\d{{1,2}},?\s\d{{4}})(?!\w)"
)


@lru_cache(maxsize=16384)
def is_number(text: str) -> bool:
    """Tell whether a text is one number, with or without a sign, a currency and a short unit."""
    return _NUMBER.fullmatch(text.strip()) is not None and not is_date(text)


def is_date(text: str) -> bool:
    """Tell whether a text begins with a day, with or without its year."""
    return _DATE.match(text.strip()) is not None


def decimal_sign(texts: Iterable[str]) -> str | None:
    """Return the decimal sign that some numbers of one table show, None when none does."""
    points = commas = 0
    for text in texts:
        match = _NUMBER.fullmatch(text.strip())
        digits = match["digits"] if match else ""
        if last := re.search(r"([.,])(\d+)$", digits):
            clear = len(last[2]) != 3 or ("," in digits and "." in digits) or digits.startswith("0")
            points += clear and last[1] == "." and digits.count(".") == 1
            commas += clear and last[1] == "," and digits.count(",") == 1
    return None if points == commas else "." if points > commas else ","


@lru_cache(maxsize=16384)
def number(text: str, decimal: str | None = None) -> float | None:
    """Return how large the number is that a text begins with or is, None when it is none."""
    match = _NUMBER.fullmatch(text.strip()) or _NUMBER.match(text.strip())
    if match is None:
        return None
    digits = re.sub(r"['\u2019\u00a0\u202f ]", "", match["digits"])
    sign = decimal or _sign_of(digits)
    digits = digits.replace("," if sign == "." else ".", "").replace(sign, ".")
    if digits.count(".") > 1:
        digits = digits.replace(".", "")
    after = match["after"] or ""
    negative = (
        match["minus"]
        or match["inner"]
        or after in {"-", "\u2013", "\u2212"}
        or (text.strip()[0] == "(" and match["close"])
    )
    return -float(digits) if negative else float(digits)


def _sign_of(digits: str) -> str:
    """Return a number's decimal sign by itself: the last of two kinds, else one that stands once, not before three."""
    last = re.search(r"([.,])(\d*)$", digits)
    if last is None:
        return "."
    sign, behind = last[1], last[2]
    if "," in digits and "." in digits:
        return sign
    if digits.count(sign) == 1 and (len(behind) != 3 or digits[0] == "0"):
        return sign
    return "." if sign == "," else ","


def unit_of(text: str) -> str | None:
    """Return the unit or currency that a number is printed with, None when it has none."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    return match["unit"] or match["currency"]
