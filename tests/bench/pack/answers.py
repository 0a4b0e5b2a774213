"""The sets whose documents are asked about, run engine by engine and shown as tables."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from axelered_box.settings import Settings
from tests.bench.pack import questions, rivals, runs, verdicts
from tests.bench.pack.asked import BOX, WORDS, Reply, read
from tests.bench.pack.documents import Document
from tests.bench.pack.engines import READING_BOX
from tests.bench.pack.questions import Asked
from tests.bench.pack.verdicts import Answered

SHOWN = {"extract": verdicts.extract, "classify": verdicts.classify, "summary": verdicts.summaries}


def parsed(chosen: Sequence[Document], folder: Path, workers: int) -> int:
    """Have parse read the documents that have no `document.json` in a folder yet; return how many it failed."""
    missing = list({one.id: one for one in chosen if not (folder / f"{one.id}.document.json").is_file()}.values())
    if not missing:
        return 0
    made = runs.convert(READING_BOX, missing, folder / "read", workers, sys.executable)
    for file in made.folder.glob("*.document.json"):
        file.rename(folder / file.name)
    for name, why in made.failed.items():
        print(f"parse: {name}: {why}", file=sys.stderr, flush=True)
    return len(made.failed)


def default_model() -> Path | None:
    """Return the file of the model that the box asks by default, None where it has none."""
    from axelered_box.llm import catalog

    found = catalog.find(Path(Settings().data_dir))
    return None if found is None else Path(found.path)


def measure(asked: Sequence[Asked], engines: Sequence[str], model: Path | None, out: Path) -> int:
    """Print the tables of each set; return how many documents the box failed."""
    failed = 0
    for name in questions.SETS:
        mine = [one for one in asked if one.task.set == name]
        if not mine:
            continue
        by_engine = {engine: _answered(mine, engine, model, out / engine / name) for engine in engines}
        if name == "summary":
            by_engine |= {rival: _rival(mine, rival) for rival in rivals.names()}
        print(f"\n{name}: {len(mine)} documents\n\n{SHOWN[name](by_engine)}", flush=True)
        lost = [one for one in by_engine.get(BOX, []) if one.reply.result is None]
        print("\n".join(f"box, {one.reply.id}: {one.reply.failure}" for one in lost))
        failed += len(lost)
    return failed


def _answered(asked: Sequence[Asked], engine: str, model: Path | None, folder: Path) -> list[Answered]:
    """Return the replies of an engine, which works in a process of its own; they are kept in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    order = {"tasks": [asdict(one.task) for one in asked], "model": model and str(model.resolve())}
    replies, code = _replies(engine, json.dumps(order), folder)
    lost = f"the engine ended with {code}; {folder / 'log'} says why"
    found = [(one, replies.get(one.task.id, Reply(one.task.id, None, lost))) for one in asked]
    return [Answered(one, reply, read(one.task)) for one, reply in found]


def _replies(engine: str, order: str, folder: Path) -> tuple[dict[str, Reply], int]:
    """Return the replies by document, each written to the folder as it comes, and the program's exit code."""
    command = [sys.executable, "-m", "tests.bench.pack.answering", engine]
    replies = {}
    with (folder / "log").open("w", encoding="utf-8") as log:
        host = subprocess.Popen(
            command, cwd=runs.ROOT, env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
            text=True,
        )  # fmt: skip
        assert host.stdin and host.stdout
        with host:
            host.stdin.write(order)
            host.stdin.close()
            for line in host.stdout:
                reply = Reply(**json.loads(line))
                replies[reply.id] = reply
                (folder / f"{reply.id}.json").write_text(json.dumps(asdict(reply), ensure_ascii=False), "utf-8")
    return replies, host.returncode


def _rival(asked: Sequence[Asked], rival: str) -> list[Answered]:
    found = []
    for one in asked:
        document = read(one.task)
        made = rivals.summarize(rival, one.prose, next(iter(document.languages), ""), WORDS)
        found.append(Answered(one, replace(Reply(one.task.id, None), result={"summary": made}), document))
    return found


def _environment() -> dict[str, str]:
    """Return the environment of an engine; threads that wait must sleep, or they starve others of the cores."""
    return runs.environment() | {"OMP_WAIT_POLICY": "passive", "GOMP_SPINCOUNT": "0", "GGML_NO_BACKTRACE": "1"}
