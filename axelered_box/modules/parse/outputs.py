"""The files that parse writes."""

from pathlib import Path

from axelered_box.domain import documents
from axelered_box.domain.documents import Document
from axelered_box.domain.modules import Json, OutputFile
from axelered_box.formats import markup


def write(document: Document, folder: Path) -> list[OutputFile]:
    """Write a document in its four forms; return the files."""
    forms = (
        (OutputFile(role="markdown", name="document.md", media_type="text/markdown"), markup.markdown(document)),
        (OutputFile(role="html", name="document.html", media_type="text/html"), markup.html5(document)),
        (OutputFile(role="text", name="document.txt", media_type="text/plain"), markup.text(document)),
    )
    for output, said in forms:
        (folder / output.name).write_bytes(said.encode("utf-8", errors="replace"))
    data = OutputFile(role="document", name="document.json", media_type="application/json")
    (folder / data.name).write_bytes(documents.encode(document))
    return [*(output for output, _ in forms), data]


def searchable_pdf(path: Path) -> OutputFile:
    """Return the output that a searchable PDF is."""
    return OutputFile(role="searchablePdf", name=path.name, media_type="application/pdf")


def result(document: Document) -> Json:
    """Return parse's member of the outcome, without its outputs."""
    return {
        "status": "completed",
        "searchablePdf": None,
        "ocrPages": [page.number for page in document.pages if page.source is documents.Source.OCR],
        "languages": document.languages,
        "pageQuality": [page.quality for page in document.pages],
        "warnings": [
            {"code": warning.code, "message": warning.message, "page": warning.page} for warning in document.warnings
        ],
    }
