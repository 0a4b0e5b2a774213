"""How a run and its tasks are recorded when it is accepted or queued."""

import sqlite3

import msgspec

from axelered_box.domain.ids import new_id, now_ms
from axelered_box.domain.modules import Json
from axelered_box.domain.runs import File, NewFile, Run, State, Task
from axelered_box.storage import configs
from axelered_box.storage.rows import to_json


class NewRun(msgspec.Struct, frozen=True, kw_only=True):
    """What is recorded when a run is accepted."""

    workspace_id: str
    config: Json
    metadata: Json | None
    files: list[NewFile]
    modules: dict[str, bool]
    """The modules that work on each file, the later ones on what the first made; the value: the client asked for it."""
    staged: bool
    idempotency_key: str | None
    fingerprint: bytes
    ttl_s: int
    queue_limit: int
    retry_of: str | None = None


def insert_run(db: sqlite3.Connection, new: NewRun) -> Run:
    """Record the run itself."""
    now = now_ms()
    run = Run(
        id=new_id(),
        workspace_id=new.workspace_id,
        state=State.IDLE if new.staged else State.PENDING,
        config=new.config,
        metadata=new.metadata,
        created_ms=now,
        submitted_ms=None if new.staged else now,
        started_ms=None,
        finished_ms=None,
        expires_ms=now + new.ttl_s * 1000 if new.staged else None,
        erased_ms=None,
        error=None,
        outcome=None,
        receipt=None,
        retry_of=new.retry_of,
    )
    db.execute(
        "INSERT INTO runs (id, workspace_id, state, config, metadata, created_ms, submitted_ms, expires_ms, retry_of)"
        " VALUES (:id, :workspace_id, :state, :config, :metadata, :created, :submitted, :expires, :retry_of)",
        {
            "id": run.id,
            "workspace_id": run.workspace_id,
            "state": run.state,
            "config": to_json(run.config),
            "metadata": None if run.metadata is None else to_json(run.metadata),
            "created": run.created_ms,
            "submitted": run.submitted_ms,
            "expires": run.expires_ms,
            "retry_of": run.retry_of,
        },
    )
    return run


def resolve(db: sqlite3.Connection, run: Run) -> None:
    """Keep what the saved configurations hold that a run names; raise InvalidRequest when one is not there."""
    resolved = configs.resolved(db, run.workspace_id, run.config)
    kept = None if resolved == run.config else to_json(resolved)
    db.execute("UPDATE runs SET resolved = :config WHERE id = :id", {"config": kept, "id": run.id})


def first_of(tasks: list[Task], modules: dict[str, bool]) -> list[str]:
    """Return the tasks that wait for no other, those of the first module."""
    return [task.id for task in tasks if task.module == next(iter(modules))]


def _before(module: str, modules: dict[str, bool]) -> str | None:
    """Return the module that another one waits for, None for the first."""
    if module == "edit" and "extract" in modules:
        return "extract"
    first = next(iter(modules))
    return None if module == first else first


def insert_tasks(db: sqlite3.Connection, run_id: str, files: list[File], modules: dict[str, bool]) -> list[Task]:
    """Record the tasks of a run: every module on every file; edit waits for extract, all but parse for parse."""
    tasks = [
        Task(
            id=new_id(),
            run_id=run_id,
            file_id=file.id,
            module=module,
            requested=requested,
            state=State.PENDING,
            attempt=0,
            pages_done=0,
            pages_total=None,
            started_ms=None,
            result=None,
            peak_memory_bytes=0,
            seconds=0.0,
        )
        for file in files
        for module, requested in modules.items()
    ]
    ids: dict[tuple[int, str | None], str] = {(task.file_id, task.module): task.id for task in tasks}
    db.executemany(
        "INSERT INTO tasks (id, run_id, file_id, module, requested, state, waits_for)"
        " VALUES (:id, :run_id, :file_id, :module, :requested, :state, :waits_for)",
        [
            {
                "id": task.id,
                "run_id": task.run_id,
                "file_id": task.file_id,
                "module": task.module,
                "requested": task.requested,
                "state": task.state,
                "waits_for": ids.get((task.file_id, _before(task.module, modules))),
            }
            for task in tasks
        ],
    )
    return tasks
