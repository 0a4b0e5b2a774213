"""Have parse read the documents of a pack in this process: `python -m tests.samples.papers.parse PACK OUT`.

It writes `<id>.document.json` and `<id>.md` for each document that has none yet; several of these programs can share
a pack by `--part 0/2` and `--part 1/2`.
"""

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

from axelered_box import formats
from axelered_box.domain.modules import Refusal
from tests.samples.parsing import parse


def main() -> None:
    """Parse what is asked for."""
    arguments = _arguments()
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    formats.warm()
    for name, file in _files(arguments.pack, arguments.sets, arguments.part):
        if (out / f"{name}.document.json").exists():
            continue
        try:
            _parse(file, out, name)
        except Refusal as refusal:
            print(f"{name}: {refusal.failure.code}", file=sys.stderr)


def _files(pack: Path, sets: list[str], part: str) -> list[tuple[str, Path]]:
    entries = json.loads((pack / "manifest.json").read_text("utf-8"))
    found = {entry["id"]: pack / entry["file"] for entry in entries if entry["set"] in sets}
    place, parts = map(int, part.split("/"))
    return list(found.items())[place::parts]


def _parse(file: Path, out: Path, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = parse(file.read_bytes(), file.name, Path(folder)).folder / "out"
        shutil.copyfile(made / "document.md", out / f"{name}.md")
        shutil.copyfile(made / "document.json", out / f"{name}.document.json")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.samples.papers.parse", description=__doc__)
    parser.add_argument("pack", type=Path, help="the folder that has manifest.json")
    parser.add_argument("out", type=Path, help="the folder that is written to")
    parser.add_argument("--sets", type=lambda said: said.split(","), default=["extract", "classify"])
    parser.add_argument("--part", default="0/1", metavar="I/N", help="each N-th document, beginning with the I-th")
    return parser.parse_args()


if __name__ == "__main__":
    main()
