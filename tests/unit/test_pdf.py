"""Tests of `axelered_box.formats.pdf`."""

import pymupdf

from axelered_box.formats import pdf


def test_text_beside_the_page_is_not_read() -> None:
    """What stands off the paper, as some programs leave it there, is seen by nobody."""
    made = pymupdf.open()
    page = made.new_page()
    page.insert_text((72, 100), "Printed on the page")
    page.insert_text((2000, 100), "left beside it")
    text = pdf.text_of(pdf.open_bytes(made.tobytes()).load_page(0))

    assert [word[4] for word in text.words] == ["Printed", "on", "the", "page"]
    assert "beside" not in str(text.blocks)
