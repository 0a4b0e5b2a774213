"""Rows of tables that are no items: sums, balances and what was paid."""

import re
from functools import lru_cache

from axelered_box.modules.extract.rows_bands import Band
from axelered_box.modules.extract.rows_numerals import is_date
from axelered_box.modules.extract.rows_terms import plain

_SUM = re.compile(
    r"(?:(?:sub|grand|running|sous|sub)? ?-?(?:total|totals|totale|totaal|totaux|subtotal|subtotale|subtotaal)\b"
    r"|gesamt(?:brutto|netto|preis|kosten|wert)\b|(?:zwischen|gesamt|end|netto|brutto|positions|rechnungs)?(?:summe|gesamt|gesamtbetrag|nettobetrag"
    r"|bruttobetrag)\b"
    r"|(?:montant|total|importe|importo) (?:ht|ttc|net|neto|netto)\b|base imponible|imponibile"
    r"|cuota\b|imposta\b|steuer\b"
    r"|sum\b|somme\b|suma\b|somma\b|net (?:total|amount)\b|amount due|balance (?:due|brought|carried)"
    r"|zu zahlen|zahlbetrag"
    r"|(?:zzgl |plus |incl |inkl |davon )?\d{0,2} ?%? ?(?:vat|gst|mwst|ust|umsatzsteuer|mehrwertsteuer|tva|iva"
    r"|btw|sales tax|tax)\b(?! (?:consult|advi|return))"
    r"|ubertrag(?: (?:von|auf|aus|seite) .*)?$|carried forward|brought forward|carry over"
    r"|a reporter|report$|suma y sigue|suma anterior"
    r"|riporto|a riportare|transport$"
    r"|(?:opening|closing|starting|ending|previous|new|final) balance|(?:alter|neuer|anfangs"
    r"|end) ?(?:kontostand|saldo)|anfangsbestand|endbestand"
    r"|kontostand|(?:ancien|nouveau) solde|solde (?:initial|final|precedent|nouveau)|saldo (?:inicial|final"
    r"|anterior|iniziale|finale|nuevo|precedente)"
    r"|begin ?saldo|eind ?saldo|eindsaldo|beginsaldo|vorig saldo|nieuw saldo)"
)


_PAYMENT = re.compile(
    r"(?:cash|card|credit card|debit card|change|change due|visa|mastercard|master card"
    r"|rounding(?: adj\w*)?|round off"
    r"|tendered|amount tendered|paid|payment|no of items|total items|items|item count|amt excl gst|excl gst|savings"
    r"|bar|gegeben|bargeld"
    r"|ec karte|karte|girocard|ruckgeld|wechselgeld|rundung|especes|carte|carte bancaire|cb|rendu"
    r"|rendu monnaie|monnaie"
    r"|arrondi|efectivo|tarjeta|cambio|redondeo|contanti|contante|carta|resto|arrotondamento|pinnen"
    r"|wisselgeld|afronding)"
)
_ANY_SUM = re.compile(r"\b(?:sub ?)?(?:total|totaal|totale)\b|\btot qty\b")
_ONLY_SUM = re.compile(
    r"(?:(?:grand|sub|sous) ?)?(?:total|totale|totaal|summe|gesamt|gesamtsumme|gesamtbetrag|somme|suma|somma)"
)
_SUB = re.compile(
    r"sub|zwischen|sous|ubertrag|carr|brought|report|a reporter|suma|riport|transport|opening|start|previous|alter"
)


def is_only_sum(band: Band) -> bool:
    """Tell whether a row's label says nothing but that it is a sum."""
    return _ONLY_SUM.fullmatch(_label(band)) is not None


def is_part_sum(band: Band) -> bool:
    """Tell whether a sum is one that items may follow: a subtotal, or one carried over a page."""
    return _SUB.match(_label(band)) is not None


def is_sum(band: Band) -> bool:
    """Tell whether a row adds up others, carries their sum over, states a balance or what was paid."""
    return _says_sum(_label(band), _words(band))


@lru_cache(maxsize=16384)
def _says_sum(label: str, words: str) -> bool:
    short = len(label.split()) <= 6 and _ANY_SUM.search(label) is not None
    return short or _SUM.match(label) is not None or _PAYMENT.fullmatch(words) is not None


def _words(band: Band) -> str:
    """Return all words of a band that are no number and no day."""
    return plain(" ".join(piece.text for piece in band.pieces if not piece.numeric and not is_date(piece.text)))


def _label(band: Band) -> str:
    """Return the words of a band's first piece that is no number and no day."""
    return next((plain(piece.text) for piece in band.pieces if not piece.numeric and not is_date(piece.text)), "")
