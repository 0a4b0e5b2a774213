"""The routes of runs: create, find, add files, submit, cancel, retry and delete."""

import sqlite3
from typing import Any

from litestar.response.base import ASGIResponse

from axelered_box.api import multipart, waiting
from axelered_box.api.bodies import JSON, content_length, json_body, pieces
from axelered_box.api.calls import Call, listing, ok
from axelered_box.api.multipart import Form, boundary_of, receive_form
from axelered_box.api.queries import Query, refuse
from axelered_box.api.shapes import receipt, run_object
from axelered_box.api.waiting import Wait, view_after
from axelered_box.domain.errors import InvalidRequest, RunNotIdle, UnsupportedMediaType, UploadTooLarge
from axelered_box.domain.runs import TERMINAL, NewFile, State
from axelered_box.pipeline import expiry, sources
from axelered_box.pipeline.config import Checked
from axelered_box.pipeline.finishing import to_its_end
from axelered_box.pipeline.intake import Request
from axelered_box.storage import run_list, runs
from axelered_box.storage.runs import Accepted, RunView

SMALL_BYTES = 1 << 20
"""A body up to this length is received before the queue is looked at, which recording the run does anyway."""
KEY_LENGTH = 255
STATES = tuple(state.value for state in State if state is not State.SKIPPED)


async def create(call: Call) -> ASGIResponse:
    """Take a run in: 200 when it has ended within the wait, else 202."""
    query = call.query()
    wait, staged, key = waiting.wanted(call, query), query.flag("staged"), _idempotency_key(call, query)
    await _check_room(call)
    form = await _received(call)
    checked = form.config or call.parts.intake.check({})
    named = await _named_files(call, checked, form.files)
    accepted = await call.parts.intake.create(
        Request(
            workspace_id=call.workspace_id,
            checked=checked,
            files=[*form.files, *named],
            staged=staged,
            idempotency_key=key,
        )
    )
    return await _accepted(call, accepted, Wait(0, wait.applied) if staged else wait)


async def _named_files(call: Call, checked: Checked, received: list[NewFile]) -> list[NewFile]:
    """Store the files that the config names; when one cannot be had, erase those that were received."""
    tools = call.parts.tools
    try:
        return await sources.fetch(tools, call.parts.intake, call.workspace_id, checked, len(received))
    except BaseException:
        await to_its_end(tools.objects.erase([file.object for file in received]))
        raise


async def list_runs(call: Call) -> ASGIResponse:
    """List the runs of a workspace, newest first."""
    query, workspace_id = call.query(), call.workspace_id
    page = run_list.Page(
        states=_states(query),
        query=query.text("q"),
        after_ms=query.instant("created_after"),
        before_ms=query.instant("created_before"),
        cursor=query.cursor(),
        limit=query.limit() + 1,
    )
    found, total = await call.parts.tools.database.read(lambda db: run_list.list_runs(db, workspace_id, page))
    shown = found[: page.limit - 1]
    cursor = shown[-1].run.id if len(found) > len(shown) else None
    return listing([run_object(view, call.link_of(view.run)) for view in shown], page.limit - 1, cursor, total)


async def get(call: Call) -> ASGIResponse:
    """Show a run; with a wait, once it has ended or the time is up."""
    wait = waiting.wanted(call, call.query())
    view = await view_after(call, call.run_id, wait.seconds)
    return ok(run_object(view, call.link_of(view.run)), headers=wait.headers)


async def add_files(call: Call) -> ASGIResponse:
    """Add files to an idle run."""
    await call.parts.tools.database.read(lambda db: _check_idle(db, call.workspace_id, call.run_id))
    call.parts.intake.check_disk(0)
    form = await _received_form(call, _content_type(call), takes_config=False)
    if not form.files:
        raise InvalidRequest.of(["body", "files"], "Send at least one file, as a part named 'files'.", None, "missing")
    await call.parts.intake.add_files(call.workspace_id, call.run_id, form.files)
    return _shown(call, await view_after(call, call.run_id, 0))


async def submit(call: Call) -> ASGIResponse:
    """Queue an idle run: 200 when it has ended within the wait, else 202."""
    wait = waiting.wanted(call, call.query())
    await call.parts.intake.submit(call.workspace_id, call.run_id)
    return _told(call, await view_after(call, call.run_id, wait.seconds), wait.headers)


async def cancel(call: Call) -> ASGIResponse:
    """Stop a run; its child processes are gone when this answers."""
    await call.parts.intake.cancel(call.workspace_id, call.run_id)
    return _shown(call, await view_after(call, call.run_id, 0))


async def retry(call: Call) -> ASGIResponse:
    """Make a new run of the same files and config."""
    wait = waiting.wanted(call, call.query())
    accepted = await call.parts.intake.retry(call.workspace_id, call.run_id)
    return await _accepted(call, accepted, wait)


async def delete(call: Call) -> ASGIResponse:
    """Erase a run now; answer the receipt."""
    parts = call.parts
    erased = await expiry.delete(parts.tools, parts.executor, call.workspace_id, call.run_id)
    return ok({"receipt": receipt(erased)})


def _shown(call: Call, view: RunView) -> ASGIResponse:
    """Answer with a run as it is."""
    return ok(run_object(view, call.link_of(view.run)))


async def _accepted(call: Call, accepted: Accepted, wait: Wait) -> ASGIResponse:
    """Answer with the run that a request made, or made before, after the wait."""
    view = accepted.view
    if view is None or wait.seconds:
        view = await view_after(call, accepted.run_id, wait.seconds)
    headers = {**wait.headers, **({"idempotent-replayed": "true"} if accepted.replayed else {})}
    return _told(call, view, headers)


def _told(call: Call, view: RunView, headers: dict[str, str]) -> ASGIResponse:
    """Return a run as 200 when it has ended, else as 202 with where and when to look again."""
    run = view.run
    if run.state in TERMINAL:
        return ok(run_object(view, call.link_of(view.run)), headers=headers)
    headers["location"] = f"/v1/w/{run.workspace_id}/process/{run.id}"
    headers["retry-after"] = str(waiting.RETRY_AFTER_S)
    return ok(run_object(view, call.link_of(view.run)), 202, headers)


async def _check_room(call: Call) -> None:
    """Refuse before the body is received what would be refused after it."""
    intake, settings = call.parts.intake, call.parts.tools.settings
    length = content_length(call.scope)
    if length is not None and length <= SMALL_BYTES:
        intake.check_disk(0)
        return
    most = settings.max_upload_bytes * settings.max_files
    if length is not None and length > most + SMALL_BYTES:
        raise UploadTooLarge(f"A request may have {most} bytes (MAX_UPLOAD_BYTES for each of MAX_FILES).")
    await intake.check_room()


async def _received(call: Call) -> Form:
    """Return the config and the files of a body in one of its two forms."""
    content_type = _content_type(call)
    if _kind(content_type) == JSON:
        return Form(_config_of(call, await json_body(call)), [])
    return await _received_form(call, content_type, takes_config=True)


async def _received_form(call: Call, content_type: str, *, takes_config: bool) -> Form:
    if _kind(content_type) != multipart.MEDIA_TYPE:
        raise UnsupportedMediaType(
            f"The body must be {multipart.MEDIA_TYPE} with the files as parts named 'files'; see Content-Type."
        )
    boundary, max_files = boundary_of(content_type), call.parts.tools.settings.max_files
    call.traffic.uploads += 1
    try:
        return await receive_form(
            pieces(call.receive), boundary, call.parts.intake, max_files, takes_config=takes_config
        )
    finally:
        call.traffic.uploads -= 1


def _config_of(call: Call, body: Any) -> Any:
    """Return the config of a JSON body, checked."""
    if not isinstance(body, dict):
        raise InvalidRequest.of(["body"], 'The body must be a JSON object such as {"config": {}}.', body, "object_type")
    unknown = sorted(body.keys() - {"config"})
    if unknown:
        raise InvalidRequest.of(["body", unknown[0]], "Unknown member; allowed is config.", None, "extra_forbidden")
    return call.parts.intake.check(body.get("config", {}))


def _content_type(call: Call) -> str:
    return call.header(b"content-type") or ""


def _kind(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _idempotency_key(call: Call, query: Query) -> str | None:
    """Return the key of a request, of the query or the header, which must agree."""
    asked, sent = query.text("idempotency_key", KEY_LENGTH), call.header(b"idempotency-key")
    if sent is not None and not 1 <= len(sent) <= KEY_LENGTH:
        raise InvalidRequest.of(
            ["header", "Idempotency-Key"], f"It must have 1 to {KEY_LENGTH} characters.", None, "string_length"
        )
    if asked is not None and sent is not None and asked != sent:
        refuse("idempotency_key", "It differs from the header Idempotency-Key. Send one of them.", asked, "conflict")
    return asked if asked is not None else sent


def _states(query: Query) -> list[str]:
    states = query.texts("status")
    for state in states:
        if state not in STATES:
            refuse("status", f"status must be one of {', '.join(STATES)}.", state, "enum")
    return states


def _check_idle(db: sqlite3.Connection, workspace_id: str, run_id: str) -> None:
    """Refuse files for a run that takes none, before they are received."""
    run = runs.get(db, workspace_id, run_id)
    if run.state is not State.IDLE:
        raise RunNotIdle(f"The run is {run.state}; files can be added while it is idle. Make a new run.", runId=run_id)
