"""Summarize: what a document says, in short, with the pages it says it on."""

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from axelered_box.domain.models import Model
from axelered_box.domain.modules import Module, Progress, StepMessage, StepResult
from axelered_box.modules.llm_options import LlmConfig, LlmId

__all__ = ["MODULE", "SummarizeOptions"]


class SummarizeOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """How long a summary is, and in which language."""

    target_length: Annotated[
        Literal["short", "medium", "long"],
        Meta(description="How long the summary is: at most 60, 150 or 400 words."),
    ] = "medium"
    max_key_points: Annotated[
        Annotated[int, Meta(ge=0, le=20)], Meta(description="The most key points; 0 for none.")
    ] = 5
    language: Annotated[
        Annotated[str, Meta(pattern="^[a-z]{3}$")] | None,
        Meta(description="ISO 639-2 code of the summary's language; the document's own when absent."),
    ] = None
    llm_id: Annotated[LlmId, Meta(description="A saved model configuration.")] = None
    llm_config: Annotated[LlmConfig | None, Meta(description="A model; it wins over the saved one.")] = None


def _run(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    from axelered_box.modules.summarize import steps  # noqa: PLC0415  # the box reads options without any parser

    return steps.run(message, folder, progress, model)


MODULE = Module(
    name="summarize",
    config_member="summarizationConfig",
    outcome_member="summary",
    options=SummarizeOptions,
    summary="Sums a document up in its own sentences, with key points that name page and quote.",
    run=_run,
)
