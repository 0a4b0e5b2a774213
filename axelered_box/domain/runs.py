"""Runs and tasks: their states, the one table of legal moves, and what is recorded of them."""

from enum import StrEnum
from typing import Any

import msgspec


class State(StrEnum):
    """The states of runs and tasks; ``idle`` is for runs, ``skipped`` for tasks."""

    IDLE = "idle"
    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELED = "canceled"
    SKIPPED = "skipped"


TERMINAL = frozenset({State.COMPLETED, State.FAILED, State.CANCELED, State.SKIPPED})

RUN_MOVES: dict[State, frozenset[State]] = {
    State.IDLE: frozenset({State.PENDING, State.CANCELED}),
    State.PENDING: frozenset({State.PROCESSING, State.FAILED, State.CANCELED}),
    State.PROCESSING: frozenset({State.COMPLETED, State.FAILED, State.CANCELED}),
}
TASK_MOVES: dict[State, frozenset[State]] = {
    State.PENDING: frozenset({State.PROCESSING, State.FAILED, State.CANCELED, State.SKIPPED}),
    State.PROCESSING: frozenset({State.PENDING, State.COMPLETED, State.FAILED, State.CANCELED}),
}
"""A task goes back to pending when its worker was lost; a run only moves forward."""


class IllegalMove(Exception):
    """A state was to change in a way that the table does not have: a fault of ours."""


def advance(moves: dict[State, frozenset[State]], old: State, new: State) -> State:
    """Return the new state when the table allows the move; raise IllegalMove otherwise."""
    if new not in moves.get(old, frozenset()):
        raise IllegalMove(f"{old} -> {new}")
    return new


class NewFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file that has been received and stored but is not yet part of a run."""

    name: str
    object: str
    """Where the object store keeps it."""
    size_bytes: int
    sha256: str
    media_type: str


class File(NewFile, frozen=True, kw_only=True):
    """An input file of a run."""

    id: int
    place: int
    """Its place in the order of the run's documents, from 0."""
    pages: int | None = None


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One (file x module) of a run."""

    id: str
    run_id: str
    file_id: int
    module: str
    requested: bool
    state: State
    attempt: int
    pages_done: int
    pages_total: int | None
    started_ms: int | None
    result: dict[str, Any] | None
    """The module's member of the outcome, its outputs named by role; None until terminal."""
    peak_memory_bytes: int
    seconds: float
    model: dict[str, Any] | None = None
    """The language model that it asked, by name and hash, and the tokens; None when it asked none."""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A task in the hands of a worker: only the holder of its lease may finish it."""

    task_id: str
    run_id: str
    workspace_id: str
    module: str
    attempt: int
    lease: str
    file: File
    document: str | None
    """The object of the `document.json` that parse made of the file; None while it has made none."""
    options: dict[str, Any]
    extraction: str | None = None
    """The object of what extract found in the file, for a task that waited for it."""
    searchable: str | None = None
    """The object of the PDF with a text layer that parse made of the file; None where it has made none."""


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """A file that a task made and the store keeps."""

    key: str
    """Its name in the run: ``<file>/<module>/<name>``."""
    role: str
    object: str
    size_bytes: int
    sha256: str
    media_type: str


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """A planned step that has ended: what it left, or why its page has nothing."""

    place: int
    """Its place in the order of pages: the first page it reads, or its place in the plan."""
    step: dict[str, Any]
    object: str | None
    failure: dict[str, Any] | None


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to a run, in the order it happened."""

    seq: int
    type: str
    data: dict[str, Any]


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """A run as it is stored."""

    id: str
    workspace_id: str
    state: State
    config: dict[str, Any]
    metadata: dict[str, Any] | None
    created_ms: int
    submitted_ms: int | None
    started_ms: int | None
    finished_ms: int | None
    expires_ms: int | None
    erased_ms: int | None
    error: dict[str, Any] | None
    outcome: dict[str, Any] | None
    receipt: dict[str, Any] | None
    retry_of: str | None
    resolved: dict[str, Any] | None = None
    """The config with what the saved ones held that it names, None when it names none."""

    @property
    def options(self) -> dict[str, Any]:
        """Return the config by which the run's tasks work."""
        return self.config if self.resolved is None else self.resolved
