"""Models for tests that call a module in the test's own process."""

from collections.abc import Sequence
from typing import NoReturn

from axelered_box.domain.models import Described, Generate, Generated, Likelihood, ModelFailed, Question


class NoModel:
    """A box without any model: each call says so."""

    def describe(self) -> Described:
        self._refuse()

    def score(self, shared: str, questions: Sequence[Question]) -> list[list[Likelihood]]:
        self._refuse()

    def generate(self, ask: Generate) -> Generated:
        self._refuse()

    def embed(self, texts: Sequence[str]) -> list[list[float]] | None:
        return None

    def count(self, texts: Sequence[str]) -> list[int]:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise ModelFailed("model_missing", "This box has no model.")


class SmallModel(NoModel):
    """A model that is too small to follow an instruction, and is not to be asked."""

    def describe(self) -> Described:
        return Described(name="small", context_tokens=2048, can_score=True)
