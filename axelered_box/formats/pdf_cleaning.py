"""What a PDF carries besides its pages: metadata set and cleared; comments, attachments and scripts removed."""

import re

import pymupdf

from axelered_box.domain import edits
from axelered_box.domain.edits import Done

Cleaning = (
    edits.SetMetadata
    | edits.ClearMetadata
    | edits.RemoveAnnotations
    | edits.RemoveAttachments
    | edits.RemoveScripts
    | edits.Compress
)
_KEPT_ANNOTATIONS = (pymupdf.PDF_ANNOT_LINK, pymupdf.PDF_ANNOT_WIDGET)
_ACTIONS = ("OpenAction", "AA")
_SCRIPTED = re.compile(r"/S\s*/(?:JavaScript|Launch|ImportData|SubmitForm|Rendition)\b|/JS\b")


def clean(pdf: pymupdf.Document, operation: Cleaning) -> Done:
    """Do one of these operations."""
    match operation:
        case edits.SetMetadata():
            return _set_metadata(pdf, operation)
        case edits.ClearMetadata():
            had = sum(
                bool(value) for name, value in (pdf.metadata or {}).items() if name not in ("format", "encryption")
            )
            had += bool(pdf.get_xml_metadata())
            pdf.set_metadata({})
            pdf.del_xml_metadata()
            return Done(matches=max(1, had))
        case edits.RemoveAnnotations():
            return _remove_annotations(pdf)
        case edits.RemoveAttachments():
            return Done(matches=remove_attachments(pdf))
        case edits.RemoveScripts():
            return Done(matches=_remove_scripts(pdf))
        case edits.Compress():
            pdf.rewrite_images(dpi_threshold=220, dpi_target=150, quality=75)
            return Done(matches=1)


def remove_attachments(pdf: pymupdf.Document) -> int:
    """Remove all attached files; return how many there were."""
    names = list(pdf.embfile_names())
    for name in names:
        pdf.embfile_del(name)
    count = len(names)
    for page in pdf:
        for annotation in list(page.annots(types=[pymupdf.PDF_ANNOT_FILE_ATTACHMENT])):
            page.delete_annot(annotation)
            count += 1
    return count


def _set_metadata(pdf: pymupdf.Document, operation: edits.SetMetadata) -> Done:
    told = {name: getattr(operation, name) for name in ("title", "author", "subject", "keywords")}
    changed = {name: value for name, value in told.items() if value is not None}
    pdf.set_metadata({**(pdf.metadata or {}), **changed})
    pdf.del_xml_metadata()  # it would go on telling the old
    return Done(matches=len(changed))


def _remove_annotations(pdf: pymupdf.Document) -> Done:
    count, pages = 0, []
    for page in pdf:
        found = [one for one in page.annots() if one.type[0] not in _KEPT_ANNOTATIONS]
        for annotation in found:
            page.delete_annot(annotation)
        if found:
            count += len(found)
            pages.append(page.number + 1)
    return Done(matches=count, pages=pages)


def _remove_scripts(pdf: pymupdf.Document) -> int:
    """Remove what runs by itself or runs code, of the file, of pages and of fields; return how many there were."""
    count = 0
    catalog = pdf.pdf_catalog()
    for key in (*_ACTIONS, "Names/JavaScript"):
        if pdf.xref_get_key(catalog, key)[0] != "null":
            kept = (
                key == "OpenAction"
                and not _SCRIPTED.search(pdf.xref_get_key(catalog, key)[1])
                and pdf.xref_get_key(catalog, key)[0] == "array"
            )
            if not kept:
                pdf.xref_set_key(catalog, key, "null")
                count += 1
    for xref in range(1, pdf.xref_length()):
        if not pdf.xref_is_stream(xref) and _SCRIPTED.search(pdf.xref_object(xref, compressed=True)):
            for key in ("JS", "AA", "A", "OpenAction"):
                kind, value = pdf.xref_get_key(xref, key)
                if kind != "null" and (key != "A" or _SCRIPTED.search(value)):
                    pdf.xref_set_key(xref, key, "null")
                    count += 1
    return count
