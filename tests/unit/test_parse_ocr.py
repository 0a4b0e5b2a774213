"""Tests of parse on pages whose text has to be recognised."""

import random
from pathlib import Path

import pymupdf
import pytest
from PIL import ImageFilter

from axelered_box import assets
from axelered_box.domain.documents import Source
from axelered_box.formats import second_reading
from tests.samples import make
from tests.samples.parsing import parse

needs_orientation = pytest.mark.skipif(
    not assets.has_orientation_data(), reason="the data by which orientation is recognised comes from Debian only"
)


def test_a_scan_is_read(tmp_path: Path) -> None:
    """A page image becomes text with words, confidences, language and a searchable PDF that looks the same."""
    done = parse(make.scanned_pdf(), "scan.pdf", tmp_path)

    page = done.document.pages[0]
    result = done.result.result
    assert result is not None
    assert "they have waited for them with great patience" in " ".join(done.read("document.txt").split())
    assert (page.source, page.language, page.rotation, page.skew) == (Source.OCR, "eng", 0, 0.0)
    assert result["ocrPages"] == [1]
    assert 0.8 < result["pageQuality"][0] <= 1
    with pymupdf.open(done.folder / "out" / "searchable.pdf") as searchable:
        assert "great patience" in " ".join(searchable[0].get_text().split())
        assert searchable[0].rect.width == pytest.approx(page.width, abs=0.1)
        assert len(searchable[0].get_images()) == 1


def test_words_lie_where_the_page_shows_them(tmp_path: Path) -> None:
    """A recognised word's box holds ink: the first word begins an inch from the left and the top."""
    word = parse(make.scanned_pdf(), "scan.pdf", tmp_path).document.pages[0].words[0]

    assert word.text == "The"
    assert word.x0 == pytest.approx(72, abs=3)
    assert 72 <= word.y0 <= 84


@needs_orientation
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_is_turned(tmp_path: Path, turn: int) -> None:
    """A page that was scanned the wrong way is turned, and says by how much."""
    image = make.page_image().rotate(turn, expand=True)

    done = parse(make.scanned_pdf([image]), "scan.pdf", tmp_path)

    page = done.document.pages[0]
    assert page.rotation == turn
    assert "great patience" in " ".join(done.read("document.txt").split())
    assert page.height > page.width
    assert page.words[0].x0 == pytest.approx(72, abs=3)


@pytest.mark.parametrize("skew", [-2.0, 1.5])
def test_a_skewed_page_is_straightened(tmp_path: Path, skew: float) -> None:
    """A page that was scanned askew is straightened; the searchable page is the straight one."""
    image = make.page_image().rotate(-skew, fillcolor=250)

    done = parse(make.scanned_pdf([image]), "scan.pdf", tmp_path)

    page = done.document.pages[0]
    tops = [word.y0 for word in page.words if word.text[0].islower()][:6]
    assert page.skew == pytest.approx(skew, abs=0.15)
    assert max(tops) - min(tops) < 8
    assert "great patience" in " ".join(done.read("document.txt").split())


def test_the_language_is_found(tmp_path: Path) -> None:
    """A German page is read as German without being told."""
    done = parse(make.scanned_pdf([make.page_image("deu")]), "scan.pdf", tmp_path)

    assert done.document.languages == ["deu"]
    assert "Alle Briefe" in done.read("document.txt") or "alle Briefe" in done.read("document.txt")


def test_recognition_can_be_switched_off(tmp_path: Path) -> None:
    """With `never`, a scan is a page without text."""
    done = parse(make.scanned_pdf(), "scan.pdf", tmp_path, {"ocr": "never"})

    assert done.document.pages[0].source is Source.DIGITAL
    assert done.read("document.md") == ""


def test_recognition_can_be_forced(tmp_path: Path) -> None:
    """With `always`, a page with text of its own is recognised."""
    done = parse(make.two_column_pdf(), "fruit.pdf", tmp_path, {"ocr": "always", "searchablePdf": False})

    assert done.document.pages[0].source is Source.OCR
    assert "apple" in done.read("document.md")
    assert not (done.folder / "out" / "searchable.pdf").exists()


def test_a_mixed_file_keeps_its_digital_pages(tmp_path: Path) -> None:
    """Only pages without text are recognised; the searchable PDF has all pages, in order."""
    with pymupdf.open(stream=make.digital_pdf(2)) as whole, pymupdf.open(stream=make.scanned_pdf()) as scan:
        whole.insert_pdf(scan, start_at=1)
        data = whole.tobytes()

    done = parse(data, "mixed.pdf", tmp_path)

    assert [page.source for page in done.document.pages] == [Source.DIGITAL, Source.OCR, Source.DIGITAL]
    with pymupdf.open(done.folder / "out" / "searchable.pdf") as searchable:
        assert ["patience" in page.get_text() for page in searchable] == [True, True, True]
        assert ["Annual" in page.get_text() for page in searchable] == [True, False, True]


def test_many_scanned_pages_are_planned(tmp_path: Path) -> None:
    """More scans than one child reads become batches that know the language."""
    images = [make.page_image(lines=4, dpi=100)] * 3

    done = parse(make.scanned_pdf(images, dpi=100), "scan.pdf", tmp_path)

    assert done.steps == 3
    assert done.result.result is not None
    assert done.result.result["ocrPages"] == [1, 2, 3]


def test_an_image_file_is_a_page(tmp_path: Path) -> None:
    """A PNG file is read like a scan; its searchable PDF has its page."""
    done = parse(make.image_file("PNG", make.page_image(lines=6), dpi=(150, 150)), "page.png", tmp_path)

    assert "committee has met" in done.read("document.txt")
    assert done.document.pages[0].width == pytest.approx(8.27 * 72, abs=1)
    assert {output.role for output in done.result.outputs} >= {"searchablePdf"}


def test_a_blank_page_says_so(tmp_path: Path) -> None:
    """A scan without text is a warning, not an error."""
    image = make.page_image(lines=0)

    done = parse(make.scanned_pdf([image]), "blank.pdf", tmp_path)

    assert [warning.code for warning in done.document.warnings] == ["no_text_recognized"]
    assert done.document.warnings[0].page == 1


def test_a_box_without_tesseract_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the program is missing, the refusal says what the page needs."""
    from axelered_box.domain.modules import Refusal

    monkeypatch.setattr(assets, "tesseract", lambda: None)
    with pytest.raises(Refusal) as caught:
        parse(make.scanned_pdf(), "scan.pdf", tmp_path)

    assert caught.value.failure.code == "ocr_unavailable"


def test_a_receipt_is_read_line_by_line(tmp_path: Path) -> None:
    """Each name stands with its amount, though they are far apart, and the lines come in their order."""
    done = parse(make.image_file("PNG", make.receipt_image()), "receipt.png", tmp_path)

    lines = [block.text for block in done.document.blocks]
    assert [line for line in lines if line.startswith(("Wheat", "Total", "Change"))] == [
        "Wheat bread 2.40",
        "Total 21.85",
        "Change 8.15",
    ]


def test_speckles_do_not_become_text(tmp_path: Path) -> None:
    """A page strewn with specks is read as if it were clean."""
    image, dice = make.page_image(), random.Random(3)
    for _ in range(image.width * image.height // 250):
        image.putpixel((dice.randrange(image.width), dice.randrange(image.height)), 0)

    done = parse(make.scanned_pdf([image]), "specks.pdf", tmp_path)

    assert "they have waited for them with great patience" in " ".join(done.read("document.txt").split())


def test_a_coarse_picture_is_scaled_up(tmp_path: Path) -> None:
    """A page of 72 dots an inch is legible; its words lie where the page shows them."""
    image = make.page_image(dpi=216).reduce(3)

    done = parse(make.scanned_pdf([image], dpi=72), "coarse.pdf", tmp_path)

    page = done.document.pages[0]
    assert "great patience" in " ".join(done.read("document.txt").split())
    assert page.words[0].x0 == pytest.approx(72, abs=3)


def test_a_page_that_is_hard_to_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that can hardly be read has a low quality and a warning that names the page."""
    monkeypatch.setattr(second_reading, "_PACKAGE", "no_such_package")
    image = make.page_image().filter(ImageFilter.GaussianBlur(3))

    done = parse(make.scanned_pdf([image]), "blurred.pdf", tmp_path)

    (warning,) = done.document.warnings
    assert (warning.code, warning.page) == ("low_quality_page", 1)
    assert done.document.pages[0].quality < 0.85
    assert f"{done.document.pages[0].quality:.2f}" in warning.message


def test_poor_hidden_text_is_recognised_anew(tmp_path: Path) -> None:
    """A scan whose hidden text is debris is read again; one whose hidden text is sound keeps it."""
    sources = []
    for said in ("t|-e c0mm,t~ee h*s m-e-t a b c ", "The committee has met on Monday "):
        with pymupdf.open(stream=make.scanned_pdf()) as scan:
            box = pymupdf.Rect(50, 50, 550, 800)
            assert scan[0].insert_textbox(box, said * 12, fontsize=9, render_mode=3) > 0
            done = parse(scan.tobytes(), "hidden.pdf", tmp_path)
        sources.append(done.document.pages[0].source)

    assert sources == [Source.OCR, Source.DIGITAL]
