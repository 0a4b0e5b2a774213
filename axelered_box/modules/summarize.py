"""Summarize: what a document says, in short, with the pages it says it on."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from axelered_box.domain.modules import Module
from axelered_box.modules.llm_options import LlmConfig, LlmId


class SummarizeOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """How long a summary is, and in which language."""

    target_length: Annotated[Literal["short", "medium", "long"], Meta(description="How long the summary is.")] = (
        "medium"
    )
    max_key_points: Annotated[
        Annotated[int, Meta(ge=0, le=20)], Meta(description="The most key points; 0 for none.")
    ] = 5
    language: Annotated[
        Annotated[str, Meta(pattern="^[a-z]{3}$")] | None,
        Meta(description="ISO 639-2 code of the summary's language; the document's own when absent."),
    ] = None
    llm_id: Annotated[LlmId, Meta(description="A saved model configuration.")] = None
    llm_config: Annotated[LlmConfig | None, Meta(description="A model; it wins over the saved one.")] = None


MODULE = Module(
    name="summarize",
    config_member="summarizationConfig",
    outcome_member="summary",
    options=SummarizeOptions,
    summary="Sums a document up, with key points that name page and quote.",
    why_unavailable="Summaries are not part of this version of the box.",
)
