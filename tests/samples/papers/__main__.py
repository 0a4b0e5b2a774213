"""Write made-up documents with schemas and truth: `python -m tests.samples.papers OUT --count N --seed S`.

The folder is a pack: `manifest.json` lists each document for the sets `extract` and `classify`, and `classes.json` is
the schema of the classes. Beside `<id>.pdf` lie `<id>.schema.json`, `<id>.truth.json` and `<id>.schema-synonym.json`,
which asks for the same under other names. The same arguments write the same documents.
"""

import argparse
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.samples.papers import documents, schemas
from tests.samples.papers.fields import LANGUAGES, kinds
from tests.samples.papers.scanning import scanned

SCANNED = 0.25
"""The share of documents that are pictures; receipts are more often."""
CONTRACTS = {"nda", "lease"}


def main() -> None:
    """Write the documents and the manifest."""
    arguments = _arguments()
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    entries = [entry for number in range(arguments.count) for entry in _write(out, number, arguments)]
    _dump(out / "manifest.json", entries)
    _dump(out / "classes.json", classes(arguments.kinds))


def label(kind: str) -> str:
    """Return the class of a kind of document."""
    return "contract" if kind in CONTRACTS else kind


def classes(chosen: list[str]) -> dict[str, Any]:
    """Return the schema by which documents of the kinds are told apart, each class described in one line."""
    described = {label(kind): kinds()[kind]["class"] for kind in chosen}
    said = "; ".join(f"{name}: {text}" for name, text in described.items())
    which = {"type": "string", "enum": list(described), "description": said}
    return {"$schema": schemas.DRAFT, "type": "object", "properties": {"document_type": which}}


def _write(out: Path, number: int, arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """Write one document; return its entries in the manifest."""
    kind = arguments.kinds[number % len(arguments.kinds)]
    language = arguments.languages[number // len(arguments.kinds) % len(arguments.languages)]
    seed = arguments.seed * 1_000_003 + number
    dice = random.Random(seed + 1)
    paper = documents.make(kind, language, seed)
    is_scan = dice.random() < (0.6 if kind == "receipt" else SCANNED)
    name = f"{kind}_{language}_{number:05}"
    (out / f"{name}.pdf").write_bytes(scanned(paper.pdf, dice) if is_scan else paper.pdf)
    _dump(out / f"{name}.schema.json", paper.schema)
    _dump(out / f"{name}.schema-synonym.json", schemas.renamed_schema(paper.schema))
    _dump(out / f"{name}.truth.json", paper.truth)
    both = {"id": name, "file": f"{name}.pdf", "kind": kind, "lang": language, "scan": is_scan}
    extract = {"set": "extract", "truth": f"{name}.truth.json", "schema_file": f"{name}.schema.json"}
    return [both | extract, both | {"set": "classify", "label": label(kind)}]


def _dump(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.samples.papers", description=__doc__)
    parser.add_argument("out", type=Path, help="the folder that is written to")
    parser.add_argument("--count", type=int, default=100, metavar="N", help="how many documents")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="other documents for each number")
    for name, known in (("languages", list(LANGUAGES)), ("kinds", list(kinds()))):
        parser.add_argument(f"--{name}", type=_names(known), default=known, help=f"of {', '.join(known)}")
    return parser.parse_args()


def _names(known: list[str]) -> Callable[[str], list[str]]:
    """Return what reads a list of names with commas, each one that is known."""

    def read(said: str) -> list[str]:
        names = said.split(",")
        if not set(names) <= set(known):
            raise argparse.ArgumentTypeError(f"{said!r} is not a list of {', '.join(known)}")
        return names

    return read


if __name__ == "__main__":
    main()
