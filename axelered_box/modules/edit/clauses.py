"""How instructions are cut into clauses, each with one verb at its front, whatever order the language puts words in."""

import re

import msgspec

from axelered_box.modules.edit import verbs

_QUOTED = re.compile(
    r"(\{\{[^{}]+\}\})|\"([^\"]+)\"|„([^“”\"]+)[“”\"]|“([^”]+)”|«\s?([^»]+?)\s?»|»\s?([^«]+?)\s?«"
    "|\u201a([^\u2018\u2019]+)[\u2018\u2019]|\u2018((?:[^\u2019]|\u2019(?=\\w))+)\u2019"
    r"|(?<![\w])'((?:[^']|'(?=\w))+)'(?!\w)|`([^`]+)`"
)
_MARK = "\x01{}\x02"
MARKED = r"\x01\d+\x02"
"""A quoted text, as it stands in a clause."""
_TITLES = "".join(
    rf"(?<!\b{title})" for title in ("Dr", "Mr", "Mrs", "Ms", "Prof", "St", "Nr", "No", "Hr", "Fr", "Co", "[A-Z]")
)
_END = re.compile(
    rf"(?<!\d){_TITLES}[.;!?]+(?=\s|$)"
    r"|(?<=\d)[.;!](?=\s+[A-ZÄÖÜ](?!eite))|(?<=\d)[.;!?]$|\n+|(?<=\d);\s|(?:^|(?<=\s))[-*•]\s+"
)
_POLITE = re.compile(
    r"^(?:(?:please|kindly|bitte|also|then|next|first|finally|afterwards|after that|now|dann|danach|anschließend"
    r"|außerdem"
    r"|zuerst|zunächst|zuletzt|zum schluss|schließlich|jetzt|nun|auch|and|und|i need you to|\d+[.)])\b[\s,:]*"
    r"|(?:(?:could|can|would|will) you|(?:i|we)(?: want|need| would like|'d like|\u2019d like)(?: you)? to"
    r"|you (?:should|must)|make sure to|(?:könntest|kannst|würdest|kannst) du|(?:könnten|würden|können) sie"
    r"|(?:ich|wir) (?:möchten?|hätten? gern|will|wollen)(?: gerne?)?,? dass (?:du|sie)|du sollst)\b[\s,]*(?:please"
    r"|kindly|mir|bitte)?\s*)+",
    re.IGNORECASE,
)
_HELLO = re.compile(
    r"^\s*(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|guten (?:tag|morgen|abend)|hallo|liebe[rs]?|moin"
    r"|sehr geehrte[rs]?)\b[^\x01.,!\n:]{0,60}[.,!\n])\s*",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?:thanks|thank you|many thanks|cheers|vielen dank|danke|besten dank|herzlichen dank|mfg|viele grüße|beste grüße"
    r"|mit freundlichen grüßen|(?:kind|best) regards)(?:\s+(?:you|very much|a lot|in advance|im voraus|schön|sehr"
    r"|schon mal))*",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"^(?:please )?(?:do|make|apply)?\s*the following(?: changes?| edits?)?\s*:|^(?:bitte )?(?:folgende[s]?)"
    r"(?: änderungen?)?(?: bitte)?(?: (?:durchführen|ändern|erledigen))?\s*:",
    re.IGNORECASE,
)
_CONNECTOR = (
    r"(?:\s*,?\s+(?:and then|and also|and|then|as well as|und dann|und danach|und auch|und|dann|danach|sowie"
    r"|anschließend)"
    r"\s+|\s*,\s+)"
)
_WHOLE = re.compile(
    r"^(?:(?:in|throughout|across) the (?:whole |entire )?(?:document|file|pdf|text)|im (?:ganzen |gesamten"
    r" )?(?:dokument|text)"
    r"|in der (?:ganzen |gesamten )?datei|everywhere|überall)$",
    re.IGNORECASE,
)
MANNER = re.compile(
    r"[\s,(]*(?:(?:but )?(?:match(?:ing)? )?(?:only )?(?:as )?(?:a )?whole words?(?: only)?"
    r"|nur (?:als )?ganze[sn]? wort(?:e|er)?|nur ganze wörter)\)?"
    r"|[\s,(]*(?:case[- ]insensitive(?:ly)?|ignoring (?:the )?case|regardless of case|(?:un)?abhängig von (?:der"
    r" )?groß-?"
    r"(?: und |/)kleinschreibung|ohne rücksicht auf groß-? und kleinschreibung)\)?",
    re.IGNORECASE,
)
"""How texts are to be matched: as whole words, in any case."""
_ASIDE = re.compile(
    r",?\s+(?:as well|too|also|please|bitte|auch noch|ebenfalls|from (?:it|the (?:file|document|pdf)))$", re.IGNORECASE
)
_LATER = re.compile(r"(?<!und)(?<!,)(?<!and)\s+(?:anschließend|danach|dann|afterwards)(?=\s+\S)", re.IGNORECASE)
_BEFORE = re.compile(r"\s*\b(?:vorher|zuvor|davor|beforehand|before that)\b\s*", re.IGNORECASE)
_SCOPE = re.compile(
    r"^(?P<scope>(?:on|auf)\s+(?:(?:the|all|every|each|jeder|allen|den|der)\s+)?(?:(?:first|last|ersten?|letzten?"
    r"|second"
    r"|third|zweiten|dritten|\d+\.)\s+)?(?:pages?|seiten?)(?:\s+\d+(?:\s*(?:,|-|\u2013|to|bis|and"
    r"|und)\s*\d+)*)?)"
    r"(?:\s*,?\s+(?P<rest>\S.*))?$",
    re.IGNORECASE,
)


class Clause(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to be done: its verb, and what follows it, quoted texts as marks."""

    verb: str
    """The verb as it was written, in lower case; ``""`` when there is none."""
    rest: str
    said: str
    """The clause as a person wrote it."""


class Quotes:
    """The quoted texts of instructions, each of which stands as a mark in the clauses."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    @property
    def texts(self) -> list[str]:
        """Return all quoted texts, in their order."""
        return self._texts

    def hide(self, text: str) -> str:
        """Return a text with marks in place of what is quoted, and of ``{{placeholders}}``."""

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
    """Return the clauses of instructions whose quoted texts are hidden, in the order in which they are to be done."""
    found: list[Clause] = []
    for sentence in _END.split(_FOLLOWING.sub("", _HELLO.sub("", hidden))):
        if _THANKS.fullmatch(sentence.strip(" ,.!")):
            continue
        for part in _parts(_LATER.sub(" ", sentence.strip())):
            clause = _clause(_BEFORE.sub(" ", part), quotes)
            if clause is None:
                continue
            if found and not clause.verb and MANNER.fullmatch(clause.rest):
                found[-1] = msgspec.structs.replace(found[-1], rest=f"{found[-1].rest} {clause.rest}")
            elif found and _BEFORE.search(part):
                found.insert(-1, clause)
            else:
                found.append(clause)
    return found


def _parts(sentence: str) -> list[str]:
    """Cut a sentence at connectors that a verb follows, or that stand behind a German verb at the end of a clause."""
    if verbs.parted(_polished(sentence))[1].count(" durch ") == 1 and re.match(
        r"(?:find|search|look|suche|wherever|everywhere)", _polished(sentence), re.IGNORECASE
    ):
        return [sentence]
    cuts = [0]
    for match in re.finditer(_CONNECTOR, sentence, re.IGNORECASE):
        behind, before = sentence[match.end() :], sentence[cuts[-1] : match.start()].strip()
        if verbs.STARTS.match(behind) or verbs.closes(before):
            cuts.append(match.end())
    parts = [sentence[first:last] for first, last in zip(cuts, [*cuts[1:], len(sentence)], strict=True)]
    if len(parts) > 1 and _WHOLE.match(_polished(parts[0])):
        return parts[1:]
    return [sentence] if len(parts) == 2 and _SCOPE.match(_polished(parts[0])) else parts


def _polished(part: str) -> str:
    """Return a part of a sentence without connectors at its end and polite words."""
    text = re.sub(rf"{_CONNECTOR}$", "", f"{part.strip()} ", flags=re.IGNORECASE).strip().strip(",").strip()
    return _ASIDE.sub("", _POLITE.sub("", text).strip())


def _clause(part: str, quotes: Quotes) -> Clause | None:
    """Return one clause with its verb at the front, None for a part that says nothing."""
    text = _polished(part)
    if not text:
        return None
    said = quotes.shown(part).strip().strip(",").strip()
    verb, rest = verbs.parted(text)
    if not verb:
        verb, rest = verbs.parted(_without_lead(text))
    rest = re.sub(r"(?:^|\s+)(?:bitte|noch|mal)(?=\s|$)", "", rest, flags=re.IGNORECASE).strip()
    rest = re.sub(r"^(?:überall|everywhere|im ganzen dokument|im dokument)\s+", "", rest, flags=re.IGNORECASE)
    return Clause(verb=verb, rest=_without_lead(rest), said=said)


def _without_lead(text: str) -> str:
    """Return words with the pages that they begin with at their end: "auf Seite 2 alle IBANs"."""
    led = _SCOPE.match(text)
    return text if led is None or not led["rest"] else f"{led['rest']} {led['scope']}"
