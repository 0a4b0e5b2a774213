"""Language models are added, listed and removed as the commands say, each loaded before it counts."""

import json
import shutil
from pathlib import Path

from axelered_box.llm import catalog
from tests.e2e.test_commands import run

LIMITS = {"AXELERED_DISK_RESERVE_BYTES": "1"}


def shipped() -> Path:
    """Return the file of the model that comes with the box, as its package carries it."""
    file = catalog.source(catalog.manifest()[0])
    assert file is not None
    return file


def test_a_model_is_added_once_listed_and_removed(tmp_path: Path) -> None:
    """A file that llama.cpp loads is there afterwards with its facts; again it changes nothing; removed it is gone."""
    first = run(tmp_path, "models", "add", str(shipped()), "--name", "mine", "--json", **LIMITS)
    again = run(tmp_path, "models", "add", str(shipped()), "--name", "mine", **LIMITS)
    listed = run(tmp_path, "models", "list", "--json")
    removed = run(tmp_path, "models", "remove", "mine")

    assert (first.returncode, again.returncode, removed.returncode) == (0, 0, 0), first.stderr + again.stderr
    mine = json.loads(first.stdout)
    assert (mine["added"], mine["quantization"], mine["chatTemplate"]) == (True, "Q4_1", True)
    assert mine["sha256"] == catalog.manifest()[0].sha256
    assert [model["name"] for model in json.loads(listed.stdout)] == ["SmolLM2-135M-Instruct", "mine"]
    assert list((tmp_path / "data" / "models").iterdir()) == []


def test_what_cannot_be_added_leaves_nothing(tmp_path: Path) -> None:
    """A file that is cut short, one of another kind, a taken name and a full disk end with 1 and a sentence."""
    cut, other = tmp_path / "cut.gguf", tmp_path / "other.gguf"
    shutil.copyfile(shipped(), cut)
    with cut.open("r+b") as stream:
        stream.truncate(30_000_000)
    other.write_bytes(b"%PDF-1.7")
    told = {
        "incomplete": run(tmp_path, "models", "add", str(cut), **LIMITS),
        "no GGUF file": run(tmp_path, "models", "add", str(other), **LIMITS),
        "cannot be a model's name": run(tmp_path, "models", "add", str(cut), "--name", "../cut", **LIMITS),
        "Make space": run(tmp_path, "models", "add", str(cut), AXELERED_DISK_RESERVE_BYTES=str(1 << 60)),
        "cannot be read": run(tmp_path, "models", "add", str(tmp_path / "none.gguf"), **LIMITS),
        "none can be removed": run(tmp_path, "models", "remove", "SmolLM2-135M-Instruct"),
    }

    assert {why: (done.returncode, why in done.stderr) for why, done in told.items()} == dict.fromkeys(told, (1, True))
    assert list((tmp_path / "data" / "models").iterdir()) == []
