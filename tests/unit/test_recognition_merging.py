"""Tests of `axelered_box.formats.recognition_merging`."""

import pytest

from axelered_box.formats import recognition, recognition_merging
from axelered_box.formats.recognition import Reading


def _reading(*words: tuple[str, int, int, int], scale: int = 1) -> Reading:
    """Return a reading of one line of words: text, left, right, confidence in hundredths."""
    spans = "".join(
        f"<span class='ocrx_word' title='bbox {left * scale} {10 * scale} {right * scale} {30 * scale};"
        f" x_wconf {sure}'>{text}</span> "
        for text, left, right, sure in words
    )
    width, height = 400 * scale, 100 * scale
    hocr = (
        f"<html xmlns='http://www.w3.org/1999/xhtml'><body><div class='ocr_page' title='bbox 0 0 {width} {height}'>"
        f"<p class='ocr_par' title='bbox 0 0 {width} {height}'><span class='ocr_line'"
        f" title='bbox 0 {10 * scale} {width} {30 * scale}; baseline 0 0'>{spans}</span></p></div></body></html>"
    )
    return recognition.reading_of(recognition.parsed(hocr.encode()))


def _merged(first: Reading, second: Reading) -> str:
    recognition_merging.merge(first, second)
    return recognition.reading_of(first.tree).text


def test_the_surer_word_is_taken() -> None:
    """A word that the second reading is surer of replaces the first's, whatever the scale of its picture."""
    first = _reading(("T0tal", 10, 60, 40), ("14.20", 100, 150, 95))
    second = _reading(("Total", 11, 60, 90), ("14,20", 100, 150, 60), scale=2)

    assert _merged(first, second) == "Total 14.20"
    assert recognition.reading_of(first.tree).words[0].confidence == 0.9


def test_words_run_together_are_parted() -> None:
    """Two words in the place of one replace it."""
    first = _reading(("thequick", 10, 110, 50))
    second = _reading(("the", 10, 50, 90), ("quick", 58, 110, 92))

    assert _merged(first, second) == "the quick"


@pytest.mark.parametrize("other", [("Total", 200, 260, 99), ("Totality", 10, 150, 99)])
def test_words_elsewhere_are_not_taken(other: tuple[str, int, int, int]) -> None:
    """A word that stands elsewhere, or reaches much further, is another one."""
    assert _merged(_reading(("T0tal", 10, 60, 40)), _reading(other)) == "T0tal"


def test_a_lone_mark_before_a_line_is_a_bullet() -> None:
    """A mark that stands off the text is a bullet; one at the text is what it is."""
    assert _reading((".", 10, 14, 50), ("First", 40, 90, 95)).text == "• First"
    assert _reading(("«", 10, 14, 50), ("Bonjour", 16, 90, 95)).text == "« Bonjour"
