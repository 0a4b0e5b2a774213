"""The layers of a PDF, all switched on while it is worked on, and as they were before it is written."""

import pymupdf

_KEY = "OCProperties"


def all_shown(pdf: pymupdf.Document, password: str | None) -> pymupdf.Document:
    """Return a file with all of its layers on, whatever they depend on: the same one when it has none."""
    if pdf.xref_get_key(pdf.pdf_catalog(), _KEY)[0] == "null":
        return pdf
    # MuPDF shows everything of a file that describes no layers; it reads their description once, when a file is opened.
    pdf.xref_set_key(pdf.pdf_catalog(), _KEY, "null")
    opened = pymupdf.open(stream=pdf.tobytes(encryption=pymupdf.PDF_ENCRYPT_KEEP), filetype="pdf")
    if opened.needs_pass:
        opened.authenticate(password or "")
    return opened


def description_of(pdf: pymupdf.Document) -> str | None:
    """Return how a file describes its layers, None when it has none."""
    kind, value = pdf.xref_get_key(pdf.pdf_catalog(), _KEY)
    return None if kind == "null" else value


def describe(pdf: pymupdf.Document, description: str | None) -> None:
    """Describe a file's layers as they were described before."""
    if description is not None:
        pdf.xref_set_key(pdf.pdf_catalog(), _KEY, description)
