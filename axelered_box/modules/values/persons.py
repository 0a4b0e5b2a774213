"""Where a text names persons, told by titles, by what stands around a name, and by its shape."""

import re
from collections.abc import Iterator

from axelered_box.modules.values.found import Found, Hints

_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Rev|Hon|Herrn?|Frau|Fräulein|Monsieur|Madame|Mademoiselle"
    r"|MM?|Mme|Mlle|Me|"
    r"Sr|Sra|Srta|D\.?ª|Señora?|Don|Doña|Sig|Sig\.ra|Sig\.na|Signora?|Dott|Dott\.ssa|Avv|Ing|Dipl\.-Ing|Dhr|Mevr|Mw"
    r"|De heer|Mevrouw|"
    r"Pan|Pani|Senhora?|En|Encik|Puan|Cik|MR|MRS|MS|DR|HERR|FRAU)\b\.?"
)
_PARTICLE = (
    r"(?:von der|von dem|von|van der|van den|van de|van|vom|zu|de la|de los|de|del|della|di|da|dos|das|do|der|den"
    r"|ten|le|la|bin|binti|al|el|y|e|O['\u2019])"
)
_CAPITAL = (
    r"(?:(?:Mc|Mac|O['\u2019]|D['\u2019]|de|"
    r"L['\u2019])?[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿāăąćčďđēęěğıłńňőřśşšţťūůűźżž]+(?:[-'\u2019][A-ZÀ-Þ]?[a-zß-ÿ]+)*)"
)
_UPPER = r"[A-ZÀ-ÖØ-Þ]{2,}(?:[-'\u2019][A-ZÀ-Þ]{2,})*"
_INITIAL = r"(?:[A-ZÀ-Þ]\.(?: ?-?[A-Z]\.)*)"
_PART = rf"(?:{_CAPITAL}|{_INITIAL}|{_UPPER})"
_NAME = rf"{_PART}(?:[ \u00a0](?:{_PARTICLE} )?{_PART}){{0,3}}"
_TITLED = re.compile(rf"(?<![\w.])(?P<title>{_TITLE}[ \u00a0]?(?:{_TITLE} ?)*)(?P<name>{_NAME})(?![\w])")
_LEADING = re.compile(rf"(?:{_TITLE}\s+)+", re.IGNORECASE)
_SHAPE = re.compile(
    rf"(?<![\w.,&/-])(?P<name>(?:{_CAPITAL}|{_INITIAL})(?: {_INITIAL}"
    rf"| {_CAPITAL}){{0,2}} (?:{_PARTICLE} )?(?:{_CAPITAL}|{_UPPER})"
    rf"|{_PARTICLE} {_CAPITAL} {_CAPITAL}|{_UPPER} {_CAPITAL}|{_CAPITAL}, {_CAPITAL})(?: (?:Jr|Sr|II|III"
    rf"|IV)\b\.?)?(?![\w&])"
)
_BEFORE = re.compile(
    r"(?:Name|Attn|Attention|z\. ?Hd\.?|z\.H\.|Contact|Kontakt|Ansprechpartner(?:in)?|Sachbearbeiter(?:in)?|By"
    r"|Signed|Signature|From|"
    r"Author|Autor|Cashier|Served by|Kassierer|Vertreten durch|représentée? par|representad[oa] por"
    r"|rappresentat[oa] da|"
    r"Geschäftsführer(?:in)?|Director|Manager|CEO|CFO|Président|Gérant|Titolare|Intestatario|Titular"
    r"|Inhaber(?:in)?|Patient(?:in)?|"
    r"Nom(?: et prénom)?|Nombre(?: y apellidos)?|Nome(?: e cognome)?|Naam|Imię i nazwisko|Employee"
    r"|Mitarbeiter(?:in)?|Applicant|"
    r"Antragsteller(?:in)?|Kunde|Customer|Client|Tenant|Mieter(?:in)?)\s?:?[ \n|*_]{0,4}$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r",? (?:Esq|Ph\.?D|M\.?D|CEO|CFO|President|Director|Geschäftsführer|an individual|née?\b|geb\.|born)"
    r"|\s*[<(][\w.+-]+@",
    re.IGNORECASE,
)
_NO_NAME_TEXT = """
    title printed badge prokurist geschäftsführer geschäftsführerin president director chief executive
    financial officer its secretary treasurer manager delivery post forum sdn bhd retail name herr herrn frau
    dr prof mr mrs ms monsieur madame llp lp plc sa srl sarl sas bv nv ab the this that these agreement party
    parties company section article invoice date number total tax order page description street road avenue
    united states new york north south west east january february march april may june july august september
    october november december monday tuesday wednesday thursday friday saturday sunday confidential
    information receiving disclosing effective purpose bank account payment amount due price unit quantity net
    gross sub customer supplier service services product products phone fax email website terms conditions
    general evaluation material intellectual property rechnung datum nummer betrag summe gesamt netto brutto
    steuer menge preis artikel bezeichnung kunden lieferung zahlung bankverbindung konto straße platz telefon
    seite die der das sehr geehrte damen herren mit für bei facture montant client numéro adresse prix total
    quantité désignation le la les une factura fecha importe cantidad precio el los fattura importo data
    quantità prezzo il lo gli factuur bedrag aantal prijs het een thank you please dear best regards kind
    yours sincerely shall will not any all each such if in on at by for from with and or of to as is are no nr
    vat iban bic inc ltd llc corp gmbh ag kg limited corporation association university institute department
    government national international law state court federal public private trade secret secrets non
    disclosure business group systems
"""
_NO_NAME = frozenset(_NO_NAME_TEXT.split())
"""Words, in small letters, that no name of a person has, but headings and sentences do."""


def find(text: str, hints: Hints) -> list[Found]:
    """Return the persons of a text; a title or a label makes one likely, the shape alone does not."""
    titled = list(_titled(text, hints.languages))
    places = {(person.start, person.end) for person in titled}
    return [*titled, *(person for person in _shaped(text) if (person.start, person.end) not in places)]


def is_name(text: str) -> bool:
    """Say whether a text has the shape of one person's name."""
    match = _SHAPE.fullmatch(text)
    return bool(match) and _trimmed(text) == (0, len(text))


def title_of(text: str) -> int:
    """Return how long the title is that a text begins with, with the spaces behind it; 0 where there is none."""
    match = _LEADING.match(text)
    return match.end() if match else 0


def _titled(text: str, languages: tuple[str, ...]) -> Iterator[Found]:
    for match in _TITLED.finditer(text):
        place = _trimmed(match["name"])
        if place is None:
            continue
        name = match["name"][slice(*place)]
        initial = match["title"].startswith("M.") and not {"fra", "fre"} & set(languages)
        certainty = 0.3 if initial else 0.9 if " " in name else 0.7
        start = match.start("name")
        yield Found("person", start + place[0], start + place[1], " ".join(name.split()), certainty)


def _shaped(text: str) -> Iterator[Found]:
    for match in _SHAPE.finditer(text):
        place = _trimmed(match["name"])
        if place is None or " " not in match["name"][slice(*place)]:
            continue
        start, end = match.start("name") + place[0], match.start("name") + place[1]
        certain = _BEFORE.search(text, max(0, start - 30), start) or _BEHIND.match(text, end)
        alone = text[max(0, start - 1) : start] in ("", "\n", "|") and text[end : end + 1] in ("", "\n")
        certainty = 0.75 if certain else 0.4 if alone else 0.3
        yield Found("person", start, end, text[start:end], certainty)


def _trimmed(name: str) -> tuple[int, int] | None:
    """Return the place of the words between those that belong to headings and sentences, or None if they are all."""
    words = [(match.start(), match.end()) for match in re.finditer(r"\S+", name)]
    kept = [place for place in words if name[slice(*place)].strip(".,").lower() not in _NO_NAME]
    if not kept or words.index(kept[-1]) - words.index(kept[0]) + 1 != len(kept):
        return None
    return kept[0][0], kept[-1][1]
