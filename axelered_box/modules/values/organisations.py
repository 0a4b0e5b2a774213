"""Where a text names organisations, told by their legal forms."""

import bisect
import re
from collections.abc import Iterator

from axelered_box.modules.values.found import Detail, Found, Hints

_FORMS = (
    r"GmbH (?:&|und|u\.) Co\.? ?(?:KGaA|KG|OHG)|AG (?:&|und) Co\.? ?(?:KGaA|KG)|g?GmbH(?! ?&)"
    r"|Ges\.? ?m\.? ?b\.? ?H\.?|mbH|GMBH|KGaA|AG|KG|OHG|GbR|"
    r"VVaG|a\. ?G\.|UG ?\(haftungsbeschränkt\)|UG|e\. ?V\.|e\. ?G\.|eG|e\. ?K\.|e\. ?Kfr\.|e\. ?U\.|SE|"
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
    r"(?<![\w])(?:(?:[A-ZÀ-Þ][\w&'\u2019.-]{0,30}|&|of|the|de|für|der) ){0,5}"
    r"(?:University|Universität|Université|Università|Universidad|Bank|Group|Holdings?|Partners|Associates|Institute|"
    r"Institut|Foundation|Stiftung|Ministry|Ministère|Ministerium|Agency|Bureau|Trust|Fund|Hospital|Klinik|College|"
    r"Restaurant|Enterprises?|Trading|Stores?|Services|Systems|Industries|Technologies|Solutions|Verein|Verlag"
    r"|Versicherung|"
    r"RESTAURANT|ENTERPRISES?|TRADING|STORES?|SERVICES|MART|HARDWARE|PHARMACY|BAKERY|STATIONERY|SUPPLY|CENTRE"
    r"|BANK|GROUP)"
    r"(?: (?:&|of|de|für|and|der|du|di|AND|OF)(?: the)?(?: [A-ZÀ-Þ][\w&'\u2019.-]{0,30}){1,4})?(?![\w])"
)
_LINE = re.compile(r"^[ \t#*>|]*(?P<name>[A-ZÀ-Þ0-9][^\n|,;:()@*]{3,60}?)[ \t*|]*$", re.MULTILINE)
_TOKEN = re.compile(r"\S+")
_INSIDE_TEXT = """
    & + and und et of de du des di del della y e i von van der den en for für the la le AND OF THE FOR
"""
_INSIDE = frozenset(_INSIDE_TEXT.split())
"""Small words that may stand between the words of a name, never at its start."""
_NOT_FIRST_TEXT = """
    the this that these between among by and or of to from with for in at as whereas if any each such both a
    an our your its der die das den dem des ein eine einer zwischen und von vom mit bei für firma die laut
    durch an la le les l' el los las il lo gli entre par et de du chez pour avec société spett.le spettabile
    ditta sociedad empresa società het een tussen door bij seller buyer customer client vendor supplier lessor
    lessee landlord tenant employer licensee licensor party parties company disclosing receiving recipient
    discloser verkäufer käufer kunde lieferant auftraggeber auftragnehmer vermieter mieter rechnungsempfänger
    absender empfänger vendeur acheteur client fournisseur proveedor cliente fornitore bill ship sold
    agreement date dated invoice name rechnung facture factura fattura factuur tel fax phone attn attention
    subject re all no. when upon under while since because however therefore moreover unless copyright ©
"""
_NOT_FIRST = frozenset(_NOT_FIRST_TEXT.split())
"""Words, in small letters, that stand before a name and are none of it."""
_OPENING = "\"'([*_\u201c\u201e\u00ab"
_MARKS = "\"'(),.*_[\u201c\u201e\u00ab"
_ARTICLES_TEXT = "the this that these each such any said der die das ein eine een het"
_ARTICLES = frozenset(_ARTICLES_TEXT.split())
_ROMANCE_ARTICLES = frozenset({"La", "Le", "Les", "El", "Los", "Las", "Il", "Lo"})
"""In capitals within a sentence, these belong to the name."""
_CAPITAL = r"[A-Z\u00c0-\u00de][\w&'\u2019-]{0,30}"
_FORM_FIRST = re.compile(
    rf"(?<!\w)(?:(?P<form>SARL|SASU|SAS|EURL|SCI|PT)|(?i:soci[ée]t[ée]|sté|firma|ditta|etablissements|ets))\.? "
    rf"(?P<name>{_CAPITAL}(?: (?:(?:&|et|de|du|des|e|di) )?{_CAPITAL}){{0,4}})"
)
_ENDS = re.compile(r"[.,]?[ \t*_]*(?:$|\n|[|\u25cf\u2022\u00b7(]|[-\u2013] )")
_SEGMENT = re.compile(
    r"(?:^|[\n|\u25cf\u2022\u00b7]|: )[ \t*_#>]*(?P<name>[A-Z\u00c0-\u00de](?:[^\s,;:|.]+ ){1,6})[ \t]?$"
)
_SEGMENT_LENGTH = 80
_BEGINS = re.compile(r"(?:^|\n|[|#*\u25cf\u2022\u00b7:])[ \t*_]*$")
_TAIL = re.compile(r"(?: [A-Z\u00c0-\u00de][\w-]+){1,3}(?=[ \t*_]*(?:$|\n|\|))")
_DESCRIPTION = re.compile(
    r"(?P<what>,? ?(?:(?P<kind>\ban? (?:[A-Z][\w.]+ ){0,3}(?:(?:limited|liability|public|private|general"
    r"|non-?profit|stock) ){0,3}"
    r"(?:corporation|company|partnership|association|trust|bank|LLC)\b)"
    r"|\((?:(?:the|hereinafter|hereafter|together|collectively|individually|im Folgenden|nachfolgend|nachstehend"
    r"|ci-après|"
    r"en adelante|di seguito|hierna)\b[^)\"\u201c\u201e\u00ab]{0,40})?[\"\u201c\u201e\u00ab]))"
)
"""What contracts put behind the name of a party."""
_LONGEST_WORD = 40
_LONGEST = 9
"""A name's words before its legal form."""


def find(text: str, hints: Hints) -> list[Found]:
    """Return the organisations of a text: names with a legal form, and less certain ones that other words betray."""
    del hints
    tokens = [(match.start(), match.end()) for match in _TOKEN.finditer(text)]
    return [
        *_with_form(text, tokens),
        *_with_form_first(text),
        *_before_description(text, tokens),
        *_with_head(text),
        *_lines(text),
    ]


def has_form(text: str) -> bool:
    """Say whether a legal form stands in a text, or is all of it."""
    return bool(_FORM.search(f" {text}"))


def form_end(text: str) -> int:
    """Return where the last legal form of a text ends, 0 if there is none."""
    return max((match.end() - 1 for match in _FORM.finditer(f" {text}")), default=0)


def _with_form(text: str, tokens: list[tuple[int, int]]) -> Iterator[Found]:
    starts = [start for start, _ in tokens]
    for match in _FORM.finditer(text):
        form = match["form"]
        last = bisect.bisect_left(starts, match.start())
        alone = bool(_ENDS.match(text, match.end()))
        first = _first_token(text, tokens, last, match.start(), apart=alone and form not in _SOFT_FORMS)
        if form in _SOFT_FORMS and first < last and text[tokens[last - 1][1] - 1] == ",":
            continue
        segment = _SEGMENT.search(text, max(0, match.start() - _SEGMENT_LENGTH), match.start()) if alone else None
        if segment and not all(_cannot_begin(word) for word in segment["name"].split()):
            yield _name(text, segment.start("name"), match.end(), 0.6, form)
        for index, share in _beginnings(text, tokens, first, last, alone=alone):
            certainty = share * (0.95 if form not in _SOFT_FORMS else 0.75 if last - index > 1 else 0.6)
            yield _name(text, tokens[index][0], match.end(), certainty, form)
            if tail := _TAIL.match(text, match.end()):
                yield _name(text, tokens[index][0], tail.end(), certainty * 0.4, form)


def _with_form_first(text: str) -> Iterator[Found]:
    """Yield the names that stand behind their form, as French ones do; a word such as Firma is none of the name."""
    for match in _FORM_FIRST.finditer(text):
        start = match.start("form") if match["form"] else match.start("name")
        if not all(_cannot_begin(word) for word in match["name"].split()):
            yield _name(text, start, match.end("name"), 0.7, match["form"])


def _before_description(text: str, tokens: list[tuple[int, int]]) -> Iterator[Found]:
    """Yield names that are told to be "a Delaware corporation", or that the text gives a short name in quotes."""
    starts = [start for start, _ in tokens]
    for match in _DESCRIPTION.finditer(text):
        last = bisect.bisect_left(starts, match.start("what"))
        first = _first_token(text, tokens, last, match.start("what"), apart=False)
        for index, share in _beginnings(text, tokens, first, last, alone=False):
            end = match.start()
            while end > 0 and text[end - 1] in " ,":
                end -= 1
            name = text[tokens[index][0] : end]
            if name and not has_form(name):
                yield _name(text, tokens[index][0], end, share * (0.8 if match["kind"] else 0.4), None)


def _name(text: str, start: int, end: int, certainty: float, form: str | None) -> Found:
    while text[start] in _OPENING:
        start += 1
    value = " ".join(text[start:end].replace("*", "").split())
    return Found("organisation", start, end, value, round(certainty, 3), Detail(form=form))


def _first_token(text: str, tokens: list[tuple[int, int]], last: int, form_start: int, *, apart: bool) -> int:
    """Return the index of the first token that can belong to the name before token `last`.

    `apart` allows an empty line before `last`: a long name with its form on the next line.
    """
    first = last
    while first > 0 and last - first < _LONGEST:
        start, end = tokens[first - 1]
        if min(end, form_start) - start > _LONGEST_WORD:
            break
        word = text[start : min(end, form_start)]
        gap = text[end : tokens[first][0]] if first != last else text[end:form_start]
        if ("\n\n" in gap and not (apart and first == last)) or not _goes_on(word, gap, is_last=first == last):
            break
        first -= 1
        if word[0] in _OPENING and not word.endswith(")"):
            break
    return first


def _beginnings(
    text: str, tokens: list[tuple[int, int]], first: int, last: int, *, alone: bool
) -> Iterator[tuple[int, float]]:
    """Yield where a name may begin, and how likely: after the words that stand before names, or with the last of them.

    Where nothing else stands on the line, such a word belongs to the name: "Lieferant GmbH".
    """
    words = [text[start:end] for start, end in tokens[first:last]]
    skipped = 0
    while skipped < len(words) and _cannot_begin(words[skipped]):
        skipped += 1
    bounded = alone and bool(_BEGINS.search(text, max(0, tokens[first][0] - 3), tokens[first][0])) if words else False
    if skipped < len(words):
        yield first + skipped, 0.7 if bounded and skipped > 0 else 1.0
    inner = [at for at, word in enumerate(words[:-1]) if at > skipped and word in _INSIDE]
    if inner and not _cannot_begin(words[inner[-1] + 1]):
        yield first + inner[-1] + 1, 0.4
    before = skipped - 1
    if before >= 0 and words[before][0].isupper() and words[before].lower() not in _ARTICLES:
        romance = words[before] in _ROMANCE_ARTICLES
        yield first + before, 0.8 if bounded or skipped == len(words) else 0.6 if romance else 0.3


def _goes_on(word: str, gap: str, *, is_last: bool) -> bool:
    """Say whether a word can belong to the name whose later words are known."""
    inside = word.startswith("(") and word.rstrip(",").endswith(")") and len(word) > 2
    if ("\n" in gap and not is_last) or word.endswith((":", ";", "!", "?", "\u201d", "|")):
        return False
    if is_last and (word in _INSIDE or word in _ARTICLES):
        return False
    if not inside and word.endswith(")"):
        return False
    if word.endswith(",") and not is_last:
        return False
    if word.endswith(".") and not is_last and not _is_abbreviation(word):
        return False
    plain = word.strip(_MARKS)
    return bool(plain) and (plain[0].isupper() or plain[0].isdigit() or word in _INSIDE)


def _is_abbreviation(word: str) -> bool:
    return len(word) <= 3 or "." in word[:-1] or word in ("Bros.", "Intl.", "Dept.", "Univ.", "Mfg.")


def _cannot_begin(word: str) -> bool:
    plain = word.strip(_MARKS)
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


def _lines(text: str) -> Iterator[Found]:
    """Yield the lines that are capitalised all through: a letterhead often has nothing else."""
    for match in _LINE.finditer(text):
        words = match["name"].split()
        capitals = [word for word in words if word[0].isupper()]
        if 2 <= len(words) <= 7 and len(capitals) >= len(words) - sum(word in _INSIDE for word in words):
            yield Found("organisation", match.start("name"), match.end("name"), " ".join(words), 0.2)
