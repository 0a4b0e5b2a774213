"""The main job without a server: the same pipeline in a store of its own, which is erased afterwards."""

import contextlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from axelered_box.app import open_box
from axelered_box.domain.errors import BoxError, InvalidRequest, ParsersUnavailable
from axelered_box.domain.modules import Json
from axelered_box.domain.runs import TERMINAL, NewFile
from axelered_box.pipeline.intake import Request
from axelered_box.pipeline.parts import Parts
from axelered_box.settings import Settings
from axelered_box.storage import outputs, runs, workspaces
from axelered_box.storage.runs import RunView

CHUNK_BYTES = 1 << 20
LOOK_S = 5.0


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What to work on and where the results go."""

    files: list[Path]
    config: Json
    output_dir: Path | None
    as_json: bool
    answers: tuple[str, ...] = ()
    """The members of each document that are shown instead of its Markdown."""


async def process(job: Job, settings: Settings) -> int:
    """Work on files; write the results; return 0 when every file was read, else 1. Raises InvalidRequest."""
    missing = [str(file) for file in job.files if not file.is_file()]
    if missing:
        raise InvalidRequest.of(["FILE"], f"There is no file {', '.join(missing)}. Check the path.", missing)
    with _temporary_folder() as folder:
        own = msgspec.structs.replace(settings, data_dir=str(folder), disk_reserve_bytes=1)
        async with open_box(own) as parts:
            workspace = await parts.tools.database.read(workspaces.default_workspace)
            view = await _work(parts, workspace.id, job)
            return await _deliver(parts, workspace.id, job, view)


async def _work(parts: Parts, workspace_id: str, job: Job) -> RunView:
    """Take the files in, and follow the run to its end."""
    checked = parts.intake.check(job.config, [])
    files = [await _take_in(parts, file) for file in job.files]
    request = Request(workspace_id=workspace_id, checked=checked, files=files, staged=False, idempotency_key=None)
    accepted = await parts.intake.create(request)
    with _progress() as bar, parts.tools.notices.watch(accepted.run_id) as watch:
        shown = bar.add_task("reading", total=None)
        while True:
            view = await parts.tools.database.read(lambda db: runs.view(db, workspace_id, accepted.run_id))
            total = sum(task.pages_total or 0 for task in view.tasks)
            bar.update(shown, completed=sum(task.pages_done for task in view.tasks), total=total or None)
            if view.run.state in TERMINAL:
                return view
            if not parts.tools.server.alive:
                raise ParsersUnavailable("The parsers do not load, so no file can be read. Run 'doctor' to see why.")
            await watch.wait(LOOK_S)


async def _take_in(parts: Parts, path: Path) -> NewFile:
    """Store one file."""
    incoming = parts.intake.receive(path.name)
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                await incoming.write(chunk)
        return await incoming.finish()
    except BoxError as error:
        raise InvalidRequest.of([str(path)], error.message, None) from None


async def _deliver(parts: Parts, workspace_id: str, job: Job, view: RunView) -> int:
    """Write what came of the run to the output folder and the output."""
    outcome = view.run.outcome or {"documents": []}
    made = await parts.tools.database.read(lambda db: outputs.outputs(db, workspace_id, view.run.id))
    if job.output_dir is not None:
        for output in made:
            target = job.output_dir / output.key
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(parts.tools.objects.path(output.object), target)
    if job.as_json:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(outcome), indent=1).decode() + "\n")
    elif job.output_dir is None and job.answers:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(_answers(outcome, job)), indent=1).decode() + "\n")
    elif job.output_dir is None:
        texts = [parts.tools.objects.path(o.object).read_text("utf-8") for o in made if o.role == "markdown"]
        sys.stdout.write("\n\n".join(text.rstrip("\n") for text in texts) + ("\n" if texts else ""))
    for document in outcome["documents"]:
        _tell(document)
    return 0 if view.run.state == "completed" and not outcome["partial"] else 1


def _answers(outcome: Json, job: Job) -> Json:
    """Return what was asked for besides the parse: of one document its members, of several those of each."""
    found = {
        document["file"]: {name: document[name] for name in job.answers if name in document}
        for document in outcome["documents"]
    }
    members: Json = next(iter(found.values())) if len(found) == 1 else found
    return members


def _tell(document: Json) -> None:
    """Say on stderr what went wrong with a document."""
    parse = document.get("parse", {})
    for warning in parse.get("warnings", []):
        page = f", page {warning['page']}" if warning.get("page") else ""
        print(f"{document['file']}{page}: {warning['message']}", file=sys.stderr)
    for member in document.values():
        if isinstance(member, dict) and member.get("error"):
            print(f"{document['file']}: {member['error']['message']} ({member['error']['code']})", file=sys.stderr)


def _progress() -> Progress:
    """Return a progress bar on stderr; silent where that is no terminal."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("pages"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


@contextlib.contextmanager
def _temporary_folder() -> Iterator[Path]:
    """Make a folder for the block and erase it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="axelered-box-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
