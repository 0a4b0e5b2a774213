"""How the questions of one attempt reach a language model: one of this box, or a server that the operator allows."""

import contextlib
from collections.abc import Iterator

import msgspec

from axelered_box.domain.model_wire import ModelReply, failed
from axelered_box.domain.models import (
    Answer,
    Ask,
    Count,
    Counted,
    Describe,
    Described,
    Embed,
    Embedded,
    Generate,
    Generated,
    Score,
    Scored,
)
from axelered_box.domain.modules import Json
from axelered_box.isolation.model_host import ModelFile
from axelered_box.isolation.slots import Slots
from axelered_box.modules.llm_options import LlmConfig
from axelered_box.pipeline import openai
from axelered_box.pipeline.models import MEMBER, UnknownModel
from axelered_box.pipeline.tools import Tools

CHARACTERS_PER_TOKEN = 3
"""A careful guess for a server's model, whose tokens cannot be counted here."""
REMOTE_CONTEXT_TOKENS = 8192


class Asking:
    """Answers what the children of one attempt ask, and counts the tokens."""

    def __init__(self, tools: Tools, options: Json) -> None:
        self._tools = tools
        config = options.get(MEMBER)
        self._config = LlmConfig() if config is None else msgspec.convert(config, LlmConfig)
        self._prompt_tokens = 0
        self._completion_tokens = 0
        self._asked: ModelFile | None = None

    @property
    def used(self) -> Json | None:
        """Return the model that was asked and the tokens that it took, None when none was."""
        if self._prompt_tokens + self._completion_tokens == 0:
            return None
        remote = self._config.provider != "local"
        name = self._config.model if remote or self._asked is None else self._asked.name
        return {
            "name": name,
            "sha256": None if remote or self._asked is None else self._asked.sha256,
            "tokens": {"prompt": self._prompt_tokens, "completion": self._completion_tokens},
        }

    async def __call__(self, ask: Ask) -> ModelReply:
        """Answer one question."""
        # Vectors come from a small model of the box, whatever model is asked for the rest.
        local = self._config.provider == "local" or isinstance(ask, Embed)
        reply = await self._ask_local(ask) if local else await self._ask_server(ask)
        self._count(reply.answer)
        return reply

    async def _ask_local(self, ask: Ask) -> ModelReply:
        settings = self._tools.settings
        try:
            model = self._tools.models.local(self._config.model if self._config.provider == "local" else None)
        except UnknownModel as error:
            if isinstance(ask, Embed):
                return ModelReply(answer=Embedded(vectors=None))
            return failed("model_missing", str(error))
        model = self._with_context(model)
        self._asked = model
        if isinstance(ask, Generate):
            ask = msgspec.structs.replace(ask, temperature=self._config.temperature, seed=self._config.seed or 0)
        threads = _threads(self._tools.slots)
        return await self._tools.host.ask(model, ask, threads=threads, limit_s=settings.model_timeout_seconds)

    def _with_context(self, model: ModelFile) -> ModelFile:
        """Return the model with the context that the config asks for."""
        if self._config.context_length is None:
            return model
        return msgspec.structs.replace(model, context_tokens=self._config.context_length)

    async def _ask_server(self, ask: Ask) -> ModelReply:
        if isinstance(ask, Describe):
            context = self._config.context_length or REMOTE_CONTEXT_TOKENS
            answer = Described(name=self._config.model or "", context_tokens=context, can_score=False)
            return ModelReply(answer=answer)
        if isinstance(ask, Count):
            return ModelReply(answer=Counted(tokens=[len(text) // CHARACTERS_PER_TOKEN + 1 for text in ask.texts]))
        if isinstance(ask, Generate):
            return await openai.generate(
                self._tools.egress, self._config, ask, self._tools.settings.model_timeout_seconds
            )
        return failed("model_cannot_score", "A server's model writes text; it tells no likelihoods.")

    def _count(self, answer: Answer | None) -> None:
        if isinstance(answer, Scored | Generated):
            self._prompt_tokens += answer.prompt_tokens
        if isinstance(answer, Generated):
            self._completion_tokens += answer.completion_tokens


@contextlib.contextmanager
def _threads(slots: Slots) -> Iterator[int]:
    """Borrow the slots that are idle for the block; the asking child lends its own. Gives the sum."""
    borrowed = 0
    try:
        while slots.borrow():
            borrowed += 1
        yield 1 + borrowed
    finally:
        for _ in range(borrowed):
            slots.give_back()


async def no_model(_: Score | Generate | Embed | Count | Describe) -> ModelReply:
    """Refuse the question of work that has no business with a model."""
    return failed("model_missing", "This work has no language model to ask.")
