"""The reference of the benchmarks: the PyMuPDF calls of one page in a warm process, without a box around them."""

import sys
import time
from pathlib import Path

from axelered_box.formats import pdf, warm


def read(path: str) -> float:
    """Open a PDF and make the calls that parse makes for each page; return the seconds."""
    began = time.perf_counter()
    document = pdf.open_pdf(Path(path))
    for number in range(document.page_count):
        pdf.look(document.load_page(number), tables=True)
    document.close()
    return time.perf_counter() - began


def main() -> None:
    """Warm up, then read each path that comes as a line, answering the seconds."""
    warm()
    print("ready", flush=True)
    for line in sys.stdin:
        print(read(line.strip()), flush=True)


if __name__ == "__main__":
    main()
