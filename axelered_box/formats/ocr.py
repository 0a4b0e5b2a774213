"""The evidence of a page whose text has to be recognised: its picture made, turned, straightened and read."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import fmean

import msgspec
import pymupdf
from PIL import Image

from axelered_box import assets
from axelered_box.domain.documents import Source, Warning, Word
from axelered_box.formats import language, pdf, raster, recognition, table_picture
from axelered_box.formats.evidence import PageEvidence
from axelered_box.formats.recognition import Picture, Recognised

MIN_DPI, USUAL_DPI, MAX_DPI = 150.0, 200.0, 300.0
LEAST_SKEW_DEG = 0.25
"""Less than this is not worth a blurred picture."""
DOUBTFUL = 0.6
"""A page read with less mean confidence than this may stand on its head."""
_SURE_ORIENTATION = 2.0
_ORIENTATION_DPI = 150.0
_SAMPLE_HEIGHT = 0.2
_SAMPLE_DPI = 150.0
_CLOCKWISE = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


class Settings(msgspec.Struct, frozen=True):
    """How pages are recognised."""

    languages: list[str]
    """What to look for; empty to find out."""
    tables: bool
    max_pixels: int
    jpeg_quality: int


def read_page(page: pymupdf.Page, target: Path, settings: Settings, hint: str | None) -> PageEvidence:
    """Return the evidence of a page from its picture, its number left 0; write the searchable page to `target`.

    `hint` is the language of the page before. Raises Refusal when there is no recognition program.
    """
    recognition.prepare()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        original = folder / "page.pdf"
        original.write_bytes(pdf.single_page(page))
        picture = _picture(page, settings, folder)
        lossless = picture.skew == 0 and pdf.is_only_images(page)
        code = hint or _sampled_language(picture, folder)

        def recognise(picture: Picture, languages: list[str]) -> Recognised:
            return recognition.recognise(
                original, picture, target, languages, lossless=lossless, jpeg_quality=settings.jpeg_quality
            )

        languages = settings.languages or [code]
        read = recognise(picture, languages)
        turned = _turned(picture, read, folder)
        if turned is not None:
            picture, read = turned, recognise(turned, languages)
        if not settings.languages:
            code, read = _in_its_language(code, read, lambda other: recognise(picture, [other]))
    return _evidence(target, picture, read, settings, code)


def sampled_language(page: pymupdf.Page, settings: Settings) -> str:
    """Return the language of a page, read from a part of its picture."""
    recognition.prepare()
    with tempfile.TemporaryDirectory() as name:
        return _sampled_language(_picture(page, settings, Path(name)), Path(name))


def _picture(page: pymupdf.Page, settings: Settings, folder: Path) -> Picture:
    """Return the picture of a page, turned if it lies sideways, and straightened."""
    dpi = min(_dpi(page), (settings.max_pixels / (page.rect.width * page.rect.height)) ** 0.5 * 72)
    image = pdf.picture(page, dpi)
    rotation = 0
    if raster.is_sideways(image):
        rotation = _orientation(image, dpi, folder)
    return _laid(image, dpi, rotation)


def _laid(image: Image.Image, dpi: float, rotation: int) -> Picture:
    """Return a picture turned, and straightened where it needs it."""
    if rotation:
        image = image.transpose(_CLOCKWISE[rotation])
    skew = raster.skew(image)
    if abs(skew) < LEAST_SKEW_DEG:
        return Picture(image, dpi, rotation, 0.0)
    return Picture(raster.straightened(image, skew), dpi, rotation, skew)


def _dpi(page: pymupdf.Page) -> float:
    """Return the resolution in which a page is looked at: that of its largest image, within limits."""
    images = [info for info in page.get_image_info() if info["bbox"][2] > info["bbox"][0]]
    if not images:
        return USUAL_DPI
    largest = max(images, key=lambda info: abs(pymupdf.Rect(info["bbox"])))
    x, y = pymupdf.Point(largest["transform"][0:2]), pymupdf.Point(largest["transform"][2:4])
    own = max(largest["width"] / max(abs(x), 1e-3), largest["height"] / max(abs(y), 1e-3)) * 72
    return float(min(max(own, MIN_DPI), MAX_DPI))


def _orientation(image: Image.Image, dpi: float, folder: Path) -> int:
    """Return by how many degrees clockwise a picture is to be turned; 0 when that is not sure."""
    if not assets.has_orientation_data():
        return 0
    path = folder / "orientation.png"
    _scaled(image, dpi, _ORIENTATION_DPI).convert("L").save(path, compress_level=1, dpi=(_ORIENTATION_DPI,) * 2)
    rotation, sure = recognition.orientation(path)
    return rotation if sure >= _SURE_ORIENTATION else 0


def _turned(picture: Picture, read: Recognised, folder: Path) -> Picture | None:
    """Return the picture turned the right way if it was badly read because it stood wrong; else None."""
    if picture.rotation or confidence(read.words) >= DOUBTFUL or not read.words:
        return None
    rotation = _orientation(picture.image, picture.dpi, folder)
    if not rotation:
        return None
    laid = _laid(picture.image, picture.dpi, rotation)
    return msgspec.structs.replace(laid, skew=picture.skew or laid.skew)


def _sampled_language(picture: Picture, folder: Path) -> str:
    """Return the language of a picture, read from a band of it; the first one installed when it cannot be told."""
    installed = assets.ocr_languages()
    usual = "eng" if "eng" in installed or not installed else installed[0]
    if len(installed) < 2:
        return usual
    band = raster.densest_band(picture.image, _SAMPLE_HEIGHT)
    path = folder / "sample.png"
    _scaled(band, picture.dpi, _SAMPLE_DPI).convert("L").save(path, compress_level=1, dpi=(_SAMPLE_DPI,) * 2)
    return language.guess(recognition.text_of(path, usual), installed) or usual


def _in_its_language(code: str, read: Recognised, again: Callable[[str], Recognised]) -> tuple[str, Recognised]:
    """Return a page's language and what was read; read again when it is in another language than was thought."""
    found = language.guess(read.text, assets.ocr_languages())
    return (code, read) if found is None or found == code else (found, again(found))


def _scaled(image: Image.Image, dpi: float, wanted: float) -> Image.Image:
    """Return a picture in at most the wanted resolution."""
    if dpi <= wanted:
        return image
    scale = wanted / dpi
    grey = image.convert("L")
    return grey.resize((int(image.width * scale), int(image.height * scale)), Image.Resampling.BOX)


def confidence(words: list[Word]) -> float:
    """Return the mean confidence of words by their letters, 0 when there are none."""
    return fmean((word.confidence for word in words), [len(word.text) for word in words]) if words else 0.0


def _evidence(target: Path, picture: Picture, read: Recognised, settings: Settings, code: str) -> PageEvidence:
    """Return the evidence of the searchable page, its words with the boxes and confidences of recognition."""
    page = pdf.open_bytes(target.read_bytes()).load_page(0)
    calls = pdf.look(page, tables=settings.tables)
    across, down = page.rect.width / picture.image.width, page.rect.height / picture.image.height
    words = [_in_points(word, across, down) for word in read.words]
    seen = pdf.read_loaded(page, calls, 0, words)
    if settings.tables:
        seen = table_picture.with_tables(seen, picture.image)
    warnings = []
    if not words:
        message = "No text was recognised in the picture of the page."
        warnings.append(Warning(code="no_text_recognized", message=message))
    return msgspec.structs.replace(
        seen,
        source=Source.OCR,
        rotation=picture.rotation,
        skew=picture.skew,
        language=language.guess(read.text) or (code if words else None),
        searchable=target.name,
        warnings=warnings,
    )


def _in_points(word: Word, across: float, down: float) -> Word:
    return Word(
        word.text,
        round(word.x0 * across, 1),
        round(word.y0 * down, 1),
        round(word.x1 * across, 1),
        round(word.y1 * down, 1),
        word.confidence,
    )
