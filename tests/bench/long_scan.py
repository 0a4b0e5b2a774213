"""A 300-page scan or digital PDF, killed half-way: pages a minute, memory of the whole tree, pages read twice."""

import argparse
import json
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.bench.documents import digital, scan
from tests.e2e.box import TERMINAL, Box, running_box

MEMORY_BAR_BYTES = 1.2e9


def kept_pages(box: Box) -> set[int]:
    """Return the pages (from 1) of all batches that have ended."""
    db = sqlite3.connect(f"file:{box.folder / 'box.db'}?mode=ro", uri=True)
    rows = db.execute("SELECT step FROM batches").fetchall()
    db.close()
    return {page + 1 for (step,) in rows for page in json.loads(step)["pages"]}


def page_events(box: Box, run_id: str) -> int:
    """Return how many events of pages there are."""
    db = sqlite3.connect(f"file:{box.folder / 'box.db'}?mode=ro", uri=True)
    count: int = db.execute("SELECT COUNT(*) FROM events WHERE run_id = ? AND type = 'page'", (run_id,)).fetchone()[0]
    db.close()
    return count


def main() -> None:
    """Measure and print; end with 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--dpi", type=int, default=150)
    parser.add_argument("--digital", action="store_true", help="pages with text of their own instead of a scan")
    arguments = parser.parse_args()
    pages = arguments.pages
    content = digital(pages) if arguments.digital else scan(pages, arguments.dpi)
    print(f"{pages} pages, {len(content) / 1e6:.1f} MB", flush=True)
    with tempfile.TemporaryDirectory() as name, running_box(Path(name) / "data") as box:
        began, peak, resident, killed = time.monotonic(), 0, 0, False
        run_id = box.post(("long.pdf", content))["id"]
        kept: set[int] = set()
        events_before = 0
        while True:
            run = box.run(run_id)
            done = run["progress"]["pagesDone"]
            peak, resident = max(peak, box.memory_bytes()), max(resident, box.rss_bytes())
            if not killed and done >= pages // 2:
                box.kill()
                kept, killed = kept_pages(box), True
                events_before = page_events(box, run_id)
                print(f"killed at page {done}, {len(kept)} pages kept, ready in {box.start():.2f} s", flush=True)
            if run["status"] in TERMINAL:
                break
            time.sleep(0.2)
        seconds = time.monotonic() - began
        read = [data["page"] for kind, data in box.events(run_id) if kind == "page"]
        again = sorted(kept & set(read[events_before:]))
    missing = sorted(set(range(1, pages + 1)) - set(read))
    twice = sum(count > 1 for count in Counter(read).values())
    if run["status"] != "completed":
        print(json.dumps(run, indent=1)[:2000])
    print(f"{run['status']} in {seconds:.0f} s, {60 * pages / seconds:.0f} pages/min, peak {peak / 1e9:.2f} GB")
    print(f"resident sets added up, what processes share counted for each: {resident / 1e9:.2f} GB")
    print(f"pages of a finished batch read again: {len(again)}; unfinished ones read again: {twice - len(again)}")
    print(f"pages without an event: {len(missing)}")
    sys.exit(bool(run["status"] != "completed" or again or missing or peak > MEMORY_BAR_BYTES))


if __name__ == "__main__":
    main()
