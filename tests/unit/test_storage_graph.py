"""Modules wait for parse of their file: freed when it is done, skipped when it is not."""

import sqlite3
from pathlib import Path

import msgspec

from axelered_box.domain.runs import Claim, Output, State
from axelered_box.storage import runs, tasks
from axelered_box.storage.database import brief
from axelered_box.storage.rows import tasks_of
from axelered_box.storage.schema import MIGRATIONS
from tests.unit.records import ENGINE, TTL_S, accepted, claimed, db, finished, new_file, workspace

__all__ = ["db", "workspace"]

MODULES = {"parse": False, "extract": True, "classify": True}


def parsed(state: State = State.COMPLETED) -> tasks.Finished:
    """Return how parse ended, with the document that the others work on."""
    document = Output(
        key="a.txt/parse/document.json",
        role="document",
        object="folder/document.json",
        size_bytes=1,
        sha256="h",
        media_type="application/json",
    )
    return msgspec.structs.replace(finished(state), outputs=[document] if state is State.COMPLETED else [])


def states(db: sqlite3.Connection, run_id: str) -> dict[str, State]:
    return {task.module: task.state for task in tasks_of(db, run_id)}


def test_only_parse_can_begin(db: sqlite3.Connection, workspace: str) -> None:
    run = accepted(db, workspace, modules=MODULES)

    assert len(run.task_ids) == 1
    assert tasks.waiting(db) == run.task_ids
    others = [task.id for task in tasks_of(db, run.run_id) if task.module != "parse"]
    assert all(tasks.claim(db, other) is None for other in others)


def test_the_others_begin_with_its_document_when_it_is_done(db: sqlite3.Connection, workspace: str) -> None:
    run = accepted(db, workspace, modules=MODULES)
    first = claimed(db, run)
    assert first.document is None
    assert not tasks.finish(db, first, parsed(), TTL_S, ENGINE)

    freed = tasks.waiting(db, run.run_id)
    claims = [tasks.claim(db, task_id) for task_id in freed]
    assert {claim.module for claim in claims if claim} == {"extract", "classify"}
    assert {claim.document for claim in claims if claim} == {"folder/document.json"}


def test_they_wait_for_the_parse_of_their_own_file(db: sqlite3.Connection, workspace: str) -> None:
    files = [new_file("a.txt", "a"), new_file("b.txt", "b")]
    run = accepted(db, workspace, modules=MODULES, files=files)
    tasks.finish(db, claimed(db, run), parsed(), TTL_S, ENGINE)

    all_tasks, waiting = tasks_of(db, run.run_id), tasks.waiting(db)
    free = {task.file_id for task in all_tasks if task.id in waiting and task.module != "parse"}
    assert free == {all_tasks[0].file_id}


def test_they_are_skipped_when_parse_fails_and_the_run_ends(db: sqlite3.Connection, workspace: str) -> None:
    run = accepted(db, workspace, modules=MODULES)

    assert tasks.finish(db, claimed(db, run), parsed(State.FAILED), TTL_S, ENGINE)
    assert states(db, run.run_id) == {"parse": State.FAILED, "extract": State.SKIPPED, "classify": State.SKIPPED}
    ended = runs.get(db, workspace, run.run_id)
    assert ended.state is State.FAILED
    assert ended.outcome is not None
    extraction = ended.outcome["documents"][0]["extraction"]
    assert extraction["status"] == "skipped"
    assert extraction["error"]["code"] == "not_parsed"


def test_they_are_skipped_when_parse_is_lost_too_often(db: sqlite3.Connection, workspace: str) -> None:
    run = accepted(db, workspace, modules=MODULES)
    for _ in range(tasks.MAX_LOST_ALIVE):
        tasks.give_back(db, claimed(db, run), lost=True, ttl_s=TTL_S, engine=ENGINE)

    assert states(db, run.run_id)["extract"] is State.SKIPPED
    assert runs.get(db, workspace, run.run_id).state is State.FAILED


def test_the_outcome_tells_the_model_and_its_tokens(db: sqlite3.Connection, workspace: str) -> None:
    run = accepted(db, workspace, modules={"parse": False, "extract": True})
    tasks.finish(db, claimed(db, run), parsed(), TTL_S, ENGINE)
    claim = tasks.claim(db, tasks.waiting(db)[0])
    assert claim is not None
    used = {"name": "small", "sha256": "h", "tokens": {"prompt": 12, "completion": 3}}
    done = msgspec.structs.replace(finished(), outputs=[], model=used)
    assert tasks.finish(db, claim, done, TTL_S, ENGINE)

    outcome = runs.get(db, workspace, run.run_id).outcome
    assert outcome is not None
    assert outcome["engine"]["model"] == {"name": "small", "sha256": "h"}
    assert outcome["documents"][0]["metrics"]["tokens"] == {"prompt": 12, "completion": 3}


def made(role: str, name: str) -> Output:
    """Return a file that a task made."""
    key = f"a.txt/{name}"
    return Output(key=key, role=role, object=f"folder/{name}", size_bytes=1, sha256="h", media_type="text/plain")


EDITED = {"parse": False, "extract": True, "edit": True}


def claim_next(db: sqlite3.Connection, run_id: str) -> Claim:
    """Claim the one task that can begin."""
    (task_id,) = tasks.waiting(db, run_id)
    claim = tasks.claim(db, task_id)
    assert claim is not None
    return claim


def test_edit_waits_for_what_extract_finds(db: sqlite3.Connection, workspace: str) -> None:
    run = accepted(db, workspace, modules=EDITED)
    read = msgspec.structs.replace(parsed(), outputs=[*parsed().outputs, made("searchablePdf", "parse/searchable.pdf")])
    tasks.finish(db, claimed(db, run), read, TTL_S, ENGINE)
    extract = claim_next(db, run.run_id)
    assert extract.module == "extract"
    found = msgspec.structs.replace(finished(), outputs=[made("output", "extract/extraction.json")])
    tasks.finish(db, extract, found, TTL_S, ENGINE)

    edit = claim_next(db, run.run_id)
    assert edit.module == "edit"
    assert edit.document == "folder/document.json"
    assert edit.extraction == "folder/extract/extraction.json"
    assert edit.searchable == "folder/parse/searchable.pdf"


def test_edit_goes_on_without_an_extraction_that_failed(db: sqlite3.Connection, workspace: str) -> None:
    run = accepted(db, workspace, modules=EDITED)
    tasks.finish(db, claimed(db, run), parsed(), TTL_S, ENGINE)
    failed = msgspec.structs.replace(finished(State.FAILED), outputs=[])
    tasks.finish(db, claim_next(db, run.run_id), failed, TTL_S, ENGINE)

    edit = claim_next(db, run.run_id)
    assert (edit.module, edit.extraction, edit.searchable) == ("edit", None, None)


def test_edit_is_skipped_with_extract_when_parse_fails(db: sqlite3.Connection, workspace: str) -> None:
    run = accepted(db, workspace, modules=EDITED)

    assert tasks.finish(db, claimed(db, run), parsed(State.FAILED), TTL_S, ENGINE)
    assert states(db, run.run_id) == {"parse": State.FAILED, "extract": State.SKIPPED, "edit": State.SKIPPED}


def test_a_database_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    """What waited before the change can begin after it."""
    path = tmp_path / "box.db"
    with sqlite3.connect(path) as old:
        old.executescript(MIGRATIONS[0])
        old.execute("PRAGMA user_version = 1")
        old.execute("INSERT INTO workspaces VALUES ('w', 'n', 1, NULL)")
        run = "INSERT INTO runs (id, workspace_id, state, config, created_ms) VALUES ('r', 'w', 'pending', '{}', 1)"
        old.execute(run)
        old.execute("INSERT INTO files VALUES (1, 'r', 0, 'a.txt', 'o', 1, 'h', 'text/plain', NULL)")
        task = "INSERT INTO tasks (id, run_id, file_id, module, requested, state)"
        old.execute(f"{task} VALUES ('t', 'r', 1, 'parse', 1, 'pending')")

    with brief(path) as db:
        assert tasks.waiting(db) == ["t"]
        claim = tasks.claim(db, "t")
        assert claim is not None
        assert claim.module == "parse"
