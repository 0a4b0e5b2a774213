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


def test_a_page_without_fonts_is_known_to_have_pictures() -> None:
    """The place of a scan's picture is told, and it is not packed anew for that."""
    made = pymupdf.open()
    page = made.new_page(width=300, height=400)
    page.insert_image(page.rect, pixmap=pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 30, 40)))
    text = pdf.text_of(pdf.open_bytes(made.tobytes()).load_page(0))

    assert [(block["type"], block["bbox"]) for block in text.blocks] == [(1, (0.0, 0.0, 300.0, 400.0))]
    assert "image" not in text.blocks[0]
