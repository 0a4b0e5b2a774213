"""Tests of `axelered_box.formats.detect`."""

import pytest

from axelered_box.formats import detect
from axelered_box.formats.regions import Text

_PROSE = "The committee has met (twice) and decided on 12 items, among them McDonald's offer of $1,250.00. " * 4


def _text(said: str, *, picture: bool) -> Text:
    """Return a page of 100 x 100 points that says something, with a picture over it or not."""
    blocks = [{"type": 1, "bbox": (0, 0, 100, 100)}] if picture else []
    return Text(blocks, [(0, 0, 1, 1, word) for word in said.split()])


@pytest.mark.parametrize(
    "debris", ["t|-e qu1c~ br0'vn f*x ,j ", "a b c d e f g h ", "tHe cOmMiTtEe hAs MeT aNd DeCiDeD "]
)
def test_a_scan_with_debris_below_it_is_read_again(debris: str) -> None:
    """A hidden text layer that was badly recognised is not kept; what looks like it in a digital page is."""
    assert detect.needs_recognition(_text(debris * 40, picture=True), 100, 100)
    assert not detect.needs_recognition(_text(debris * 40, picture=False), 100, 100)


@pytest.mark.parametrize("said", [_PROSE, "请 在 此 处 签 名 " * 60, "17.04.2024 1,234.50 € 99 % " * 20])
def test_a_scan_with_sound_text_below_it_is_kept(said: str) -> None:
    """A hidden text layer of words or numbers is the page's text."""
    assert not detect.needs_recognition(_text(said, picture=True), 100, 100)


def test_a_stamp_on_a_scan_is_no_text_layer() -> None:
    """A scan with a line of text of its own has to be read."""
    assert detect.needs_recognition(_text("Received 12 May", picture=True), 100, 100)


@pytest.mark.parametrize(("size", "alpha", "again"), [(2.8, 0, True), (9.0, 0, False), (2.8, 255, False)])
def test_unseen_text_too_small_for_paper_is_read_again(size: float, alpha: int, *, again: bool) -> None:
    """It was recognised on a page whose size is not that of the paper."""
    text = _text(_PROSE, picture=True)
    lines = [{"spans": [{"size": size, "alpha": alpha}]}]
    text.blocks.append({"type": 0, "bbox": (0, 0, 9, 9), "lines": lines})

    assert detect.needs_recognition(text, 100, 100) is again
