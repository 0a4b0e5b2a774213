"""Two readings of one page as one: where the second is surer of a word in the same place, its word is taken."""

from bisect import bisect_left

from ocrmypdf import OcrElement

from axelered_box.domain.documents import Word
from axelered_box.formats.recognition import Reading

SURER = 0.05
"""By how much the second reading must be surer."""
_SAME_SPAN, _SAME_HEIGHT = 0.8, 0.5


def merge(first: Reading, second: Reading) -> None:
    """Put into the first reading's tree what the second was surer of; its lines and their order stay."""
    across, down = first.width / max(second.width, 1), first.height / max(second.height, 1)
    others = sorted(
        (
            Word(word.text, word.x0 * across, word.y0 * down, word.x1 * across, word.y1 * down, word.confidence)
            for word in second.words
        ),
        key=lambda word: word.y0,
    )
    tops = [word.y0 for word in others]
    tallest = max((word.y1 - word.y0 for word in others), default=0.0)
    for line in first.tree.lines:
        for word in line.words:
            if word.bbox is None:
                continue
            near = others[bisect_left(tops, word.bbox.top - tallest) : bisect_left(tops, word.bbox.bottom)]
            _mend(word, near)


def _mend(word: OcrElement, near: list[Word]) -> None:
    """Give a word the text of those that the other reading has in its place, if it is surer of them."""
    assert word.bbox is not None
    own = word.bbox
    same = sorted((other for other in near if _lies_in(other, own.left, own.top, own.right, own.bottom)), key=_left)
    if not same:
        return
    span = min(own.right, same[-1].x1) - max(own.left, same[0].x0)
    if span < _SAME_SPAN * max(own.width, same[-1].x1 - same[0].x0):
        return
    sure = min(other.confidence for other in same)
    if sure > (word.confidence or 0.0) + SURER:
        word.text, word.confidence = " ".join(other.text for other in same), sure


def _lies_in(other: Word, left: float, top: float, right: float, bottom: float) -> bool:
    """Tell whether the middle of a word lies between the sides, and half of its height between top and bottom."""
    common = min(bottom, other.y1) - max(top, other.y0)
    least = min(bottom - top, other.y1 - other.y0)
    return left <= (other.x0 + other.x1) / 2 <= right and common >= _SAME_HEIGHT * least


def _left(word: Word) -> float:
    return word.x0
