"""Classify: which of the labels of a JSON Schema a document has."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from axelered_box.domain.modules import Module
from axelered_box.modules.llm_options import LlmConfig, LlmId, PromptAppend


class ClassifyOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """What a document is told apart by."""

    json_schema: Annotated[
        dict[str, Any],
        Meta(description="A JSON Schema with one or several `enum` properties, the labels; descriptions are used."),
    ]
    llm_id: Annotated[LlmId, Meta(description="A saved model configuration.")] = None
    llm_config: Annotated[LlmConfig | None, Meta(description="A model; it wins over the saved one.")] = None
    system_prompt_append: Annotated[PromptAppend, Meta(description="What the model is told besides.")] = None


MODULE = Module(
    name="classify",
    config_member="classificationConfig",
    outcome_member="classification",
    options=ClassifyOptions,
    summary="Gives a document its labels, with scores over all of them and quotes.",
    why_unavailable="Classification is not part of this version of the box.",
)
