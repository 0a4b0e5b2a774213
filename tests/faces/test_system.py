"""What the box tells of itself."""

import asyncio
import re
from pathlib import Path

from tests.faces.face import Server, code, open_face


def test_a_box_that_can_work_is_ready(tmp_path: Path) -> None:
    """Health and readiness need no key and answer 200."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            answers = [await face.client(None).get(path) for path in ("/healthz", "/readyz")]

            assert [answer.status_code for answer in answers] == [200, 200]

    asyncio.run(body())


def test_a_box_without_its_fork_server_is_not_ready(tmp_path: Path) -> None:
    """Readiness tells what is missing; health does not mind."""

    async def body() -> None:
        async with open_face(tmp_path, Server(alive=False)) as face:
            answer = await face.client(None).get("/readyz")

            assert answer.status_code == 503
            assert answer.json()["data"]["checks"] == {"database": True, "worker": False, "disk": True, "model": True}
            assert "fork server" in answer.json()["data"]["reasons"][0]
            assert (await face.client(None).get("/healthz")).status_code == 200

    asyncio.run(body())


def test_a_box_at_its_disk_reserve_is_ready_to_read(tmp_path: Path) -> None:
    """At the reserve uploads end, but the box is ready."""

    async def body() -> None:
        async with open_face(tmp_path, disk_reserve_bytes=1 << 60) as face:
            answer = await face.http.get("/readyz")

            assert (answer.status_code, answer.json()["data"]["takesUploads"]) == (200, False)

    asyncio.run(body())


def test_metrics_are_text_of_prometheus(tmp_path: Path) -> None:
    """Every line is a comment or a figure; runs are counted by state; no name is shown."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            await face.created()
            answer = await face.client(None).get("/metrics")
            lines = answer.text.splitlines()

            assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
            assert all(re.fullmatch(r"# (HELP|TYPE) .+|[a-z_]+(\{[^}]*\})? [0-9.e+-]+", line) for line in lines)
            assert 'axelered_box_runs{state="pending"} 1' in lines
            assert 'axelered_box_http_answers_total{status="202"} 1' in lines
            assert "axelered_box_uploads 0" in lines
            assert "note" not in answer.text

    asyncio.run(body())


def test_modules_are_listed_with_their_schemas(tmp_path: Path) -> None:
    """The five modules are there, each with a schema; one that cannot run says why."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            items = (await face.http.get("/v1/modules")).json()["data"]["items"]

            assert [item["name"] for item in items] == ["parse", "extract", "classify", "summarize", "edit"]
            assert all("$defs" in item["schema"] for item in items)
            assert all(item["available"] == (item["whyUnavailable"] is None) for item in items)

    asyncio.run(body())


def test_the_system_is_described(tmp_path: Path) -> None:
    """Versions, queue, disk and languages are told to whoever has a key."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            told = (await face.http.get("/v1/system")).json()["data"]

            assert told.keys() >= {"version", "models", "ocrLanguages", "queue", "disk", "egressLog"}
            assert told["packages"]["pymupdf"] == "2.0"
            assert code(await face.client(None).get("/v1/system")) == (401, "unauthorized")

    asyncio.run(body())
