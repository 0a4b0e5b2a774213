"""A page that is recognised before children are forked, so that OCRmyPDF's renderer and its fonts are loaded."""

import tempfile
from pathlib import Path

from PIL import Image

from axelered_box.domain.modules import Refusal
from axelered_box.formats import (
    contents,
    language,
    ocr,
    office,
    raster,
    recognition,
    recognition_cleaning,
    recognition_layer,
    searchable,
)

LOADED = (contents, language, ocr, office, searchable)
"""Readers and writers whose import is all the warming they need."""
_WIDTH, _HEIGHT, _DPI = 400, 200, 72.0
_HOCR = f"""<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><body>
<div class='ocr_page' id='page_1' title='bbox 0 0 {_WIDTH} {_HEIGHT}; ppageno 0; scan_res 150 150'>
<p class='ocr_par' id='par_1_1' lang='eng' title="bbox 20 20 200 50">
<span class='ocr_line' id='line_1_1' title="bbox 20 20 200 50; baseline 0 -5; x_size 30; x_descenders 5; x_ascenders 8">
<span class='ocrx_word' id='word_1_1' title='bbox 20 20 200 50; x_wconf 95'>warm</span>
</span></p></div></body></html>""".encode()


def warm() -> None:
    """Make a searchable page of words that are told; nothing happens in a box without Tesseract."""
    try:
        recognition.prepare()
    except Refusal:
        return
    image = Image.new("L", (_WIDTH, _HEIGHT), 255)
    raster.skew(image)
    recognition_cleaning.is_speckled(recognition_cleaning.evened(image))
    tree = recognition.parsed(_HOCR)
    tree.dpi = _DPI
    with tempfile.TemporaryDirectory() as name:
        recognition_layer.write_picture(image, (_WIDTH, _HEIGHT), 90, tree, Path(name) / "searchable.pdf")
