"""What each verb of an instruction makes of the words behind it: one operation or several, or nothing it understands."""

import re
from collections.abc import Callable
from functools import partial

import msgspec

from axelered_box.domain import edits
from axelered_box.domain.edits import DOCX, AnyOperation
from axelered_box.modules.edit import marking_rules, page_rules
from axelered_box.modules.edit.clauses import MARKED, VERBS, Clause
from axelered_box.modules.edit.operands import Setting, scoped, targets, text_of, texts_in
from axelered_box.modules.edit.phrases import pattern_of

Found = list[AnyOperation] | None
Rule = Callable[[str, Setting], Found]

_JOINTS = re.compile(r"\s*,\s*(?:and\s+|und\s+)?|\s+(?:and|und|sowie|as well as)\s+", re.IGNORECASE)
_EVERY = re.compile(
    r"^(?:(?:all|every|each|any)\s+(?:the\s+)?(?:occurrences?|instances?|mentions?)\s+of\s+|(?:jedes|alle)\s+vorkommen\s+von\s+)",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"[\s,(]*(?:(?:but )?(?:match(?:ing)? )?(?:only )?(?:as )?(?:a )?whole words?(?: only)?|nur (?:als )?ganze[sn]? wort(?:e|er)?|nur ganze wörter)\)?",
    re.IGNORECASE,
)
_ANY_CASE = re.compile(
    r"[\s,(]*(?:case[- ]insensitive(?:ly)?|ignoring (?:the )?case|regardless of case|(?:un)?abhängig von (?:der )?groß-?"
    r"(?: und |/)kleinschreibung|ohne rücksicht auf groß-? und kleinschreibung)\)?",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"(?P<find>.+?)\s+(?:with|by|durch|mit|gegen|in|zu|to|into|auf|for)\s+(?P<replace>.+)", re.IGNORECASE | re.DOTALL
)
_QUOTED_PAIR = re.compile(
    rf"(?P<find>[^\x01]*{MARKED})\s+(?:with|by|durch|mit|gegen|in|zu|to|into|auf|for|→|->)\s+(?P<replace>[^\x01]*{MARKED})",
    re.IGNORECASE,
)
_FOR = re.compile(
    rf"(?P<replace>{MARKED})\s+(?:for|für|statt|instead of|anstelle von|anstatt)\s+(?P<find>{MARKED})", re.IGNORECASE
)
_META = {"title": r"title|titel", "author": r"author|autor|verfasser", "subject": r"subject|betreff|thema",
         "keywords": r"keywords?|schlagw(?:ort|örter)|stichw(?:ort|örter|orte)"}  # fmt: skip


def operations_of(clause: Clause, setting: Setting) -> Found:
    """Return the operations that a clause asks for, None when no rule understands it."""
    for name, verbs in VERBS.items():
        if not re.fullmatch(verbs, clause.verb, re.IGNORECASE):
            continue
        for rule in _RULES.get(name, ()) if name != "mark" else (_marking(clause.verb),):
            found = _apply(rule, clause.rest, setting)
            if found:
                return found
    return None


def _marking(verb: str) -> Rule:
    """Return the rule of marks in the style that a verb names."""
    return partial(marking_rules.mark, style=marking_rules.style_of(verb) or "highlight")


def _apply(rule: Rule, rest: str, setting: Setting) -> Found:
    """Apply a rule to all of the words, or to the parts around a joint, each of which it has to understand."""
    found = rule(rest, setting)
    if found:
        return found
    for joint in _JOINTS.finditer(rest):
        left = rule(rest[: joint.start()], setting)
        right = _apply(rule, rest[joint.end() :], setting) if left else None
        if left and right:
            return [*left, *right]
    return None


def _replace(rest: str, setting: Setting) -> Found:
    """Replace one text by another: "A with B", "A durch B", "B for A"."""
    whole, any_case = _WHOLE.search(rest) is not None, _ANY_CASE.search(rest) is not None
    rest, pages = scoped(_ANY_CASE.sub("", _WHOLE.sub("", rest)), setting)
    pairs = list(_QUOTED_PAIR.finditer(rest)) or list(_FOR.finditer(rest))
    if not pairs:
        single = _PAIR.fullmatch(rest)
        pairs = [] if single is None or _is_other_object(single["find"]) else [single]
    made: list[AnyOperation] = []
    for pair in pairs:
        find = text_of(_EVERY.sub("", pair["find"].strip(" ,")), setting.quotes)
        replace = text_of(pair["replace"], setting.quotes)
        if not find:
            return None
        made.append(
            edits.ReplaceText(
                find=find, replace=replace, match_case=not any_case, whole_words=whole, pages=pages or None
            )
        )
    return made or None


def _is_other_object(find: str) -> bool:
    """Tell whether what is to be changed is no text of the document but its title, its order or its pages."""
    names = "|".join(_META.values())
    return (
        re.fullmatch(rf"(?:the |den |das |die )?(?:{names}|order|reihenfolge|pages?|seiten?)\b.*", find, re.IGNORECASE)
        is not None
    )


def _redact(rest: str, setting: Setting) -> Found:
    rest, pages = scoped(rest, setting)
    label = None
    told = re.search(
        rf"\s+(?:with|mit)\s+(?:the |a |dem |der |einem )?(?:label|text|word|note|beschriftung|hinweis|wort|aufschrift)\s+({MARKED})$",
        rest,
        re.IGNORECASE,
    )
    if told is not None:
        label, rest = setting.quotes.shown(told[1]), rest[: told.start()]
    made: list[AnyOperation] = []
    for target in targets(rest, setting) or []:
        made.append(msgspec.structs.replace(target, pages=pages or None, label=label))
    return made or None


def _delete_parts(rest: str, setting: Setting) -> Found:
    """Remove comments, attachments, scripts, metadata; paragraphs and rows with a text; or the text itself."""
    bare = re.sub(
        r"^(?:(?:all|every|any|the|alle|allen|sämtliche|die|den|das|der)\s+)+", "", rest.strip(), flags=re.IGNORECASE
    )
    bare = re.sub(
        r"\s+(?:from|in|of|aus|von|im)\s+(?:the\s+|der\s+|dem\s+|diesem?\s+|this\s+)?(?:document|file|pdf|dokument|datei)$",
        "",
        bare,
        flags=re.IGNORECASE,
    )
    for pattern, make in _PARTS:
        if re.fullmatch(pattern, bare, re.IGNORECASE):
            return [make(setting)]
    held = re.fullmatch(
        rf"(?P<what>paragraphs?|absatz|absätze|rows?|lines? of (?:the|a) tables?|table rows?|(?:tabellen)?zeilen?)\s+"
        rf"(?:(?:that )?(?:contain(?:s|ing)?|with|mentioning|starting with|beginning with|has|have)|mit|,? (?:der|die|das|welche[rs]?) .*?)\s*(?P<text>.*?{MARKED}|\S.*?)(?:\s+(?:enthalten|enthält|beginnt|vorkommt|steht))?",
        bare,
        re.IGNORECASE,
    )
    if held is not None and setting.kind == DOCX:
        text = text_of(held["text"], setting.quotes)
        rows = re.match(r"row|line|table|tabellen|zeile", held["what"], re.IGNORECASE) is not None
        return [edits.DeleteRows(containing=text) if rows else edits.DeleteParagraphs(containing=text)]
    quoted = texts_in(rest, setting.quotes)
    if quoted and re.fullmatch(
        rf"(?:the |das |den |die |all |alle |every |jedes |occurrences? of |words?|texts?|w(?:ort|örter)|vorkommen von|phrase|sentence|satz|string|\s|,|and|und|{MARKED})+",
        bare,
        re.IGNORECASE,
    ):
        return [edits.ReplaceText(find=text, replace="") for text in quoted]
    return None


def _comments(setting: Setting) -> AnyOperation:
    return edits.RemoveComments() if setting.kind == DOCX else edits.RemoveAnnotations()


_PARTS: tuple[tuple[str, Callable[[Setting], AnyOperation]], ...] = (
    (r"(?:comments?|kommentare?|annotations?|anmerkungen|markups?|notes|notizen)(?:\s+(?:and|und)\s+(?:annotations?|anmerkungen|comments|kommentare))?", _comments),
    (r"(?:file )?attachments?|attached files|anhänge|anlagen|angehängte[n]? dateien|dateianhänge", lambda _: edits.RemoveAttachments()),
    (r"(?:java)?scripts?(?: and actions)?|(?:java)?skripte?|macros|makros|active content|aktive[nr]? inhalte?", lambda _: edits.RemoveScripts()),
    (r"(?:document |file )?(?:metadata|properties)|metadaten|(?:dokument)?eigenschaften", lambda _: edits.ClearMetadata()),
)  # fmt: skip


def _set_metadata(rest: str, setting: Setting) -> Found:
    """Set title, author, subject or keywords."""
    for member, names in _META.items():
        match = re.fullmatch(
            rf"(?:the |den |das |die |als )?(?:document(?:'s)? |pdf |file )?(?:{names})(?: of (?:the |this )?(?:document|file|pdf)| des dokuments| der datei)?"
            rf"\s*(?:to|as|auf|zu|in|:|=|with|durch|mit)\s*(?P<value>{MARKED}|[^\x01]+)",
            rest,
            re.IGNORECASE,
        )
        if match is not None:
            return [edits.SetMetadata(**{member: text_of(match["value"], setting.quotes)})]
    return None


def _fill(rest: str, setting: Setting) -> Found:
    """Fill a field: "the field A with B", "B into the field A", "A: B, C: D"."""
    field = r"(?:the |das |den |die )?(?:form )?(?:fields?|feld(?:er)?|placeholder|platzhalter|formularfeld)\s+"
    into = re.fullmatch(
        rf"(?P<value>.+?)\s+(?:in(?:to)?|for|bei|unter)\s+(?:{field})(?P<name>.+?)(?:\s+(?:ein|aus))?",
        rest,
        re.IGNORECASE,
    )
    given = re.fullmatch(
        rf"(?:{field})?(?P<name>{MARKED}|\S.*?)\s+(?:with|as|mit|to|auf)\s+(?P<value>.+?)(?:\s+(?:aus|ein))?",
        rest,
        re.IGNORECASE,
    )
    for match in (into, given):
        if match is not None:
            name, value = (text_of(match[part], setting.quotes) for part in ("name", "value"))
            return [edits.FillForm(fields={name: value})] if name and value else None
    pairs = re.findall(rf"({MARKED}|[\w .{{}}-]+?)\s*[:=]\s*({MARKED}|[^,;]+)", rest)
    fields = {text_of(name, setting.quotes): text_of(value, setting.quotes) for name, value in pairs}
    return [edits.FillForm(fields=dict(fields))] if fields and all(fields) else None


def _check(rest: str, setting: Setting, *, state: bool = True) -> Found:
    name = re.sub(
        r"^(?:the |das |die )?(?:check ?box|box|field|kästchen|feld|ankreuzfeld|option)\s+",
        "",
        rest,
        flags=re.IGNORECASE,
    )
    name = text_of(re.sub(r"\s+(?:an|ab)$", "", name), setting.quotes)
    return [edits.FillForm(fields={name: state})] if name else None


def _uncheck(rest: str, setting: Setting) -> Found:
    return _check(rest, setting, state=False)


def _flatten(rest: str, _: Setting) -> Found:
    fits = re.fullmatch(
        r"(?:(?:all|the|alle|das|die)\s+)*(?:forms?|form fields?|fields?|formular(?:e|felder)?|felder|document|pdf)?",
        rest,
        re.IGNORECASE,
    )
    return [edits.FlattenForm()] if fits else None


def _compress(rest: str, _: Setting) -> Found:
    fits = re.search(r"file|size|document|pdf|datei|größe|dokument|^$|it|smaller|kleiner", rest, re.IGNORECASE)
    return [edits.Compress()] if fits else None


def _encrypt(rest: str, setting: Setting) -> Found:
    match = re.search(
        rf"(?:password|passwort|kennwort)\s*(?:is|ist|:|=)?\s*(?P<word>{MARKED}|\S+)", rest, re.IGNORECASE
    )
    if match is None:
        return None
    return [edits.Encrypt(password=text_of(match["word"], setting.quotes))]


def _changes(rest: str, *, accept: bool) -> Found:
    if not re.search(r"changes|revisions|änderungen|überarbeitungen|korrekturen", rest, re.IGNORECASE):
        return None
    return [edits.AcceptChanges() if accept else edits.RejectChanges()]


def _accept(rest: str, _: Setting) -> Found:
    return _changes(rest, accept=True)


def _reject(rest: str, _: Setting) -> Found:
    return _changes(rest, accept=False)


def _delete_kind(rest: str, setting: Setting) -> Found:
    """Remove values of a kind, such as all phone numbers: that is a redaction."""
    return _redact(rest, setting) if all(pattern_of(part) for part in _JOINTS.split(scoped(rest, setting)[0])) else None


_RULES: dict[str, tuple[Rule, ...]] = {
    "replace": (_set_metadata, _replace),
    "redact": (_redact,),
    "delete": (page_rules.delete, _delete_parts, _delete_kind),
    "keep": (page_rules.keep,),
    "rotate": (page_rules.rotate,),
    "move": (page_rules.move, marking_rules.running),
    "reorder": (page_rules.reorder,),
    "reverse": (page_rules.reverse,),
    "stamp": (marking_rules.stamp,),
    "watermark": (marking_rules.watermark,),
    "add": (
        marking_rules.watermark,
        marking_rules.numbers,
        marking_rules.running,
        marking_rules.stamp,
        marking_rules.paragraph,
        marking_rules.row,
    ),
    "number": (marking_rules.numbers,),
    "set": (_set_metadata, marking_rules.running, _encrypt),
    "fill": (_fill,),
    "check": (_check,),
    "uncheck": (_uncheck,),
    "flatten": (_flatten,),
    "compress": (_compress,),
    "encrypt": (_encrypt,),
    "accept": (_accept,),
    "reject": (_reject,),
}
