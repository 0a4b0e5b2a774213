"""One made-up document: its PDF, and the schema and truth of what it says and does not say."""

import random
import re
from dataclasses import dataclass
from typing import Any

from tests.samples.papers import layouts, schemas
from tests.samples.papers.books import Books, books
from tests.samples.papers.fields import LANGUAGES, kinds, texts, variants
from tests.samples.papers.layouts import Sheet
from tests.samples.papers.making import Maker, Said

Json = dict[str, Any]
FOREIGN = (
    "vin", "claim_number", "meter_number", "interest_rate", "date_of_birth", "patient_id", "policy_number", "incoterm",
    "first_registration", "consumption_kwh",
)  # fmt: skip
"""Fields that schemas of other kinds can ask for without an answer."""
LONG = 0.12
"""The share of letters with a page of terms."""
DROPPED = 0.25
"""How often a document lacks a field that it could have."""
SHARES = {"description": 3.2, "booking_text": 3.2, "task": 3, "role": 2, "organisation": 3, "test_name": 2}
FLUSHED = {"quantity", "unit_price", "amount", "booking_amount", "value"}
FIXED = {
    "gross_pay", "income_tax", "social_security", "net_pay", "total", "loan_amount", "amount_paid", "amount_due",
    "loss_date",
}  # fmt: skip
"""Figures that are never left out: another one could be taken for them."""
MOST_FIELDS = 13
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Paper:
    """A made-up document."""

    pdf: bytes
    schema: Json
    truth: Json


def make(kind: str, language: str, seed: int) -> Paper:
    """Return the document of a kind, language and seed: always the same one."""
    plan = kinds()[kind]
    maker = Maker(seed, language, to_person=plan.get("to_person", False))
    figures = books(plan["books"], maker)
    prose = _prose(plan, maker)
    printed = _chosen(plan, maker.dice, figures, prose)
    facts = {name: figures.facts.get(name) or maker.make(name) for name in printed}
    columns = [name for name in plan["columns"] if name != "item_number" or maker.dice.random() < 0.4]
    pdf = layouts.draw(_sheet(kind, facts, figures, columns, prose, maker), maker)
    return Paper(pdf, *_asked(kind, facts, figures, columns, maker))


def _prose(plan: Json, maker: Maker) -> list[str]:
    """Return the paragraphs of one of the ways to say what a kind says, with clauses that any contract may have."""
    said = maker.dice.choice(variants(plan.get("prose", ""), maker.language))
    if plan["form"] != "agreement":
        return said
    clauses = texts("clauses", maker.language) * maker.dice.choice([0, 0, 1, 1, 3])
    places = sorted(maker.dice.randint(1, len(said)) for _ in clauses)
    for place, clause in reversed(list(zip(places, clauses, strict=True))):
        said.insert(place, clause)
    return said


def _named(prose: list[str]) -> set[str]:
    return set(_PLACE.findall(" ".join(prose)))


def _chosen(plan: Json, dice: random.Random, figures: Books, prose: list[str]) -> list[str]:
    """Return the fields that the document says, some of the possible ones left out."""
    possible = [*plan["meta"], *plan["totals"], *plan["foot"], *plan.get("said", []), *plan["asked"]]
    kept = {*plan["first"], *plan["asked"], *plan.get("said", []), "net_total", "tax_total", "tax_rate", "grand_total"}
    kept |= _named(prose)
    paid = figures.facts.get("amount_paid")
    gone = {"amount_paid", "amount_due"} if paid is not None and not paid.value else set()
    return [
        name for name in possible if name not in gone and (name in kept or name in FIXED or dice.random() > DROPPED)
    ]


def _sheet(
    kind: str, facts: dict[str, Said], figures: Books, columns: list[str], prose: list[str], maker: Maker
) -> Sheet:
    plan, dice = kinds()[kind], maker.dice
    meta = _labelled(plan["meta"], facts, maker)
    if "currency" in facts and not maker.names_currency and plan["form"] == "letter" and dice.random() < 0.6:
        meta.append((maker.label("currency"), facts["currency"]))
    before = [_filled(text, facts | figures.facts) for text in prose]
    left = [name for name in plan["totals"] if name not in _named(prose)]
    after = []
    if plan["form"] == "letter" and dice.random() < 0.6:
        before.insert(0, dice.choice(texts("greeting", maker.language)))
        after.append(dice.choice(texts("closing", maker.language)))
    noise = texts("noise", maker.language)
    rows = [[row[column].text for column in columns] for row in figures.rows] if plan["rows"] else []
    if plan["form"] == "till":
        rows = [[row[name].text for name in ("description", "quantity", "amount")] for row in figures.rows]
    return Sheet(
        form=plan["form"],
        title=plan["title"][LANGUAGES.index(maker.language)],
        seller=f"{maker.seller.name}\n{maker.seller.address}",
        buyer=f"{maker.buyer.name}\n{maker.buyer.address}",
        meta=meta,
        head=[maker.label(column) for column in columns],
        rows=rows,
        shares=[SHARES.get(column, 1.0) for column in columns],
        flushed={place for place, column in enumerate(columns) if column in FLUSHED},
        totals=_with_rate(_labelled(left, facts, maker), facts, dice),
        foot=_labelled(plan["foot"], facts, maker),
        before=before,
        after=after,
        noise=_noise(kind, noise, maker),
    )


def _noise(kind: str, noise: list[str], maker: Maker) -> list[str]:
    """Return what a document says besides: small print, advertising, and now and then a page of terms."""
    if kind == "email":
        return []
    found = maker.dice.sample(noise, maker.dice.randint(0, 3))
    if kinds()[kind]["form"] == "letter" and maker.dice.random() < LONG:
        found += texts("clauses", maker.language) * 5
    return found


def _labelled(names: list[str], facts: dict[str, Said], maker: Maker) -> list[tuple[str, Said]]:
    return [(maker.label(name), facts[name]) for name in names if name in facts]


def _with_rate(totals: list[tuple[str, Said]], facts: dict[str, Said], dice: random.Random) -> list[tuple[str, Said]]:
    """Return totals with the tax rate in the tax's label, or as they are."""
    rate = facts.get("tax_rate")
    if rate is None or dice.random() < 0.4:
        return totals
    place = next(place for place, (_, said) in enumerate(totals) if said is rate)
    label, tax = totals[place + 1]
    return [*totals[:place], (f"{label} {rate.text}", tax), *totals[place + 2 :]]


def _filled(text: str, facts: dict[str, Said]) -> str:
    return _PLACE.sub(lambda found: facts[found[1]].text.replace("\n", ", "), text)


def _asked(kind: str, facts: dict[str, Said], figures: Books, columns: list[str], maker: Maker) -> tuple[Json, Json]:
    """Return a schema that asks for some of what the document says and for a little that it does not, and the truth."""
    plan, dice = kinds()[kind], maker.dice
    style = schemas.Style(dice)
    known = [name for name in facts if name != "currency" or _shows_currency(plan, maker)]
    others = [name for name in known if name not in plan["first"]]
    said = dice.sample(others, min(len(others), dice.randint(3, MOST_FIELDS - len(plan["first"]))))
    unsaid = [name for name in [*plan["meta"], *plan["foot"]] if name not in facts and name not in FIXED]
    strange = [name for name in FOREIGN if name not in {*plan["meta"], *plan["totals"]}]
    absent = dice.sample(unsaid, min(len(unsaid), 2)) + dice.sample(strange, dice.choice([0, 0, 1]))
    names = [name for name in facts if name in {*plan["first"], *said}] + absent
    if dice.random() < 0.5:
        dice.shuffle(names)
    asked = _rows_asked(plan, columns, figures, dice)
    title = kind.replace("_", " ").capitalize()
    return (
        schemas.schema(names, {name: found[0] for name, found in asked.items()}, title, style),
        schemas.truth({name: facts.get(name) for name in names}, asked, style),
    )


def _rows_asked(
    plan: Json, columns: list[str], figures: Books, dice: random.Random
) -> dict[str, tuple[list[str], list[dict[str, Said]]]]:
    """Return the table that a schema asks for, with its columns and rows; none where it asks for none."""
    if not plan["rows"] or dice.random() < 0.3:
        return {}
    wanted = [name for name in columns if name in _RECEIPT] if plan["form"] == "till" else columns
    return {plan["rows"]: (wanted, figures.rows)}


_RECEIPT = ("description", "amount")
"""The columns that a till prints for every row."""


def _shows_currency(plan: Json, maker: Maker) -> bool:
    """Tell whether the document says its currency with its amounts."""
    return maker.names_currency and bool(plan["totals"]) and any(name in schemas.COUNTED for name in plan["totals"])
