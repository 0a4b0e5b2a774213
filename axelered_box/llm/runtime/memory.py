"""How much memory a process can still get: of the machine, and of the control groups that it is in."""

from collections.abc import Iterator
from pathlib import Path

from axelered_box.domain.models import ModelFailed

_GROUPS = Path("/sys/fs/cgroup")
_MIB = 1 << 20


def require(needed_bytes: int, what: str) -> None:
    """Raise ModelFailed `model_too_big` when so much memory cannot be had."""
    available = available_bytes()
    if needed_bytes > available:
        raise ModelFailed(
            "model_too_big",
            f"{what} takes {needed_bytes // _MIB} MiB of memory, and {available // _MIB} MiB are free. Take a smaller"
            " model or a shorter context, or give the machine more memory.",
        )


def available_bytes(meminfo: Path = Path("/proc/meminfo"), groups: Path = _GROUPS, own: Path | None = None) -> int:
    """Return how many bytes can be had without anything being ended or swapped out."""
    lines = dict(line.split(":", 1) for line in meminfo.read_text("ascii").splitlines())
    own = _own_group(groups) if own is None else own
    return min([int(lines["MemAvailable"].split()[0]) * 1024, *_left_in_groups(own, groups)])


def _own_group(groups: Path) -> Path:
    """Return the folder of the control group that this process is in, as far as it can be seen from here."""
    for line in Path("/proc/self/cgroup").read_text("ascii").splitlines():
        if line.startswith("0::"):
            return groups / line[3:].lstrip("/")
    return groups


def _left_in_groups(group: Path, root: Path) -> Iterator[int]:
    """Yield what each control group from this one upwards has left."""
    for folder in (group, *group.parents):
        try:
            limit = (folder / "memory.max").read_text("ascii").strip()
            used = int((folder / "memory.current").read_text("ascii"))
            stat = dict(line.split() for line in (folder / "memory.stat").read_text("ascii").splitlines())
        except OSError:
            limit = "max"  # the root has none, nor has a machine without control groups
        if limit != "max":
            # Pages of files that nobody has used lately go as soon as memory is wanted.
            yield int(limit) - used + int(stat.get("inactive_file", 0))
        if folder == root:
            return
