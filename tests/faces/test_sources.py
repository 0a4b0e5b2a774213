"""Files by reference: named by their keys and addresses as they are, and refused by the member that is wrong."""

import asyncio
import contextlib
import hashlib
from pathlib import Path

import httpx
import pytest

from tests.faces.bucket import UNSIGNED, client_of
from tests.faces.face import Face, open_face

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def run_of(face: Face, *urls: str) -> httpx.Response:
    config = {"sources": [{"url": url} for url in urls]}
    return await face.http.post(face.w("/process"), json={"config": config})


@pytest.mark.parametrize("key", ["inputs/a#b.txt", "inputs/a?b.txt", "inputs/a%20b.txt", "inputs/a\tb.txt"])
async def test_a_source_is_named_by_its_key_as_it_is(tmp_path: Path, key: str) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        await s3.send("PUT", key, body=b"the right words", payload=UNSIGNED)
        await s3.send("PUT", "inputs/a", body=b"other words", payload=UNSIGNED)
        made = await run_of(face, f"s3://{s3.bucket}/{key}")

        assert made.status_code == 202, made.text
        hashes = await face.parts.tools.database.read(
            lambda db: [row[0] for row in db.execute("SELECT sha256 FROM files")]
        )
        assert hashes == [hashlib.sha256(b"the right words").hexdigest()]


@pytest.mark.parametrize("url", ["https://me:secret@example.org/", "https://me@example.org/x.pdf"])
async def test_no_password_is_kept_in_an_address(tmp_path: Path, url: str) -> None:
    async with open_face(tmp_path, egress_allow="example.org") as face:
        refused = await run_of(face, url)

        assert refused.status_code == 422
        assert refused.json()["detail"][0]["type"] == "url_parsing"
        assert "secret" not in refused.text


@pytest.mark.parametrize("url", ["https://[::1/x.pdf", "https://a..b/x.pdf", "https://example.org:99999/x.pdf"])
async def test_a_source_that_is_no_address_is_refused(tmp_path: Path, url: str) -> None:
    async with open_face(tmp_path, egress_allow="example.org,a..b") as face:
        refused = await run_of(face, url)

        assert refused.status_code == 422
        assert refused.json()["detail"][0]["loc"] == ["body", "config", "sources", 0, "url"]


async def test_a_run_has_no_more_sources_than_files(tmp_path: Path) -> None:
    async with open_face(tmp_path, max_files=2) as face:
        s3 = await client_of(face)
        await s3.send("PUT", "inputs/a.txt", body=b"words", payload=UNSIGNED)
        refused = await run_of(face, *[f"s3://{s3.bucket}/inputs/a.txt"] * 3)

        assert refused.status_code == 422
        assert refused.json()["detail"][0]["loc"][:3] == ["body", "config", "sources"]
        assert len(face.kept()) == 1


async def test_a_source_that_does_not_fit_the_disk_is_no_fault_of_the_request(tmp_path: Path) -> None:
    async with open_face(tmp_path, egress_allow="127.0.0.1") as face:

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            face.parts.intake.reserve_bytes = 1 << 60
            writer.write(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n" + b"words " * 4_000_000)
            with contextlib.suppress(ConnectionError):
                await writer.drain()
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            answer = await run_of(face, f"http://127.0.0.1:{port}/a.txt")
        assert answer.status_code == 507
        assert face.kept() == []
