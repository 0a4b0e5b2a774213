"""Tesseract, called on pictures that have been made ready for it: words with places, orientation."""

import os
import re
import subprocess
import sys
import tempfile
from statistics import fmean

import msgspec
from ocrmypdf import BoundingBox, OcrElement
from ocrmypdf.hocrtransform.hocr_parser import HocrParser
from PIL import Image

from axelered_box import assets
from axelered_box.domain.documents import Word
from axelered_box.domain.modules import Refusal

_NEURAL = "1"
"""Tesseract's ``--oem`` for its neural network, the only engine that there is data for."""
ORIENTATION_ONLY, COLUMNS, ONE_BLOCK = 0, 3, 6
"""Tesseract's ``--psm``: tell the orientation; find columns and lines; take it all as one block of lines."""
TIMEOUT_S = 3600.0
"""The page's own time limit is the box's; this one only must not come before it."""
_ROTATE = re.compile(rb"^Rotate: (\d+)", re.MULTILINE)
_SURE = re.compile(rb"^Orientation confidence: ([\d.]+)", re.MULTILINE)
_BULLET_LIKE = frozenset(".°»«¢©®*+")
_BULLET_GAP = 0.35
"""A bullet stands off its text by at least this part of the line's height."""


class Reading(msgspec.Struct, frozen=True):
    """What was read in a picture; boxes are in its pixels."""

    tree: OcrElement
    """Paragraphs, lines and words, as OCRmyPDF keeps them."""
    lines: list[list[Word]]
    """In reading order; no line is empty."""
    width: int
    height: int

    @property
    def words(self) -> list[Word]:
        """Return all words in reading order."""
        return [word for line in self.lines for word in line]

    @property
    def text(self) -> str:
        """Return what was read as running text."""
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        """Return the mean confidence of the words by their letters, 0 when there are none."""
        words = self.words
        return fmean((word.confidence for word in words), [len(word.text) for word in words]) if words else 0.0


def prepare() -> None:
    """Tell Tesseract in this process where its data is; raises Refusal when program or data are missing."""
    if assets.tesseract() is None or assets.tessdata() is None:
        raise Refusal("ocr_unavailable", "The page needs text recognition, and this box has no Tesseract.")
    os.environ.update(TESSDATA_PREFIX=str(assets.tessdata()), OMP_THREAD_LIMIT="1")


def read(
    picture: Image.Image, dpi: float, languages: list[str], segmentation: int = COLUMNS, *, is_sample: bool = False
) -> Reading:
    """Return what Tesseract reads in a grey picture; in a sample, unsure lines are not tried as white on black."""
    rest = ["-l", "+".join(languages), "--oem", _NEURAL, "-c", "tessedit_create_hocr=1"]
    if is_sample:
        rest += ["-c", "invert_threshold=0"]
    said = _tesseract(picture, dpi, segmentation, rest)
    tree = parsed(said)
    tree.bbox = BoundingBox(0, 0, picture.width, picture.height)
    tree.dpi = dpi
    return reading_of(tree)


def parsed(hocr: bytes) -> OcrElement:
    """Return the tree of words that hOCR describes, empty if it describes none."""
    if b"ocr_page" not in hocr:
        return OcrElement(ocr_class="ocr_page")
    with tempfile.NamedTemporaryFile(suffix=".hocr") as file:
        file.write(hocr)
        file.flush()
        return HocrParser(file.name).parse()


def reading_of(tree: OcrElement) -> Reading:
    """Return a tree of words as a reading; what Tesseract made of bullets becomes bullets again."""
    lines = []
    for line in tree.lines:
        for word in line.words:
            word.text = word.text.strip()
        line.children = [word for word in line.children if word.text and word.bbox]
        _mend_bullet(line)
        if line.children:
            lines.append([_word(word) for word in line.children])
    box = tree.bbox or BoundingBox(0, 0, 0, 0)
    return Reading(tree, lines, round(box.width), round(box.height))


def orientation(picture: Image.Image, dpi: float) -> tuple[int, float]:
    """Return by how many degrees clockwise a grey picture has to be turned to be upright, and how sure that is."""
    said = _tesseract(picture, dpi, ORIENTATION_ONLY, ["-l", "osd"])
    turn, sure = _ROTATE.search(said), _SURE.search(said)
    return (int(turn[1]), float(sure[1])) if turn and sure else (0, 0.0)


def _tesseract(picture: Image.Image, dpi: float, segmentation: int, rest: list[str]) -> bytes:
    """Return what Tesseract prints about a picture.

    Pixels go to it unpacked in a file in memory: its standard input, which it takes letter by letter, costs 0.1 s.
    """
    with os.fdopen(os.memfd_create("page"), "wb") as pixels:
        picture.convert("L").save(pixels, "TIFF")
        pixels.flush()
        place = f"/proc/self/fd/{pixels.fileno()}"
        command = [
            str(assets.tesseract()),
            place,
            "stdout",
            "--psm",
            str(segmentation),
            "--dpi",
            str(round(dpi)),
            *rest,
        ]
        done = subprocess.run(command, pass_fds=[pixels.fileno()], capture_output=True, timeout=TIMEOUT_S, check=False)
    if done.returncode and segmentation != ORIENTATION_ONLY:
        sys.stderr.write(done.stderr.decode(errors="replace"))
        raise RuntimeError(f"Tesseract ended with {done.returncode}")
    return done.stdout


def _mend_bullet(line: OcrElement) -> None:
    """Make a lone mark at the start of a line, which stands off the text, a bullet: Tesseract knows none."""
    if len(line.children) < 2 or line.children[0].text not in _BULLET_LIKE:
        return
    mark, first = line.children[0].bbox, line.children[1].bbox
    if mark and first and first.left - mark.right >= _BULLET_GAP * first.height:
        line.children[0].text = "•"


def _word(word: OcrElement) -> Word:
    box = word.bbox or BoundingBox(0, 0, 0, 0)
    sure = 0.0 if word.confidence is None else word.confidence
    return Word(word.text, box.left, box.top, box.right, box.bottom, round(sure, 2))
