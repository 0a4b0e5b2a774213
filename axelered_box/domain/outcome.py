"""How the outcome of a run is put together from its files, its tasks and what they made."""

from urllib.parse import quote

from axelered_box.domain.modules import Json
from axelered_box.domain.runs import File, Output, State, Task

OUTCOME_MEMBERS = {
    "parse": "parse",
    "extract": "extraction",
    "classify": "classification",
    "summarize": "summary",
    "edit": "edit",
}
"""The member of a document in the outcome that shows a module's result."""


def href(workspace_id: str, run_id: str, key: str) -> str:
    """Return the API route of an output, its key percent-encoded."""
    return f"/v1/w/{workspace_id}/process/{run_id}/outputs/{quote(key)}"


def out(workspace_id: str, run_id: str, output: Output) -> Json:
    """Return the object by which an outcome names an output; ``url`` is filled in when it is read."""
    return {
        "key": output.key,
        "bytes": output.size_bytes,
        "sha256": output.sha256,
        "mediaType": output.media_type,
        "href": href(workspace_id, run_id, output.key),
        "url": None,
    }


def end_state(tasks: list[Task]) -> State:
    """Return how a run ends whose tasks all have: completed when a requested task is."""
    completed = any(task.requested and task.state is State.COMPLETED for task in tasks)
    return State.COMPLETED if completed else State.FAILED


def first_error(tasks: list[Task]) -> Json | None:
    """Return the error of the first task that failed."""
    return next((task.result["error"] for task in tasks if task.result and "error" in task.result), None)


def build(
    workspace_id: str,
    run_id: str,
    files: list[File],
    tasks: list[Task],
    outputs: dict[str, list[Output]],
    engine: Json,
) -> Json:
    """Return the outcome; `outputs` are those of each task by its id."""
    documents = []
    for file in sorted(files, key=lambda file: file.place):
        own = [task for task in tasks if task.file_id == file.id]
        members = {
            OUTCOME_MEMBERS[task.module]: _member(workspace_id, run_id, task, outputs.get(task.id, [])) for task in own
        }
        documents.append({**_document(file), **members, "metrics": _metrics(own)})
    partial = any(task.state is not State.COMPLETED for task in tasks)
    return {"partial": partial, "documents": documents, "engine": {**engine, "model": _model(tasks, engine)}}


def _model(tasks: list[Task], engine: Json) -> Json | None:
    """Return the model that the tasks asked; that of the box when they asked none."""
    asked = next((task.model for task in tasks if task.model is not None), None)
    model: Json | None = engine.get("model") if asked is None else {"name": asked["name"], "sha256": asked["sha256"]}
    return model


def _document(file: File) -> Json:
    return {
        "file": file.name,
        "mediaType": file.media_type,
        "sha256": file.sha256,
        "bytes": file.size_bytes,
        "pages": file.pages,
    }


def _member(workspace_id: str, run_id: str, task: Task, outputs: list[Output]) -> Json:
    """Return a task's result with its outputs in it."""
    made = {output.role: out(workspace_id, run_id, output) for output in outputs}
    return {"status": task.state.value, **(task.result or {}), **made}


def _metrics(tasks: list[Task]) -> Json:
    used = {
        kind: sum(task.model["tokens"][kind] for task in tasks if task.model is not None)
        for kind in ("prompt", "completion")
    }
    return {
        "seconds": {task.module: round(task.seconds, 3) for task in tasks},
        "tokens": used,
        "peakMemoryBytes": max((task.peak_memory_bytes for task in tasks), default=0),
    }
