"""What the tables promise of tasks: claimed once, finished by the holder of the lease, given up when lost too often."""

import sqlite3

import pytest

from axelered_box.domain.runs import Batch, State
from axelered_box.storage import runs, tasks
from axelered_box.storage.rows import tasks_of
from tests.unit.records import ENGINE, TTL_S, accepted, claimed, db, finished, workspace

__all__ = ["db", "workspace"]


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
