"""Where a text has e-mail addresses, addresses of the web, telephone numbers and postal codes."""

import re
from collections.abc import Iterator

import phonenumbers

from axelered_box.modules.values.found import Detail, Found, Hints

_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63} ?@ ?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}(?![\w@])"
)
_URL = re.compile(r"\b(?:https?://|ftp://|www\.)[^\s<>\"'()\[\]|]+[^\s<>\"'()\[\]|.,;:!?*_]", re.IGNORECASE)
_DOMAIN = re.compile(
    r"(?<![\w@./-])(?:[a-z0-9-]{2,63}\.)+(?:com|org|net|de|fr|es|it|nl|at|ch|co\.uk|eu|be|pl|pt|io|gov|edu"
    r"|com\.my|se|dk)"
    r"(?:/[^\s<>\"'()|]*)?(?![\w@-])"
)
_LABEL = re.compile(
    r"(?:Tel|Tél|Telefon|Téléphone|Teléfono|Telefono|Telefoon|Phone|Fon|Fax|Telefax|Mobile?|Mobil|Handy|Portable"
    r"|Móvil|Cell|Call|"
    r"Hotline|Ph|Contact(?: No)?)\b[^\d\n+(]{0,14}$",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w.,/+-])(?:\+ ?|\(\+|00|\()?\d(?:[ \t./()\u2013-]{0,3}\d){5,14}(?![\w]|[.,/-]\d|-\w)")
_AMERICAN = re.compile(r"\(?\d{3}\)?[ .-]{1,2}\d{3}[ .-]\d{4}")
_NATIONAL = re.compile(r"\(?0\d{1,5}\)?[ ./-]")
_DATE = re.compile(r"\d{1,2}([./-])\d{1,2}\1(?:\d{2}|\d{4})|\d{4}([./-])\d{2}\2\d{2}|[12]\d{7}")
_POSTAL = re.compile(
    r"(?<![\w.,/-])(?:(?P<GB>[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})(?!\w)|(?P<CA>[A-Z]\d[A-Z] \d[A-Z]\d)(?!\w)"
    r"|(?P<NL>[1-9]\d{3} ?[A-Z]{2})(?=\s+[A-Z]|\s*\n|,|$)"
    r"|(?:[A-Z]{1,3}-)?(?P<five>\d{5})(?=,? [^\W\d_])|(?<=[A-Z]{2} )(?P<US>\d{5}(?:-\d{4})?)(?![\w,.]\d|\w)"
    r"|(?P<PT>\d{4}-\d{3})(?= [^\W\d_])|(?P<PL>\d{2}-\d{3})(?= [^\W\d_])"
    r"|(?:[A-Z]{1,2}-)?(?P<four>[1-9]\d{3})(?= [A-ZÄÖÜØÅÉ][^\W\d_])"
    r"|(?P<SE>\d{3} \d{2})(?= [A-ZÄÖÅ][^\W\d_])|(?P<IN>[1-9]\d{2} ?\d{3})(?!\w|[.,]\d))"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_POSTAL_CERTAINTY = {
    "GB": 0.9,
    "CA": 0.9,
    "NL": 0.7,
    "five": 0.7,
    "US": 0.9,
    "PT": 0.7,
    "PL": 0.6,
    "four": 0.4,
    "SE": 0.4,
    "IN": 0.25,
}


def find(text: str, hints: Hints) -> list[Found]:
    """Return the addresses of mail and web, telephone numbers and postal codes of a text."""
    return [*_mail(text), *_web(text), *_phones(text, hints), *_postal_codes(text)]


def _mail(text: str) -> Iterator[Found]:
    for match in _EMAIL.finditer(text):
        yield Found("email", match.start(), match.end(), match.group().replace(" ", "").lower(), 1.0)


def _web(text: str) -> Iterator[Found]:
    for match in _URL.finditer(text):
        yield Found("url", match.start(), match.end(), match.group(), 1.0)
    for match in _DOMAIN.finditer(text):
        yield Found("url", match.start(), match.end(), match.group(), 0.7)


def _phones(text: str, hints: Hints) -> Iterator[Found]:
    """Yield what a word, a plus or its shape makes a telephone number; most long numbers are none."""
    for match in _PHONE.finditer(text):
        written = match.group()
        labelled = bool(_LABEL.search(text, max(0, match.start() - 28), match.start()))
        international = written.startswith(("+", "(+", "00"))
        american = bool(_AMERICAN.fullmatch(written))
        national = bool(_NATIONAL.match(written)) and sum(letter.isdigit() for letter in written) >= 8
        if _DATE.fullmatch(written):
            continue
        if labelled or international or american or national:
            yield from _phone(match, hints, labelled=labelled, american=american)


def _phone(match: re.Match[str], hints: Hints, *, labelled: bool, american: bool) -> Iterator[Found]:
    region = "US" if american and not hints.region else hints.region
    written = match.group().replace("(0)", "")
    written = f"+{written[2:]}" if written.startswith("00") else written
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        if labelled:
            yield Found("phone", match.start(), match.end(), re.sub(r"[^\d+]", "", written), 0.7)
        return
    valid = phonenumbers.is_valid_number(number)
    value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    certainty = (0.95 if valid else 0.7) if labelled else (0.8 if valid else 0.3)
    form = phonenumbers.region_code_for_number(number)
    yield Found("phone", match.start(), match.end(), value, certainty, Detail(form=form))


def _postal_codes(text: str) -> Iterator[Found]:
    for match in _POSTAL.finditer(text):
        name = match.lastgroup or ""
        form = name if name.isupper() else None
        certainty = _POSTAL_CERTAINTY[name] * (0.3 if _YEAR.match(match[name]) else 1.0)
        yield Found("postal_code", match.start(name), match.end(name), match[name], certainty, Detail(form=form))
