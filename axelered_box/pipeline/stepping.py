"""How one step of a task is done: a work folder, a child under watch, and what it made moved into the store."""

import asyncio
import logging
import re
from collections.abc import Callable
from pathlib import Path

import msgspec

from axelered_box.domain.modules import Failure, Json, Kept, Step, StepLimits, StepMessage
from axelered_box.domain.runs import Batch, Claim
from axelered_box.isolation import supervisor
from axelered_box.pipeline.asking import Asking
from axelered_box.pipeline.finishing import to_its_end
from axelered_box.pipeline.models import MEMBER
from axelered_box.pipeline.tools import Tools
from axelered_box.storage.objects import OutputMissing, Stored

CPU_SLACK_S = 60
DOCUMENT_NAME = "document.json"
EDITS = "edit"
EXTRACTION_NAME = "extraction.json"
SEARCHABLE_NAME = "searchable.pdf"
_FRAME = re.compile(r'^  File "[^"]*", line \d+, in .*$', re.MULTILINE)

log = logging.getLogger(__name__)


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """What the steps of one attempt have in common."""

    tools: Tools
    claim: Claim
    options: Json
    began: float
    """The `time.monotonic` at which the attempt began; the task's time limit runs from then."""
    on_progress: Callable[[Json], None]
    asking: Asking


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What a step came to, its files safe in the object store."""

    end: supervisor.StepEnd
    files: list[Stored] = []

    @property
    def folder(self) -> str | None:
        """Return the object that holds the files."""
        return self.files[0].object.split("/")[0] if self.files else None


async def do_step(work: Work, step: Step, batches: list[Batch] | None = None, *, keep_all: bool = False) -> Made:
    """Have one step done in a work folder of its own; keep the outputs it names, or all that it leaves."""
    objects, kept = work.tools.objects, [_kept(batch) for batch in batches or []]
    pairs = zip(kept, batches or [], strict=True)
    names = [(one.folder, batch.object) for one, batch in pairs if one.folder and batch.object]
    made: Made | None = None
    try:
        async with objects.work_folder(work.claim.file.object, names, _beside(work.claim)) as folder:
            end = await supervisor.run(
                work.tools.server, folder, _message(work, step, kept), _times(work), work.on_progress, work.asking
            )
            made = await _gather(work, folder, end, keep_all=keep_all)
    except BaseException:
        if made is not None:
            await to_its_end(drop(work.tools, made.folder))
        raise
    return made


async def drop(tools: Tools, folder: str | None) -> None:
    """Erase a folder of files that no row names."""
    await tools.objects.erase([folder] if folder else [])


async def _gather(work: Work, folder: Path, end: supervisor.StepEnd, *, keep_all: bool) -> Made:
    """Move the files of a step that has answered into the object store."""
    if end.failure is not None and end.of_child:
        _log_harm(work, end)
    if end.result is None or not (end.result.outputs or keep_all):
        return Made(end=end)
    names = None if keep_all else [output.name for output in end.result.outputs]
    if names is not None and len(set(names)) < len(names):
        failure = Failure(code="unreadable_answer", message="The work named one file twice.")
        return Made(end=supervisor.StepEnd(failure=failure, of_child=True, log=end.log))
    adopting = asyncio.ensure_future(work.tools.objects.adopt(folder / "out", names))
    try:
        files = await asyncio.shield(adopting)
    except asyncio.CancelledError:
        await asyncio.wait({adopting})
        if not adopting.exception():
            await to_its_end(drop(work.tools, Made(end=end, files=adopting.result()).folder))
        raise
    except OutputMissing:
        failure = Failure(code="unreadable_answer", message="The work named files that it did not make.")
        return Made(end=supervisor.StepEnd(failure=failure, of_child=True, log=end.log))
    return Made(end=end, files=files)


def _message(work: Work, step: Step, kept: list[Kept]) -> StepMessage:
    settings = work.tools.settings
    return StepMessage(
        module=work.claim.module,
        step=step,
        options=_without_secrets(work.options),
        file_name=work.claim.file.name,
        media_type=work.claim.file.media_type,
        document=None if work.claim.document is None else DOCUMENT_NAME,
        extraction=None if work.claim.extraction is None else EXTRACTION_NAME,
        searchable=None if _searchable(work.claim) is None else SEARCHABLE_NAME,
        kept=kept,
        limits=StepLimits(
            memory_bytes=settings.task_memory_bytes,
            max_pages=settings.max_pages,
            cpu_s=int(settings.run_timeout_seconds) + CPU_SLACK_S,
        ),
        faults=settings.faults == 1,
    )


def _beside(claim: Claim) -> dict[str, str]:
    """Return what other modules made of the file, by its names in the work folder."""
    made = {
        DOCUMENT_NAME: claim.document,
        EXTRACTION_NAME: claim.extraction,
        SEARCHABLE_NAME: _searchable(claim),
    }
    return {name: found for name, found in made.items() if found is not None}


def _searchable(claim: Claim) -> str | None:
    """Return the PDF with a text layer for the one module that changes the file itself."""
    return claim.searchable if claim.module == EDITS else None


def _without_secrets(options: Json) -> Json:
    """Return a module's options as its child may see them: without the key of a model server."""
    config = options.get(MEMBER)
    if config is None:
        return options
    return {**options, MEMBER: {name: value for name, value in config.items() if name != "apiKey"}}


def _times(work: Work) -> supervisor.Times:
    settings = work.tools.settings
    return supervisor.Times(
        deadline_s=work.began + settings.run_timeout_seconds,
        page_s=settings.page_timeout_seconds,
        silence_s=settings.silence_seconds,
    )


def _log_harm(work: Work, end: supervisor.StepEnd) -> None:
    """Log how a child came to harm: the code, and the frames of a traceback without its messages."""
    fields = {
        "run": work.claim.run_id,
        "task": work.claim.task_id,
        "module": work.claim.module,
        "code": None if end.failure is None else end.failure.code,
        "frames": _FRAME.findall(end.log)[-8:],
    }
    log.warning("child_harmed", extra={"fields": fields})
    log.debug("child_log", extra={"fields": {"task": work.claim.task_id, "tail": end.log}})


def _kept(batch: Batch) -> Kept:
    """Return what the last step is told of a planned step that has ended."""
    return Kept(
        step=msgspec.convert(batch.step, Step),
        folder=None if batch.object is None else f"{batch.place:06d}",
        failure=None if batch.failure is None else msgspec.convert(batch.failure, Failure),
    )
