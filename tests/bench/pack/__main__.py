"""Run the box and other converters over a pack of documents with truth and print one table.

Each document is converted in a fresh child of a program that has the engine loaded, as many at a time as there are
workers, one thread each. The pack's own scorers judge the Markdown. With `--sets robust`, odd files go through parse
within the limits of a child, and each has to end as the pack expects. With `--sets extract,classify,summary`, the box,
its rules without a model, and the model alone answer on the same `document.json`. Ends with 1 where the box failed a
document.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.pack import answers, asked, documents, questions, robust, runs, scores
from tests.bench.pack.documents import ROBUST, Document, Group
from tests.bench.pack.engines import ENGINES, LIMITED_BOX
from tests.bench.pack.runs import Conversion
from tests.bench.pack.scores import Figures
from tests.bench.pack.table import Row, cells, ratios, table

BOX, REFERENCE = "box", "pymupdf4llm"


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    pack: Path = arguments.pack
    chosen = documents.choose(documents.documents(pack), arguments.sets, arguments.kinds, arguments.every)
    if not chosen:
        sys.exit("No document of the pack is of these sets and kinds.")
    with tempfile.TemporaryDirectory() as name:
        out: Path = arguments.out or Path(name)
        groups = list(documents.groups(chosen))
        measured = [group for group in groups if group.set in documents.MEASURED]
        faults = _measure(measured, arguments, out) if measured else 0
        faults += sum(_try_odd_files(group, out, arguments.workers) for group in groups if group.set == ROBUST)
        faults += _ask([one for one in chosen if one.set in questions.SETS], arguments, out)
    sys.exit(faults > 0)


def _ask(chosen: list[Document], arguments: argparse.Namespace, out: Path) -> int:
    """Print how well documents are asked about; return how many the box failed."""
    if not chosen:
        return 0
    parsed: Path = arguments.documents or out / "documents"
    failed = answers.parsed(chosen, parsed, arguments.workers)
    scorer = arguments.scorer or arguments.pack.resolve().parent / "score"
    made = questions.ask(chosen, arguments.pack, parsed, out / "cut", scorer, synonyms=arguments.synonyms)
    engines = [engine for engine in arguments.engines if engine in asked.ENGINES]
    return failed + answers.measure(made, engines, arguments.model or answers.default_model(), out)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.bench.pack", description=__doc__)
    known = [*documents.MEASURED, ROBUST, *questions.SETS]
    engines = list(dict.fromkeys([*ENGINES, *asked.ENGINES]))
    parser.add_argument("pack", type=Path, help="the folder that has manifest.json")
    parser.add_argument(
        "--sets", "--set", type=_names(known), default=list(documents.MEASURED), help=f"of {', '.join(known)}"
    )
    parser.add_argument("--kinds", type=_names(None), default=[], help="kinds or formats of documents; all by default")
    parser.add_argument("--engines", type=_names(engines), default=engines, help=f"of {', '.join(engines)}")
    parser.add_argument("--rivals", default=sys.executable, help="the interpreter that has the other converters")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="each N-th document of a kind")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="how many documents at a time")
    parser.add_argument("--scorer", type=Path, help="the scorers' folder; by default 'score' beside the pack")
    parser.add_argument("--out", type=Path, help="where what is made is kept; by default it is erased")
    parser.add_argument("--model", type=Path, metavar="GGUF", help="the model that is asked; by default the box's own")
    parser.add_argument("--synonyms", action="store_true", help="ask for fields under other names")
    parser.add_argument("--documents", type=Path, help="where what parse made is kept and taken from")
    return parser.parse_args()


def _names(known: list[str] | None) -> Callable[[str], list[str]]:
    """Return what reads a list of names with commas, each one that is known."""

    def read(said: str) -> list[str]:
        names = [name.strip() for name in said.split(",") if name.strip()]
        unknown = [name for name in names if known is not None and name not in known]
        if unknown or not names:
            raise argparse.ArgumentTypeError(f"{said!r} is not a list of {', '.join(known or ['names'])}")
        return names

    return read


def _measure(groups: list[Group], arguments: argparse.Namespace, out: Path) -> int:
    """Print the table of all groups and engines; return how many documents the box failed."""
    scorer = scores.load(arguments.scorer or arguments.pack.resolve().parent / "score")
    converters = [engine for engine in arguments.engines if engine in ENGINES]
    pythons = _interpreters(converters, arguments.rivals)
    rows: list[Row] = []
    failed: list[str] = []
    for group in groups:
        for engine, python in pythons.items():
            if not runs.supported(ENGINES[engine], group.documents):
                continue
            folder = out / engine / group.set / group.name
            made = runs.convert(engine, group.documents, folder, arguments.workers, python)
            rows.append(_row(group, engine, made, scores.score(scorer, group, folder)))
            failed += [f"{engine}, {group.set}: {name}: {why}" for name, why in made.failed.items()]
            print(" | ".join(cells(rows[-1])), file=sys.stderr, flush=True)
    print("\n".join([table(rows), "", *ratios(rows, BOX, REFERENCE), "", *(failed or ["No document failed."])]))
    return sum(row.failed for row in rows if row.engine == BOX)


def _interpreters(engines: list[str], rivals: str) -> dict[str, str]:
    """Return the engines that there are, and the interpreter that has each; tell of those that are missing."""
    found = {}
    for engine in engines:
        own = [sys.executable] if engine == BOX else dict.fromkeys([rivals, sys.executable])
        python = next((python for python in own if runs.has(python, ENGINES[engine])), None)
        if python is None:
            print(f"{engine} is left out: it is not installed in {rivals}.", file=sys.stderr, flush=True)
        else:
            found[engine] = python
    return found


def _row(group: Group, engine: str, made: Conversion, figures: Figures) -> Row:
    asked = runs.supported(ENGINES[engine], group.documents)
    return Row(
        set=group.set,
        group=group.name,
        engine=engine,
        documents=len(group.documents),
        pages=sum(document.pages for document in asked),
        failed=len(made.failed),
        figures=figures,
        cpu_s=made.cpu_s,
        wall_s=made.wall_s,
        peak_bytes=made.peak_bytes,
    )


def _try_odd_files(group: Group, out: Path, workers: int) -> int:
    """Print how many odd files end as expected, and each that does not; return how many those are."""
    made = runs.convert(LIMITED_BOX, group.documents, out / "box" / group.set, workers, sys.executable)
    faults = []
    for document in group.documents:
        file = made.folder / f"{document.id}.md"
        said = file.read_text("utf-8") if file.is_file() else ""
        why = robust.fault(document, made.ends[document.id], said)
        if why is not None:
            faults.append(f"{document.id} ({document.entry['kind']}): {why}")
    fine = len(group.documents) - len(faults)
    print(f"robust: {fine} of {len(group.documents)} files end as expected, in {made.wall_s:.0f} s,", end=" ")
    print(f"peak {made.peak_bytes / 1e6:.0f} MB")
    print("\n".join(faults))
    return len(faults)


if __name__ == "__main__":
    main()
