"""How well engines answered: tables of fields, classes and summaries, with what each promises and what it took."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from axelered_box.domain.documents import Document
from tests.bench.pack import leaves, outcomes, texts
from tests.bench.pack.asked import MODEL_ONLY, Reply
from tests.bench.pack.leaves import Leaf
from tests.bench.pack.outcomes import Judged
from tests.bench.pack.questions import Asked

Rows = list[tuple[str, ...]]
MISS = "-"


@dataclass(frozen=True)
class Answered:
    """A question and an engine's reply."""

    asked: Asked
    reply: Reply
    document: Document

    @property
    def data(self) -> Any:
        """Return the data of the reply, an empty object where there is none."""
        return (self.reply.result or {}).get("data") or {}

    @property
    def fields(self) -> list[dict[str, Any]]:
        """Return what the reply says of each field."""
        found: list[dict[str, Any]] = (self.reply.result or {}).get("fields", [])
        return found

    @property
    def leaves(self) -> list[Leaf]:
        """Return the fields against their truth."""
        return leaves.compare(self.asked.truth, self.data, self.asked.schema)


def extract(by_engine: Mapping[str, Sequence[Answered]]) -> str:
    """Return the tables of extracted fields."""
    engines = list(by_engine)
    said = {engine: [(one, one.leaves) for one in answered] for engine, answered in by_engine.items()}
    kinds = sorted({one.asked.kind for answered in by_engine.values() for one in answered})
    types = sorted({leaf.type for pairs in said.values() for _, found in pairs for leaf in found})
    f1 = [("field F1", "fields", *engines)]
    for kind in kinds:
        f1.append(_f1(f"kind {kind}", [[leaf for one, found in said[name] if one.asked.kind == kind for leaf in found]
                                       for name in engines]))  # fmt: skip
    for type_ in types:
        f1.append(_f1(f"type {type_}", [[leaf for _, found in said[name] for leaf in found if leaf.type == type_]
                                        for name in engines]))  # fmt: skip
    f1.append(_f1("all", [[leaf for _, found in said[name] for leaf in found] for name in engines]))
    promises = [("", *engines)] + [
        (name, *[shown(said[engine], engine) for engine in engines]) for name, shown in _PROMISES.items()
    ]
    wrong = [
        f"{engine}, {one.asked.task.id}: {why}"
        for engine, answered in by_engine.items()
        for one in answered
        for why in outcomes.wrong_citations(one.document, one.fields)
    ]
    return "\n".join([table(f1), "", table([*promises, *costs(by_engine)]), *wrong])


def classify(by_engine: Mapping[str, Sequence[Answered]]) -> str:
    """Return the accuracy of classes, and for each engine what was taken for what."""
    rows: Rows = [("", *by_engine)]
    right = {name: [_label(one) == one.asked.truth for one in answered] for name, answered in by_engine.items()}
    rows.append(("class accuracy", *[f"{fmean(found):.3f}" for found in right.values()]))
    parts = [table([*rows, *costs(by_engine)])]
    for name, answered in by_engine.items():
        parts += ["", table(_confusion(name, answered))]
    return "\n".join(parts)


def summaries(by_engine: Mapping[str, Sequence[Answered]]) -> str:
    """Return how summaries overlap with abstracts and are borne out."""
    rows: Rows = [("", *by_engine)]
    scored = {name: [_summary(one) for one in answered] for name, answered in by_engine.items()}
    for place, title in enumerate(("ROUGE-L", "numbers supported", "sentences supported", "words")):
        rows.append((title, *[f"{fmean(one[place] for one in found):.3f}" for found in scored.values()]))
    return table([*rows, *costs(by_engine)])


def costs(by_engine: Mapping[str, Sequence[Answered]]) -> Rows:
    """Return what a document took, and how many failed."""
    shown: list[tuple[str, Callable[[Sequence[Answered]], str]]] = [
        ("CPU s a document", lambda found: f"{fmean(one.reply.cpu_s for one in found):.2f}"),
        ("CPU s, most", lambda found: f"{max(one.reply.cpu_s for one in found):.2f}"),
        ("tokens a document", lambda found: f"{fmean(one.reply.tokens for one in found):.0f}"),
        ("documents failed", lambda found: str(sum(one.reply.result is None for one in found))),
    ]
    return [(name, *[say(found) for found in by_engine.values()]) for name, say in shown]


def table(rows: Rows) -> str:
    """Return rows, the first being the head, as a Markdown table with even columns."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    return "\n".join([lines[0], "| " + " | ".join("-" * width for width in widths) + " |", *lines[1:]])


def _f1(name: str, found: Sequence[Sequence[Leaf]]) -> tuple[str, ...]:
    scored = [leaves.quality(one) for one in found]
    said = [f"{one.f1:.3f} (P {one.precision:.3f}, R {one.recall:.3f})" for one in scored]
    return (name, str(scored[0].fields), *said)


Pairs = Sequence[tuple[Answered, list[Leaf]]]


def _judged(pairs: Pairs) -> list[Judged]:
    return [one for answered, found in pairs for one in outcomes.judged(answered.fields, found)]


def _sure(pairs: Pairs, engine: str) -> str:
    share, count = outcomes.share_right(_judged(pairs))
    return MISS if engine == MODEL_ONLY else f"{share:.3f} of {count}"


def _error(pairs: Pairs, engine: str) -> str:
    return MISS if engine == MODEL_ONLY else f"{outcomes.calibration_error(_judged(pairs)):.3f}"


def _wrong(pairs: Pairs, engine: str) -> str:
    if engine == MODEL_ONLY:
        return MISS
    found = sum(field["status"] == outcomes.FOUND for one, _ in pairs for field in one.fields)
    return f"{sum(len(outcomes.wrong_citations(one.document, one.fields)) for one, _ in pairs)} of {found}"


def _valid(pairs: Pairs, _engine: str) -> str:
    valid = [outcomes.is_valid(one.data, one.asked.schema) for one, _ in pairs if one.reply.result is not None]
    return f"{sum(valid)} of {len(valid)}"


def _absent(pairs: Pairs, _engine: str) -> str:
    absent = [leaf for _, found in pairs for leaf in found if leaf.is_absent]
    return f"{fmean(not leaf.said for leaf in absent):.3f} of {len(absent)}" if absent else MISS


_PROMISES: dict[str, Callable[[Pairs, str], str]] = {
    "right, where extract is 0.9 or more": _sure,
    "expected calibration error": _error,
    "wrong citations": _wrong,
    "outcomes that follow their schema": _valid,
    "left empty, where the truth is null": _absent,
}


def _label(one: Answered) -> str:
    values = list(one.data.values()) if isinstance(one.data, dict) else []
    return str(values[0]) if values else MISS


def _confusion(name: str, answered: Iterable[Answered]) -> Rows:
    """Return how often each class was taken for each other; what was always right is one number."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in answered:
        counts[str(one.asked.truth)][_label(one)] += 1
    rows: Rows = [(f"{name}: class", "right", "taken for")]
    for truth, found in sorted(counts.items()):
        others = ", ".join(f"{label} {count}" for label, count in found.most_common() if label != truth)
        rows.append((truth, f"{found[truth]} of {found.total()}", others))
    return rows


def _summary(one: Answered) -> tuple[float, float, float, int]:
    made = str((one.reply.result or {}).get("summary", ""))
    faith = texts.faith(made, one.asked.support)
    return texts.rouge_l(one.asked.truth, made), faith.numbers, faith.sentences, len(made.split())
