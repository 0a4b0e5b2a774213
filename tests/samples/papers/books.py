"""The figures of made-up documents that hang together: sums, taxes, balances, wages, meters, laboratory values."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.samples.papers.making import Maker, Said

TAXES = {"eng": (20, 0, 5, 8.25), "deu": (19, 7), "fra": (20, 10, 5.5), "spa": (21, 10), "ita": (22, 10, 4)}
Row = dict[str, Said]


@dataclass
class Books:
    """What was computed: values of fields, the rows of the kind's table, and lists of texts."""

    facts: dict[str, Said] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)


def books(name: str, maker: Maker) -> Books:
    """Return the figures of a document by the name of what computes them; none for an empty name."""
    return _BOOKS[name](maker) if name else Books()


def _sale(maker: Maker, goods: str = "product", dearest: float = 400) -> Books:
    dice = maker.dice
    rows, net = [], 0.0
    for _ in range(dice.randint(1, dice.choice([3, 8, 8, 24]))):
        count = dice.choice([1, 1, 2, 3, 5, 10, 12, 2.5])
        price = dice.randint(99, int(dearest * 100)) / 100
        net += round(count * price, 2)
        rows.append(
            {
                "item_number": maker.make("item_number"),
                "description": _said(maker.choice(goods)),
                "quantity": Said(count, maker.number(count, 0 if count == int(count) else 1)),
                "unit_price": maker.bare(price),
                "amount": maker.bare(round(count * price, 2)),
            }
        )
    return Books(_taxed(maker, round(net, 2)), rows)


def _till(maker: Maker) -> Books:
    """Return the sale of a shop, whose prices have tax in them."""
    made = _sale(maker, "grocery", 15)
    total = round(sum(row["amount"].value for row in made.rows), 2)
    rate = maker.dice.choice(TAXES[maker.language])
    net = round(total / (1 + rate / 100), 2)
    made.facts |= {"total": maker.money(total), "net_total": maker.bare(net), "tax_total": maker.bare(total - net)}
    return made


def _taxed(maker: Maker, net: float) -> dict[str, Said]:
    rate = maker.dice.choice(TAXES[maker.language])
    tax = round(net * rate / 100, 2)
    paid = round((net + tax) * maker.dice.choice([0, 0, 0.3, 0.5]), 2)
    digits = 0 if rate == int(rate) else 2
    return {
        "net_total": maker.money(net),
        "tax_rate": Said(rate, f"{maker.number(rate, digits)} %"),
        "tax_total": maker.money(tax),
        "grand_total": maker.money(net + tax),
        "amount_paid": maker.money(paid),
        "amount_due": maker.money(net + tax - paid),
    }


def _account(maker: Maker) -> Books:
    opening = balance = maker.dice.randint(10_000, 900_000) / 100
    rows = []
    for place in range(maker.dice.randint(4, 14)):
        sum_ = round(maker.dice.choice([-1, -1, -1, 1]) * maker.dice.randint(300, 180_000) / 100, 2)
        balance = round(balance + sum_, 2)
        day = maker.date(maker.day - datetime.timedelta(days=30 - 2 * place))
        text = _said(maker.choice("booking"))
        rows.append({"booking_date": day, "booking_text": text, "booking_amount": maker.bare(sum_)})
    return Books({"opening_balance": maker.money(opening), "closing_balance": maker.money(balance)}, rows)


def _wages(maker: Maker) -> Books:
    gross = maker.dice.randint(190_000, 780_000) / 100
    tax, insurance = round(gross * 0.17, 2), round(gross * 0.11, 2)
    named = {"gross_pay": gross, "income_tax": tax, "social_security": insurance, "net_pay": gross - tax - insurance}
    return Books({name: maker.money(value) for name, value in named.items()})


def _meter(maker: Maker) -> Books:
    start, used = maker.dice.randint(1000, 60_000), maker.dice.randint(300, 6000)
    readings = {"meter_start": start, "meter_end": start + used, "consumption_kwh": used}
    counted = {name: Said(value, maker.number(value, 0)) for name, value in readings.items()}
    return Books(_taxed(maker, round(used * 0.31, 2)) | counted)


def _laboratory(maker: Maker) -> Books:
    rows = []
    names = [maker.choice("analyte") for _ in range(12)]
    for name in list(dict.fromkeys(names))[: maker.dice.randint(3, 6)]:
        low = maker.dice.randint(1, 80)
        high = low + maker.dice.randint(3, 60)
        value = round(maker.dice.uniform(low * 0.8, high * 1.2), 1)
        rows.append(
            {
                "test_name": _said(name),
                "value": Said(value, maker.number(value, 1)),
                "unit": _said(maker.dice.choice(["g/dl", "mg/dl", "mmol/l", "U/l", "%"])),
                "reference_range": _said(f"{low} - {high}"),
            }
        )
    return Books(rows=rows)


def _career(maker: Maker) -> Books:
    rows, year = [], maker.day.year
    for _ in range(maker.dice.randint(2, 4)):
        year -= maker.dice.randint(2, 6)
        role, firm = _said(maker.choice("job")), _said(maker.company())
        rows.append({"start_year": Said(year, str(year)), "role": role, "organisation": firm})
    return Books(rows=rows)


def _meeting(maker: Maker) -> Books:
    rows = []
    for _ in range(maker.dice.randint(1, 4)):
        day = maker.date(maker.day + datetime.timedelta(days=maker.dice.randint(3, 40)))
        rows.append({"task": _said(maker.choice("chore")), "assignee": _said(maker.person()), "deadline": day})
    return Books(rows=rows)


def _parties(maker: Maker) -> Books:
    """Return two parties and where they sit."""
    names = [maker.seller.name, maker.buyer.name]
    places = [maker.seller.address, maker.buyer.address]
    named = {f"party_{place}": _said(name) for place, name in enumerate(names)}
    seats = {f"place_{place}": _said(address.replace("\n", ", ")) for place, address in enumerate(places)}
    others = {"other_law": _said(maker.choice("law")), "other_term": _said(maker.choice("term"))}
    day = maker.day
    suffix = "th" if 10 < day.day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    others["day_in_words"] = Said(day.isoformat(), f"{day.day}{suffix} day of {day:%B}, {day.year}")
    return Books({"party": Said(names, ", ".join(names))} | named | seats | others)


def _said(text: str) -> Said:
    return Said(text, text)


_BOOKS: dict[str, Callable[[Maker], Books]] = {
    "sale": _sale, "till": _till, "account": _account, "wages": _wages, "meter": _meter, "laboratory": _laboratory,
    "career": _career, "meeting": _meeting, "parties": _parties,
}  # fmt: skip
