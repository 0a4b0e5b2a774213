"""How a spreadsheet shows a number or a date: the format codes of ECMA-376 (18.8.31) in use."""

import datetime as dt
import functools
import math
import re

import msgspec

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<meridiem>AM/PM|A/P)|(?P<part>y+|m+|d+|h+|s+(?:\.0+)?)|(?P<number>[#0?][#0?,.]*(?:E[+-][0#]+)?)"
    r"|(?P<sign>.)",
    re.IGNORECASE,
)
_DATE_PART = re.compile(r"[ymdhs]", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_CURRENCY = re.compile(r"\$([^-\]]*)")
_LOCAL_DATES = {"mm-dd-yy": "yyyy-mm-dd", "m/d/yyyy": "yyyy-mm-dd", "m/d/yy h:mm": "yyyy-mm-dd h:mm"}
"""Formats that each viewer shows as its own country does; here the one that no country reads wrong."""
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_GENERAL_DIGITS = 11
_MAX_DECIMALS = 30


class _Section(msgspec.Struct, frozen=True):
    """What a part of a format for positive, negative or no numbers puts around the digits."""

    before: str
    digits: str
    after: str
    percent: int = 0
    """How many percent signs it has."""


def shown_number(value: float, code: str | None) -> str:
    """Return a number as a format code shows it."""
    if not math.isfinite(value):
        return ""
    sections = _sections(code or "General")
    place = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    section = sections[place]
    sign = "-" if value < 0 and place == 0 else ""
    if section.digits == "":
        plain = section.before + section.after
        return plain.strip() or general(value)
    said = _digits(abs(value) * 100**section.percent, section.digits)
    return (sign + section.before + said + section.after).strip()


def general(value: float) -> str:
    """Return a number as the format `General` shows it."""
    if isinstance(value, int) or (float(value).is_integer() and abs(value) < 10**_GENERAL_DIGITS):
        return str(int(value))
    said = f"{value:.{_GENERAL_DIGITS - 1}g}"
    return said.replace("e+", "E+").replace("e-", "E-")


def shown_date(value: dt.datetime | dt.date | dt.time, code: str | None) -> str:
    """Return a date or time as a format code shows it; in ISO form where each country has its own."""
    plain = _LOCAL_DATES.get(code or "", code or "")
    plain = re.sub(r"\[\$[^\]]*\]|;@$|;.*$", "", plain)
    if not _DATE_PART.search(_LITERAL.sub("", plain)):
        plain = "yyyy-mm-dd" if isinstance(value, dt.date) else "hh:mm:ss"
    moment = _moment(value)
    tokens = list(_TOKEN.finditer(plain))
    twelve = any(token["meridiem"] for token in tokens)
    return "".join(_date_token(tokens, place, moment, twelve=twelve) for place in range(len(tokens))).strip()


def shown_duration(value: dt.timedelta) -> str:
    """Return a length of time as hours, minutes and seconds."""
    seconds = round(value.total_seconds())
    sign = "-" if seconds < 0 else ""
    hours, rest = divmod(abs(seconds), 3600)
    return f"{sign}{hours}:{rest // 60:02}:{rest % 60:02}"


def _moment(value: dt.datetime | dt.date | dt.time) -> dt.datetime:
    """Return a date or time as both."""
    if isinstance(value, dt.datetime):
        return value
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001  # cells have no zone
    return dt.datetime.combine(dt.date(1900, 1, 1), value)


def _date_token(tokens: list[re.Match[str]], place: int, moment: dt.datetime, *, twelve: bool) -> str:
    """Return what one token of a date's format shows."""
    token = tokens[place]
    if token["meridiem"]:
        return "AM" if moment.hour < 12 else "PM"
    part = (token["part"] or "").lower()
    if not part and token["bracket"] and set(token["bracket"].lower()) <= set("hms"):
        part = token["bracket"].lower()
    if not part:
        return token["quoted"] or token["escaped"] or token["sign"] or (" " if token["space"] else "")
    if part[0] == "m" and _is_minute(tokens, place):
        return f"{moment.minute:0{min(len(part), 2)}}"
    return _date_part(part, moment, twelve=twelve)


def _is_minute(tokens: list[re.Match[str]], place: int) -> bool:
    """Tell whether an m stands for minutes: after hours or before seconds."""
    around = [(token["part"] or token["bracket"] or "").lower()[:1] for token in tokens]
    before = next((name for name in reversed(around[:place]) if name), "")
    after = next((name for name in around[place + 1 :] if name), "")
    return before == "h" or after == "s"


def _date_part(part: str, moment: dt.datetime, *, twelve: bool) -> str:
    """Return the year, month, day, hour or second of a moment in a width."""
    width = min(len(part), 2)
    if part[0] == "y":
        return f"{moment.year:04}" if len(part) > 2 else f"{moment.year % 100:02}"
    if part[0] == "m":
        return f"{moment.month:0{width}}" if len(part) < 3 else _named(_MONTHS[moment.month - 1], len(part))
    if part[0] == "d":
        return f"{moment.day:0{width}}" if len(part) < 3 else _named(_DAYS[moment.weekday()], len(part))
    if part[0] == "h":
        hour = (moment.hour % 12 or 12) if twelve else moment.hour
        return f"{hour:0{width}}"
    whole, _, fraction = part.partition(".")
    said = f"{moment.second:0{min(len(whole), 2)}}"
    return f"{said}.{moment.microsecond:06}"[: len(said) + 1 + len(fraction)] if fraction else said


def _named(name: str, width: int) -> str:
    """Return the name of a day or month: short for three letters, whole for four."""
    return name[:3] if width == 3 else name


@functools.lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    """Return the sections of a number's format: for positive numbers, negative ones, zero."""
    parts = re.split(r""";(?=(?:[^"]*"[^"]*")*[^"]*$)""", code)[:3]
    return tuple(_section(part) for part in parts)


def _section(code: str) -> _Section:
    """Return what stands before the digits of a format, the digits, and what stands after."""
    before, digits, after, percent = "", "", "", 0
    if code.strip().lower() in ("general", "@", ""):
        return _Section("", "General", "")
    for token in _TOKEN.finditer(code):
        said = token["quoted"] or token["escaped"] or ""
        if token["bracket"] and (found := _CURRENCY.match(token["bracket"])):
            said = found[1]
        if token["space"]:
            said = " "
        if token["number"] and not digits:
            digits = token["number"]
        elif token["number"] or token["sign"] or token["part"]:
            said = token["number"] or token["sign"] or token["part"]
        percent += token["sign"] == "%"
        before, after = (before, after + said) if digits else (before + said, after)
    return _Section(before, digits, after, percent)


def _digits(value: float, pattern: str) -> str:
    """Return a number without its sign as a pattern such as ``#,##0.00`` shows it."""
    if pattern == "General":
        return general(value)
    mantissa, exponent, _ = pattern.partition("E") if "E" in pattern else (pattern, "", "")
    whole, _, fraction = mantissa.partition(".")
    value /= 1000 ** (len(mantissa) - len(mantissa.rstrip(",")))
    decimals = min(len(fraction.rstrip(",")), _MAX_DECIMALS)
    if exponent:
        return f"{value:.{decimals}E}"
    said = f"{value:{',' if ',' in whole.rstrip(',') else ''}.{decimals}f}"
    optional = len(fraction) - len(fraction.rstrip("#?"))
    if optional and "." in said:
        kept = len(said) - optional
        said = said[:kept] + said[kept:].rstrip("0")
        said = said.rstrip(".")
    least = sum(sign == "0" for sign in whole)
    integer, point, rest = said.partition(".")
    return integer.zfill(least) + point + rest
