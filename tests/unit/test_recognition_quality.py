"""Tests of `axelered_box.formats.recognition_quality`."""

import pytest
from ocrmypdf import OcrElement

from axelered_box.domain.documents import Word
from axelered_box.formats import recognition_quality
from axelered_box.formats.recognition import Reading


def _read(*confidences: float) -> Reading:
    """Return a reading of words of four letters with these confidences."""
    words = [Word("word", 0, 0, 40, 10, confidence) for confidence in confidences]
    return Reading(OcrElement(ocr_class="ocr_page"), [words] if words else [], 100, 100)


@pytest.mark.parametrize(("confidence", "right"), [(0.0, 0.0), (0.4, 0.4), (0.9, 0.96), (0.95, 1.0), (1.0, 1.0)])
def test_quality_is_the_share_of_words_likely_right(confidence: float, right: float) -> None:
    """The score follows the measured curve."""
    assert recognition_quality.quality(_read(confidence)) == pytest.approx(right, abs=0.001)


def test_quality_never_falls_as_confidence_rises() -> None:
    """The curve is monotone and stays within 0 and 1."""
    scores = [recognition_quality.quality(_read(step / 100)) for step in range(101)]

    assert scores == sorted(scores)
    assert (scores[0], scores[-1]) == (0.0, 1.0)


def test_doubt_counts_the_unsure_words() -> None:
    """A page that was hard to read says how many words are unsure; a clear one says nothing."""
    reason = recognition_quality.doubt(_read(0.3, 0.5, 0.9, 0.9))

    assert reason is not None
    assert "2 of its 4 words are unsure" in reason
    assert recognition_quality.doubt(_read(0.9, 0.9)) is None


def test_no_words_are_no_quality() -> None:
    """A page of which nothing was read has quality 0."""
    assert recognition_quality.quality(_read()) == 0.0
