"""What an edit does in its child: operations are made of the instructions, done, and the result is checked."""

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from axelered_box.domain import documents, media_types
from axelered_box.domain.documents import Document
from axelered_box.domain.edits import DOCX, PDF, AnyOperation, Done, shown, to_json
from axelered_box.domain.models import Model
from axelered_box.domain.modules import Json, OutputFile, Progress, Refusal, StepMessage, StepResult
from axelered_box.modules.edit import words
from axelered_box.modules.edit.finding import Finder
from axelered_box.modules.values import Hints, hints_of

if TYPE_CHECKING:
    from axelered_box.modules.edit import EditOptions

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
    _check_kind(operations, kind)
    find = Finder(_hints(document), _fields(message, folder))
    name = f"edited{Path(message.file_name).suffix.lower() or '.' + kind}"
    progress.alive()
    done = _edit(message, folder, name, operations, document, find, kind, options)
    told = [{**shown(one), **msgspec.to_builtins(came)} for one, came in zip(operations, done, strict=True)]
    if options.dry_run:
        return StepResult(result={"operations": told, "file": None})
    _check_matched(folder / message.output / name, operations, done)
    file = OutputFile(role="file", name=name, media_type=message.media_type)
    return StepResult(outputs=[file], result={"operations": told})


def _edit(
    message: StepMessage,
    folder: Path,
    name: str,
    operations: list[AnyOperation],
    document: Document,
    find: Finder,
    kind: str,
    options: "EditOptions",
) -> list[Done]:
    """Do the operations on a copy of the file; return what came of each."""
    source, target = folder / (message.searchable or message.input), folder / message.output / name
    dry_run = options.dry_run
    if kind == PDF:
        from axelered_box.formats import pdf_editing  # noqa: PLC0415  # a parser

        return pdf_editing.edit(source, target, operations, document, find, password=options.password, dry_run=dry_run)
    from axelered_box.formats import word_editing  # noqa: PLC0415  # a parser

    return word_editing.edit(folder / message.input, target, operations, find, dry_run=dry_run)


def _check_kind(operations: list[AnyOperation], kind: str) -> None:
    """Raise Refusal for an operation, or a member of one, that this kind of file does not have."""
    for one in operations:
        name = to_json(one)["op"]
        if kind not in one.kinds:
            other, this = ("PDF", "a Word file") if kind == DOCX else ("Word", "a PDF")
            raise Refusal(
                "operation_not_for_file",
                f"The operation {name} is for {other} files, and this is {this}. Nothing was changed. Leave it out, or"
                " send a file of that kind.",
            )
        if kind == DOCX and getattr(one, "pages", None) is not None:
            raise Refusal(
                "operation_not_for_file",
                f"The operation {name} is limited to pages, but a Word file has no pages until it is printed. Nothing"
                " was changed. Leave the pages out, or send a PDF.",
            )


def _check_matched(file: Path, operations: list[AnyOperation], done: list[Done]) -> None:
    """Raise Refusal when an operation matched nothing; the file, if one was made, is not handed out."""
    idle = [(place, one) for place, (one, came) in enumerate(zip(operations, done, strict=True)) if came.matches == 0]
    if not idle:
        return
    file.unlink(missing_ok=True)
    told = "; ".join(f"operation {place + 1}, {msgspec.json.encode(shown(one)).decode()}" for place, one in idle)
    raise Refusal(
        "nothing_matched",
        f"Nothing in the file matches {told}. The file was not changed. Compare the words with those of the file;"
        " with dryRun each operation tells how often it matches.",
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
