"""Tests of `axelered_box.formats.recognition_cleaning`."""

import random

import numpy as np
from PIL import Image, ImageStat

from axelered_box.formats import recognition_cleaning
from tests.samples import make


def _speckled(image: Image.Image, share: float) -> Image.Image:
    """Return an image with black specks of one pixel in that share of its pixels."""
    dice, speckled = random.Random(1), image.copy()
    for _ in range(int(share * image.width * image.height)):
        speckled.putpixel((dice.randrange(image.width), dice.randrange(image.height)), 0)
    return speckled


def test_specks_are_told_from_text() -> None:
    """A page of text, with the dots of its letters, is not speckled; one strewn with specks is."""
    page = make.page_image()

    assert not recognition_cleaning.is_speckled(page)
    assert not recognition_cleaning.is_speckled(make.page_image(dpi=100))
    assert recognition_cleaning.is_speckled(_speckled(page, 0.005))


def test_a_tiny_picture_is_not_speckled() -> None:
    """A picture too small to look for specks in is none."""
    assert not recognition_cleaning.is_speckled(Image.new("L", (8, 8), 255))


def test_smoothing_fades_specks() -> None:
    """A speck is nearly gone, a stroke of letters stays."""
    page = Image.new("L", (40, 40), 255)
    page.putpixel((10, 10), 0)
    page.paste(0, (20, 5, 24, 35))

    smooth = recognition_cleaning.smoothed(page)

    assert smooth.getpixel((10, 10)) > 200
    assert smooth.getpixel((22, 20)) == 0


def test_uneven_light_is_evened() -> None:
    """Paper that gets darker to one side becomes white throughout, its text stays dark."""
    page = make.page_image()
    shade = np.linspace(1.0, 0.45, page.width)
    shaded = Image.fromarray((np.asarray(page) * shade).astype(np.uint8))

    even = recognition_cleaning.evened(shaded)

    margin = (page.width - 100, 20, page.width - 20, 100)
    assert ImageStat.Stat(shaded.crop(margin)).mean[0] < 140
    assert ImageStat.Stat(even.crop(margin)).mean[0] > 240
    assert even.getextrema()[0] < 80


def test_even_light_is_left_alone() -> None:
    """A plain scan is the same picture afterwards."""
    page = make.page_image()

    assert recognition_cleaning.evened(page) is page
