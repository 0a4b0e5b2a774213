"""Every way a document can end a child is one outcome for its run, and harms no other."""

import time
from collections.abc import Iterator

import pytest

from tests.e2e.box import Box, all_gone, running_box
from tests.samples.make import page_image, scanned_pdf


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """Run one box for all tests of this file."""
    folder = tmp_path_factory.mktemp("box") / "data"
    with running_box(folder, RUN_TIMEOUT_SECONDS=8, TASK_MEMORY_BYTES=512 << 20, SWEEP_SECONDS=1) as running:
        yield running


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("fault-crash.txt", "crashed"),
        ("fault-memory.txt", "out_of_memory"),
        ("fault-hang.txt", "task_timed_out"),
        ("fault-slow-60.txt", "task_timed_out"),
    ],
)
def test_a_bad_document_fails_alone(box: Box, name: str, code: str) -> None:
    """A document that crashes, leaks, hangs or takes too long fails with its code; the file beside it is done."""
    run = box.finish(box.post((name, b"drill"), ("good.txt", b"Good words."))["id"])

    assert run["status"] == "completed"
    assert run["outcome"]["partial"] is True
    bad, good = (document["parse"] for document in run["outcome"]["documents"])
    assert (bad["status"], bad["error"]["code"]) == ("failed", code)
    assert good["status"] == "completed"


def test_cancel_in_the_middle_of_text_recognition(box: Box) -> None:
    """A canceled scan has no process left two seconds later."""
    idle = {process.pid for process in box.children()}
    run_id = box.post(("scan.pdf", scanned_pdf([page_image()] * 12)))["id"]
    brought = []
    end = time.monotonic() + 20
    while len(brought) < 2 and time.monotonic() < end:
        brought = [process for process in box.children() if process.pid not in idle]
        time.sleep(0.05)
    assert brought
    answer = box.http.post(box.w(f"/process/{run_id}/cancel"))

    assert answer.status_code == 200
    assert all_gone([process for process in box.children() if process.pid not in idle] + brought, 2)
    assert box.run(run_id)["status"] == "canceled"


def test_a_deleted_run_leaves_no_bytes(box: Box) -> None:
    """Delete while the work goes on ends it and erases input and work folder; the receipt stays."""
    config = {"parserConfig": {"password": "stray-password"}}
    run_id = box.post(("fault-hang.txt", b"stray-words-of-the-test"), config=config)["id"]
    while box.run(run_id)["status"] == "pending":
        time.sleep(0.05)
    answer = box.http.delete(box.w(f"/process/{run_id}"))

    assert answer.json()["data"]["receipt"]["runId"] == run_id
    holding = [path for path in box.folder.rglob("*") if path.is_file() and b"stray-words" in path.read_bytes()]
    assert holding == []
    traces = [box.folder / "box.db", box.folder / "box.db-wal"]
    end = time.monotonic() + 10
    while any(b"stray-password" in path.read_bytes() for path in traces):
        assert time.monotonic() < end, "the config is still in the database"
        time.sleep(0.2)
    gone = box.http.get(box.w(f"/process/{run_id}"))
    assert (gone.status_code, gone.json()["code"]) == (410, "run_erased")
