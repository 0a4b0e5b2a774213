"""The pages that are read before children are forked, so that models, fonts and plug-ins are loaded."""

import tempfile
from pathlib import Path
from typing import Any

import pymupdf
from PIL import Image

from axelered_box.domain.modules import Refusal
from axelered_box.formats import language, markup, ocr, office, pages, pdf, raster, recognition, searchable, text
from axelered_box.formats.recognition import Engine, Job, Picture

LOADED = (language, markup, ocr, office, pages, searchable, text)
"""Readers and writers whose import is all the warming they need."""
_WIDTH, _HEIGHT = 400, 200
_HOCR = f"""<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><body>
<div class='ocr_page' id='page_1' title='bbox 0 0 {_WIDTH} {_HEIGHT}; ppageno 0; scan_res 150 150'>
<p class='ocr_par' id='par_1_1' lang='eng' title="bbox 20 20 200 50">
<span class='ocr_line' id='line_1_1' title="bbox 20 20 200 50; baseline 0 -5; x_size 30; x_descenders 5; x_ascenders 8">
<span class='ocrx_word' id='word_1_1' title='bbox 20 20 200 50; x_wconf 95'>warm</span>
</span></p></div></body></html>"""


class _Told(Engine):
    """An engine that says what it is told, without a program."""

    def recognise(self, input_file: Path, target: Path, options: Any) -> None:
        """Write the words."""
        target.write_text(_HOCR, encoding="utf-8")


def warm() -> None:
    """Read small pages."""
    _read_a_page()
    _recognise_a_page()


def _read_a_page() -> None:
    """Read a page with a table, made here."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 72), "A page that warms the models", fontsize=16)
    for row in range(4):
        for column in range(3):
            box = pymupdf.Rect(72 + 120 * column, 100 + 24 * row, 192 + 120 * column, 124 + 24 * row)
            page.draw_rect(box)
            page.insert_text((box.x0 + 4, box.y0 + 16), f"{row}.{column}")
    copy = pdf.open_bytes(document.tobytes())
    pdf.read_page(copy, 0)
    pdf.draw(copy.load_page(0), 64)


def _recognise_a_page() -> None:
    """Have OCRmyPDF make a searchable page of words that are told; nothing happens in a box without Tesseract."""
    try:
        recognition.prepare()
    except Refusal:
        return
    image = Image.new("L", (_WIDTH, _HEIGHT), 255)
    raster.skew(image)
    job = Job(Picture(image, 150.0, 0, 0.0), 90)
    job.engine = _Told(0)
    with tempfile.TemporaryDirectory() as name:
        page, target = Path(name) / "page.pdf", Path(name) / "searchable.pdf"
        image.save(page, "PDF", resolution=150)
        recognition.run(page, target, ["eng"], job, lossless=False)
