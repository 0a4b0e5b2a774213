"""The description of the API says what there is, with examples, and its page works offline."""

import asyncio
import re
from pathlib import Path
from typing import Any

from axelered_box.api.openapi import describe, route
from axelered_box.api.table import ROUTES
from tests.faces.face import open_face


def test_every_route_is_described(tmp_path: Path) -> None:
    """The paths and methods of the description are those that Litestar serves, and no others."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            told = (await face.client(None).get("/openapi.json")).json()
            described = {(_bare(path), method) for path, entry in told["paths"].items() for method in entry}
            served = {
                (_bare(entry.path_format), method.lower())
                for entry in face.app._app.routes
                for method in entry.methods
                if method not in ("HEAD", "OPTIONS")
            }

            assert told["openapi"].startswith("3.1")
            assert described == served

    asyncio.run(body())


def test_every_operation_is_complete() -> None:
    """Each operation has a name of its own, an example for each answer, and each name of its path."""
    told = describe([*ROUTES, route(ROUTES)])
    operations = [(path, entry) for path, methods in told["paths"].items() for entry in methods.values()]

    assert len({entry["operationId"] for _, entry in operations}) == len(operations)
    for path, entry in operations:
        named = {parameter["name"] for parameter in entry["parameters"] if parameter["in"] == "path"}
        assert named == set(re.findall(r"\{(\w+)\}", path))
        assert all(_has_example(answer) for answer in entry["responses"].values()), path


def test_the_page_needs_nothing_from_elsewhere(tmp_path: Path) -> None:
    """The page loads files of the box only, runs no script of its own text, and its files are there."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            client = face.client(None)
            page = await client.get("/docs")
            files = re.findall(r'(?:src|href)="([^"]+)"', page.text)

            assert not re.search(r"<script>|<script [^>]*>[^<]", page.text)
            assert "script-src 'self';" in page.headers["content-security-policy"]
            assert all(file.startswith("/") and not file.startswith("//") for file in files)
            assert {(await client.get(file)).status_code for file in files} == {200}
            assert (await client.get("/docs/LICENSE")).status_code == 404
            assert (await client.get("/docs/..%2f..%2fapp.css")).status_code == 404

    asyncio.run(body())


def _bare(path: str) -> str:
    """Return a path without the names in it; all behind the first of several is one."""
    bare = re.sub(r"\{[^}]*\}", "{}", path)
    return bare.replace("/pages/{}/{}.png", "/pages/{}")


def _has_example(answer: dict[str, Any]) -> bool:
    return all("example" in content or kind == "image/png" for kind, content in answer["content"].items())
