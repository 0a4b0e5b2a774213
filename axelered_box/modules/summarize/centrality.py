"""How central sentences are: much alike those that are much alike others (LexRank; Erkan and Radev, 2004)."""

from collections import defaultdict
from collections.abc import Sequence

from axelered_box.modules.summarize.terms import Vector

MAX_SENTENCES = 120
"""Up to so many sentences are compared pair by pair; more are compared in groups of this size."""
_ALIKE = 0.08
"""Pairs less alike than this have no edge."""
_DAMPING = 0.85
_ROUNDS = 10
_SMALL_CHANGE = 1e-4


def centrality(vectors: Sequence[Vector]) -> list[float]:
    """Return how central each sentence is among its neighbours, 0 to 1 with 1 for the most central of a group."""
    result: list[float] = []
    groups = max(1, -(-len(vectors) // MAX_SENTENCES))
    size = -(-len(vectors) // groups)
    for start in range(0, len(vectors), max(size, 1)):
        result += _ranks(vectors[start : start + size])
    return result


def _ranks(vectors: Sequence[Vector]) -> list[float]:
    """Return the stationary distribution of a walk between sentences, scaled to a greatest value of 1."""
    edges = _edges(vectors)
    out = [sum(row.values()) for row in edges]
    rank = [1.0] * len(vectors)
    for _ in range(_ROUNDS):
        fresh = [1 - _DAMPING] * len(vectors)
        for place, row in enumerate(edges):
            for other, weight in row.items():
                fresh[other] += _DAMPING * rank[place] * weight / out[place]
        change = max((abs(a - b) for a, b in zip(rank, fresh, strict=True)), default=0.0)
        rank = fresh
        if change < _SMALL_CHANGE:
            break
    highest = max(rank, default=1.0)
    return [value / highest for value in rank]


def _edges(vectors: Sequence[Vector]) -> list[dict[int, float]]:
    """Return, for each sentence, how alike it is to the others that share a term with it."""
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    rows: list[dict[int, float]] = [{} for _ in vectors]
    for place, vector in enumerate(vectors):
        alike: dict[int, float] = defaultdict(float)
        for term, weight in vector.items():
            for other, other_weight in holders[term]:
                alike[other] += weight * other_weight
            holders[term].append((place, weight))
        for other, weight in alike.items():
            if weight >= _ALIKE:
                rows[place][other] = rows[other][place] = weight
    return rows
