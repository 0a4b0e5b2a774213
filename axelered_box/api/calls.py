"""One request as the routes see it, and the forms of answer they give."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import msgspec
from litestar.response.base import ASGIResponse
from litestar.types import HTTPScope, Receive

from axelered_box.api.queries import Query
from axelered_box.domain.ids import now_ms
from axelered_box.domain.runs import Run
from axelered_box.pipeline.parts import Parts
from axelered_box.storage.workspaces import ApiKey

_encode = msgspec.json.Encoder().encode


class Traffic:
    """What goes through the face now and since it started, for monitoring."""

    def __init__(self) -> None:
        self.uploads = 0
        """Requests whose files are being received."""
        self.answers: dict[int, int] = {}
        """How many requests were answered, by status."""

    def count(self, status: int) -> None:
        """Count an answered request."""
        self.answers[status] = self.answers.get(status, 0) + 1


class Call(msgspec.Struct, frozen=True):
    """A request that has passed authentication, and the parts of the box it works with."""

    parts: Parts
    traffic: Traffic
    scope: HTTPScope
    receive: Receive
    key: ApiKey | None

    def name(self, parameter: str) -> str:
        """Return a part of the address."""
        value: str = self.scope["path_params"][parameter]
        return value

    def tail(self, segment: str) -> str:
        """Return all of the address behind a segment, slashes and all."""
        path = unquote(self.scope["raw_path"].decode("latin-1"))
        return path.partition(f"/{segment}/")[2]

    def header(self, name: bytes) -> str | None:
        """Return the first header of a name in lower case, None when there is none."""
        return header(self.scope, name)

    def query(self) -> Query:
        """Return what the query of the address says."""
        return Query(self.scope["query_string"])

    def link_of(self, run: Run) -> Callable[[str], str]:
        """Return what makes the links of a run's outputs, named by key: good for PUBLIC_URL, else for this Host."""
        base_url = self.base_url
        life_s = ((run.expires_ms or now_ms()) - now_ms()) / 1000
        return lambda key: self.parts.presign(base_url, run.workspace_id, run.id, key, life_s)

    @property
    def base_url(self) -> str:
        """Return the address by which clients reach the box: PUBLIC_URL, else that of the request's Host."""
        host = self.header(b"host") or ""
        return self.parts.tools.settings.public_url or f"{self.scope['scheme']}://{host}"

    @property
    def workspace_id(self) -> str:
        """Return the workspace that the address names."""
        return self.name("workspace_id")

    @property
    def run_id(self) -> str:
        """Return the run that the address names."""
        return self.name("run_id")


def header(scope: HTTPScope, name: bytes) -> str | None:
    """Return the first header of a name in lower case, None when there is none."""
    for key, value in scope["headers"]:
        if key == name:
            return value.decode("latin-1")
    return None


def ok(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> ASGIResponse:
    """Return the envelope of a success."""
    return ASGIResponse(body=_encode({"data": data, "status": "ok"}), status_code=status, headers=headers)


def done() -> ASGIResponse:
    """Return the answer of a success that has nothing to tell."""
    return ASGIResponse(body=b'{"status":"ok"}')


def listing(items: list[Any], limit: int, cursor: str | None, total: int) -> ASGIResponse:
    """Return the envelope of a list; `cursor` is where the next page goes on, None when there is none."""
    return ok({"items": items, "limit": limit, "cursor": cursor, "total": total})
