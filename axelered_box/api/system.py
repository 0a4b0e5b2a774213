"""The routes by which the box tells of itself: whether it lives, whether it is ready, what it can do, its figures."""

import asyncio
from importlib import metadata
from typing import Any

import msgspec
from litestar.response.base import ASGIResponse

from axelered_box import __version__, assets
from axelered_box.api import metrics
from axelered_box.api.calls import Call, ok
from axelered_box.domain.ids import now_ms
from axelered_box.domain.modules import Json, Module
from axelered_box.modules import TABLE
from axelered_box.storage.database import Database
from axelered_box.storage.stats import Stats, answers, stats

READY_WITHIN_S = 2.0
LEAST_FREE_BYTES = 64 << 20
"""Below this the database cannot be trusted to write any more."""
PACKAGES = ("litestar", "uvicorn", "msgspec", "aiosqlite", "huey", "multipart")
"""Packages of the server whose versions are told, besides those that read documents."""


async def healthz(call: Call) -> ASGIResponse:
    """Tell that the process answers."""
    return ok({"alive": True})


async def readyz(call: Call) -> ASGIResponse:
    """Tell whether the box can work, and what keeps it from that."""
    tools = call.parts.tools
    checks = {
        "database": await _answers(tools.database),
        "worker": tools.server.alive,
        "disk": tools.objects.free_bytes() >= LEAST_FREE_BYTES,
        "model": await tools.objects.run(lambda: tools.models.default) is not None,
    }
    takes_uploads = tools.objects.free_bytes() >= call.parts.intake.reserve_bytes
    ready = all(checks.values())
    reasons = [_REASONS[name] for name, good in checks.items() if not good]
    body = {"ready": ready, "checks": checks, "takesUploads": takes_uploads, "reasons": reasons}
    return (
        ok(body)
        if ready
        else ASGIResponse(
            body=msgspec.json.encode({"data": body, "status": "unavailable"}),
            status_code=503,
            headers={"retry-after": "2"},
        )
    )


async def show_metrics(call: Call) -> ASGIResponse:
    """Show the figures of monitoring."""
    figures = await call.parts.tools.database.read(stats)
    return ASGIResponse(body=metrics.text(call, figures), headers={"content-type": metrics.MEDIA_TYPE})


async def list_modules(call: Call) -> ASGIResponse:
    """List the modules with the JSON Schema of their options."""
    items = [_module(module) for module in TABLE.values()]
    return ok({"items": items, "limit": len(items), "cursor": None, "total": len(items)})


async def show_system(call: Call) -> ASGIResponse:
    """Tell what the box is made of and how it stands."""
    tools = call.parts.tools
    figures = await tools.database.read(stats)
    languages = await tools.objects.run(assets.ocr_languages)
    return ok(
        {
            "version": __version__,
            "engine": tools.engine,
            "packages": {**_versions(), **tools.server.versions},
            "models": await tools.objects.run(tools.models.shown),
            "ocrLanguages": languages,
            "workers": tools.settings.workers,
            "queue": _queue(figures, tools.settings.queue_limit),
            "disk": {
                "freeBytes": tools.objects.free_bytes(),
                "totalBytes": tools.objects.total_bytes(),
                "reserveBytes": call.parts.intake.reserve_bytes,
            },
            "ttlSeconds": tools.settings.ttl_seconds,
            "egressLog": list(tools.egress.lines),
        }
    )


_REASONS = {
    "database": "The database does not answer; see the log.",
    "worker": "The fork server that starts the child processes is not running; it is started again by itself.",
    "model": "There is no language model. Run the set-up again, or add one with 'models add FILE.gguf'.",
    "disk": "The disk of the data folder is full; make space.",
}


async def _answers(database: Database) -> bool:
    """Tell whether the database answers within its time."""
    try:
        async with asyncio.timeout(READY_WITHIN_S):
            return await database.read(answers)
    except TimeoutError:
        return False


def _module(module: Module) -> Json:
    """Return a module as clients see it."""
    return {
        "name": module.name,
        "summary": module.summary,
        "configMember": module.config_member,
        "outcomeMember": module.outcome_member,
        "available": module.why_unavailable is None,
        "whyUnavailable": module.why_unavailable,
        "schema": _schema(module.options),
    }


def _schema(options: type[msgspec.Struct]) -> Json:
    """Return the JSON Schema of options."""
    schema: dict[str, Any] = msgspec.json.schema(options)
    return schema


def _queue(figures: Stats, limit: int) -> Json:
    """Return how the queue stands."""
    oldest = figures.oldest_pending_ms
    return {
        "pending": figures.runs.get("pending", 0),
        "processing": figures.runs.get("processing", 0),
        "limit": limit,
        "oldestPendingSeconds": None if oldest is None else max(0, (now_ms() - oldest) // 1000),
    }


def _versions() -> dict[str, str]:
    """Return the versions of the server's packages; one that has no record in this build is left out."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
