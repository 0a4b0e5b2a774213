"""Tests of the second reading: lines found, letters decoded, words placed, and the likelier reading taken."""

from pathlib import Path

import numpy as np
import ocrmypdf
import pymupdf
import pytest
from ocrmypdf import OcrElement
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from axelered_box.domain.documents import Word
from axelered_box.formats import (
    reading_columns,
    second_reading,
    second_reading_choice,
    second_reading_places,
    second_reading_strips,
)
from axelered_box.formats.recognition import reading_of
from axelered_box.formats.second_reading_strips import Glyph
from tests.samples import make
from tests.samples.parsing import parse

FONT = Path(ocrmypdf.__file__).parent / "data" / "NotoSans-Regular.ttf"
STRIP = np.array([[100.0, 50.0], [300.0, 50.0], [300.0, 70.0], [100.0, 70.0]])
NOTHING = reading_of(OcrElement(ocr_class="ocr_page"))


def printed(*lines: tuple[int, int, str], angle: float = 0.0) -> Image.Image:
    """Return a picture of lines of text, each at a place."""
    image = Image.new("L", (600, 240), 245)
    draw = ImageDraw.Draw(image)
    for x, y, text in lines:
        draw.text((x, y), text, fill=30, font=ImageFont.truetype(FONT, 22))
    return image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=245)


def hard_page(dpi: int = 150) -> Image.Image:
    """Return a page as a bad copier leaves it: so small and soft that Tesseract is unsure of it."""
    page = make.page_image(dpi=dpi, lines=8)
    small = page.resize((page.width // 3, page.height // 3), Image.Resampling.BOX)
    return small.resize(page.size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(1.2))


def text_of(lines: list[list[Word]]) -> list[str]:
    return [" ".join(word.text for word in line) for line in lines]


def word(text: str, x0: float, y0: float, confidence: float = 0.5, width: float = 40) -> Word:
    return Word(text, x0, y0, x0 + width, y0 + 10, confidence)


def test_patches_are_connected_pixels() -> None:
    """Pixels that touch, at a corner too, are of one patch; a patch that is likely nowhere is left out."""
    likely = np.zeros((20, 40), np.float32)
    likely[2:5, 2:20] = 0.9
    likely[5:8, 20:30] = 0.9
    likely[14:17, 2:12] = 0.95
    likely[14:17, 25:35] = 0.4

    found = second_reading_places.patches(likely)

    spans = sorted((points[:, 1].min(), points[:, 0].min(), points[:, 0].max()) for points in found)
    assert spans == [(2, 2, 30), (14, 2, 12)]


def test_a_patch_of_many_arms_is_one() -> None:
    """Runs that meet only further down are of one patch."""
    likely = np.zeros((30, 60), np.float32)
    likely[2:20, 5:8] = likely[2:25, 20:23] = likely[2:20, 40:43] = 1
    likely[19:22, 5:43] = 1

    assert len(second_reading_places.patches(likely)) == 1


def test_no_patch_in_a_blank_picture() -> None:
    """A blank picture has no patch."""
    assert second_reading_places.patches(np.zeros((32, 32), np.float32)) == []


@pytest.mark.parametrize("angle", [0.0, 4.0, -6.0])
def test_lines_are_found_where_they_lie(angle: float) -> None:
    """Each line's corners are around its ink, turned as it is, the upper left one first."""
    picture = printed((60, 60, "Payment is due within thirty days"), (60, 130, "Thank you"), angle=angle)

    corners = sorted(second_reading.places(picture), key=lambda line: line[0][1])

    assert len(corners) == 2
    (x, y), (x1, y1) = corners[0][0], corners[0][1]
    assert np.degrees(np.arctan2(y1 - y, x1 - x)) == pytest.approx(-angle, abs=1)
    assert x1 - x > 300
    assert 10 < np.hypot(*(corners[0][3] - corners[0][0])) < 60


@pytest.mark.parametrize("angle", [0.0, 5.0])
def test_a_line_is_read(angle: float) -> None:
    """The words of a line come with spaces right and boxes around their ink."""
    picture = printed((60, 60, "Total amount 1,234.50 EUR"), angle=angle)

    (line,) = [second_reading.read(picture, corners) for corners in second_reading.places(picture)]

    assert text_of([line]) == ["Total amount 1,234.50 EUR"]
    assert all(word.confidence > 0.8 for word in line)
    if not angle:
        assert line[0].x0 == pytest.approx(60, abs=4)
        assert line[0].y0 == pytest.approx(66, abs=4)
        assert line[-1].y1 - line[0].y0 < 30
        assert line[0].x1 <= line[1].x0


def test_accents_are_read() -> None:
    """Letters with accents keep them."""
    picture = printed((60, 60, "Größe déjà reçu señor über"))

    (line,) = [second_reading.read(picture, corners) for corners in second_reading.places(picture)]

    assert text_of([line]) == ["Größe déjà reçu señor über"]


def test_repeated_columns_are_one_letter() -> None:
    """A letter over several columns counts once; after a blank it counts again."""
    classes = [0, 1, 1, 0, 1, 2, 2, 0, 0, 0]
    likely = np.full((10, 3), 0.05, np.float32)
    likely[range(10), classes] = 0.9

    found = second_reading_strips.glyphs(likely, ["", "a", "b"], 1.0)

    assert [letter.text for letter in found] == ["a", "a", "b"]
    assert [letter.place for letter in found] == pytest.approx([0.2, 0.45, 0.6])


def test_words_are_parted_at_spaces() -> None:
    """A word ends half-way to the space, the first and the last where the ink does."""
    letters = [Glyph(text, place, 1.0) for text, place in (("a", 0.1), ("b", 0.2), (" ", 0.3), ("c", 0.8))]

    first, second = second_reading_strips.words(letters, STRIP, (0.05, 0.25, 0.9, 0.75))

    assert (first.text, second.text) == ("ab", "c")
    assert (first.x0, first.y0, first.x1, first.y1) == pytest.approx((110, 55, 150, 65))
    assert (second.x0, second.x1) == pytest.approx((210, 280))


def test_confidence_says_how_often_it_is_right() -> None:
    """What the model is a little unsure of is wrong much more often than it says."""
    assert second_reading_strips.probability(1.0) == pytest.approx(0.98)
    assert second_reading_strips.probability(0.9) < 0.7


def test_words_are_dealt_to_the_lines_that_hold_them() -> None:
    """A word goes to the box with its middle, ordered from left to right; the others stay."""
    lines = [[word("b", 60, 10), word("a", 10, 10)], [word("c", 10, 40)]]

    dealt, rest = second_reading_choice.deal(lines, [(0, 5, 120, 25)])

    assert text_of(dealt) == ["a b"]
    assert text_of(rest) == ["", "c"]


def test_a_word_in_two_boxes_goes_to_the_one_at_its_height() -> None:
    """Boxes of neighbouring lines overlap; a word is of the line at whose height it stands."""
    dealt, _ = second_reading_choice.deal([[word("a", 10, 20)]], [(0, 0, 100, 40), (0, 16, 100, 34)])

    assert text_of(dealt) == ["", "a"]


@pytest.mark.parametrize(
    ("first", "second", "taken"),
    [
        (0.5, 0.8, "second"),
        (0.8, 0.5, "first"),
        (0.8, 0.75, "second"),
        (0.1, 0.2, None),
        (None, 0.8, "second"),
        (0.8, None, "first"),
    ],
)
def test_the_likelier_reading_is_taken(first: float | None, second: float | None, taken: str | None) -> None:
    """The second reading is taken unless the first is clearly surer, none if both are hardly sure."""
    readings = [
        [] if confidence is None else [word(name, 0, 0, confidence)]
        for name, confidence in (("first", first), ("second", second))
    ]

    assert text_of([second_reading_choice.better(*readings)]) == [taken or ""]


def test_rows_go_from_left_to_right() -> None:
    """Lines that stand side by side are of one row though one is a little lower."""
    lines = [[word("2.50", 200, 13)], [word("Total", 10, 40)], [word("Bread", 10, 10)]]

    assert [text_of(row) for row in reading_columns.rows(lines)] == [["Bread", "2.50"], ["Total"]]


def test_lines_that_are_missing_are_read() -> None:
    """What Tesseract did not see is read; side by side it is one line if asked for."""
    picture = printed((40, 60, "Coffee and cake"), (460, 60, "7.40"), (40, 130, "Thank you"))

    apart = second_reading_choice.improved(NOTHING, picture, 150, in_rows=False)
    together = second_reading_choice.improved(NOTHING, picture, 150, in_rows=True)

    assert text_of(apart.lines) == ["Coffee and cake", "7.40", "Thank you"]
    assert text_of(together.lines) == ["Coffee and cake 7.40", "Thank you"]
    assert [word.text for word in together.tree.words] == together.text.split()


def test_a_line_that_was_read_surely_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line of which Tesseract is sure is not read again, in whatever scale it was read."""
    picture = printed((40, 60, "Coffee and cake"))
    first = second_reading_choice.improved(NOTHING, picture.resize((1200, 480)), 300, in_rows=False)
    for item in first.tree.words:
        item.confidence = 0.96
    monkeypatch.setattr(second_reading, "read", lambda *_: pytest.fail("read again"))

    kept = second_reading_choice.improved(reading_of(first.tree), picture, 150, in_rows=False)

    assert kept.text == "Coffee and cake"
    assert kept.words[0].x0 == pytest.approx(40, abs=4)


def test_a_blank_picture_says_nothing() -> None:
    """In a blank picture nothing is read."""
    assert second_reading_choice.improved(NOTHING, Image.new("L", (300, 200), 250), 150, in_rows=True).lines == []


@pytest.mark.parametrize("size", [(1, 1), (3, 400), (900, 2)])
def test_the_smallest_pictures_do_no_harm(size: tuple[int, int]) -> None:
    """Pictures of a pixel's width have no lines."""
    assert len(second_reading.places(Image.new("L", size, 0))) == 0


def test_only_languages_whose_letters_it_knows() -> None:
    """A page in another script is left to Tesseract."""
    assert second_reading.is_able(["eng", "fra"])
    assert not second_reading.is_able(["eng", "rus"])


def test_a_hard_page_is_read_again(tmp_path: Path) -> None:
    """A page that Tesseract is unsure of has the words of the second reading, in the searchable PDF too."""
    done = parse(make.scanned_pdf([hard_page()]), "hard.pdf", tmp_path)

    assert "they have waited for them with great patience" in " ".join(done.read("document.txt").split())
    with pymupdf.open(done.folder / "out" / "searchable.pdf") as searchable:
        assert "great patience" in " ".join(searchable[0].get_text().split())


def test_without_the_models_a_hard_page_is_read_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A box without the package reads the page by Tesseract alone and says nothing of it."""
    monkeypatch.setattr(second_reading, "_PACKAGE", "no_such_package")

    done = parse(make.scanned_pdf([hard_page()]), "hard.pdf", tmp_path)

    assert not second_reading.is_able(["eng"])
    assert done.document.pages[0].words
    assert {warning.code for warning in done.document.warnings} <= {"low_quality_page"}


def test_a_good_page_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that Tesseract is sure of never reaches the second reader."""
    monkeypatch.setattr(second_reading, "places", lambda *_: pytest.fail("read again"))

    done = parse(make.scanned_pdf(), "good.pdf", tmp_path)

    assert "great patience" in " ".join(done.read("document.txt").split())
