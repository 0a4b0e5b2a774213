"""Files and config come in as a form; what is refused leaves nothing behind."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.faces.face import Face, code, open_face, refused

HEAD = b'--b\r\nContent-Disposition: form-data; name="files"; filename="%s"\r\n\r\n'
CONFIG = b'--b\r\nContent-Disposition: form-data; name="config"\r\n\r\n%s\r\n'
END = b"\r\n--b--\r\n"
KIND = "multipart/form-data; boundary=b"


async def _post(face: Face, content: bytes, kind: str = KIND) -> Any:
    return await face.http.post(face.w("/process"), content=content, headers={"content-type": kind})


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Übersicht 2026 (№ 7).txt".encode(), "Übersicht 2026 (№ 7).txt"),
        (b"say %22so%22.txt", 'say "so".txt'),
        (b"100%.txt", "100%.txt"),
        (b"../../etc/passwd.txt", "passwd.txt"),
    ],
)
def test_names_are_kept(tmp_path: Path, sent: bytes, kept: str) -> None:
    """A file's name comes through as browsers send it, without any folder."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            answer = await _post(face, HEAD % sent + b"words" + END)

            assert answer.json()["data"]["files"] == [kept]

    asyncio.run(body())


def test_the_config_may_come_last(tmp_path: Path) -> None:
    """The config is taken before and after the files, and refused twice."""
    config = CONFIG % b'{"metadata": {"a": 1}}'

    async def body() -> None:
        async with open_face(tmp_path) as face:
            first = await _post(face, config + HEAD % b"a.txt" + b"words" + END)
            last = await _post(face, HEAD % b"a.txt" + b"words\r\n" + config[:-2] + END)
            twice = await _post(face, config + config + HEAD % b"a.txt" + b"words" + END)

            assert first.json()["data"]["metadata"] == last.json()["data"]["metadata"] == {"a": 1}
            assert refused(twice) == [["body", "config"]]

    asyncio.run(body())


@pytest.mark.parametrize(
    ("content", "loc"),
    [
        (HEAD.replace(b'"files"', b'"papers"') % b"a.txt" + b"words" + END, ["body", "papers"]),
        (b'--b\r\nContent-Disposition: form-data; name="files"\r\n\r\nwords' + END, ["body", "files"]),
        (HEAD % b"a.txt" + b"words\r\n" + CONFIG[:-2] % b"{" + END, ["body", "config"]),
        (HEAD % b"a.txt" + b"words\r\n" + CONFIG[:-2] % b'{"odd": 1}' + END, ["body", "config", "odd"]),
        (b"--b--\r\n", ["body", "files"]),
    ],
)
def test_wrong_parts_are_named(tmp_path: Path, content: bytes, loc: list[str]) -> None:
    """A part that is wrong is refused by its name, and the files beside it are erased."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            assert refused(await _post(face, content)) == [loc]
            assert face.kept() == []

    asyncio.run(body())


@pytest.mark.parametrize(
    ("content", "kind", "expected"),
    [
        (HEAD % b"a.txt" + b"words", KIND, (400, "malformed_body")),
        (b"nothing of the kind", KIND, (400, "malformed_body")),
        (b"--b\r\nX: " + b"y" * 9000 + b"\r\n\r\n" + END, KIND, (400, "malformed_body")),
        (HEAD % b"a.txt" + b"words" + END, "multipart/form-data", (400, "malformed_body")),
        (b"words", "text/plain", (415, "unsupported_media_type")),
        (b"{", "application/json", (400, "malformed_body")),
        (b"[" * 100_000, "application/json", (400, "malformed_body")),
        (HEAD % b"a.exe" + b"MZ\0\0" + END, KIND, (415, "unsupported_media_type")),
        (HEAD % b"a.txt" + b"w" * 5000 + END, KIND, (413, "upload_too_large")),
    ],
)
def test_bodies_that_cannot_be_taken(tmp_path: Path, content: bytes, kind: str, expected: tuple[int, str]) -> None:
    """A body that is broken, too large or of another kind is refused and leaves nothing."""

    async def body() -> None:
        async with open_face(tmp_path, max_upload_bytes=4999) as face:
            assert code(await _post(face, content, kind)) == expected
            assert face.kept() == []

    asyncio.run(body())


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    """One file more than allowed refuses the request, and those before it are erased."""

    async def body() -> None:
        async with open_face(tmp_path, max_files=2) as face:
            answer = await face.create(*[(f"{number}.txt", b"words") for number in range(3)])

            assert refused(answer) == [["body", "files"]]
            assert face.kept() == []

    asyncio.run(body())


def test_a_client_that_hangs_up_leaves_nothing(tmp_path: Path) -> None:
    """When the connection ends in the midst of a large file, what came of it is erased."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            messages = [
                {"type": "http.request", "body": HEAD % b"a.txt" + b"w" * (2 << 20), "more_body": True},
                {"type": "http.disconnect"},
            ]
            seen: list[int] = []

            async def receive() -> Any:
                if len(messages) == 1:
                    seen.append(len(face.kept()))
                return messages.pop(0)

            async def send(message: Any) -> None:
                """Nobody hears the answer."""

            await face.app(_scope(face), receive, send)

            assert seen == [1]
            assert face.kept() == []

    asyncio.run(body())


def _scope(face: Face) -> dict[str, Any]:
    path = face.w("/process")
    return {
        "type": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "http_version": "1.1",
        "scheme": "http",
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "headers": [
            (b"host", b"localhost"),
            (b"authorization", f"Bearer {face.key}".encode()),
            (b"content-type", KIND.encode()),
        ],
    }
