"""Values of made-up documents: each as a schema wants it, and as a document of its language and house prints it."""

import datetime
import random
import string
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel.dates import format_date
from faker import Faker
from stdnum.eu import vat as eu_vat
from stdnum.gb import vat as gb_vat

from tests.samples.papers.fields import LANGUAGES, fields, words

LOCALES = {
    "eng": ("en_GB", "en_US"),
    "deu": ("de_DE", "de_AT"),
    "fra": ("fr_FR",),
    "spa": ("es_ES",),
    "ita": ("it_IT",),
}
CURRENCIES = {"en_GB": ("GBP", "£"), "en_US": ("USD", "$")}
EURO = ("EUR", "€")
DATES = {
    "en_GB": ("d MMMM yyyy", "dd/MM/yyyy", "d MMM yyyy", "dd-MM-yyyy", "yyyy-MM-dd", "EEEE, d MMMM yyyy"),
    "en_US": ("MMMM d, yyyy", "MM/dd/yyyy", "MMM d, yyyy", "yyyy-MM-dd"),
    "de": ("dd.MM.yyyy", "d. MMMM yyyy", "dd.MM.yy", "d.M.yyyy"),
    "fr": ("dd/MM/yyyy", "d MMMM yyyy", "dd-MM-yyyy", "dd.MM.yyyy"),
    "es": ("dd/MM/yyyy", "d 'de' MMMM 'de' yyyy", "dd-MM-yyyy", "d MMM yyyy"),
    "it": ("dd/MM/yyyy", "d MMMM yyyy", "dd-MM-yyyy", "dd.MM.yyyy"),
}
"""Patterns of dates by locale or its language."""
_POINT, _COMMA, _SPACE = (",", "."), (".", ","), (" ", ",")
MARKS = {"eng": (_POINT,), "deu": (_COMMA, _SPACE), "fra": (_SPACE, _COMMA), "spa": (_COMMA,), "ita": (_COMMA,)}
"""The signs between thousands and before decimals."""
AMOUNTS = ("{0}", "{0} {1}", "{1} {0}", "{0} {2}", "{2}{0}")
"""Where an amount's currency stands: 0 the number, 1 the code, 2 the sign."""


@dataclass(frozen=True)
class Said:
    """A value of the truth, and the words by which it is printed."""

    value: Any
    text: str
    options: tuple[str, ...] = ()
    """Of one among a few, what each is called."""


@dataclass(frozen=True)
class Party:
    """A firm or a person with an address."""

    name: str
    address: str
    """Its lines parted by line feeds."""


class Maker:
    """A seeded source of values for one document, which prints dates and numbers in one way throughout."""

    def __init__(self, seed: int, language: str, *, to_person: bool = False) -> None:
        self.dice = random.Random(seed)
        self.language = language
        self.locale = self.dice.choice(LOCALES[language])
        self.fake = _faker(self.locale)
        self.fake.seed_instance(seed)
        self.day = self._first_day()
        self.code, self.sign = CURRENCIES.get(self.locale, EURO)
        self._dates = self.dice.choice(DATES.get(self.locale) or DATES[self.locale[:2]])
        self._thousands, self._point = self.dice.choice(MARKS[language])
        self._amounts = self.dice.choice(AMOUNTS)
        self.names_currency = self._amounts != AMOUNTS[0]
        self.seller = Party(self.company(), self.address())
        self.buyer = Party(self.person() if to_person or self.dice.random() < 0.4 else self.company(), self.address())

    def make(self, name: str) -> Said:
        """Return a value for a field by its sort."""
        sort, *more = fields()[name].sort.split(":")
        if sort.startswith("date"):
            return self.date(self.day + datetime.timedelta(days=int(sort[4:] or 0)))
        if sort.startswith(("seller.", "buyer.")):
            party, part = sort.split(".")
            said = str(getattr(getattr(self, party), part))
            return Said(said.replace("\n", ", "), said)
        makers: dict[str, Callable[..., Said]] = {
            "number": self._number, "amount": self._amount, "decimal": self._decimal, "int": self._int,
            "percent": self._percent, "words": self._words, "enum": self._enum, "bool": self._bool, "list": self._list,
            "months": self._months, "vat": self._vat, "iban": self._iban, "address": self._address, "time": self._time,
            "birth": self._birth, "currency": self._currency, "vin": self._vin,
        }  # fmt: skip
        return makers[sort](*more) if sort in makers else _same(self._plain(sort))

    def date(self, day: datetime.date) -> Said:
        """Return a day as this document prints it."""
        return Said(day.isoformat(), format_date(day, self._dates, locale=self.locale))

    def number(self, value: float, digits: int = 2) -> str:
        """Return a number with this document's signs."""
        plain = f"{value:,.{digits}f}"
        return plain.translate({ord(","): self._thousands, ord("."): self._point})

    def money(self, value: float) -> Said:
        """Return an amount of money with the currency where this document prints it."""
        return Said(round(value, 2), self._amounts.format(self.number(value), self.code, self.sign))

    def bare(self, value: float) -> Said:
        """Return an amount of money without its currency."""
        return Said(round(value, 2), self.number(value))

    def label(self, name: str) -> str:
        """Return what a field is called in print, the usual word more often."""
        said = fields()[name].labels[self.language]
        return self.dice.choices(said, range(len(said) + 1, 1, -1))[0]

    def company(self) -> str:
        """Return the name of a firm; Faker's English ones lack a legal form."""
        forms = {"en_GB": ("Ltd", "Limited", "plc", "LLP"), "en_US": ("Inc.", "LLC", "Corp.", "Co.")}
        name = str(self.fake.company())
        return f"{name} {self.dice.choice(forms[self.locale])}" if self.locale in forms else name

    def person(self) -> str:
        """Return the name of a person without titles."""
        return f"{self.fake.first_name()} {self.fake.last_name()}"

    def address(self) -> str:
        """Return a postal address in lines."""
        return "\n".join(line.strip(" ,") for line in str(self.fake.address()).split("\n"))

    def choice(self, kind: str) -> str:
        """Return one of a set of words in this document's language."""
        return str(self.dice.choice(words()[kind][self.language]))

    def _first_day(self) -> datetime.date:
        """Return the document's day; past the 12th where day and month could be taken for each other."""
        first = 13 if self.locale == "en_US" else 1
        return datetime.date(self.dice.randint(2016, 2026), self.dice.randint(1, 12), self.dice.randint(first, 28))

    def _number(self, prefix: str = "") -> Said:
        year, serial = self.day.year, self.dice.randint(1, 99999)
        plain = (f"{self.dice.randint(10**5, 10**9)}", f"{year}{serial:05}", f"{serial:06}-{self.dice.randint(1, 99)}")
        marked = (f"{prefix}-{year}-{serial:04}", f"{prefix}{serial:06}", f"{year}/{serial}", f"{prefix}/{serial:05}")
        return _same(self.dice.choice([*plain, *(marked if prefix else (f"K{serial:05}", f"{serial}"))]))

    def _amount(self, low: str, high: str) -> Said:
        return self.money(self.dice.randint(int(low) * 100, int(high) * 100) / 100)

    def _decimal(self, low: str, high: str) -> Said:
        value = self.dice.randint(int(low) * 10, int(high) * 10) / 10
        return Said(value, self.number(value, 1))

    def _int(self, low: str, high: str) -> Said:
        value = self.dice.randint(int(low), int(high))
        return Said(value, str(value))

    def _percent(self, low: str, high: str) -> Said:
        value = self.dice.randint(int(low) * 100, int(high) * 100) / 100
        return Said(value, f"{self.number(value)} %" if self.language != "eng" else f"{self.number(value)}%")

    def _months(self) -> Said:
        value = self.dice.choice([12, 24, 36, 48, 60, 72])
        unit = dict(zip(LANGUAGES, ("months", "Monate", "mois", "meses", "mesi"), strict=True))[self.language]
        return Said(value, f"{value} {unit}")

    def _words(self, kind: str) -> Said:
        return _same(self.choice(kind))

    def _enum(self, kind: str) -> Said:
        place = LANGUAGES.index(self.language)
        known = {value: said[place] for value, said in words()["enum"][kind].items()}
        value = self.dice.choice(list(known))
        return Said(value, known[value], tuple(known.values()))

    def _bool(self) -> Said:
        value = self.dice.random() < 0.5
        return Said(value, self.choice("yes" if value else "no"))

    def _list(self, kind: str) -> Said:
        if kind == "person":
            found = [self.person() for _ in range(self.dice.randint(2, 5))]
        else:
            found = self.dice.sample(words()[kind][self.language], self.dice.randint(2, 4))
        return Said(found, ", ".join(found))

    def _vat(self) -> Said:
        """Return a VAT number whose check digits are right: drawn until one is."""
        made = {"eng": "GB#########", "deu": "DE#########", "fra": "FR###########", "spa": "ESB########"}
        valid = gb_vat.is_valid if self.language == "eng" else eu_vat.is_valid
        while True:
            drawn = self.fake.numerify(made.get(self.language, "IT###########"))
            if valid(drawn):
                return Said(drawn, self.dice.choice([drawn, drawn, f"{drawn[:2]} {drawn[2:]}"]))

    def _iban(self) -> Said:
        drawn = str(_faker("en_GB" if self.language == "eng" else self.locale).iban())
        grouped = " ".join(drawn[place : place + 4] for place in range(0, len(drawn), 4))
        return Said(drawn, self.dice.choice([drawn, grouped, grouped]))

    def _address(self) -> Said:
        said = self.address()
        return Said(said.replace("\n", ", "), said)

    def _birth(self) -> Said:
        return self.date(self.fake.date_of_birth(minimum_age=18, maximum_age=85))

    def _currency(self) -> Said:
        return _same(self.code)

    def _time(self) -> Said:
        return _same(f"{self.dice.randint(8, 20)}:{self.dice.randint(0, 59):02}")

    def _vin(self) -> Said:
        letters = string.ascii_uppercase.translate({ord(letter): None for letter in "IOQ"}) + string.digits
        return _same("".join(self.dice.choices(letters, k=17)))

    def _plain(self, sort: str) -> str:
        """Return what Faker makes, or what is put together from it."""
        made: dict[str, Callable[[], str]] = {
            "person": self.person, "email": self.fake.ascii_safe_email, "phone": self.fake.phone_number,
            "first_name": self.fake.first_name, "last_name": self.fake.last_name, "city": self.fake.city,
            "postcode": self.fake.postcode, "bic": self.fake.swift, "doctor": lambda: f"Dr. {self.person()}",
        }  # fmt: skip
        return str(made[sort]())


def _same(said: str) -> Said:
    return Said(said, said)


@cache
def _faker(locale: str) -> Faker:
    return Faker(locale)
