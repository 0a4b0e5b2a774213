"""CPU seconds of recognising scans against a plain call: the picture drawn by PyMuPDF, one run of Tesseract on it.

Both are measured in turn on each file, children counted, in one process. A page that is read a second time is
measured without that reading too. Bar: the first reading takes at most 1.25 x the plain call.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import fmean
from typing import Any

import pymupdf

from axelered_box import assets, formats
from axelered_box.domain import media_types
from axelered_box.domain.modules import Progress, Step, StepLimits, StepMessage, StepResult
from tests.samples.models import NoModel

BAR = 1.25


def cpu_s() -> float:
    """Return the CPU seconds of this process and its children so far."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def measured(call: Callable[[], Any]) -> tuple[float, Any]:
    """Return the CPU seconds of a call, and what it returns."""
    began = cpu_s()
    result = call()
    return cpu_s() - began, result


def plain(path: Path, dpi: int, language: str, folder: Path) -> None:
    """Draw the first page of a file and have Tesseract read it."""
    picture = folder / "page.png"
    with pymupdf.open(path) as document:
        document[0].get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY).save(picture)
    subprocess.run(
        [str(assets.tesseract()), str(picture), str(folder / "page"), "-l", language, "--dpi", str(dpi)],
        env={**os.environ, "OMP_THREAD_LIMIT": "1", "TESSDATA_PREFIX": str(assets.tessdata())},
        stderr=subprocess.DEVNULL,
        check=True,
    )


def parsed(path: Path, folder: Path) -> StepResult:
    """Parse a file of a page or two in this process."""
    from axelered_box import modules  # formats have to be warm before

    for name in ("out", "tmp"):
        (folder / name).mkdir(parents=True)
    (folder / "input").write_bytes(path.read_bytes())
    media_type = media_types.detect(path.read_bytes()[: media_types.HEAD_BYTES], path.name)
    assert media_type is not None
    message = StepMessage(
        module="parse",
        step=Step(state={}),
        options={"pages": "1"},
        file_name=path.name,
        media_type=media_type,
        kept=[],
        limits=StepLimits(memory_bytes=2 << 30, max_pages=10, cpu_s=600),
        faults=False,
    )
    return modules.runs()["parse"](message, folder, Progress(lambda message: None), NoModel())


def main() -> None:
    """Measure and print; end with 1 when the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="scans of one page: PDF, JPEG, PNG, TIFF")
    parser.add_argument("--dpi", type=int, default=200, help="in which the plain call draws the page")
    parser.add_argument("--every", type=int, default=1)
    arguments = parser.parse_args()
    formats.warm()
    from axelered_box.formats import ocr  # as above

    rows = []
    second = ocr.SECOND_READING
    for path in sorted(arguments.folder.iterdir())[:: arguments.every]:
        with tempfile.TemporaryDirectory() as name:
            ocr.SECOND_READING = 0.0  # type: ignore[misc]  # the first reading alone
            first_s, result = measured(lambda: parsed(path, Path(name) / "first"))  # noqa: B023  # called at once
            ocr.SECOND_READING = second  # type: ignore[misc]
            both_s, _ = measured(lambda: parsed(path, Path(name) / "both"))  # noqa: B023
            language = (result.result["languages"] or ["eng"])[0]
            plain_s, _ = measured(lambda: plain(path, arguments.dpi, language, Path(name)))  # noqa: B023
        rows.append((plain_s, first_s, both_s))
        print(f"{path.name:32} plain {plain_s:5.2f}  first {first_s:5.2f}  with a second {both_s:5.2f}", flush=True)
    plain_s, first_s, both_s = (fmean(row[place] for row in rows) for place in range(3))
    print(f"{len(rows)} pages, CPU s a page: plain {plain_s:.2f}, first {first_s:.2f}, with second ones {both_s:.2f}")
    print(f"first reading {first_s / plain_s:.2f} x the plain call; bar {BAR}")
    sys.exit(first_s > BAR * plain_s)


if __name__ == "__main__":
    main()
