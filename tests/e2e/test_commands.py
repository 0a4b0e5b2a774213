"""The commands end as they say, and leave nothing behind."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from tests.e2e.box import ROOT
from tests.samples.make import digital_pdf

COMMAND = [sys.executable, "-m", "axelered_box"]


def run(tmp_path: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    environment = {**os.environ, "TMPDIR": str(tmp_path), "AXELERED_DATA_DIR": str(tmp_path / "data"), **settings}
    return subprocess.run(
        [*COMMAND, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_process_writes_markdown_and_nothing_else(tmp_path: Path) -> None:
    """In a pipe the output is the Markdown alone, and the temporary store is gone afterwards."""
    file = tmp_path / "report.pdf"
    file.write_bytes(digital_pdf())
    done = run(tmp_path, "process", str(file))

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("# Annual report 1")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.pdf"]


def test_process_writes_all_outputs_to_a_folder(tmp_path: Path) -> None:
    """With a folder the outputs of each file lie there under its name."""
    file = tmp_path / "note.txt"
    file.write_text("Some words.")
    done = run(tmp_path, "process", str(file), "-o", str(tmp_path / "out"))

    made = sorted(path.name for path in (tmp_path / "out" / "note.txt" / "parse").iterdir())
    assert (done.returncode, made) == (0, ["document.html", "document.json", "document.md", "document.txt"])


def test_process_says_what_is_wrong(tmp_path: Path) -> None:
    """A file that is not there, one of no known kind, and one that is damaged each end with 1 and a sentence."""
    (tmp_path / "program.exe").write_bytes(b"MZ" + bytes(3000))
    (tmp_path / "damaged.pdf").write_bytes(b"%PDF-1.7\nnothing of a PDF")
    told = {name: run(tmp_path, "process", str(tmp_path / name)) for name in ("absent", "program.exe", "damaged.pdf")}

    assert {name: done.returncode for name, done in told.items()} == dict.fromkeys(told, 1)
    assert "There is no file" in told["absent"].stderr
    assert "no kind that this box reads" in told["program.exe"].stderr
    assert "corrupt_document" in told["damaged.pdf"].stderr


def test_a_terminated_process_leaves_nothing(tmp_path: Path) -> None:
    """SIGTERM in the middle of the work erases the temporary store with the document in it."""
    (tmp_path / "fault-slow-30.txt").write_text("slow")
    environment = {**os.environ, "TMPDIR": str(tmp_path), "AXELERED_FAULTS": "1"}
    command = [*COMMAND, "process", str(tmp_path / "fault-slow-30.txt")]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        end = time.monotonic() + 20
        while not list(tmp_path.glob("axelered-box-*/objects/*")):
            assert time.monotonic() < end
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)

        assert process.wait(10) == 128 + signal.SIGTERM
    assert list(tmp_path.glob("axelered-box-*")) == []


def test_serve_refuses_a_database_it_cannot_use(tmp_path: Path) -> None:
    """A newer or damaged database ends serve at once with a sentence."""
    folder = tmp_path / "data"
    folder.mkdir()
    database = sqlite3.connect(folder / "box.db")
    database.execute("PRAGMA user_version=999")
    database.close()
    newer = run(tmp_path, "serve", AXELERED_PORT="0")
    (folder / "box.db").write_bytes(b"no database" * 1000)
    damaged = run(tmp_path, "serve", AXELERED_PORT="0")

    assert (newer.returncode, damaged.returncode) == (1, 1)
    assert "newer program" in newer.stderr
    assert "'doctor' checks it" in damaged.stderr
    assert "FAIL  database" in run(tmp_path, "doctor").stdout


def test_keys_are_made_listed_and_revoked(tmp_path: Path) -> None:
    """A key's secret is shown once, the list has the key without it, and a revoked key is gone."""
    made = run(tmp_path, "keys", "create", "--name", "ci", "--expires", "12h")
    secret = made.stdout.split()[-1]
    key_id = made.stdout.split()[1]
    listed = run(tmp_path, "keys", "list").stdout

    assert secret.startswith("ax_")
    assert key_id in listed and secret not in listed
    assert run(tmp_path, "keys", "revoke", key_id).returncode == 0
    assert key_id not in run(tmp_path, "keys", "list").stdout
    assert run(tmp_path, "keys", "create", "--expires", "soon").returncode == 1
