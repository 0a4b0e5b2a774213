"""How a document writes numbers and dates, settled from all that it shows and from rules in a prompt."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from axelered_box.modules.values import currencies
from axelered_box.modules.values.dates import unambiguous_orders
from axelered_box.modules.values.found import DateOrder, DecimalSign, Hints

_REGIONS = {
    "eng": None, "deu": "DE", "ger": "DE", "fra": "FR", "fre": "FR", "spa": "ES", "ita": "IT", "nld": "NL", "dut": "NL",
    "por": "PT", "pol": "PL", "dan": "DK", "swe": "SE", "nor": "NO", "nob": "NO", "ces": "CZ", "fin": "FI", "ron": "RO",
    "msa": "MY", "may": "MY", "hin": "IN",
}  # fmt: skip
_PLACES = {
    "MY": r"\bMalaysia\b|\bSdn\.? ?Bhd\b|\bSelangor\b|\bKuala Lumpur\b|\bJalan\b|\bJln\b|\bJohor\b"
    r"|\bPenang\b|\bRM ?\d",
    "IN": r"\bIndia\b|\bGSTIN\b|₹|\bPvt\.? Ltd\b",
    "GB": r"\bUnited Kingdom\b|\bEngland\b|£ ?\d|\bGB ?\d{3} ?\d{4}",
    "US": r"\bUnited States\b|\bU\.?S\.?A\b|\b(?:Delaware|California|New York|Texas|Florida|Nevada)\b"
    r"|\b[A-Z]{2} \d{5}(?:-\d{4})?\b|\bInc\b|\bLLC\b",
    "AU": r"\bAustralia\b|\bPty\b|\bABN\b", "CA": r"\bCanada\b|\bOntario\b|\bCAD\b", "SG": r"\bSingapore\b|\bPte\b",
    "DE": r"\bDeutschland\b|\bGermany\b|\bDE ?\d{9}\b|\bGmbH\b|\+49|\bDE\d{2} \d{4}",
    "AT": r"\bÖsterreich\b|\bAustria\b|\bATU\d{8}\b|\+43",
    "CH": r"\bSchweiz\b|\bSuisse\b|\bSvizzera\b|\bSwitzerland\b|\bCHF\b|\bCHE-\d|\+41",
    "FR": r"\bFrance\b|\bSIRET\b|\bFR ?\d{2} ?\d{3}|\bSARL\b|\+33", "ES": r"\bEspaña\b|\bSpain\b|\bES ?[A-Z]\d{7}"
    r"|\+34",
    "IT": r"\bItalia\b|\bItaly\b|\bIT ?\d{11}\b|\bP\. ?IVA\b|\+39", "NL": r"\bNederland\b|\bNetherlands\b"
    r"|\bNL ?\d{9}B|\bB\.V\.|\+31",
    "BE": r"\bBelgi(?:ë|que|um)\b|\bBE ?0\d{9}\b|\+32", "PT": r"\bPortugal\b|\+351", "PL": r"\bPolska\b"
    r"|\bPoland\b|\+48",
}  # fmt: skip
_POINT_REGIONS = {"US", "GB", "IE", "AU", "NZ", "CA", "IN", "MY", "SG", "HK", "PH", "MX", "JP", "CN", "IL", "TH", "CH"}
_POINT_LANGUAGES = {"eng", "msa", "may", "hin", "jpn", "zho", "chi", "tha", "heb"}
_MONEY = re.compile(r"(?<![\w.,/:-])(?:\d{1,3}(?:[.,' \u00a0\u202f]\d{3})*|\d+)([.,])(?:\d{2}|\d)(?![\w/:-]|[.,]\d)")
_ENOUGH = 3
"""So many unambiguous numbers or dates settle a question by themselves."""
_ORDER_RULES: tuple[tuple[DateOrder, str], ...] = (
    ("MDY", r"month[ -]+first|month before (?:the )?day|MM[/. -]DD[/. -]YY|\b(?:US"
    r"|American)[- ](?:style )?(?:dates?|date format)|Monat (?:zuerst|vor)|mois en premier"),
    ("DMY", r"day[ -]+first|day before (?:the )?month|DD[/. -]MM[/. -]YY|\b(?:European|British"
    r"|UK)[- ](?:style )?(?:dates?|date format)|Tag (?:zuerst|vor)|TT\.MM\.JJ|jour en premier|jj/mm/aa"),
    ("YMD", r"year[ -]+first|YY[-/.]MM[-/.]DD dates"),
)  # fmt: skip
_COMMA_RULE = (
    r"(?:decimal|Dezimal|décimal\w*|decimale?s?)[ -]*(?:sign |separator |point )?(?:is |are |= ?|: ?)?(?:a "
    r"|the )?(?:comma|komma|virgule|coma|virgola|',')|comma (?:is|as) (?:the |a )?decimal|virgule décimale"
    r"|coma decimal|virgola decimale"
)
_POINT_RULE = (
    r"(?:decimal|Dezimal|décimal\w*)[ -]*(?:sign |separator )?(?:is |are |= ?|: ?)?(?:a |the )?(?:point|dot"
    r"|period|punkt|'\.')|(?:point|dot|period) (?:is|as) (?:the |a )?decimal|point décimal|punto decimal"
)
_MONEY_RULE = (
    r"(?:amounts?|currency|prices?|totals?|sums?|values?|Beträge|Währung|Preise|montants?|devise|importes?|moneda"
    r"|importi|valuta)\b[^.;\n]{0,40}?"
)


def hints_of(texts: Iterable[str], languages: Sequence[str]) -> Hints:
    """Settle a document's decimal sign, date order, region and currency.

    What the texts show in one reading only decides; where they show nothing, the region or the language does, with a
    lower certainty. `texts` are the document's blocks or pages, `languages` its ISO 639-2 codes.
    """
    whole = "\n".join(texts)
    named = tuple(languages)
    region = _region(whole, named)
    decimal, decimal_certainty = _decimal(whole, region, named)
    order, order_certainty = _date_order(whole, region, named)
    return Hints(named, region, decimal, decimal_certainty, order, order_certainty, _currency(whole))


def hints_from_prompt(prompt: str, hints: Hints | None = None) -> Hints:
    """Return the hints, or none, with the rules on dates, decimal sign and currency that a prompt states in words."""
    ruled = hints or Hints()
    for order, pattern in _ORDER_RULES:
        if re.search(pattern, prompt, re.IGNORECASE):
            ruled = msgspec.structs.replace(ruled, date_order=order, date_order_certainty=1.0)
            break
    if re.search(_COMMA_RULE, prompt, re.IGNORECASE):
        ruled = msgspec.structs.replace(ruled, decimal=",", decimal_certainty=1.0)
    elif re.search(_POINT_RULE, prompt, re.IGNORECASE):
        ruled = msgspec.structs.replace(ruled, decimal=".", decimal_certainty=1.0)
    if code := _ruled_currency(prompt):
        ruled = msgspec.structs.replace(ruled, currency=code)
    return ruled


def _ruled_currency(prompt: str) -> str | None:
    for match in re.finditer(_MONEY_RULE + r"(?P<code>\b[A-Z]{3}\b)", prompt):
        if match["code"] in currencies.codes():
            return match["code"]
    for match in re.finditer(r"(?i:\$ (?:means|is|stands for)) (?P<code>[A-Z]{3})\b", prompt):
        return match["code"]
    words = re.search(
        _MONEY_RULE + r"(?:in|are|is|sind in|en) (?P<word>[^\W\d_]{4,9}(?: [^\W\d_]{4,9})?)", prompt, re.IGNORECASE
    )
    if not words:
        return None
    code, _ = currencies.iso(
        words["word"].split()[0] if words["word"].split()[0].lower() != "swiss" else "CHF", Hints()
    )
    return code or None


def _region(whole: str, languages: tuple[str, ...]) -> str | None:
    capitals = whole.title()  # so that what is printed in capitals counts too
    counts = Counter(
        {
            region: max(len(re.findall(pattern, text)) for text in (whole, capitals))
            for region, pattern in _PLACES.items()
        }
    )
    region, count = counts.most_common(1)[0]
    by_language = next((_REGIONS[language] for language in languages if _REGIONS.get(language)), None)
    if by_language and count < 2 * counts.get(by_language, 0) + 2 and region != "CH":
        return by_language
    return region if count else by_language


def _decimal(whole: str, region: str | None, languages: tuple[str, ...]) -> tuple[DecimalSign | None, float]:
    counts = Counter(match.group(1) for match in _MONEY.finditer(whole))
    points, commas = counts["."], counts[","]
    if points + commas and max(points, commas) >= 2 * min(points, commas):
        share = max(points, commas) / (points + commas)
        certain = min(0.99, share) if points + commas >= _ENOUGH else 0.8
        return ("." if points > commas else ","), certain
    if region in _POINT_REGIONS:
        return ".", 0.75
    if languages:
        return ("." if languages[0] in _POINT_LANGUAGES else ","), 0.7
    return ("," if region else None), 0.6


def _date_order(whole: str, region: str | None, languages: tuple[str, ...]) -> tuple[DateOrder | None, float]:
    orders = Counter(unambiguous_orders(whole))
    if orders:
        order, count = orders.most_common(1)[0]
        share = count / orders.total()
        return order, share * (0.97 if count >= _ENOUGH else 0.93)
    if region == "US":
        return "MDY", 0.85
    if region or (languages and languages[0] != "eng"):
        return "DMY", 0.92
    return (None, 0.5) if not languages else ("MDY", 0.55)


def _currency(whole: str) -> str | None:
    """Return the currency named most often; a code or a sign of one currency counts, "$" alone does not."""
    counts = Counter(
        str(found.value) for found in currencies.find(whole, Hints()) if whole[found.start : found.end] != "$"
    )
    return counts.most_common(1)[0][0] if counts else None
