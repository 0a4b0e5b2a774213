"""What an operation is about, found in a text: a text, values of a kind, matches of an expression, a field."""

import re
from collections.abc import Callable

import regex
from stdnum import luhn
from stdnum.at import vnr as at_insurance
from stdnum.be import nn as be_national
from stdnum.ch import ssn as ch_insurance
from stdnum.cz import rc as cz_birth
from stdnum.de import idnr as de_tax
from stdnum.dk import cpr as dk_person
from stdnum.es import dni as es_national
from stdnum.es import nie as es_foreigner
from stdnum.fi import hetu as fi_personal
from stdnum.fr import nir as fr_insurance
from stdnum.ie import pps as ie_service
from stdnum.it import codicefiscale as it_tax
from stdnum.nl import bsn as nl_citizen
from stdnum.pl import pesel as pl_citizen
from stdnum.se import personnummer as se_person
from stdnum.us import ssn as us_insurance

from axelered_box.domain.edits import AnyOperation, Highlight, Redact, ReplaceText, Spans
from axelered_box.domain.modules import Json, Refusal
from axelered_box.modules.values import Hints, Kind, all_found

REGEX_S = 2.0
"""How long an expression may work on one text."""
LEAST_CERTAINTY = 0.3
_SPACE = re.compile(r"\s+")
_DIGITS = re.compile(r"(?<![\w.,])\d+(?!\w|[.,]\d)")
_SIGNS = re.compile(r"(?<!\w)[A-Z0-9]+(?:[./\-][A-Z0-9]+)*(?!\w)", re.IGNORECASE)
_CARD_DIGITS = (13, 19)
_NATIONAL_SIGNS = (8, 16)
_LEAST_DIGITS = 6
_UK_INSURANCE = re.compile(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]", re.IGNORECASE)
_GERMAN_PENSION = re.compile(r"\d{2}(?:[0-2]\d|3[01])(?:0\d|1[0-2])\d{2}[A-Z]\d{3}", re.IGNORECASE)
_VALIDATORS: tuple[Callable[[str], bool], ...] = (
    at_insurance.is_valid,
    be_national.is_valid,
    ch_insurance.is_valid,
    cz_birth.is_valid,
    de_tax.is_valid,
    es_national.is_valid,
    es_foreigner.is_valid,
    fr_insurance.is_valid,
    ie_service.is_valid,
    it_tax.is_valid,
    nl_citizen.is_valid,
    pl_citizen.is_valid,
)
_IN_FORM: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (re.compile(r"\d{3}-\d{2}-\d{4}"), us_insurance.is_valid),
    (re.compile(r"\d{6}-\d{4}"), dk_person.is_valid),
    (re.compile(r"\d{6}[-+A]\d{3}[\dA-Z]", re.IGNORECASE), fi_personal.is_valid),
    (re.compile(r"(?:\d{2})?\d{6}[-+]\d{4}"), se_person.is_valid),
)
"""Numbers that too many others would pass for without their hyphens."""
_KINDS: dict[str, tuple[Kind, ...]] = {
    "iban": ("iban",),
    "email": ("email",),
    "phone": ("phone",),
    "date": ("date", "date_range"),
    "amount": ("amount",),
    "url": ("url",),
}


class Finder:
    """Finds what operations are about, given the document's hints and the extracted fields."""

    def __init__(self, hints: Hints, fields: dict[str, Json]) -> None:
        self._hints = hints
        self._fields = fields

    def __call__(self, text: str, operation: AnyOperation) -> Spans:
        """Return the places in a text that an operation is about; raises Refusal."""
        if isinstance(operation, ReplaceText):
            return literal(text, operation.find, match_case=operation.match_case, whole_words=operation.whole_words)
        if isinstance(operation, Highlight):
            told = operation.text if operation.text is not None else self.quote(operation.field or "")
            return literal(text, told, match_case=operation.match_case)
        if isinstance(operation, Redact):
            return self._redacted(text, operation)
        return []

    def quote(self, path: str) -> str:
        """Return the words of an extracted field; raises Refusal when it was not found."""
        field = self._fields.get(path)
        if field is None or not field.get("quote"):
            known = ", ".join(sorted(name for name, one in self._fields.items() if one.get("quote"))) or "none"
            raise Refusal(
                "field_not_found",
                f"There is no extracted field {path} with words in the document. Those with words: {known}."
                " Send extractionConfig with the run, and name a field that was found.",
            )
        return str(field["quote"])

    def _redacted(self, text: str, operation: Redact) -> Spans:
        if operation.text is not None:
            return literal(text, operation.text, match_case=operation.match_case)
        if operation.field is not None:
            return literal(text, self.quote(operation.field), match_case=True)
        if operation.regex is not None:
            return _matches(text, operation.regex, match_case=operation.match_case)
        if operation.pattern is None:
            return []
        return apart(self._values(text, operation.pattern))

    def _values(self, text: str, pattern: str) -> Spans:
        """Return the values of a kind in a text."""
        if pattern == "card":
            return _joined(text, _DIGITS, _CARD_DIGITS, _is_card)
        if pattern == "nationalId":
            return _joined(text, _SIGNS, _NATIONAL_SIGNS, _is_national)
        found = all_found(text, self._hints, kinds=_KINDS[pattern])
        return [(one.start, one.end) for one in found if one.certainty >= LEAST_CERTAINTY]


def literal(text: str, wanted: str, *, match_case: bool, whole_words: bool = False) -> Spans:
    """Return where a text stands in another; any white space in it fits any other."""
    parts = [re.escape(part) for part in _SPACE.split(wanted.strip()) if part]
    if not parts:
        return []
    pattern = r"\s+".join(parts)
    if whole_words:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    return [match.span() for match in re.finditer(pattern, text, 0 if match_case else re.IGNORECASE)]


def apart(spans: Spans) -> Spans:
    """Return places in order, those that overlap as one."""
    joined: Spans = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _matches(text: str, expression: str, *, match_case: bool) -> Spans:
    """Return what an expression matches; raises Refusal when it is none, or takes too long."""
    try:
        compiled = regex.compile(expression, 0 if match_case else regex.IGNORECASE)
        found = [match.span() for match in compiled.finditer(text, timeout=REGEX_S)]
    except regex.error as error:
        raise Refusal("regex_invalid", f"'{expression}' is no regular expression: {error}. Correct it.") from None
    except TimeoutError:
        raise Refusal(
            "regex_timed_out", f"'{expression}' took longer than {REGEX_S:g} s on a part of the text. Make it simpler."
        ) from None
    return [(start, end) for start, end in found if end > start]


def _joined(text: str, group: re.Pattern[str], length: tuple[int, int], is_valid: Callable[[str], bool]) -> Spans:
    """Return where groups of signs, parted by a space or hyphen each, are a number that is valid; the longest first."""
    groups = [match.span() for match in group.finditer(text)]
    found: Spans = []
    for place, (start, _) in enumerate(groups):
        if found and start < found[-1][1]:
            continue
        ends: list[int] = []
        for before, after in zip([(0, start), *groups[place:]], groups[place:], strict=False):
            if (
                text[before[1] : after[0]] not in ("", " ", "-", "\u00a0")
                or _bare_size(text[start : after[1]]) > length[1]
            ):
                break
            ends.append(after[1])
        told = [end for end in reversed(ends) if _bare_size(text[start:end]) >= length[0]]
        best = next((end for end in told if is_valid(_plain(text[start:end]))), None)
        if best is not None:
            found.append((start, best))
    return found


def _is_card(text: str) -> bool:
    """Tell whether a number can be that of a payment card."""
    return bool(luhn.is_valid(_bare(text)))


def _bare_size(text: str) -> int:
    return len(_bare(text))


def _bare(text: str) -> str:
    """Return a number without what parts its groups."""
    return re.sub(r"[\s./\-]", "", text).upper()


def _plain(text: str) -> str:
    """Return a number as it is looked up: with plain spaces."""
    return text.replace("\u00a0", " ")


def _is_national(text: str) -> bool:
    """Tell whether a number is one by which a state knows a person, by its check digits or its form."""
    bare = _bare(text)
    if sum(sign.isdigit() for sign in bare) < _LEAST_DIGITS:
        return False
    if _UK_INSURANCE.fullmatch(bare) or _GERMAN_PENSION.fullmatch(bare):
        return True
    if any(form.fullmatch(text) and validate(text) for form, validate in _IN_FORM):
        return True
    return any(validate(bare) for validate in _VALIDATORS)
