"""What the tables promise of runs: accepted once, claimed once, ended once, erased whole."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from axelered_box.domain.errors import Erased, IdempotencyConflict, NotFound, QueueFull, RunEnded, RunNotIdle
from axelered_box.domain.ids import now_ms
from axelered_box.domain.modules import Json
from axelered_box.domain.runs import Batch, Claim, NewFile, Output, State
from axelered_box.storage import erasure, outputs, run_list, runs, tasks, workspaces
from axelered_box.storage.database import brief
from axelered_box.storage.events import events_after
from axelered_box.storage.rows import files_of, tasks_of
from axelered_box.storage.runs import Accepted, NewRun

ENGINE: Json = {"version": "test"}
TTL_S = 60


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Return a fresh database inside a transaction."""
    with brief(tmp_path / "box.db") as connection:
        yield connection


@pytest.fixture
def workspace(db: sqlite3.Connection) -> str:
    """Return the id of the default workspace."""
    return workspaces.default_workspace(db).id


def new_file(name: str = "a.txt", content: str = "a") -> NewFile:
    """Return a stored file."""
    return NewFile(name=name, object=f"object-{content}", size_bytes=1, sha256=content, media_type="text/plain")


def new_run(workspace: str, **changes: Any) -> NewRun:
    """Return what is recorded of a run with one file."""
    new = NewRun(
        workspace_id=workspace,
        config={},
        metadata={"order": 7},
        files=[new_file()],
        modules={"parse": True},
        staged=False,
        idempotency_key=None,
        fingerprint=b"same",
        ttl_s=TTL_S,
        queue_limit=100,
    )
    return msgspec.structs.replace(new, **changes)


def accepted(db: sqlite3.Connection, workspace: str, **changes: Any) -> Accepted:
    """Record a run."""
    return runs.create(db, new_run(workspace, **changes))


def claimed(db: sqlite3.Connection, run: Accepted) -> Claim:
    """Claim the first task of a run."""
    claim = tasks.claim(db, run.task_ids[0])
    assert claim is not None
    return claim


def finished(state: State = State.COMPLETED, name: str = "object-out/document.md") -> tasks.Finished:
    """Return how a task ended."""
    made = Output(
        key="a.txt/parse/document.md",
        role="markdown",
        object=name,
        size_bytes=2,
        sha256="h",
        media_type="text/markdown",
    )
    return tasks.Finished(
        state=state,
        result={"ocrPages": []}
        if state is State.COMPLETED
        else {"error": {"code": "crashed", "message": "m", "page": 1}},
        outputs=[made] if state is State.COMPLETED else [],
        pages=1,
        pages_read=1,
        new_pages=[0],
        seconds=0.5,
        peak_memory_bytes=9,
    )


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


def test_a_task_is_claimed_once(db: sqlite3.Connection, workspace: str) -> None:
    """The second ring for a task finds nothing to claim."""
    run = accepted(db, workspace)
    claimed(db, run)

    assert tasks.claim(db, run.task_ids[0]) is None


def test_only_the_holder_of_the_lease_finishes(db: sqlite3.Connection, workspace: str) -> None:
    """A worker whose task was given to another can record nothing any more."""
    run = accepted(db, workspace)
    old = claimed(db, run)
    tasks.recover_all(db, TTL_S, ENGINE)
    new = claimed(db, run)
    batch = Batch(place=0, step={}, object=None, failure=None)
    for late in (
        lambda: tasks.finish(db, old, finished(), TTL_S, ENGINE),
        lambda: tasks.keep_alive(db, old, [], None),
        lambda: tasks.keep_batch(db, old, batch),
        lambda: tasks.set_plan(db, old, {}),
    ):
        with pytest.raises(tasks.LeaseLost):
            late()

    assert tasks.finish(db, new, finished(), TTL_S, ENGINE)
    with pytest.raises(tasks.LeaseLost):
        tasks.finish(db, new, finished(), TTL_S, ENGINE)


def test_a_task_lost_with_the_box_ten_times_fails(db: sqlite3.Connection, workspace: str) -> None:
    """Nine losses with the box are borne, the tenth fails the task with worker_lost."""
    run = accepted(db, workspace)
    for _ in range(tasks.MAX_LOST_WITH_BOX):
        assert tasks.claim(db, run.task_ids[0]) is not None
        tasks.recover_all(db, TTL_S, ENGINE)

    stored = runs.get(db, workspace, run.run_id)
    assert stored.state is State.FAILED
    assert stored.error is not None and stored.error["code"] == "worker_lost"


def test_a_finished_batch_forgives_earlier_losses(db: sqlite3.Connection, workspace: str) -> None:
    """A task that gets on between losses is not given up."""
    run = accepted(db, workspace)
    for place in range(tasks.MAX_LOST_WITH_BOX + 5):
        claim = claimed(db, run)
        tasks.keep_batch(db, claim, Batch(place=place, step={"pages": [place]}, object=f"b{place}", failure=None))
        tasks.recover_all(db, TTL_S, ENGINE)

    assert runs.get(db, workspace, run.run_id).state is State.PROCESSING


def test_a_task_lost_three_times_while_the_box_lives_fails(db: sqlite3.Connection, workspace: str) -> None:
    """A lease that ran out counts against the task, unless this process is known to hold it."""
    run = accepted(db, workspace)
    for _ in range(tasks.MAX_LOST_ALIVE):
        claimed(db, run)
        db.execute("UPDATE tasks SET lease_until_ms = 1")
        tasks.recover_expired(db, set(run.task_ids), TTL_S, ENGINE)
        assert tasks_of(db, run.run_id)[0].state is State.PROCESSING
        tasks.recover_expired(db, set(), TTL_S, ENGINE)

    assert runs.get(db, workspace, run.run_id).state is State.FAILED


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
