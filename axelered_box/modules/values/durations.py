"""Where a text says how long something lasts."""

import re
from collections.abc import Iterator

from axelered_box.modules.values.found import Detail, Found, Hints
from axelered_box.modules.values.number_words import number_of

_UNITS = {
    "day": r"(?:(?:business|calendar|working|Kalender|Werk|Arbeits)[- ]?)?(?:days?|Tage?n?|jours?|días?|giorn[oi]"
    r"|dag(?:en)?|dias?|dni)"
    r"(?: ouvr(?:és|ables)| hábiles| naturales| lavorativi)?",
    "week": r"(?:weeks?|Wochen?|semaines?|semanas?|settiman[ae]|we(?:ek|ken)|tygodni\w*)",
    "month": r"(?:calendar[- ])?(?:months?|Monate?n?s?|mois|mes(?:es)?|mes[ei]|maand(?:en)?|m[eê]s(?:es)?|miesi\w+)",
    "year": r"(?:years?|Jahre?n?s?|ans?|années?|años?|ann[oi]|ja(?:ar|ren)|anos?|lat|lata|rok)",
    "hour": r"(?:hours?|Stunden?|heures?|horas?|or[ae]|u(?:ur|ren))",
}
_DAYS = {"day": 1.0, "week": 7.0, "hour": 1 / 24}
_MONTHS = {"month": 1.0, "year": 12.0}
_PATTERN = re.compile(
    r"(?<![\w.,/])(?P<count>\d{1,3}(?:[.,]\d)?|[^\W\d_]{1,20}(?:[- ](?:(?:y|e|and) )?[^\W\d_]{1,14}){0,2})"
    r"(?:\s?\((?P<digits>\d{1,3})\))?(?:\s|[-\u2010\u2011]|(?<=\d))"
    r"(?:(?:full|consecutive|whole|volle|weitere)n?\s)?(?P<unit>"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _UNITS.items())
    + r")(?![\w])",
    re.IGNORECASE,
)
_ANNIVERSARY = re.compile(
    r"\b(?P<count>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) (?:\(\d{1,2}(?:st|nd|rd"
    r"|th)\) )?anniversary",
    re.IGNORECASE,
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_AGE = re.compile(r"\s+(?:old|of age|alt)\b", re.IGNORECASE)


def find(text: str, hints: Hints) -> list[Found]:
    """Return the durations of a text, as "2 years", with their months or days."""
    del hints
    found, at = list(_anniversaries(text)), 0
    while match := _PATTERN.search(text, at):
        duration = _read(match, text)
        at = match.end() if duration else max(match.start() + 1, _next_word(text, match.start()))
        if duration:
            found.append(duration)
    return found


def _anniversaries(text: str) -> Iterator[Found]:
    """Yield "second anniversary" as 2 years."""
    for match in _ANNIVERSARY.finditer(text):
        years = _ORDINALS.index(match["count"].lower()) + 1
        detail = Detail(unit="year", months=years * 12.0)
        yield Found("duration", match.start(), match.end(), f"{years} year{'' if years == 1 else 's'}", 0.6, detail)


def _read(match: re.Match[str], text: str) -> Found | None:
    """Return the duration; of the words before the unit, only the last ones may be a number."""
    start, words = match.start(), match["count"]
    number = _number(words)
    while number is None and " " in words:
        start += words.index(" ") + 1
        words = words[words.index(" ") + 1 :]
        number = _number(words)
    if match["digits"]:
        number = float(match["digits"])
    if number is None or number == 0:
        return None
    unit = next(name for name in _UNITS if match[name])
    value = f"{number:g} {unit}{'' if number == 1 else 's'}"
    months = number * _MONTHS[unit] if unit in _MONTHS else None
    days = number * _DAYS[unit] if unit in _DAYS else None
    certainty = 0.3 if words.lower() in ("a", "an") or _AGE.match(text, match.end()) else 0.95
    return Found("duration", start, match.end(), value, certainty, Detail(unit=unit, months=months, days=days))


def _number(words: str) -> float | None:
    if words[0].isdigit():
        return float(words.replace(",", "."))
    number = number_of(words)
    return None if number is None else float(number)


def _next_word(text: str, at: int) -> int:
    while at < len(text) and not text[at].isspace():
        at += 1
    return at
