"""Edit: changes of a PDF or Word file that keep its layout."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from axelered_box.domain.modules import Module


class EditOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """What is changed."""

    instructions: Annotated[
        Annotated[str, Meta(max_length=8000)] | None, Meta(description="The changes in a sentence or two.")
    ] = None
    operations: Annotated[
        Annotated[list[dict[str, Any]], Meta(max_length=1000)] | None,
        Meta(description="The changes as a typed list, for exact work."),
    ] = None


MODULE = Module(
    name="edit",
    config_member="editConfig",
    outcome_member="edit",
    options=EditOptions,
    summary="Changes a PDF or Word file and keeps its layout.",
    why_unavailable="Editing is not part of this version of the box.",
)
