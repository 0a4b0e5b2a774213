"""How a model writes: token after token, the likeliest each time, until it ends or is stopped."""

from collections.abc import Callable, Sequence

import numpy as np

from axelered_box.domain.models import Generate, Generated, ModelFailed
from axelered_box.llm.runtime.chat import prompt_tokens
from axelered_box.llm.runtime.grammar import Grammar
from axelered_box.llm.runtime.reading import Logits, Reading
from axelered_box.llm.runtime.vocabulary import Vocabulary


def generate(reading: Reading, vocabulary: Vocabulary, template: str | None, ask: Generate) -> Generated:
    """Return what a model writes after a prompt.

    Raises ModelFailed `prompt_too_long`, `prompt_empty`, `schema_unsupported`, `model_broken`.
    """
    prompt = prompt_tokens(ask, vocabulary, template)
    _check_room(prompt, ask.max_tokens, reading.context_tokens)
    grammar = Grammar(ask.schema, vocabulary) if ask.schema is not None else None
    before = reading.tokens_read
    try:
        # The last token is read by itself, so that what follows it does not hang on what was read before.
        reading.share(prompt[:-1])
        logits = reading.go_on(prompt[-1])
        read = reading.tokens_read - before
        text, count, finished = _write(reading, vocabulary, logits, ask, grammar)
    finally:
        if grammar is not None:
            grammar.close()
    return Generated(text=text, finished=finished, prompt_tokens=read, completion_tokens=count)


def _check_room(prompt: Sequence[int], max_tokens: int, context_tokens: int) -> None:
    if not prompt:
        raise ModelFailed("prompt_empty", "There is no text to go on from. Give a prompt.")
    if len(prompt) + max_tokens > context_tokens:
        why = f"The prompt has {len(prompt)} tokens and {max_tokens} may follow; the model reads {context_tokens}."
        raise ModelFailed("prompt_too_long", why)


def _write(
    reading: Reading, vocabulary: Vocabulary, logits: Logits, ask: Generate, grammar: Grammar | None
) -> tuple[str, int, bool]:
    """Return the text, the number of its tokens, and whether it came to its end."""
    written = b""
    stops = [stop.encode() for stop in ask.stop if stop]
    choose = _chooser(ask, grammar)
    for count in range(1, ask.max_tokens + 1):
        token = choose(logits)
        if vocabulary.ends(token):
            return _decoded(written), count, True
        piece = vocabulary.piece(token)
        begins_stop = max(0, len(written) - max(map(len, stops), default=0))
        written += piece
        at = min((found for stop in stops if (found := written.find(stop, begins_stop)) >= 0), default=-1)
        if at >= 0:
            return _decoded(written[:at]), count, True
        if grammar is not None:
            grammar.accept(token)
        if count < ask.max_tokens:
            logits = reading.go_on(token)
    return _decoded(written), ask.max_tokens, False


def _chooser(ask: Generate, grammar: Grammar | None) -> Callable[[Logits], int]:
    """Return how the next token is chosen: the likeliest, or with a temperature by chance from the seed."""
    best = grammar.best if grammar is not None else _likeliest
    if ask.temperature <= 0:
        return best
    chance = np.random.default_rng(ask.seed)

    def drawn(logits: Logits) -> int:
        # The highest of the logits with Gumbel noise is a draw from their softmax.
        noise = chance.gumbel(size=len(logits)).astype(np.float32)
        return best(logits / np.float32(ask.temperature) + noise)

    return drawn


def _likeliest(logits: Logits) -> int:
    return int(logits.argmax())


def _decoded(written: bytes) -> str:
    """Return bytes as text; a character that a limit cut is left out."""
    return written.decode("utf-8", errors="ignore")
