"""A digital page that is read before children are forked, so that the layout model is loaded."""

import pymupdf

from axelered_box.formats import hyphens, layout_network, layout_picture, markup, pages, pdf

LOADED = (markup, pages)
"""Readers and writers whose import is all the warming they need."""


def warm() -> None:
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
    with layout_network.letting_go():
        pdf.read_page(copy, 0)
        layout_network.with_picture()
        layout_picture.figures(copy.load_page(0), [(72, 72, 400, 90)])
    hyphens.warm()
    pdf.draw(copy.load_page(0), 64)
