"""Tests of `axelered_box.formats.regions`, by pages that are read."""

import pymupdf
import pytest

from axelered_box.formats import pdf
from axelered_box.formats.evidence import PageEvidence, Role


def _read(document: pymupdf.Document) -> PageEvidence:
    return pdf.read_page(pdf.open_bytes(document.tobytes()), 0)


def _said(seen: PageEvidence) -> str:
    return "\n".join(line.text for region in seen.regions for line in region.lines)


def test_letters_printed_twice_are_read_once() -> None:
    """Text that is printed again a hair beside, to look bold, is not doubled."""
    document = pymupdf.open()
    page = document.new_page()
    for shift in (0, 0.4):
        page.insert_text((72 + shift, 100), "Shadowed words of the heading", fontsize=14)

    assert _said(_read(document)).count("Shadowed") == 1


def test_raised_letters_are_marked() -> None:
    """A small letter above the line is a raised one, without a space before it."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 100), "The area of the garden is 20 m", fontsize=12)
    width = pymupdf.get_text_length("The area of the garden is 20 m", fontsize=12)
    page.insert_text((72 + width + 0.5, 95), "2", fontsize=7)

    runs = [run for region in _read(document).regions for line in region.lines for run in line.runs]

    assert "".join(run.text for run in runs) == "The area of the garden is 20 m2"
    assert [run.text for run in runs if run.superscript] == ["2"]


def test_links_are_kept() -> None:
    """What lies on a link leads where it leads."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 100), "See our site", fontsize=12)
    page.insert_link({"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(70, 88, 150, 104), "uri": "https://example.org/"})

    run = _read(document).regions[0].lines[0].runs[0]

    assert run.link == "https://example.org/"


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_are_those_of_the_page_as_shown(rotation: int) -> None:
    """A page that the file turns is read upright: its first word is at the top left as it is seen."""
    document = pymupdf.open()
    page = document.new_page(width=600, height=800)
    page.set_rotation(rotation)
    shown = page.rect
    page.insert_text(pymupdf.Point(72, 100) * page.derotation_matrix, "Upright words", rotate=rotation)

    seen = _read(document)

    word = next(word for region in seen.regions for word in region.words)
    assert (seen.width, seen.height) == (shown.width, shown.height)
    assert (word.text, word.x0) == ("Upright", pytest.approx(72, abs=2))
    assert word.y1 == pytest.approx(102, abs=3)


def test_every_word_is_somewhere() -> None:
    """No word is lost, and none is in two regions."""
    document = pymupdf.open()
    page = document.new_page()
    for line in range(30):
        page.insert_text((72, 100 + 20 * line), f"Line {line} of the page has its own number {line * 7}")

    seen = _read(document)

    words = [word for region in seen.regions for word in region.words] + seen.loose_words
    assert len(words) == 30 * 10
    assert len(set(words)) == len(words)
    assert Role.TEXT in {region.role for region in seen.regions}
