"""Where a text has numbers of invoices, customers, orders and the like, and of registers."""

import re
from collections.abc import Iterator

from axelered_box.modules.values.found import Detail, Found, Hints

_TOKEN = re.compile(
    r"(?<![^\W_])(?<![.,/\\@&=-])(?=[^\s]{0,24}\d)[A-Za-z0-9]+(?:[-_/.#:]{1,2}[A-Za-z0-9]+){0,6}(?![^\W_]|[@\\=]"
    r"|[.,]\d)"
)
_SPACED = re.compile(
    r"(?<![\w./-])[A-Z]{1,4} \d[\d./-]{2,20}(?: \d{2,6}){0,3}(?![\w])|(?<![\w.,/-])\d{2,6}(?: \d{2,6}){2,4}(?![\w.,])"
)
_NUMBERED = re.compile(
    r"(?:\b(?:No|Nos|Nr|Nbr|Num|Número|Numéro|Numero|Number|Nummer|ID|Id|Ref|Réf|Code|Kode|Invoice|Rechnung"
    r"|Facture|Factura|"
    r"Fattura|Factuur|Order|Bestellung)\b\.?|[nN][°º]|№|#)\s?[:#]?[ \t]*"
    r"(?P<id>(?=[^\s]{0,24}\d)(?:\d{2,3}(?: \d{3}){2,4}(?![\w])|[A-Za-z0-9][\w./#-]*[A-Za-z0-9])|\d)"
)
_SHAPE_OF_DATE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}")
_SHAPE_OF_AMOUNT = re.compile(r"\d{1,3}(?:[.,]\d{3})*[.,]\d{1,2}|\d{1,3}(?:[.,]\d{3})+|\d+[.,]\d+")
_SHAPE_OF_TIME = re.compile(
    r"\d{1,2}:\d\d(?::\d\d)?(?:[ap]m)?|\d{1,2}(?:st|nd|rd|th|er)|\d+(?:kg|mm|cm|g|ml|h|x)", re.IGNORECASE
)
_REGISTER = re.compile(
    r"\b(?:(?P<hr>HR[AB])\s?(?:Nr\.?|No\.?)?\s?:?\s?(?P<a>\d{2,6}(?: ?[A-Z]{1,2}\b)?)"
    r"|(?:R\.?C\.?S\.?)\s+[A-ZÉÈ][\w' -]{2,20}?\s+(?P<b>[AB]?\s?\d{3} ?\d{3} ?\d{3})"
    r"|(?P<rcs>[AB] ?\d{3} ?\d{3} ?\d{3})(?= R\.?C\.?S)"
    r"|(?:KvK|K\.v\.K\.|KVK)(?:[- ]?(?:nr|nummer|no)?\.?)\s?:?\s?(?P<c>\d{8})"
    r"|(?:Company|Registration|Registered|Reg\.?|Co\.?) (?:Registration )?(?:No|Number"
    r"|Nr)\.?\s?:?\s?(?P<e>[A-Z]{0,2}\d{5,12}(?:-[A-Z])?))"
)
_MALAYSIAN = re.compile(
    r"(?<![\w-])(?:(?P<id>\d{5,12}-[A-Z]{1,2}|[A-Z]{2}\d{6,7}-[A-Z])(?![\w-])|\((?P<bare>\d{5,12} ?[A-Z])\))"
)


def find(text: str, hints: Hints) -> list[Found]:
    """Return what may be an identifier, and the numbers of registers; a word before it that says so makes it likely."""
    del hints
    return [*_tokens(text), *_numbered(text), *_registers(text)]


def _tokens(text: str) -> Iterator[Found]:
    for match in _TOKEN.finditer(text):
        certainty = _likelihood(match.group())
        if certainty:
            yield Found("identifier", match.start(), match.end(), match.group(), certainty)
    for match in _SPACED.finditer(text):
        yield Found("identifier", match.start(), match.end(), match.group(), 0.35)


def _likelihood(token: str) -> float:
    """Return how likely a token is an identifier, 0 for one too short to be one without a word before it."""
    digits = sum(letter.isdigit() for letter in token)
    if len(token) > 40 or not digits:
        return 0.0
    if _SHAPE_OF_DATE.fullmatch(token) or _SHAPE_OF_AMOUNT.fullmatch(token) or _SHAPE_OF_TIME.fullmatch(token):
        return 0.15
    if token.isdigit():
        return 0.0 if len(token) < 3 else 0.3 if len(token) < 5 else 0.6
    if len(token) < 3:
        return 0.0
    return 0.7 if digits >= 3 else 0.4


def _numbered(text: str) -> Iterator[Found]:
    for match in _NUMBERED.finditer(text):
        label = match.group()[: match.start("id") - match.start()].strip(" :.")
        yield Found("identifier", match.start("id"), match.end("id"), match["id"], 0.85, Detail(form=label))


def _registers(text: str) -> Iterator[Found]:
    for match in _REGISTER.finditer(text):
        name = match.lastgroup or ""
        start = match.start("hr") if match["hr"] else match.start(name)
        value = f"{match['hr']} {match[name]}" if match["hr"] else match[name]
        yield Found("registration", start, match.end(name), value, 0.95)
    for match in _MALAYSIAN.finditer(text):
        name = match.lastgroup or ""
        value = match[name].replace(" ", "")
        yield Found("registration", match.start(name), match.end(name), value, 0.6, Detail(form="MY"))
