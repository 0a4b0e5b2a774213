"""What a model has read: tokens in sequences that share their beginnings, and the logits that follow them."""

from collections.abc import Iterator, Sequence
from typing import Any

import llama_cpp as llama
import msgspec
import numpy as np
import numpy.typing as npt

from axelered_box.domain.models import ModelFailed
from axelered_box.llm.runtime import memory
from axelered_box.llm.runtime.vocabulary import Vocabulary
from axelered_box.llm.runtime.weights import Weights

SHARED = 0
"""The sequence of the text that questions share; it is kept from one request to the next."""
BATCH_TOKENS = 512
CHUNK_TOKENS = 256
SCRATCH_TOKENS = 2 * BATCH_TOKENS
"""Room beside the context for what several questions have of their own."""
MAX_SEQUENCES = 128
_ROWS_BYTES = 128 << 20
"""The most memory that the logits of one batch take: a vocabulary may have 262,144 tokens."""

Logits = npt.NDArray[np.float32]


class Token(msgspec.Struct, frozen=True, array_like=True):
    """A token to be read: at which position of which sequence, and whether what follows it is asked for."""

    token: int
    position: int
    sequence: int
    asked: bool


class Reading:
    """The context of a model: one reader, one thread."""

    def __init__(self, weights: Weights, vocabulary: Vocabulary, context_tokens: int, threads: int) -> None:
        """Make room for a context; raises ModelFailed `model_too_big`."""
        self.context_tokens = min(context_tokens, weights.trained_context)
        self.max_rows = max(32, min(BATCH_TOKENS, _ROWS_BYTES // (4 * vocabulary.size)))
        """The most tokens of a batch whose followers may be asked for."""
        room = (self.context_tokens + SCRATCH_TOKENS) * weights.bytes_per_token + _ROWS_BYTES
        memory.require(room, f"A context of {self.context_tokens} tokens")
        self.tokens_read = 0
        self._threads_alone = threads
        self._vocabulary_size = vocabulary.size
        self._shared: list[int] = []
        self._ends: list[int] = []
        """Where the chunks of the shared sequence end."""
        self._context = llama.llama_init_from_model(weights.pointer, self._parameters())
        if not self._context:
            raise ModelFailed(
                "model_too_big",
                f"There is no memory for a context of {self.context_tokens} tokens. Use a smaller model.",
            )
        self._memory = llama.llama_get_memory(self._context)
        self._batch = llama.llama_batch_init(BATCH_TOKENS, 0, 1)

    def use_threads(self, threads: int) -> None:
        """Read with so many threads from now on.

        A token alone is always read with those of the start: llama.cpp deals its past out to the threads, and where it
        is parted has an effect on the figures.
        """
        llama.llama_set_n_threads(self._context, self._threads_alone, threads)

    def share(self, tokens: list[int]) -> None:
        """Make the shared sequence these tokens, reading only what it does not have.

        It is read in chunks that begin at multiples of `CHUNK_TOKENS`, and only whole chunks are kept: which tokens a
        model reads together has an effect on its figures, and the same question is to have the same answer.
        """
        ends = [min(start + CHUNK_TOKENS, len(tokens)) for start in range(0, len(tokens), CHUNK_TOKENS)]
        alike = common_length([self._shared, tokens])
        kept = [end for end, own in zip(ends, self._ends, strict=False) if end == own <= alike]
        self._cut(kept)
        for end in ends[len(self._ends) :]:
            start = len(self._shared)
            self.read([Token(token, start + at, SHARED, False) for at, token in enumerate(tokens[start:end])])
            self._shared.extend(tokens[start:end])
            self._ends.append(end)

    def go_on(self, token: int) -> Logits:
        """Add one token to the shared sequence; return what follows it."""
        (row,) = self.read([Token(token, len(self._shared), SHARED, True)])
        self._shared.append(token)
        self._ends.append(len(self._shared))
        return row

    def fork(self, source: int, target: int) -> None:
        """Give a sequence all that another one has."""
        llama.llama_memory_seq_cp(self._memory, source, target, -1, -1)

    def drop(self, sequences: Iterator[int] | range) -> None:
        """Forget sequences."""
        for sequence in sequences:
            llama.llama_memory_seq_rm(self._memory, sequence, -1, -1)

    def read(self, tokens: Sequence[Token]) -> Iterator[Logits]:
        """Read at most one batch; return the logits after each token that asks, valid until the next call.

        Raises ModelFailed `model_error`; what was read before is lost then.
        """
        batch = self._batch
        token, position, counts, sequence, asked = batch.token, batch.pos, batch.n_seq_id, batch.seq_id, batch.logits
        for index, one in enumerate(tokens):
            token[index] = one.token
            position[index] = one.position
            counts[index] = 1
            sequence[index][0] = one.sequence
            asked[index] = one.asked
        batch.n_tokens = len(tokens)
        code = llama.llama_decode(self._context, batch)
        if code != 0:
            self._forget()
            raise ModelFailed("model_error", f"llama.cpp could not read the text (its code is {code}). Try again.")
        self.tokens_read += len(tokens)
        return self._rows(sum(one.asked for one in tokens))

    def _rows(self, count: int) -> Iterator[Logits]:
        """Return the logits of the last batch, in the order of the tokens that asked."""
        if count == 0:
            return iter(())
        found = llama.llama_get_logits(self._context)
        return iter(np.ctypeslib.as_array(found, shape=(count, self._vocabulary_size)))

    def _cut(self, ends: list[int]) -> None:
        """Shorten the shared sequence to the chunks with these ends; to nothing where a model can only forget all."""
        length = ends[-1] if ends else 0
        if length < len(self._shared) and not llama.llama_memory_seq_rm(self._memory, SHARED, length, -1):
            self._forget()
            return
        del self._shared[length:]
        del self._ends[len(ends) :]

    def _forget(self) -> None:
        llama.llama_memory_clear(self._memory, True)
        self._shared.clear()
        self._ends.clear()

    def _parameters(self) -> Any:
        parameters = llama.llama_context_default_params()
        parameters.n_ctx = self.context_tokens + SCRATCH_TOKENS
        parameters.n_batch = parameters.n_ubatch = BATCH_TOKENS
        parameters.n_outputs_max = self.max_rows
        parameters.n_seq_max = MAX_SEQUENCES
        parameters.n_threads = parameters.n_threads_batch = self._threads_alone
        parameters.kv_unified = True
        # Measured against none: texts are read 7% faster, a few answers alone at two thirds of the speed.
        parameters.flash_attn_type = llama.LLAMA_FLASH_ATTN_TYPE_AUTO
        # Where a model attends to a window only, what lies before it must stay, or a beginning could not be kept.
        parameters.swa_full = True
        parameters.no_perf = True
        return parameters


def common_length(sequences: list[list[int]]) -> int:
    """Return how many tokens all sequences begin with alike."""
    shortest, longest = min(sequences), max(sequences)  # those between them begin alike for as long
    for index, (one, other) in enumerate(zip(shortest, longest, strict=False)):
        if one != other:
            return index
    return len(shortest)
