"""Where made-up documents print what they say: letterheads, labels, tables, prose, boxes, each in several ways."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.samples.papers.making import Maker, Said
from tests.samples.papers.pairs import PAIRS, Pairs, grid, pairs, tabbed
from tests.samples.papers.pen import A4, BLACK, GREY, LETTER, House, Pen, Rgb

ACCENTS: tuple[Rgb, ...] = (BLACK, (0.1, 0.25, 0.55), (0.6, 0.1, 0.1), (0.1, 0.4, 0.25))


@dataclass
class Sheet:
    """All that a document says, ready to be printed."""

    form: str
    title: str
    seller: str
    """The letterhead: name and address in lines."""
    buyer: str
    meta: list[tuple[str, Said]] = field(default_factory=list)
    """Labels and their values."""
    head: list[str] = field(default_factory=list)
    """The table's head, empty where there is no table."""
    rows: list[list[str]] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)
    flushed: set[int] = field(default_factory=set)
    totals: list[tuple[str, Said]] = field(default_factory=list)
    foot: list[tuple[str, Said]] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    """Prose before the table and totals."""
    after: list[str] = field(default_factory=list)
    noise: list[str] = field(default_factory=list)


def house(dice: random.Random, form: str, *, letter: bool) -> House:
    """Return how a document's writer prints."""
    if form == "till":
        return House((dice.choice([226.0, 250.0]), 640.0), dice.choice(["mono", "sans"]), 8.5, 14.0)
    return House(
        size=LETTER if letter else A4,
        family=dice.choice(["sans", "sans", "serif"] if form != "mail" else ["sans", "mono"]),
        points=dice.choice([8.5, 9.0, 9.5, 10.0, 11.0]),
        margin=dice.choice([42.0, 56.0, 68.0]),
        accent=dice.choice(ACCENTS),
        rules=dice.choice(["grid", "lines", "head", "zebra", "none"]),
    )


def draw(sheet: Sheet, maker: Maker) -> bytes:
    """Return a document as PDF, laid out by its form and the maker's dice."""
    pen = Pen(house(maker.dice, sheet.form, letter=maker.locale == "en_US"))
    _FORMS[sheet.form](pen, sheet, maker.dice)
    return pen.save()


def _letter(pen: Pen, sheet: Sheet, dice: random.Random) -> None:
    _letterhead(pen, sheet, dice)
    style = dice.choice([*PAIRS, "aside", "aside"])
    is_first = dice.random() < 0.4
    if sheet.title and is_first:
        _title(pen, sheet, dice)
    top = pen.y
    _recipient(pen, sheet, dice)
    if style == "aside":
        below, pen.y = pen.y, top
        tabbed(pen, sheet.meta, pen.left + pen.width * 0.54, 0.5)
        pen.y = max(pen.y, below) + pen.leading
    if sheet.title and not is_first:
        _title(pen, sheet, dice)
    if style != "aside":
        pairs(pen, sheet.meta, style)
    _body(pen, sheet, dice)
    _foot(pen, sheet, dice)


def _body(pen: Pen, sheet: Sheet, dice: random.Random) -> None:
    for paragraph in sheet.before:
        pen.block(paragraph)
        pen.y += pen.leading / 2
    if sheet.rows:
        pen.y += pen.leading / 2
        pen.table(sheet.head, sheet.rows, sheet.shares, sheet.flushed)
    if sheet.totals:
        pen.need(pen.leading * (len(sheet.totals) + 2))
        style = dice.choice(["right", "right", "right", "tabbed", "beside", "cells"])
        if style == "right":
            _totals(pen, sheet.totals, dice)
        else:
            pairs(pen, sheet.totals, style)
    for paragraph in sheet.after:
        pen.block(paragraph)
        pen.y += pen.leading / 2


def _letterhead(pen: Pen, sheet: Sheet, dice: random.Random) -> None:
    name, _, address = sheet.seller.partition("\n")
    if dice.random() < 0.35:
        pen.box(pen.left, pen.y - 12, 40, 34, fill=(0.2, 0.35, 0.5) if pen.house.accent == BLACK else pen.house.accent)
    side = dice.choice("lrc")
    x = {"l": pen.left + 50, "c": (pen.left + pen.right) / 2, "r": pen.right}[side]
    pen.write(x, pen.y, name, bold=True, scale=1.4, ink=pen.house.accent, align=side)
    pen.y += pen.leading * 1.5
    said = [address.replace("\n", dice.choice([" · ", ", ", " | "]))] if dice.random() < 0.5 else address.split("\n")
    for line in said:
        pen.write(x, pen.y, line, scale=0.9, ink=GREY, align=side)
        pen.y += pen.leading * 0.9
    if dice.random() < 0.3:
        pen.rule(pen.y + 4, ink=pen.house.accent)
    pen.y += pen.leading * 1.5


def _recipient(pen: Pen, sheet: Sheet, dice: random.Random) -> None:
    if dice.random() < 0.3:
        name, _, address = sheet.seller.partition("\n")
        pen.block(f"{name} - {address}".replace("\n", " - "), width=pen.width * 0.48, scale=0.7, ink=GREY)
    pen.block(sheet.buyer, width=pen.width * 0.48)
    pen.y += pen.leading


def _title(pen: Pen, sheet: Sheet, dice: random.Random) -> None:
    said = sheet.title.upper() if dice.random() < 0.35 else sheet.title
    pen.block(said, bold=True, scale=dice.choice([1.3, 1.6, 2.0]), ink=pen.house.accent)
    pen.y += pen.leading / 2


def _totals(pen: Pen, said: Pairs, dice: random.Random) -> None:
    """Write totals below the amounts at the right, the last in bold."""
    stop = pen.right - pen.width * dice.choice([0.22, 0.3])
    for place, (label, value) in enumerate(said):
        last = place == len(said) - 1
        if last and dice.random() < 0.5:
            pen.rule(pen.y, left=stop - pen.width * 0.2)
            pen.y += 2
        pen.write(stop, pen.y, label + dice.choice(["", ":"]), align="r", bold=last)
        pen.write(pen.right - 3, pen.y, value.text, align="r", bold=last)
        pen.y += pen.leading
    pen.y += pen.leading


def _foot(pen: Pen, sheet: Sheet, dice: random.Random) -> None:
    for noise in sheet.noise:
        pen.y += pen.leading / 2
        pen.block(noise, scale=0.85, ink=dice.choice([BLACK, GREY]))
    if not sheet.foot:
        return
    bottom = pen.house.size[1] - pen.house.margin
    if pen.y > bottom - 40:
        pen.new_page()
    pen.y = bottom - 34
    pen.rule(pen.y - 4, ink=GREY)
    columns = dice.choice([2, 3])
    for place, (label, value) in enumerate(sheet.foot):
        x = pen.left + (place % columns) * pen.width / columns
        said = f"{label}: {value.text}" if dice.random() < 0.7 else f"{label} {value.text}"
        pen.write(x, pen.y + place // columns * pen.leading * 0.8, said, scale=0.75)


def _till(pen: Pen, sheet: Sheet, dice: random.Random) -> None:
    middle = (pen.left + pen.right) / 2
    for place, line in enumerate(sheet.seller.split("\n")):
        for part in pen.lines(line, pen.width):
            pen.write(middle, pen.y, part, bold=place == 0, align="c")
            pen.y += pen.leading
    for label, value in sheet.foot:
        pen.write(middle, pen.y, f"{label} {value.text}", scale=0.85, align="c")
        pen.y += pen.leading
    pen.y += pen.leading
    if dice.random() < 0.5:
        pen.block(sheet.title.upper(), middle, align="c")
    for label, value in sheet.meta:
        pen.block(f"{label}: {value.text}" if dice.random() < 0.7 else value.text)
    pen.rule(pen.y + 3)
    pen.y += pen.leading
    for description, count, sum_ in sheet.rows:
        said = f"{count} x {description}" if dice.random() < 0.4 else description
        pen.write(pen.left, pen.y, said)
        pen.write(pen.right, pen.y, sum_, align="r")
        pen.y += pen.leading
    pen.rule(pen.y + 3)
    pen.y += pen.leading
    for label, value in sheet.totals:
        pen.write(pen.left, pen.y, label)
        pen.write(pen.right, pen.y, value.text, align="r")
        pen.y += pen.leading
    pen.y += pen.leading
    for noise in sheet.noise:
        pen.block(noise, scale=0.8)


def _agreement(pen: Pen, sheet: Sheet, dice: random.Random) -> None:
    middle = (pen.left + pen.right) / 2
    pen.write(middle, pen.y, sheet.title.upper(), bold=True, scale=1.4, align="c")
    pen.y += pen.leading * 3
    with_headings = dice.random() < 0.5
    for paragraph in sheet.before:
        heading = re.match(r"(\d\.|§ \d|Art[a-z]*\.? \d -|\w+\.) [^.]{3,30}\. ", paragraph)
        if heading and with_headings:
            pen.block(heading[0].strip(), bold=True)
        pen.block(paragraph[heading.end() :] if heading and with_headings else paragraph)
        pen.y += pen.leading * 0.8
    for noise in sheet.noise:
        pen.block(noise)
        pen.y += pen.leading * 0.8
    pen.need(pen.leading * 6)
    pen.y += pen.leading * 3
    for place, name in enumerate((sheet.seller, sheet.buyer)):
        x = pen.left + place * pen.width / 2
        pen.rule(pen.y, x, x + pen.width * 0.4)
        pen.write(x, pen.y + 3, name.split("\n")[0], scale=0.9)


def _boxes(pen: Pen, sheet: Sheet, dice: random.Random) -> None:
    _title(pen, sheet, dice)
    ticked, mark = dice.random() < 0.6, dice.choice(["x", "X", "[x]", "cross"])
    plain = [pair for pair in sheet.meta if not isinstance(pair[1].value, bool) and not (ticked and pair[1].options)]
    style = dice.choice(["boxes", "boxes", "below", "cells", "tabbed"])
    if style == "boxes":
        grid(pen, plain, dice.choice([2, 3]), boxes=True)
    else:
        pairs(pen, plain, style)
    pen.y += pen.leading
    for label, value in sheet.meta:
        if isinstance(value.value, bool):
            _checks(pen, [(label, value.value)], mark)
        elif ticked and value.options:
            pen.block(label)
            _checks(pen, [(option, option == value.text) for option in value.options], mark)
    for noise in sheet.noise:
        pen.y += pen.leading / 2
        pen.block(noise, scale=0.85)


def _checks(pen: Pen, options: list[tuple[str, bool]], mark: str) -> None:
    """Write check boxes beside each other, those that are on with the mark: a letter, or drawn lines."""
    side, x = pen.house.points * 1.2, pen.left
    pen.need(side * 2)
    for label, on in options:
        if mark == "[x]":
            pen.write(x, pen.y, "[x]" if on else "[ ]")
        else:
            pen.box(x, pen.y + 1, side, side)
        if on and mark == "cross":
            pen.cross(x, pen.y + 1, side)
        elif on and mark != "[x]":
            pen.write(x + side / 2, pen.y, mark, align="c")
        x += side + 6
        x += pen.write(x, pen.y, label) + side * 2
    pen.y += pen.leading * 1.4


def _sheet(pen: Pen, sheet: Sheet, dice: random.Random) -> None:
    _title(pen, sheet, dice)
    pairs(pen, sheet.meta, dice.choice(PAIRS))
    _body(pen, sheet, dice)


def _mail(pen: Pen, sheet: Sheet, dice: random.Random) -> None:
    pairs(pen, sheet.meta, dice.choice(["beside", "tabbed"]))
    pen.rule(pen.y - pen.leading / 2)
    _body(pen, sheet, dice)
    pen.block(sheet.seller)


_FORMS: dict[str, Callable[[Pen, Sheet, random.Random], None]] = {
    "letter": _letter, "till": _till, "agreement": _agreement, "boxes": _boxes, "sheet": _sheet, "mail": _mail,
}  # fmt: skip
