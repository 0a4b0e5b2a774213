"""The evidence of a page whose text has to be recognised: its picture made ready, read, and read again in doubt."""

from pathlib import Path

import msgspec
import pymupdf
from PIL import Image

from axelered_box import assets
from axelered_box.domain.documents import Source, Warning, Word
from axelered_box.formats import (
    language,
    pdf,
    raster,
    recognition,
    recognition_cleaning,
    recognition_layer,
    recognition_lines,
    recognition_merging,
    recognition_order,
    recognition_picture,
    recognition_quality,
    second_reading,
    second_reading_choice,
    small_pages,
    table_picture,
    type_weights,
)
from axelered_box.formats.evidence import PageEvidence
from axelered_box.formats.recognition import Reading
from axelered_box.formats.recognition_picture import Picture
from axelered_box.formats.tables_scanned import Recognised

DOUBTFUL = 0.5
"""A page read with less mean confidence than this may stand on its head."""
SECOND_READING = 0.85
"""A page read with less mean confidence than this is read again, made ready in another way."""
_SAMPLE_HEIGHT, _SAMPLE_DPI = 0.08, 200.0
_LEGIBLE, _LEGIBLE_WORDS = 0.5, 4
"""A sample of so many words read with that confidence stands upright."""
_NARROW, _VERY_NARROW = 1.3, 1.7
"""How much higher than wide print is that may be a slip's; the second for pages whose language is known already."""
_FEW_DPI, _GOOD_DPI = 105.0, 150.0
_SMALL_LETTERS_PX, _GOOD_LETTERS_PX = 11.0, 16.0
"""The height of words, in pixels, below which a picture is scaled up, and to which."""
_MOST_SCALE = 3.0
_SECOND_SCALE = 1.5


class Settings(msgspec.Struct, frozen=True):
    """How pages are recognised."""

    languages: list[str]
    """What to look for; empty to find out."""
    tables: bool
    max_pixels: int
    jpeg_quality: int


class _Plan(msgspec.Struct, frozen=True):
    """How a page is to be read."""

    languages: list[str]
    is_found: bool
    """Whether the language was looked for, so that the text may still show another."""
    scale: float
    segmentation: int


def read_page(page: pymupdf.Page, target: Path, settings: Settings, hint: str | None) -> PageEvidence:
    """Return the evidence of a page from its picture, its number left 0; write the searchable page to `target`.

    `hint` is the language of the page before. Raises Refusal when there is no recognition program.
    """
    recognition.prepare()
    picture = recognition_picture.of_page(page, settings.max_pixels, _is_legible)
    plan = _plan(picture, settings, hint)
    read = _read(picture, plan)
    if read.lines and read.confidence < DOUBTFUL:
        turned = recognition_picture.turned(picture)
        if turned is not None:
            picture, read = turned, _read(turned, plan)
    plan, read = _in_its_language(picture, plan, read)
    if read.confidence < SECOND_READING:
        read = _read_again(picture, plan, read)
    if picture.skew == 0 and pdf.is_only_images(page):
        recognition_layer.write_over(page, picture.rotation, read.tree, target)
    else:
        recognition_layer.write_picture(picture.image, picture.size_pt, settings.jpeg_quality, read.tree, target)
    return _evidence(target, picture, read, settings, plan)


def sampled_language(page: pymupdf.Page, settings: Settings) -> str:
    """Return the language of a page, read from a part of its picture."""
    recognition.prepare()
    picture = recognition_picture.of_page(page, settings.max_pixels, _is_legible)
    return _language(_sample(picture.image, picture.dpi)[0]) or _usual_language()


def _plan(picture: Picture, settings: Settings, hint: str | None) -> _Plan:
    """Return how a picture is to be read, from its print and, where need be, from what a band of it says."""
    width, height = raster.print_size(picture.image)
    narrow = height / width if width else 0.0
    scale = _GOOD_DPI / picture.dpi if picture.dpi < _FEW_DPI else 1.0
    code, segmentation = hint, recognition.COLUMNS
    if hint is None or narrow >= _VERY_NARROW:
        sample, sampled = _sample(picture.image, picture.dpi)
        code = hint or _language(sample)
        scale = _scale(sample, sampled) or scale
        fits = recognition_lines.fits_across(sample.words, width * sampled)
        if narrow >= _NARROW and fits <= recognition_lines.SLIP_LETTERS:
            segmentation = recognition.ONE_BLOCK
    languages = settings.languages or [code or _usual_language()]
    return _Plan(languages, not settings.languages, scale, segmentation)


def _sample(image: Image.Image, dpi: float) -> tuple[Reading, float]:
    """Return what a band across a picture says, and the scale in which it was read."""
    band = raster.densest_band(image, _SAMPLE_HEIGHT)
    ready = recognition_picture.at_most(band, dpi, _SAMPLE_DPI)
    dpi = min(dpi, _SAMPLE_DPI)
    read = recognition.read(ready, dpi, [_usual_language()], recognition.ONE_BLOCK, is_sample=True)
    return read, ready.width / band.width


def _is_legible(image: Image.Image, dpi: float) -> bool:
    """Tell whether a picture can be read as it stands."""
    sample, _ = _sample(image, dpi)
    return len(sample.words) >= _LEGIBLE_WORDS and sample.confidence >= _LEGIBLE


def _scale(sample: Reading, sampled: float) -> float | None:
    """Return by how much a picture is to be scaled up for its letters to be read well; None without letters."""
    height = recognition_lines.letter_height(sample.words)
    if height is None:
        return None
    height /= sampled
    return min(_MOST_SCALE, _GOOD_LETTERS_PX / height) if height < _SMALL_LETTERS_PX else 1.0


def _language(read: Reading) -> str | None:
    return language.guess(read.text, assets.ocr_languages())


def _usual_language() -> str:
    """Return the language that is read where none is known."""
    installed = assets.ocr_languages()
    return "eng" if "eng" in installed or not installed else installed[0]


def _read(picture: Picture, plan: _Plan, *, again: bool = False) -> Reading:
    """Return what is read in a picture made ready; `again` in another way than at first."""
    grey = recognition_cleaning.evened(picture.image.convert("L"))
    if plan.segmentation == recognition.ONE_BLOCK or recognition_cleaning.is_speckled(grey):
        grey = recognition_cleaning.smoothed(grey)
    scale = plan.scale * (_SECOND_SCALE if again else 1.0)
    if scale != 1:
        size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
        grey = grey.resize(size, Image.Resampling.BICUBIC)
    return recognition.read(grey, picture.dpi * scale, plan.languages, plan.segmentation)


def _read_again(picture: Picture, plan: _Plan, read: Reading) -> Reading:
    """Return a page's reading mended by a second one: of the second reader if there is one, else of Tesseract."""
    if second_reading.is_able(plan.languages):
        in_rows = plan.segmentation == recognition.ONE_BLOCK
        return second_reading_choice.improved(read, picture.image, picture.dpi, in_rows=in_rows)
    if not read.lines:
        return read
    recognition_merging.merge(read, _read(picture, plan, again=True))
    return recognition.reading_of(read.tree)


def _in_its_language(picture: Picture, plan: _Plan, read: Reading) -> tuple[_Plan, Reading]:
    """Return the plan and what was read; read again when it is in another language than was thought."""
    found = _language(read) if plan.is_found else None
    if found is None or [found] == plan.languages:
        return plan, read
    plan = msgspec.structs.replace(plan, languages=[found])
    return plan, _read(picture, plan)


def _evidence(target: Path, picture: Picture, read: Reading, settings: Settings, plan: _Plan) -> PageEvidence:
    """Return the evidence of the searchable page, its words with the boxes and confidences of recognition."""
    own = pdf.open_bytes(target.read_bytes()).load_page(0)
    page = small_pages.enlarged(own)
    across, down = page.rect.width / max(read.width, 1), page.rect.height / max(read.height, 1)
    lines = [[_in_points(word, across, down) for word in line] for line in read.lines]
    words = [word for line in lines for word in line]
    if plan.segmentation == recognition.ONE_BLOCK and recognition_lines.is_slip(words):
        seen = PageEvidence(
            page=0,
            width=round(page.rect.width, 2),
            height=round(page.rect.height, 2),
            regions=recognition_lines.regions(lines),
        )
    else:
        scale = picture.image.width / page.rect.width
        recognised = Recognised(lines, picture.image, scale)
        seen = pdf.read_loaded(page, pdf.look(page, tables=settings.tables, recognised=recognised), 0, words)
        seen = recognition_order.in_reading_order(seen, lines, type_weights.bold_words(lines, picture.image, scale))
    if settings.tables:
        seen = table_picture.with_tables(seen, picture.image)
    return msgspec.structs.replace(
        small_pages.reduced(seen, own.rect.width),
        source=Source.OCR,
        rotation=picture.rotation,
        skew=picture.skew,
        language=language.guess(read.text) or (plan.languages[0] if words else None),
        searchable=target.name,
        quality=recognition_quality.quality(read),
        warnings=_warnings(read),
    )


def _warnings(read: Reading) -> list[Warning]:
    """Return what a user should know about how a page was read."""
    if not read.lines:
        message = "No text was recognised in the picture of the page."
        return [Warning(code="no_text_recognized", message=message)]
    reason = recognition_quality.doubt(read)
    return [] if reason is None else [Warning(code="low_quality_page", message=reason)]


def _in_points(word: Word, across: float, down: float) -> Word:
    return Word(
        word.text,
        round(word.x0 * across, 1),
        round(word.y0 * down, 1),
        round(word.x1 * across, 1),
        round(word.y1 * down, 1),
        word.confidence,
    )
