"""The verbs of instructions, in English and German, in all the forms that instructions have them in."""

import re

VERBS = {
    "swap": r"swap|switch|exchange|vertauschen?|vertausche|tauschen?|tausche",
    "substitute": r"substitute",
    "replace": r"replace|exchange|swap out|swap|switch|change|rename|correct|ersetzen?|ersetze|ersetz|austauschen"
    r"|tauschen?|tausche"
    r"|ändern?|ändere|abändern|wechsle|wechseln|umbenennen|korrigieren?|korrigiere",
    "use": r"use|write|put|verwenden?|verwende|nutzen?|nutze|schreiben?|schreibe",
    "redact": r"redact|black ?out|blacken|censor|anonymi[sz]e|mask|obscure|hide|schwärzen?|schwärze|schwärz"
    r"|anonymisieren?"
    r"|anonymisiere|zensieren?|zensiere|unkenntlich machen|verdecken?|verdecke|ausschwärzen",
    "delete": r"delete|remove|drop|erase|get rid of|strip(?: out)?|discard|take out|cut out|clear|löschen?|lösche"
    r"|entfernen?|entferne|entfern|streichen?|streiche|beseitigen?|beseitige|tilgen?|tilge|herausnehmen|rausnehmen"
    r"|rauslöschen",
    "keep": r"only keep|just keep|keep only|keep just|keep|retain(?: only)?|extract|behalten?(?: nur)?|behalte(?: nur)?"
    r"|extrahieren?|extrahiere",
    "rotate": r"rotate|turn|drehen?|drehe|dreh|rotieren?|rotiere",
    "move": r"move|shift|put|verschieben?|verschiebe|schieben?|schiebe|setzen?|setze|stellen?|stelle",
    "reorder": r"reorder|rearrange|re-?arrange|sort|order|arrange|sortieren?|sortiere|ordnen?|ordne|umsortieren"
    r"|umordnen",
    "reverse": r"reverse|umkehren|kehren?|kehre",
    "mark": r"highlight|mark|underline|strike ?out|strike ?through|strikeout|frame|box|outline|circle|hervorheben"
    r"|heben?|hebe"
    r"|markieren?|markiere|markier|unterstreichen?|unterstreiche|durchstreichen|umrahmen?|umrahme|umranden?|umrande"
    r"|einrahmen"
    r"|rahmen?|rahme|anstreichen|draw|zeichnen?|zeichne|ziehen?|ziehe|anmarkern",
    "stamp": r"stamp|stempeln?|stemple|stempel|abstempeln",
    "watermark": r"watermark",
    "add": r"add|insert|put|place|print|write|append|attach|include|give|apply|einfügen|hinzufügen|fügen?|füge"
    r"|ergänzen?"
    r"|ergänze|schreiben?|schreibe|drucken?|drucke|anhängen|hängen?|hänge|setzen?|setze|anbringen|bringen?|bringe"
    r"|versehen|versieh|aufbringen|aufdrucken",
    "number": r"number|paginate|nummerieren?|nummeriere|paginieren?|paginiere|durchnummerieren",
    "set": r"set|change|make|setzen?|setze|ändern?|ändere|festlegen|legen?|lege",
    "fill": r"fill in|fill out|fill|enter|complete|ausfüllen|füllen?|fülle|eintragen|tragen?|trage|befüllen?"
    r"|befülle|eingeben",
    "check": r"check|tick|ankreuzen|kreuzen?|kreuze|anhaken|haken?|hake",
    "uncheck": r"uncheck|untick|abwählen|wählen?|wähle",
    "flatten": r"flatten|flach machen|verflachen?|verflache|glätten?|glätte",
    "compress": r"compress|shrink|reduce|minimi[sz]e|komprimieren?|komprimiere|verkleinern?|verkleinere|reduzieren?"
    r"|reduziere",
    "encrypt": r"encrypt|protect|password[- ]protect|lock|secure|verschlüsseln?|verschlüssele|verschlüssle|schützen?"
    r"|schütze|sichern?|sichere|absichern",
    "accept": r"accept|apply|annehmen|nehmen?|nimm|akzeptieren?|akzeptiere|übernehmen?|übernimm",
    "reject": r"reject|decline|undo|ablehnen|lehnen?|lehne|verwerfen?|verwirf|zurückweisen",
}
"""The verbs by what they ask for; one verb can ask for several things, told apart by what it is about."""
ANY = "|".join(sorted("|".join(VERBS.values()).split("|"), key=len, reverse=True))
_PARTICIPLES = {
    "replace": r"replaced|changed|ersetzt|geändert|ausgetauscht",
    "redact": r"redacted|blacked out|anonymi[sz]ed|masked|hidden|geschwärzt|anonymisiert|unkenntlich gemacht",
    "delete": r"deleted|removed|erased|dropped|gelöscht|entfernt|gestrichen",
    "keep": r"kept|extracted|behalten|extrahiert",
    "rotate": r"rotated|turned|gedreht|rotiert",
    "move": r"moved|put|placed|verschoben|gestellt|gesetzt",
    "highlight": r"highlighted|marked|hervorgehoben|markiert",
    "underline": r"underlined|unterstrichen",
    "strike out": r"struck out|struck through|durchgestrichen",
    "stamp": r"stamped|gestempelt|abgestempelt",
    "number": r"numbered|nummeriert",
    "add": r"added|inserted|printed|hinzugefügt|eingefügt|ergänzt|gedruckt",
    "fill": r"filled in|filled out|filled|ausgefüllt|eingetragen",
    "flatten": r"flattened",
    "compress": r"compressed|komprimiert|verkleinert",
    "encrypt": r"encrypted|protected|verschlüsselt|geschützt",
    "accept": r"accepted|angenommen|akzeptiert|übernommen",
    "reject": r"rejected|abgelehnt|verworfen",
}
_PARTICIPLE = "|".join(sorted("|".join(_PARTICIPLES.values()).split("|"), key=len, reverse=True))
_SIE = r"(?: Sie)?"
_FRAMES = (
    (rf"(?:mach|mache|machen){_SIE}\s+(?P<rest>.+?)\s+unkenntlich", "redact"),
    (r"(?P<rest>.+?)\s+unkenntlich machen", "redact"),
    (r"(?:das |the )?(?:formular|form) (?:ausfüllen|out)(?: mit)?\s*:\s*(?P<rest>.+)", "fill"),
    (r"(?P<rest>.+?)\s+(?:sind|ist) zu (?:schwärzen|anonymisieren)", "redact"),
    (r"(?P<rest>.+?)\s+(?:sind|ist) zu (?:löschen|entfernen)", "delete"),
    (r"(?:make|render)\s+(?P<rest>.+?)\s+(?:unreadable|illegible|unrecogni[sz]able)", "redact"),
    (rf"(?:make|mach|mache|machen){_SIE}\s+(?P<rest>.+?)\s+(?:smaller|kleiner|as small as possible|so klein wie"
        rf" möglich)",
     "compress"),
    (rf"(?:reduce|verringer[en]?|verkleinere?n?){_SIE}\s+(?P<rest>(?:the |die )?(?:file ?size|dateigröße|size"
        rf"|größe).*)",
     "compress"),
    (rf"(?:nimm|nehme|nehmen){_SIE}\s+(?P<rest>.+?)\s+an", "annehmen"),
    (rf"(?:lehne|lehnen){_SIE}\s+(?P<rest>.+?)\s+ab", "ablehnen"),
    (rf"(?:streiche|streichen){_SIE}\s+(?P<rest>.+?)\s+durch", "durchstreichen"),
    (r"drehen?(?: Sie)?\s+(?P<rest>die reihenfolge.*?)(?:\s+um)?", "umkehren"),
    (r"(?:i|we) (?:only|just) need\s+(?P<rest>.+)", "keep"),
    (r"(?:ich brauche|wir brauchen|ich benötige|wir benötigen) nur\s+(?P<rest>.+)", "keep"),
    (r"(?P<rest>.+? (?:soll|sollte) (?:ganz )?(?:nach|an den|ans) (?:vorne?|hinten|anfang|ende|schluss))", "move"),
    (r"(?P<rest>.+? should (?:go|come|be) (?:to|at) the (?:very )?(?:end|beginning|front|start|back))", "move"),
    (r"(?:wherever|everywhere) (?:it says|there is|you (?:see|find))\s+(?P<find>.+?),?\s+(?:write|put|use|insert)\s+"
     r"(?P<by>.+?)(?:\s+instead)?", "replace"),
    (r"(?:statt|anstelle von|anstatt)\s+(?P<find>.+?)\s+(?:soll|muss)(?: jetzt| nun| künftig)?(?:"
        r" überall)?\s+(?P<by>.+?)"
     r"\s+(?:stehen|heißen|verwendet werden)", "replace"),
    (r"(?:aus|make)\s+(?P<find>\S.*?)\s+(?:wird|into)\s+(?P<by>.+)", "replace"),
    (r"(?:find|search(?: for)?|look for|suchen?(?: Sie)?(?: nach)?)\s+(?P<find>.+?)\s+(?:and|und)\s+(?:replace|change"
     r"|ersetzen?(?: Sie)?)\s+(?:it|them|this|that|es|ihn|sie|dies|diese[ns]?)\s+(?:with|by|to|durch|mit)\s+(?P<by>.+)",
     "replace"),
)  # fmt: skip
"""Phrases whose verb stands around what it is about, and the verb that they mean."""
_PASSIVE = (
    rf"(?P<a>.+?)\s+(?:should|must|need to|needs to|has to|have to|is to|are to|shall|can)(?: please)? be"
    rf" (?P<v>{_PARTICIPLE})"
    r"(?P<b>(?:\s.+)?)",
    rf"(?P<a>.+?)\s+(?:soll|sollen|sollte|sollten|muss|müssen)(?: bitte)?(?P<b>(?:\s+.+?)?)\s+(?P<v>{_PARTICIPLE})"
    rf" werden",
)
STARTS = re.compile(rf"(?:(?:please|bitte|also|auch|only|just)\s+)?(?:{ANY}|find|search|make|aus)\b", re.IGNORECASE)
_FIRST = re.compile(rf"(?P<verb>{ANY})\b(?:\s+Sie\b)?(?:\s+(?:please|bitte)\b)?[\s:]*", re.IGNORECASE)
_FINAL = re.compile(rf"(?P<rest>.+?)\s+(?:zu\s+)?(?P<verb>{ANY})", re.IGNORECASE)
_ENDS = re.compile(rf"(?:\b(?:{_PARTICIPLE}) werden|\bbe (?:{_PARTICIPLE}))$", re.IGNORECASE)
_INFINITIVE = re.compile(r"(?:en|ern|eln)$")
_PARTICLE = re.compile(r"\s+(?:aus|an|ein|hinzu|hervor|ab|um|dazu|bei|auf|fest)$", re.IGNORECASE)


def closes(words: str) -> bool:
    """Tell whether words end with the verb of a clause, as German ones do."""
    final = _FINAL.fullmatch(words)
    return _ENDS.search(words) is not None or (final is not None and _INFINITIVE.search(final["verb"]) is not None)


def parted(words: str) -> tuple[str, str]:
    """Return the verb of a clause in lower case, ``""`` when it has none, and the words that it is about."""
    for frame, verb in _FRAMES:
        framed = re.fullmatch(frame, words, re.IGNORECASE)
        if framed is not None:
            told = framed.groupdict()
            return verb, told["rest"].strip() if "rest" in told else f"{told['find']} durch {told['by']}"
    for passive in _PASSIVE:
        spoken = re.fullmatch(passive, words, re.IGNORECASE)
        if spoken is not None:
            return _active(spoken["v"]), f"{spoken['a'].strip()} {spoken['b'].strip()}".strip()
    first = _FIRST.match(words)
    if first is not None:
        return first["verb"].lower(), _PARTICLE.sub("", words[first.end() :].strip())
    final = _FINAL.fullmatch(words)
    if final is not None:
        return final["verb"].lower(), final["rest"].strip()
    return "", words


def _active(participle: str) -> str:
    """Return the verb of a participle."""
    return next(verb for verb, forms in _PARTICIPLES.items() if re.fullmatch(forms, participle, re.IGNORECASE))
