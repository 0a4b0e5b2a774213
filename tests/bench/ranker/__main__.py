"""Train the ranker: `python -m tests.bench.ranker PACK [--parsed FOLDER] [--out ranker.json]`.

PACK is a folder of made-up documents (`python -m tests.samples.papers`) that parse has read
(`python -m tests.samples.papers.parse`). A fifth of the documents is held out; what is printed was measured on it.
"""

import argparse
import json
import zlib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import msgspec

from axelered_box.modules.extract import naming
from axelered_box.modules.extract.assignment import Ballot, assign
from axelered_box.modules.extract.features import NAMES, SORTS, sort_of
from axelered_box.modules.extract.ranker import Ranker, Weights
from axelered_box.modules.extract.terms import vocabulary
from tests.bench.ranker import calibration, training
from tests.bench.ranker.examples import Example, is_right, read

OPINIONS = (0.0, 0.3)
"""The weights of a model's opinion, found by trying some on the questions that it is asked."""
RISING = (
    *(name for name in naming.NAMES if name.startswith(("name ", "told ", "joint "))),
    *(
        "best",
        "best cover",
        "aside",
        "kind rank",
        "certainty",
        "fills",
        "party match",
        "gross sum",
        "net part",
        "tax part",
    ),
    *("largest", "column sum", "domain", "post code", "begins right", "ends right"),
)
"""Features that never speak against a candidate."""
SHIPPED = Path(__file__).parents[3] / "axelered_box/modules/extract/ranker.json"


class Outcome(msgspec.Struct):
    """What became of a question: how likely its first value was, whether there was one, and whether it was right."""

    example: Example
    probability: float
    answered: bool
    right: bool


def main() -> None:
    """Train, measure and write."""
    arguments = _arguments()
    examples = list(_examples(arguments))
    held = [example for example in examples if _is_held_out(example.document)]
    rest = [example for example in examples if not _is_held_out(example.document)]
    print(f"{len(rest)} questions to train on, {len(held)} held out; candidate there for {_recall(examples):.3f}")
    trained = train(rest, arguments.seed, [(0.0, 0.0), (1.0, 1.0)], "")
    outcomes = _outcomes(held, Ranker(trained))
    shown = [one for one in outcomes if one.answered]
    line = calibration.line([one.probability for one in shown], [one.right for one in shown])
    _report(outcomes, line)
    made = f"tests.bench.ranker, {len(examples)} questions of {len({one.document for one in examples})} documents"
    final = train(examples, arguments.seed, line, made)
    arguments.out.write_bytes(msgspec.json.encode(final) + b"\n")


def _examples(arguments: argparse.Namespace) -> list[Example]:
    entries = json.loads((arguments.pack / "manifest.json").read_text("utf-8"))
    parsed = arguments.parsed or arguments.pack
    found = []
    for entry in entries:
        if entry["set"] == "extract" and (parsed / f"{entry['id']}.document.json").exists():
            for renamed in (False, True):
                for example in read(arguments.pack, entry, renamed=renamed, parsed=parsed):
                    example.document += ":renamed" if renamed else ""
                    found.append(example)
    return found


def _is_held_out(document: str) -> bool:
    return zlib.crc32(document.removesuffix(":renamed").encode()) % 5 == 0


def _recall(examples: Sequence[Example]) -> float:
    asked = [example for example in examples if example.truth is not None]
    return sum(not example.right[-1] for example in asked) / len(asked)


def train(examples: Sequence[Example], seed: int, line: list[tuple[float, float]], made: str) -> Weights:
    """Return the weights that examples teach."""
    features = [[item.features for item in example.rated] for example in examples]
    sorts = [sort_of(example.wanted) for example in examples]
    known = training.batch(features, [example.right for example in examples], sorts)
    found = training.train(known, len(SORTS) + 1, [NAMES.index(name) for name in RISING], seed)
    weights = [[round(float(value), 4) for value in row] for row in found]
    return Weights(made=made, names=list(NAMES), weights=weights, opinions=OPINIONS, calibration=line)


def _outcomes(examples: Sequence[Example], ranker: Ranker) -> list[Outcome]:
    """Return what the assignment makes of each question of each document."""
    by_document = defaultdict(list)
    for example in examples:
        by_document[example.document].append(example)
    outcomes = []
    for group in by_document.values():
        ballots = [Ballot(one.wanted, one.rated, ranker.scores(one.wanted, one.rated)) for one in group]
        for example, values in zip(group, assign(ballots, vocabulary()), strict=True):
            candidate = values[0].candidate
            right = example.truth is None if candidate is None else is_right(example.truth, candidate)
            outcomes.append(Outcome(example, values[0].probability, candidate is not None, right))
    return outcomes


def _report(outcomes: Sequence[Outcome], line: list[tuple[float, float]]) -> None:
    ranker = Ranker(Weights("", list(NAMES), [], OPINIONS, line))
    by_name: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        by_name["all"].append(one)
        by_name["renamed" if one.example.document.endswith(":renamed") else "as named"].append(one)
        by_name[f"kind {one.example.wanted.kinds[0]}"].append(one)
        by_name[f"language {one.example.document.split('_')[-2]}"].append(one)
        by_name[f"document {one.example.document.rsplit('_', 2)[0]}"].append(one)
    print(f"{'':28}{'asked':>7}{'F1':>7}{'prec.':>7}{'rec.':>7}{'>=0.9':>7}{'right':>7}{'ECE':>7}")
    for name, group in sorted(by_name.items()):
        print(f"{name:28}" + _row(group, ranker))


def _row(group: Sequence[Outcome], ranker: Ranker) -> str:
    hits = sum(one.right for one in group if one.answered)
    answered = sum(one.answered for one in group)
    asked = sum(one.example.truth is not None for one in group)
    precision, recall = hits / max(answered, 1), hits / max(asked, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    sure = [(ranker.sure(one.probability), one.right) for one in group if one.answered]
    high = [right for one, right in sure if one >= 0.9]
    error = calibration.error([one for one, _ in sure], [right for _, right in sure]) if sure else 0.0
    share = sum(high) / max(len(high), 1)
    figures = (f1, precision, recall, len(high) / max(len(sure), 1), share, error)
    return f"{len(group):7}" + "".join(f"{figure:7.3f}" for figure in figures)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.bench.ranker", description=__doc__)
    parser.add_argument("pack", type=Path, help="the folder of made-up documents")
    parser.add_argument("--parsed", type=Path, help="where `<id>.document.json` lie, if not there")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="the file that is written")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
