"""Whether operations say all that a clause says: a word that none of them accounts for means that it was misread."""

import re
from typing import Any

from axelered_box.domain import edits
from axelered_box.domain.edits import AnyOperation, to_json
from axelered_box.modules.edit.clauses import Quotes
from axelered_box.modules.edit.phrases import PATTERNS

_COMMON = (
    "a an the all every each any das der die den dem des ein eine einen einem einer alle allen aller alles jede"
    " jeden jedes jeder jedem sämtliche sämtlichen this that diese dieser dieses diesem diesen of in on at to from"
    " with by for into as and und sowie von vom im am auf aus mit zu zum zur bei durch ins document documents file"
    " pdf dokument dokuments dokumente datei text whole entire ganze ganzen gesamte gesamten everywhere throughout"
    " across over überall please bitte also too well auch once it its them word docx always jeweils then dann now"
    " nun jetzt komplett completely vollständig gegen s ans"
)
_TEXTS = (
    "words word names name texts phrase phrases term terms string company customer namen namens begriff begriffe wort"
    " wörter firma ausdruck kunde kunden person number nummer betrag amount date datum straße address adresse"
    " occurrence"
    " occurrences instance instances mention mentions vorkommen"
)
_PAGES = (
    "page pages seite seiten first last second third fourth fifth sixth erste ersten letzte letzten zweite zweiten"
    " dritte"
    " dritten vierte vierten fünfte fünften sechste sechsten one two three four five six zwei drei vier fünf sechs"
    " odd even"
    " gerade geraden ungerade ungeraden numbered bis through onwards ab nach after end ende starting st nd rd th"
    " until up"
    " einschließlich except außer but schluss later"
)
_COLORS = (
    "yellow gelb green grün blue blau red rot orange pink rosa purple violett lila grey gray grau black schwarz"
    " color colour"
    " farbe gelber gelben roter roten grüner grünen blauer blauen rote gelbe grüne blaue"
)
_PLACES = (
    "top bottom left right upper lower center centre middle oben unten links rechts mitte mittig corner ecke hand"
    " side der"
    " zentriert centered centred rand"
)
_RUN = (
    "header footer headers footers kopfzeile fußzeile kopf fußzeilen kopfzeilen reading saying mit left right links"
    " rechts center"
)
_FORM = (
    "form forms field fields formular formularfeld formularfelder feld felder placeholder placeholders platzhalter"
    " value values wert"
)
_METADATA = (
    "metadata properties metadaten eigenschaften dokumenteigenschaften title titel author autor verfasser subject"
)
_OWN: dict[type[AnyOperation], str] = {
    edits.ReplaceText: f"{_TEXTS} {_PAGES} whole only matching match ignoring ignore case insensitive insensitively"
    f" regardless"
    " nur ganze ganzes wort wörter unabhängig abhängig groß kleinschreibung ohne rücksicht instead statt anstelle"
    " anstatt"
    " gegen out sentence satz",
    edits.Redact: f"{_TEXTS} {_PAGES} extracted extrahierte extrahiertes field fields feld felder value wert"
    f" regular expression"
    " regex pattern muster regulären label beschriftung hinweis note aufschrift or oder bank details black bars out"
    " occurring vorkommenden addresses adressen nummern numbers",
    edits.DeletePages: f"{_PAGES} or oder",
    edits.KeepPages: f"{_PAGES} only just nur new own separate neue neues eigene eigenes als",
    edits.ReorderPages: f"{_PAGES} order reihenfolge reverse umgekehrte umgekehrter rückwärts um zueinander then"
    f" each other"
    " miteinander",
    edits.MovePage: f"{_PAGES} beginning start front back very anfang vorne vorn hinten front before behind vor"
    f" hinter position place"
    " stelle ganz soll sollte should go come be",
    edits.RotatePages: f"{_PAGES} clockwise counter counterclockwise anti anticlockwise left right degrees degree"
    f" grad uhrzeigersinn"
    " links rechts linksherum rechtsherum upside down their heads head kopf um",
    edits.Highlight: f"{_TEXTS} {_PAGES} {_COLORS} field feld value wert box boxes frame rahmen line linie strich"
    f" under unter um"
    " around marker hervor through extracted",
    edits.Stamp: f"{_PAGES} {_COLORS} {_PLACES} stamp stempel",
    edits.Watermark: f"{_PAGES} watermark wasserzeichen saying diagonal diagonales",
    edits.AddPageNumbers: f"{_PAGES} {_PLACES} numbers number numbering seitenzahl seitenzahlen seitennummern"
    f" seitennummer"
    " seitennummerierung format form x y n m starting beginning start beginnend anfangend at zahl nummer der not"
    " skipping"
    " without ausgenommen ohne cover title titelseite deckblatt p",
    edits.AddHeader: f"{_PAGES} {_RUN}",
    edits.AddFooter: f"{_PAGES} {_RUN}",
    edits.SetMetadata: f"{_METADATA} betreff thema keyword keywords schlagwort schlagwörter stichwort stichwörter"
    f" stichworte of",
    edits.ClearMetadata: f"{_METADATA} information",
    edits.FillForm: f"{_FORM} checkbox check box kästchen ankreuzfeld option",
    edits.FlattenForm: _FORM,
    edits.RemoveAnnotations: "comment comments kommentar kommentare annotation annotations anmerkung anmerkungen"
    " markup markups"
    " notes notizen",
    edits.RemoveAttachments: "attachment attachments attached files anhang anhänge anlagen angehängte angehängten"
    " dateien"
    " dateianhänge embedded eingebettete eingebetteten",
    edits.RemoveScripts: "script scripts javascript javascripts skript skripte javascripte macros makros active"
    " content aktive"
    " aktiven inhalte actions embedded eingebettete eingebetteten",
    edits.Compress: "size filesize dateigröße größe",
    edits.Encrypt: "password passwort kennwort is ist",
    edits.DeleteParagraphs: "paragraph paragraphs absatz absätze containing contain contains mentions mentioning"
    " starting beginning has"
    " have enthalten enthält beginnt vorkommt steht welche welcher welches",
    edits.InsertParagraph: "paragraph absatz after behind below before above nach hinter unter vor über end ende"
    " bottom schluss"
    " neuen neuer new",
    edits.DeleteRows: "row rows line lines table tables zeile zeilen tabellenzeile tabellenzeilen tabelle"
    " containing contain"
    " contains mentioning starting beginning has have enthalten enthält beginnt vorkommt steht welche",
    edits.InsertRow: "row rows zeile tabellenzeile after below behind nach hinter unter table tabelle new neue",
    edits.AcceptChanges: "change changes revision revisions tracked änderung änderungen überarbeitungen korrekturen"
    " nachverfolgte"
    " nachverfolgten nachverfolgung",
    edits.RejectChanges: "change changes revision revisions tracked änderung änderungen überarbeitungen korrekturen"
    " nachverfolgte"
    " nachverfolgten nachverfolgung",
    edits.RemoveComments: "comment comments kommentar kommentare annotations anmerkungen notes notizen markup markups",
}


def accounts_for(rest: str, found: list[AnyOperation], quotes: Quotes) -> bool:
    """Tell whether operations use every quoted text of a clause, and explain each of its other words."""
    values = [text for one in found for text in _values(to_json(one))]
    if any(text.strip() and not any(text.strip() in value for value in values) for text in quotes.quoted(rest)):
        return False
    bare = re.sub("\x01\\d+\x02", " ", rest).casefold()
    for one in found:
        if isinstance(one, edits.Redact) and one.pattern is not None:
            bare = re.sub(rf"\b(?:{PATTERNS[one.pattern]})(?!\w)", " ", bare)
    known = set(_words(_COMMON))
    for text in (*values, *(_OWN[type(one)] for one in found)):
        known |= set(_words(text))
    return all(word in known or (word.isdigit() and _is_numbered(found)) for word in _words(bare))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _is_numbered(found: list[AnyOperation]) -> bool:
    """Tell whether a number in a clause can be that of a page, an angle or a place."""
    return any(
        isinstance(one, edits.MovePage | edits.ReorderPages | edits.RotatePages | edits.AddPageNumbers)
        or getattr(one, "pages", None) is not None
        for one in found
    )


def _values(value: Any) -> list[str]:
    """Return all texts in JSON, names of members that a person chose included."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for one in value for text in _values(one)]
    if isinstance(value, dict):
        return [text for name, one in value.items() for text in (name, *_values(one))]
    return []
