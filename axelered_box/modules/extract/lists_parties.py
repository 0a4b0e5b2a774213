"""The parties of a contract: the names that its preamble puts between its signs, that it gives a role, or that sign it.

A name's evidence adds up: that it stands where a party is named ("between …", "and …", "(1) …"), its legal form, what
is said of it next (a role in quotes, a seat, "a Delaware corporation"), and a signature below it.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

import msgspec
from rapidfuzz import fuzz

from axelered_box.domain.documents import Kind
from axelered_box.modules.extract.lists_text import RunningText
from axelered_box.modules.extract.questions import Question
from axelered_box.modules.extract.rows_terms import plain

_PREAMBLE = 6000
"""The characters at a document's beginning in which a preamble may begin."""
_CLAUSE = 1600
"""The longest preamble."""
_ENOUGH = 3.4
"""The evidence from which a name is a party."""
_CERTAIN = 6.0

_LEGAL = (
    r"(?:Inc(?:orporated|\.)?|INC(?:ORPORATED)?\.?|Corp(?:oration|\.)?|CORP(?:ORATION)?\.?|L\.?L\.?C\.?"
    r"|L\.?L\.?P\.?|L\.?P\.?"
    r"|Ltd\.?|LTD\.?|Limited|LIMITED|P\.?L\.?C\.?|plc|Co\.|CO\.|(?<!the )(?<!THE )(?:Company|COMPANY)|Holdings"
    r"|HOLDINGS|Partners|Partnership"
    r"|(?:g?GmbH|AG|UG|SE)(?: ?& ?Co\.? ?KG(?:aA)?)?|UG \(haftungsbeschränkt\)|KGaA|KG|OHG|GbR|e\. ?V\.|eG|eGmbH"
    r"|SAS|S\.A\.S\.?|SARL|S\.A\.R\.L\.?|SA|S\.A\.U?\.?|SNC|SCI|EURL|SASU|S\.L\.U?\.?|SLU?|S\.p\.A\.|SpA|S\.P\.A\."
    r"|S\.r\.l\.|Srl|SRL|S\.R\.L\.|S\.n\.c\.|B\.V\.|BV|N\.V\.|NV|VOF|AB|A/S|ApS|AS|Oyj?|Pty\.? Ltd\.?|Pte\.? Ltd\.?"
    r"|SPA|SRL|SNC|SAS|SL|(?:y|e|et|und|and|&) (?:asociados|hijos|figli|[Ff]ils|[Ss]öhne|[Ss]ons|soci|associés)"
    r"|s\.r\.l\.|s\.p\.a\.|s\.n\.c\.|s\.a\.s\.|s\.a\.|s\.l\.|S\.L\.N\.E\.?|S\.Coop\.?|S\.C\.P\.?|S\.Com\.?|S\.C\."
    r"|GesbR|Gesbr|OG|Group|GROUP|Holding|Groupe|Grupo|Gruppo"
    r"|Trust|University|Foundation|Association|Universität|Stiftung|Université|Universidad|Università)"
)
_CAPITAL = r"(?:(?:[A-ZÀ-ÖØ-Þ]\.)+|St\.|Jr\.|Sr\.|[A-ZÀ-ÖØ-Þ0-9][\w'\u2019\-]*(?:\.[A-Za-z]{2,}\b)?|&)"
_LINK = r"(?:of|de|du|des|del|della|di|da|van|von|der|den|für|for|the|and|und|et|y|e|la|le|los)"
_KIN = r"(?:asociados|hijos|hermanos|fils|associés|figli|soci|associati|sons|söhne|partner|zonen)"
_ORGANISATION = (
    rf"(?:{_CAPITAL}(?:,? (?:{_LINK} ){{0,2}}(?:{_CAPITAL}|{_KIN}(?!\w))){{0,7}}?,? "
    rf"{_LEGAL}(?!\w)(?:,? {_LEGAL}(?!\w)){{0,2}})"
)
_PLAIN_NAME = rf"(?:{_CAPITAL}(?: (?:(?:de|van|von|der|du|di|la|le|of|&) ){{0,2}}(?![0-9]){_CAPITAL}){{0,5}})"
_ARTICLE = (
    r"(?i:(?:the|der|die|das|dem|den|la|le|il|lo|de|het|der Firma|Firma|l[ae] société|société|la sociedad"
    r"|sociedad|mercantil"
    r"|la società|società|la ditta|de vennootschap|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Prof\.?|Herrn?|Frau|Monsieur|Madame"
    r"|M\.|Mme\.?"
    r"|D\.ª?|Dña\.|Don|Doña|Sig\.(?:ra)?|Signora?|De heer|Mevrouw|the company) )*"
)
_NAME = re.compile(rf"{_ARTICLE}(?P<name>{_ORGANISATION}|{_PLAIN_NAME})")
_CONTRACT = re.compile(
    r"\bagree|\bcontract\b|covenant|undersigned|\blease\b|\bdeed\b|memorandum|\bparties\b|vertrag|vereinbarung|\bcontrat\b"
    r"|\baccord\b|\bconvention de|soussigné|contrato\b|acuerdo\b|convenio|reunidos|\bde una parte\b|contratto|accordo\b"
    r"|scrittura|overeenkomst|ondergetekende",
    re.IGNORECASE,
)
"""What the beginning of a contract calls itself or those who make it."""
_OPENING = re.compile(
    r"\b(?:by and (?:between|among)|is (?:made |entered )?between|between|among|zwischen|entre les soussigné\w*"
    r"|entre|tra|fra"
    r"|tussen|de una parte|da una parte|d'une part|parties|parteien|vertragsparteien"
    r"|reunidos|ondergetekenden)\b[\s:,]*",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\b(?:whereas|witnesseth|recitals|hereby agree|the parties|both parties|wird folgende\w*|vereinbaren"
    r"|die parteien|il a été"
    r"|ont convenu|acuerdan|ambas partes|manifiestan|si conviene|premesso|komen overeen|in consideration|background)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"(?:^|(?:[,;.)”\"]|\n)?\s*\b(?:and|und|et|y|e|ed|sowie|as well as)\b[\s:]+|\(\d\)\s*|\n(?:- )?(?:\d[.)]"
    r"|[a-z]\)|\([a-z]\))?\s*"
    r"|\b(?:de una parte|de otra parte|da una parte|dall'altra|d'une part|d'autre part|on the one hand"
    r"|on the other hand)[,:;]?\s+)"
    r"(?P<more>(?:between |zwischen |entre )?)",
    re.IGNORECASE,
)
_DUTCH_NEXT = re.compile(r"\ben\b[\s:]+")
"""Of Dutch preambles only: elsewhere the word means *in*."""
_OWN_HAND = re.compile(rf"(?<!By )(?<!By: )(?<!Per: )/s/ (?P<name>{_PLAIN_NAME})")
_I_MYSELF = re.compile(rf"\b(?:I|Ich|Je soussignée?|Yo|Io sottoscritt[oa]), (?P<name>{_PLAIN_NAME}),")
_ROLE = re.compile(r"\((?:[^()]|\([^()]*\)){0,160}?[\"“”„«\u2018·](?P<role>[^\"“”«»\u2019·()]{2,50})[\"“”»\u2019·]")
_CALLED = re.compile(
    r"\b(?:hereinafter|nachfolgend|im folgenden|ci-après|en adelante|di seguito|hierna)[ ,]+"
    r"(?:(?:referred to as|called|genannt|dénommée?|désignée?|denominat[oa]|denominad[oa]|te noemen)[ ,]+)?"
    r"[\"“„«\u2018]? ?(?:(?:the|der|die|den|le|la|el|il|de)[ ]|l['\u2019])?(?P<role>[A-ZÀ-ÖØ-Þ][^\W\d_]{3,30})",
    re.IGNORECASE,
)
"""A role that is said without quotes: "nachfolgend Vermieterin genannt"."""
_KNOWN_BY = re.compile(
    r"(?:hereinafter|nachfolgend|ci-après|en adelante|di seguito|hierna|im folgenden)", re.IGNORECASE
)
_SAID_OF = re.compile(
    r",? ?(?:an? |eine? |une? |una? |een |with |having |whose |located |residing |organi[sz]ed |of \d|demeurant"
    r"|domicili|dont "
    r"|mit Sitz|wohnhaft|vertreten|con (?:sede|domicilio|CIF|NIF)|gevestigd|wonende|repr[eé]sent|geb\.|\d"
    r"|c\.?f\.|p\.? ?iva|au capital)"
)
_SIGNED = re.compile(
    r"[\s,“”\"()\w]{0,60}?\b(?:By|Name|Title|Per|Signed|Signature|Par|Por|Fdo|Firma|Unterschrift)\b ?:|.{0,40}/s/"
)


class Party(msgspec.Struct, kw_only=True):
    """A name that may be a party's, where it stands first, and how much speaks for it."""

    name: str
    start: int
    end: int
    worth: float
    role: str | None = None
    """What the contract calls it, where it says so in quotes."""
    role_start: int = 0
    """Where that begins."""

    @property
    def sure(self) -> float:
        """Return how likely it is a party: as likely as not where the evidence is just enough, else nearly certain."""
        over = min((self.worth - _ENOUGH) / (_CERTAIN - _ENOUGH), 1.0)
        return round(0.55 + 0.4 * min(4 * over, 1.0) + 0.02 * over, 4)


def are_asked(question: Question) -> bool:
    """Tell whether a property asks for the parties of a contract."""
    return bool(_words().asked & set(question.words))


def parties(running: RunningText) -> list[Party]:
    """Return the parties of a contract in the order in which it names them."""
    text = running.text
    found: list[Party] = []
    if not _CONTRACT.search(text, 0, _PREAMBLE):
        return []
    for opening in _OPENING.finditer(text, 0, _PREAMBLE):
        dutch = opening[0].lower().startswith(("tussen", "ondergetekenden"))
        end = _heading_after(running, opening.end())
        named = _merged(_in_clause(text, opening.end(), end, dutch=dutch))
        if len(inside := [party for party in named if party.start < _part_end(running, opening.end())]) >= 2:
            named = inside if sum(party.worth >= _ENOUGH for party in inside) >= 2 else named
        if sum(party.worth >= _ENOUGH for party in named) > sum(party.worth >= _ENOUGH for party in found):
            found = named
        if sum(party.worth >= _ENOUGH for party in found) >= 2:
            break
    signing = list(_signing(text))
    if sum(party.worth >= _ENOUGH for party in found) < 2:
        found = _merged([*found, *_with_role(text), *signing])
    if sum(party.worth >= _ENOUGH for party in found) == 1:
        found = _merged([*found, *_as_themselves(text)])
    for party in found:
        party.worth += 1.0 * any(_same(party.name, other.name) for other in signing)
    kept = [party for party in found if party.worth >= _ENOUGH]
    return sorted(kept, key=lambda party: party.start)


def _heading_after(running: RunningText, start: int) -> int:
    """Return where the next heading begins: a preamble ends before it."""
    return next(
        (part.start for part in running.parts if part.start > start + 1 and part.kind is Kind.HEADING),
        len(running.text),
    )


def _part_end(running: RunningText, at: int) -> int:
    part = running.part(at)
    return len(running.text) if part is None else part.start + len(part.stretch.text)


def _in_clause(text: str, start: int, end: int, *, dutch: bool) -> Iterator[Party]:
    """Yield the names of a preamble that stand where a party is named."""
    end = min(start + _CLAUSE, end)
    closing = _CLOSING.search(text, start + 20, end)
    end = closing.start() if closing else end
    signs = (_NEXT, _DUTCH_NEXT) if dutch else (_NEXT,)
    places = sorted({start, *(match.end() for sign in signs for match in sign.finditer(text, start, end))})
    for place in places:
        match = _NAME.match(text, place, end)
        if match is None or _is_common(match["name"]):
            continue
        following = min((other for other in places if other > match.end()), default=end)
        yield _party(text, match, max(following, match.end() + 160), 2.5 if place == start else 2.0)


def _with_role(text: str) -> Iterator[Party]:
    """Yield organisations that the beginning of a text gives a role in quotes right behind their name."""
    for match in re.finditer(rf"(?P<name>{_ORGANISATION})(?=,? ?\()", text[:_PREAMBLE]):
        party = _party(text, match, match.end() + 120, 0.5)
        if party.role is not None and not _is_common(party.name):
            yield party


def _signing(text: str) -> Iterator[Party]:
    """Yield organisations below whose name someone signs."""
    for match in re.finditer(rf"(?P<name>{_ORGANISATION})", text):
        if match.start() > 0.3 * len(text) and _SIGNED.match(text, match.end()):
            yield Party(name=_clean(match["name"]), start=match.start("name"), end=match.end("name"), worth=_ENOUGH)


def _as_themselves(text: str) -> Iterator[Party]:
    """Yield persons who speak or sign for themselves, not for an organisation."""
    for match in (*_I_MYSELF.finditer(text, 0, _PREAMBLE), *_OWN_HAND.finditer(text)):
        name = re.split(r" (?:Signature|Date|DATE|Name|Title|Its|By|Address)\b", match["name"])[0]
        words = name.split()
        if words[: len(words) // 2] == words[len(words) // 2 :]:
            name = name[: (len(name) - 1) // 2]
        start = match.start("name")
        yield Party(name=_clean(name), start=start, end=start + len(name), worth=_ENOUGH)


def _party(text: str, match: re.Match[str], following: int, worth: float) -> Party:
    name = match["name"]
    after = text[match.end() : following]
    role = _ROLE.search(after) or _CALLED.search(after)
    legal = re.search(rf"(?:^|[ ,]){_LEGAL}$", name) is not None
    worth += 1.5 * legal + 1.5 * (role is not None or _KNOWN_BY.search(after) is not None)
    worth += 1.0 * (_SAID_OF.match(after) is not None)
    worth += 0.5 * (not legal and 2 <= len(name.split()) <= 4)
    return Party(
        name=_clean(name),
        start=match.start("name"),
        end=match.start("name") + len(name.rstrip(" ,;")),
        worth=worth,
        role=" ".join(role["role"].split()).strip(" ,.") if role else None,
        role_start=match.end() + role.start("role") if role else 0,
    )


def _merged(found: Iterable[Party]) -> list[Party]:
    """Return names without those that are another's again or its short form."""
    kept: list[Party] = []
    for party in sorted(found, key=lambda party: (-party.worth, party.start)):
        if not any(
            _same(party.name, other.name) or party.name == other.role or other.start <= party.start < other.end
            for other in kept
        ):
            kept.append(party)
    return kept


def _same(one: str, other: str) -> bool:
    """Tell whether two names are one party's: without their legal forms they are alike, or one begins the other."""
    first, second = _core(one), _core(other)
    shorter, longer = sorted((first, second), key=len)
    return fuzz.ratio(first, second) >= 88 or (len(shorter) >= 3 and f"{longer} ".startswith(f"{shorter} "))


def _core(name: str) -> str:
    return plain(re.sub(rf",? {_LEGAL}(?!\w)", "", name)) or plain(name)


def _clean(name: str) -> str:
    return " ".join(name.split()).rstrip(" ,;")


def _is_common(name: str) -> bool:
    """Tell whether a name is made of a contract's own words only, or is no name at all."""
    words = [word for word in plain(name).split() if len(word) > 1 and not word.isdigit()]
    known = _words()
    if re.fullmatch(_LEGAL, name):
        return True
    return not words or all(word in known.common for word in words) or (len(words) == 1 and words[0] in known.small)


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    asked: frozenset[str]
    common: frozenset[str]
    small: frozenset[str]


@cache
def _words() -> _Words:
    text = files(__package__).joinpath("lists_parties.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), _Words)
