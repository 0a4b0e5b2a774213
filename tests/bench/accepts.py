"""How many runs the box accepts a second, against bare writers that sync the same files on the same disk.

64 connections post small files while the workers are busy; then 64 threads write, sync and rename files of that size
and sync the folder, while the workers are still busy. Bar: at least half of what the bare writers reach.
"""

import asyncio
import os
import secrets
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.e2e.box import Box, running_box

CONNECTIONS = 64
RUNS = 2000
CONTENT = b"Note\n\nThe ledger of a page.\n"
BAR = 0.5


async def box_rate(box: Box) -> float:
    """Return the runs accepted a second over CONNECTIONS keep-alive connections."""
    numbers = iter(range(RUNS))
    path = box.w("/process")

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", box.port)
        for number in numbers:
            body = b'--x\r\nContent-Disposition: form-data; name="files"; filename="%d.txt"\r\n\r\n%s\r\n--x--\r\n' % (
                number,
                CONTENT,
            )
            head = (
                f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{box.port}\r\nAuthorization: Bearer {box.key['secret']}\r\n"
                f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            writer.write(head.encode() + body)
            answer = (await reader.readuntil(b"\r\n\r\n")).decode("latin1").lower()
            assert answer.startswith("http/1.1 202"), answer
            await reader.readexactly(int(answer.split("content-length: ")[1].split("\r\n")[0]))
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*[client() for _ in range(CONNECTIONS)])
    return RUNS / (time.perf_counter() - began)


def bare_rate(folder: Path) -> float:
    """Return the files a second that CONNECTIONS threads write, sync and rename, each syncing the folder too."""
    each = RUNS // CONNECTIONS

    def write() -> None:
        for _ in range(each):
            target = folder / secrets.token_hex(16)
            temporary = target.with_suffix(".new")
            descriptor = os.open(temporary, os.O_CREAT | os.O_WRONLY, 0o600)
            os.write(descriptor, CONTENT)
            os.fsync(descriptor)
            os.close(descriptor)
            temporary.rename(target)
            descriptor = os.open(folder, os.O_RDONLY)
            os.fsync(descriptor)
            os.close(descriptor)

    threads = [threading.Thread(target=write) for _ in range(CONNECTIONS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return each * CONNECTIONS / (time.perf_counter() - began)


def main() -> None:
    """Measure and print; end with 1 when the bar is missed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bare").mkdir()
        with running_box(folder / "data") as box:
            box.post(("warm.txt", CONTENT), wait=60)
            accepted = asyncio.run(box_rate(box))
            bare = bare_rate(folder / "bare")
    print(f"accepted {accepted:.0f} runs/s, bare {bare:.0f} files/s, share {accepted / bare:.2f}")
    sys.exit(accepted < BAR * bare)


if __name__ == "__main__":
    main()
