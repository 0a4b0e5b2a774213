"""Tests of `tests.bench.pack`: what is chosen, how ends are judged and shown, and what a host's children come to."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.bench.pack import documents, host, robust, runs, scores, table
from tests.bench.pack.documents import Document
from tests.bench.pack.engines import ENGINES, Engine, Refused
from tests.bench.pack.host import End, Job
from tests.bench.pack.table import Row

ROOT = Path(__file__).parents[2]
SCORER = """
import json, pathlib
def run(pack, pred, name):
    rows = json.loads((pathlib.Path(pack) / "manifest.json").read_text())
    made = {path.stem: path.read_text() for path in pathlib.Path(pred).glob("*.md")}
    same = [pathlib.Path(row["truth"]).read_text() in made.get(row["id"], "") for row in rows]
    return {"all": {"score": sum(same) / len(same)}}, {}
"""


def entry(name: str, which: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "set": which, "file": f"{name}.pdf", "truth": f"{name}.md"} | more


def a_pack(folder: Path, *entries: dict[str, Any]) -> Path:
    (folder / "manifest.json").write_text(json.dumps(entries), "utf-8")
    return folder


def end(outcome: str, detail: str = "") -> End:
    return End(["a"], outcome, detail, 0.5, 1.0, 10)


def row(engine: str, **more: Any) -> Row:
    values = {
        "set": "parse",
        "group": "scan",
        "documents": 2,
        "pages": 4,
        "failed": 0,
        "figures": {"NID": 0.5},
        "cpu_s": 2.0,
        "wall_s": 3.0,
        "peak_bytes": 250_000_000,
    }
    return Row(engine=engine, **(values | more))


def odd(**more: Any) -> Document:
    return Document("a", "robust", "all", 1, 60, Path("a.pdf"), more)


def ends(convert: Callable[[list[Path], Path, list[str]], None], *names: str, limit_s: float = 20) -> dict[str, End]:
    answers = io.StringIO()
    host.work([Job([name], [name], "/", limit_s) for name in names], 2, convert, answers)
    lines = [json.loads(line) for line in answers.getvalue().splitlines()]
    return {line["names"][0]: End(**line) for line in lines}


def test_documents_are_grouped_as_the_scorer_has_figures(tmp_path: Path) -> None:
    """Chinese scans, receipts and Fraktur stand apart from other documents of their set."""
    pack = a_pack(
        tmp_path,
        entry("a", "parse", kind="scan", lang="en", pages=3),
        entry("b", "parse", kind="scan", lang="zh"),
        entry("receipt_1", "ocr", kind="real_scan"),
        entry("c", "ocr", kind="real_scan", script="Fraktur"),
        entry("d", "ocr", kind="real_scan"),
        entry("e", "office", format="docx"),
    )

    found = list(documents.groups(documents.documents(pack)))

    assert [(group.set, group.name) for group in found] == [
        ("parse", "scan"),
        ("parse", "scan_zh"),
        ("ocr", "receipts"),
        ("ocr", "fraktur"),
        ("ocr", "pages"),
        ("office", "all"),
    ]
    assert found[0].pages == 3
    assert found[0].documents[0].file == tmp_path / "a.pdf"


def test_sets_kinds_and_every_choose(tmp_path: Path) -> None:
    """Documents are chosen by set, by kind or format, and each N-th of its group."""
    scans = [entry(f"s{place}", "parse", kind="scan", lang="en") for place in range(5)]
    office = [entry("d", "office", format="docx"), entry("x", "office", format="xlsx")]
    found = documents.documents(a_pack(tmp_path, *scans, *office))

    def chosen(sets: list[str], kinds: list[str], every: int = 1) -> list[str]:
        return [document.id for document in documents.choose(found, sets, kinds, every)]

    assert chosen(["parse"], []) == ["s0", "s1", "s2", "s3", "s4"]
    assert chosen(["parse", "office"], [], 2) == ["s0", "s2", "s4", "d"]
    assert chosen(["office"], ["xlsx"]) == ["x"]
    assert chosen(["parse"], ["born_digital"]) == []


def test_the_table_has_even_columns() -> None:
    """Every line is as wide as the others, and figures have three digits."""
    lines = table.table([row("box"), row("another", figures={}, failed=1)]).splitlines()

    assert len(set(map(len, lines))) == 1
    assert [cell.strip() for cell in lines[2].split("|")] == [
        "", "parse", "scan", "box", "2", "0", "NID 0.500", "0.500", "3.0", "250", "",
    ]  # fmt: skip
    assert [cell.strip() for cell in lines[3].split("|")][5:7] == ["1", "-"]


def test_ratios_compare_groups_that_both_engines_had() -> None:
    """CPU of a page and wall time are set against the rival's, group by group."""
    rows = [row("box"), row("rival", cpu_s=4.0, wall_s=12.0), row("box", set="office")]

    assert table.ratios(rows, "box", "rival") == ["box / rival, parse scan: CPU a page 0.50, wall time 0.25"]


@pytest.mark.parametrize(
    ("expected", "outcome", "detail", "fine"),
    [
        ("ok", "ok", "", True),
        ("ok", "refused", "corrupt_document", False),
        ("clean_error", "refused", "corrupt_document", True),
        ("clean_error", "ok", "", False),
        ("ok_or_clean_error", "refused", "corrupt_document", True),
        ("ok_or_clean_error", "crashed", "", False),
        ("ok_or_clean_error", "raised", "ValueError()", False),
        ("ok_or_clean_error", "out_of_time", "after 60 s", False),
        ("ok_or_password_required", "refused", "password_required", True),
        ("ok_or_password_required", "refused", "corrupt_document", False),
        ("password_required", "ok", "", False),
        ("password_required", "refused", "password_required", True),
        ("ok_or_limit", "out_of_memory", "", True),
        ("ok_or_limit", "refused", "image_too_large", True),
        ("ok_or_limit", "out_of_time", "after 60 s", False),
    ],
)
def test_ends_are_judged(expected: str, outcome: str, detail: str, *, fine: bool) -> None:
    """An odd file has to end as its pack expects, and never by a crash or late."""
    fault = robust.fault(odd(expect=expected), end(outcome, detail), "")

    assert (fault is None) is fine
    assert fine or expected in (fault or "")


def test_texts_of_odd_files_are_judged() -> None:
    """A file that is read has what it must include and nothing that it must not."""
    document = odd(expect="ok", must_include=["ledger"], must_not_include=["root:"])

    assert robust.fault(document, end("ok"), "The ledger") is None
    assert robust.fault(document, end("ok"), "A page") == "its text lacks 'ledger'"
    assert robust.fault(document, end("ok"), "ledger root:x") == "its text has 'root:'"


def test_jobs_are_documents_or_portions(tmp_path: Path) -> None:
    """An engine gets one document a job, or when one call should take many, a portion for each worker."""
    found = documents.documents(a_pack(tmp_path, *[entry(name, "office", limit_s=10) for name in "abc"]))
    many = Engine("x", ENGINES["box"].load, takes_many=True)

    single = runs.jobs(ENGINES["box"], found, tmp_path, 2)
    portions = runs.jobs(many, found, tmp_path, 2)

    assert [job.names for job in single] == [["a"], ["b"], ["c"]]
    assert [job.names for job in portions] == [["a", "c"], ["b"]]
    assert [job.limit_s for job in portions] == [20, 10]
    assert runs.jobs(Engine("x", many.load, suffixes=(".docx",)), found, tmp_path, 2) == []


def test_every_end_of_a_child_is_told() -> None:
    """A child that answers, refuses, raises, runs out of memory or is killed is told apart."""

    def convert(_files: list[Path], _target: Path, names: list[str]) -> None:
        match names[0]:
            case "refused":
                raise Refused("corrupt_document")
            case "raised":
                raise ValueError("odd")
            case "memory":
                raise MemoryError
            case "killed":
                os.kill(os.getpid(), signal.SIGKILL)

    told = ends(convert, "fine", "refused", "raised", "memory", "killed")

    assert {name: (one.outcome, one.detail) for name, one in told.items()} == {
        "fine": ("ok", ""),
        "refused": ("refused", "corrupt_document"),
        "raised": ("raised", "ValueError('odd')"),
        "memory": ("out_of_memory", ""),
        "killed": ("crashed", ""),
    }


def test_a_late_child_and_its_processes_are_ended() -> None:
    """A child that takes longer than its limit is killed with what it started."""
    started = time.monotonic()

    told = ends(lambda *_: print(subprocess.run(["sleep", "30"], check=False)), "slow", limit_s=0.3)

    assert told["slow"].outcome == "out_of_time"
    assert time.monotonic() - started < 10


def test_time_and_memory_of_the_tree_are_measured() -> None:
    """What a process that the child starts takes counts as the child's."""
    program = (
        "import time; b = bytearray(90_000_000); t = time.process_time()\nwhile time.process_time() - t < .4: pass"
    )

    told = ends(lambda *_: print(subprocess.run([sys.executable, "-c", program], check=True)), "busy")

    assert told["busy"].outcome == "ok"
    assert told["busy"].cpu_s >= 0.4
    assert told["busy"].wall_s >= 0.4
    assert told["busy"].peak_bytes > 90_000_000


def test_missing_scorers_are_named(tmp_path: Path) -> None:
    """A folder without scorers, or a package that they lack, ends with what to do."""
    with pytest.raises(SystemExit, match="--scorer"):
        scores.load(tmp_path)
    (tmp_path / "score_pack.py").write_text("import a_package_that_is_not_there\n", "utf-8")
    with pytest.raises(SystemExit, match=r"a_package_that_is_not_there: .*pip install rapidfuzz apted"):
        scores.load(tmp_path)


def test_a_pack_is_measured(tmp_path: Path) -> None:
    """The whole program converts, scores, shows one line for each engine and ends with 1 for a document that failed."""
    pack = tmp_path / "pack"
    (tmp_path / "score").mkdir()
    (tmp_path / "score" / "score_pack.py").write_text(SCORER, "utf-8")
    pack.mkdir()
    a_pack(pack, entry("a", "office", file="a.txt"), entry("b", "office", file="b.bin"))
    (pack / "a.txt").write_text("The ledger\n", "utf-8")
    (pack / "a.md").write_text("The ledger", "utf-8")
    (pack / "b.md").write_text("Nothing", "utf-8")
    (pack / "b.bin").write_bytes(b"\x00\x01\x02")

    ended = subprocess.run(
        [sys.executable, "-m", "tests.bench.pack", str(pack), "--engines", "box", "--kinds", "all"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 1, ended.stderr
    assert "| office | all  | box    | 2         | 1      | score 0.500 |" in ended.stdout
    assert "box, office: b: refused unsupported_media_type" in ended.stdout
