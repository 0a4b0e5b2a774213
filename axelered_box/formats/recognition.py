"""OCRmyPDF for one page whose picture has been made: a plug-in that hands it in and keeps what was recognised.

Called as it is, OCRmyPDF makes the picture of a page twice, runs Tesseract for orientation and again for skew, and
packs colour pictures as PNG several times. Measured on a skewed colour page of 200 dpi: 4.5 CPU s as it is, 1.6 here.
"""

import os
from pathlib import Path
from typing import Any

import msgspec
import ocrmypdf
from ocrmypdf import BoundingBox, OcrElement, hookimpl
from ocrmypdf._exec import tesseract
from ocrmypdf._exec.tesseract import ThresholdingMethod
from ocrmypdf._plugin_manager import get_plugin_manager
from ocrmypdf.builtin_plugins.tesseract_ocr import TesseractOcrEngine
from ocrmypdf.hocrtransform.hocr_parser import HocrParser
from ocrmypdf.pluginspec import GhostscriptRasterDevice, OrientationConfidence
from PIL import Image

from axelered_box import assets
from axelered_box.domain.documents import Word
from axelered_box.domain.modules import Refusal

_NEURAL = 1
"""Tesseract's ``--oem`` for its neural network, the only engine that there is data for."""
_WHOLE_PAGE, _ONE_BLOCK = 3, 6
"""Tesseract's ``--psm``: find columns and lines, or take it all as one block of text."""
_SURE = 1000.0
"""A confidence by which OCRmyPDF turns the page as it is told."""
TIMEOUT_S = 3600.0
"""The page's own time limit is the box's; this one only must not come before it."""


class Picture(msgspec.Struct, frozen=True):
    """The picture of a page, upright and straight, and how it came to be so."""

    image: Image.Image
    dpi: float
    rotation: int
    """Degrees clockwise by which the page was turned."""
    skew: float
    """Degrees clockwise by which its lines fell before it was straightened."""


class Recognised(msgspec.Struct, frozen=True):
    """What was read in a picture."""

    words: list[Word]
    """In pixels of the picture."""
    text: str


def prepare() -> None:
    """Let OCRmyPDF find the program and its data in this process; raises Refusal when they are missing."""
    program, data = assets.tesseract(), assets.tessdata()
    if program is None or data is None:
        raise Refusal("ocr_unavailable", "The page needs text recognition, and this box has no Tesseract.")
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    if folders[0] != str(program.parent):
        os.environ["PATH"] = os.pathsep.join([str(program.parent), *folders])
    os.environ.update(TESSDATA_PREFIX=str(data), OMP_THREAD_LIMIT="1")


def recognise(
    page: Path, picture: Picture, target: Path, languages: list[str], *, lossless: bool, jpeg_quality: int
) -> Recognised:
    """Write the searchable PDF of a one-page PDF; return the words that were recognised.

    `lossless` keeps the page as it is below the recognised text, at most turned; else its picture takes its place.
    """
    job = Job(picture, jpeg_quality)
    run(page, target, languages, job, lossless=lossless)
    return job.recognised()


def run(page: Path, target: Path, languages: list[str], job: "Job", *, lossless: bool) -> None:
    """Run OCRmyPDF with a plug-in."""
    plugins = get_plugin_manager()
    plugins.pluggy_manager.register(job)
    ocrmypdf.ocr(
        page,
        target,
        language=languages,
        mode="default" if lossless else "force",
        rotate_pages=True,
        output_type="pdf",
        optimize=0,
        fast_web_view=999999,
        jobs=1,
        use_threads=True,
        progress_bar=False,
        invalidate_digital_signatures=True,
        tagged_pdf_mode="ignore",
        tesseract_timeout=TIMEOUT_S,
        plugin_manager=plugins,
    )


class Job:
    """The plug-in for one page."""

    def __init__(self, picture: Picture, jpeg_quality: int) -> None:
        self.picture = picture
        self._jpeg_quality = jpeg_quality
        self.engine = Engine(picture.rotation)

    def recognised(self) -> Recognised:
        """Return what the engine read."""
        tree = self.engine.tree
        words = [] if tree is None else [_word(word) for word in tree.words if word.bbox and word.text.strip()]
        return Recognised(words, " ".join(word.text for word in words))

    @hookimpl(tryfirst=True)
    def get_ocr_engine(self) -> "Engine":
        """Return the engine that keeps what it reads."""
        return self.engine

    @hookimpl(tryfirst=True)
    def rasterize_pdf_page(self, output_file: Path, raster_device: GhostscriptRasterDevice) -> Path:
        """Hand in the picture: in grey for recognition, packed little since it is read once."""
        if raster_device is not GhostscriptRasterDevice.JPEGGRAY:
            image = self.picture.image
            grey = image if image.mode in ("1", "L") else image.convert("L")
            grey.save(output_file, "PNG", dpi=(self.picture.dpi, self.picture.dpi), compress_level=1)
        return output_file

    @hookimpl(tryfirst=True)
    def filter_page_image(self, image_filename: Path) -> Path:
        """Hand in the picture that will be seen, in its colours."""
        image, dpi = self.picture.image, (self.picture.dpi, self.picture.dpi)
        if image.mode == "1":
            visible = image_filename.with_name("seen.png")
            image.save(visible, "PNG", dpi=dpi)
        else:
            visible = image_filename.with_name("seen.jpg")
            image.save(visible, "JPEG", dpi=dpi, quality=self._jpeg_quality)
        return visible


class Engine(TesseractOcrEngine):
    """Tesseract, told the orientation, its result kept; so its methods, static in OCRmyPDF, are an object's here."""

    def __init__(self, rotation: int) -> None:
        self._rotation = rotation
        self.tree: OcrElement | None = None

    def get_orientation(  # type: ignore[override]  # not static
        self, input_file: Path, options: Any
    ) -> OrientationConfidence:
        """Return what is known already; OCRmyPDF counts counter-clockwise."""
        return OrientationConfidence(-self._rotation % 360, _SURE)

    def supports_generate_ocr(self) -> bool:  # type: ignore[override]  # not static
        """Tell OCRmyPDF to ask for the tree of words."""
        return True

    def generate_ocr(  # type: ignore[override]  # not static
        self, input_file: Path, options: Any, page_number: int = 0
    ) -> tuple[OcrElement, str]:
        """Recognise a picture; return the tree of words, and the text."""
        target = input_file.with_name("words.hocr")
        self.recognise(input_file, target, options)
        if not target.exists() or not target.stat().st_size:
            return OcrElement(ocr_class="ocr_page"), ""
        self.tree = HocrParser(target).parse()
        return self.tree, ""

    def recognise(self, input_file: Path, target: Path, options: Any) -> None:
        """Run Tesseract."""
        _tesseract(input_file, target, options.languages, _WHOLE_PAGE)


def orientation(picture: Path) -> tuple[int, float]:
    """Return by how many degrees clockwise a picture has to be turned to be upright, and how sure that is."""
    found = tesseract.get_orientation(picture, engine_mode=None, timeout=TIMEOUT_S, omp_thread_limit=1)
    return -found.angle % 360, found.confidence


def text_of(picture: Path, language: str) -> str:
    """Return the text that Tesseract reads in a picture file, without OCRmyPDF around it."""
    _tesseract(picture, picture.with_suffix(".hocr"), [language], _ONE_BLOCK)
    return picture.with_suffix(".txt").read_text(encoding="utf-8", errors="replace")


def _tesseract(picture: Path, target: Path, languages: list[str], segmentation: int) -> None:
    """Recognise a picture file; write hOCR, and the text beside it."""
    tesseract.generate_hocr(
        input_file=picture,
        output_hocr=target,
        output_text=target.with_suffix(".txt"),
        languages=languages,
        engine_mode=_NEURAL,
        tessconfig=[],
        timeout=TIMEOUT_S,
        pagesegmode=segmentation,
        thresholding=ThresholdingMethod.AUTO,
        user_words=None,
        user_patterns=None,
        omp_thread_limit=1,
    )


def _word(word: OcrElement) -> Word:
    box = word.bbox or BoundingBox(0, 0, 0, 0)
    sure = 0.0 if word.confidence is None else word.confidence
    return Word(word.text, box.left, box.top, box.right, box.bottom, round(sure, 2))
