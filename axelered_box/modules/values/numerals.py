"""How a number is written: the signs of decimals and thousands, of both conventions."""

import re

import msgspec

from axelered_box.modules.values.found import Hints

SPACES = "\u00a0\u2009\u202f"
"""Spaces that stand inside numbers and seldom between them."""
PATTERN = (
    rf"(?:\d{{1,3}}(?P<group>[.,'\u2019{SPACES} ])\d{{3}}(?:(?P=group)\d{{3}})*(?:[.,]\d+)?(?!\d)"  # 1.234.567,89
    r"|\d{1,2}(?:,\d\d)+,\d{3}(?:\.\d+)?(?!\d)"  # 12,34,567.89
    r"|\d+(?:[.,]\d+)?"
    r"|[.,]\d+)"
)
"""A number without sign; a space as the sign of thousands is for the caller to doubt."""
_SPACED = re.compile(r"\s+")


class Numeral(msgspec.Struct, frozen=True):
    """One reading of a number: its value, how many decimals it has, and how likely the reading is."""

    value: float
    decimals: int
    certainty: float


def readings(written: str, hints: Hints, *, money: bool = False) -> list[Numeral]:
    """Return what a number without sign may mean, the likeliest first; nothing if it is no number.

    Of money, three digits behind a sign are seldom decimals.
    """
    plain = _SPACED.sub("", written).replace("'", "").replace("\u2019", "")
    signs = re.sub(r"\d", "", plain)
    if not plain or set(signs) - {".", ","} or not any(letter.isdigit() for letter in plain):
        return []
    if not signs:
        return [Numeral(float(plain), 0, 1.0)]
    if len(set(signs)) == 2:
        return _two_signs(plain, signs)
    if len(signs) > 1:
        return [Numeral(float(plain.replace(signs[0], "")), 0, 0.95)]
    return _one_sign(plain, signs, hints, grouped=written != plain, money=money)


def _two_signs(plain: str, signs: str) -> list[Numeral]:
    """The last sign is the decimal sign, and stands once."""
    last = signs[-1]
    if signs.count(last) > 1:
        return []
    return [_decimal(plain, last, 1.0)]


def _one_sign(plain: str, sign: str, hints: Hints, *, grouped: bool, money: bool) -> list[Numeral]:
    before, _, behind = plain.partition(sign)
    if grouped or len(behind) != 3 or not 1 <= len(before) <= 3 or before.startswith("0"):
        against = hints.decimal not in (None, sign) and hints.decimal_certainty > 0.9
        return [_decimal(plain, sign, 0.85 if against else 1.0)] if behind else []
    thousands = _thousands(sign, hints)
    thousands = 0.5 + thousands / 2 if money else thousands
    whole = Numeral(float(before + behind), 0, thousands)
    return sorted([whole, _decimal(plain, sign, 1 - thousands)], key=lambda numeral: -numeral.certainty)


def _thousands(sign: str, hints: Hints) -> float:
    """Return how likely a sign before three digits separates thousands."""
    if hints.decimal is None:
        return 0.7
    return 1 - hints.decimal_certainty * 0.9 if hints.decimal == sign else 0.1 + hints.decimal_certainty * 0.88


def _decimal(plain: str, sign: str, certainty: float) -> Numeral:
    other = "," if sign == "." else "."
    whole, _, fraction = plain.replace(other, "").partition(sign)
    return Numeral(float(f"{whole or '0'}.{fraction or '0'}"), len(fraction), certainty)
