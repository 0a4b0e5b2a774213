"""What a route is: one line that routing, authentication and the description of the API are all made from."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from litestar import Request
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse
from litestar.types import ASGIApp, Method

from axelered_box.api.auth import Access, authenticate
from axelered_box.api.calls import Call, Traffic, header
from axelered_box.pipeline.parts import Parts

Handle = Callable[[Call], Awaitable[ASGIResponse]]


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter of a query or a header, for the description."""

    name: str
    help: str
    schema: dict[str, Any]
    place: str = "query"


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One method of one address."""

    method: Method
    path: str
    handle: Handle
    summary: str
    access: Access = Access.WORKSPACE
    tail: str | None = None
    """The segment behind which all of the address is one name, which may hold slashes."""
    parameters: tuple[Parameter, ...] = ()
    body: dict[str, Any] | None = None
    """The content of the request body by media type, as OpenAPI has it."""
    answers: dict[int, Any]
    """An example of ``data`` for each success; None for an answer without it; a text is another media type."""
    errors: tuple[int, ...] = ()


def bound(route: Route, parts: Parts, traffic: Traffic) -> HTTPRouteHandler:
    """Return the handler that serves a route."""
    database, access, handle = parts.tools.database, route.access, route.handle
    methods: list[Method] = ["GET", "HEAD"] if route.method == "GET" else [route.method]

    async def serve(request: Request[Any, Any, Any]) -> ASGIApp:
        scope = request.scope
        key = None
        if access is not Access.OPEN:
            workspace_id = scope["path_params"].get("workspace_id")
            key = await authenticate(database, header(scope, b"authorization"), access, workspace_id)
        return await handle(Call(parts, traffic, scope, request.receive, key))

    name = f"{route.method} {route.path}"
    return HTTPRouteHandler(_litestar_path(route), http_method=methods, name=name, status_code=200)(serve)


def _litestar_path(route: Route) -> str:
    """Return the path of a route in Litestar's notation."""
    if route.tail is not None:
        start = route.path.partition(f"/{route.tail}/")[0]
        return f"{start}/{route.tail}/{{tail:path}}".replace("_id}", "_id:str}")
    return route.path.replace("}", ":str}")
