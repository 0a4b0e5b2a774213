"""What instructions about the file as a whole ask for: its metadata, form, size, password and tracked changes."""

import re

from axelered_box.domain import edits
from axelered_box.domain.edits import AnyOperation
from axelered_box.modules.edit.clauses import MARKED
from axelered_box.modules.edit.operands import METADATA, Setting, text_of

Found = list[AnyOperation] | None

_FIELD = (
    r"(?:the |das |den |die |im |in das |in the |für das )?(?:form )?(?:fields?|feld(?:er)?|placeholder|platzhalter"
    r"|formularfeld)\s+"
)
_INTO = re.compile(
    rf"(?P<value>.+?)\s+(?:in(?:to)?|for|bei|unter)\s+(?:{_FIELD})(?P<name>.+?)(?:\s+(?:ein|aus))?", re.IGNORECASE
)
_GIVEN = re.compile(
    rf"(?:{_FIELD})?(?P<name>{MARKED}|\S.*?)\s+(?:with|as|mit|to|auf)\s+(?P<value>{MARKED}|[^\x01]+?)(?:\s+(?:aus"
    rf"|ein))?",
    re.IGNORECASE,
)
_BESIDE = re.compile(rf"{_FIELD}(?P<name>{MARKED}|[^\x01,]+?)\s*:?\s+(?P<value>{MARKED})", re.IGNORECASE)
_PAIRS = re.compile(rf"({MARKED}|[\w .{{}}-]+?)\s*[:=]\s*({MARKED}|[^,;\x01]+)")
_BOX = re.compile(r"^(?:the |das |die )?(?:check ?box|box|field|kästchen|feld|ankreuzfeld|option)\s+", re.IGNORECASE)
_FORM = re.compile(
    r"(?:(?:all|the|alle|das|die)\s+)*(?:forms?|form fields?|fields?|formular(?:e|felder)?|felder|document|pdf|it|es)?",
    re.IGNORECASE,
)
_SIZE = re.compile(r"file|size|document|pdf|datei|größe|dokument|^$|\bit\b|smaller|kleiner", re.IGNORECASE)
_PASSWORD = re.compile(rf"(?:password|passwort|kennwort)\s*(?:is|ist|:|=)?\s*(?P<word>{MARKED}|\S+)$", re.IGNORECASE)
_WITH = re.compile(rf"(?:with|mit)\s+(?P<word>{MARKED})$", re.IGNORECASE)
_CHANGES = re.compile(r"changes?|revisions?|änderung(?:en)?|überarbeitung(?:en)?|korrektur(?:en)?", re.IGNORECASE)


def metadata(rest: str, setting: Setting) -> Found:
    """Set title, author, subject or keywords."""
    for member, names in METADATA.items():
        match = re.fullmatch(
            rf"(?:the |den |das |die |als )?(?:document(?:'s)? |pdf |file )?(?:{names})"
            r"(?: of (?:the |this )?(?:document|file|pdf)| des dokuments| der datei)?"
            rf"\s*(?:to|as|auf|zu|in|:|=|with|durch|mit)\s*(?P<value>{MARKED}|[^\x01]+)",
            rest,
            re.IGNORECASE,
        )
        if match is not None:
            return [edits.SetMetadata(**{member: text_of(match["value"], setting.quotes)})]
    return None


def fill(rest: str, setting: Setting) -> Found:
    """Fill fields: "the field A with B", "B into the field A", "the field A 'B'", "A: B, C: D"."""
    for form in (_INTO, _GIVEN, _BESIDE):
        match = form.fullmatch(rest)
        if match is not None:
            name, value = (text_of(match[part], setting.quotes) for part in ("name", "value"))
            return [edits.FillForm(fields={name: value})] if name and value else None
    fields = {text_of(name, setting.quotes): text_of(value, setting.quotes) for name, value in _PAIRS.findall(rest)}
    return [edits.FillForm(fields=dict(fields))] if fields and all(fields) else None


def check(rest: str, setting: Setting, *, state: bool = True) -> Found:
    """Check a box."""
    name = text_of(re.sub(r"\s+(?:an|ab)$", "", _BOX.sub("", rest)), setting.quotes)
    return [edits.FillForm(fields={name: state})] if name else None


def uncheck(rest: str, setting: Setting) -> Found:
    """Uncheck a box."""
    return check(rest, setting, state=False)


def flatten(rest: str, _: Setting) -> Found:
    """Make the form part of the page."""
    return [edits.FlattenForm()] if _FORM.fullmatch(rest) else None


def compress(rest: str, _: Setting) -> Found:
    """Make the file smaller."""
    return [edits.Compress()] if _SIZE.search(rest) else None


def encrypt(rest: str, setting: Setting) -> Found:
    """Ask for a password: "with the password 'X'", "mit „X“"."""
    match = _PASSWORD.search(rest) or _WITH.search(rest)
    return None if match is None else [edits.Encrypt(password=text_of(match["word"], setting.quotes))]


def accept(rest: str, _: Setting) -> Found:
    """Accept all tracked changes."""
    return [edits.AcceptChanges()] if _CHANGES.search(rest) else None


def reject(rest: str, _: Setting) -> Found:
    """Reject all tracked changes."""
    return [edits.RejectChanges()] if _CHANGES.search(rest) else None
