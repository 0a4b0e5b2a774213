"""Entries of a section, such as the posts of a curriculum vitae: what stands below its heading, one entry a period.

An entry begins with the line that has its period, or with as many lines before it as the first entry has. Its parts go
by what they are (a legal form or *University* makes an organisation) and else by their order: the role comes first.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from axelered_box.domain.documents import Document, Kind
from axelered_box.modules.extract.questions import Question
from axelered_box.modules.extract.rows_bands import Band
from axelered_box.modules.extract.rows_items import Item
from axelered_box.modules.extract.rows_mapping import Mapping, Placed, likeness, roles_of
from axelered_box.modules.extract.rows_pieces import Piece, within
from axelered_box.modules.extract.rows_tables import Found

_LEAST = 0.55
_LIKENESS = 0.5
_DAY = r"(?:\d{1,2}[./])?(?:\d{1,2}[./])?(?:19|20)\d\d|(?:[^\W\d_]{3,9}\.?\s)(?:19|20)\d\d"
_NOW = (
    r"present|now|today|current|ongoing|heute|jetzt|laufend|aujourd'hui|présent|en cours"
    r"|actualidad|actual|presente|oggi|attuale|heden|nu"
)
_PERIOD = re.compile(
    rf"(?P<start>{_DAY})\s?(?:[-\u2013\u2014/]|to|until|bis|à|au|a|al|hasta|fino|tot|until)\s?(?P<end>{_DAY}|{_NOW})"
    rf"|(?:since|seit|depuis|desde|dal|sinds)\s(?P<since>{_DAY})",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:GmbH|AG|KG|SE|Inc|LLC|Ltd|Limited|Corp|SAS?|SARL|S\.?[AL]\.?|S\.?p\.?A|S\.?r\.?l|B\.?V|N\.?V|plc|Group|Bank|Universi\w+"
    r"|Université|Hochschule|Fachhochschule|College|School|Institut\w*|Gymnasium|Academy|Akademie|Hospital|Klinik\w*|École|TU|FH|ETH)\b"
)
_PARTED = re.compile(r",\s|\s[|\u2013\u2014-]\s|\s(?:at|bei|chez|en|presso|bij|@)\s")
_ORGANISATIONS = ("company", "counterparty", "organisation")
_OF_ENTRIES = frozenset({"period", "start", "end", "role", "company", "place", "purpose"})
_ROLES = ("role", "action", "description")


def records(document: Document, bands: Sequence[Band], question: Question, fields: Sequence[Question]) -> Found | None:
    """Return the entries of the section that a question names; None when there is none or it has no periods."""
    roles = roles_of(fields, _OF_ENTRIES)
    if not roles.keys() & {"period", "start", "date"} or len(fields) < 2:
        return None
    for place, band in enumerate(bands):
        sure = likeness(question, band.text) if len(band.pieces) == 1 and len(band.text.split()) <= 5 else 0.0
        if sure < _LEAST:
            continue
        section = list(_section(document, bands, place))
        items = tuple(item for entry in _entries(section) for item in [_item(entry, roles)] if len(item.cells) > 1)
        if items:
            used = sorted({at for item in items for at in item.cells})
            placed = tuple(
                Placed(field=at, column=number, likeness=_LIKENESS, fit=1.0) for number, at in enumerate(used)
            )
            return Found(columns=(), mapping=Mapping(placed=placed, worth=sure, proven=False), items=items, worth=sure)
    return None


def _section(document: Document, bands: Sequence[Band], place: int) -> Iterator[Band]:
    """Yield the bands below a heading, up to the next of its rank or of its height of letters."""
    levels = _levels(document)
    own = levels.get(_first_word(bands[place]))
    for band in bands[place + 1 :]:
        level = levels.get(_first_word(band))
        if level is not None and (own is None or level <= own) and _PERIOD.search(band.text) is None:
            return
        yield band


def _levels(document: Document) -> dict[tuple[int, int], int]:
    """Return the level of each heading by its page and first word."""
    return {(block.page, block.words[0]): block.level or 1 for block in document.blocks if block.kind is Kind.HEADING}


def _first_word(band: Band) -> tuple[int, int]:
    return band.page, min((word for piece in band.pieces for word in piece.words), default=-1)


def _entries(section: Sequence[Band]) -> Iterator[list[Band]]:
    starts = [place for place, band in enumerate(section) if _PERIOD.search(band.text)]
    if not starts:
        return
    before = min(starts[0], 2)
    bounds = [*(place - before for place in starts), len(section)]
    for first, last in pairwise(bounds):
        yield list(section[max(first, 0) : last])


def _item(entry: Sequence[Band], roles: dict[str, int]) -> Item:
    found: dict[str, list[Piece]] = {}
    parts: list[Piece] = []
    for lines, band in enumerate(entry):
        for piece in band.pieces:
            period = _PERIOD.search(piece.text)
            if period and "period" not in found:
                found |= _dates(piece, period)
                rest = [(0, period.start()), (period.end(), len(piece.text))]
            else:
                rest = [(0, len(piece.text))]
            if lines < 2 or not parts:
                parts += [part for start, end in rest for part in _parts(piece, start, end)]
            elif band is not entry[0]:
                found.setdefault("purpose", []).append(piece)
    _name(parts, found)
    cells = {}
    for role, at in roles.items():
        pieces = found.get(role)
        if pieces and at not in cells:
            cells[at] = pieces
    return Item(page=entry[0].page, cells=cells, complete=len(cells) / max(len(roles), 1))


def _dates(piece: Piece, period: re.Match[str]) -> dict[str, list[Piece]]:
    found = {"period": [within(piece, period.start(), period.end())]}
    for role, name in (("start", "start"), ("start", "since"), ("end", "end")):
        if period[name]:
            found[role] = [within(piece, period.start(name), period.end(name))]
    found["date"] = found["start"]
    return found


def _parts(piece: Piece, start: int, end: int) -> Iterator[Piece]:
    """Yield what stands between commas, dashes and words such as *at*."""
    for match in [*_PARTED.finditer(piece.text, start, end), None]:
        stop = match.start() if match else end
        text = piece.text[start:stop]
        if any(letter.isalnum() for letter in text):
            lead = len(text) - len(text.lstrip(" ,:|()-\u2013"))
            tail = len(text.rstrip(" ,:|(-\u2013"))
            yield within(piece, start + lead, start + max(tail, lead + 1))
        start = match.end() if match else end


def _name(parts: list[Piece], found: dict[str, list[Piece]]) -> None:
    """Give an entry's parts their roles."""
    organisation = next((part for part in parts if _ORGANISATION.search(part.text)), None)
    others = [part for part in parts if part is not organisation]
    if organisation is None and len(others) > 1:
        organisation = others.pop(1)
    if others:
        for role in _ROLES:
            found[role] = [others[0]]
    if organisation is not None:
        for role in _ORGANISATIONS:
            found[role] = [organisation]
    if len(others) > 1:
        found["place"] = [others[1]]
    if "purpose" in found:
        found["description"] = found["purpose"]
