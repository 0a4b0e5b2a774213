"""Where a text has postal addresses, on one line or several."""

import functools
import re
from collections.abc import Iterator

import msgspec

from axelered_box.modules.values import organisations
from axelered_box.modules.values.found import Detail, Found, Hints
from axelered_box.modules.values.places import country_names, parts

_PIECE = re.compile(r"(?:(?! [-\u2013] )[^,\n|;\u2022\u00b7\u25cf])+")
_STREET = re.compile(
    r"(?:\bc/ ?\w|\w(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer|markt|steig|chaussee|straat|laan"
    r"|plein"
    r"|gracht|kade|dijk|gatan|vägen|vej|gade)"
    r"|\b(?:Straße|Strasse|Str\.|Platz|Allee|Am|An der|Auf der|Im|In der|Zum|Zur)\b(?=.*\d)"
    r"|\b(?:rue|avenue|av\.|bd|boulevard|place|chemin|impasse|allée|route|quai|cours|square|passage|calle|c/"
    r"|avda\.?|avenida|paseo|plaza|camino|"
    r"carretera|ctra\.?|via|viale|v\.le|piazza|corso|largo|strada|vicolo|rua|travessa|praça|ul\.|ulica|aleja|al\."
    r"|street|st\.?|road|rd\.?|ave\.?|lane|ln\.?|drive|dr\.?|court|ct\.?|way|parkway|pkwy\.?|highway|hwy\.?"
    r"|circle|terrace|crescent|close|"
    r"boulevard|blvd\.?|broadway|turnpike|pike|plaza|mews|row|park|jalan|jln\.?|tmn\.?|lorong|persiaran|lebuh"
    r"|lebuhraya"
    r"|taman|kampung|marg|nagar|sector|"
    r"industrial (?:park|estate)|business park)\b\.?)",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"^(?:flat|suite|ste\.?|floor|unit|room|apt\.?|apartment|building|bldg\.?|block|blok|lot|no\.?|plot|level|ground"
    r"|tower|menara|wisma|"
    r"p\.?\s?o\.?\s?box|postfach|bp|b\.p\.|apartado|casella postale|postbus|c/o|z\. ?hd\.?|\d{1,3}(?:st|nd|rd"
    r"|th) floor|\d{1,2}/f|"
    r"\d{1,2}\. (?:og|stock)|esc\.|piso|bâtiment|bât\.?|étage|bandar|seksyen|sek\.|pusat|off|kawasan|mukim|batu"
    r"|bangunan|kompleks)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"^(?:\d{1,5}[a-zA-Z]?(?:[-/]\d{1,5}[a-zA-Z]?)?\s+\w"
    r"|.*[^\W\d_]{3,}\.?\s+(?:n[°º.]?\s?)?\d{1,4}\s?[a-zA-Z]?(?:[-/]\d{1,4}\s?[a-zA-Z]?)?(?: (?:bis|ter))?$)"
)
_HOUSE = re.compile(r"^(?:no\.?\s?)?\d{1,5}\s?[a-z]?(?:[-/,&]\s?\d{1,5}\s?[a-z]?)*$", re.IGNORECASE)
_CITY = (
    re.compile(
        r"(?<![\w-])(?:[A-Z]{1,3}-)?(?P<code>\d{5}|\d{3} ?\d{2}(?= )|\d{2}-\d{3}|\d{4}-\d{3}"
        r"|\d{4}(?: ?[A-Z]{2})?|\d{6})[ \u00a0]+(?P<city>[^\W\d_](?:[^\W\d_]|[ .'\u2019/()-])*(?:\d{1,2}(?!\d))?)"
    ),
    re.compile(
        r"(?<!\w)(?P<city>)(?P<state>[A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)\.?\s+(?P<code>\d{5}(?:-\d{4})?)(?![\w])"
    ),
    re.compile(r"(?<!\w)(?P<city>)(?P<code>[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] \d[A-Z]\d)(?!\w)"),
    re.compile(r"^\W*(?P<city>[^\W\d_]{3,}(?: [^\W\d_]{3,}){0,2})\s?[-\u2013]\s?(?P<code>\d{6}|\d{3} \d{3})(?!\d)"),
    re.compile(r"^\W*(?P<city>)(?P<code>\d{5})\W*$"),
)
"""A postal code and its city: on the continent, in America, in Britain and Canada, in India; and a code alone."""
_STOP = re.compile(
    r":\s*\S|@|www\.|https?:|\b(?:tel|fax|phone|iban|bic|gst|reg|invoice|date|datum|page|seite|page|copyright"
    r"|version)\b"
    r"|[^\W\d_]{4}[.!?]\s|[€$£%]|\d[.,]\d\d\b",
    re.IGNORECASE,
)
_IN_PROSE = re.compile(
    r"(?:^|(?<=\s))(?:\d{1,5}[A-Za-z]?,? (?:[A-Z0-9][\w.'\u2019-]*,? ){1,6}|"
    r"\d{1,4}(?: (?:bis|ter))?,? [^\W\d_]+(?: [\w'\u2019-]+){1,5} "
    r"|[A-ZÀ-Þ][\w.'\u2019-]*(?: [\w.'\u2019-]+){0,3} \d{1,4} ?[a-z]?,? )$"
)
"""A street with its number that ends where the postal code or the city begins, inside longer words."""
_CITY_WORD = re.compile(
    r" ?(?:[A-ZÀ-Þ][\w.'\u2019/()-]*|(?:am|an|der|im|in|bei|ob|sur|sous|les?|la|de|del|di|du"
    r"|upon|on|the|aan|den|d['\u2019])\b)"
)
_NO_CITY_TEXT = """
    fax tel phone telefon iban bic january february march april may june july august september october november
    december januar februar märz mai juni juli oktober dezember inc ltd gmbh ag
"""
_NO_CITY = frozenset(_NO_CITY_TEXT.split())
_CITY_BEFORE = re.compile(r"(?:[A-ZÀ-Þ][^\W\d_]*[.'\u2019-]?[^\W\d_]* ){1,3}")
"""The city where it stands before its code, as in Britain."""
_MOST_CITY_WORDS = 5
_LABEL = re.compile(
    r"^[^\n]{0,80}?\b(?:(?:address|adresse|anschrift|dirección|indirizzo|adres|sitz|siège(?: social)?|office"
    r"|located)\b\s*:?\s+(?:(?:at|in|à|is)\s+)?"
    r"|(?:at|in|à)\s+(?=\d))",
    re.IGNORECASE,
)
_COLON = re.compile(r"[^:\n]{2,30}:\s+(?=\S)")
_PHONE = re.compile(
    r"\b(?:tel|fax|phone|telefon|mobile?|cell|e-?mail|iban"
    r"|bic)\b[^\W\d_]*\W*[\d /()+-]*$",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r" ?\([^\W\d_][^()\d]{1,20}\)")
_MOST = 7
"""So many pieces can stand before the postal code."""
_WITH_STREET = 0.6
_LONGEST = 70
"""A piece of an address has at most so many characters."""


class _City(msgspec.Struct, frozen=True):
    """Where in a piece a postal code begins and its city ends, and where a street on the same line begins."""

    begin: int
    end: int
    street: int | None
    weak: bool


class _Piece(msgspec.Struct, frozen=True):
    """Words between commas or ends of lines."""

    start: int
    end: int
    text: str


def find(text: str, hints: Hints) -> list[Found]:
    """Return the addresses of a text, those without a street less certain; the value has commas between parts."""
    pieces = [piece for match in _PIECE.finditer(text) if (piece := _trimmed(match)).text]
    names = country_names(hints.languages)
    found = [address for at, piece in enumerate(pieces) for address in _around(text, pieces, at, piece, names)]
    taken = {place for address in found for place in range(address.start, address.end)}
    return [*found, *_without_code(text, pieces, taken, names)]


def joined(text: str) -> str:
    """Return the parts of an address, which stand on lines, in cells or between commas, with ", " between them."""
    parts_ = (" ".join(part.strip(" \t*_#>\\").split()) for part in re.split(r"[,\n|]+", text))
    return ", ".join(part for part in parts_ if part)


def _without_code(text: str, pieces: list[_Piece], taken: set[int], names: dict[str, str]) -> Iterator[Found]:
    """Yield a street with a number and what follows it, where no postal code is near."""
    for at, piece in enumerate(pieces):
        if piece.start in taken or len(piece.text) > _LONGEST or not _is_street(piece.text):
            continue
        last = at
        while last + 1 < len(pieces) and last - at < 4 and _follows(text, pieces[last], pieces[last + 1]):
            last += 1
        place = pieces[last].text.strip(" .").lower()
        certainty = 0.6 if last > at and (place in names or place in parts()) else 0.4 if last > at else 0.3
        yield _address(text, piece.start, pieces[last].end, certainty, names)


def _is_street(written: str) -> bool:
    """Say whether words name a street and have the number of a house."""
    return bool(_STREET.search(written) and _NUMBERED.match(written) and not _STOP.search(written))


def _follows(text: str, before: _Piece, piece: _Piece) -> bool:
    """Say whether a piece can be the next part of an address without a code: short, capitalised, of letters only."""
    gap = text[before.end : piece.start]
    words = piece.text.split()
    plain = bool(_UNIT.match(piece.text)) or all(
        word[0].isupper() and word.replace(".", "").isalpha() for word in words
    )
    return gap.count("\n") <= 1 and len(words) <= 4 and plain and not _STOP.search(piece.text)


def _trimmed(match: re.Match[str]) -> _Piece:
    """Return a piece without the signs around it, and without a label before a street."""
    written = match.group()
    bare = written.strip(" \t*_#>\\-\u2013\u2212")
    start = match.start() + written.index(bare) if bare else match.start()
    label = _COLON.match(bare)
    if label and (_STREET.search(bare, label.end()) or _UNIT.match(bare[label.end() :])):
        start, bare = start + label.end(), bare[label.end() :]
    return _Piece(start, start + len(bare), bare)


def _around(text: str, pieces: list[_Piece], at: int, piece: _Piece, names: dict[str, str]) -> Iterator[Found]:
    """Yield the address around a piece with a postal code, if it is one."""
    city = _city(piece)
    if city is None:
        return
    first, certainty = _first(text, pieces, at, city)
    begin = pieces[first].start if first < at else piece.start + city.begin
    if first == at and city.street is not None:
        begin, certainty = piece.start + city.street, 0.85
    if city.weak and certainty < _WITH_STREET:
        return
    ends = piece.start + city.end
    last = _last(text, pieces, at, names) if ends >= piece.end - 2 else at
    whole = pieces[last].end if last > at else ends
    yield _address(text, begin, whole, certainty, names)
    if last > at and certainty >= _WITH_STREET:
        yield _address(text, begin, ends, 0.5, names)


def _city(piece: _Piece) -> _City | None:
    """Return the postal code with its city in a piece; a lone code and one that may be a year are weak."""
    match = next((match for pattern in _CITY if (match := pattern.search(piece.text))), None)
    if match is None or _PHONE.search(piece.text[: match.end("code")]):
        return None
    end = match.end("code")
    if match["city"] and match.start("city") > end:
        end = _city_end(piece.text, end)
        first_word = match["city"].split()[0].strip(".,").lower()
        if not match["city"][0].isupper() or first_word in _NO_CITY or end == match.end("code"):
            return None
    head = piece.text[: match.start()]
    begin = match.start()
    if not match["city"] and _CITY_BEFORE.fullmatch(head):
        begin, head = 0, ""
    lone = not match["city"] and match["code"].isdigit() and match.group().strip() == match["code"]
    street = _street_before(head) if head.strip() else None
    return _City(begin, end, street, lone or match["code"][:2] in ("19", "20"))


def _city_end(written: str, at: int) -> int:
    """Return where the words of a city end: before a small word at the end, or a word with a colon."""
    end = at
    for _ in range(_MOST_CITY_WORDS):
        word = _CITY_WORD.match(written, at)
        if not word or written[word.end() : word.end() + 1] == ":":
            break
        at = word.end()
        end = at if word.group().strip()[0].isupper() else end
    brackets = _IN_BRACKETS.match(written, end)
    return brackets.end() if brackets else end


def _street_before(head: str) -> int | None:
    """Return where, in the words before a postal code on its line, the street begins."""
    start = max(_skipped_label(head), organisations.form_end(head))
    bare = head[start:].strip()
    numbered = any(letter.isdigit() for letter in bare)
    if len(bare) <= _LONGEST and numbered and not _STOP.search(bare) and _as_street(bare, near=True) >= _WITH_STREET:
        return start + len(head[start:]) - len(head[start:].lstrip())
    start = max(start, len(head) - _LONGEST)
    inside = _IN_PROSE.search(head[start:])
    return start + inside.start() if inside else None


def _last(text: str, pieces: list[_Piece], at: int, names: dict[str, str]) -> int:
    """Return the index of the last piece of an address: its state or country, or the city behind a lone code."""
    last = at
    while last + 1 < len(pieces) and last - at < 3:
        gap = text[pieces[last].end : pieces[last + 1].start]
        candidate = pieces[last + 1].text.strip(" .").lower()
        known = candidate in names or candidate in parts() or candidate.startswith(_part_beginnings())
        alone = last == at and pieces[at].text.strip().isdigit() and candidate.replace(" ", "").isalpha()
        if gap.count("\n") > 2 or not (known or alone) or len(candidate) > 40 or _STOP.search(candidate):
            break
        last += 1
    return last


@functools.cache
def _part_beginnings() -> tuple[str, ...]:
    return tuple(f"{name} " for name in parts())


def _first(text: str, pieces: list[_Piece], at: int, city: _City) -> tuple[int, float]:
    """Return the index of the first piece of an address, and how certain its street makes it."""
    first = best = at
    certainty = 0.4
    while first > 0 and at - first < _MOST:
        before = pieces[first - 1]
        gap = text[before.end : pieces[first].start]
        if gap.count("\n") > 2 or len(before.text) > _LONGEST or _STOP.search(before.text):
            break
        if organisations.has_form(before.text) or (first == at and city.begin > 2 and city.street is None):
            break
        if (other := _city(before)) and not other.weak:
            break
        first -= 1
        share = _as_street(before.text, near=best == first + 1)
        if share:
            best, certainty = first, max(certainty, share)
        elif best - first > 2 or before.text[0].islower():
            break
    return best, certainty


def _as_street(written: str, *, near: bool) -> float:
    """Return how certain an address is by a piece before its city: a word for a street, or a number beside one."""
    if _STREET.search(written) or _UNIT.match(written):
        return 0.85
    if not near:
        return 0.0
    return 0.7 if _NUMBERED.match(written) else 0.4 if _HOUSE.match(written) else 0.0


def _skipped_label(written: str) -> int:
    label = _LABEL.match(written)
    return label.end() if label else 0


def _address(text: str, start: int, end: int, certainty: float, names: dict[str, str]) -> Found:
    start += _skipped_label(text[start:end].partition("\n")[0])
    value = joined(text[start:end])
    country = names.get(value.rpartition(", ")[2].strip(" .").lower())
    return Found("address", start, end, value, certainty, Detail(form=country))
