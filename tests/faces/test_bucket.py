"""A presigned link gives its holder the output, whole or in part, until it dies; everything else is refused in XML."""

import asyncio
from pathlib import Path

import httpx

from axelered_box import s3
from axelered_box.s3.links import Links
from tests.faces.face import BASE, MARKDOWN, Face, open_face

ODD = "Übersicht (№ 7).txt"


async def linked(face: Face) -> tuple[str, str, httpx.AsyncClient]:
    """Return a run, the link of its output, and a client of the bucket without a key."""
    run_id = await face.created((ODD, b"words"))
    await face.finish(run_id, "document.md")
    run = (await face.http.get(face.w(f"/process/{run_id}"))).json()["data"]
    app = s3.create_app(face.parts, Links(b"k" * 32))
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE)
    return run_id, run["outcome"]["documents"][0]["parse"]["document.md"]["url"], client


def test_a_link_gives_the_bytes(tmp_path: Path) -> None:
    """The link of an outcome is fetched without a key: whole, a range of it, or nothing when it is known."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            _, url, client = await linked(face)
            whole = await client.get(url)
            part = await client.get(url, headers={"range": "bytes=2-5"})
            beyond = await client.get(url, headers={"range": "bytes=999-"})
            known = await client.get(url, headers={"if-none-match": whole.headers["etag"]})

            assert url.startswith(f"{BASE}/ws-{face.workspace}/runs/")
            assert (whole.status_code, whole.content) == (200, MARKDOWN)
            assert whole.headers["content-security-policy"] == "sandbox"
            assert (part.status_code, part.content) == (206, MARKDOWN[2:6])
            assert (beyond.status_code, known.status_code) == (416, 304)

    asyncio.run(body())


def test_a_link_dies_with_its_run(tmp_path: Path) -> None:
    """After the run is erased, or its workspace deleted, the link opens nothing."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            run_id, url, client = await linked(face)
            await face.http.delete(face.w(f"/process/{run_id}"))
            gone = await client.get(url)

            assert gone.status_code == 404
            assert "<Code>NoSuchKey</Code>" in gone.text

    asyncio.run(body())


def test_what_is_no_unchanged_link_is_refused(tmp_path: Path) -> None:
    """No signature, a changed one, another workspace's bucket, another operation: each has its code."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            _, url, client = await linked(face)
            plain = url.partition("?")[0]
            other = url.replace(face.workspace, "0190a0b0-0000-7000-8000-000000000000")
            answers = {
                "AccessDenied": await client.get(plain),
                "SignatureDoesNotMatch": await client.get(other),
                "AuthorizationHeaderMalformed": await client.get(
                    plain, headers={"authorization": "AWS4-HMAC-SHA256 x"}
                ),
                "InvalidRequest": await client.get(plain, headers={"authorization": "AWS key:signature"}),
                "InvalidAccessKeyId": await client.get(url.replace("AXLINK", "AXNONE")),
                "AuthorizationQueryParametersError": await client.get(f"{plain}?X-Amz-Signature=1"),
            }

            for code, answer in answers.items():
                assert f"<Code>{code}</Code>" in answer.text
                assert answer.headers["content-type"] == "application/xml"

    asyncio.run(body())


def test_corrections_are_kept_and_die_with_the_run(tmp_path: Path) -> None:
    """Corrections are replaced as a whole, a wrong one is named, and none is left after the run."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            run_id, _, _ = await linked(face)
            path = face.w(f"/process/{run_id}/corrections")
            right = [{"file": ODD, "path": "/total", "value": 7}]
            assert (await face.http.get(path)).json()["data"] == []
            assert (await face.http.put(path, json=right)).json()["data"] == right
            wrong = await face.http.put(path, json=[{"file": ODD, "value": 7}])

            assert wrong.json()["detail"][0]["loc"] == ["body", 0, "path"]
            assert (await face.http.get(path)).json()["data"] == right
            await face.http.delete(face.w(f"/process/{run_id}"))
            assert (await face.http.get(path)).status_code == 410

    asyncio.run(body())
