"""Who an address is of: the name that stands before its street."""

import re
from collections.abc import Iterator

from axelered_box.modules.values import addresses, organisations, persons
from axelered_box.modules.values.found import Found, Hints, Kind

_NAME = re.compile(
    r"(?:^|[\n|,;:\u25cf\u2022\u00b7]| [-\u2013] )[ \t*_#>\\]*(?P<name>[^\n"
    r"|,;:@\u25cf\u2022\u00b7]{3,60}?)(?:[ \t*_,\u25cf\u2022\u00b7|\\-]|\u2013|\n){1,6}$"
)
_WITH_ADDRESS = 0.8
"""An address that is as certain as this has a street."""
_HEAD = 70


def find(text: str, hints: Hints) -> list[Found]:
    """Return the names right before addresses, as persons where they look like it and else as organisations."""
    return list(_before(text, addresses.find(text, hints)))


def _before(text: str, found: list[Found]) -> Iterator[Found]:
    for start in dict.fromkeys(address.start for address in found if address.certainty >= _WITH_ADDRESS):
        match = _NAME.search(text, max(0, start - _HEAD), start)
        if not match or any(letter.isdigit() for letter in match["name"]) or match["name"][0].islower():
            continue
        title = persons.title_of(match["name"])
        name = " ".join(match["name"][title:].split())
        if " " not in name or organisations.has_form(name):
            continue
        shaped = persons.is_name(name) or bool(title)
        kinds: tuple[tuple[Kind, float], ...] = (
            (("person", 0.9),) if title else (("person", 0.6), ("organisation", 0.3)) if shaped else (("organisation", 0.5),)
        )
        for kind, certainty in kinds:
            yield Found(kind, match.start("name") + title, match.end("name"), name, certainty)
