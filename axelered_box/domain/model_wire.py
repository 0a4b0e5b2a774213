"""The messages between the box and the process in which a language model lives: one JSON object a line.

The process is started with one end of a stream socket. It sends one `ModelReady` or `ModelRefused`; after the latter it
ends. Then the box sends lines of `ModelRequest`, one at a time, and gets one `ModelReply` for each, in order. When the
socket is closed the process ends by itself.
"""

import msgspec

from axelered_box.domain.models import Answer, Ask, Described
from axelered_box.domain.modules import Failure

MAX_LINE_BYTES = 64 << 20
"""The longest line, either way."""


class ModelReady(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """From the model: it is loaded."""

    described: Described
    embeds: bool
    """Whether it has a model for `Embed`."""
    load_s: float
    memory_bytes: int
    """What the process takes after loading, by its resident pages; those of the weights are among them."""


class ModelRefused(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """From the model: why it is not loaded; the codes are `model_missing`, `model_broken`, `model_too_big`."""

    failure: Failure


class ModelRequest(msgspec.Struct, frozen=True, kw_only=True):
    """To the model: a question, and how many threads may work on it."""

    ask: Ask
    threads: int = 1


class ModelReply(msgspec.Struct, frozen=True, kw_only=True):
    """From the model: its answer, or why there is none; it lives on."""

    answer: Answer | None = None
    failure: Failure | None = None


def failed(code: str, message: str) -> ModelReply:
    """Return the reply that there is no answer: a stable code, and a sentence that says why and what to do."""
    return ModelReply(failure=Failure(code=code, message=message))


Opening = ModelReady | ModelRefused

openings = msgspec.json.Decoder(Opening)
requests = msgspec.json.Decoder(ModelRequest)
replies = msgspec.json.Decoder(ModelReply)
