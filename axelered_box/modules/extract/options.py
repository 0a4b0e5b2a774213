"""The options of extract: what an `extractionConfig` may say."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from axelered_box.domain.errors import Problem
from axelered_box.modules.llm_options import LlmConfig, LlmId, PromptAppend


class ExtractOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """What is taken out of a document."""

    json_schema: Annotated[
        dict[str, Any],
        Meta(description="A JSON Schema (Draft 7 or 2020-12, local `$ref` only) of the data; descriptions are used."),
    ]
    llm_id: Annotated[LlmId, Meta(description="A saved model configuration.")] = None
    llm_config: Annotated[LlmConfig | None, Meta(description="A model; it wins over the saved one.")] = None
    system_prompt_append: Annotated[PromptAppend, Meta(description="What the model is told besides.")] = None
    citations: Annotated[bool, Meta(description="Whether each field names page, box and quote.")] = True
    on_missing: Annotated[
        Literal["null", "fail"],
        Meta(description="What a field becomes that the document does not say: `null`, or the task fails."),
    ] = "null"


def check(options: ExtractOptions) -> list[Problem]:
    """Tell what is wrong with the schema."""
    from axelered_box.modules import json_schemas  # noqa: PLC0415  # only who asks for an extraction pays for it

    return [
        Problem(loc=["jsonSchema", *problem.loc], msg=problem.msg, type=problem.type, input=problem.input)
        for problem in json_schemas.problems(options.json_schema)
    ]
