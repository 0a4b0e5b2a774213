"""The options of classify: what a `classificationConfig` may say."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from axelered_box.domain.errors import Problem
from axelered_box.modules import json_schemas
from axelered_box.modules.classify import labels
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


def check(options: ClassifyOptions) -> list[Problem]:
    """Return what is wrong with options that have the right form: a schema that is none, or that has no labels."""
    found = json_schemas.problems(options.json_schema) or labels.problems_of(options.json_schema)
    return [msgspec.structs.replace(problem, loc=["jsonSchema", *problem.loc]) for problem in found]
