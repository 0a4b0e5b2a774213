"""What a candidate is and where it stands: its kind, its place, its party, and its part in sums and dates."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from axelered_box.domain.documents import WordRange
from axelered_box.modules.extract import arithmetic
from axelered_box.modules.extract.address_lines import MARKS, is_of_address
from axelered_box.modules.extract.candidates import Candidate
from axelered_box.modules.extract.evidence import Piece
from axelered_box.modules.extract.naming import Labels
from axelered_box.modules.extract.pool import Pool
from axelered_box.modules.extract.terms import plain
from axelered_box.modules.extract.wanting import PARTIES, Wanted

TOP, FOOT = 0.22, 0.85
"""The parts of the first page in which the one who sends it stands."""
NAMES: tuple[str, ...] = (
    *("kind rank", "certainty", "doubtful", "page one", "down", "across", "first", "repeated", "height", "heading"),
    *("words", "figures", "capitals", "known words", "fills", "names next"),
    *("party match", "party conflict", "seller top", "seller foot", "buyer below"),
    *("has currency", "decimals", "gross sum", "net part", "tax part", "largest", "column sum"),
    *("payable sum", "net gross"),
    *("tax net", "earliest", "latest", "due latest", "plain first date", "birth earliest"),
    *("organisation here", "person here", "address here", "domain", "first name", "first and seller"),
    *("begins right", "ends right", "address lines", "address wholly", "post code", "marks", "name in it"),
    *("other kind", "first in block", "address below", "alone"),
)
_NAMED = ("organisation", "person", "address")
_OTHERS = ("date", "amount", "percent", "currency", "iban", "bic", "vat_id", "email", "phone", "url")
_PARTY_PLACES = ("before", "left", "row", "above", "column", "section", "heading")


class Facts(msgspec.Struct, frozen=True):
    """What is known of a document as a whole."""

    amounts: arithmetic.Amounts
    dates: tuple[str, ...]
    """Its dates, the earliest first."""
    heights: dict[int, float]
    """The height of a usual line, by page."""
    sizes: dict[int, tuple[float, float]]
    """Width and height of the pages."""
    pieces: int
    pages: int
    named: dict[str, dict[int, list[WordRange]]]
    """Where names and addresses were read, by kind and page."""
    domains: frozenset[str]
    """The names in the addresses of mail and web that it has, without marks."""
    others: dict[int, list[WordRange]]
    """Where values were read that are no names or addresses."""
    firsts: frozenset[int]
    """The pieces that begin a block or cell."""
    post_codes: dict[int, list[WordRange]]
    lines: list[str]
    """The texts of its pieces."""
    repeated: dict[str, int]
    """How often a value stands, by its text."""


def facts(pool: Pool) -> Facts:
    """Return what is known of a document as a whole."""
    evidence = pool.evidence
    heights: dict[int, list[float]] = defaultdict(list)
    for piece in evidence.pieces:
        if piece.box is not None:
            heights[piece.stretch.page].append(piece.box[3] - piece.box[1])
    sure = {str(item.found.value) for item in pool.values(("date",)) if item.found and item.found.certainty > 0.4}
    repeated: dict[str, int] = defaultdict(int)
    for span in evidence.spans:
        repeated[str(span.found.value)] += 1
    return Facts(
        amounts=arithmetic.compare(pool.values(("amount", "number"))),
        dates=tuple(sorted(sure)),
        heights={page: sorted(sizes)[len(sizes) // 2] for page, sizes in heights.items()},
        sizes={page.number: (page.width, page.height) for page in evidence.document.pages},
        pieces=len(evidence.pieces),
        pages=max(evidence.document.page_count, 1),
        named={kind: _places(pool.values((kind,))) for kind in _NAMED},
        repeated=dict(repeated),
        domains=frozenset(_domains(pool)),
        others=_places(pool.values(_OTHERS)),
        firsts=frozenset(_firsts(evidence.pieces)),
        post_codes=_places(pool.values(("postal_code",))),
        lines=[piece.stretch.text for piece in evidence.pieces],
    )


def features(wanted: Wanted, candidate: Candidate, around: Labels, known: Facts) -> dict[str, float]:
    """Return the features by name."""
    return {
        **_kind(wanted, candidate),
        **_place(wanted, candidate, known),
        **_words(candidate, around),
        **_party(wanted, candidate, around, known),
        **_amount(wanted, candidate, known.amounts),
        **_date(wanted, candidate, known.dates),
        **_name(wanted, candidate, known),
        **_address(candidate, known),
        **{f"{kind} here": _covered(candidate, known.named[kind]) for kind in _NAMED},
    }


def _kind(wanted: Wanted, candidate: Candidate) -> dict[str, float]:
    rank = wanted.kinds.index(candidate.kind) + 1 if candidate.kind in wanted.kinds else 0
    certainty = candidate.found.certainty if candidate.found else 0.3
    return {"kind rank": 1 / rank if rank else 0.0, "certainty": certainty, "doubtful": float(certainty < 0.2)}


def _place(wanted: Wanted, candidate: Candidate, known: Facts) -> dict[str, float]:
    page, box = candidate.stretch.page, candidate.piece.box
    width, height = known.sizes.get(page, (1.0, 1.0))
    down = box[1] / height if box else candidate.piece.index / max(known.pieces, 1)
    line = (box[3] - box[1]) / known.heights[page] if box else 1.0
    repeated = known.repeated.get(str(candidate.found.value), 1) if candidate.found else 1
    return {
        "page one": float(page == 1),
        "down": down,
        "across": box[0] / width if box else 0.0,
        "first": 1.0 / (1.0 + candidate.piece.index / 8),
        "repeated": math.log(repeated),
        "height": min(line, 4.0) - 1.0,
        "heading": float(candidate.piece.heading),
    }


def _words(candidate: Candidate, around: Labels) -> dict[str, float]:
    text = candidate.text
    letters = [letter for letter in text if letter.isalnum()] or ["x"]
    words = text.split()
    known = sum(bool(notion.terms) for notion in around.own) / len(around.own) if around.own else 0.0
    return {
        "words": min(len(words), 20) / 10,
        "figures": sum(letter.isdigit() for letter in letters) / len(letters),
        "capitals": sum(word[:1].isupper() for word in words) / max(len(words), 1),
        "known words": known,
        "fills": len(text) / max(len(candidate.line), 1),
        "names next": float(candidate.stretch.text[candidate.end :].lstrip()[:1] == ":"),
    }


def _party(wanted: Wanted, candidate: Candidate, around: Labels, known: Facts) -> dict[str, float]:
    said = parties(around)
    _, height = known.sizes.get(candidate.stretch.page, (1.0, 1.0))
    down = candidate.piece.box[1] / height if candidate.piece.box else candidate.piece.index / max(known.pieces, 1)
    first_page = candidate.stretch.page == 1
    seller, buyer = wanted.sends, wanted.receives
    return {
        "party match": float(bool(said & wanted.parties)),
        "party conflict": float(bool(said and wanted.parties and not said & wanted.parties)),
        "seller top": float(seller and first_page and down < TOP),
        "seller foot": float(seller and down > FOOT),
        "buyer below": float(buyer and first_page and 0.1 < down < 0.45),
    }


def parties(around: Labels) -> frozenset[str]:
    """Return whose a candidate is by the nearest name that says so."""
    for place in _PARTY_PLACES:
        said = frozenset(term for notion in around.places[place] if notion.terms <= PARTIES for term in notion.terms)
        if said:
            return said
    return frozenset()


def _amount(wanted: Wanted, candidate: Candidate, amounts: arithmetic.Amounts) -> dict[str, float]:
    found = candidate.found
    number = found is not None and isinstance(found.value, float) and not isinstance(found.value, bool)
    value = round(abs(float(found.value)), 2) if found is not None and number else -1.0
    terms = wanted.terms
    gross, net, tax = (float(value in part) for part in (amounts.gross, amounts.net, amounts.tax))
    asks_net = "net" in terms and "gross" not in terms
    asks_tax = "tax" in terms and not terms & {"net", "gross", "rate", "vat_id"}
    asks_gross = bool(terms & {"gross", "total", "payable"}) and not asks_net and not asks_tax
    return {
        "has currency": float(found is not None and found.detail.currency is not None),
        "decimals": float(found is not None and found.detail.decimals == 2),
        "gross sum": gross * asks_gross,
        "net part": net * asks_net,
        "tax part": tax * asks_tax,
        "largest": float(value == amounts.largest) * asks_gross,
        "column sum": float(value in amounts.column_sums) * (asks_net or asks_gross),
        "payable sum": gross * ("payable" in terms),
        "net gross": gross * asks_net * (1.0 - net),
        "tax net": max(gross, net) * asks_tax * (1.0 - tax),
    }


def _date(wanted: Wanted, candidate: Candidate, dates: tuple[str, ...]) -> dict[str, float]:
    value = str(candidate.found.value) if candidate.found and candidate.kind == "date" else ""
    earliest, latest = bool(dates) and value == dates[0], bool(dates) and value == dates[-1]
    plain = not wanted.terms & {"due", "end", "start", "birth", "delivery", "signed"}
    return {
        "earliest": float(earliest),
        "latest": float(latest),
        "due latest": float(latest and bool(wanted.terms & {"due", "end"})),
        "plain first date": float(plain and bool(value)) / (1.0 + candidate.piece.index / 8),
        "birth earliest": float(earliest and "birth" in wanted.terms),
    }


def _firsts(pieces: Sequence[Piece]) -> Iterator[int]:
    last: tuple[object, ...] = ()
    for piece in pieces:
        place = (piece.stretch.block, piece.cell)
        if place != last:
            yield piece.index
        last = place


def _domains(pool: Pool) -> Iterator[str]:
    for candidate in pool.values(("email", "url")):
        host = re.sub(r"^.*@|^[a-z]+://|^www\.|/.*$", "", str(candidate.found.value if candidate.found else "").lower())
        host = host.removeprefix("www.")
        if "." in host:
            yield re.sub(r"\W", "", plain(host.split(".")[-2]))


def _name(wanted: Wanted, candidate: Candidate, known: Facts) -> dict[str, float]:
    letters = re.sub(r"\W", "", plain(candidate.text))
    domain = len(letters) > 3 and any(
        len(host) > 3 and (letters.startswith(host) or host in letters or letters in host) for host in known.domains
    )
    order = [place for page in sorted(known.named["organisation"]) for place in known.named["organisation"][page]]
    place = candidate.words
    first = bool(order) and candidate.stretch.page == 1 and place[0] <= order[0][0] < place[1]
    return {
        "domain": float(domain and not wanted.receives),
        "first name": float(first),
        "first and seller": float(first and wanted.sends),
    }


def _address(candidate: Candidate, known: Facts) -> dict[str, float]:
    """Return how well the candidate is all the lines of an address and nothing else."""
    lines = [line for line in candidate.text.split("\n") if line.strip()] or [candidate.text]
    place = candidate.piece.index
    before = known.lines[place - 1] if place else ""
    last = place + len(lines)
    behind = known.lines[last] if last < len(known.lines) else ""
    whole = candidate.start == 0
    return {
        "begins right": float(whole and is_of_address(lines[0]) and not is_of_address(before)),
        "ends right": float(whole and is_of_address(lines[-1]) and not is_of_address(behind)),
        "address lines": sum(map(is_of_address, lines)) / len(lines),
        "address wholly": _covered(candidate, known.named["address"]),
        "post code": float(_covered(candidate, known.post_codes) > 0),
        "marks": float(MARKS.search(candidate.text) is not None),
        "name in it": float(_covered(candidate, known.named["organisation"]) > 0),
        "other kind": _covered(candidate, known.others) if candidate.found is None else 0.0,
        "first in block": float(place in known.firsts),
        "address below": float(is_of_address(behind) and not is_of_address(lines[-1])),
        "alone": float(place in known.firsts and place + 1 in known.firsts),
    }


def _places(candidates: Iterable[Candidate]) -> dict[int, list[WordRange]]:
    places: dict[int, list[WordRange]] = defaultdict(list)
    for candidate in candidates:
        if candidate.found and candidate.found.certainty >= 0.4:
            places[candidate.stretch.page].append(candidate.words)
    return places


def _covered(candidate: Candidate, places: dict[int, list[WordRange]]) -> float:
    """Return the greatest share of words that the candidate and a name that was read have in common."""
    first, end = candidate.words
    best = 0.0
    for start, stop in places.get(candidate.stretch.page, []):
        common = min(end, stop) - max(first, start)
        if common > 0:
            best = max(best, common / (max(end, stop) - min(first, start)))
    return best
