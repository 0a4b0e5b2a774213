"""Where a text has months of a year, and ranges from one day to another."""

import calendar
import datetime
import re
from collections.abc import Iterator

from axelered_box.modules.values.dates import FIRST_YEAR, LAST_YEAR, Day, days, year_of
from axelered_box.modules.values.found import Detail, Found, Hints
from axelered_box.modules.values.months import month_of

_NAMED = re.compile(
    r"(?<![^\W_])(?P<m>[^\W\d_]{3,12})\.?(?:[ \n\-/]|,\s| de | del | of )(?P<y>[12]\d{3}|['\u2019]\d{2}|\d{2})"
    r"(?![\w/%€$£]|[.,:\-]\d| ?(?:st|nd|rd|th|,)\b|,? ?[12]\d{3})",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(?<![\w./,-])(?P<m>0?[1-9]|1[0-2]) ?[/.\-] ?(?P<y>(?:19|20)\d{2})(?![\w]|[./-]\d)")
_YEAR_FIRST = re.compile(r"(?<![\w./,-])(?P<y>(?:19|20)\d{2})[/-](?P<m>0[1-9]|1[0-2])(?![\w]|[./-]\w)")
_BETWEEN = re.compile(
    r"\s*(?:[-\u2013—]|to|through|until|till|and|bis(?: zum)?|und|au|jusqu['\u2019]au|et|al|hasta(?: el)?|a|e|y"
    r"|fino al|tot(?: en met)?|t/m|"
    r"até|do|do dnia)\s*(?:the |den |le |el |il )?",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?<![\w.,/])(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?[ .\-]?(?:(?:of |de |d['\u2019])?(?P<m>[^\W\d_]{3,12}"
    r"|\d{1,2})\.?)?"
    r"\s*(?:[-\u2013—]|to|through|until|bis|au|al|tot|t/m|a|do|and|und|et|y|e)\s*(?:the |le |el |il )?$",
    re.IGNORECASE,
)
_MONTH_OPEN = re.compile(
    r"(?<![^\W_])(?P<m>[^\W\d_]{3,12})\.? (?P<d>\d{1,2})\s*(?:[-\u2013—]|to|through|until|and)\s*$", re.IGNORECASE
)


def find(text: str, hints: Hints) -> list[Found]:
    """Return the months of a year and the ranges of days of a text."""
    return [*_months(text, hints), *_ranges(text, hints)]


def _months(text: str, hints: Hints) -> Iterator[Found]:
    for pattern, sure in ((_NAMED, 0.9), (_YEAR_FIRST, 0.7), (_NUMERIC, 0.7)):
        for match in pattern.finditer(text):
            named = match["m"]
            month = int(named) if named.isdigit() else month_of(named, hints.languages)
            year = year_of(match["y"])
            if month and FIRST_YEAR <= year <= LAST_YEAR:
                certainty = sure if len(match["y"]) == 4 else sure / 2
                last = calendar.monthrange(year, month)[1]
                detail = Detail(until=f"{year:04}-{month:02}-{last:02}")
                yield Found("month", match.start(), match.end(), f"{year:04}-{month:02}", certainty, detail)


def _ranges(text: str, hints: Hints) -> Iterator[Found]:
    """Yield ranges of two whole dates, and of a day or day and month before a whole date."""
    places = days(text, hints)
    for place, day in enumerate(places):
        yield from _from_whole(text, places[max(0, place - 4) : place], day)
        yield from _from_part(text, day, hints)


def _from_whole(text: str, earlier: list[Day], day: Day) -> Iterator[Found]:
    for first in earlier:
        if first.end < day.start and first.day <= day.day and _BETWEEN.fullmatch(text, first.end, day.start):
            yield _range(first.start, day.end, first.day, day.day, min(first.certainty, day.certainty))


def _from_part(text: str, day: Day, hints: Hints) -> Iterator[Found]:
    head_start = max(0, day.start - 30)
    match = _OPEN.search(text, head_start, day.start) or _MONTH_OPEN.search(text, head_start, day.start)
    if not match:
        return
    named = match["m"] or str(day.day.month)
    month = int(named) if named.isdigit() else month_of(named, hints.languages)
    if month is None or not 1 <= month <= 12:
        return
    year = day.day.year - (month > day.day.month)
    number = int(match["d"])
    if 1 <= number <= calendar.monthrange(year, month)[1]:
        first = datetime.date(year, month, number)
        if first <= day.day:
            yield _range(match.start(), day.end, first, day.day, day.certainty * 0.9)


def _range(start: int, end: int, first: datetime.date, last: datetime.date, certainty: float) -> Found:
    detail = Detail(until=last.isoformat(), days=float((last - first).days + 1))
    return Found("date_range", start, end, first.isoformat(), certainty, detail)
