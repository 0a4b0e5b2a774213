"""Classify: which of the labels of a JSON Schema a document has."""

from pathlib import Path

from axelered_box.domain.models import Model
from axelered_box.domain.modules import Module, Progress, StepMessage, StepResult
from axelered_box.modules.classify.options import ClassifyOptions, check

__all__ = ["MODULE", "ClassifyOptions", "check"]


def _run(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    from axelered_box.modules.classify import steps  # noqa: PLC0415  # the box reads options without it

    return steps.run(message, folder, progress, model)


MODULE = Module(
    name="classify",
    config_member="classificationConfig",
    outcome_member="classification",
    options=ClassifyOptions,
    check=check,
    summary="Gives a document its labels, with scores over all of them and quotes.",
    run=_run,
)
