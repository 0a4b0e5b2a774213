"""How an error becomes an answer: one table from error to status, and the form of RFC 9457."""

import logging
from typing import Any

import msgspec
from litestar.exceptions import HTTPException
from litestar.response.base import ASGIResponse

from axelered_box.api.shapes import masked, receipt
from axelered_box.domain.errors import (
    BoxError,
    ConfigInUse,
    DiskReserveReached,
    Erased,
    Forbidden,
    IdempotencyConflict,
    InvalidRequest,
    MalformedBody,
    NotFound,
    ParsersUnavailable,
    Problem,
    QueueFull,
    RangeNotSatisfiable,
    RunEnded,
    RunNotIdle,
    Unauthorized,
    UnsupportedMediaType,
    UploadTooLarge,
)

STATUS: dict[type[BoxError], int] = {
    InvalidRequest: 422,
    MalformedBody: 400,
    Unauthorized: 401,
    Forbidden: 403,
    NotFound: 404,
    RunNotIdle: 409,
    RunEnded: 409,
    ConfigInUse: 409,
    IdempotencyConflict: 409,
    Erased: 410,
    UploadTooLarge: 413,
    UnsupportedMediaType: 415,
    RangeNotSatisfiable: 416,
    QueueFull: 429,
    DiskReserveReached: 507,
    ParsersUnavailable: 503,
}
"""The status of each error; one that is not named here has that of its base."""

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:axelered-box:problem:"
INTERNAL = "Something went wrong inside the box. The log has the cause under this request id; the operator can see it."
_ROUTING = {
    404: ("not_found", "Not found", "There is no such address. /openapi.json lists those there are."),
    405: ("method_not_allowed", "The method is not allowed", "This address does not take this method; see 'Allow'."),
}

log = logging.getLogger("axelered_box.api")


def answer(error: Exception, request_id: str) -> ASGIResponse:
    """Return the answer that tells of an error; what was not foreseen is logged and told as `internal`."""
    if isinstance(error, BoxError):
        return _of_box(error, request_id)
    if isinstance(error, HTTPException):
        return _of_litestar(error, request_id)
    log.error("request_failed", exc_info=error, extra={"fields": {"request": request_id}})
    return problem(request_id, 500, BoxError.code, BoxError.title, INTERNAL)


def status_of(error: BoxError) -> int:
    """Return the status of an error by the table, looking along its bases."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def problem(
    request_id: str,
    status: int,
    code: str,
    title: str,
    detail: Any,
    *,
    headers: dict[str, str] | None = None,
    members: dict[str, Any] | None = None,
) -> ASGIResponse:
    """Return a problem of RFC 9457, with its code and further members."""
    body = {
        "type": TYPE_PREFIX + code,
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "instance": request_id,
        **(members or {}),
    }
    return ASGIResponse(body=msgspec.json.encode(body), status_code=status, headers=headers, media_type=MEDIA_TYPE)


def _of_box(error: BoxError, request_id: str) -> ASGIResponse:
    members = dict(error.members)
    if "receipt" in members:
        members["receipt"] = receipt(members["receipt"])
    detail: Any = error.message
    if isinstance(error, InvalidRequest):
        detail = [_told(problem) for problem in error.problems]
    return problem(
        request_id,
        status_of(error),
        error.code,
        error.title,
        detail,
        headers=_headers(error),
        members={name: value for name, value in members.items() if name != "size_bytes"},
    )


def _told(wrong: Problem) -> dict[str, Any]:
    """Return a wrong member as it is told: without the secrets that the client sent with it."""
    told = {"loc": wrong.loc, "msg": wrong.msg, "type": wrong.type}
    return told if wrong.input is None else {**told, "input": masked(wrong.input)}


def _headers(error: BoxError) -> dict[str, str] | None:
    """Return the headers that belong to an error."""
    if isinstance(error, QueueFull):
        return {"retry-after": str(error.retry_after_s)}
    if isinstance(error, Unauthorized):
        return {"www-authenticate": 'Bearer realm="axelered-box"'}
    if isinstance(error, RangeNotSatisfiable):
        return {"content-range": f"bytes */{error.members['size_bytes']}"}
    return None


def _of_litestar(error: HTTPException, request_id: str) -> ASGIResponse:
    """Return the answer for what Litestar refuses by itself, which is routing for the most part."""
    code, title, detail = _ROUTING.get(
        error.status_code, ("bad_request", "The request cannot be read", "The request is not well-formed HTTP.")
    )
    return problem(request_id, error.status_code, code, title, detail, headers=dict(error.headers or {}))
