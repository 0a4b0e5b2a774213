"""What the words of an instruction are about: quoted or plain texts, kinds of values, fields, and the pages meant."""

import re

import msgspec

from axelered_box.domain import edits
from axelered_box.modules.edit.clauses import Quotes
from axelered_box.modules.edit.phrases import pages_of, pattern_of

_NAMES = re.compile(
    r"^(?:(?:the|a|an|any|every|all|each|das|den|dem|die|der|jedes|jeden|alle|ein|eine|einen)\s+)*"
    r"(?:words?|names?|texts?|phrases?|terms?|strings?|numbers?|company|customer|person|amount|date|sentence"
    r"|w(?:ort|örter)"
    r"|namens?|begriffe?|nummern?|firma|kunden?|betrag|datum|ausdruck|zeichenfolge|satz)\s+(?:of\s+)?(?=\S)",
    re.IGNORECASE,
)
METADATA = {"title": r"title|titel", "author": r"author|autor|verfasser", "subject": r"subject|betreff|thema",
            "keywords": r"keywords?|schlagw(?:ort|örter)|stichw(?:ort|örter|orte)"}  # fmt: skip
"""What people call each thing that a file says of itself."""
_SCOPE = re.compile(r"[\s,]*\b(?:on|from|in|of|to|across|over|throughout|auf|von|aus|zu|über)\s+", re.IGNORECASE)
_HAS_PAGE = re.compile(r"\b(?:pages?|seiten?)\b", re.IGNORECASE)
_WHOLE_FILE = re.compile(
    r"[\s,]*\b(?:(?:in|from|throughout|across|of|over|to)\s+(?:the\s+)?(?:whole\s+|entire\s+)?(?:document|file|pdf"
    r"|text)"
    r"|everywhere"
    r"|(?:im|aus dem|in der|durch das|aus der|in dem)\s+(?:ganzen\s+|gesamten\s+|kompletten\s+)?(?:dokument|datei"
    r"|text|pdf)|überall)$",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"^(?:the |das |den |die )?(?:extracted |extrahierte[ns]? )?(?:fields?|felder|feld|values? of|wert von|bank"
    r" details)?\s*"
    r"(?P<path>/[\w/~.-]+)$",
    re.IGNORECASE,
)
_REGEX = re.compile(
    r"^(?:the |a |den |alles,? was )?(?:regular expression|regex|pattern|regulären ausdruck|muster)\s+(?P<regex>.+)$",
    re.IGNORECASE,
)
MOST_WORDS = 6
_SMALL = frozenset(
    ["of", "van", "von", "de", "der", "den", "del", "la", "le", "da", "di", "du", "zu", "zur", "y", "&", "-"]
)
_DESCRIBES = re.compile(
    r"['\u2019]s\s|(?:name|namen|adressen?|anschrift(?:en)?|unterschrift(?:en)?|nummern?|beträge?|summen?|logos?"
    r"|bild(?:er)?"
    r"|tabellen?|daten"
    r"|angaben|datum|seiten?|personen|kunden|firmen|text|inhalte?|vertrauliche[ns]?|persönliche[ns]?|überflüssige[ns]?"
    r"|address(?:es)?|signatures?|numbers?|images?|tables?|details|data|information|everything|it|them|alles)$",
    re.IGNORECASE,
)
"""What ends words that describe what is in a document, and are not themselves in it."""
JOINTS = re.compile(
    r"\s*,\s*(?:and\s+|und\s+|or\s+|oder\s+)?|\s+(?:and|und|or|oder|sowie|as well as)\s+", re.IGNORECASE
)


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """What an instruction is read in the light of."""

    quotes: Quotes
    kind: str
    """The kind of file: pdf or docx."""
    pages: int
    """How many pages the document has."""


def text_of(words: str, quotes: Quotes) -> str:
    """Return the text that words mean: what is quoted in them, else the words without what only announces a text."""
    quoted = quotes.quoted(words)
    if quoted:
        return quoted[0] if len(quoted) == 1 else ""
    return quotes.shown(_NAMES.sub("", words.strip())).strip().strip(",").strip()


def texts_in(words: str, quotes: Quotes) -> list[str]:
    """Return the quoted texts in words."""
    return quotes.quoted(words)


def scoped(rest: str, setting: Setting) -> tuple[str, str | None]:
    """Return words without the pages that they are limited to, and those: ``""`` for all, None when none are named."""
    bare = _WHOLE_FILE.sub("", rest)
    if bare != rest:
        return bare.strip(), ""
    for match in reversed(list(_SCOPE.finditer(rest))):
        told = rest[match.end() :]
        pages = pages_of(told, setting.pages) if _HAS_PAGE.search(told) else None
        if pages is not None:
            return rest[: match.start()].strip(" ,"), pages
    return rest, None


def is_other_object(find: str) -> bool:
    """Tell whether what is to be changed is no text of the document but its title, its order or its pages."""
    names = "|".join(METADATA.values())
    bare = re.sub(r"^(?:the |den |das |die )?", "", find, flags=re.IGNORECASE)
    return re.match(rf"(?:{names}|order|reihenfolge|pages?|seiten?)\b", bare, re.IGNORECASE) is not None


def targets(rest: str, setting: Setting) -> list[edits.Redact] | None:
    """Return what is to be redacted: kinds of values, fields, expressions, texts; None when part of it is unclear."""
    parts = [part for part in JOINTS.split(rest) if part.strip()]
    found = [one for one in (_target(part, setting) for part in parts) if one is not None]
    return found if len(found) == len(parts) and found else None


def is_name(text: str) -> bool:
    """Tell whether words without quotes are a text of their own, such as a name, and not what describes one."""
    words = text.split()
    told = [word for word in words if word.lower() not in _SMALL]
    if not told or len(words) > MOST_WORDS or not all(word[0].isupper() or word[0].isdigit() for word in told):
        return False
    return _DESCRIBES.search(text) is None and not any(pattern_of(word) for word in words)


def _target(words: str, setting: Setting) -> edits.Redact | None:
    words = words.strip().strip(",").strip()
    kind = pattern_of(words)
    if kind is not None:
        return edits.Redact(pattern=kind)  # type: ignore[arg-type]  # a key of PATTERNS is a PatternKind
    shown = setting.quotes.shown(words)
    field = _FIELD.match(shown)
    if field is not None:
        return edits.Redact(field=field["path"])
    regex = _REGEX.match(shown)
    if regex is not None:
        return edits.Redact(regex=regex["regex"].strip().strip("/"))
    quoted = setting.quotes.quoted(words)
    if quoted:
        return edits.Redact(text=quoted[0]) if len(quoted) == 1 else None
    text = re.sub(r"^Herrn?\s+", "", _NAMES.sub("", words))
    return edits.Redact(text=text) if is_name(text) else None
