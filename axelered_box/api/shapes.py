"""How what is stored is shown to a client: runs, receipts, outputs, workspaces and keys as JSON."""

import math
from collections.abc import Callable
from typing import Any

from axelered_box.domain import outcome
from axelered_box.domain.ids import iso, now_ms
from axelered_box.domain.modules import Json
from axelered_box.domain.runs import TERMINAL, Output, Run, State, Task
from axelered_box.pipeline.models import SHOWN_KEY
from axelered_box.storage.runs import RunView
from axelered_box.storage.workspaces import ApiKey, NewKey, Workspace

HIDDEN = {"apiKey": SHOWN_KEY, "password": "...", "ownerPassword": "..."}
"""Members whose text is never shown, and what stands in its place."""
LEAST_SHARE = 0.02
"""The part of the work that must be done before the rest of it is estimated."""

Link = Callable[[str], str]
"""Makes the link by which an output, named by its key, can be fetched without an API key."""


def run_object(view: RunView, link: Link | None = None) -> Json:
    """Return the run object."""
    run = view.run
    return {
        "id": run.id,
        "workspaceId": run.workspace_id,
        "status": run.state,
        "config": {name: value if name == "metadata" else masked(value) for name, value in run.config.items()},
        "files": [file.name for file in view.files],
        "metadata": run.metadata,
        "createdAt": iso(run.created_ms),
        "submittedAt": iso(run.submitted_ms),
        "startedAt": iso(run.started_ms),
        "finishedAt": iso(run.finished_ms),
        "expiresAt": iso(run.expires_ms),
        "retryOf": run.retry_of,
        "queuePosition": view.queue_position,
        "progress": _progress(run, view.tasks),
        "error": run.error,
        "outcome": linked(run.outcome, link),
    }


def linked(value: Any, link: Link | None) -> Any:
    """Return an outcome with the links of its outputs filled in, made for this read; unchanged without `link`."""
    if link is None:
        return value
    if isinstance(value, list):
        return [linked(member, link) for member in value]
    if not isinstance(value, dict):
        return value
    if value.keys() >= {"key", "href", "url"}:
        return {**value, "url": link(value["key"])}
    return {name: linked(member, link) for name, member in value.items()}


def output_object(run: Run, output: Output, link: Link | None = None) -> Json:
    """Return an output as lists show it."""
    shown: Json = linked(outcome.out(run.workspace_id, run.id, output), link)
    return shown


def receipt(stored: Json | None) -> Json | None:
    """Return a deletion receipt with its instants as text."""
    if stored is None:
        return None
    return {
        name.removesuffix("Ms") if name.endswith("AtMs") else name: iso(value) if name.endswith("AtMs") else value
        for name, value in stored.items()
    }


def workspace_object(workspace: Workspace) -> Json:
    """Return a workspace."""
    return {
        "id": workspace.id,
        "name": workspace.name,
        "createdAt": iso(workspace.created_ms),
        "defaultParserId": workspace.default_parser_id,
        "defaultLlmId": workspace.default_llm_id,
    }


def key_object(key: ApiKey) -> Json:
    """Return an API key, without its secret."""
    return {
        "id": key.id,
        "workspaceId": key.workspace_id,
        "name": key.name,
        "createdAt": iso(key.created_ms),
        "expiresAt": iso(key.expires_ms),
    }


def new_key_object(made: NewKey) -> Json:
    """Return an API key just made, with the secret that is shown this once."""
    return {**key_object(made.key), "secret": made.secret}


def masked(value: Any) -> Any:
    """Return a JSON value without the texts that are never shown."""
    if isinstance(value, dict):
        return {
            name: HIDDEN[name] if name in HIDDEN and isinstance(member, str) else masked(member)
            for name, member in value.items()
        }
    return [masked(member) for member in value] if isinstance(value, list) else value


def unmasked(sent: Json, kept: Json) -> Json:
    """Return the members that a client sent, less the secrets that it sent back as they are shown."""
    return {name: value for name, value in sent.items() if not (name in kept and value == HIDDEN.get(name))}


def _progress(run: Run, tasks: list[Task]) -> Json:
    """Return how far a run is; pages are those of its documents, counted once."""
    parses = [task for task in tasks if task.module == "parse"]
    counted = [task.pages_total for task in parses if task.pages_total is not None]
    return {
        "tasksDone": sum(task.state in TERMINAL for task in tasks),
        "tasksTotal": len(tasks),
        "pagesDone": sum(task.pages_done for task in parses),
        "pagesTotal": sum(counted) if counted or run.state in TERMINAL else None,
        "etaSeconds": _eta_s(run, tasks),
    }


def _eta_s(run: Run, tasks: list[Task]) -> int | None:
    """Return the seconds a working run is likely to take still, from the share of it that is done."""
    if run.state is not State.PROCESSING or run.started_ms is None:
        return None
    done = sum(_share(task) for task in tasks) / max(1, len(tasks))
    if done < LEAST_SHARE:
        return None
    elapsed_s = (now_ms() - run.started_ms) / 1000
    return max(1, math.ceil(elapsed_s * (1 - done) / done))


def _share(task: Task) -> float:
    """Return the part of a task that is done."""
    if task.state in TERMINAL:
        return 1.0
    return min(0.99, task.pages_done / task.pages_total) if task.pages_total else 0.0
