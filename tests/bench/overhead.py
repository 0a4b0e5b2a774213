"""What the box adds to reading one digital page: HTTP, queue, store and a fresh child, against warm calls.

Bar: the median answer takes at most 1.5 x the median of the calls, plus 60 ms. Both are measured in turn.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.documents import digital_page
from tests.e2e.box import ROOT, running_box

ROUNDS = 50


def main() -> None:
    """Measure and print; end with 1 when the bar is missed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        warm = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.warm_calls"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert warm.stdin and warm.stdout
        warm.stdout.readline()
        with running_box(folder / "data") as box:
            calls, answers = [], []
            for place in range(-5, ROUNDS):
                content = digital_page(place)
                path = folder / "page.pdf"
                path.write_bytes(content)
                warm.stdin.write(f"{path}\n")
                warm.stdin.flush()
                call_s = float(warm.stdout.readline())
                began = time.perf_counter()
                run = box.post(("page.pdf", content), wait=60)
                answer_s = time.perf_counter() - began
                assert run["status"] == "completed", run
                if place >= 0:
                    calls.append(call_s)
                    answers.append(answer_s)
        warm.stdin.close()
        warm.wait()
    call_ms, answer_ms = statistics.median(calls) * 1000, statistics.median(answers) * 1000
    limit_ms = 1.5 * call_ms + 60
    print(f"calls {call_ms:.1f} ms, answer {answer_ms:.1f} ms, limit {limit_ms:.1f} ms, rounds {ROUNDS}")
    sys.exit(answer_ms > limit_ms)


if __name__ == "__main__":
    main()
