"""What a module asks of a language model: the questions and answers, and the face by which a module sees a model.

A small model writes poorly but tells well which of several continuations a text is likely to have. So the main
question is `Score`: for a text that many questions share, such as a document, and for each question that follows it,
how likely each of its answers is.
"""

from collections.abc import Sequence
from typing import Any, Protocol

import msgspec


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A text that goes on from the shared one, and the continuations to be compared after it."""

    text: str
    answers: list[str]


class Likelihood(msgspec.Struct, frozen=True, array_like=True):
    """How likely a continuation is."""

    log_likelihood: float
    """The sum of the natural logarithms of its tokens' probabilities."""
    tokens: int


class Score(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Ask how likely answers are after a shared text and a question."""

    shared: str
    questions: list[Question]


class Scored(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The likelihoods of each question's answers, in order."""

    likelihoods: list[list[Likelihood]]
    prompt_tokens: int = 0
    """The tokens that the model read, less those it had read before."""


class Generate(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Ask for the continuation of a text; `chat` makes it a user's turn in the model's own template, if it has one."""

    prompt: str
    system: str | None = None
    """With `chat`, what the model is told first."""
    chat: bool = False
    max_tokens: int = 256
    stop: list[str] = []
    """Texts at which it ends; they are not part of the answer."""
    schema: dict[str, Any] | None = None
    """A JSON Schema that the answer has to follow."""
    temperature: float = 0.0
    """How much chance has a say; with 0 the likeliest token is taken each time."""
    seed: int = 0


class Generated(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A continuation."""

    text: str
    finished: bool
    """False when `max_tokens` cut it."""
    prompt_tokens: int = 0
    completion_tokens: int = 0


class Embed(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Ask for vectors whose dot product tells how alike texts are in meaning."""

    texts: list[str]


class Embedded(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A vector of length 1 for each text; None where this box has no model for it."""

    vectors: list[list[float]] | None


class Count(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Ask how many tokens texts have, so that what is asked fits the model's context."""

    texts: list[str]


class Counted(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The number of tokens of each text."""

    tokens: list[int]


class Describe(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Ask which model it is that answers."""


class Described(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The model that answers."""

    name: str
    """The name by which results tell of it."""
    context_tokens: int
    """How many tokens a shared text, a question and its longest answer may have together."""
    can_score: bool
    """Whether it can tell likelihoods; a server elsewhere can only generate."""


Ask = Score | Generate | Embed | Count | Describe
Answer = Scored | Generated | Embedded | Counted | Described


class ModelFailed(Exception):
    """The model gave no answer: a stable code and a sentence that says why and what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Model(Protocol):
    """A language model as a module sees it; every call raises ModelFailed. The same question has the same answer."""

    def describe(self) -> Described:
        """Return which model it is."""

    def score(self, shared: str, questions: Sequence[Question]) -> list[list[Likelihood]]:
        """Return the likelihoods of each question's answers after the shared text and the question."""

    def generate(self, ask: Generate) -> Generated:
        """Return the continuation of a prompt."""

    def embed(self, texts: Sequence[str]) -> list[list[float]] | None:
        """Return a vector of length 1 for each text, by a small multilingual model; None where there is none."""

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text."""
