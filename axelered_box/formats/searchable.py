"""The searchable PDF: the file with each recognised page in the place of the one it was made from."""

from pathlib import Path

import pymupdf

from axelered_box.formats import pdf
from axelered_box.formats.pages import Pages


def write(pages: Pages, pieces: dict[int, Path], target: Path) -> None:
    """Write all pages of a file to a PDF, those in `pieces` (from 0) from there."""
    document = pages.as_pdf(pieces)
    outline = document.get_toc(simple=False)
    for number, piece in sorted(pieces.items()):
        with pymupdf.open(piece, filetype="pdf") as single:
            document.insert_pdf(single, start_at=number)
        document.delete_page(number + 1)
    if outline:
        document.set_toc(outline)
    pdf.drop_structure_tree(document)
    document.save(target, garbage=3, deflate=True, encryption=pymupdf.PDF_ENCRYPT_NONE, no_new_id=True)
