"""How much memory there is: the least of what machine and control groups have left."""

from pathlib import Path

import pytest

from axelered_box.domain.models import ModelFailed
from axelered_box.llm.runtime import memory

MIB = 1 << 20


def group(folder: Path, limit: str, used: int, inactive: int = 0) -> Path:
    """Make a control group's files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "memory.max").write_text(f"{limit}\n")
    (folder / "memory.current").write_text(f"{used}\n")
    (folder / "memory.stat").write_text(f"anon 1\ninactive_file {inactive}\n")
    return folder


@pytest.fixture
def meminfo(tmp_path: Path) -> Path:
    file = tmp_path / "meminfo"
    file.write_text("MemTotal:       2048 kB\nMemAvailable:   1024 kB\n")
    return file


def test_without_groups_the_machine_decides(tmp_path: Path, meminfo: Path) -> None:
    """A machine without control groups has what it says is available."""
    assert memory.available_bytes(meminfo, tmp_path / "none", tmp_path / "none") == MIB


def test_the_tightest_group_decides(tmp_path: Path, meminfo: Path) -> None:
    """Of a group and those around it the one with least left counts; unused file pages count as free."""
    root = tmp_path / "groups"
    group(root / "outer", str(600_000), 400_000, inactive=50_000)
    inner = group(root / "outer" / "inner", "max", 10)

    assert memory.available_bytes(meminfo, root, inner) == 250_000


def test_what_does_not_fit_is_refused_with_figures() -> None:
    """A model that needs more than there is says how much it needs."""
    with pytest.raises(ModelFailed, match=r"Gigantic takes 1073741824 MiB") as caught:
        memory.require(1 << 50, "Gigantic")

    assert caught.value.code == "model_too_big"
