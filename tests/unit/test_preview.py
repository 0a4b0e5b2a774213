"""Tests of `axelered_box.modules.preview`."""

import io
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from axelered_box import modules
from axelered_box.domain.modules import Progress, Refusal, Step
from tests.samples import make
from tests.samples.models import NoModel
from tests.samples.parsing import message


def _draw(folder: Path, data: bytes, media_type: str, page: int, width: int) -> Image.Image:
    (folder / "input").write_bytes(data)
    (folder / "out").mkdir()
    sent = message("a", media_type, {}, Step(pages=[page], state={"width": width}))
    modules.runs()["preview"](
        msgspec.structs.replace(sent, module="preview"), folder, Progress(lambda told: None), NoModel()
    )
    return Image.open(io.BytesIO((folder / "out" / "page.png").read_bytes()))


@pytest.mark.parametrize("width", [200, 333, 1001])
def test_a_page_is_drawn_as_wide_as_asked(tmp_path: Path, width: int) -> None:
    """The picture has exactly the width, and the page's shape."""
    picture = _draw(tmp_path, make.digital_pdf(2), "application/pdf", 1, width)

    assert picture.width == width
    assert picture.height == pytest.approx(width * 297 / 210, abs=2)


def test_an_image_is_drawn(tmp_path: Path) -> None:
    """An image file has a picture of its page too."""
    assert _draw(tmp_path, make.image_file("PNG"), "image/png", 0, 120).width == 120


@pytest.mark.parametrize(
    ("media_type", "page", "code"), [("application/pdf", 1, "no_such_page"), ("text/plain", 0, "no_page_image")]
)
def test_what_cannot_be_drawn_is_refused(tmp_path: Path, media_type: str, page: int, code: str) -> None:
    """A page that is not there, or a file without pages, is refused."""
    with pytest.raises(Refusal) as caught:
        _draw(tmp_path, make.digital_pdf(1), media_type, page, 100)

    assert caught.value.failure.code == code
