"""The box's parse of one file, step by step in this process, as its children do it."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from axelered_box import formats, modules
from axelered_box.domain import media_types
from axelered_box.domain.modules import Kept, Progress, Refusal, Step, StepLimits, StepMessage, StepResult
from axelered_box.isolation import limits
from axelered_box.settings import Settings
from tests.bench.pack.engines import Refused
from tests.samples.models import NoModel

UNKNOWN_TYPE = "unsupported_media_type"


def warm() -> None:
    """Import the parsers and load their models, as the fork server does."""
    formats.warm()


@dataclass(frozen=True)
class Read:
    """What parse made of a file."""

    markdown: str
    document: bytes
    """As JSON."""


def convert(file: Path) -> str:
    """Return the Markdown of a file; raises Refused."""
    return read(file).markdown


def read(file: Path) -> Read:
    """Return what parse makes of a file; raises Refused."""
    return _parse(file, _limits())


def convert_within_limits(file: Path) -> str:
    """Return the Markdown of a file, this process keeping to the limits of a child; raises Refused."""
    own = _limits()
    limits.apply(own)
    return _parse(file, own).markdown


def _limits() -> StepLimits:
    settings = Settings()
    return StepLimits(memory_bytes=settings.task_memory_bytes, max_pages=settings.max_pages, cpu_s=3600)


def _parse(file: Path, own: StepLimits) -> Read:
    with file.open("rb") as opened:
        media_type = media_types.detect(opened.read(media_types.HEAD_BYTES), file.name)
    if media_type is None:
        raise Refused(UNKNOWN_TYPE)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copyfile(file, folder / "input")
        for part in ("out", "tmp", "kept"):
            (folder / part).mkdir()
        message = StepMessage(
            module="parse", step=Step(), options={}, file_name=file.name, media_type=media_type, limits=own
        )
        try:
            _run(message, folder)
        except Refusal as refusal:
            raise Refused(refusal.failure.code) from refusal
        out = folder / "out"
        return Read((out / "document.md").read_text("utf-8"), (out / "document.json").read_bytes())


def _run(message: StepMessage, folder: Path) -> None:
    """Do the steps of a task in turn."""
    result = _step(message, folder)
    if result.plan is None:
        return
    kept = []
    for place, step in enumerate(result.plan.steps):
        _step(_with(message, step), folder)
        (folder / "out").rename(folder / "kept" / str(place))
        (folder / "out").mkdir()
        kept.append(Kept(step=step, folder=str(place)))
    _step(_with(message, result.plan.last, kept), folder)


def _step(message: StepMessage, folder: Path) -> StepResult:
    return modules.runs()[message.module](message, folder, Progress(lambda _: None), NoModel())


def _with(message: StepMessage, step: Step, kept: list[Kept] | None = None) -> StepMessage:
    from msgspec.structs import replace

    return replace(message, step=step, kept=kept or [])
