"""The labels of forms, invoices and receipts in five languages, in order of how much their values tell."""

import re

_CURRENCY = r"(?:EUR|USD|GBP|CHF|RM|MYR|CAD|AUD|SEK|NOK|DKK|PLN|CZK|HUF|INR|JPY|CNY|BRL|MXN|[€$£¥])"
_AMOUNT = rf"(?:{_CURRENCY}\s?)?[-+]?\d{{1,3}}(?:[.,'\s]?\d{{3}})*[.,]\d{{2}}(?:\s?{_CURRENCY})?(?:\s(?:TTC|HT))?"
_DATE = r"""\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}(?:\.|er|st|nd|rd
    |th)?\s(?:de\s)?[^\W\d_]{3,10}\.?\s(?:de\s)?\d{4}
    |[A-Z][a-z]{2,8}\.?\s\d{1,2},\s\d{4}"""
TYPED = re.compile(
    rf"(?P<label>[^\W\d_][^:\d]{{1,50}}?)\s*[:#]?\s+(?P<value>{re.sub(chr(10) + ' *', '', _DATE)}|{_AMOUNT})\s*$"
)
"""A line that ends with a date or an amount."""
LABELLED = re.compile(r"^(?P<label>[^\W\d_][^:]{1,50}):\s*(?P<value>\S.*)$")
"""A line with a colon after its label."""
AMOUNT = re.compile(rf"(?<![\d./])(?:{_AMOUNT})(?![\d./])")
_IS_AMOUNT = re.compile(rf"^{_AMOUNT}$")
_UNIT = re.compile(rf"\s*\(?(?:in\s)?{_CURRENCY}\)?$")
_HAS_DIGIT = re.compile(r"\d")

_KINDS = (
    # the amount that is to be paid
    (
        """(?:total|amount|balance|net)? ?(?:amount )?(?:due|payable)|zahlbetrag|(?:noch )?zu zahlen\\w*|zahlungsbetrag
        |somme à payer|net à payer|montant (?:dû|à payer)|total a pagar|importe a pagar|totale (?:dovuto|da pagare)
        |netto a pagare""",
        """(?:grand|invoice) total|total for (?:this|the) \\w+|total (?:amount|ttc|facture|factura|fattura)
        |total \\(?incl.*|total sales.*incl.*|gesamtbetrag
        |rechnungsbetrag|bruttosumme|bruttobetrag|endbetrag|gesamtsumme|rechnungssumme
        |montant (?:total|ttc)|importe total|importo totale|totale (?:fattura|documento|complessivo)""",
        "total|totale|totaal|summe|gesamt|amount|betrag|montant|importe|importo",
    ),
    # until when
    (
        """(?:payment )?due(?: date)?|pay(?:ment)? by|fällig(?:keit|keitsdatum| am)?|zahlbar bis|zahlungsziel
        |(?:date d.)?échéance.*|date limite.*|(?:fecha de )?vencimiento|(?:data )?scadenza|deadline|frist|valid until
        |gültig bis""",
    ),
    # from whom, to whom
    (
        """(?:name of )?(?:seller|vendor|supplier|applicant|patient|employee|tenant|insured|name)|verkäufer|lieferant
        |versicherer|antragsteller(?:in)?|vendeur|fournisseur|demandeur|nom|vendedor|proveedor|solicitante|nombre
        |venditore|fornitore|richiedente|nome|from|von|de|da|company|firma""",
    ),
    (
        """buyer|customer|client|bill to|ship to|to|an|käufer|kunde|empfänger|acheteur|destinataire|comprador|cliente
        |acquirente""",
    ),
    # which one, and when
    (
        """(?:invoice|order|receipt|customer|policy|contract|doc(?:ument)?|bill|reference|case|claim|file)\\s?
        (?:no|number|nr|id)?\\b.*|(?:rechnungs|kunden|vertrags|beleg|auftrags|versicherungs|akten)\\s?-?
        (?:nr|nummer|zeichen).*|(?:n° (?:de )?)?facture.*|n° .*|n[úu]mero.*|factura n.*|fattura n.*|no|nr
        |reference|ref""",
    ),
    (
        """(?:invoice |issue |order |delivery )?date(?: of .*)?|(?:rechnungs|liefer|ausstellungs|leistungs)?-?datum.*
        |vom|liefer- und .*|date (?:d.|de ).*|fecha.*|data.*|sent|gesendet|envoyé|enviado|inviato""",
    ),
    # about what
    (
        """subject|re|betreff|objet|asunto|oggetto|description|beschreibung|purpose|zweck|period|zeitraum|période|periodo
        |type""",
    ),
    # how it adds up
    (
        """sub\\s?total|net(?:to)?(?:betrag|summe|amount| total)?|rechnungssumme ohne.*|total ht|base imponible
        |imponibile""",
        "(?:sales )?tax.*|vat.*|gst.*|ust.*|mwst.*|steuerbetrag|umsatzsteuer.*|tva.*|iva.*",
    ),
)
_PATTERNS = [
    (10 * kind + order, re.compile(re.sub(r"\n\s*", "", words), re.IGNORECASE))
    for kind, patterns in enumerate(_KINDS)
    for order, words in enumerate(patterns)
]
TO_PAY = 0
"""The kind of amounts that are to be paid."""
_AMOUNTS = frozenset({TO_PAY, len(_KINDS) - 1})
"""Kinds whose values are amounts."""
UNKNOWN = 10 * len(_KINDS)


def rank_of(label: str, value: str) -> int:
    """Return how telling a labelled value is, the lower the more; `UNKNOWN` for a label that is not known."""
    label = _UNIT.sub("", label)
    for rank, pattern in _PATTERNS:
        if pattern.fullmatch(label) and (kind_of(rank) not in _AMOUNTS or _IS_AMOUNT.match(value)):
            return rank
    return UNKNOWN if _HAS_DIGIT.search(value) else UNKNOWN + 1


def kind_of(rank: int) -> int:
    """Return the kind of a rank: what its values are about."""
    return rank // 10
