"""What a candidate is and where it stands: its kind, its place on the page, its party, and its part in sums and dates."""

import math
from collections import defaultdict
from collections.abc import Iterable

import msgspec

from axelered_box.domain.documents import WordRange
from axelered_box.modules.extract import arithmetic
from axelered_box.modules.extract.candidates import Candidate, Pool
from axelered_box.modules.extract.naming import Labels
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
    *("organisation here", "person here", "address here"),
)
_NAMED = ("organisation", "person", "address")
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
    seller, buyer = "seller" in wanted.parties, "buyer" in wanted.parties
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
