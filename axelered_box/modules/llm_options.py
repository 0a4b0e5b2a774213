"""The options by which extract, classify and summarize name a language model."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

LlmId = Annotated[str, Meta(max_length=200)] | None
PromptAppend = Annotated[str, Meta(max_length=8000)] | None


class LlmConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """Which model is asked, and how."""

    provider: Annotated[
        Literal["local", "openai", "mistral"],
        Meta(description="`local`, the model in this box, or a server that the operator's egress list allows."),
    ] = "local"
    model: Annotated[Annotated[str, Meta(max_length=200)] | None, Meta(description="The model's name there.")] = None
    base_url: Annotated[
        Annotated[str, Meta(pattern="^https?://", max_length=2000)] | None,
        Meta(description="The address of an OpenAI-compatible server."),
    ] = None
    api_key: Annotated[
        Annotated[str, Meta(max_length=1000)] | None, Meta(description="The key for that server; it is never shown.")
    ] = None
    temperature: Annotated[
        Annotated[float, Meta(ge=0, le=2)], Meta(description="How freely the model chooses; 0 for the same each time.")
    ] = 0.0
    seed: Annotated[int | None, Meta(description="The number from which chance is drawn.")] = None
    max_tokens: Annotated[
        Annotated[int, Meta(ge=1, le=1_000_000)] | None, Meta(description="The most tokens of an answer.")
    ] = None
    context_length: Annotated[
        Annotated[int, Meta(ge=256, le=10_000_000)] | None, Meta(description="How many tokens the model can see.")
    ] = None

    def __repr__(self) -> str:
        """Return the configuration without its key."""
        return f"LlmConfig(provider={self.provider!r}, model={self.model!r}, base_url={self.base_url!r})"
