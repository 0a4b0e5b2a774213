"""Tests of `axelered_box.formats.image`."""

import io
from pathlib import Path

import pymupdf
import pytest
from PIL import Image

from axelered_box.domain.modules import Refusal
from axelered_box.formats import image
from tests.samples import make


def _page(path: Path, frame: int = 0, max_pixels: int = 10_000_000) -> pymupdf.Page:
    return pymupdf.open(stream=image.frame_pdf(path, frame, max_pixels=max_pixels, jpeg_quality=90))[0]


MODES = ("1", "L", "RGB", "RGBA", "CMYK", "P", "LA", "I;16")
UNKNOWN = {"PNG": {"CMYK"}, "JPEG": {"RGBA", "P", "LA", "I;16"}, "BMP": {"CMYK", "LA", "I;16"}, "GIF": {"CMYK"}}
"""Modes of pixels that a form of image file does not have."""
FORMS = [(form, mode) for form in ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF") for mode in MODES]


@pytest.mark.parametrize(("form", "mode"), [pair for pair in FORMS if pair[1] not in UNKNOWN.get(pair[0], ())])
def test_every_form_and_mode_is_a_page(tmp_path: Path, form: str, mode: str) -> None:
    """Whatever an image file is, it becomes a page with its colours on white."""
    picture = Image.new("RGB", (900, 1200), "white")
    picture.paste((255, 0, 0), (0, 0, 450, 1200))
    data = io.BytesIO()
    (picture.convert("L").convert("I;16") if mode == "I;16" else picture.convert(mode)).save(data, form)
    (tmp_path / "input").write_bytes(data.getvalue())

    pixels = _page(tmp_path / "input").get_pixmap(dpi=20)

    right, left = pixels.pixel(pixels.width - 5, 50), pixels.pixel(5, 50)
    assert min(right) > 245 or mode == "I;16"
    assert min(left) < 200


def test_a_photograph_is_turned_as_its_camera_was_held(tmp_path: Path) -> None:
    """The orientation that a camera notes is followed."""
    exif = Image.Exif()
    exif[0x0112] = 6
    (tmp_path / "input").write_bytes(make.image_file("JPEG", Image.new("L", (400, 300), 255), exif=exif))

    page = _page(tmp_path / "input")

    assert page.rect.height > page.rect.width


def test_what_is_transparent_is_paper(tmp_path: Path) -> None:
    """Black letters on nothing are black letters on white."""
    (tmp_path / "input").write_bytes(make.image_file("PNG", Image.new("RGBA", (300, 300), (0, 0, 0, 0))))

    assert _page(tmp_path / "input").get_pixmap(dpi=20).pixel(5, 5) == (255, 255, 255)


def test_frames_are_pages(tmp_path: Path) -> None:
    """Each frame of a TIFF file is a page."""
    first, second = Image.new("L", (300, 400), 255), Image.new("L", (400, 300), 255)
    (tmp_path / "input").write_bytes(make.image_file("TIFF", first, save_all=True, append_images=[second]))

    assert image.frame_count(tmp_path / "input") == 2
    assert _page(tmp_path / "input", 1).rect.width > _page(tmp_path / "input", 1).rect.height


def test_large_images_are_scaled_down(tmp_path: Path) -> None:
    """An image over the limit is scaled; its page is as large as before."""
    (tmp_path / "input").write_bytes(make.image_file("PNG", Image.new("L", (1654, 2339), 255), dpi=(200, 200)))

    page = _page(tmp_path / "input", max_pixels=500_000)

    info = page.get_image_info()[0]
    assert info["width"] * info["height"] <= 500_000
    assert page.rect.width == pytest.approx(595, abs=2)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n broken", make.image_file("PNG")[:400], b""])
def test_a_damaged_image_is_refused(tmp_path: Path, data: bytes) -> None:
    """An image that cannot be read is refused."""
    (tmp_path / "input").write_bytes(data)

    with pytest.raises(Refusal) as caught:
        _page(tmp_path / "input")

    assert caught.value.failure.code == "corrupt_document"
