"""Changes of a PDF, one operation after the other, on a copy; the file is written anew, so that nothing old is left in it."""

import secrets
from pathlib import Path

import pymupdf

from axelered_box.domain import edits
from axelered_box.domain.documents import Document
from axelered_box.domain.edits import AnyOperation, Done, Find
from axelered_box.domain.modules import Refusal
from axelered_box.formats import pdf_cleaning, pdf_forms, pdf_pages, pdf_printing, pdf_redacting, pdf_replacing
from axelered_box.formats.pdf import open_pdf

_ALLOWED = (
    ("allow_print", pymupdf.PDF_PERM_PRINT | pymupdf.PDF_PERM_PRINT_HQ),
    ("allow_copy", pymupdf.PDF_PERM_COPY | pymupdf.PDF_PERM_ACCESSIBILITY),
    (
        "allow_change",
        pymupdf.PDF_PERM_MODIFY | pymupdf.PDF_PERM_ANNOTATE | pymupdf.PDF_PERM_FORM | pymupdf.PDF_PERM_ASSEMBLE,
    ),
)


def edit(
    source: Path,
    target: Path,
    operations: list[AnyOperation],
    document: Document,
    find: Find,
    *,
    password: str | None,
    dry_run: bool,
) -> list[Done]:
    """Do operations on a PDF one after the other; return what came of each. Raises Refusal.

    Nothing is written with `dry_run`, nor when an operation matches nothing. A file with redactions is opened again and
    searched before it is left.
    """
    pdf = open_pdf(source, password)
    redactions: list[edits.Redact] = []
    done: list[Done] = []
    for one in operations:
        done.append(_do(pdf, one, document, find))
        if isinstance(one, edits.Redact):
            redactions.append(one)
    if dry_run or any(one.matches == 0 for one in done):
        return done
    encrypt = next((one for one in reversed(operations) if isinstance(one, edits.Encrypt)), None)
    compress = any(isinstance(one, edits.Compress) for one in operations)
    pdf.save(
        target, garbage=4, deflate=True, clean=False, use_objstms=1 if compress else 0, **_encryption(encrypt, pdf)
    )
    if redactions:
        pdf_redacting.check(target, redactions, find, password=None if encrypt is None else encrypt.password)
    return done


def _do(pdf: pymupdf.Document, operation: AnyOperation, document: Document, find: Find) -> Done:
    """Do one operation."""
    match operation:
        case edits.ReplaceText():
            return pdf_replacing.replace(pdf, operation, find)
        case edits.Redact():
            return pdf_redacting.redact(pdf, operation, document, find)
        case edits.DeletePages() | edits.KeepPages() | edits.ReorderPages() | edits.MovePage() | edits.RotatePages():
            return pdf_pages.change(pdf, operation)
        case edits.Highlight():
            return pdf_printing.mark(pdf, operation, document, find)
        case edits.Stamp() | edits.Watermark() | edits.AddPageNumbers() | edits.AddHeader() | edits.AddFooter():
            return pdf_printing.print_text(pdf, operation)
        case edits.FillForm() | edits.FlattenForm():
            return pdf_forms.change(pdf, operation)
        case (
            edits.SetMetadata()
            | edits.ClearMetadata()
            | edits.RemoveAnnotations()
            | edits.RemoveAttachments()
            | edits.RemoveScripts()
            | edits.Compress()
        ):
            return pdf_cleaning.clean(pdf, operation)
        case edits.Encrypt():
            return Done(matches=1)
    raise Refusal("operation_not_for_file", "This operation is not for PDF files.")


def _encryption(operation: edits.Encrypt | None, pdf: pymupdf.Document) -> dict[str, object]:
    """Return how the file is to be encrypted: as an operation says, else as it was."""
    if operation is None:
        return {"encryption": pymupdf.PDF_ENCRYPT_KEEP if pdf.is_encrypted else pymupdf.PDF_ENCRYPT_NONE}
    allowed = sum(bits for name, bits in _ALLOWED if getattr(operation, name))
    return {
        "encryption": pymupdf.PDF_ENCRYPT_AES_256,
        "user_pw": operation.password,
        "owner_pw": operation.owner_password or secrets.token_urlsafe(24),
        "permissions": allowed,
    }
