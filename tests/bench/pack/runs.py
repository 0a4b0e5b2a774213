"""One engine over some documents: the jobs that its host is given, and what came of each document."""

import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from axelered_box import assets
from tests.bench.pack.documents import Document
from tests.bench.pack.engines import ENGINES, HIDDEN, Engine
from tests.bench.pack.host import End, Job

ROOT = Path(__file__).parents[3]
_ONE_THREAD = ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")


@dataclass(frozen=True)
class Conversion:
    """What an engine made of a group of documents."""

    folder: Path
    """The Markdown, by document."""
    ends: dict[str, End]
    """How each document ended; those of one job share their end."""
    cpu_s: float
    wall_s: float
    """From the first document's start to the last one's end, loading of the engine not counted."""
    peak_bytes: int
    """The most memory that one document took, with all processes started for it."""

    @property
    def failed(self) -> dict[str, str]:
        """Return the documents without a result, and why."""
        return {name: _why(end) for name, end in self.ends.items() if not (self.folder / f"{name}.md").is_file()}


def has(python: str, engine: Engine) -> bool:
    """Tell whether an interpreter has an engine."""
    look = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({engine.module!r}) is None)"
    return subprocess.run([python, "-c", look], cwd=ROOT, env=environment(), check=False).returncode == 0


def supported(engine: Engine, documents: list[Document]) -> list[Document]:
    """Return the documents that an engine is asked for."""
    return [one for one in documents if not engine.suffixes or one.file.suffix.lower() in engine.suffixes]


def convert(name: str, documents: list[Document], folder: Path, workers: int, python: str) -> Conversion:
    """Have an engine convert documents to Markdown in a folder; `python` is the interpreter that has it."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        old.unlink()
    made = jobs((ENGINES | HIDDEN)[name], documents, folder, workers)
    with (folder / "log").open("w", encoding="utf-8") as log:
        host = subprocess.Popen(
            [python, "-m", "tests.bench.pack.host", name, str(workers)],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        assert host.stdin and host.stdout
        with host:
            host.stdin.write(json.dumps([asdict(job) for job in made]))
            host.stdin.close()
            if not host.stdout.readline():
                sys.exit(f"{name} cannot be loaded; {folder / 'log'} says why.")
            began = time.perf_counter()
            ends = [End(**json.loads(line)) for line in host.stdout]
            wall_s = time.perf_counter() - began
    return Conversion(
        folder=folder,
        ends={one: end for end in ends for one in end.names},
        cpu_s=sum(end.cpu_s for end in ends),
        wall_s=wall_s,
        peak_bytes=max((end.peak_bytes for end in ends), default=0),
    )


def jobs(engine: Engine, documents: list[Document], folder: Path, workers: int) -> list[Job]:
    """Return the documents as jobs: one each, or for an engine that takes many, as many as there are workers."""
    asked = supported(engine, documents)
    portions = [asked[place::workers] for place in range(workers)] if engine.takes_many else [[one] for one in asked]
    return [
        Job(
            files=[str(one.file) for one in portion],
            names=[one.id for one in portion],
            target=str(folder.resolve()),
            limit_s=sum(one.limit_s for one in portion),
        )
        for portion in portions
        if portion
    ]


def environment() -> dict[str, str]:
    """Return the environment of a host: one thread each, and the box's Tesseract for those that look for one."""
    tesseract, tessdata = assets.tesseract(), assets.tessdata()
    own = dict.fromkeys(_ONE_THREAD, "1") | {"PYTHONPATH": str(ROOT), "ORT_DISABLE_TELEMETRY": "1"}
    if tesseract is not None:
        own |= {"AXELERED_TESSERACT": str(tesseract), "PATH": f"{tesseract.parent}:{os.environ.get('PATH', '')}"}
    if tessdata is not None:
        own |= {"AXELERED_TESSDATA": str(tessdata), "TESSDATA_PREFIX": str(tessdata)}
    return os.environ | own


def _why(end: End) -> str:
    return f"{end.outcome} {end.detail}".strip() if end.outcome != "ok" else "nothing was written"
