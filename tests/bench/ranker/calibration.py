"""How often answers of a probability are right: a rising line through what held-out documents showed."""

from collections.abc import Sequence

POINTS = 12
"""The line has at most so many points."""
PRIOR = 4.0
"""Each stretch of the line counts so many more answers, right as often as all are, so that few of them do not say 1."""


def line(probabilities: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float]]:
    """Return points of a rising line from probability to the share that is right (isotonic regression)."""
    pairs = sorted(zip(probabilities, right, strict=True), key=lambda pair: pair[0])
    size = max(len(pairs) // POINTS, 1)
    overall = sum(right) / max(len(right), 1)
    groups: list[list[float]] = []
    for begin in range(0, len(pairs), size):
        part = pairs[begin : begin + size]
        hits = sum(hit for _, hit in part) + PRIOR * overall
        groups.append([sum(probability for probability, _ in part) / len(part), hits, len(part) + PRIOR])
        while len(groups) > 1 and groups[-2][1] / groups[-2][2] >= groups[-1][1] / groups[-1][2]:
            later, earlier = groups.pop(), groups.pop()
            count = earlier[2] + later[2]
            middle = (earlier[0] * earlier[2] + later[0] * later[2]) / count
            groups.append([middle, earlier[1] + later[1], count])
    points = [(round(middle, 4), round(hits / count, 4)) for middle, hits, count in groups]
    return [(0.0, round(points[0][1] * 0.5, 4)), *points, (1.0, points[-1][1])]


def error(sure: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Return the expected calibration error: how far, on average, confidence is from the share that is right."""
    total = 0.0
    for place in range(bins):
        low, high = place / bins, (place + 1) / bins
        part = [
            (one, hit) for one, hit in zip(sure, right, strict=True) if low < one <= high or (one == 0 and place == 0)
        ]
        if part:
            gap = abs(sum(one for one, _ in part) - sum(hit for _, hit in part)) / len(part)
            total += gap * len(part) / len(sure)
    return total
