"""What a run made is listed, downloaded whole or in part, and summed up over its documents."""

import asyncio
import hashlib
from pathlib import Path

from tests.faces.face import MARKDOWN, code, open_face

ODD = "Übersicht (№ 7).txt"


def test_outputs_are_listed_and_downloaded(tmp_path: Path) -> None:
    """Each output of the outcome is in the list, and its link gives the stated bytes under a safe name."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            run_id = await face.created((ODD, b"words"))
            await face.finish(run_id, "document.md", "pictures/1 ü.md")
            listed = (await face.http.get(face.w(f"/process/{run_id}/outputs"))).json()["data"]
            pages = [
                (await face.http.get(face.w(f"/process/{run_id}/outputs"), params=query)).json()["data"]
                for query in ({"limit": 1}, {"limit": 1, "cursor": listed["items"][0]["key"]})
            ]

            assert [item["key"] for item in listed["items"]] == [
                f"{ODD}/parse/document.md",
                f"{ODD}/parse/pictures/1 ü.md",
            ]
            assert [page["items"][0] for page in pages] == listed["items"]
            assert [page["cursor"] for page in pages] == [listed["items"][0]["key"], None]
            for item in listed["items"]:
                answer = await face.http.get(item["href"])
                assert answer.content == MARKDOWN
                assert hashlib.sha256(answer.content).hexdigest() == item["sha256"]
                assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
                assert answer.headers["content-disposition"].startswith("attachment; filename=")
                assert answer.headers["x-content-type-options"] == "nosniff"
                assert answer.headers["content-security-policy"] == "sandbox"
                assert answer.headers["content-length"] == str(len(MARKDOWN))

    asyncio.run(body())


def test_parts_and_known_files_are_not_sent_whole(tmp_path: Path) -> None:
    """Ranges get their bytes, a range beyond the end 416, a client that has the file 304, HEAD no body."""
    size = len(MARKDOWN)
    cases = (
        ("bytes=2-9", 206, MARKDOWN[2:10], f"bytes 2-9/{size}"),
        ("bytes=-5", 206, MARKDOWN[-5:], f"bytes {size - 5}-{size - 1}/{size}"),
        ("bytes=4-", 206, MARKDOWN[4:], f"bytes 4-{size - 1}/{size}"),
        ("bytes=0-9999", 206, MARKDOWN, f"bytes 0-{size - 1}/{size}"),
        ("bytes=9-2", 200, MARKDOWN, None),
        ("bytes=0-1,4-5", 200, MARKDOWN, None),
        ("lines=1-2", 200, MARKDOWN, None),
    )

    async def body() -> None:
        async with open_face(tmp_path) as face:
            run_id = await face.created()
            await face.finish(run_id)
            url = face.w(f"/process/{run_id}/outputs/note.txt/parse/document.md")
            tag = (await face.http.head(url)).headers["etag"]
            for asked, status, content, told in cases:
                answer = await face.http.get(url, headers={"range": asked})
                assert (answer.status_code, answer.content) == (status, content), asked
                assert answer.headers.get("content-range") == told
            beyond = await face.http.get(url, headers={"range": f"bytes={size}-"})
            known = await face.http.get(url, headers={"if-none-match": f'"x", W/{tag}'})
            changed = await face.http.get(url, headers={"range": "bytes=0-1", "if-range": '"x"'})
            same = await face.http.get(url, headers={"range": "bytes=0-1", "if-range": tag})
            head = await face.http.head(url)

            assert tag == f'"{hashlib.sha256(MARKDOWN).hexdigest()}"'
            assert code(beyond) == (416, "range_not_satisfiable")
            assert beyond.headers["content-range"] == f"bytes */{size}"
            assert (known.status_code, known.content) == (304, b"")
            assert (changed.status_code, same.status_code) == (200, 206)
            assert (head.content, head.headers["content-length"]) == (b"", str(size))

    asyncio.run(body())


def test_unknown_outputs_are_not_found(tmp_path: Path) -> None:
    """A key that the run has not made is not found, whatever it looks like."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            run_id = await face.created()
            await face.finish(run_id)
            for key in ("no-such-key", "note.txt/parse/../../box.db", "%2e%2e/box.db", "a//b"):
                assert code(await face.http.get(face.w(f"/process/{run_id}/outputs/{key}"))) == (404, "not_found")

    asyncio.run(body())


def test_results_that_are_not_there_are_not_found(tmp_path: Path) -> None:
    """Results of a run that works still, and of a module that was not asked for, are not found."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            run_id = await face.created()
            early = await face.http.get(face.w(f"/process/{run_id}/extractions"))
            await face.finish(run_id)
            late = await face.http.get(face.w(f"/process/{run_id}/summaries"))

            assert code(early) == code(late) == (404, "not_found")

    asyncio.run(body())


def test_pages_are_addressed_by_file_and_number(tmp_path: Path) -> None:
    """A page's width has bounds, its number is one, and its file one of the run's."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            url = face.w(f"/process/{await face.created()}/pages")
            wide = await face.http.get(f"{url}/note.txt/1.png", params={"width": 4001})
            answers = [await face.http.get(f"{url}/{tail}") for tail in ("note.txt/0.png", "note.txt/1.jpg", "x/1.png")]

            assert wide.status_code == 422
            assert [code(answer) for answer in answers] == [(404, "not_found")] * 3

    asyncio.run(body())
