"""What a killed box promised is kept: every accepted run ends, once, and goes on where it stopped."""

import contextlib
import signal
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.e2e.box import Box, all_gone, running_box
from tests.samples.make import page_image, scanned_pdf

SCAN_PAGES = 24


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    """Run a box."""
    with running_box(tmp_path / "data", WORKERS=2) as running:
        yield running


def test_accepted_runs_survive_kills(box: Box) -> None:
    """Through three kills amid posts no accepted run is lost, stuck or doubled, and no child stays."""
    accepted: list[str] = []
    stop = threading.Event()

    def post() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            try:
                accepted.append(box.post((f"note-{number}.txt", f"Note {number}".encode()))["id"])
                time.sleep(0.05)
            except httpx.HTTPError:
                time.sleep(0.05)

    clients = [threading.Thread(target=post) for _ in range(3)]
    for client in clients:
        client.start()
    for _ in range(3):
        time.sleep(0.8)
        children = box.kill()
        assert all_gone(children, 5)
        box.start()
    stop.set()
    for client in clients:
        client.join()

    runs = [box.finish(run_id) for run_id in accepted]
    assert len(accepted) > 10
    assert {run["status"] for run in runs} == {"completed"}
    for run_id in accepted[:5]:
        assert [kind for kind, _ in box.events(run_id)].count("end") == 1


def test_a_killed_scan_goes_on_after_its_last_batch(box: Box) -> None:
    """Pages of a finished batch are not read again after a kill, and all pages are there in the end."""
    run_id = box.post(("scan.pdf", scanned_pdf([page_image(dpi=100)] * SCAN_PAGES, dpi=100)))["id"]
    while box.run(run_id)["progress"]["pagesDone"] < SCAN_PAGES // 3:
        time.sleep(0.1)
    box.kill()
    box.start()
    kept = box.run(run_id)["progress"]["pagesDone"]
    run = box.finish(run_id, 120)

    assert run["status"] == "completed"
    times_read = Counter(data["page"] for kind, data in box.events(run_id) if kind == "page")
    assert sorted(times_read) == list(range(1, SCAN_PAGES + 1))
    read_again = sum(count > 1 for count in times_read.values())
    assert kept > 0
    assert read_again <= 2 * 8
    assert max(times_read.values()) <= 2


def test_a_stop_in_good_order_loses_nothing(box: Box) -> None:
    """SIGTERM ends the box soon although a task is at work; the task goes on at the next start."""
    run_id = box.post(("fault-slow-6.txt", b"slow"))["id"]
    while box.run(run_id)["status"] == "pending":
        time.sleep(0.05)
    children = box.children()

    assert box.terminate(signal.SIGTERM) < 10
    assert box.process is not None and box.process.returncode == 0
    assert all_gone(children, 2)
    with contextlib.closing(sqlite3.connect(box.folder / "box.db")) as db:
        assert db.execute("SELECT state, lost_with_box, lost_alive FROM tasks").fetchall() == [("pending", 0, 0)]
    box.start()
    assert box.finish(run_id)["status"] == "completed"


def test_an_interrupt_at_the_keyboard_ends_the_box(box: Box) -> None:
    """SIGINT ends the box in good order, even while a client follows events."""
    run_id = box.post(("fault-slow-30.txt", b"slow"))["id"]
    reader = threading.Thread(target=lambda: box.http.get(box.w(f"/process/{run_id}/events")))
    reader.start()
    time.sleep(1)

    assert box.terminate(signal.SIGINT) < 10
    reader.join()
    assert box.process is not None and box.process.returncode == 0


def test_what_an_upload_left_is_gone_after_a_kill(box: Box) -> None:
    """A kill in the middle of an upload leaves no bytes behind after the next start."""

    def chunks() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        for _ in range(200):
            yield b"half-way" * 10_000
            time.sleep(0.01)

    def upload() -> None:
        try:
            box.http.post(
                box.w("/process"), content=chunks(), headers={"content-type": "multipart/form-data; boundary=x"}
            )
        except httpx.HTTPError:
            return

    client = threading.Thread(target=upload)
    client.start()
    time.sleep(1)
    assert list((box.folder / "staging").iterdir())
    box.kill()
    client.join()
    box.start()

    assert list((box.folder / "staging").iterdir()) == []
    assert list((box.folder / "objects").iterdir()) == []
