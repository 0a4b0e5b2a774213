"""Where a text names countries and their parts, and whose law is to hold."""

import functools
import re
from collections.abc import Iterator

from babel import Locale

from axelered_box.modules.values.found import Detail, Found, Hints
from axelered_box.modules.values.months import CODES

_STATES = {
    "US": "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|"
    "Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|"
    "Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|"
    "Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|"
    "Virginia|Washington|West Virginia|Wisconsin|Wyoming|District of Columbia|Puerto Rico",
    "CA": "Alberta|British Columbia|Manitoba|New Brunswick|Newfoundland|Nova Scotia|Ontario|Quebec|Québec|"
    "Saskatchewan",
    "GB": "England|Scotland|Wales|Northern Ireland|England and Wales|Great Britain|Jersey|Guernsey",
    "AU": "New South Wales|Queensland|South Australia|Tasmania|Victoria|Western Australia",
    "DE": "Baden-Württemberg|Bayern|Berlin|Brandenburg|Bremen|Hamburg|Hessen|Niedersachsen|Nordrhein-Westfalen|"
    "Rheinland-Pfalz|Saarland|Sachsen|Sachsen-Anhalt|Schleswig-Holstein|Thüringen",
    "MY": "Johor|Kedah|Kelantan|Melaka|Negeri Sembilan|Pahang|Perak|Perlis|Penang|Pulau Pinang|Sabah|Sarawak|"
    "Selangor|Terengganu|Kuala Lumpur|Labuan|Putrajaya",
    "IN": "Maharashtra|Karnataka|Tamil Nadu|Gujarat|Haryana|Uttar Pradesh|West Bengal|Telangana|Kerala|Punjab|"
    "Rajasthan",
}  # fmt: skip
"""Parts of countries that addresses and contracts name, by country."""
_ADJECTIVES = {
    "English": "England", "German": "Germany", "French": "France", "Swiss": "Switzerland", "Dutch": "Netherlands",
    "Italian": "Italy", "Spanish": "Spain", "Austrian": "Austria", "Irish": "Ireland", "Belgian": "Belgium",
    "deutsches": "Deutschland", "deutschem": "Deutschland", "schweizerisches": "Schweiz", "schweizerischem": "Schweiz",
    "österreichisches": "Österreich", "österreichischem": "Österreich", "français": "France", "suisse": "Suisse",
    "belge": "Belgique", "española": "España", "español": "España", "italiana": "Italia", "italiano": "Italia",
    "Nederlands": "Nederland", "Belgisch": "België", "luxembourgeois": "Luxembourg",
}  # fmt: skip
_LAW = re.compile(
    rf"\b(?:(?P<a>{'|'.join(_ADJECTIVES)}) (?:law|Recht|recht)\b"
    rf"|(?:droit|loi|ley|derecho|legislación|legge|diritto) (?P<b>{'|'.join(_ADJECTIVES)})\b)"
)
_CUE = re.compile(
    r"(?:(?:laws?|courts?|State|Commonwealth|Province|Republic|jurisdiction|Canton|Kingdom"
    r"|Territory) of(?: the)?(?: (?:State|Commonwealth|"
    r"Province|Republic|Canton|City|Federal Republic) of)?|Recht(?:s|e)? (?:der|des|von)(?: Bundesrepublik)?"
    r"|Gerichtsstand(?: ist)?|"
    r"Kanton|Land|tribunaux de|loi de|leyes de|tribunales de|Tribunale di|Foro di|foro di|rechtbank(?: te)?"
    r"|under the)\s*$"
)
_AFTER_CUE = re.compile(
    r"\b(?:[Ll]aws?|LAWS|[Cc]ourts?|COURTS|State|STATE|Commonwealth|Province|Republic|Canton) (?:of|OF)(?: the| THE)?"
    r"(?: (?:State|STATE|Commonwealth|Province|Republic|Canton|City) (?:of"
    r"|OF))? (?P<name>[A-ZÀ-Þ][\w'-]+(?: (?:and |of )?[A-ZÀ-Þ][\w'-]+){0,2})"
    r"|\b(?:Gerichtsstand(?: ist| für [^.\n]{0,40}? ist)?|Kanton|tribunaux (?:compétents )?de|tribunales de"
    r"|Tribunale di|[Ff]oro di|"
    r"[Rr]echtbank(?: te)?) (?P<court>[A-ZÀ-Þ][\w'-]+(?: (?:am|an der|de la) [A-ZÀ-Þ][\w'-]+)?)"
)
_CAPITAL = re.compile(r"(?<![\w])[A-ZÀ-ÖØ-Þ][\w'\u2019.-]*")
_MORE = {
    "USA": "US", "U.S.A.": "US", "U.S.": "US", "United States of America": "US", "UK": "GB", "U.K.": "GB",
    "Holland": "NL", "Bundesrepublik Deutschland": "DE", "Federal Republic of Germany": "DE", "Czech Republic": "CZ",
}  # fmt: skip


def find(text: str, hints: Hints) -> list[Found]:
    """Return the countries and parts of countries of a text, and the places whose law or court it names."""
    return [*_named(text, hints), *_of_law(text)]


@functools.cache
def country_names(languages: tuple[str, ...]) -> dict[str, str]:
    """Return names of countries, in small letters, to ISO 3166 alpha-2; in English and these ISO 639-2 languages."""
    names = {name.lower(): code for name, code in _MORE.items()}
    for locale in dict.fromkeys(("en", *(CODES[language] for language in languages if language in CODES))):
        for code, name in Locale.parse(locale).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("ZZ", "EU", "UN", "XA", "XB", "EZ", "QO"):
                names.setdefault(name.lower(), code)
    return names


@functools.cache
def parts() -> dict[str, str]:
    """Return names of parts of countries, in small letters, to the country's ISO 3166 alpha-2."""
    return {name.lower(): country for country, states in _STATES.items() for name in states.split("|")}


def _named(text: str, hints: Hints) -> Iterator[Found]:
    countries, regions = country_names(hints.languages), parts()
    end = 0
    for match in _CAPITAL.finditer(text):
        if match.start() < end:
            continue
        for name in _beginning(text, match.start()):
            country = countries.get(name.lower()) or regions.get(name.lower())
            if country and (name.isupper() or name[0].isupper()):
                end = match.start() + len(name)
                cued = bool(_CUE.search(text, max(0, match.start() - 50), match.start()))
                yield Found("place", match.start(), end, name, 0.95 if cued else 0.7, Detail(form=country))
                break


def _beginning(text: str, start: int) -> Iterator[str]:
    """Yield the four, three, two and one words from a place on, as they are written."""
    line = text[start : start + 48].partition("\n")[0]
    words = line.split(" ")[:5]
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        yield name
        if (bare := name.rstrip(".,;:)\"'\u201d")) != name and bare:
            yield bare


def _of_law(text: str) -> Iterator[Found]:
    for match in _LAW.finditer(text):
        name = "a" if match["a"] else "b"
        yield Found("place", match.start(name), match.end(name), _ADJECTIVES[match[name]], 0.85)
    for match in _AFTER_CUE.finditer(text):
        name = "name" if match["name"] else "court"
        yield Found("place", match.start(name), match.end(name), match[name], 0.6)
