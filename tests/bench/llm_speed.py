"""How fast the box reads and writes with a model, beside a bare loop over the same binding in the same process.

    python -m tests.bench.llm_speed [FILE.gguf] [--threads N] [--rounds N]

Both take turns, so that what else the machine does meets both. Figures are tokens in a CPU second, of the best round,
since others only ever take time away, and the share that the box has of the bare loop's.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axelered_box import llm
from axelered_box.domain.models import Generate, Question
from axelered_box.llm import catalog

if TYPE_CHECKING:
    from axelered_box.llm.runtime import LocalModel

PROMPT_TOKENS = 768
WRITTEN_TOKENS = 64
CONTEXT_TOKENS = 1024
BATCH_TOKENS = 512
TEXT = " ".join(
    f"The {number}th line is about {number * 37 % 101} things and their price of {number}.50." for number in range(90)
)


class BareLoop:
    """What llama.cpp does when nothing but `llama_decode` is called."""

    def __init__(self, file: Path, threads: int) -> None:
        import llama_cpp

        self._llama: Any = llama_cpp
        self._model = llama_cpp.llama_model_load_from_file(str(file).encode(), llama_cpp.llama_model_default_params())
        parameters = llama_cpp.llama_context_default_params()
        parameters.n_ctx = CONTEXT_TOKENS
        parameters.n_batch = parameters.n_ubatch = BATCH_TOKENS
        parameters.n_threads = parameters.n_threads_batch = threads
        self._context = llama_cpp.llama_init_from_model(self._model, parameters)
        self._vocab = llama_cpp.llama_model_get_vocab(self._model)
        self._batch = llama_cpp.llama_batch_init(BATCH_TOKENS, 0, 1)

    def tokens(self, text: str) -> list[int]:
        """Return the tokens of a text."""
        data = text.encode()
        buffer = (self._llama.llama_token * (len(data) + 8))()
        return list(
            buffer[: self._llama.llama_tokenize(self._vocab, data, len(data), buffer, len(buffer), True, False)]
        )

    def read(self, tokens: list[int]) -> None:
        """Read tokens into an empty context."""
        self._llama.llama_memory_clear(self._llama.llama_get_memory(self._context), True)
        for start in range(0, len(tokens), BATCH_TOKENS):
            self._decode(tokens[start : start + BATCH_TOKENS], start)

    def write(self, tokens: list[int], count: int) -> None:
        """Write so many tokens after others, the likeliest each time."""
        sampler = self._llama.llama_sampler_init_greedy()
        for position in range(len(tokens), len(tokens) + count):
            self._decode([self._llama.llama_sampler_sample(sampler, self._context, -1)], position)
        self._llama.llama_sampler_free(sampler)

    def _decode(self, tokens: list[int], start: int) -> None:
        batch = self._batch
        batch.n_tokens = len(tokens)
        for index, token in enumerate(tokens):
            batch.token[index] = token
            batch.pos[index] = start + index
            batch.n_seq_id[index] = 1
            batch.seq_id[index][0] = 0
            batch.logits[index] = index == len(tokens) - 1
        assert self._llama.llama_decode(self._context, batch) == 0


def main() -> int:
    """Measure, print a table, and end with 1 where the box is slower than 0.95 of the bare loop."""
    told = _arguments()
    os.environ.update(llm.ENVIRONMENT)
    from axelered_box.llm.runtime import LocalModel

    found = catalog.find(Path("/nonexistent"))
    file = Path(told.file) if told.file else found.path if found else sys.exit("There is no model.")
    box = LocalModel(file, CONTEXT_TOKENS, threads=told.threads)
    box.use_threads(told.threads)
    bare = BareLoop(file, told.threads)
    rounds = [_round(box, bare, f"{number}. {TEXT}") for number in range(told.rounds)]
    return _report(file, told.threads, {name: [figures[name] for figures in rounds] for name in rounds[0]})


def _round(box: "LocalModel", bare: BareLoop, long: str) -> dict[str, float]:
    """Return the figures of both for a text that neither has read."""
    text = long[: int(len(long) * PROMPT_TOKENS / len(bare.tokens(long)))]
    tokens = bare.tokens(text)
    question = Question(text="", answers=[])
    return {
        "bare reads": len(tokens) / _cpu_s(lambda: bare.read(tokens)),
        "box reads": len(tokens) / _cpu_s(lambda: box.score(text, [question])),
        "bare writes": WRITTEN_TOKENS / _cpu_s(lambda: bare.write(tokens, WRITTEN_TOKENS)),
        "box writes": WRITTEN_TOKENS / _cpu_s(lambda: box.generate(Generate(prompt=text, max_tokens=WRITTEN_TOKENS))),
    }


def _cpu_s(work: Callable[[], object]) -> float:
    """Return the CPU seconds that something takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def _report(file: Path, threads: int, figures: dict[str, list[float]]) -> int:
    best = {name: max(values) for name, values in figures.items()}
    print(f"{file.name}, {threads} threads, {len(figures['box reads'])} rounds; tokens per CPU second")
    shares = []
    for word in ("reads", "writes"):
        shares.append(best[f"box {word}"] / best[f"bare {word}"])
        print(f"{word}: box {best[f'box {word}']:.0f}, bare loop {best[f'bare {word}']:.0f}, {shares[-1]:.3f}")
    return 0 if min(shares) >= 0.95 else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("file", nargs="?", help="a GGUF file; the default model when absent")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
