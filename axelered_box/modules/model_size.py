"""How large a language model is, as far as its name says."""

import re

_SIZE = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)\s?([bm])(?![a-z0-9])", re.IGNORECASE)


def billions_of(name: str) -> float | None:
    """Return how many billion parameters a model's name gives it, None when it says nothing."""
    found = _SIZE.search(name.replace("-", " ").replace("_", " "))
    if found is None:
        return None
    return float(found[1]) * (1.0 if found[2].lower() == "b" else 0.001)
