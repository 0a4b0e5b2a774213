"""Parse: a file becomes Markdown, HTML, text and a Document with the place of every word."""

from pathlib import Path

from axelered_box.domain.models import Model
from axelered_box.domain.modules import Module, Progress, StepMessage, StepResult
from axelered_box.modules.parse.options import ParseOptions, check

__all__ = ["MODULE", "ParseOptions", "check"]


def _run(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    from axelered_box.modules.parse import steps  # noqa: PLC0415  # the box reads options without any parser

    return steps.run(message, folder, progress)


MODULE = Module(
    name="parse",
    config_member="parserConfig",
    outcome_member="parse",
    options=ParseOptions,
    check=check,
    summary="Reads a file: Markdown, HTML, text, and a Document with the place of every word.",
    run=_run,
)
