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
_WHICH = (
    "first last second third fourth fifth sixth erste ersten letzte letzten zweite zweiten dritte dritten vierte"
    " vierten fünfte fünften sechste sechsten one two three four five six zwei drei vier fünf sechs odd even"
    " gerade geraden ungerade ungeraden numbered bis through onwards ab nach after end ende starting st nd rd th"
    " until up einschließlich schluss later"
)
"""Words that tell which pages are meant; of use only where an operation names pages."""
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
_EXCEPT = re.compile(
    r"(?<=pages|eiten),?\s+(?:except|but|other than|außer|bis auf|ausgenommen)(?:\s+for)?\b", re.IGNORECASE
)
_OWN: dict[type[AnyOperation], str] = {
    edits.ReplaceText: f"{_TEXTS} page pages seite seiten whole only matching match ignoring ignore case"
    f" insensitive insensitively"
    f" regardless"
    " nur ganze ganzes wort wörter unabhängig abhängig groß kleinschreibung ohne rücksicht instead statt anstelle"
    " anstatt"
    " gegen out sentence satz",
    edits.Redact: f"{_TEXTS} page pages seite seiten extracted extrahierte extrahiertes field fields feld felder"
    f" value wert"
    f" regular expression"
    " regex pattern muster regulären label beschriftung hinweis note aufschrift or oder bank details black bars out"
    " occurring vorkommenden addresses adressen nummern numbers",
    edits.DeletePages: "page pages seite seiten or oder",
    edits.KeepPages: "page pages seite seiten only just nur new own separate neue neues eigene eigenes als",
    edits.ReorderPages: "page pages seite seiten order reihenfolge reverse umgekehrte umgekehrter rückwärts um"
    " zueinander then"
    " each other"
    " miteinander",
    edits.MovePage: "page pages seite seiten beginning start front back very anfang vorne vorn hinten front before"
    " behind vor"
    " hinter position place"
    " stelle ganz soll sollte should go come be",
    edits.RotatePages: "page pages seite seiten clockwise counter counterclockwise anti anticlockwise left right"
    " degrees degree"
    " grad uhrzeigersinn"
    " links rechts linksherum rechtsherum upside down their heads head kopf um",
    edits.Highlight: f"{_TEXTS} page pages seite seiten {_COLORS} field feld value wert box boxes frame rahmen line"
    f" linie strich"
    f" under unter um"
    " around marker hervor through extracted",
    edits.Stamp: f"page pages seite seiten {_COLORS} {_PLACES} stamp stempel",
    edits.Watermark: "page pages seite seiten watermark wasserzeichen saying diagonal diagonales",
    edits.AddPageNumbers: f"page pages seite seiten {_PLACES} numbers number numbering seitenzahl seitenzahlen"
    f" seitennummern"
    f" seitennummer"
    " seitennummerierung format form x y n m starting beginning start beginnend anfangend at zahl nummer der not"
    " skipping"
    " without ausgenommen ohne cover title titelseite deckblatt p except außer but",
    edits.AddHeader: f"page pages seite seiten {_RUN}",
    edits.AddFooter: f"page pages seite seiten {_RUN}",
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
    values = [text for one in found for text in _values({**to_json(one), "op": ""})]
    if any(text.strip() and not any(text.strip() in value for value in values) for text in quotes.quoted(rest)):
        return False
    bare = _EXCEPT.sub(" ", re.sub("\x01\\d+\x02", " ", rest)).casefold()
    for one in found:
        if isinstance(one, edits.Redact) and one.pattern is not None:
            bare = re.sub(rf"\b(?:{PATTERNS[one.pattern]})(?!\w)", " ", bare)
    known = set(_words(_COMMON))
    for text in (*values, *(_OWN[type(one)] for one in found), *([_WHICH] if _names_pages(found) else [])):
        known |= set(_words(text))
    return all(word in known or (word.isdigit() and _is_number(int(word), found)) for word in _words(bare))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _is_number(number: int, found: list[AnyOperation]) -> bool:
    """Tell whether a number in a clause is one of those that operations have."""
    if any(isinstance(one, edits.AddPageNumbers) and one.first == number for one in found):
        return True
    return _names_pages([one for one in found if not isinstance(one, edits.AddPageNumbers) or one.pages])


def _names_pages(found: list[AnyOperation]) -> bool:
    """Tell whether a number, or a word such as first, can be that of a page, an angle or a place."""
    return any(
        isinstance(one, edits.MovePage | edits.ReorderPages | edits.RotatePages | edits.AddPageNumbers)
        or getattr(one, "pages", None) is not None
        for one in found
    )


def _values(value: Any) -> list[str]:
    """Return all texts in JSON, and the names of fields."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for one in value for text in _values(one)]
    if isinstance(value, dict):
        return [*value.get("fields", {}), *(text for one in value.values() for text in _values(one))]
    return []
