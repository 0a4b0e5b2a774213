"""A large upload: the memory of the server while it comes in, and the bytes a second.

Bar: the server's resident memory grows by no more than a few buffers (16 MB).
"""

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from tests.e2e.box import running_box

BAR_BYTES = 16_000_000
PIECE = b"The ledger of a page. " * 3000


def body(size_bytes: int) -> Iterator[bytes]:
    """Yield a form with one staged text file."""
    yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="large.txt"\r\n\r\n'
    for _ in range(size_bytes // len(PIECE)):
        yield PIECE
    yield b"\r\n--x--\r\n"


def main() -> None:
    """Measure and print; end with 1 when the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bytes", type=int, default=1 << 30)
    size = parser.parse_args().bytes
    with tempfile.TemporaryDirectory() as name, running_box(Path(name) / "data") as box:
        box.post(("warm.txt", b"warm"), wait=60)
        assert box.process is not None
        server = psutil.Process(box.process.pid)
        before = server.memory_info().rss
        peak, done = before, threading.Event()

        def watch() -> None:
            nonlocal peak
            while not done.wait(0.05):
                peak = max(peak, server.memory_info().rss)

        watcher = threading.Thread(target=watch)
        watcher.start()
        began = time.perf_counter()
        answer = box.http.post(
            box.w("/process"),
            params={"staged": "true"},
            content=body(size),
            headers={"content-type": "multipart/form-data; boundary=x"},
            timeout=600,
        )
        seconds = time.perf_counter() - began
        done.set()
        watcher.join()
    growth = peak - before
    print(f"{answer.status_code}: {size / 1e6:.0f} MB in {seconds:.1f} s, {size / seconds / 1e6:.0f} MB/s")
    print(f"memory {before / 1e6:.1f} MB, at most {growth / 1e6:.1f} MB more")
    sys.exit(answer.status_code != 202 or growth > BAR_BYTES)


if __name__ == "__main__":
    main()
