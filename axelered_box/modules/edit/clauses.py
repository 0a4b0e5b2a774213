"""How instructions are cut into clauses, each with one verb at its front, whatever order the language puts words in."""

import re

import msgspec

_QUOTED = re.compile(
    r"\"([^\"]+)\"|„([^“”\"]+)[“”\"]|“([^”]+)”|«\s?([^»]+?)\s?»|»\s?([^«]+?)\s?«|‚([^‘’]+)[‘’]|‘([^’]+)’"
    r"|(?<![\w])'((?:[^']|'(?=\w))+)'(?!\w)|`([^`]+)`"
)
_MARK = "\x01{}\x02"
MARKED = r"\x01\d+\x02"
"""A quoted text, as it stands in a clause."""
_END = re.compile(r"(?<!\d)[.;!?]+(?=\s|$)|(?<=\d)[.;!](?=\s+[A-ZÄÖÜ](?!eite))|(?<=\d)[.;!?]$|\n+|(?<=\d);\s")
_POLITE = re.compile(
    r"^(?:(?:please|kindly|bitte|also|then|next|first|finally|afterwards|now|dann|danach|anschließend|außerdem|zuerst|zuletzt"
    r"|zum schluss|schließlich|jetzt|nun|and|und)\b[\s,:]*"
    r"|(?:(?:could|can|would|will) you|i (?:want|need|would like|'d like)(?: you)? to|you (?:should|must)|make sure to"
    r"|(?:könntest|kannst|würdest) du|(?:könnten|würden|können) sie|ich möchte,? dass du|du sollst)\b[\s,]*(?:please|bitte)?\s*)+",
    re.IGNORECASE,
)
_CONNECTOR = r"(?:\s*,?\s+(?:and then|and also|and|then|as well as|und dann|und danach|und auch|und|dann|danach|sowie|anschließend)\s+|\s*,\s+)"

VERBS = {
    "replace": r"replace|substitute|exchange|swap out|change|rename|correct|ersetzen?|ersetze|tauschen?|tausche|ändern?|ändere"
    r"|wechsle|austauschen|umbenennen|korrigiere",
    "redact": r"redact|black ?out|blacken|censor|anonymi[sz]e|mask|obscure|hide|schwärzen?|schwärze|anonymisieren?|anonymisiere"
    r"|zensieren?|zensiere|unkenntlich machen|verdecken?|verdecke",
    "delete": r"delete|remove|drop|erase|get rid of|strip|discard|take out|cut out|clear|löschen?|lösche|entfernen?|entferne"
    r"|streichen?|beseitigen?|tilge",
    "keep": r"keep(?: only)?|retain(?: only)?|extract|behalten?(?: nur)?|behalte(?: nur)?|extrahieren?|extrahiere",
    "rotate": r"rotate|turn|drehen?|drehe|rotieren?|rotiere",
    "move": r"move|shift|put|verschieben?|verschiebe|schieben?|schiebe|setze|stelle",
    "reorder": r"reorder|rearrange|re-?arrange|sort|order|arrange|sortieren?|sortiere|ordnen?|ordne|umsortieren",
    "reverse": r"reverse|umkehren|kehre|drehe die reihenfolge",
    "mark": r"highlight|mark|underline|strike ?(?:out|through)|strikeout|frame|box|outline|circle|hervorheben|hebe|markieren?|markiere"
    r"|unterstreichen?|unterstreiche|durchstreichen|umrahmen?|umrahme|umranden?|umrande|einrahmen|rahme",
    "stamp": r"stamp|stempeln?|stemple|stempel|abstempeln",
    "watermark": r"watermark",
    "add": r"add|insert|put|place|print|write|append|attach|include|give|einfügen|hinzufügen|füge|ergänzen?|ergänze|schreiben?"
    r"|schreibe|drucken?|drucke|anhängen|hänge|setzen|anbringen|bringe|versehen|versieh",
    "number": r"number|paginate|nummerieren?|nummeriere|paginieren?|paginiere|durchnummerieren",
    "set": r"set|change|make|setzen?|setze|ändern?|ändere|festlegen|lege",
    "fill": r"fill(?: in| out)?|enter|complete|ausfüllen|fülle|eintragen|trage|befüllen?|befülle",
    "check": r"check|tick|ankreuzen|kreuze|anhaken|hake",
    "uncheck": r"uncheck|untick|abwählen|wähle",
    "flatten": r"flatten|reduzieren|flach machen|verflachen?|glätten?|glätte",
    "compress": r"compress|shrink|reduce|minimi[sz]e|make .* smaller|komprimieren?|komprimiere|verkleinern?|verkleinere",
    "encrypt": r"encrypt|protect|password-protect|lock|secure|verschlüsseln?|verschlüssele?|schützen?|schütze|sichern?|sichere",
    "accept": r"accept|apply|annehmen|nimm|akzeptieren?|akzeptiere|übernehmen|übernimm",
    "reject": r"reject|decline|undo|ablehnen|lehne|verwerfen?|verwirf|zurückweisen",
}
"""The verbs of instructions by what they ask for."""
_ALL_VERBS = "|".join(sorted((words for words in VERBS.values()), key=len, reverse=True))
_STARTS_WITH_VERB = re.compile(rf"(?:please\s+|bitte\s+|also\s+)?(?:{_ALL_VERBS})\b", re.IGNORECASE)
_FINAL = re.compile(rf"^(?P<rest>.+?)\s+(?:zu\s+)?(?P<verb>{_ALL_VERBS})$", re.IGNORECASE)
_GERMAN_INFINITIVE = re.compile(r"(?:en|ern|eln)$")


_FRAMES = (
    (r"(?:mach|mache|machen)(?: Sie)?\s+(?P<rest>.+?)\s+unkenntlich", "redact"),
    (r"(?P<rest>.+?)\s+unkenntlich machen", "redact"),
    (r"(?:make|render)\s+(?P<rest>.+?)\s+(?:unreadable|illegible|unrecogni[sz]able)", "redact"),
    (r"(?:make|mach|mache|machen)(?: Sie)?\s+(?P<rest>.+?)\s+(?:smaller|kleiner)", "compress"),
    (r"(?:reduce|verringer[en]?)\s+(?P<rest>(?:the |die )?(?:file ?size|dateigröße|size|größe).*)", "compress"),
    (r"(?:nimm|nehme|nehmen)(?: Sie)?\s+(?P<rest>.+?)\s+an", "accept"),
    (r"(?:lehne|lehnen)(?: Sie)?\s+(?P<rest>.+?)\s+ab", "reject"),
)
"""Phrases whose verb stands around what it is about, and the verb that they mean."""


class Clause(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to be done: its verb, and what follows it, quoted texts as marks."""

    verb: str
    """The verb as it was written, in lower case."""
    rest: str
    said: str
    """The clause as a person wrote it."""


class Quotes:
    """The quoted texts of instructions, each of which stands as a mark in the clauses."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    def hide(self, text: str) -> str:
        """Return a text with marks in place of what is quoted."""

        def mark(match: re.Match[str]) -> str:
            self._texts.append(next(group for group in match.groups() if group is not None))
            return _MARK.format(len(self._texts) - 1)

        return _QUOTED.sub(mark, text)

    def shown(self, text: str) -> str:
        """Return a text with what is quoted, without the quotes."""
        return re.sub("\x01(\\d+)\x02", lambda match: self._texts[int(match[1])], text)

    def quoted(self, text: str) -> list[str]:
        """Return the quoted texts in a text."""
        return [self._texts[int(number)] for number in re.findall("\x01(\\d+)\x02", text)]


def clauses_of(hidden: str, quotes: Quotes) -> list[Clause]:
    """Return the clauses of instructions whose quoted texts are hidden; a clause without a verb takes the one before."""
    found: list[Clause] = []
    for sentence in _END.split(hidden):
        for part in _parts(sentence):
            clause = _clause(part, quotes)
            if clause is not None:
                found.append(clause)
    return found


def _parts(sentence: str) -> list[str]:
    """Cut a sentence at connectors that a verb follows, or that stand behind a German verb at the end of a clause."""
    cuts = [0]
    for match in re.finditer(_CONNECTOR, sentence, re.IGNORECASE):
        behind, before = sentence[match.end() :], sentence[cuts[-1] : match.start()].strip()
        final = _FINAL.match(before)
        ends = final is not None and _GERMAN_INFINITIVE.search(final["verb"]) is not None
        if _STARTS_WITH_VERB.match(behind) or ends:
            cuts.append(match.end())
    return [sentence[first:last] for first, last in zip(cuts, [*cuts[1:], len(sentence)], strict=True)]


def _clause(part: str, quotes: Quotes) -> Clause | None:
    """Return one clause with its verb at the front, None for a part that says nothing."""
    text = part.strip()
    text = re.sub(rf"{_CONNECTOR}$", "", f"{text} ", flags=re.IGNORECASE).strip().strip(",").strip()
    text = _POLITE.sub("", text).strip()
    if not text:
        return None
    said = quotes.shown(part).strip().strip(",").strip()
    for frame, verb in _FRAMES:
        framed = re.fullmatch(frame, text, re.IGNORECASE)
        if framed is not None:
            return Clause(verb=verb, rest=framed["rest"].strip(), said=said)
    match = re.match(rf"(?P<verb>{_ALL_VERBS})\b(?:\s+Sie\b)?[\s:]*", text, re.IGNORECASE)
    if match is not None:
        return Clause(verb=match["verb"].lower(), rest=text[match.end() :].strip(), said=said)
    final = _FINAL.match(text)
    if final is not None:
        return Clause(verb=final["verb"].lower(), rest=final["rest"].strip(), said=said)
    return Clause(verb="", rest=text, said=said)
