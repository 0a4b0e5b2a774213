"""Where a text has numbers of banks and tax offices, most of them with digits that check the others."""

import re
from collections.abc import Iterator

from stdnum import bic, iban
from stdnum.ch import uid
from stdnum.eu import vat
from stdnum.gb import vat as gb_vat

from axelered_box.modules.values import slips
from axelered_box.modules.values.found import Detail, Found, Hints

_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2} ?[0-9OIlSB]{2}(?:[ .-]?[A-Z0-9]){11,30}(?![a-z])")
_IBAN_SHAPE = re.compile(r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2}(?: ?\d{4}){1,5}(?: ?\d{1,3})?(?![A-Z0-9])")
_BIC = re.compile(r"(?<![A-Z0-9])[A-Z]{4}[ ]?[A-Z]{2}[ ]?[A-Z0-9]{2}(?:[ ]?[A-Z0-9]{3})?(?![A-Za-z0-9])")
_BIC_LABEL = re.compile(r"(?:BIC|SWIFT|S\.W\.I\.F\.T)[^\n]{0,24}$", re.IGNORECASE)
_VAT_FORMS = {
    "AT": "U99999999", "BE": "9999999999|999999999", "BG": "9999999999|999999999", "CY": "99999999L",
    "CZ": "9999999999|999999999|99999999", "DE": "999999999", "DK": "99999999", "EE": "999999999", "EL": "999999999",
    "ES": "X9999999X", "FI": "99999999", "FR": "XX999999999", "GB": "999999999999|999999999", "GR": "999999999",
    "HR": "99999999999", "HU": "99999999", "IE": "9X99999LL|9X99999L", "IT": "99999999999",
    "LT": "999999999999|999999999",
    "LU": "99999999", "LV": "99999999999", "MT": "99999999", "NL": "999999999B99", "PL": "9999999999",
    "PT": "999999999", "RO": "9999999999|999999999|99999999|9999999", "SE": "999999999999", "SI": "99999999",
    "SK": "9999999999", "XI": "999999999", "CHE": "999999999", "NO": "999999999MVA",
}  # fmt: skip
"""What stands behind a country's letters: 9 a digit, L a letter, X either, all else itself."""
_TAX_LABEL = re.compile(
    r"(?:Steuer-?\s?(?:Nr|nummer|No|ID|IdNr|Identifikationsnummer)|St\.?-?Nr|Tax\s?(?:ID|No|Number|Reg)|TIN|EIN"
    r"|GST(?:IN)?(?:\s?(?:ID|Reg))?"
    r"|NIF|CIF|N\.I\.F|"
    r"P(?:artita)?\.?\s?IVA|C(?:odice)?\.?\s?F(?:iscale)?|SIRET|SIREN|BTW|MwSt|USt|UID|VAT|TVA|NIP|ABN|BRN|RFC"
    r"|CNPJ)\b"
    r"(?:[- .]?(?:Id|ID|Identifikationsnummer|IdNr|Reg|Registration|Nr|No|Number|nummer|nr|N[°o]|#"
    r"|Code))*[. ]{0,2}[:#]?[ \n]{0,2}"
    r"(?P<id>(?=[A-Z0-9 ./-]{6,})(?:[A-Z]{1,4}[ -]?)?\d[A-Z0-9]*(?:[ ./-]\d[A-Z0-9]*){0,5})(?![A-Za-z0-9])"
)
_TAX_SHAPE = re.compile(
    r"(?<![\w/.-])(?P<id>\d{2,3}/\d{3}/\d{4,5}|\d{2}-\d{7}|\d{2}[A-Z]{5}\d{4}[A-Z][A-Z0-9]Z[A-Z0-9]|"
    r"[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z])(?![\w/-])"
)
_DECIMALS = re.compile(r"\d\.\d\d(?!\d)(?!\.)")
_SIGNS = re.compile(r"[\s./-]")


def find(text: str, hints: Hints) -> list[Found]:
    """Return the IBANs, BICs, VAT ids and tax numbers of a text; those whose check digits fail are less certain."""
    del hints
    return [*_ibans(text), *_bics(text), *_vat_ids(text), *_tax_numbers(text)]


def _ibans(text: str) -> Iterator[Found]:
    for match in _IBAN.finditer(text):
        written = match.group()
        ends = [at for at in range(len(written), 14, -1) if at == len(written) or not written[at].isalnum()]
        ends += [at for at in range(len(written), 14, -1) if at not in ends]
        yield from _checked_iban(written, ends, match.start())


def _checked_iban(written: str, ends: list[int], start: int) -> Iterator[Found]:
    """Yield the longest part whose check digits are right, as written or with look-alikes as digits."""
    for repaired in (False, True):
        text = written[:2] + slips.digits(written[2:]) if repaired else written
        for end in ends:
            compact = _SIGNS.sub("", text[:end]).upper()
            if len(compact) >= 15 and iban.is_valid(compact, check_country=False):
                detail = Detail(form=compact[:2], repaired=repaired)
                yield Found("iban", start, start + end, compact, 0.8 if repaired else 1.0, detail)
                return
    if unchecked := _IBAN_SHAPE.match(written):
        compact = _SIGNS.sub("", unchecked.group())
        yield Found("iban", start, start + unchecked.end(), compact, 0.3, Detail(form=compact[:2]))


def _bics(text: str) -> Iterator[Found]:
    """Yield codes of banks; words in capitals have the same shape, so a digit or a label has to speak for one."""
    for match in _BIC.finditer(text):
        compact = match.group().replace(" ", "")
        if not bic.is_valid(compact):
            continue
        labelled = bool(_BIC_LABEL.search(text, max(0, match.start() - 40), match.start()))
        certainty = 0.95 if labelled else 0.6 if any(letter.isdigit() for letter in compact) else 0.2
        if labelled or match.group() == compact:
            yield Found("bic", match.start(), match.end(), compact, certainty, Detail(form=compact[4:6]))


def _form(country: str, form: str) -> str:
    parts = {"9": r"\d", "L": "[A-Z]", "X": "[A-Z0-9]"}
    return rf"{country}[ .:-]{{0,2}}" + r"[ .-]?".join(parts.get(letter, letter) for letter in form)


_VAT = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    + "|".join(_form(country, form) for country, forms in _VAT_FORMS.items() for form in forms.split("|"))
    + r")(?![A-Za-z0-9]|[.,-]\d)(?:\s?(?:MWST|TVA|IVA|MVA))?"
)


def _vat_ids(text: str) -> Iterator[Found]:
    for match in _VAT.finditer(text):
        compact = re.sub(r"[\s.:/-]", "", match.group())
        certainty = 1.0 if _has_right_digits(compact) else 0.6
        yield Found("vat_id", match.start(), match.end(), compact, certainty, Detail(form=compact[:2]))


def _has_right_digits(compact: str) -> bool:
    if compact.startswith("CHE"):
        return bool(uid.is_valid(compact[:12]))
    if compact[:2] in ("GB", "XI"):
        return bool(gb_vat.is_valid(compact[2:]))
    if compact[:2] == "NO":
        return True
    return bool(vat.is_valid(compact))


def _tax_numbers(text: str) -> Iterator[Found]:
    for match in _TAX_LABEL.finditer(text):
        if _DECIMALS.search(match["id"]):
            continue
        yield Found("tax_number", match.start("id"), match.end("id"), match["id"].strip(), 0.85)
    for match in _TAX_SHAPE.finditer(text):
        yield Found("tax_number", match.start("id"), match.end("id"), match["id"], 0.5)
