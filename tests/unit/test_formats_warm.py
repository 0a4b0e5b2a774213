"""Tests of `axelered_box.formats.warm`, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "ORT_DISABLE_TELEMETRY": "1",
    "PATH": os.environ["PATH"],
    **{name: os.environ[name] for name in ("AXELERED_TESSERACT", "AXELERED_TESSDATA") if name in os.environ},
}
_CODE = """
import os, sys
from axelered_box import formats
formats.warm()
print(len(os.listdir("/proc/self/task")))
before = set(sys.modules)
for _ in range(2):
    if os.fork() == 0:
        from axelered_box.formats import pdf
        import pymupdf
        document = pymupdf.open()
        document.new_page().insert_text((72, 72), "Read in a fork")
        seen = pdf.read_page(pdf.open_bytes(document.tobytes()), 0)
        os._exit(0 if seen.regions[0].lines[0].text == "Read in a fork" else 1)
    print(os.waitstatus_to_exitcode(os.wait()[1]))
"""


def test_a_warm_process_has_one_thread_and_its_forks_work() -> None:
    """After warming nothing of threads is left, and forks read pages."""
    done = subprocess.run(
        [sys.executable, "-c", _CODE],
        cwd=_ROOT,
        env=_ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert done.stdout.split() == ["1", "0", "0"]
