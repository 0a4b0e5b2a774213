"""Where a text has numbers: amounts of money, percentages, quantities with a unit, and bare ones."""

import re

import msgspec

from axelered_box.modules.values import currencies, numerals
from axelered_box.modules.values.found import Detail, Found, Hints, Kind

_NUMBER = re.compile(
    rf"(?:(?<![\w/\\.,:#@])|(?<=\b[A-Z]{{3}})|(?<=\b[A-Z][A-Za-z])|(?<=\bkr)){numerals.PATTERN}(?![^\W_]{{2}}\d"
    rf"|\d|[/\\:@_]\d|[.,]\d)",
)
_TORN = re.compile(r"(?<![\w.,/-])\d{1,3}(?: ?[.,] ?\d{3})* ?[.,] ?\d{2}(?!\d| ?[.,/-] ?\d)")
"""A number that a recogniser tore apart at its signs, as in "1 .500,00"."""
_SURELY_TORN = re.compile(r"\d [.,]|[.,] ?\d{3} ?[.,]")
_UNIT = re.compile(
    r"\s?(?:(?P<percent>%|percent\b|per cent\b|Prozent\b|pour cent\b|v\.\s?H\.)|(?P<unit>"
    r"(?:Stk|Stck|Stück|St|pcs?|pieces?|units?|ea|each|uds?|unidades|pz|pezzi|pièces?|stuks?|szt|Std|Stunden?"
    r"|hrs?|hours?|"
    r"heures?|horas?|ore|uur|godz|min|kg|mg|g|t|lbs?|oz|km|cm|mm|m|m²|m2|m³|m3|ml|cl|l|L|Liter|litres?|liters?"
    r"|kWh|MWh|"
    r"GB|MB|TB|h|H|Tage?|days?|jours?|días|giorni|dagen|x|Pkg|Pck|Paar|Sets?|set|boxes|box|Karton|pallets?|pauschal|"
    r"Seiten|pages?|Nächte|nights?)(?![^\W\d_]|\d)\.?))"
)
_SIGN_BEFORE = re.compile(r"[-\u2212\u2013]\s?$")
_TRAILING = re.compile(r"[-\u2212]\s?(?!\d)")
_SCALE = re.compile(
    r"[ \u00a0]?(?:(?P<word>(?i:millions?|millionen|mio\.?|mln\.?|millones|milioni|miljoen|milhões|billions?"
    r"|milliarden?"
    r"|mrd\.?|mld\.?|milliards?|miliardi|miljard|thousand|tausend|tsd\.?|mille|mil)(?![^\W\d_]))"
    r"|(?P<letter>[mMkK](?![^\W\d_])))"
)
_NO_CENTS = re.compile(r"[.,](?:-{1,2}|[\u2013\u2014])(?!\d)")
"""A dash for the decimals, as in "219,-"."""
_CREDIT = re.compile(r"\s?(?:CR|Cr)\b|[-\u2212](?=\s|$|\||\))")
_WINDOW = 12
"""How many characters before a number its currency and sign can take."""


class _Place(msgspec.Struct, frozen=True):
    """A number as it stands in the text, with all that belongs to it."""

    start: int
    end: int
    digits: str
    negative: bool = False
    currency: str | None = None
    unit: str | None = None
    percent: bool = False
    factor: float = 1.0
    doubt: float = 1.0
    """What the certainty is multiplied by, for a number that may be two."""


def find(text: str, hints: Hints) -> list[Found]:
    """Return the numbers of a text; one with two readings is there twice, and so are the parts of one torn apart."""
    torn = [match for match in _TORN.finditer(text) if " " in match.group()]
    whole = [msgspec.structs.replace(_surrounded(text, match.start(), match.end(), hints), doubt=0.6) for match in torn]
    found = [value for place in whole for value in _read(place, hints)]
    surely_torn = {at for match in torn if _SURELY_TORN.search(match.group()) for at in range(*match.span())}
    for match in _NUMBER.finditer(text):
        for place in _places(match, text, hints):
            if match.start() in surely_torn:
                found += _read(msgspec.structs.replace(place, doubt=place.doubt * 0.5), hints)
            elif place.currency or not text[max(0, match.start() - 1) : match.start()].isalpha():
                found += _read(place, hints)
    return found


def _places(match: re.Match[str], text: str, hints: Hints) -> list[_Place]:
    """A number with ordinary spaces between its thousands may be several: give it whole, and give its parts."""
    whole = _surrounded(text, match.start(), match.end(), hints)
    if match.group("group") != " ":
        return [whole]
    french = hints.decimal == "," and match.group().rpartition(" ")[2].find(",") > 0
    places = [msgspec.structs.replace(whole, doubt=0.9 if french or whole.currency else 0.6)]
    at = match.start()
    for part in match.group().split(" "):
        alone = _surrounded(text, at, at + len(part), hints)
        places.append(msgspec.structs.replace(alone, doubt=0.3 if french or whole.currency else 0.5))
        at += len(part) + 1
    return places


def _surrounded(text: str, start: int, end: int, hints: Hints) -> _Place:
    """Return the number at [start, end) with its sign, currency and unit."""
    digits, low, high = text[start:end], start, end
    head = text[max(0, start - _WINDOW) : start]
    currency, negative = None, False
    if minus := _minus(head):
        negative, low, head = True, start - len(minus), head[: -len(minus)]
    if sign := currencies.before().search(head):
        currency, low, head = sign.group(1), low - len(sign.group()), head[: sign.start()]
        if minus := _minus(head):
            negative, low, head = True, low - len(minus), head[: -len(minus)]
    scale = _SCALE.match(text, high)
    if scale and not scale["word"] and not currency:
        scale = None
    high = scale.end() if scale else high
    if dash := _NO_CENTS.match(text, high):
        high = dash.end()
    trailing = _TRAILING.match(text, high)
    if not currency and (sign := currencies.behind().match(text, trailing.end() if trailing else high)):
        currency, high, negative = sign.group(1), sign.end(), negative or bool(trailing)
    unit = None if currency else _UNIT.match(text, high)
    high = unit.end() if unit else high
    if not unit and (credit := _CREDIT.match(text, high)):
        negative, high = True, credit.end()
    if head.endswith("(") and text[high : high + 1] == ")" and (currency or re.search(r"[.,]\d\d$", digits)):
        negative, low, high = True, low - 1, high + 1
    percent = bool(unit and unit.group("percent"))
    named = unit.group("unit") if unit and not percent else None
    factor = _factor(scale.group().strip()) if scale else 1.0
    return _Place(low, high, digits, negative, currency, named, percent, factor)


def _minus(head: str) -> str:
    """Return the minus at the end of what stands before a number, unless it joins the number to a word or another."""
    minus = _SIGN_BEFORE.search(head)
    if not minus:
        return ""
    rest = head[: minus.start()]
    joins = rest[-1:].isalnum() or rest.endswith(")")
    return "" if joins and not currencies.before().search(rest) else minus.group()


def _factor(scale: str) -> float:
    """Return what a word such as "million" multiplies a number by."""
    word = scale.lower()
    if word.startswith(("bil", "mrd", "mld", "milliard", "miliard", "miljard")):
        return 1e9
    if word in ("m", "mio", "mio.", "mln", "mln.") or word.startswith(
        ("milli", "mill\u00f3n", "millon", "milion", "miljo", "milh")
    ):
        return 1e6
    return 1e3


def _read(place: _Place, hints: Hints) -> list[Found]:
    code, sure = currencies.iso(place.currency, hints) if place.currency else (None, 1.0)
    found = []
    for numeral in numerals.readings(place.digits, hints, money=code is not None):
        kind, shape = _kind(place, numeral.decimals)
        value = numeral.value * (-place.factor if place.negative else place.factor)
        certainty = numeral.certainty * shape * place.doubt * sure
        detail = Detail(currency=code, unit=place.unit, decimals=numeral.decimals)
        found.append(Found(kind, place.start, place.end, value, round(certainty, 3), detail))
    return found


def _kind(place: _Place, decimals: int) -> tuple[Kind, float]:
    """Return what a number is, and how certain its shape makes that."""
    if place.percent:
        return "percent", 1.0
    if place.currency:
        return "amount", 1.0
    if place.unit:
        return "quantity", 0.9 if len(place.unit) > 1 else 0.7
    return ("amount", 0.8) if decimals == 2 else ("number", 0.8)
