"""All routes of the REST face, in the order in which the description shows them."""

from typing import Any

from axelered_box.api import corrections, events, examples, manual, outputs, runs, system, workspaces
from axelered_box.api.auth import Access
from axelered_box.api.route import Parameter, Route

_W = "/v1/w/{workspace_id}"
_RUNS = f"{_W}/process"
_RUN = f"{_RUNS}/{{run_id}}"
_TEXT: dict[str, Any] = {"type": "string"}

WAIT = Parameter(
    name="wait",
    help="Seconds to wait for the end of the run.",
    schema={"type": "number", "minimum": 0, "maximum": 60, "default": 0},
)
PREFER = Parameter(
    name="Prefer", help="`wait=N` or `respond-async`, where the query has no `wait`.", schema=_TEXT, place="header"
)
STAGED = Parameter(
    name="staged", help="Make an idle run that takes more files until it is submitted.", schema={"type": "boolean"}
)
_KEY_SCHEMA = {"type": "string", "minLength": 1, "maxLength": 255}
KEY = Parameter(name="idempotency_key", help="Makes the request safe to repeat.", schema=_KEY_SCHEMA)
KEY_HEADER = Parameter(name="Idempotency-Key", help="The same, as a header.", schema=_KEY_SCHEMA, place="header")
_LIMITS = {"type": "integer", "minimum": 1, "maximum": 100, "default": 50}
LIMIT = Parameter(name="limit", help="Most items of the page.", schema=_LIMITS)
CURSOR = Parameter(name="cursor", help="`cursor` of the page before.", schema=_TEXT)
STATUS = Parameter(
    name="status",
    help="Only runs in these states.",
    schema={"type": "array", "items": {"type": "string", "enum": list(runs.STATES)}},
)
SEARCH = Parameter(name="q", help="Only runs with this in a file's name or in the metadata.", schema=_TEXT)
_TIME = {"type": "string", "format": "date-time"}
AFTER = Parameter(name="created_after", help="Only runs made after this.", schema=_TIME)
BEFORE = Parameter(name="created_before", help="Only runs made before this.", schema=_TIME)
WIDTH = Parameter(
    name="width",
    help="Width of the image in pixels.",
    schema={
        "type": "integer",
        "minimum": outputs.MIN_WIDTH,
        "maximum": outputs.MAX_WIDTH,
        "default": outputs.DEFAULT_WIDTH,
    },
)
LAST_EVENT = Parameter(name="Last-Event-ID", help="The last event that was seen.", schema=_TEXT, place="header")
RANGE = Parameter(name="Range", help="Bytes of the file, such as `bytes=0-999`.", schema=_TEXT, place="header")

_FILES = {"type": "array", "items": {"type": "string", "format": "binary"}}
_FORM: dict[str, Any] = {
    "multipart/form-data": {
        "schema": {"type": "object", "properties": {"files": _FILES, "config": _TEXT}},
        "example": {"files": ["invoice.pdf"], "config": '{"parserConfig": {"languages": ["eng"]}}'},
    },
    "application/json": {
        "schema": {"type": "object", "properties": {"config": {"type": "object"}}},
        "example": {"config": {"metadata": {"order": 12}}},
    },
}
_MORE_FILES: dict[str, Any] = {
    "multipart/form-data": {
        "schema": {"type": "object", "properties": {"files": _FILES}, "required": ["files"]},
        "example": {"files": ["page-2.png"]},
    }
}


def _json(example: dict[str, Any], required: list[str]) -> dict[str, Any]:
    """Return the content of a JSON body."""
    schema = {"type": "object", "properties": dict.fromkeys(example, _TEXT), "required": required}
    return {"application/json": {"schema": schema, "example": example}}


ROUTES: tuple[Route, ...] = (
    Route(
        method="POST",
        path=_RUNS,
        handle=runs.create,
        summary="Create a run",
        parameters=(WAIT, STAGED, KEY, KEY_HEADER, PREFER),
        body=_FORM,
        answers={200: examples.RUN, 202: examples.WAITING_RUN},
        errors=(400, 409, 410, 413, 415, 422, 429, 507),
    ),
    Route(
        method="GET",
        path=_RUNS,
        handle=runs.list_runs,
        summary="List runs, newest first",
        parameters=(LIMIT, CURSOR, STATUS, SEARCH, AFTER, BEFORE),
        answers={200: examples.page_of(examples.RUN)},
        errors=(422,),
    ),
    Route(
        method="GET",
        path=_RUN,
        handle=runs.get,
        summary="Show a run, or wait for its end",
        parameters=(WAIT, PREFER),
        answers={200: examples.RUN},
        errors=(410, 422),
    ),
    Route(
        method="DELETE",
        path=_RUN,
        handle=runs.delete,
        summary="Erase a run now",
        answers={200: examples.RECEIPT},
        errors=(410,),
    ),
    Route(
        method="POST",
        path=f"{_RUN}/files",
        handle=runs.add_files,
        summary="Add files to an idle run",
        body=_MORE_FILES,
        answers={200: examples.WAITING_RUN},
        errors=(400, 409, 410, 413, 415, 422, 507),
    ),
    Route(
        method="POST",
        path=f"{_RUN}/submit",
        handle=runs.submit,
        summary="Queue an idle run",
        parameters=(WAIT, PREFER),
        answers={200: examples.RUN, 202: examples.WAITING_RUN},
        errors=(410, 422, 429),
    ),
    Route(
        method="POST",
        path=f"{_RUN}/cancel",
        handle=runs.cancel,
        summary="Stop a run",
        answers={200: examples.RUN},
        errors=(409, 410),
    ),
    Route(
        method="GET",
        path=f"{_RUN}/corrections",
        handle=corrections.show,
        summary="Show the corrections of extracted fields",
        answers={200: examples.CORRECTIONS},
        errors=(410,),
    ),
    Route(
        method="PUT",
        path=f"{_RUN}/corrections",
        handle=corrections.replace,
        summary="Replace the corrections of extracted fields",
        body={"application/json": {"schema": {"type": "array"}, "example": examples.CORRECTIONS}},
        answers={200: examples.CORRECTIONS},
        errors=(400, 410, 413, 415, 422),
    ),
    Route(
        method="POST",
        path=f"{_RUN}/retry",
        handle=runs.retry,
        summary="Make a new run of the same files and config",
        parameters=(WAIT, PREFER),
        answers={200: examples.RUN, 202: examples.WAITING_RUN},
        errors=(410, 422, 429),
    ),
    Route(
        method="GET",
        path=f"{_RUN}/events",
        handle=events.stream,
        summary="Follow a run as Server-Sent Events",
        parameters=(LAST_EVENT,),
        answers={200: ("text/event-stream", examples.EVENTS)},
        errors=(410,),
    ),
    Route(
        method="GET",
        path=f"{_RUN}/extractions",
        handle=outputs.extractions,
        summary="Show what was extracted",
        answers={200: {"status": "completed", "data": {"invoiceNumber": "NW-20417"}, "fields": []}},
        errors=(410,),
    ),
    Route(
        method="GET",
        path=f"{_RUN}/classifications",
        handle=outputs.classifications,
        summary="Show the classes",
        answers={200: {"status": "completed", "data": {"kind": "invoice"}, "scores": {}, "evidence": []}},
        errors=(410,),
    ),
    Route(
        method="GET",
        path=f"{_RUN}/summaries",
        handle=outputs.summaries,
        summary="Show the summaries",
        answers={200: {"status": "completed", "summary": "An invoice.", "keyPoints": [], "citations": []}},
        errors=(410,),
    ),
    Route(
        method="GET",
        path=f"{_RUN}/outputs",
        handle=outputs.list_outputs,
        summary="List the outputs of a run",
        parameters=(LIMIT, CURSOR),
        answers={200: examples.page_of(examples.OUTPUT)},
        errors=(410, 422),
    ),
    Route(
        method="GET",
        path=f"{_RUN}/outputs/{{key}}",
        handle=outputs.download,
        summary="Download an output",
        tail="outputs",
        parameters=(RANGE,),
        answers={200: ("text/markdown", "# Invoice NW-20417\n"), 206: ("text/markdown", "# Inv")},
        errors=(410, 416),
    ),
    Route(
        method="GET",
        path=f"{_RUN}/pages/{{file}}/{{page}}.png",
        handle=outputs.page,
        summary="Show a page as an image",
        tail="pages",
        parameters=(WIDTH,),
        answers={200: ("image/png", None)},
        errors=(410, 422),
    ),
    Route(
        method="GET",
        path="/v1/w",
        handle=workspaces.list_all,
        summary="List workspaces",
        access=Access.KEY,
        parameters=(LIMIT, CURSOR),
        answers={200: examples.page_of(examples.WORKSPACE)},
        errors=(422,),
    ),
    Route(
        method="POST",
        path="/v1/w",
        handle=workspaces.create,
        summary="Make a workspace",
        access=Access.SERVER,
        body=_json({"name": "invoices"}, ["name"]),
        answers={201: examples.WORKSPACE},
        errors=(400, 403, 415, 422),
    ),
    Route(
        method="GET",
        path=_W,
        handle=workspaces.get,
        summary="Show a workspace",
        answers={200: examples.WORKSPACE},
    ),
    Route(
        method="PATCH",
        path=_W,
        handle=workspaces.rename,
        summary="Rename a workspace",
        body=_json({"name": "invoices"}, ["name"]),
        answers={200: examples.WORKSPACE},
        errors=(400, 415, 422),
    ),
    Route(
        method="DELETE",
        path=_W,
        handle=workspaces.delete,
        summary="Delete a workspace so that it can be brought back",
        access=Access.SERVER,
        answers={200: None},
        errors=(403,),
    ),
    Route(
        method="PUT",
        path=f"{_W}/undelete",
        handle=workspaces.undelete,
        summary="Bring a deleted workspace back",
        access=Access.SERVER,
        answers={200: examples.WORKSPACE},
        errors=(403,),
    ),
    Route(
        method="GET",
        path=f"{_W}/keys",
        handle=workspaces.list_keys,
        summary="List API keys",
        parameters=(LIMIT, CURSOR),
        answers={200: examples.page_of(examples.KEY)},
        errors=(422,),
    ),
    Route(
        method="POST",
        path=f"{_W}/keys",
        handle=workspaces.create_key,
        summary="Make an API key; its secret is shown once",
        body=_json({"name": "ci", "expires_in": "90d"}, []),
        answers={201: examples.NEW_KEY},
        errors=(400, 415, 422),
    ),
    Route(
        method="DELETE",
        path=f"{_W}/keys/{{key_id}}",
        handle=workspaces.delete_key,
        summary="Delete an API key, dead at once",
        answers={200: None},
    ),
    Route(
        method="GET",
        path="/v1/modules",
        handle=system.list_modules,
        summary="List the modules with their options",
        access=Access.KEY,
        answers={200: examples.page_of({"name": "parse", "available": True, "whyUnavailable": None, "schema": {}})},
    ),
    Route(
        method="GET",
        path="/v1/system",
        handle=system.show_system,
        summary="Tell what the box is made of and how it stands",
        access=Access.KEY,
        answers={200: {"version": "1.0.0", "models": [], "ocrLanguages": ["deu", "eng"], "egressLog": []}},
    ),
    Route(
        method="GET",
        path="/healthz",
        handle=system.healthz,
        summary="Tell that the process answers",
        access=Access.OPEN,
        answers={200: {"alive": True}},
    ),
    Route(
        method="GET",
        path="/readyz",
        handle=system.readyz,
        summary="Tell whether the box can work (503 when not)",
        access=Access.OPEN,
        answers={200: {"ready": True, "checks": {"database": True, "worker": True, "disk": True}, "reasons": []}},
    ),
    Route(
        method="GET",
        path="/metrics",
        handle=system.show_metrics,
        summary="Show the figures of monitoring (Prometheus)",
        access=Access.OPEN,
        answers={200: ("text/plain", 'axelered_box_runs{state="pending"} 0\n')},
    ),
    Route(
        method="GET",
        path="/docs",
        handle=manual.page,
        summary="Show this description as a page",
        access=Access.OPEN,
        answers={200: ("text/html", "<!doctype html>")},
    ),
    Route(
        method="GET",
        path="/docs/{name}",
        handle=manual.file,
        summary="Send a file of that page",
        access=Access.OPEN,
        answers={200: ("text/javascript", "window.addEventListener(...)")},
        errors=(404,),
    ),
)
