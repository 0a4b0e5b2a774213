"""Edit: changes of a PDF or Word file that keep its layout, checked before the file is handed out."""

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from axelered_box.domain.edits import AnyOperation, problem_of
from axelered_box.domain.errors import Problem
from axelered_box.domain.models import Model
from axelered_box.domain.modules import Module, Progress, StepMessage, StepResult
from axelered_box.modules.llm_options import LlmConfig, LlmId


class EditOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """What is changed."""

    instructions: Annotated[
        Annotated[str, Meta(max_length=8000)] | None,
        Meta(
            description="The changes in sentences, in English or German; the result shows the operations made of them."
        ),
    ] = None
    operations: Annotated[
        Annotated[list[AnyOperation], Meta(max_length=1000)] | None,
        Meta(description="The changes as a typed list, for exact work; done before those of `instructions`."),
    ] = None
    dry_run: Annotated[
        bool, Meta(description="Tell what would be changed, and how often it matches, without making a file.")
    ] = False
    password: Annotated[
        Annotated[str, Meta(max_length=1000)] | None,
        Meta(description="The password that opens an encrypted PDF; that of `parserConfig` is for reading only."),
    ] = None
    llm_id: Annotated[LlmId, Meta(description="A saved model configuration.")] = None
    llm_config: Annotated[
        LlmConfig | None, Meta(description="A model for sentences that the rules do not understand.")
    ] = None


def check(options: EditOptions) -> list[Problem]:
    """Tell what is wrong with options that have the right form; `loc` begins below them."""
    if not (options.instructions or "").strip() and not options.operations:
        sentence = "Say what is to be changed: send instructions, operations, or both."
        return [Problem(loc=["instructions"], msg=sentence, type="missing")]
    found = [(place, problem_of(one)) for place, one in enumerate(options.operations or [])]
    return [Problem(loc=["operations", place], msg=told) for place, told in found if told is not None]


def _run(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    from axelered_box.modules.edit import work  # noqa: PLC0415  # the box reads options without any parser

    return work.run(message, folder, progress, model)


MODULE = Module(
    name="edit",
    config_member="editConfig",
    outcome_member="edit",
    options=EditOptions,
    check=check,
    summary="Changes a PDF or Word file and keeps its layout.",
    run=_run,
)
