"""Tests of replaced text in PDF files: it looks like the old, and the rest of the page stays as it is."""

from pathlib import Path

import numpy as np
import pymupdf
import pytest

from axelered_box.domain.documents import Document, Page, Source
from axelered_box.domain.edits import Done, ReplaceText
from axelered_box.formats import pdf_editing, pdf_pictures
from axelered_box.modules.edit.finding import Finder
from axelered_box.modules.values import hints_of
from tests.samples import edited, edited_places

KNOWN = Document(page_count=1, pages=[], blocks=[], languages=["eng"])
DPI = 144


def replaced(pdf: pymupdf.Document, operation: ReplaceText, folder: Path, known: Document = KNOWN) -> tuple[Done, Path]:
    """Return what came of replacing text, and where the file is."""
    pdf.save(folder / "in.pdf")
    find = Finder(hints_of([], ["eng"]), {})
    done = pdf_editing.edit(
        folder / "in.pdf", folder / "out.pdf", [operation], known, find, password=None, dry_run=False
    )
    return done[0], folder / "out.pdf"


def changed_rows(folder: Path) -> set[int]:
    """Return the rows of the first page, in points from its top without rotation, where anything looks different."""
    drawn = []
    for name in ("in.pdf", "out.pdf"):
        page = pymupdf.open(folder / name)[0]
        page.set_rotation(0)
        pixels = page.get_pixmap(dpi=DPI, alpha=False)
        drawn.append(np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, -1))
    return set((np.nonzero((drawn[0] != drawn[1]).any(axis=1))[0] * 72 // DPI).tolist())


def looks(path: Path, text: str) -> list[tuple[str, float, int, float, float]]:
    """Return font, size, colour, baseline and left edge of the stretches of text that begin with a text."""
    page = pymupdf.open(path)[0]
    spans = [
        span for block in page.get_text("dict")["blocks"] for line in block.get("lines", []) for span in line["spans"]
    ]
    return [
        (span["font"], round(span["size"], 2), span["color"], round(span["origin"][1], 2), round(span["origin"][0], 2))
        for span in spans
        if span["text"].startswith(text)
    ]


def written() -> tuple[pymupdf.Document, pymupdf.Page]:
    """Return a file with lines in two fonts and a picture."""
    pdf = pymupdf.open()
    page = pdf.new_page(width=420, height=595)
    page.insert_text((50, 80), "The first line is about nothing that is sought.", fontsize=11)
    page.insert_text((50, 100), "Paid to ACME GmbH in Bonn, and to nobody else.", fontsize=11, color=(0.8, 0, 0))
    page.insert_text((50, 120), "The third line speaks of other things again.", fontsize=11)
    page.insert_text(
        (50, 200), "Muster AG, set with an embedded font", fontname="noto", fontfile=edited.FONT, fontsize=9
    )
    page.insert_text((50, 220), "ACME GmbH, set with it too", fontname="noto", fontfile=edited.FONT, fontsize=9)
    page.draw_circle((300, 400), 50, fill=(0, 0, 1))
    pdf.subset_fonts()
    return pdf, page


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_only_the_lines_of_the_text_change(rotation: int, tmp_path: Path) -> None:
    """Not one pixel differs outside the lines that have the text, on pages however they are turned."""
    pdf, page = written()
    page.set_rotation(rotation)
    done, path = replaced(pdf, ReplaceText(find="ACME GmbH", replace="Muster AG"), tmp_path)

    assert (done.matches, done.pages, done.warnings) == (2, [1], [])
    assert changed_rows(tmp_path) <= {*range(88, 104), *range(210, 224)}
    text = pymupdf.open(path)[0].get_text()
    assert "ACME" not in text
    assert "Muster AG in Bonn, and to nobody else." in text
    assert "Muster AG, set with it too" in text


def test_the_new_text_looks_like_the_old(tmp_path: Path) -> None:
    """Font, size, colour and baseline stay, those of an embedded subset too, and no font is added."""
    pdf, page = written()
    before = {entry[3] for entry in page.get_fonts()}
    _, path = replaced(pdf, ReplaceText(find="ACME GmbH", replace="Muster AG"), tmp_path)

    assert [look[:4] for look in looks(path, "Paid to")] == [("Helvetica", 11.0, 0xCC0000, 100.0)]
    assert [look[1:4] for look in looks(path, "Muster AG, set with it")] == [(9.0, 0, 220.0)]
    assert {entry[3] for entry in pymupdf.open(path)[0].get_fonts()} == before


def test_letters_that_the_font_lacks_come_from_one_like_it(tmp_path: Path) -> None:
    """A subset without the letters gives way to a usual font, and the result says so."""
    pdf, _page = written()
    done, path = replaced(pdf, ReplaceText(find="ACME GmbH", replace="Jakob & Co"), tmp_path)

    assert "lacks letters" in done.warnings[0]
    assert "Jakob & Co, set with it too" in pymupdf.open(path)[0].get_text()


def test_cells_of_a_table_stay(tmp_path: Path) -> None:
    """What stands behind a wide gap does not move, and a text too long for its cell is narrowed."""
    pdf = pymupdf.open()
    page = pdf.new_page(width=420, height=595)
    page.insert_text((50, 100), "Anna Meier", fontsize=11)
    page.insert_text((130, 100), "12.50", fontsize=11)
    page.insert_text((300, 300), "the end of a long line here", fontsize=11)
    done, path = replaced(pdf, ReplaceText(find="Anna Meier", replace="Johanna Meier"), tmp_path)

    assert done.warnings == []
    assert looks(path, "12.50")[0][4] == 130.0
    shown = pymupdf.open(path)[0].search_for("Johanna Meier")[0]
    assert shown.x1 < 130


def test_a_text_without_room_is_told(tmp_path: Path) -> None:
    """A line is narrowed to four fifths at most; what still does not fit is told."""
    pdf = pymupdf.open()
    page = pdf.new_page(width=420, height=595)
    page.insert_text((50, 100), "Anna", fontsize=11)
    page.insert_text((100, 100), "12.50", fontsize=11)
    done, _ = replaced(pdf, ReplaceText(find="Anna", replace="Johanna Wilhelmine"), tmp_path)

    assert "has room for" in done.warnings[0]


def test_a_text_over_a_line_end_is_set_on_its_first_line(tmp_path: Path) -> None:
    """A match over two lines is replaced where it begins, and nothing of it is left on the second."""
    pdf = pymupdf.open()
    page = pdf.new_page(width=420, height=595)
    page.insert_text((50, 100), "This is between you and ACME", fontsize=11)
    page.insert_text((50, 114), "GmbH of Bonn.", fontsize=11)
    done, path = replaced(pdf, ReplaceText(find="ACME GmbH", replace="us"), tmp_path)

    text = pymupdf.open(path)[0].get_text()
    assert done.matches == 1
    assert "between you and us\n" in text
    assert "GmbH" not in text
    assert "of Bonn." in text


def test_a_text_can_be_taken_out(tmp_path: Path) -> None:
    """An empty text closes the line up."""
    pdf, _page = written()
    _, path = replaced(pdf, ReplaceText(find="nobody", replace=""), tmp_path)

    assert "ACME GmbH in Bonn, and to  else." in pymupdf.open(path)[0].get_text()


def test_text_in_a_form_that_pages_share_is_replaced_on_the_pages_named(tmp_path: Path) -> None:
    """A letterhead that all pages show changes on the pages asked for alone."""
    done, path = replaced(
        pymupdf.open(stream=edited_places.shown_form()), ReplaceText(find="Bonn", replace="Kiel", pages="2"), tmp_path
    )
    pdf = pymupdf.open(path)

    assert (done.matches, done.pages) == (2, [2])
    assert pdf[0].get_text().count("Bonn") == 2
    assert "Bonn" not in pdf[1].get_text()


def test_text_of_a_scan_is_painted_over(tmp_path: Path) -> None:
    """On a scanned page the picture changes, and says the new text to one who reads it."""
    pdf = pymupdf.open(stream=edited_places.scanned())
    words = pdf_pictures.words_in(pdf[0], pdf[0].rect, ["eng"])
    page = Page(number=1, width=420, height=595, source=Source.OCR, quality=1, words=words)
    known = Document(page_count=1, pages=[page], blocks=[], languages=["eng"])
    done, path = replaced(pdf, ReplaceText(find="Steffi Quellfluss", replace="Hanna Bach"), tmp_path, known)

    read = " ".join(word.text for word in pdf_pictures.words_in(pymupdf.open(path)[0], pdf[0].rect, ["eng"]))
    assert "picture" in done.warnings[0]
    assert "Paid to Hanna Bach" in read
    assert "Quellfluss" not in read.replace("quellfluss@", "")
