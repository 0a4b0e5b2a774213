"""Where a text names organisations, told by their legal forms."""

import bisect
import re
from collections.abc import Iterator

from axelered_box.modules.values.found import Detail, Found, Hints

_FORMS = (
    r"GmbH (?:&|und|u\.) Co\.? ?(?:KGaA|KG|OHG)|AG (?:&|und) Co\.? ?(?:KGaA|KG)|g?GmbH(?! ?&)"
    r"|Ges\.? ?m\.? ?b\.? ?H\.?|mbH|KGaA|AG|KG|OHG|GbR|"
    r"UG ?\(haftungsbeschränkt\)|UG|e\. ?V\.|e\. ?G\.|eG|e\. ?K\.|e\. ?Kfr\.|e\. ?U\.|SE|"
    r"S\.?à\.?r\.?l\.?|S\.A\.R\.L\.?|SARL|SASU|S\.A\.S\.?|SAS|EURL|SCI|SNC|SCOP|S\.A\. de C\.V\.|S\.A\.U?\.?|SA"
    r"|S\. ?p\. ?A\.?|SpA|SPA|"
    r"S\. ?r\. ?l\.? ?s?\.?|Srl|SRL|S\.n\.c\.|S\.a\.s\.|S\.L\.U?\.?|SLU?|Lda\.?|Ltda\.?|"
    r"(?:Pty|Pte|Pvt|Private|Co)\.?,? \(?(?:Ltd|Limited|LTD|LIMITED)\)?\.?|(?:PTY|PTE|PVT|CO)\.?,? LTD\.?|Ltd\.?"
    r"|LTD\.?|Limited|LIMITED|"
    r"L\.?L\.?L\.?P\.?|L\.?L\.?P\.?|L\.L\.C\.?|LLC|LC|P\.L\.C\.|PLC|plc|P\.C\.|Inc\.?|INC\.?|Incorporated"
    r"|INCORPORATED|Corp\.?|CORP\.?|"
    r"Corporation|CORPORATION|L\.P\.?|LP|N\.A\.|& Co\.?|Company|COMPANY|"
    r"B\.V\.?|BV|N\.V\.?|NV|V\.O\.F\.?|VOF|S(?:dn|DN)\.? ?\(?[Mm]?\)? ?B(?:hd|HD)\.?|B(?:hd|HD)\.?|S/B|Oyj?|OYJ?"
    r"|AB|A/S|ApS|ASA|AS|"
    r"[Ss]p\. ?z ?o\. ?o\.|[Ss]p\. ?[jk]\.|a\.s\.|s\.r\.o\.|d\.o\.o\.|Kft\.?|Zrt\.?|Nyrt\.?"
)
_FORM = re.compile(rf"(?<=[\s,(\u00a0])(?P<form>{_FORMS})(?![\w&]|/[\w])")
_SOFT_FORMS = frozenset(
    {"AS", "SE", "SA", "AB", "AG", "Company", "COMPANY", "LC", "& Co.", "& Co", "SPA", "BV", "NV", "LP", "Oy", "SL"}
)
"""Forms that are words, or short enough to be something else."""
_HEADS = re.compile(
    r"(?<![\w])(?:(?:[A-ZÀ-Þ][\w&'\u2019.-]*|&|of|the|de|für|der) ){0,5}"
    r"(?:University|Universität|Université|Università|Universidad|Bank|Group|Holdings?|Partners|Associates|Institute|"
    r"Institut|Foundation|Stiftung|Ministry|Ministère|Ministerium|Agency|Bureau|Trust|Fund|Hospital|Klinik|College|"
    r"Restaurant|Enterprises?|Trading|Stores?|Services|Systems|Industries|Technologies|Solutions|Verein|Verlag"
    r"|Versicherung|"
    r"RESTAURANT|ENTERPRISES?|TRADING|STORES?|SERVICES|MART|HARDWARE|PHARMACY|BAKERY|STATIONERY|SUPPLY|CENTRE"
    r"|BANK|GROUP)"
    r"(?: (?:&|of|de|für|and|der|du|di|AND|OF)(?: the)?(?: [A-ZÀ-Þ][\w&'\u2019.-]*){1,4})?(?![\w])"
)
_TOKEN = re.compile(r"\S+")
_INSIDE_TEXT = """
    & + and und et of de du des di del della y e i von van der den en for für the la le AND OF THE FOR
"""
_INSIDE = frozenset(_INSIDE_TEXT.split())
"""Small words that may stand between the words of a name, never at its start."""
_NOT_FIRST_TEXT = """
    the this that these between among by and or of to from with for in at as whereas if any each such both a
    an our your its der die das den dem des ein eine einer zwischen und von vom mit bei für firma die laut
    durch an la le les l' el los las il lo gli entre par et de du chez pour avec société sociedad empresa
    società het een tussen door bij seller buyer customer client vendor supplier lessor lessee landlord tenant
    employer licensee licensor party parties company disclosing receiving recipient discloser verkäufer käufer
    kunde lieferant auftraggeber auftragnehmer vermieter mieter rechnungsempfänger absender empfänger vendeur
    acheteur client fournisseur proveedor cliente fornitore bill ship sold agreement date dated invoice name
    tel fax phone attn attention subject re all no. when upon under while since because however therefore
    moreover unless copyright ©
"""
_NOT_FIRST = frozenset(_NOT_FIRST_TEXT.split())
"""Words, in small letters, that stand before a name and are none of it."""
_OPENING = "\"'([*_\u201c\u201e\u00ab"
_LONGEST = 9
"""A name's words before its legal form."""


def find(text: str, hints: Hints) -> list[Found]:
    """Return the organisations of a text: names with a legal form, and less certain ones with a word such as Bank."""
    del hints
    return [*_with_form(text), *_with_head(text), *_lines(text)]


def _with_form(text: str) -> Iterator[Found]:
    tokens = [(match.start(), match.end()) for match in _TOKEN.finditer(text)]
    starts = [start for start, _ in tokens]
    for match in _FORM.finditer(text):
        at = bisect.bisect_left(starts, match.start())
        first = _first_token(text, tokens, at, match.start())
        if first is None:
            continue
        start = tokens[first][0]
        while text[start] in _OPENING:
            start += 1
        end = match.end()
        soft = match["form"] in _SOFT_FORMS
        certainty = (0.6 if at - first < 2 else 0.75) if soft else 0.95
        yield Found(
            "organisation", start, end, " ".join(text[start:end].split()), certainty, Detail(form=match["form"])
        )


def _first_token(text: str, tokens: list[tuple[int, int]], at: int, form_start: int) -> int | None:
    """Return the index of the first token of the name before a form, or None where no name stands there."""
    first = at
    while first > 0 and at - first < _LONGEST:
        start, end = tokens[first - 1]
        word = text[start : min(end, form_start)]
        gap = text[end : tokens[first][0]] if first < len(tokens) and first != at else text[end:form_start]
        if not _goes_on(word, gap, is_last=first == at):
            break
        first -= 1
        if word[0] in _OPENING:
            break
    while first < at and _cannot_begin(text[slice(*tokens[first])]):
        first += 1
    return None if first == at else first


def _goes_on(word: str, gap: str, *, is_last: bool) -> bool:
    """Say whether a word can belong to the name whose later words are known."""
    if "\n\n" in gap or ("\n" in gap and not is_last) or word.endswith((":", ";", "!", "?", ")", "\u201d", "|")):
        return False
    if word.endswith(",") and not is_last:
        return False
    if word.endswith(".") and not is_last and not _is_abbreviation(word):
        return False
    plain = word.strip("\"'(),.*_\u201c\u201e\u00ab[")
    return bool(plain) and (plain[0].isupper() or plain[0].isdigit() or word in _INSIDE)


def _is_abbreviation(word: str) -> bool:
    return len(word) <= 3 or "." in word[:-1] or word in ("Bros.", "Intl.", "Dept.", "Univ.", "Mfg.")


def _cannot_begin(word: str) -> bool:
    plain = word.strip("\"'(),.*_\u201c\u201e\u00ab")
    return word in _INSIDE or plain.lower() in _NOT_FIRST or not plain or plain.isdigit()


def _with_head(text: str) -> Iterator[Found]:
    """Yield names with a word that organisations like to have; a sentence may have them as well."""
    for match in _HEADS.finditer(text):
        words = match.group().split(" ")
        while words and _cannot_begin(words[0]):
            words = words[1:]
        if len(words) > 1:
            start = match.end() - len(" ".join(words))
            yield Found("organisation", start, match.end(), " ".join(words), 0.45)


_LINE = re.compile(r"^[ \t#*>|]*(?P<name>[A-ZÀ-Þ0-9][^\n|,;:()@*]{3,60}?)[ \t*|]*$", re.MULTILINE)


def _lines(text: str) -> Iterator[Found]:
    """Yield the lines that are capitalised all through: a letterhead often has nothing else."""
    for match in _LINE.finditer(text):
        words = match["name"].split()
        capitals = [word for word in words if word[0].isupper()]
        if 2 <= len(words) <= 7 and len(capitals) >= len(words) - sum(word in _INSIDE for word in words):
            yield Found("organisation", match.start("name"), match.end("name"), " ".join(words), 0.2)
