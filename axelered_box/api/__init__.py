"""The REST face: runs, their outputs, workspaces and what the box says of itself, over HTTP."""

from typing import Any

from litestar import Litestar, Request, Response
from litestar.config.cors import CORSConfig
from litestar.types import ASGIApp

from axelered_box.api import errors, openapi
from axelered_box.api.calls import Traffic
from axelered_box.api.front import Front
from axelered_box.api.route import bound
from axelered_box.api.table import ROUTES
from axelered_box.pipeline.parts import Parts
from axelered_box.settings import Settings

EXPOSED = [
    "X-Request-Id",
    "Location",
    "Retry-After",
    "Preference-Applied",
    "Idempotent-Replayed",
    "ETag",
    "Content-Range",
]
"""Headers of answers that pages of allowed origins may read."""


def create_app(parts: Parts) -> ASGIApp:
    """Return the face of a box: Litestar, and before it what every request passes."""
    traffic = Traffic()
    routes = [*ROUTES, openapi.route(ROUTES)]
    app = Litestar(
        [bound(route, parts, traffic) for route in routes],
        exception_handlers={Exception: _answer},
        openapi_config=None,
        logging_config=None,
        request_max_body_size=None,
        cors_config=_cors(parts.tools.settings),
    )
    return Front(app, parts.tools.settings, traffic)


def _answer(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """Return the answer to an error in the form that Litestar wants here."""
    told = errors.answer(error, request.scope["state"]["request_id"])
    headers = {name: value for name, value in told.headers.items() if name != "content-type"}
    return Response(told.body, status_code=told.status_code, headers=headers, media_type=errors.MEDIA_TYPE)


def _cors(settings: Settings) -> CORSConfig | None:
    """Return which other origins may call, None for none."""
    origins = [origin.strip() for origin in settings.cors_origins.split(",") if origin.strip()]
    if not origins:
        return None
    return CORSConfig(allow_origins=origins, allow_headers=["*"], expose_headers=EXPOSED, allow_credentials=False)
