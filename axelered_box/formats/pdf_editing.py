"""Changes of a PDF, one operation after the other, on a copy that is written anew, so nothing old is left in it."""

import secrets
from pathlib import Path

import pymupdf

from axelered_box.domain import edits
from axelered_box.domain.documents import Document
from axelered_box.domain.edits import AnyOperation, Done, Find
from axelered_box.domain.modules import Refusal
from axelered_box.formats import (
    pdf_checking,
    pdf_cleaning,
    pdf_forms,
    pdf_layers,
    pdf_pages,
    pdf_printing,
    pdf_redacting,
    pdf_replacing,
)
from axelered_box.formats.pdf import open_pdf
from axelered_box.formats.pdf_sought import Sought

_ABOUT_WORDS = (edits.Redact, edits.ReplaceText, edits.Highlight)
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
    searchable: Path | None = None,
) -> list[Done]:
    """Do operations on a PDF one after the other; return what came of each. Raises Refusal.

    Nothing is written with `dry_run`, nor when an operation matches nothing. A file with redactions is opened again and
    searched before it is left. `searchable` is the file with its scanned pages as `document` places their words; it is
    edited in place of the file itself when an operation is about words.
    """
    if searchable is not None and any(isinstance(one, _ABOUT_WORDS) for one in operations):
        source, password = searchable, None
    editing = _Editing(open_pdf(source, password), document, find, password)
    done = [editing.do(one) for one in operations]
    if dry_run or any(one.matches == 0 for one in done):
        return done
    editing.save(target, operations)
    return done


class _Editing:
    """A file while it is changed."""

    def __init__(self, pdf: pymupdf.Document, document: Document, find: Find, password: str | None) -> None:
        self._layers = pdf_layers.description_of(pdf)
        self._pdf = pdf_layers.all_shown(pdf, password)
        self._document = document
        self._find = find
        self._password = password
        self._sought: list[Sought] = []
        self._seen: set[int] = set()
        """The objects of pages that words were removed from."""

    def do(self, operation: AnyOperation) -> Done:
        """Do one operation."""
        pdf = self._pdf
        match operation:
            case edits.ReplaceText():
                return pdf_replacing.replace(pdf, operation, self._document, self._find)
            case edits.Redact():
                return self._redact(operation)
            case (
                edits.DeletePages() | edits.KeepPages() | edits.ReorderPages() | edits.MovePage() | edits.RotatePages()
            ):
                return pdf_pages.change(pdf, operation)
            case edits.Highlight():
                return pdf_printing.mark(pdf, operation, self._document, self._find)
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

    def _redact(self, operation: edits.Redact) -> Done:
        done, sought = pdf_redacting.redact(self._pdf, operation, self._document, self._find)
        self._sought.append(sought)
        self._seen |= {self._pdf[number - 1].xref for number in done.pages}
        return done

    def save(self, target: Path, operations: list[AnyOperation]) -> None:
        """Write the file anew, with nothing in it that nothing refers to; raise Refusal when words are left in it."""
        encrypt = next((one for one in reversed(operations) if isinstance(one, edits.Encrypt)), None)
        compress = any(isinstance(one, edits.Compress) for one in operations)
        pdf_layers.describe(self._pdf, self._layers)
        self._pdf.save(
            target, garbage=4, deflate=True, use_objstms=int(compress), **_encryption(encrypt, self._password)
        )
        if self._sought:
            seen = {page.number + 1 for page in self._pdf if page.xref in self._seen}
            password = self._password if encrypt is None else encrypt.password
            try:
                pdf_checking.check(target, self._sought, seen, self._document, password)
            except Refusal:
                target.unlink(missing_ok=True)
                raise


def _encryption(operation: edits.Encrypt | None, password: str | None) -> dict[str, object]:
    """Return how the file is to be encrypted: as an operation says, else as it was."""
    if operation is None:
        return {"encryption": pymupdf.PDF_ENCRYPT_KEEP}
    allowed = sum(bits for name, bits in _ALLOWED if getattr(operation, name))
    return {
        "encryption": pymupdf.PDF_ENCRYPT_AES_256,
        "user_pw": operation.password,
        "owner_pw": operation.owner_password or secrets.token_urlsafe(24),
        "permissions": allowed,
    }
