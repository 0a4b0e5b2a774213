"""Where a line of a document may be cut, and which lines belong together."""

import itertools
import re
from collections.abc import Iterator, Sequence

from axelered_box.modules.extract.address_lines import MARKS, is_of_address
from axelered_box.modules.extract.evidence import Piece

MAX_TEXT_WORDS = 30
"""No text of more words is offered as a value."""
STACK = 5
"""The most lines of an address before or behind one of them."""
COLON = re.compile(r"\s*[:\N{FULLWIDTH COLON}]\s+|\s+[:=]\s*")
_SEPARATOR = re.compile(r"\s+[·|•]\s+|\s+[-\N{EN DASH}]\s+|;\s+")
_MAIL = re.compile(r"\s*[<(\[]\s*[\w.+-]+@")
_NEXT_LABEL = re.compile(r"\s+[^\W\d_][\w.-]*(?: [^\W\d_][\w.-]*)?\s?:")


def stacked(pieces: Sequence[Piece]) -> bool:
    """Tell whether pieces are lines of one page right under each other, with no words between them."""
    for upper, lower in itertools.pairwise(pieces):
        if upper.box is None or lower.box is None or upper.stretch.page != lower.stretch.page:
            return False
        height = upper.box[3] - upper.box[1]
        gap = lower.box[1] - upper.box[3]
        apart = lower.box[0] > upper.box[2] or upper.box[0] > lower.box[2]
        if upper.stretch.words[1] != lower.stretch.words[0] or apart or not -0.6 * height < gap < 1.2 * height:
            return False
    return True


def parts(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of what a line holds: itself, its parts between separators, and what stands behind colons."""
    cuts = [(0, len(text))]
    ends = [match.start() for match in _SEPARATOR.finditer(text)]
    if ends:
        starts = [0, *(match.end() for match in _SEPARATOR.finditer(text))]
        cuts += list(zip(starts, [*ends, len(text)], strict=True))
    for start, end in cuts:
        colon = COLON.search(text, start, end)
        if colon and start < colon.start() and colon.end() < end:
            following = _NEXT_LABEL.search(text, colon.end(), end)
            yield (colon.end(), _before_mail(text, colon.end(), following.start() if following else end))
        elif re.search(r"\w", text[start:end]) and len(text[start:end].split()) <= MAX_TEXT_WORDS:
            yield (start, _before_mail(text, start, end))


def _before_mail(text: str, start: int, end: int) -> int:
    """Return where a name ends that its mail address follows in brackets, else the end."""
    mail = _MAIL.search(text, start, end)
    return mail.start() if mail and re.search(r"\w", text[start : mail.start()]) else end


def address_of(pieces: Sequence[Piece], place: int) -> tuple[int, int]:
    """Return the first and last of the pieces under each other that are of the same address as one of them."""
    first = last = place
    while first > max(place - STACK, 0) and stacked(pieces[first - 1 : first + 1]) and _leads(pieces[first - 1]):
        first -= 1
    while (
        last + 1 < min(place + STACK, len(pieces)) and stacked(pieces[last : last + 2]) and _follows(pieces[last + 1])
    ):
        last += 1
    return first, last


def _leads(piece: Piece) -> bool:
    text = piece.stretch.text
    return is_of_address(text) or (text.rstrip().endswith(",") and not MARKS.search(text) and len(text.split()) <= 6)


def _follows(piece: Piece) -> bool:
    return is_of_address(piece.stretch.text)
