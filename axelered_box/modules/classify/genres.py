"""What kinds of documents there are, by what names they go, and by which words and facts one knows them.

A text between bars is matched by whole words, without accents and case; one that begins with ``~`` anywhere in a word.
What is said here is general knowledge in English, German, French, Spanish and Italian. It decides nothing alone: it
helps where a label is the name of such a kind, and is silent where labels are of another sort, such as departments.
"""

import msgspec


class Genre(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of document."""

    name: str
    """In English, as one would say it."""
    names: str
    """Further names, those in other languages among them."""
    signs: str = ""
    """Words that hardly another kind has."""
    hints: str = ""
    """Words that this kind often has."""
    facts: str = ""
    """Facts of `facts.FACTS` that speak for it, each with a weight, such as ``slides:4``."""


TRADE = (
    Genre(
        name="invoice",
        names="bill|invoices|payment request|request for payment|tax invoice|credit note|~rechnung|~rechnungen"
        "|gutschrift|facture|avoir|note d honoraires"
        "|factura|fattura|parcella|nota di credito|nota de credito",
        signs="invoice|invoice number|invoice no|invoice date|bill to|amount due|~rechnung|~rechnungsnummer"
        "|rechnungsbetrag|facture|facture no|factura|factura no|fattura|payment terms|zahlbar bis|zahlungsziel"
        "|credit note|avoir|due date|balance due|zu zahlen|a regler sous|echeance|vencimiento|scadenza",
        hints="vat|iban|bic|mwst|ust|umsatzsteuer|ust idnr|tva|iva|partita iva|subtotal|net|netto|brutto|~nettobetrag"
        "|total ht|total ttc|quantity|unit price|menge|einzelpreis|prix unitaire|cantidad|prezzo|remit to"
        "|siret|kundennr"
        "|kundennummer|customer no|leistungsdatum|lieferdatum|skonto|imponibile|base imponible|customer",
        facts="amounts:1|total:1.5|slip:-2|clauses:-2|mail:-1|references:-2",
    ),
    Genre(
        name="receipt",
        names="receipts|till receipt|till slip|sales slip|pos slip|purchase slip|cash receipt|proof of purchase"
        "|proof of payment|kassenbon"
        "|kassenzettel|~quittung|~quittungen|kassenbeleg|bon|recu|ticket de caisse|ticket|recibo|tique|scontrino"
        "|ricevuta|ricevuta fiscale",
        signs="cash|change|cashier|change due|cash tendered|tendered|cash receipt|receipt|thank you come again"
        "|please come again|kassenbon|bar|gegeben|ruckgeld|kasse|bediener|caisse|espece|especes|rendu|monnaie rendue"
        "|efectivo|cambio|cajero|contanti|contante|resto|scontrino|goods sold are not returnable"
        "|exchange are not allowed"
        "|not refundable|rounding|round adj|rounding adj|rounding adjustment",
        hints="total|qty|item|items|gst|visa|mastercard|card|tax code|subtotal|thank you|vielen dank|merci|gracias"
        "|grazie"
        "|terminal|slip|summe|sr|store|shop|till|tel|artikel|tienda|table|customer copy|gst summary|tax invoice",
        facts="slip:3|amounts:1|total:1|picture:1|clauses:-2|mail:-2|long:-2|prose:-2",
    ),
    Genre(
        name="quotation",
        names="quote|offer|estimate|proposal|tender|bid|~angebot|kostenvoranschlag|devis|offre|proposition commerciale"
        "|presupuesto|oferta|cotizacion|preventivo|offerta",
        signs="quotation|quote|estimate|we are pleased to offer|~angebot|bieten wir ihnen|anzubieten|kostenvoranschlag"
        "|freibleibend|devis|presupuesto|cotizacion|preventivo|offerta valida|valid until|gultig bis|valable jusqu"
        "|halten uns|gebunden",
        hints="offer|price|prices|discount|delivery time|lieferzeit|rabatt|we look forward to receiving your order"
        "|auftrag"
        "|validity|validez|remise|sconto",
        facts="amounts:1|clauses:-1|slip:-2",
    ),
    Genre(
        name="purchase order",
        names="order|purchase orders|~bestellung|~bestellungen|auftrag|~auftragsbestatigung|order confirmation|commande"
        "|bon de commande|pedido|orden de compra|ordine|ordine di acquisto",
        signs="purchase order|po number|order number|please supply|bestellen wir|~bestellnummer|bon de commande"
        "|merci de nous livrer|orden de compra|pedido|ordine di acquisto|order confirmation|~auftragsbestatigung",
        hints="order|deliver to|delivery date|ship to|liefertermin|~bestellung|livraison|entrega|consegna|article"
        "|artikel",
        facts="amounts:.5|slip:-2|clauses:-1",
    ),
    Genre(
        name="delivery note",
        names="packing slip|packing list|shipping note|waybill|~lieferschein|frachtbrief|bon de livraison"
        "|bordereau de livraison|albaran|nota de entrega|bolla di consegna|documento di trasporto|ddt",
        signs="delivery note|packing slip|packing list|~lieferschein|bon de livraison|albaran|documento di trasporto"
        "|received in good order|ware erhalten|vollstandig erhalten|recibi conforme|gross weight|waybill",
        hints="shipped|packages|carrier|weight|lieferanschrift|sendung|karton|cartons|colis|transportista|spedition"
        "|vettore|colli|cajas|unterschrift|signature|geliefert|tracking",
    ),
    Genre(
        name="payment reminder",
        names="reminder|dunning letter|overdue notice|collection letter|~mahnung|zahlungserinnerung|relance"
        "|mise en demeure|recordatorio de pago|requerimiento de pago|sollecito|sollecito di pagamento",
        signs="reminder|final reminder|overdue|past due|~mahnung|~zahlungserinnerung|zahlungseingang|mise en demeure"
        "|impayee|relance|recordatorio|impago|sollecito|insoluto|collection agency|inkasso|inkassoburo",
        hints="outstanding|unpaid|offenen betrag|verzug|interest|mahngebuhr|demeure|retard|pendiente|ritardo|frist",
        facts="clauses:-1",
    ),
    Genre(
        name="bank statement",
        names="account statement|statement of account|statement|~kontoauszug|~kontoauszuge|releve de compte"
        "|releve bancaire|extracto bancario|extracto de cuenta|estratto conto",
        signs="opening balance|closing balance|account statement|bank statement|alter saldo|neuer saldo|~kontoauszug"
        "|solde precedent|nouveau solde|releve de compte|saldo anterior|saldo inicial|saldo final|estratto conto",
        hints="balance|saldo|solde|direct debit|lastschrift|prelevement|virement|gutschrift|withdrawal|deposit|salary"
        "|card payment|kartenzahlung|retrait|transferencia|bonifico|buchung|wertstellung",
        facts="amounts:.5|total:-.5",
    ),
    Genre(
        name="payslip",
        names="pay slip|salary statement|payroll|~lohnabrechnung|~gehaltsabrechnung|~entgeltabrechnung|bulletin de paie"
        "|fiche de paie|nomina|recibo de salario|busta paga|cedolino",
        signs="gross pay|net pay|payslip|pay slip|~gehaltsabrechnung|~lohnabrechnung|~bruttolohn|~lohnsteuer"
        "|bulletin de paie|salaire brut|net a payer avant|nomina|salario bruto|busta paga|cedolino|irpef",
        hints="employee|tax class|steuerklasse|social security|krankenversicherung|cotisations|retenciones|contributi",
    ),
    Genre(
        name="insurance policy",
        names="policy|insurance|insurance certificate|~versicherungsschein|~police|~versicherung|police d assurance"
        "|attestation d assurance|poliza|poliza de seguro|polizza|polizza assicurativa",
        signs="policyholder|policy number|sum insured|~versicherungsschein|versicherungsnehmer|~versicherungssumme"
        "|police d assurance|assure|souscripteur|poliza|asegurado|polizza|assicurato|premium|deductible",
        hints="insured|coverage|versichert|pramie|garantie|franchise|prima|cobertura|copertura|premio|claim",
    ),
    Genre(
        name="tax return or notice",
        names="tax|tax return|tax notice|tax form|tax assessment|~steuerbescheid|~steuererklarung|avis d imposition"
        "|declaration de revenus|declaracion de la renta|dichiarazione dei redditi",
        signs="taxable income|tax return|assessment notice|~steuerbescheid|~einkommensteuer|finanzamt|avis d imposition"
        "|revenu fiscal|agencia tributaria|irpf|agenzia delle entrate|dichiarazione dei redditi"
        "|internal revenue service",
        hints="tax year|taxpayer|deduction|withholding|steuernummer|impot|renta|imposta|filing",
    ),
)
