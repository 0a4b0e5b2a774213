"""Tests of `axelered_box.formats.slanted`."""

import pymupdf

from axelered_box.domain.documents import Kind
from axelered_box.formats import markup, pdf
from axelered_box.modules.parse.assemble import assemble


def test_a_watermark_is_kept_apart() -> None:
    """What is printed across a page is a block of its own, left out of what one reads."""
    made = pymupdf.open()
    page = made.new_page()
    page.insert_textbox((72, 72, 520, 200), "The parties agree on the terms below, and on nothing else. " * 4)
    turn = pymupdf.Matrix(1, 0, 0, 1, 0, 0).prerotate(-45)
    page.insert_text((180, 500), "DRAFT", fontsize=90, morph=(pymupdf.Point(180, 500), turn))
    document = assemble([pdf.read_page(pdf.open_bytes(made.tobytes()), 0)], 1)
    marks = [block for block in document.blocks if block.kind is Kind.WATERMARK]

    assert [block.text for block in marks] == ["DRAFT"]
    assert [word.text for word in document.words_of(marks[0])] == ["DRAFT"]
    assert "DRAFT" not in markup.markdown(document)
    assert "The parties agree" in markup.markdown(document)
