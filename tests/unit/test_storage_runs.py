"""What the tables promise of runs: accepted once, ended once, erased whole."""

import sqlite3

import pytest

from axelered_box.domain.errors import Erased, IdempotencyConflict, NotFound, QueueFull, RunEnded, RunNotIdle
from axelered_box.domain.ids import now_ms
from axelered_box.domain.runs import Batch, State
from axelered_box.storage import erasure, outputs, run_list, runs, tasks, workspaces
from axelered_box.storage.events import events_after
from axelered_box.storage.rows import files_of
from tests.unit.records import ENGINE, TTL_S, accepted, claimed, db, finished, new_file, workspace

__all__ = ["db", "workspace"]


def test_a_run_goes_from_pending_to_completed_with_an_outcome(db: sqlite3.Connection, workspace: str) -> None:
    """A run that is claimed and finished has its states, events, times and outcome in order."""
    run = accepted(db, workspace)
    assert runs.view(db, workspace, run.run_id).queue_position == 1
    claim = claimed(db, run)
    assert runs.get(db, workspace, run.run_id).state is State.PROCESSING
    assert tasks.finish(db, claim, finished(), TTL_S, ENGINE)

    stored = runs.get(db, workspace, run.run_id)
    assert stored.state is State.COMPLETED
    assert stored.finished_ms is not None and stored.expires_ms == stored.finished_ms + TTL_S * 1000
    assert stored.outcome is not None and stored.outcome["partial"] is False
    document = stored.outcome["documents"][0]
    assert (document["file"], document["pages"], document["parse"]["markdown"]["sha256"]) == ("a.txt", 1, "h")
    kinds = [event.type for event in events_after(db, run.run_id, 0)]
    assert kinds == ["status", "status", "task", "page", "task", "status", "end"]


def test_a_run_is_partial_when_a_task_failed(db: sqlite3.Connection, workspace: str) -> None:
    """One file's failure leaves the run completed and partial; the failure is in its place."""
    run = accepted(db, workspace, files=[new_file("a.txt", "a"), new_file("b.txt", "b")])
    first, second = (tasks.claim(db, task_id) for task_id in run.task_ids)
    assert first is not None and second is not None
    tasks.finish(db, first, finished(State.FAILED), TTL_S, ENGINE)
    tasks.finish(db, second, finished(), TTL_S, ENGINE)

    stored = runs.get(db, workspace, run.run_id)
    assert (stored.state, stored.error) == (State.COMPLETED, None)
    assert stored.outcome is not None and stored.outcome["partial"] is True
    parse = stored.outcome["documents"][0]["parse"]
    assert (parse["status"], parse["error"]["code"]) == ("failed", "crashed")


def test_cancel_ends_tasks_and_run(db: sqlite3.Connection, workspace: str) -> None:
    """A canceled run has an outcome, refuses late work, and cannot be canceled twice."""
    run = accepted(db, workspace)
    claim = claimed(db, run)
    runs.cancel(db, workspace, run.run_id, TTL_S, ENGINE)

    stored = runs.get(db, workspace, run.run_id)
    assert stored.state is State.CANCELED
    assert stored.outcome is not None and stored.outcome["documents"][0]["parse"]["status"] == "canceled"
    with pytest.raises(tasks.LeaseLost):
        tasks.finish(db, claim, finished(), TTL_S, ENGINE)
    with pytest.raises(RunEnded):
        runs.cancel(db, workspace, run.run_id, TTL_S, ENGINE)


def test_one_key_makes_one_run(db: sqlite3.Connection, workspace: str) -> None:
    """The same key and request give the same run; another request under the key is a conflict naming the run."""
    first = accepted(db, workspace, idempotency_key="k")
    second = accepted(db, workspace, idempotency_key="k")
    assert (second.run_id, second.replayed, first.replayed) == (first.run_id, True, False)

    with pytest.raises(IdempotencyConflict) as conflict:
        accepted(db, workspace, idempotency_key="k", fingerprint=b"other")
    assert conflict.value.members == {"runId": first.run_id}
    other = workspaces.create_workspace(db, "other")
    assert accepted(db, other.id, idempotency_key="k").run_id != first.run_id


def test_a_full_queue_refuses(db: sqlite3.Connection, workspace: str) -> None:
    """At the limit a run is refused with a time to come back; a staged one is not."""
    accepted(db, workspace, queue_limit=1)
    with pytest.raises(QueueFull) as full:
        accepted(db, workspace, queue_limit=1)

    assert full.value.retry_after_s >= 1
    assert accepted(db, workspace, queue_limit=1, staged=True).task_ids == []


def test_staged_runs_take_files_until_submitted(db: sqlite3.Connection, workspace: str) -> None:
    """The same file again is spare, another of its name is numbered, and a submitted run takes none."""
    run = accepted(db, workspace, staged=True, files=[])
    assert runs.add_files(db, workspace, run.run_id, [new_file()], 9) == []
    assert runs.add_files(db, workspace, run.run_id, [new_file()], 9) == ["object-a"]
    assert runs.add_files(db, workspace, run.run_id, [new_file(content="b")], 9) == []
    assert runs.add_files(db, workspace, run.run_id, [new_file(content="b")], 9) == ["object-b"]
    assert [file.name for file in files_of(db, run.run_id)] == ["a.txt", "a (2).txt"]

    assert len(runs.submit(db, workspace, run.run_id, {"parse": True}, 10)) == 2
    assert runs.submit(db, workspace, run.run_id, {"parse": True}, 10) == []
    with pytest.raises(RunNotIdle):
        runs.add_files(db, workspace, run.run_id, [new_file()], 9)


def test_two_equal_files_of_one_request_are_two(db: sqlite3.Connection, workspace: str) -> None:
    """A request that brings one file twice gets two documents."""
    run = accepted(db, workspace, files=[new_file(), new_file()])

    assert [file.name for file in files_of(db, run.run_id)] == ["a.txt", "a (2).txt"]


def test_erasing_leaves_a_receipt_and_nothing_else(db: sqlite3.Connection, workspace: str) -> None:
    """After erasure reads answer the receipt, no name or content is in the tables, objects are doomed."""
    run = accepted(db, workspace, files=[new_file("hidden-name.txt")], config={"hidden": 1})
    claim = claimed(db, run)
    tasks.keep_batch(db, claim, Batch(place=0, step={}, object="object-batch", failure=None))
    tasks.finish(db, claim, finished(), TTL_S, ENGINE)
    receipt = erasure.erase(db, runs.get(db, workspace, run.run_id))

    assert "hidden" not in str(receipt)
    with pytest.raises(Erased) as gone:
        runs.get(db, workspace, run.run_id)
    assert gone.value.members["receipt"] == receipt
    assert set(erasure.doomed(db, 10)) == {"object-a", "object-batch", "object-out"}
    assert "hidden" not in "".join(db.iterdump())


def test_an_expired_run_refuses_at_once(db: sqlite3.Connection, workspace: str) -> None:
    """A run whose time is up is refused before the sweep comes, and found by it."""
    run = accepted(db, workspace)
    tasks.finish(db, claimed(db, run), finished(), TTL_S, ENGINE)
    db.execute("UPDATE runs SET expires_ms = :now", {"now": now_ms() - 1})

    with pytest.raises(Erased):
        runs.get(db, workspace, run.run_id)
    with pytest.raises(Erased):
        outputs.output(db, workspace, run.run_id, "a.txt/parse/document.md")
    assert [found.id for found in erasure.expired(db, 10)] == [run.run_id]


def test_tombstones_are_forgotten_after_their_time(db: sqlite3.Connection, workspace: str) -> None:
    """An old receipt and its idempotency key go together."""
    run = accepted(db, workspace, idempotency_key="k")
    runs.cancel(db, workspace, run.run_id, TTL_S, ENGINE)
    erasure.erase(db, runs.get(db, workspace, run.run_id))
    with pytest.raises(Erased):
        accepted(db, workspace, idempotency_key="k")
    erasure.purge_tombstones(db, now_ms() + 1)

    with pytest.raises(NotFound):
        runs.get(db, workspace, run.run_id)
    assert not accepted(db, workspace, idempotency_key="k").replayed


def test_lists_are_stable_under_inserts(db: sqlite3.Connection, workspace: str) -> None:
    """Pages by cursor show each run once, newest first, whatever comes in between."""
    made = [accepted(db, workspace).run_id for _ in range(5)]

    def page(cursor: str | None) -> list[str]:
        wanted = run_list.Page(states=[], query=None, after_ms=None, before_ms=None, cursor=cursor, limit=2)
        return [view.run.id for view in run_list.list_runs(db, workspace, wanted)[0]]

    first = page(None)
    accepted(db, workspace)
    second = page(first[-1])
    assert first + second + page(second[-1]) == made[::-1]


def test_another_workspace_sees_nothing(db: sqlite3.Connection, workspace: str) -> None:
    """A run of another workspace is not found, by whatever use case."""
    run = accepted(db, workspace)
    other = workspaces.create_workspace(db, "other").id
    for look in (
        lambda: runs.get(db, other, run.run_id),
        lambda: runs.cancel(db, other, run.run_id, TTL_S, ENGINE),
        lambda: outputs.outputs(db, other, run.run_id),
        lambda: runs.add_files(db, other, run.run_id, [], 9),
    ):
        with pytest.raises(NotFound):
            look()
