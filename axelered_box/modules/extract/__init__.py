"""Extract: the fields of a JSON Schema, each with the words that support it."""

from pathlib import Path

from axelered_box.domain.models import Model
from axelered_box.domain.modules import Module, Progress, StepMessage, StepResult
from axelered_box.modules.extract.options import ExtractOptions, check

__all__ = ["MODULE", "ExtractOptions", "check"]


def _run(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    from axelered_box.modules.extract import work  # noqa: PLC0415  # the box reads options without any of it

    return work.run(message, folder, progress, model)


MODULE = Module(
    name="extract",
    config_member="extractionConfig",
    outcome_member="extraction",
    options=ExtractOptions,
    check=check,
    summary="Takes the fields of a JSON Schema out of a document, each with page, box and quote.",
    run=_run,
)
