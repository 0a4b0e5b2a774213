"""How much of the machine the box turns into pages: 200 one-page PDFs at once, against a bare pool of 2 processes.

Bar: at least 85% of what the same calls reach in the pool. The pool is measured before and after the box.
"""

import multiprocessing
import sys
import tempfile
import threading
import time
from pathlib import Path

from axelered_box.formats import warm
from tests.bench.documents import digital_page
from tests.bench.warm_calls import read
from tests.e2e.box import Box, running_box

COUNT = 200
PROCESSES = 2
BAR = 0.85


def pool_s(paths: list[str]) -> float:
    """Return the seconds that a warm pool takes for the paths."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(PROCESSES, initializer=warm) as pool:
        pool.map(read, paths[: 2 * PROCESSES], chunksize=1)
        began = time.perf_counter()
        pool.map(read, paths, chunksize=1)
        return time.perf_counter() - began


def box_s(box: Box, contents: list[bytes]) -> float:
    """Return the seconds from the first post to the end of the last run."""
    ids: list[str] = []
    began = time.perf_counter()

    def post(part: list[bytes]) -> None:
        for content in part:
            ids.append(box.post(("page.pdf", content))["id"])

    clients = [threading.Thread(target=post, args=(contents[place::8],)) for place in range(8)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    ended = [box.finish(run_id, 300) for run_id in sorted(ids)]
    seconds = time.perf_counter() - began
    assert {run["status"] for run in ended} == {"completed"}
    return seconds


def main() -> None:
    """Measure and print; end with 1 when the bar is missed."""
    contents = [digital_page(place) for place in range(COUNT)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = []
        for place, content in enumerate(contents):
            paths.append(str(folder / f"{place}.pdf"))
            Path(paths[-1]).write_bytes(content)
        before = pool_s(paths)
        with running_box(folder / "data", WORKERS=PROCESSES) as box:
            box.post(("page.pdf", contents[0]), wait=60)
            box_seconds = box_s(box, contents)
        after = pool_s(paths)
    pool = (before + after) / 2
    share = pool / box_seconds
    print(
        f"pool {COUNT / before:.1f} and {COUNT / after:.1f} pages/s, box {COUNT / box_seconds:.1f}, share {share:.2f}"
    )
    sys.exit(share < BAR)


if __name__ == "__main__":
    main()
