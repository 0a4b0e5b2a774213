"""Where a text has days of the calendar, in any order and with months as numbers or names."""

import datetime
import re
from collections.abc import Iterator

import msgspec

from axelered_box.modules.values import slips
from axelered_box.modules.values.found import DateOrder, Detail, Found, Hints
from axelered_box.modules.values.months import month_of

FIRST_YEAR, LAST_YEAR = 1800, 2199
_PIVOT = 50
"""A year of two digits below this is in this century."""
_D = slips.DIGIT
_YEAR_FIRST = re.compile(
    rf"(?<![\w.,/-])(?P<y>[12]{_D}{{3}})(?: ?(?P<s>[-./]) ?)(?P<m>{_D}{{1,2}}) ?(?P=s) ?(?P<d>{_D}{{1,2}})(?=T\d"
    rf"|[^\w]|$)(?![-/]\d)"
)
_NUMERIC = re.compile(
    rf"(?:(?<![\w./,-])|(?<=[\d.]-)(?=\S{{1,2}}[./]))"
    rf"(?P<a>{_D}{{1,2}}) ?(?P<s>[./\-\u2013]) ?(?P<b>{_D}{{1,2}}) ?(?P=s) ?(?P<y>[12]{_D}{{3}}"
    rf"|['\u2019]?{_D}{{2}})"
    r"(?![\w]|/\w|-(?!\d{1,2}[./]\d{1,2}[./])\w|\.\d)"
)
_COMPACT = re.compile(r"(?<![\w.,/-])(?P<y>19\d\d|20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?=[^\w/-]|$|T\d|_)")
_COMPACT_DAY_FIRST = re.compile(r"(?<![\w.,/-])(?P<d>[0-3]\d)(?P<m>0[1-9]|1[0-2])(?P<y>19\d\d|20\d\d)(?=[^\w/-]|$)")
_WORD = r"(?P<m>[^\W\d_]{3,12})"
_ORDINAL = r"(?:(?:st|nd|rd|th|er|ère|e|ème|a|de)(?![^\W\d_])|[º°ª.])?"
_YEAR = r"(?P<y>[12]\d{3}|['\u2019]\d{2}|\d{2})(?![\w%€$£]|[.,:]\d|-\w)"
_DAY_MONTH = re.compile(
    rf"(?<![\w.,/])(?P<d>(?=.?\d){_D}{{1,2}}) ?{_ORDINAL}(?:\s+day)?(?:\s+(?:(?:of|de|di|del)\s+|d['\u2019]\s?))?"
    rf"[ \t\n.\-/,_]{{0,3}}(?:(?:st|nd|rd|th) )?{_WORD}\.?,?[ \n\t\-/]{{0,2}}"
    rf"(?:(?:of|de|del|dell['\u2019]|,)\s+)?{_YEAR}",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"(?<![^\W_]){_WORD}\.?[ \n\-/]{{0,2}}(?:the )?(?P<d>\d{{1,2}}) ?(?:st|nd|rd|th)?(?:[ \n]?[,.][ \n]?"
    rf"|[ \n\-/]){_YEAR}",
    re.IGNORECASE,
)
_YEAR_MONTH_NAME = re.compile(
    rf"(?<![\w.,/-])(?P<y>[12]\d{{3}})[-/. ,]{{1,2}}{_WORD}[-/. ]{{1,2}}(?P<d>\d{{1,2}})(?![\w/-]|, ?\d{{4}})"
)
_CHINESE = re.compile(r"(?P<y>\d{4}) ?年 ?(?P<m>\d{1,2}) ?月 ?(?P<d>\d{1,2}) ?日")
_ORDINAL_WORDS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth",
    "twenty-sixth", "twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first",
)  # fmt: skip
_SPELLED = re.compile(
    rf"\b(?P<d>{'|'.join(sorted(_ORDINAL_WORDS, key=len, reverse=True))})(?: day)? of {_WORD},? {_YEAR}", re.IGNORECASE
)
_TIME = re.compile(
    r"[T,]?\s*(?:(?:at|um|à|a las|alle|om)\s+)?(?P<h>[01]?\d|2[0-3])\s?[:.hH]\s?(?P<min>[0-5]\d)(?::\d\d)?(?!\d"
    r"|[./-]\d)"
    r"\s?(?P<half>[aApP]\.?[mM]\b\.?)?"
)


class Day(msgspec.Struct, frozen=True):
    """A day as it stands in a text; two digits of a year are of this century or the last."""

    start: int
    end: int
    day: datetime.date
    certainty: float
    repaired: bool = False


def find(text: str, hints: Hints) -> list[Found]:
    """Return the days of a text; one that can be read in two orders is there twice."""
    return [_found(day, text) for day in days(text, hints)]


def days(text: str, hints: Hints) -> list[Day]:
    """Return the days of a text by where they stand."""
    by_place: dict[tuple[int, int, datetime.date], Day] = {}
    for day in [*_numeric(text, hints), *_named(text, hints)]:
        by_place.setdefault((day.start, day.end, day.day), day)
    return sorted(by_place.values(), key=lambda day: (day.start, day.end, -day.certainty))


def unambiguous_orders(text: str) -> Iterator[DateOrder]:
    """Yield the order of each date in numbers that can be read in one only."""
    for match in _NUMERIC.finditer(text):
        first, second = int(slips.digits(match["a"])), int(slips.digits(match["b"]))
        if 12 < first <= 31 and 1 <= second <= 12:
            yield "DMY"
        elif 12 < second <= 31 and 1 <= first <= 12:
            yield "MDY"


def year_of(written: str) -> int:
    """Return the year that two or four digits mean."""
    number = int(slips.digits(written.lstrip("'\u2019")))
    if number >= 100:
        return number
    return number + (2000 if number < _PIVOT else 1900)


def _numeric(text: str, hints: Hints) -> Iterator[Day]:
    for pattern, sure in ((_YEAR_FIRST, 1.0), (_CHINESE, 1.0), (_COMPACT, 0.6), (_COMPACT_DAY_FIRST, 0.3)):
        for match in pattern.finditer(text):
            yield from _day(match, match["y"], match["m"], match["d"], sure)
    for match in _NUMERIC.finditer(text):
        if _is_plain(match.group()):
            yield from _either_order(match, hints)


def _either_order(match: re.Match[str], hints: Hints) -> Iterator[Day]:
    """Yield the readings of two numbers and a year; a hyphen or point between short ones may be no date at all."""
    shape = 1.0 if len(match["y"]) == 4 else 0.85
    if shape < 1 and match["s"] == "." and (len(match["a"]) == 1 or len(match["b"]) == 1):
        shape = 0.6
    month_first = _month_first(hints, match["s"])
    day_first = list(_day(match, match["y"], match["b"], match["a"], shape))
    other = list(_day(match, match["y"], match["a"], match["b"], shape))
    if len(match["y"]) == 2 and len(match["a"]) == 2 and (hints.date_order == "YMD" or not (day_first or other)):
        yield from _day(match, match["a"], match["b"], match["y"], 0.6)
    if day_first and other and day_first[0].day != other[0].day:
        yield from _weighed(day_first[0], 1 - month_first)
        yield from _weighed(other[0], month_first)
        return
    yield from (day_first or other)[:1]


def _month_first(hints: Hints, sign: str) -> float:
    """Return how likely the month stands first; points between numbers are seldom American."""
    known = {"MDY": hints.date_order_certainty, "DMY": 1 - hints.date_order_certainty}.get(hints.date_order or "", 0.5)
    return known * 0.3 if sign == "." and known <= 0.6 else known


def _weighed(day: Day, weight: float) -> Iterator[Day]:
    if weight > 0.02:
        yield msgspec.structs.replace(day, certainty=round(day.certainty * weight, 3))


def _named(text: str, hints: Hints) -> Iterator[Day]:
    for pattern in (_DAY_MONTH, _MONTH_DAY, _YEAR_MONTH_NAME):
        at = 0
        while match := pattern.search(text, at):
            month = month_of(match["m"], hints.languages)
            at = match.end() if month else match.start() + 1
            if month and _is_plain(match["d"]):
                sure = 1.0 if len(match["y"]) == 4 else 0.8
                yield from _day(match, match["y"], str(month), match["d"], sure)
    for match in _SPELLED.finditer(text):
        if month := month_of(match["m"], hints.languages):
            yield from _day(match, match["y"], str(month), str(_ORDINAL_WORDS.index(match["d"].lower()) + 1), 1.0)


def _is_plain(written: str) -> bool:
    """Say whether at least as many characters are digits as are letters that look like them."""
    digits = sum(letter.isdigit() for letter in written)
    return digits >= sum(letter in slips.LETTERS for letter in written)


def _day(match: re.Match[str], year: str, month: str, day: str, sure: float) -> Iterator[Day]:
    """Yield the day, unless the calendar has none such."""
    repaired = any(not part.lstrip("'\u2019").isdigit() for part in (year, month, day))
    try:
        date = datetime.date(year_of(year), int(slips.digits(month)), int(slips.digits(day)))
    except ValueError:
        return
    if FIRST_YEAR <= date.year <= LAST_YEAR:
        yield Day(match.start(), match.end(), date, sure * (0.8 if repaired else 1.0), repaired)


def _found(day: Day, text: str) -> Found:
    time = _TIME.match(text, day.end)
    detail = Detail(time=_clock(time) if time else None, repaired=day.repaired)
    return Found("date", day.start, day.end, day.day.isoformat(), day.certainty, detail)


def _clock(match: re.Match[str]) -> str:
    hour, half = int(match["h"]), (match["half"] or "")[:1].lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{match['min']}"
