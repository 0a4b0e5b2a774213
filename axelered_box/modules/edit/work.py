"""What an edit does in its child: operations are made of the instructions, done, and the result is checked."""

from pathlib import Path

import msgspec

from axelered_box.domain import documents, media_types
from axelered_box.domain.documents import Document
from axelered_box.domain.edits import DOCX, PDF, AnyOperation, Done, to_json
from axelered_box.domain.models import Model
from axelered_box.domain.modules import Json, OutputFile, Progress, Refusal, StepMessage, StepResult
from axelered_box.modules.edit import words
from axelered_box.modules.edit.finding import Finder
from axelered_box.modules.values import Hints, hints_of

_KINDS = {media_types.PDF: PDF, media_types.DOCX: DOCX}


def run(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    """Change the file as told; raises Refusal, ModelFailed."""
    from axelered_box.modules.edit import EditOptions  # noqa: PLC0415  # it imports this file in turn

    options = msgspec.convert(message.options, EditOptions)
    kind = _KINDS.get(message.media_type)
    if kind is None:
        raise Refusal("cannot_edit", "Only PDF and Word files (.docx) can be edited. Convert the file first.")
    document = documents.decode((folder / (message.document or "")).read_bytes())
    operations = list(options.operations or [])
    if (options.instructions or "").strip():
        operations += words.operations_of(options.instructions or "", document, kind, model)
    _check_kind(operations, kind, message.media_type)
    find = Finder(_hints(document), _fields(message, folder))
    name = f"edited{Path(message.file_name).suffix.lower() or '.' + kind}"
    done = _edit(message, folder, name, operations, document, find, kind, dry_run=options.dry_run)
    nothing = [to_json(one)["op"] for one, came in zip(operations, done, strict=True) if came.matches == 0]
    if nothing:
        (folder / message.output / name).unlink(missing_ok=True)
        told = ", ".join(f"{place + 1} ({one})" for place, one in _numbered(operations, done))
        raise Refusal(
            "nothing_matched",
            f"Nothing in the file matches operation {told}: {_shown(operations, done)}. The file was not changed."
            " Check the words against the file; dryRun tells what matches.",
        )
    outputs = [] if options.dry_run else [OutputFile(role="file", name=name, media_type=message.media_type)]
    result: Json = {
        "operations": [
            {**to_json(one), **msgspec.to_builtins(came)} for one, came in zip(operations, done, strict=True)
        ]
    }
    if options.dry_run:
        result["file"] = None
    return StepResult(outputs=outputs, result=result)


def _edit(
    message: StepMessage,
    folder: Path,
    name: str,
    operations: list[AnyOperation],
    document: Document,
    find: Finder,
    kind: str,
    *,
    dry_run: bool,
) -> list[Done]:
    """Do the operations on a copy of the file; return what came of each."""
    source, target = folder / message.input, folder / message.output / name
    if kind == PDF:
        from axelered_box.formats import pdf_editing  # noqa: PLC0415  # a parser

        password = message.options.get("password")
        return pdf_editing.edit(source, target, operations, document, find, password=password, dry_run=dry_run)
    from axelered_box.formats import word_editing  # noqa: PLC0415  # a parser

    return word_editing.edit(source, target, operations, find, dry_run=dry_run)


def _check_kind(operations: list[AnyOperation], kind: str, media_type: str) -> None:
    """Raise Refusal for an operation that this kind of file does not have."""
    for one in operations:
        if kind not in one.kinds:
            other = "PDF" if kind == DOCX else "Word"
            raise Refusal(
                "operation_not_for_file",
                f"The operation {to_json(one)['op']} is for {other} files; this is {media_type}.",
            )


def _hints(document: Document) -> Hints:
    """Return how the document writes its dates and numbers."""
    return hints_of([block.text for block in document.blocks], document.languages)


def _fields(message: StepMessage, folder: Path) -> dict[str, Json]:
    """Return the extracted fields by path, empty where nothing was extracted."""
    if message.extraction is None:
        return {}
    told = msgspec.json.decode((folder / message.extraction).read_bytes())
    return {field["path"]: field for field in told["fields"]}


def _numbered(operations: list[AnyOperation], done: list[Done]) -> list[tuple[int, str]]:
    pairs = enumerate(zip(operations, done, strict=True))
    return [(place, to_json(one)["op"]) for place, (one, came) in pairs if came.matches == 0]


def _shown(operations: list[AnyOperation], done: list[Done]) -> str:
    """Return the operations that matched nothing, as JSON."""
    unmatched = [to_json(one) for one, came in zip(operations, done, strict=True) if came.matches == 0]
    return "; ".join(msgspec.json.encode(one).decode() for one in unmatched)
