"""A page that is recognised before children are forked, so that OCRmyPDF, its plug-ins and fonts are loaded."""

import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

from axelered_box.domain.modules import Refusal
from axelered_box.formats import language, ocr, office, raster, recognition, searchable, table_picture
from axelered_box.formats.recognition import Engine, Job, Picture

LOADED = (language, ocr, office, searchable)
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
    """Have OCRmyPDF make a searchable page of words that are told; nothing happens in a box without Tesseract."""
    try:
        recognition.prepare()
    except Refusal:
        return
    table_picture.warm()
    image = Image.new("L", (_WIDTH, _HEIGHT), 255)
    raster.skew(image)
    job = Job(Picture(image, 150.0, 0, 0.0), 90)
    job.engine = _Told(0)
    with tempfile.TemporaryDirectory() as name:
        page, target = Path(name) / "page.pdf", Path(name) / "searchable.pdf"
        image.save(page, "PDF", resolution=150)
        recognition.run(page, target, ["eng"], job, lossless=False)
