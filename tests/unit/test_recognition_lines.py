"""Tests of `axelered_box.formats.recognition_lines`."""

import pytest

from axelered_box.domain.documents import Word
from axelered_box.formats import recognition_lines


def _words(line: str, top: float = 0.0, per_letter: float = 6.0) -> list[Word]:
    """Return the words of a line in letters of that width, 10 high."""
    words, left = [], 0.0
    for text in line.split():
        words.append(Word(text, left, top, left + len(text) * per_letter, top + 10, 0.9))
        left += (len(text) + 1) * per_letter
    return words


def test_a_slip_is_told_by_its_width_and_amounts() -> None:
    """Narrow print with amounts is a slip; without amounts, or with wide lines, it is not."""
    slip = [*_words("Bread 2.40"), *_words("Milk and honey 11,80", 12), *_words("Total 14.20", 24)]
    prose = _words("the quick brown fox jumps over the lazy dog and then sleeps for a long while 1.00 2.00 3.00")

    assert recognition_lines.is_slip(slip)
    assert not recognition_lines.is_slip(_words("Bread and milk and honey"))
    assert not recognition_lines.is_slip(prose)
    assert not recognition_lines.is_slip([])


def test_letters_are_measured() -> None:
    """The letters that fit across, and how high they are, follow from the words."""
    words = _words("four words like these")

    assert recognition_lines.fits_across(words, 300) == pytest.approx(50)
    assert recognition_lines.letter_height(words) == 10
    assert recognition_lines.fits_across([], 300) == float("inf")
    assert recognition_lines.letter_height([]) is None


def test_each_line_is_a_region() -> None:
    """A line's region has its text, its words and the box around them."""
    (region,) = recognition_lines.regions([_words("Total 14.20", 24)])

    assert region.lines[0].text == "Total 14.20"
    assert region.bbox == (0, 24, 66, 34)
    assert [word.text for word in region.words] == ["Total", "14.20"]
