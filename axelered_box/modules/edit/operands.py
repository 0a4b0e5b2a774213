"""What the words of an instruction are about: quoted or plain texts, kinds of values, fields, and the pages meant."""

import re

import msgspec

from axelered_box.domain import edits
from axelered_box.modules.edit.clauses import MARKED, Quotes
from axelered_box.modules.edit.phrases import pages_of, pattern_of

_NAMES = re.compile(
    r"^(?:(?:the|a|an|any|every|all|each|das|den|dem|die|der|jedes|jeden|alle|ein|eine|einen)\s+)*"
    r"(?:words?|names?|texts?|phrases?|terms?|strings?|numbers?|company|customer|w(?:ort|örter)|namens?|begriffe?|nummern?|firma|ausdruck|zeichenfolge)\s+"
    r"(?:of\s+)?(?=\S)",
    re.IGNORECASE,
)
_SCOPE = re.compile(r"[\s,]*\b(?:on|from|in|of|to|across|over|throughout|auf|von|aus|zu|über)\s+", re.IGNORECASE)
_HAS_PAGE = re.compile(r"\b(?:pages?|seiten?)\b", re.IGNORECASE)
_WHOLE_FILE = re.compile(
    r"[\s,]*\b(?:(?:in|from|throughout|across|of|over|to)\s+(?:the\s+)?(?:whole\s+|entire\s+)?(?:document|file|pdf|text)|everywhere"
    r"|(?:im|aus dem|in der|durch das|aus der|in dem)\s+(?:ganzen\s+|gesamten\s+|kompletten\s+)?(?:dokument|datei|text|pdf)|überall)$",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"^(?:the |das |den )?(?:extracted |extrahierte[ns]? )?(?:field|feld|value of|wert von)?\s*(?P<path>/[\w/~.-]+)$",
    re.IGNORECASE,
)
_REGEX = re.compile(
    r"^(?:the |a |den |alles,? was )?(?:regular expression|regex|pattern|regulären ausdruck|muster)\s+(?P<regex>.+)$",
    re.IGNORECASE,
)
_JOINTS = re.compile(
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
    if len(quoted) == 1:
        return quoted[0]
    return quotes.shown(_NAMES.sub("", words.strip())).strip().strip(",").strip()


def texts_in(words: str, quotes: Quotes) -> list[str]:
    """Return the quoted texts in words."""
    return quotes.quoted(words)


def scoped(rest: str, setting: Setting) -> tuple[str, str | None]:
    """Return words without the pages that they are limited to, and those pages, ``""`` for all; None when none are named."""
    bare = _WHOLE_FILE.sub("", rest)
    if bare != rest:
        return bare.strip(), ""
    for match in reversed(list(_SCOPE.finditer(rest))):
        told = rest[match.end() :]
        pages = pages_of(told, setting.pages) if _HAS_PAGE.search(told) else None
        if pages is not None:
            return rest[: match.start()].strip(" ,"), pages
    return rest, None


def targets(rest: str, setting: Setting) -> list[edits.Redact] | None:
    """Return what is to be redacted: kinds of values, fields, expressions, texts; None when part of it is unclear."""
    parts = [part for part in _JOINTS.split(rest) if part.strip()]
    found = [_target(part, setting) for part in parts]
    if found and all(one is not None and _is_told(part, one, setting) for part, one in zip(parts, found, strict=True)):
        return [one for one in found if one is not None]
    whole = _target(rest, setting)
    return None if whole is None or len(setting.quotes.quoted(rest)) > 1 else [whole]


def _is_told(words: str, target: edits.Redact, setting: Setting) -> bool:
    """Tell whether words are more than a plain text, in which a joint may be part of a name."""
    return target.text is None or bool(setting.quotes.quoted(words))


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
    if len(quoted) == 1 and len(re.sub(MARKED, "", words).split()) <= 6:
        return edits.Redact(text=quoted[0])
    text = text_of(words, setting.quotes)
    return edits.Redact(text=text) if text and not quoted and len(text.split()) <= 8 else None
