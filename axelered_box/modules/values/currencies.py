"""Which signs, codes and words name a currency."""

import functools
import re

from babel.core import get_global
from babel.numbers import list_currencies

from axelered_box.modules.values.found import Detail, Found, Hints

_SIGNS = {
    "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₺": "TRY", "₽": "RUB", "₩": "KRW", "₪": "ILS", "₫": "VND",
    "₱": "PHP", "฿": "THB", "₴": "UAH", "₦": "NGN", "$": "USD", "US$": "USD", "A$": "AUD", "AU$": "AUD",
    "C$": "CAD", "CA$": "CAD", "HK$": "HKD", "S$": "SGD", "NZ$": "NZD", "R$": "BRL", "NT$": "TWD", "MX$": "MXN",
    "RM": "MYR", "Rs": "INR", "Rs.": "INR", "Rp": "IDR", "SFr.": "CHF", "SFr": "CHF", "Fr.": "CHF", "kr": "SEK",
    "kr.": "SEK", "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "lei": "RON", "лв": "BGN",
}  # fmt: skip
_WORDS = {
    "euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "dólares": "USD", "dollari": "USD",
    "pounds": "GBP", "sterling": "GBP", "francs": "CHF", "franken": "CHF", "franchi": "CHF", "yen": "JPY",
    "rupees": "INR", "ringgit": "MYR", "zloty": "PLN", "złotych": "PLN", "kronor": "SEK", "kroner": "NOK",
}  # fmt: skip
_CROWNS = {"swe": "SEK", "dan": "DKK", "nor": "NOK", "nob": "NOK", "SE": "SEK", "DK": "DKK", "NO": "NOK", "IS": "ISK"}
_DOLLARS = {"USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD", "MXN"}
_RUPEES = {"INR", "PKR", "LKR", "NPR", "MUR"}
_ENGLISH_WORDS = {"ALL", "TOP", "CUP", "MOP", "GEL", "PEN", "TRY", "BAM", "LAK", "SOS", "STD", "NAD", "MAD"}
"""Codes that are words as well; alone, without a number, they name no currency."""
MAJOR = {
    "EUR", "USD", "GBP", "CHF", "JPY", "CNY", "INR", "MYR", "AUD", "CAD", "NZD", "SGD", "HKD", "SEK", "NOK", "DKK",
    "PLN", "CZK", "HUF", "RON", "BGN", "BRL", "MXN", "ZAR", "KRW", "THB", "IDR", "AED", "SAR", "ILS", "RUB", "TWD",
}  # fmt: skip


@functools.cache
def codes() -> frozenset[str]:
    """Return the codes of ISO 4217 that are in use in some territory."""
    tenders = get_global("territory_currencies")
    used = {code for entries in tenders.values() for code, _, last, tender in entries if tender and last is None}
    return frozenset(used & set(list_currencies()))


@functools.cache
def before() -> re.Pattern[str]:
    """Return the pattern of a currency at the end of what stands before a number."""
    return re.compile(rf"(?<![^\W\d_])({_alternatives()})[\s:]{{0,2}}$")


@functools.cache
def behind() -> re.Pattern[str]:
    """Return the pattern of a currency right behind a number; it asks for a place where a word ends."""
    words = "|".join(_WORDS)
    return re.compile(rf"[ \u00a0\u202f]?({_alternatives()}|(?i:(?:US |Swiss |Schweizer )?(?:{words})))(?![^\W\d_])")


def iso(written: str, hints: Hints) -> tuple[str, float]:
    """Return the code of ISO 4217 that a sign, code or word stands for here, and how certain that is."""
    if written in codes():
        return written, 1.0
    code = _SIGNS.get(written) or _WORDS.get(written.lower().rpartition(" ")[2], "")
    if written == "$" or code == "USD":
        return _of_family(code, _DOLLARS, hints) if written in ("$", "dollar", "dollars") else (code, 1.0)
    if code == "INR" and written != "₹":
        return _of_family(code, _RUPEES, hints)
    if written.startswith("kr"):
        places = [*hints.languages, hints.region or ""]
        return next((_CROWNS[place] for place in places if place in _CROWNS), code), 0.9
    if written == "¥" and hints.region == "CN":
        return "CNY", 0.9
    return code, 1.0


def find(text: str, hints: Hints) -> list[Found]:
    """Return the currencies that a text names, with or without a number beside them."""
    found = []
    for match in _alone().finditer(text):
        code, certainty = iso(match.group(), hints)
        if not code:
            continue
        share = certainty * (0.95 if len(match.group()) == 3 or not match.group()[0].isalpha() else 0.7)
        found.append(Found("currency", match.start(), match.end(), code, share, Detail(currency=code)))
    return found


@functools.cache
def _alone() -> re.Pattern[str]:
    signs = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True) if sign not in ("Fr.", "lei"))
    names = "|".join(sorted((codes() & MAJOR) - _ENGLISH_WORDS))
    return re.compile(rf"(?<![^\W\d_])(?:{signs}|{names}|(?i:{'|'.join(_WORDS)}))(?![^\W\d_])")


def _alternatives() -> str:
    names = [*_SIGNS, *codes()]
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def _of_family(code: str, family: set[str], hints: Hints) -> tuple[str, float]:
    """A sign that several currencies share is that of the document's currency, if it is one of them."""
    if hints.currency in family:
        return str(hints.currency), 0.95
    return code, 0.85
