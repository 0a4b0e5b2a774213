"""CPU seconds of operations on a PDF of 100 pages against the same PyMuPDF calls alone.

Both are measured in turn in one process, the best of three. Bar: an operation takes at most 2 x the plain calls. A
redaction's plain calls search, remove and save; its check, which PyMuPDF has none of, is measured apart, and without
Tesseract's reading of each changed page.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pymupdf

from axelered_box.domain import edits
from axelered_box.domain.documents import Document
from axelered_box.domain.edits import AnyOperation
from axelered_box.formats import pdf_checking, pdf_editing, pdf_pictures
from axelered_box.modules.edit.finding import Finder
from axelered_box.modules.values import hints_of
from tests.bench.recognition import measured

PAGES = 100
BAR = 2.0
NAME = "Steffi Quellfluss"


def made() -> bytes:
    """Return a file of 100 pages of text, each with the name once."""
    pdf = pymupdf.open()
    for number in range(PAGES):
        page = pdf.new_page()
        for line in range(45):
            page.insert_text((60, 70 + line * 16), f"Line {line} of page {number} says what such lines usually say.")
        page.insert_text((60, 60), f"Paid to {NAME} in Bonn.")
    return bytes(pdf.tobytes(garbage=3, deflate=True))


def redact(pdf: pymupdf.Document) -> None:
    """Remove the name."""
    for page in pdf:
        for quad in page.search_for(NAME, quads=True):
            page.add_redact_annot(quad, fill=(0, 0, 0))
        page.apply_redactions()


def replace(pdf: pymupdf.Document) -> None:
    """Put another name in its place."""
    for page in pdf:
        found = page.search_for(NAME)
        for box in found:
            page.add_redact_annot(box)
        page.apply_redactions()
        for box in found:
            page.insert_text(box.bl, "Hanna Bach")


def stamp(pdf: pymupdf.Document) -> None:
    """Print a word on each page."""
    for page in pdf:
        page.insert_text((500, 30), "Copy", fontsize=14)


def number(pdf: pymupdf.Document) -> None:
    """Print a number on each page."""
    for page in pdf:
        page.insert_text((300, 820), f"{page.number + 1}", fontsize=10)


def watermark(pdf: pymupdf.Document) -> None:
    """Print a word across each page."""
    for page in pdf:
        writer = pymupdf.TextWriter(page.rect, opacity=0.15)
        writer.append((100, 400), "Draft", fontsize=100)
        writer.write_text(page, morph=(pymupdf.Point(300, 400), pymupdf.Matrix(45)))


def highlight(pdf: pymupdf.Document) -> None:
    """Mark the name."""
    for page in pdf:
        page.add_highlight_annot(page.search_for(NAME, quads=True)).update()


def rotate(pdf: pymupdf.Document) -> None:
    """Turn all pages."""
    for page in pdf:
        page.set_rotation(90)


def delete(pdf: pymupdf.Document) -> None:
    """Remove half of the pages."""
    pdf.delete_pages(range(50))


CASES: list[tuple[AnyOperation, Callable[[pymupdf.Document], None]]] = [
    (edits.Redact(text=NAME), redact),
    (edits.ReplaceText(find=NAME, replace="Hanna Bach"), replace),
    (edits.Stamp(text="Copy"), stamp),
    (edits.AddPageNumbers(), number),
    (edits.Watermark(text="Draft"), watermark),
    (edits.Highlight(text=NAME), highlight),
    (edits.RotatePages(degrees=90), rotate),
    (edits.DeletePages(pages="1-50"), delete),
]


def plain(source: Path, target: Path, calls: Callable[[pymupdf.Document], None]) -> None:
    """Do the plain calls and save as operations do."""
    pdf = pymupdf.open(source)
    calls(pdf)
    pdf.save(target, garbage=4, deflate=True)


def main() -> int:
    """Print a line for each operation; return 1 when one misses the bar."""
    known = Document(page_count=PAGES, pages=[], blocks=[], languages=["eng"])
    find = Finder(hints_of([], ["eng"]), {})
    missed = False
    pdf_pictures.can_read = lambda: False
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.pdf", Path(folder) / "out.pdf"
        source.write_bytes(made())
        spent: list[float] = []
        check = pdf_checking.check
        for operation, calls in CASES:
            ours, theirs, checks = [], [], []
            for _ in range(3):
                spent.clear()
                pdf_checking.check = lambda *given: spent.append(measured(lambda: check(*given))[0])  # type: ignore[assignment]
                took = measured(
                    lambda: pdf_editing.edit(source, target, [operation], known, find, password=None, dry_run=False)  # noqa: B023
                )[0]
                ours.append(took - sum(spent))
                checks.append(sum(spent))
                theirs.append(measured(lambda: plain(source, target, calls))[0])  # noqa: B023
            share = min(ours) / max(0.01, min(theirs))
            missed = missed or share > BAR
            checked = f", checked in {min(checks):.2f} s" if min(checks) else ""
            print(f"{edits.to_json(operation)['op']}: {min(ours):.2f} s, {share:.2f} x PyMuPDF{checked}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
