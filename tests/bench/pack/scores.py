"""The scorers that come beside a pack: they are loaded from their folder and asked for one group at a time."""

import importlib
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.pack.documents import Group

NEEDED = ("rapidfuzz", "apted", "lxml", "beautifulsoup4", "numpy", "python-dateutil")
FIGURES = {
    "parse": {"readme_overall": "overall", "nid": "NID", "teds": "TEDS", "mhs": "MHS"},
    "ocr": {"cer": "CER", "bow": "word-bag F1"},
    "office": {"score": "score"},
    "units": {"passed": "facts"},
}
"""What a set is scored by: the scorer's names, and those shown."""
Figures = dict[str, float]


def load(folder: Path) -> Callable[..., tuple[dict[str, Any], Any]]:
    """Return the scorer of a pack; end the program with what to do where it cannot be had."""
    if not (folder / "score_pack.py").is_file():
        sys.exit(f"{folder} has no score_pack.py. Name the scorers' folder with --scorer.")
    sys.path.insert(0, str(folder.resolve()))
    try:
        found = importlib.import_module("score_pack")
    except ModuleNotFoundError as error:
        sys.exit(f"The scorers need the package of {error.name}: {sys.executable} -m pip install {' '.join(NEEDED)}")
    run: Callable[..., tuple[dict[str, Any], Any]] = found.run
    return run


def score(scorer: Callable[..., tuple[dict[str, Any], Any]], group: Group, folder: Path) -> Figures:
    """Return the figures of a group whose Markdown is in a folder; a missing file counts as empty."""
    with tempfile.TemporaryDirectory() as name:
        entries = [document.entry for document in group.documents]
        Path(name, "manifest.json").write_text(json.dumps(entries), "utf-8")
        result = scorer(name, str(folder), group.set)[0]["all"]
    return {shown: result[own] for own, shown in FIGURES[group.set].items() if result.get(own) is not None}
