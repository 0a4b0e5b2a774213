"""The page on which people try the API: Swagger UI from files that lie beside the box, so that it works offline."""

from pathlib import Path

from litestar.response.base import ASGIResponse

from axelered_box import assets
from axelered_box.api.calls import Call
from axelered_box.domain.errors import NotFound

FOLDER = "docs"
KINDS = {".js": "text/javascript", ".css": "text/css", ".png": "image/png", ".svg": "image/svg+xml"}
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Swagger UI draws with style attributes; scripts come from files only."""
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Axelered Box: API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"><p>This page shows the API's description, <a href="/openapi.json">openapi.json</a>.</p></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/init.js"></script>
</body>
</html>
"""


async def page(call: Call) -> ASGIResponse:
    """Show the page."""
    return ASGIResponse(body=PAGE, media_type="text/html", headers={"content-security-policy": CSP})


async def file(call: Call) -> ASGIResponse:
    """Send a file of the page."""
    name = call.name("name")
    found = await call.parts.tools.objects.run(lambda: _read(name))
    if found is None:
        raise NotFound("The page has no such file.")
    headers = {"content-type": f"{KINDS[Path(name).suffix]}; charset=utf-8", "cache-control": "max-age=3600"}
    return ASGIResponse(body=found, headers=headers)


def _read(name: str) -> bytes | None:
    """Return the bytes of a file of the page, None when it has no such file."""
    folder = assets.static()
    if folder is None or Path(name).suffix not in KINDS:
        return None
    files = {path.name: path for path in (folder / FOLDER).glob("*") if path.is_file()}
    return files[name].read_bytes() if name in files else None
