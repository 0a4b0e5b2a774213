"""The description of the API in OpenAPI 3.1, made from the routes themselves."""

import re
from collections.abc import Iterable
from typing import Any

import msgspec
from litestar.response.base import ASGIResponse

from axelered_box import __version__
from axelered_box.api import examples
from axelered_box.api.auth import Access
from axelered_box.api.calls import Call
from axelered_box.api.errors import MEDIA_TYPE
from axelered_box.api.route import Parameter, Route
from axelered_box.domain.modules import Json

PATH = "/openapi.json"
ABOUT = (
    "Turns documents into Markdown, HTML, JSON, values, classes, summaries and edited files, on this machine. "
    "Send the key as a bearer token. The routes below /v1 answer without that prefix too."
)
_PROBLEM: Json = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"description": "A sentence; for 422 the list of wrong members.", "type": ["string", "array"]},
        "code": {"type": "string"},
        "instance": {"type": "string", "description": "The request id."},
    },
}
_ALWAYS = {
    Access.OPEN: (),
    Access.KEY: (401,),
    Access.WORKSPACE: (401, 404),
    Access.SERVER: (401, 403),
}
_NAME = re.compile(r"\{(\w+)\}")

RESULTS = frozenset({"outputs", "pages", "extractions", "classifications", "summaries", "corrections"})
"""Segments of the routes that show what a run has made."""


def route(others: Iterable[Route]) -> Route:
    """Return the route that shows the description of the others and of itself."""
    body = b""

    async def show(call: Call) -> ASGIResponse:
        return ASGIResponse(body=body)

    own = Route(
        method="GET",
        path=PATH,
        handle=show,
        summary="Show this description",
        access=Access.OPEN,
        answers={200: ("application/json", {"openapi": "3.1.0"})},
    )
    body = msgspec.json.encode(describe([*others, own]))
    return own


def describe(routes: Iterable[Route]) -> Json:
    """Return the description of routes."""
    paths: dict[str, Json] = {}
    for entry in routes:
        paths.setdefault(entry.path, {})[entry.method.lower()] = _operation(entry)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Axelered Box", "version": __version__, "description": ABOUT},
        "paths": paths,
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "bearerFormat": "ax_..."}},
            "schemas": {"Problem": _PROBLEM},
        },
    }


def _operation(entry: Route) -> Json:
    text = {"type": "string"}
    names = [Parameter(name=name, help="", schema=text, place="path") for name in _NAME.findall(entry.path)]
    operation: Json = {
        "summary": entry.summary,
        "tags": [_tag(entry.path)],
        "operationId": _operation_id(entry),
        "parameters": [_parameter(parameter) for parameter in (*names, *entry.parameters)],
        "responses": _responses(entry),
        "security": [] if entry.access is Access.OPEN else [{"key": []}],
    }
    if entry.body is not None:
        operation["requestBody"] = {"required": True, "content": entry.body}
    return operation


def _operation_id(entry: Route) -> str:
    """Return a name for client generators, such as ``post_w_process``."""
    words = re.sub(r"\{\w+\}", "one", entry.path.removeprefix("/v1")).replace("/", "_").replace(".", "_")
    return f"{entry.method.lower()}{words}"


def _parameter(parameter: Parameter) -> Json:
    required = parameter.place == "path"
    told = {"description": parameter.help} if parameter.help else {}
    return {"name": parameter.name, "in": parameter.place, "required": required, "schema": parameter.schema, **told}


def _responses(entry: Route) -> Json:
    responses: Json = {str(status): _success(example) for status, example in entry.answers.items()}
    for status in sorted({*_ALWAYS[entry.access], *entry.errors}):
        example = {**examples.PROBLEM, "status": status} if status != 404 else examples.PROBLEM
        content = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
        responses[str(status)] = {"description": "A problem (RFC 9457).", "content": {MEDIA_TYPE: content}}
    return responses


def _success(example: Any) -> Json:
    """Return a successful answer by its example: of ``data``, or of another media type."""
    if isinstance(example, tuple):
        media_type, shown = example
        content: Json = {"schema": {"type": "string"}} if isinstance(shown, str) else {}
        return {"description": "Done.", "content": {media_type: {**content, "example": shown} if shown else content}}
    envelope = {"status": "ok"} if example is None else {"data": example, "status": "ok"}
    schema = {"type": "object", "required": list(envelope), "properties": {name: {} for name in envelope}}
    return {"description": "Done.", "content": {"application/json": {"schema": schema, "example": envelope}}}


def _tag(path: str) -> str:
    """Return the heading under which the description shows a route."""
    segments = path.split("/")
    if "process" not in segments:
        return "Workspaces and keys" if "w" in segments else "The box"
    return "Results" if RESULTS.intersection(segments) else "Runs"
