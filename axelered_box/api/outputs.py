"""The routes of what a run has made: its outputs, results over all documents, and its pages as images."""

import re
import sqlite3
from typing import Any

from litestar.response.base import ASGIResponse

from axelered_box.api.calls import Call, listing, ok
from axelered_box.api.downloads import Download, send
from axelered_box.api.shapes import output_object
from axelered_box.domain.errors import NotFound
from axelered_box.domain.runs import TERMINAL, Output, Run
from axelered_box.storage import outputs, runs

MIN_WIDTH = 16
MAX_WIDTH = 4000
DEFAULT_WIDTH = 1200
PNG = "image/png"
_PAGE = re.compile(r"([1-9][0-9]{0,6})\.png", re.ASCII)


async def list_outputs(call: Call) -> ASGIResponse:
    """List the outputs of a run by their keys."""
    query, workspace_id, run_id = call.query(), call.workspace_id, call.run_id
    limit, after = query.limit(), query.text("cursor")

    def look(db: sqlite3.Connection) -> tuple[Run, list[Output]]:
        return runs.get(db, workspace_id, run_id), outputs.outputs(db, workspace_id, run_id)

    run, made = await call.parts.tools.database.read(look)
    rest = [output for output in made if after is None or output.key > after]
    shown = rest[:limit]
    cursor = shown[-1].key if len(rest) > limit else None
    link = call.link_of(run)
    return listing([output_object(run, output, link) for output in shown], limit, cursor, len(made))


async def download(call: Call) -> ASGIResponse:
    """Send an output."""
    workspace_id, run_id, key = call.workspace_id, call.run_id, call.tail("outputs")
    output = await call.parts.tools.database.read(lambda db: outputs.output(db, workspace_id, run_id, key))
    return await send(
        call,
        Download(object=output.object, tag=output.sha256, media_type=output.media_type, name=_name_to_save(output.key)),
    )


async def extractions(call: Call) -> ASGIResponse:
    """Show the extracted data of all documents."""
    return await _results(call, "extraction")


async def classifications(call: Call) -> ASGIResponse:
    """Show the classes of all documents."""
    return await _results(call, "classification")


async def summaries(call: Call) -> ASGIResponse:
    """Show the summaries of all documents."""
    return await _results(call, "summary")


async def page(call: Call) -> ASGIResponse:
    """Send a page of a file as an image."""
    width = call.query().whole("width", MIN_WIDTH, MAX_WIDTH, DEFAULT_WIDTH)
    file, _, last = call.tail("pages").rpartition("/")
    match = _PAGE.fullmatch(last)
    if match is None:
        raise NotFound("A page is addressed as 'pages/<file>/<number>.png', counted from 1.")
    image = await call.parts.previews.page(call.workspace_id, call.run_id, file, int(match[1]), width)
    name = f"{file.rpartition('/')[2]}-{match[1]}.png"
    return await send(
        call, Download(object=image, tag=image.partition("/")[0], media_type=PNG, name=name, disposition="inline")
    )


async def _results(call: Call, member: str) -> ASGIResponse:
    """Show one member of the outcome: bare for a run of one document, else by file name."""
    workspace_id, run_id = call.workspace_id, call.run_id
    run = await call.parts.tools.database.read(lambda db: runs.get(db, workspace_id, run_id))
    if run.state not in TERMINAL:
        raise NotFound(f"The run is {run.state}; it has no results yet. Ask again when it has ended.", runId=run_id)
    documents: list[Any] = (run.outcome or {}).get("documents", [])
    results = {document["file"]: document[member] for document in documents if member in document}
    if not results:
        raise NotFound(f"The run has no {member}: its config did not ask for one.", runId=run_id)
    return ok(next(iter(results.values())) if len(documents) == 1 else results)


def _name_to_save(key: str) -> str:
    """Return a name that tells outputs of several documents apart: ``invoice-document.md``."""
    file, _, name = key.rpartition("/")
    file = file.rpartition("/")[0].rpartition("/")[2]
    stem = file.rpartition(".")[0] or file
    return f"{stem}-{name}" if stem else name
