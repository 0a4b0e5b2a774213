"""The routes by which the box tells of itself."""

from axelered_box.api import examples, manual, system
from axelered_box.api.auth import Access
from axelered_box.api.route import Route

ROUTES: tuple[Route, ...] = (
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
