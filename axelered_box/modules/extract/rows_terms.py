"""What the columns of tables are called in English, German, French, Spanish, Italian and Dutch, by meaning.

A heading and a property are alike as far as they have a meaning in common. A term may have several: a column called
*price* is the price of one, or what is to be paid. One that seldom has a meaning stands there with a tilde.
"""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

MEANINGS: dict[str, str] = {
    "position": "pos, position, item no, item number, line, line no, line number, nr, no, lfd nr, zeile, #, n°, num, "
    "ligne, linea, línea, riga, regel, row, posten nr, positionsnummer, rank, rang",
    "article": "article no, article number, item code, product code, product no, product number, code, sku, ref, "
    "reference, part no, part number, artikelnummer, artikelnr, artikel nr, art nr, bestellnummer, art no, materialnummer, "
    "référence, réf, code article, código, referencia, ref, codice, cod, cod articolo, codice articolo, artikelcode, "
    "hsn, ean, gtin, asin, isbn, catalog no, ~item, ~article, ~artikel, ~artículo, ~articolo",
    "description": "description, item description, item, items, product, product name, product description, service, "
    "services, goods, details, particulars, designation, name, article, text, title, work, task, activity, what, "
    "beschreibung, bezeichnung, artikel, artikelbezeichnung, produkt, leistung, leistungsbeschreibung, ware, "
    "warenbezeichnung, benennung, positionstext, artikelbeschreibung, tätigkeit, gegenstand, titel, name, posten, "
    "désignation, libellé, article, produit, prestation, descriptif, nature, intitulé, objet, nom, "
    "descripción, concepto, artículo, producto, servicio, detalle, nombre, denominación, "
    "descrizione, articolo, prodotto, servizio, denominazione, nome, oggetto, causale, "
    "omschrijving, beschrijving, artikel, product, dienst, naam, bezeichnung der leistung",
    "quantity": "quantity, qty, quant, amount ordered, pieces, pcs, units, count, number of, hours, hrs, no of, shipped, "
    "delivered, ordered, menge, anzahl, anz, stück, stk, liefermenge, mengeneinheit, stunden, std, tage, "
    "quantité, qté, qte, nombre, nb, qte livrée, heures, cantidad, cant, uds, unidades, horas, quantità, qta, q.tà, "
    "q tà, pezzi, pz, ore, aantal, hoeveelheid, stuks, uren, bestellte menge, gelieferte menge",
    "unit": "unit, uom, unit of measure, measure, einheit, eh, me, ein, maßeinheit, unité, u, unidad, ud, unità, u m, um, "
    "eenheid, eenh",
    "unit price": "unit price, unit cost, price per unit, price each, each, rate, price, cost, unit rate, list price, "
    "item price, single price, rate per hour, hourly rate, einzelpreis, stückpreis, preis pro einheit, preis je einheit, "
    "e preis, ep, e-preis, nettopreis, preis, stundensatz, satz, einzelbetrag, preis stück, "
    "prix unitaire, prix unit, pu, p u, pu ht, prix unitaire ht, prix, coût unitaire, tarif, taux horaire, "
    "precio unitario, precio unit, precio, p unitario, coste unitario, tarifa, prezzo unitario, prezzo, "
    "costo unitario, prezzo unit, tariffa, eenheidsprijs, stukprijs, prijs, prijs per stuk, stuksprijs, tarief",
    "amount": "amount, total, line total, total price, total amount, sum, net amount, net total, extended price, subtotal, "
    "value, ext price, extension, price, line amount, net, net value, total net, cost, charge, charges, total cost, "
    "betrag, gesamt, gesamtpreis, gesamtbetrag, summe, nettobetrag, positionsbetrag, preis, gp, g preis, wert, netto, "
    "nettosumme, nettowert, gesamtsumme, zeilensumme, positionssumme, betrag netto, gesamt netto, endpreis, warenwert, "
    "montant, total, total ht, montant ht, prix total, prix ht, prix, total ligne, somme, valeur, "
    "importe, total, monto, precio total, importe total, suma, valor, importo, totale, prezzo totale, somma, valore, "
    "imponibile, bedrag, totaal, totaalbedrag, totaalprijs, totaal excl, som, waarde, positionsbetrag ohne ust, "
    "price without tax, price w/o tax, price excl tax, total excl tax",
    "gross amount": "gross, gross amount, amount incl tax, total incl tax, total incl vat, brutto, bruttobetrag, "
    "gesamt brutto, bruttosumme, betrag brutto, ttc, total ttc, montant ttc, prix ttc, importe con iva, total con iva, "
    "lordo, totale ivato, importo lordo, bruto, totaal incl, bedrag incl btw, amount with tax, total with tax",
    "tax rate": "tax rate, vat rate, vat, tax, vat %, tax %, gst, sales tax, gst %, steuersatz, mwst, mwst satz, ust, "
    "ust satz, steuer, mwst %, taux tva, tva, tva %, taux, taxe, iva, tipo iva, iva %, % iva, aliquota, aliquota iva, "
    "btw, btw %, btw tarief, btw percentage, cod iva",
    "tax amount": "tax amount, vat amount, ~tax, ~vat, ~gst, ~mwst, ~ust, ~steuer, ~tva, ~iva, ~btw, steuerbetrag, mwst betrag, ust betrag, montant tva, importe iva, cuota iva, "
    "cuota, importo iva, imposta, btw bedrag, gst amount",
    "discount": "discount, disc, disc %, rebate, allowance, reduction, rabatt, nachlass, skonto, rab, remise, rem, "
    "rabais, réduction, descuento, dto, desc, sconto, sc, korting, kort",
    "date": "date, day, when, datum, tag, jour, fecha, día, data, giorno, dag, booking date, transaction date, "
    "posting date, buchungstag, buchungsdatum, buchung, date opération, date d'opération, fecha operación, "
    "data operazione, data contabile, boekdatum, boekingsdatum, trans date, post date, service date, leistungsdatum",
    "value date": "value date, valuta, wertstellung, valutadatum, wert, date valeur, date de valeur, fecha valor, "
    "data valuta, rentedatum, val date",
    "due": "due, due date, deadline, by when, until, target date, fällig, fälligkeit, fällig am, frist, termin, bis, "
    "bis wann, échéance, délai, date limite, vencimiento, plazo, fecha límite, scadenza, termine, vervaldatum, uiterlijk",
    "debit": "debit, withdrawal, withdrawals, paid out, money out, payments, out, charges, soll, lastschrift, belastung, "
    "ausgang, lastschriften, débit, sortie, cargo, cargos, debe, addebito, addebiti, dare, uscite, af, debet",
    "credit": "credit, deposit, deposits, paid in, money in, in, receipts, haben, gutschrift, eingang, gutschriften, "
    "crédit, entrée, abono, abonos, haber, accredito, accrediti, avere, entrate, bij, credit",
    "balance": "balance, running balance, saldo, kontostand, solde, saldo disponible, saldo contabile",
    "purpose": "purpose, transaction, payment details, narrative, memo, remarks, remark, comment, comments, note, notes, "
    "booking text, buchungstext, verwendungszweck, vorgang, bemerkung, bemerkungen, anmerkung, hinweis, opération, "
    "remarque, remarques, commentaire, observaciones, observación, movimiento, note, annotazioni, osservazioni, "
    "operazione, opmerking, opmerkingen, mededeling",
    "counterparty": "counterparty, payee, payer, recipient, beneficiary, sender, customer, client, supplier, vendor, "
    "empfänger, auftraggeber, begünstigter, zahlungsempfänger, kunde, lieferant, bénéficiaire, client, fournisseur, "
    "beneficiario, cliente, proveedor, ordinante, fornitore, begunstigde, klant, leverancier",
    "person": "name, person, responsible, owner, assignee, assigned to, who, participant, attendee, employee, staff, "
    "verantwortlich, verantwortlicher, zuständig, wer, teilnehmer, mitarbeiter, responsable, qui, participant, "
    "personne, nom, quién, asistente, empleado, nombre, responsabile, chi, partecipante, dipendente, nome, wie, "
    "verantwoordelijke, deelnemer, medewerker, actionee, actie door, lead",
    "action": "action, action item, task, to do, todo, what, topic, subject, agenda item, decision, aufgabe, maßnahme, was, "
    "thema, tagesordnungspunkt, top, beschluss, tâche, sujet, point, décision, acción, tarea, tema, punto, azione, "
    "compito, argomento, actie, taak, onderwerp, actiepunt",
    "status": "status, state, stand, statut, état, estado, stato, toestand",
    "role": "role, position, job title, title, function, funktion, rolle, stelle, tätigkeit, poste, fonction, rôle, puesto, "
    "cargo, función, rol, ruolo, mansione, qualifica, incarico, functie, rol, job, occupation",
    "company": "company, employer, organisation, organization, firm, institution, firma, unternehmen, arbeitgeber, "
    "betrieb, entreprise, société, employeur, empresa, compañía, azienda, società, datore di lavoro, bedrijf, werkgever",
    "place": "place, location, city, site, country, ort, standort, land, stadt, lieu, ville, pays, lugar, ciudad, país, "
    "luogo, città, paese, plaats, locatie, origin, destination, lagerort, depot",
    "start": "start, from, start date, begin, since, beginn, von, ab, début, de, du, inicio, desde, inizio, da, dal, begin, "
    "vanaf",
    "end": "end, to, until, end date, ende, bis, fin, au, à, hasta, fine, al, a, einde, tot",
    "period": "period, duration, time, dates, years, year, zeitraum, dauer, jahr, jahre, période, durée, année, periodo, "
    "período, duración, año, durata, anno, periode, duur, jaar",
    "medication": "medication, medicine, drug, product, medikament, arzneimittel, wirkstoff, präparat, médicament, "
    "medicamento, fármaco, farmaco, medicinale, medicijn, geneesmiddel",
    "dose": "dose, dosage, strength, dosis, dosierung, stärke, posologie, dosage, dosis, posología, dosaggio, posologia, "
    "dosering, sterkte",
    "frequency": "frequency, how often, interval, schedule, häufigkeit, einnahme, fréquence, frecuencia, pauta, frequenza, "
    "frequentie",
    "test": "test, parameter, analyte, examination, analysis, untersuchung, analyse, parameter, analyte, examen, prueba, "
    "análisis, esame, analisi, onderzoek, bepaling",
    "result": "result, value, measured, reading, ergebnis, wert, messwert, befund, résultat, valeur, resultado, valor, "
    "risultato, valore, resultaat, waarde, uitslag",
    "range": "reference range, reference, normal range, range, limits, referenzbereich, normwert, normbereich, "
    "valeurs de référence, norme, valores de referencia, rango, valori di riferimento, intervallo, referentiewaarden",
    "weight": "weight, net weight, gross weight, kg, gewicht, poids, peso, nettogewicht, bruttogewicht",
    "serial": "serial, serial no, serial number, batch, lot, seriennummer, charge, chargennummer, n° de série, lote, "
    "número de serie, lotto, matricola, serienummer, partij",
    "currency": "currency, währung, devise, monnaie, moneda, divisa, valuta",
    "phone": "phone, telephone, mobile, tel, telefon, handy, téléphone, teléfono, móvil, telefono, cellulare, telefoon",
    "mail": "email, e-mail, mail, courriel, correo, correo electrónico, posta elettronica",
    "address": "address, anschrift, adresse, dirección, indirizzo, adres",
}
NEAR: dict[frozenset[str], float] = {
    frozenset({"description", "purpose"}): 0.8,
    frozenset({"description", "action"}): 0.7,
    frozenset({"description", "medication"}): 0.7,
    frozenset({"description", "test"}): 0.7,
    frozenset({"description", "counterparty"}): 0.5,
    frozenset({"counterparty", "purpose"}): 0.5,
    frozenset({"action", "purpose"}): 0.5,
    frozenset({"amount", "gross amount"}): 0.7,
    frozenset({"amount", "debit"}): 0.5,
    frozenset({"amount", "credit"}): 0.5,
    frozenset({"amount", "result"}): 0.4,
    frozenset({"date", "value date"}): 0.7,
    frozenset({"date", "due"}): 0.6,
    frozenset({"date", "start"}): 0.5,
    frozenset({"date", "period"}): 0.5,
    frozenset({"dose", "quantity"}): 0.4,
    frozenset({"person", "counterparty"}): 0.4,
    frozenset({"article", "position"}): 0.4,
    frozenset({"article", "serial"}): 0.4,
}
"""Meanings that stand for each other at times, with how well they do."""

_SELDOM = 0.7
_COMPOUND = 0.85
_SAME_WORDS = 0.1
"""The part of a likeness that goes by the words, so that of two headings with one meaning the closer one is taken."""


def meanings(text: str) -> dict[str, float]:
    """Return what a heading or a property's name may mean, each with how surely, 0 to 1."""
    return _meanings(plain(text))


def alike(property_text: str, heading: str) -> float:
    """Return how surely a property and a heading mean the same, 0 to 1: by a common meaning, or by the words alone."""
    return _alike(plain(property_text), plain(heading))


def plain(text: str) -> str:
    """Return a text's words in lower case with single spaces, without accents, brackets and punctuation."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+|[%#°]", bare))


@lru_cache(maxsize=8192)
def _alike(name: str, heading: str) -> float:
    if not name or not heading:
        return 0.0
    by_words = fuzz.token_sort_ratio(name, heading) / 100
    common = fuzz.token_set_ratio(name, heading) / 100
    mine, theirs = _meanings(name), _meanings(heading)
    by_meaning = max((sure * other * _near(one, two) for one, sure in mine.items() for two, other in theirs.items()), default=0.0)
    best = max(by_meaning, by_words if by_words >= 0.8 else 0.0)
    return best * (1.0 - _SAME_WORDS + _SAME_WORDS * common)


def _near(one: str, other: str) -> float:
    return 1.0 if one == other else NEAR.get(frozenset({one, other}), 0.0)


@lru_cache(maxsize=8192)
def _meanings(text: str) -> dict[str, float]:
    terms = _terms()
    words = text.split()
    found: dict[str, float] = {}
    for first in range(len(words)):
        for last in range(min(len(words), first + 5), first, -1):
            share = (last - first) / len(words)
            for meaning, weight in terms.get(" ".join(words[first:last]), {}).items():
                found[meaning] = max(found.get(meaning, 0.0), weight * (0.4 + 0.6 * share))
    if not found:
        for word in words:
            found |= {meaning: weight / len(words) for meaning, weight in _compound(word).items()}
    return found


def _compound(word: str) -> dict[str, float]:
    """Return what the last part of a German or Dutch compound means, such as *betrag* in *Positionsbetrag*."""
    for start in range(1, len(word) - 3):
        if meaning := _terms().get(word[start:]):
            return {name: weight * _COMPOUND for name, weight in meaning.items()}
    return {}


@lru_cache(maxsize=1)
def _terms() -> dict[str, dict[str, float]]:
    terms: dict[str, dict[str, float]] = {}
    for meaning, names in MEANINGS.items():
        for term in names.split(", "):
            name = plain(term)
            sure = _SELDOM if term.startswith("~") or len(name) == 1 else 1.0
            terms.setdefault(name, {}).setdefault(meaning, sure)
    return terms
