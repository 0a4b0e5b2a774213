"""The small numbers in words, of the languages that documents come in."""

import functools

from axelered_box.modules.values.months import folded

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
    "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
    "achtzehn neunzehn",
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf",
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve",
    "uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
    "diciassette diciotto diciannove",
    "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
    "achttien negentien",
    "um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezasseis dezassete "
    "dezoito dezanove",
)
_TENS = (
    "twenty thirty forty fifty sixty seventy eighty ninety",
    "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "vingt trente quarante cinquante soixante",
    "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
)
_JOINED = (
    "{ten}{unit}",
    "{unit}und{ten}",
    "{ten}{unit}",
    "{ten}y{unit}",
    "{ten}{unit}",
    "{unit}en{ten}",
    "{ten}e{unit}",
)
"""How tens and units make one word, per language, once spaces and hyphens are gone."""
_MORE = {
    "a": 1, "an": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "eines": 1, "eins": 1, "une": 1, "una": 1, "uma": 1,
    "twaalf": 12, "twelve": 12, "hundred": 100, "onehundred": 100, "hundert": 100,
    "cent": 100, "cien": 100, "cento": 100,
    "onehundredtwenty": 120, "onehundredandtwenty": 120, "onehundredeighty": 180, "onehundredandeighty": 180,
    "quatrevingtdix": 90, "duas": 2, "dua": 2, "sechzig": 60, "veinticuatro": 24, "trentasei": 36, "ventiquattro": 24,
}  # fmt: skip


def number_of(words: str) -> int | None:
    """Return the number that words, hyphenated or apart, or digits stand for, or None."""
    key = folded(words)
    return int(words) if words.isdigit() else _numbers().get(key)


@functools.cache
def _numbers() -> dict[str, int]:
    numbers = dict(_MORE)
    for units, tens, joined in zip(_UNITS, _TENS, _JOINED, strict=True):
        small = [folded(word) for word in units.split()]
        for number, word in enumerate(small, 1):
            numbers.setdefault(word, number)
        for ten, name in enumerate(tens.split(), 2):
            numbers.setdefault(folded(name), ten * 10)
            for unit in range(1, 10):
                numbers.setdefault(joined.format(ten=folded(name), unit=small[unit - 1]), ten * 10 + unit)
    return numbers
