"""Parse in this process as the box has it done in children: step by step, what is kept handed on."""

from pathlib import Path

import msgspec

from axelered_box import modules
from axelered_box.domain import documents, media_types
from axelered_box.domain.documents import Document
from axelered_box.domain.modules import Failure, Json, Kept, Progress, Step, StepLimits, StepMessage, StepResult
from tests.samples.models import NoModel

LIMITS = StepLimits(memory_bytes=2 << 30, max_pages=100, cpu_s=600)


class Parsing(msgspec.Struct, frozen=True):
    """What came of a parse: its result, where its files are, and what it told."""

    result: StepResult
    folder: Path
    told: list[Json]
    steps: int

    def read(self, name: str) -> str:
        """Return an output as text."""
        return (self.folder / "out" / name).read_text(encoding="utf-8")

    @property
    def document(self) -> Document:
        """Return the document that was made."""
        return documents.decode((self.folder / "out" / "document.json").read_bytes())


def message(
    name: str, media_type: str, options: Json, step: Step, kept: list[Kept] | None = None, *, faults: bool = False
) -> StepMessage:
    """Return the message of a step."""
    return StepMessage(
        module="parse",
        step=step,
        options=options,
        file_name=name,
        media_type=media_type,
        kept=kept or [],
        limits=LIMITS,
        faults=faults,
    )


def parse(
    data: bytes,
    name: str,
    folder: Path,
    options: Json | None = None,
    *,
    state: Json | None = None,
    failing: dict[int, Failure] | None = None,
    limits: StepLimits = LIMITS,
) -> Parsing:
    """Parse a file; the steps of a plan whose place is in `failing` are taken to have failed."""
    media_type = media_types.detect(data[: media_types.HEAD_BYTES], name)
    assert media_type is not None
    (folder / "input").write_bytes(data)
    for own in ("out", "tmp", "kept"):
        (folder / own).mkdir(exist_ok=True)
    told: list[Json] = []

    def run(step: Step, kept: list[Kept] | None = None) -> StepResult:
        work = modules.runs()["parse"]
        sent = message(name, media_type, options or {}, step, kept)
        return work(msgspec.structs.replace(sent, limits=limits), folder, Progress(told.append), NoModel())

    result = run(Step(state=state or {}))
    if result.plan is None:
        return Parsing(result, folder, told, 1)
    kept = []
    for place, step in enumerate(result.plan.steps):
        if failing and place in failing:
            kept.append(Kept(step=step, failure=failing[place]))
            continue
        run(step)
        (folder / "out").rename(folder / "kept" / str(place))
        (folder / "out").mkdir()
        kept.append(Kept(step=step, folder=str(place)))
    return Parsing(run(result.plan.last, kept), folder, told, len(result.plan.steps) + 2)
