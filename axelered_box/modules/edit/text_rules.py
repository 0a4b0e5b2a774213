"""What instructions about texts ask for: to replace and to redact them, and to delete what has them."""

import re
from collections.abc import Callable

import msgspec

from axelered_box.domain import edits
from axelered_box.domain.edits import DOCX, AnyOperation
from axelered_box.modules.edit.clauses import MANNER, MARKED
from axelered_box.modules.edit.operands import JOINTS, Setting, is_other_object, scoped, targets, text_of, texts_in
from axelered_box.modules.edit.phrases import pattern_of

Found = list[AnyOperation] | None

_EVERY = re.compile(
    r"^(?:(?:all|every|each|any)\s+(?:the\s+)?(?:occurrences?|instances?|mentions?)\s+of\s+"
    r"|(?:jedes|alle)\s+vorkommen\s+von\s+)",
    re.IGNORECASE,
)
_BY = r"(?:with|by|durch|mit|gegen|in|zu|to|into|auf|for|→|->)"
_PAIR = re.compile(rf"(?P<find>.+?)\s+{_BY}\s+(?P<replace>.+)", re.IGNORECASE | re.DOTALL)
_QUOTED_PAIR = re.compile(rf"(?P<find>[^\x01]*{MARKED})\s+{_BY}\s+(?P<replace>[^\x01]*{MARKED})", re.IGNORECASE)
_INSTEAD = re.compile(
    rf"(?P<replace>{MARKED}|[^\x01]+?)\s+(?:instead of|in place of|statt|anstelle von|anstatt)\s+"
    rf"(?P<find>(?:the words? |des wortes )?{MARKED}|[^\x01]+)",
    re.IGNORECASE,
)
_FOR = re.compile(rf"(?P<replace>{MARKED}|[^\x01]+?)\s+(?:for|für)\s+(?P<find>{MARKED}|[^\x01]+)", re.IGNORECASE)
_LABEL = re.compile(
    r"\s+(?:with|mit)\s+(?:the |a |dem |der |einem )?(?:label|text|word|note|beschriftung|hinweis|wort|aufschrift)\s+"
    rf"({MARKED})$",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"^(?:(?:all|every|any|the|alle|allen|sämtliche[n]?|die|den|das|der|jede[nrs]?|embedded)\s+)+", re.IGNORECASE
)
_OF_FILE = re.compile(
    r"\s+(?:from|in|of|aus|von|im)\s+(?:the\s+|der\s+|dem\s+|diesem?\s+|this\s+)?(?:document|file|pdf|dokument"
    r"|datei|table"
    r"|tabelle)$",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"(?P<what>paragraphs?|absatz|absätze|rows?|lines? of (?:the|a) tables?|table rows?|(?:tabellen)?zeilen?)\s*"
    r"(?:(?:that )?(?:contain(?:s|ing)?|with|mention(?:s|ing)|starting with|beginning with|has|have)|mit"
    rf"|,? (?:der|die|das|welche[rs]?) .*?)\s*(?P<text>.*?{MARKED}|\S.*?)(?:\s+(?:enthalten|enthält|beginnt"
    rf"|vorkommt|steht))?",
    re.IGNORECASE,
)
_ONLY_TEXTS = re.compile(
    r"(?:the |das |den |die |all |alle |every |jedes |occurrences? of |words?|texts?|w(?:ort|örter)|vorkommen von"
    r"|phrase"
    rf"|sentence|satz|string|\s|,|and|und|{MARKED})+",
    re.IGNORECASE,
)
_TITLES = "".join(rf"(?<!\b{title})" for title in ("Dr", "Mr", "Mrs", "Ms", "Prof", "St", "Hr", "Fr", "Nr", "No"))
_UNSURE = re.compile(
    rf",\s|;|:\s|\s(?:and|und|or|oder)\s|{_TITLES}[.!?]\s|^(?:the|das|den|die|der|all|alle|every)\s", re.IGNORECASE
)
"""What makes it unsure where a text without quotes begins or ends."""


def replace(rest: str, setting: Setting) -> Found:
    """Replace one text by another: "A with B", "A durch B"."""
    return _replaced(rest, setting, _QUOTED_PAIR, _PAIR)


def substitute(rest: str, setting: Setting) -> Found:
    """Substitute "B for A", which puts B in, or "A with B"."""
    return _replaced(rest, setting, _FOR, _FOR) or replace(rest, setting)


def instead(rest: str, setting: Setting) -> Found:
    """Put a text in the place of another: "B instead of A", "B statt A"."""
    return _replaced(rest, setting, _INSTEAD, _INSTEAD)


def redact(rest: str, setting: Setting) -> Found:
    """Redact kinds of values, fields, expressions and texts."""
    rest, pages = scoped(rest, setting)
    told, label = _LABEL.search(rest), None
    if told is not None:
        label, rest = setting.quotes.shown(told[1]), rest[: told.start()]
    made: list[AnyOperation] = []
    for target in targets(rest, setting) or []:
        made.append(msgspec.structs.replace(target, pages=pages or None, label=label))
    return made or None


def delete_parts(rest: str, setting: Setting) -> Found:
    """Remove comments, attachments, scripts, metadata; paragraphs and rows with a text; or the text itself."""
    bare = _OF_FILE.sub("", _ALL.sub("", rest.strip()))
    for pattern, make in _PARTS:
        if re.fullmatch(pattern, bare, re.IGNORECASE):
            return [make(setting)]
    held = _HELD.fullmatch(bare)
    if held is not None and setting.kind == DOCX:
        return _with_text(held["what"], text_of(held["text"], setting.quotes))
    if texts_in(rest, setting.quotes) and _ONLY_TEXTS.fullmatch(bare):
        return [edits.ReplaceText(find=text, replace="") for text in texts_in(rest, setting.quotes)]
    return None


def delete_kind(rest: str, setting: Setting) -> Found:
    """Remove values of a kind, such as all phone numbers: that is a redaction."""
    return redact(rest, setting) if all(pattern_of(part) for part in JOINTS.split(scoped(rest, setting)[0])) else None


def _replaced(rest: str, setting: Setting, quoted: re.Pattern[str], plain: re.Pattern[str]) -> Found:
    """Return the replacements of pairs of texts: of all that are quoted, else of one that is not."""
    manner = " ".join(match[0] for match in MANNER.finditer(rest)).casefold()
    whole = "whole" in manner or "ganze" in manner
    any_case = "case" in manner or "kleinschreibung" in manner
    rest, pages = scoped(MANNER.sub("", rest), setting)
    pairs = list(quoted.finditer(rest)) if MARK in rest else []
    if not pairs:
        single = plain.fullmatch(rest)
        pairs = [] if single is None or is_other_object(single["find"]) else [single]
    made: list[AnyOperation] = []
    for pair in pairs:
        find = _plain(_EVERY.sub("", pair["find"].strip(" ,")), setting)
        by = _plain(pair["replace"], setting)
        if not find or not by:
            return None
        made.append(
            edits.ReplaceText(find=find, replace=by, match_case=not any_case, whole_words=whole, pages=pages or None)
        )
    return made or None


def _plain(words: str, setting: Setting) -> str | None:
    """Return the text that words mean, None for words without quotes of which it is unsure where the text ends."""
    text = text_of(words, setting.quotes)
    return None if MARK not in words and _UNSURE.search(text) else text


def _with_text(what: str, text: str) -> Found:
    """Remove paragraphs or rows that have a text."""
    if not text:
        return None
    rows = re.match(r"row|line|table|tabellen|zeile", what, re.IGNORECASE) is not None
    return [edits.DeleteRows(containing=text) if rows else edits.DeleteParagraphs(containing=text)]


def _comments(setting: Setting) -> AnyOperation:
    return edits.RemoveComments() if setting.kind == DOCX else edits.RemoveAnnotations()


MARK = "\x01"
_PARTS: tuple[tuple[str, Callable[[Setting], AnyOperation]], ...] = (
    (r"(?:comments?|kommentare?|annotations?|anmerkung(?:en)?|markups?|notes|notizen)"
     r"(?:\s+(?:and|und)\s+(?:annotations?|anmerkungen|comments|kommentare))?", _comments),
    (r"(?:file )?attachments?|attached files|embedded files|anhang|anhänge|anlagen|(?:angehängte|eingebettete)[n]?"
        r" dateien"
     r"|dateianhänge", lambda _: edits.RemoveAttachments()),
    (r"(?:java)?scripts?(?: and actions)?|(?:java)?skripte?|javascripte?|macros|makros|active content|aktive[nr]?"
        r" inhalte?",
     lambda _: edits.RemoveScripts()),
    (r"(?:document |file )?(?:metadata|properties)|metadaten"
        r"|(?:dokument)?eigenschaften", lambda _: edits.ClearMetadata()),
)  # fmt: skip
