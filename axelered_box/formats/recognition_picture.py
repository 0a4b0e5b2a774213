"""The picture of a page that is to be recognised: in the right resolution, upright and straight."""

from collections.abc import Callable

import msgspec
import pymupdf
from PIL import Image

from axelered_box import assets
from axelered_box.formats import pdf, raster, recognition, small_pages

USUAL_DPI, MAX_DPI = 200.0, 300.0
"""The resolution of a page that is no image, and the most of one that is, counted on paper: small pages have more."""
LEAST_SKEW_DEG = 0.5
"""Less than this neither Tesseract nor the layout model minds; straightening costs time and sharpness."""
_SURE_ORIENTATION = 2.0
_ORIENTATION_DPI = 150.0
_CLOCKWISE = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


class Picture(msgspec.Struct, frozen=True):
    """The picture of a page, upright and straight, and how it came to be so."""

    image: Image.Image
    dpi: float
    rotation: int
    """Degrees clockwise by which the page was turned."""
    skew: float
    """Degrees clockwise by which its lines fell before it was straightened."""

    @property
    def size_pt(self) -> tuple[float, float]:
        """Return the width and height of the page that it shows."""
        return self.image.width / self.dpi * 72, self.image.height / self.dpi * 72


def of_page(page: pymupdf.Page, max_pixels: int, is_legible: Callable[[Image.Image, float], bool]) -> Picture:
    """Return the picture of a page of at most so many pixels, turned if it lies sideways, and straightened.

    `is_legible` tells of a picture and its resolution whether it can be read as it stands; it is asked in doubt, as
    bar codes and borders look like lines that run up the page.
    """
    dpi = min(_dpi(page), (max_pixels / (page.rect.width * page.rect.height)) ** 0.5 * 72)
    image = pdf.picture(page, dpi)
    stands = not raster.is_sideways(image) or is_legible(image, dpi)
    return _laid(image, dpi, 0 if stands else orientation(image, dpi))


def turned(picture: Picture) -> Picture | None:
    """Return a picture turned the right way if it stands wrong; None when it does not, or that cannot be told."""
    rotation = 0 if picture.rotation else orientation(picture.image, picture.dpi)
    if not rotation:
        return None
    laid = _laid(picture.image, picture.dpi, rotation)
    return msgspec.structs.replace(laid, skew=picture.skew or laid.skew)


def orientation(image: Image.Image, dpi: float) -> int:
    """Return by how many degrees clockwise a picture is to be turned; 0 when that is not sure."""
    if not assets.has_orientation_data():
        return 0
    rotation, sure = recognition.orientation(at_most(image, dpi, _ORIENTATION_DPI), min(dpi, _ORIENTATION_DPI))
    return rotation if sure >= _SURE_ORIENTATION else 0


def at_most(image: Image.Image, dpi: float, most_dpi: float) -> Image.Image:
    """Return a picture in grey and in at most the resolution that is wanted."""
    grey = image.convert("L")
    if dpi <= most_dpi:
        return grey
    scale = most_dpi / dpi
    return grey.resize((max(1, int(image.width * scale)), max(1, int(image.height * scale))), Image.Resampling.BOX)


def _laid(image: Image.Image, dpi: float, rotation: int) -> Picture:
    """Return a picture turned, and straightened where it needs it."""
    if rotation:
        image = image.transpose(_CLOCKWISE[rotation])
    skew = raster.skew(image)
    if abs(skew) < LEAST_SKEW_DEG:
        return Picture(image, dpi, rotation, 0.0)
    return Picture(raster.straightened(image, skew), dpi, rotation, skew)


def _dpi(page: pymupdf.Page) -> float:
    """Return the resolution in which a page is looked at: that of its largest image, so that no pixel is resampled."""
    images = [info for info in page.get_image_info() if info["bbox"][2] > info["bbox"][0]]
    if not images:
        return USUAL_DPI
    largest = max(images, key=lambda info: abs(pymupdf.Rect(info["bbox"])))
    if abs(pymupdf.Rect(largest["bbox"])) < abs(page.rect) / 2:
        return USUAL_DPI
    x, y = pymupdf.Point(largest["transform"][0:2]), pymupdf.Point(largest["transform"][2:4])
    own = max(largest["width"] / max(abs(x), 1e-3), largest["height"] / max(abs(y), 1e-3)) * 72
    return float(min(own, MAX_DPI * small_pages.enlargement(page)))
