"""Tests of `axelered_box.formats.raster`."""

import pytest

from axelered_box.formats import raster
from tests.samples import make


@pytest.mark.parametrize("skew", [-5.0, -1.2, 0.0, 0.6, 4.0])
def test_skew_is_measured(skew: float) -> None:
    """The angle of the lines is found to a tenth of a degree, falling lines positive."""
    page = make.page_image().rotate(-skew, fillcolor=250)

    assert raster.skew(page) == pytest.approx(skew, abs=0.12)


def test_an_empty_page_is_straight() -> None:
    """Without ink there is no skew and no side."""
    page = make.page_image(lines=0)

    assert raster.skew(page) == 0
    assert not raster.is_sideways(page)


def test_sideways_pages_are_seen() -> None:
    """Lines that run up the page are told from lines across it."""
    page = make.page_image()

    assert not raster.is_sideways(page)
    assert not raster.is_sideways(page.rotate(180))
    assert raster.is_sideways(page.rotate(90, expand=True))


def test_the_densest_band_has_the_text() -> None:
    """The band with most edges lies on lines of text and cuts none: its first and last rows are paper."""
    page = make.page_image()

    band = raster.densest_band(page, 0.1)

    assert page.height * 0.03 < band.height <= page.height * 0.1 + 3
    assert band.crop((0, 0, band.width, 1)).getextrema()[0] > 200
    assert band.crop((0, band.height - 1, band.width, band.height)).getextrema()[0] > 200
    assert band.getextrema()[0] < 60


def test_a_black_and_white_page_is_straightened_in_grey() -> None:
    """Its letters keep smooth edges: levels of grey between ink and paper."""
    page = make.page_image().convert("1")

    assert len(page.getcolors() or []) == 2
    assert len(raster.straightened(page, 1.2).getcolors() or []) > 10
