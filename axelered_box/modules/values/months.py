"""The names of months, as CLDR has them."""

import functools
import unicodedata

from babel import Locale

LOCALES = ("en", "de", "fr", "es", "it", "nl", "pt", "pl", "da", "sv", "nb", "cs", "ro", "fi", "ca", "de_AT")
CODES = {
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "nld": "nl",
    "dut": "nl", "por": "pt", "pol": "pl", "dan": "da", "swe": "sv", "nor": "nb", "nob": "nb", "ces": "cs",
    "cze": "cs", "ron": "ro", "rum": "ro", "fin": "fi", "cat": "ca",
}  # fmt: skip
"""ISO 639-2, both codes where there are two, to the locale of CLDR."""
_MORE = {
    "sept": 9, "mrz": 3, "maerz": 3, "jaenner": 1, "juil": 7, "juill": 7, "fevr": 2, "sett": 9, "agost": 8, "jly": 7,
}  # fmt: skip
"""Short forms in use that CLDR lacks."""


def folded(word: str) -> str:
    """Return a word in small letters, without accents and points."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if letter.isalpha())


def month_of(word: str, languages: tuple[str, ...] = ()) -> int | None:
    """Return the month, 1 to 12, that a word names in one of the languages (ISO 639-2) or, failing that, in any."""
    key = folded(word)
    for language in languages:
        month = _names(CODES.get(language, "en")).get(key)
        if month:
            return month
    return _all_names().get(key)


@functools.cache
def _all_names() -> dict[str, int]:
    names: dict[str, int] = {}
    for locale in LOCALES:
        for name, month in _names(locale).items():
            names.setdefault(name, month)
    return {**_MORE, **names}


@functools.cache
def _names(locale: str) -> dict[str, int]:
    months = Locale.parse(locale).months
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for month, name in months[context][width].items():
                key = folded(name)
                if len(key) >= 3:
                    names.setdefault(key, month)
                    names.setdefault(key[:3], month)
    return names
