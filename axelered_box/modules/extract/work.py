"""The step that extracts: it reads the document that parse made, answers the schema, and writes ``extraction.json``."""

from pathlib import Path

import msgspec

from axelered_box.domain import documents
from axelered_box.domain.documents import Document, Source
from axelered_box.domain.models import Model
from axelered_box.domain.modules import Json, OutputFile, Progress, Refusal, StepMessage, StepResult
from axelered_box.modules import citing, json_schemas, values
from axelered_box.modules.extract import answering, assembling, lists, questions, rows, validating
from axelered_box.modules.extract.answers import Answer, Status
from axelered_box.modules.extract.options import ExtractOptions
from axelered_box.modules.extract.questions import Question, Shape

NAME = "extraction.json"
NAMED_MISSING = 8
"""So many missing fields are named; of more, only how many."""


def run(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    """Extract what the options' schema asks for; raises Refusal and ModelFailed."""
    options = msgspec.convert(message.options, ExtractOptions)
    assert message.document is not None
    document = documents.decode((folder / message.document).read_bytes())
    refuse_unreadable(document)
    result = extract(document, options, model, progress)
    if options.on_missing == "fail":
        _refuse_missing(result["fields"])
    (folder / message.output / NAME).write_bytes(msgspec.json.format(msgspec.json.encode(result), indent=1))
    output = OutputFile(role="output", name=NAME, media_type="application/json")
    return StepResult(outputs=[output], result=result)


def extract(document: Document, options: ExtractOptions, model: Model, progress: Progress) -> Json:
    """Return the data and the fields of a document."""
    document = citing.without_places(document)
    root = questions.read(json_schemas.resolved(options.json_schema))
    hints = values.hints_of((block.text for block in document.blocks), document.languages)
    if options.system_prompt_append:
        hints = values.hints_from_prompt(options.system_prompt_append, hints)
    progress.alive()
    found = answering.scalars(document, root, hints, answering.Asking(model, options.system_prompt_append))
    for array in questions.arrays(root):
        progress.alive()
        found += _items(document, array, hints)
    complete = assembling.completed(root, found)
    data, kept = validating.valid(root, json_schemas.nullable(options.json_schema), complete)
    return {"data": data, "fields": assembling.fields(kept, citations=options.citations)}


def refuse_unreadable(document: Document) -> None:
    """Refuse a document that has no text at all; raises Refusal."""
    if any(block.text.strip() or block.table is not None for block in document.blocks):
        return
    if document.pages and all(page.source is Source.FAILED for page in document.pages):
        raise Refusal(
            "document_unreadable", "No page of the document could be read, so nothing can be taken out of it."
        )
    raise Refusal(
        "document_empty",
        "The document has no text, so nothing can be taken out of it. If it is a picture of text, "
        'parse it with "ocr": "always" and the right languages.',
    )


def _items(document: Document, array: Question, hints: values.Hints) -> list[Answer]:
    if array.item is None:
        return []
    if array.item.shape is Shape.OBJECT:
        return rows.answers(document, array, hints)
    return lists.answers(document, array, hints)


def _refuse_missing(fields: list[Json]) -> None:
    missing = [field["path"] for field in fields if field["status"] != Status.FOUND and field["value"] in (None, [])]
    if missing:
        named = ", ".join(missing[:NAMED_MISSING])
        more = f" and {len(missing) - NAMED_MISSING} more" if len(missing) > NAMED_MISSING else ""
        raise Refusal(
            "fields_missing",
            f'The document does not say {named}{more}. Set "onMissing" to "null" to get the other fields all the same.',
        )
