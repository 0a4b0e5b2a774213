"""A model in this process, as modules see one."""

from collections.abc import Sequence
from pathlib import Path

from axelered_box.domain.models import Described, Generate, Generated, Likelihood, Question
from axelered_box.llm.runtime.embedding import Embedder
from axelered_box.llm.runtime.generation import generate
from axelered_box.llm.runtime.reading import Reading
from axelered_box.llm.runtime.scoring import score
from axelered_box.llm.runtime.vocabulary import Vocabulary
from axelered_box.llm.runtime.weights import Weights


class LocalModel:
    """A GGUF file, loaded; it is the `Model` that answers, and serves one request at a time in one thread."""

    def __init__(self, file: Path, context_tokens: int, name: str | None = None, threads: int = 1) -> None:
        """Load a file; raises ModelFailed `model_missing`, `model_broken`, `model_too_big`.

        The context is as long as asked for, at most as long as the model was trained with. It writes with as many
        threads as are told here, always; how many read can be changed.
        """
        self._name = name or file.stem
        self._weights = Weights(file, self._name)
        self._vocabulary = Vocabulary(self._weights)
        self._reading = Reading(self._weights, self._vocabulary, context_tokens, threads)
        self._template = self._weights.chat_template()
        self._embedder = Embedder.find()

    @property
    def tokens_read(self) -> int:
        """How many tokens the model has read so far, those that it wrote among them."""
        return self._reading.tokens_read

    @property
    def embeds(self) -> bool:
        """Tell whether there is a model for `embed`."""
        return self._embedder is not None

    def use_threads(self, threads: int) -> None:
        """Read with so many threads from now on."""
        self._reading.use_threads(threads)

    def describe(self) -> Described:
        """Return which model it is."""
        return Described(name=self._name, context_tokens=self._reading.context_tokens, can_score=True)

    def score(self, shared: str, questions: Sequence[Question]) -> list[list[Likelihood]]:
        """Return the likelihoods of each question's answers; raises ModelFailed `prompt_too_long`."""
        return score(self._reading, self._vocabulary, shared, questions)

    def generate(self, ask: Generate) -> Generated:
        """Return the continuation of a prompt; raises ModelFailed with the codes of `generation.generate`."""
        return generate(self._reading, self._vocabulary, self._template, ask)

    def embed(self, texts: Sequence[str]) -> list[list[float]] | None:
        """Return a vector of length 1 for each text, None where nothing here makes them."""
        return None if self._embedder is None else self._embedder.vectors(texts)

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, as the beginning of a prompt."""
        return [len(self._vocabulary.beginning(text)) for text in texts]
