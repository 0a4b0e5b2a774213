"""The phrases inside instructions, in English and German: pages, kinds of values, colours, positions, numbers."""

import re

_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "eins": 1, "eine": 1, "einen": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8,
    "neun": 9, "zehn": 10,
    "erste": 1, "ersten": 1, "zweite": 2, "zweiten": 2, "dritte": 3, "dritten": 3, "vierte": 4, "vierten": 4,
    "fünfte": 5, "fünften": 5, "sechste": 6, "sechsten": 6,
}  # fmt: skip
COLORS = {
    "yellow": "#ffe066", "gelb": "#ffe066", "green": "#8ce99a", "grün": "#8ce99a", "blue": "#74c0fc",
    "blau": "#74c0fc", "red": "#ff8787", "rot": "#ff8787", "orange": "#ffc078", "pink": "#faa2c1", "rosa": "#faa2c1",
    "purple": "#b197fc", "violett": "#b197fc", "lila": "#b197fc", "grey": "#adb5bd", "gray": "#adb5bd",
    "grau": "#adb5bd", "black": "#000000", "schwarz": "#000000",
}  # fmt: skip
PATTERNS = {
    "iban": r"ibans?|iban[- ]?(?:numbers?|nummern?)|(?:bank )?account numbers?|kontonummern?|bankverbindung(?:en)?",
    "email": r"e-?mails?|e-?mail[- ]?(?:addresses|address|adressen?)|mail[- ]?adressen?",
    "phone": r"(?:tele)?phone numbers?|(?:tele)?phones|telefon(?:nummern?|e)?|rufnummern?|handynummern?|mobilnummern?",
    "card": r"(?:credit |payment )?card numbers?|credit cards?|kreditkarten(?:nummern?)?|kartennummern?",
    "nationalId": r"social security numbers?|ssns?|national ids?|(?:personal )?id numbers?|identity numbers?|tax ids?"
    r"|sozialversicherungsnummern?|ausweisnummern?|steuer-?id(?:entifikationsnummer)?n?s?",
    "date": r"dates?|daten?\b|datum(?:sangaben)?|datumsangaben|kalenderdaten",
    "amount": r"amounts?|prices?|sums of money|(?:geld)?beträge?|preise?|geldbeträge",
    "url": r"urls?|web ?addresses|web addresses|(?:web(?:site)? )?links?|web-?adressen?|internetadressen?",
}
"""What people call each kind of value that can be redacted."""
_POSITIONS = {
    "top-left": r"top[- ]left|upper left|oben links|links oben",
    "top-right": r"top[- ]right|upper right|oben rechts|rechts oben",
    "top-center": r"top(?:[- ]cent(?:er|re))?|oben(?: in der mitte| mittig)?",
    "bottom-left": r"bottom[- ]left|lower left|unten links|links unten",
    "bottom-right": r"bottom[- ]right|lower right|unten rechts|rechts unten",
    "bottom-center": r"bottom(?:[- ]cent(?:er|re))?|unten(?: in der mitte| mittig)?",
    "center": r"cent(?:er|re)|middle|mitte|mittig",
}
_ARTICLE = r"(?:the |all |every |each |any |die |der |das |den |dem |alle |allen |jede[nrs]? |sämtliche |von )*"
_PAGE = r"(?:pages?|seiten?)"
_COUNT = rf"(?:\d+|{'|'.join(_NUMBERS)})"
_LIST = re.compile(
    r"\s*(?P<first>-?\d+)\s*(?:(?:-|\u2013|to|bis|through)\s*(?P<last>-?\d+))?\s*(?:,\s*(?:and|und)?|and|und|&|$)",
    re.IGNORECASE,
)
_EVERY = re.compile(
    rf"(?:{_ARTICLE}{_PAGE}|(?:the )?(?:whole|entire) (?:document|file)|(?:das )?ganze (?:dokument|datei)"
    rf"|everywhere|überall)$",
    re.IGNORECASE,
)


def number_of(text: str) -> int | None:
    """Return the number that a word or digits say, None when they say none."""
    text = text.strip().lower().rstrip(".")
    return int(text) if text.isdigit() else _NUMBERS.get(text)


def pages_of(text: str, count: int) -> str | None:
    """Return pages as operations name them, ``""`` for all of them; None when the text names no pages.

    `count` is how many pages the document has.
    """
    text = re.sub(r"\s+", " ", text.strip().lower())
    text = re.sub(
        rf"^{_ARTICLE}(?={_PAGE}|last|first|letzte|erste|odd|even|ungerade|gerade|\d|zweite|dritte|second|third)",
        "",
        text,
    )
    if _EVERY.match(text) or text == "":
        return ""
    but = re.fullmatch(rf"{_PAGE},? (?:except|but|other than|außer|bis auf|ausgenommen)(?: for)? (?P<kept>.+)", text)
    if but is not None:
        return _others(pages_of(but["kept"], count), count)
    for found in (_ends(text, count), _parity(text, count), _from(text, count), _ordinal(text, count)):
        if found is not None:
            return found
    match = re.fullmatch(rf"{_PAGE}\s+(?P<list>.+)", text)
    return None if match is None else _list(match["list"], count)


def pattern_of(text: str) -> str | None:
    """Return the kind of values that a phrase such as "all IBANs" means, None when it means none."""
    bare = re.sub(rf"^{_ARTICLE}", "", text.strip().lower())
    bare = re.sub(r"\s+(?:in the document|in the file|im dokument|in der datei)$", "", bare)
    return next((kind for kind, names in PATTERNS.items() if re.fullmatch(names, bare)), None)


def position_of(text: str) -> str | None:
    """Return the position that a text names, None when it names none."""
    lowered = text.lower()
    return next((name for name, words in _POSITIONS.items() if re.search(rf"\b(?:{words})\b", lowered)), None)


def color_of(text: str) -> str | None:
    """Return the colour that a text names, None when it names none."""
    code = re.search(r"#[0-9a-f]{6}\b", text.lower())
    if code is not None:
        return code[0]
    words = re.findall(r"[a-zäöü]+", text.lower())
    stems = [word.removesuffix("e") if word.endswith(("ue", "e")) and word not in COLORS else word for word in words]
    return next((COLORS[word] for word in [*words, *stems] if word in COLORS), None)


def _others(pages: str | None, count: int) -> str | None:
    """Return all pages but some, None when there is none or they are not known."""
    if not pages:
        return None
    left_out = _numbers(pages)
    return ",".join(str(page) for page in range(1, count + 1) if page not in left_out) or None


def _numbers(pages: str) -> set[int]:
    """Return the pages of a list such as "2,4-6"."""
    ends = [part.split("-") for part in pages.split(",")]
    return {page for one in ends for page in range(int(one[0]), int(one[-1]) + 1)}


def _ends(text: str, count: int) -> str | None:
    """Return the first or last pages: "last page", "die ersten zwei Seiten"."""
    match = re.fullmatch(rf"(?P<which>last|letzten?|first|ersten?)\s*(?P<count>{_COUNT})?\s*{_PAGE}", text)
    if match is None:
        return None
    many = number_of(match["count"]) if match["count"] else 1
    if many is None or many < 1:
        return None
    if match["which"].startswith(("last", "letzte")):
        first = max(1, count - many + 1)
        return str(count) if many == 1 else f"{first}-{count}"
    return "1" if many == 1 else f"1-{min(many, count)}"


def _parity(text: str, count: int) -> str | None:
    """Return the odd or even pages."""
    match = re.fullmatch(rf"(?P<which>odd|even|un?gerade[n]?|gerade[n]?)(?:[- ]numbered)?\s+{_PAGE}", text)
    if match is None:
        return None
    first = 1 if match["which"].startswith(("odd", "ungerade")) else 2
    return ",".join(map(str, range(first, count + 1, 2))) or None


def _from(text: str, count: int) -> str | None:
    """Return the pages from one on, or up to one: "from page 3 on", "ab Seite 3", "bis Seite 4"."""
    match = re.fullmatch(
        rf"(?:from|ab|starting (?:on|from|at)|after|nach)\s+{_PAGE}\s+(\d+)(?:\s+(?:on|onwards?|to the end|bis zum"
        rf" (?:ende|schluss)))?"
        rf"|{_PAGE}\s+(\d+)\s+(?:onwards?|to the end|and later|bis (?:zum )?(?:ende|schluss))",
        text,
    )
    if match is not None:
        first = int(match[1] or match[2]) + (1 if text.startswith(("after", "nach")) else 0)
        return f"{first}-{count}" if first < count else str(first)
    match = re.fullmatch(rf"(?:up to|until|bis(?: einschließlich)?)\s+{_PAGE}\s+(\d+)", text)
    return None if match is None else f"1-{match[1]}"


def _ordinal(text: str, count: int) -> str | None:
    """Return "the third page", "die 2. Seite", "second and third page"."""
    match = re.fullmatch(rf"(?P<words>.+?)\s+{_PAGE}", text)
    if match is None:
        return None
    parts = re.split(r"\s*(?:,|and|und|&)\s*", match["words"])
    bare = [re.sub(r"^(?:the|die)\s+|(?<=\d)(?:st|nd|rd|th)$", "", part) for part in parts if part]
    numbers = [count if re.fullmatch("last|letzten?", part) else number_of(part) for part in bare]
    return None if not numbers or None in numbers else ",".join(str(number) for number in numbers)


def _list(text: str, count: int) -> str | None:
    """Return a list of pages such as "2, 4 to 6 and 9"."""
    text = re.sub(r"\b(?:pages?|seiten?)\b", "", text.strip().rstrip("."))
    text = re.sub(r"\b(?:the last|the end|last|zur letzten|letzte)\b", str(count), text)
    found, place = [], 0
    while place < len(text):
        match = _LIST.match(text, place)
        if match is None or match.end() == place:
            return None
        first, last = match["first"], match["last"]
        found.append(first if last is None else f"{first}-{last}")
        place = match.end()
    return ",".join(found) or None
