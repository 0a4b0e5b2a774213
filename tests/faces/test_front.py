"""Before the routes: hosts, request ids, headers of safety, the addresses without prefix, refusals of large bodies."""

import asyncio
import logging
from pathlib import Path
from typing import Any

import pytest

from axelered_box.api.calls import Traffic
from axelered_box.api.front import Front
from axelered_box.settings import Settings
from tests.faces.face import NOBODY, NOTE, code, open_face


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8484", 200),
        ("127.0.0.1", 200),
        ("[::1]:8484", 200),
        ("LocalHost.", 200),
        ("box.example:443", 200),
        ("erp.local", 200),
        ("evil.example", 421),
        ("localhost.evil.example", 421),
        ("", 421),
    ],
)
def test_hosts_are_checked(tmp_path: Path, host: str, status: int) -> None:
    """A request for another host's name is refused, so that no page can reach the box by a name of its own."""

    async def body() -> None:
        async with open_face(tmp_path, public_url="https://box.example", allowed_hosts="erp.local, ") as face:
            answer = await face.http.get(face.w("/process"), headers={"host": host})

            assert answer.status_code == status

    asyncio.run(body())


def test_request_ids_are_made_or_echoed(tmp_path: Path) -> None:
    """A sound id comes back in header, problem and log; an unsound one is replaced."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            echoed = await face.http.get(face.w(f"/process/{NOBODY}"), headers={"x-request-id": "mine-1"})
            made = await face.http.get("/v1/nowhere", headers={"x-request-id": "not sound"})

            assert code(echoed) == (404, "not_found")
            assert echoed.json()["instance"] == "mine-1"
            assert code(made) == (404, "not_found")
            assert made.headers["x-request-id"] != "not sound"

    asyncio.run(body())


def test_the_log_has_a_line_without_names(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A request is logged with its id and the form of its address; ids, file names and queries stay out."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            with caplog.at_level(logging.INFO, "axelered_box.api"):
                await face.http.get(face.w(f"/process/{NOBODY}/outputs/secret.pdf"), params={"q": "word"})

    asyncio.run(body())
    fields: dict[str, Any] = next(record.fields for record in caplog.records if record.message == "request")  # type: ignore[attr-defined]
    assert (fields["method"], fields["status"]) == ("GET", 404)
    assert fields["route"].startswith("/v1/w/{workspace_id}/process/{run_id}/outputs/")
    assert not any(word in str(fields) for word in ("secret", "word", NOBODY))


def test_addresses_answer_without_the_prefix(tmp_path: Path) -> None:
    """The routes below /v1 answer without it, outputs with their keys too; others do not."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            url = face.w("/process").removeprefix("/v1")
            made = await face.http.post(url, files={"files": NOTE})
            run_id = made.json()["data"]["id"]
            await face.finish(run_id)
            output = await face.http.get(f"{url}/{run_id}/outputs/note.txt/parse/document.md")

            assert (made.status_code, output.status_code) == (202, 200)
            assert (await face.http.get("/modules")).status_code == 200
            assert code(await face.http.get("/v1/healthz")) == (404, "not_found")

    asyncio.run(body())


def test_answers_carry_headers_of_safety(tmp_path: Path) -> None:
    """Success and failure alike are not sniffed, framed or kept by caches, and open to no other origin."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            for path in (face.w("/process"), "/v1/nowhere", "/healthz"):
                headers = (await face.http.get(path, headers={"origin": "https://evil.example"})).headers
                assert headers["x-content-type-options"] == "nosniff"
                assert headers["x-frame-options"] == "DENY"
                assert headers["cache-control"] == "no-store"
                assert "access-control-allow-origin" not in headers

    asyncio.run(body())


def test_allowed_origins_may_call(tmp_path: Path) -> None:
    """With the setting, pages of the named origin may call, and read refusals too; others may not."""

    async def body() -> None:
        async with open_face(tmp_path, cors_origins="https://erp.example") as face:
            good = {"origin": "https://erp.example"}
            asked = {**good, "access-control-request-method": "POST", "access-control-request-headers": "authorization"}
            allowed = await face.http.get(face.w(f"/process/{NOBODY}"), headers=good)
            preflight = await face.client(None).options(face.w("/process"), headers=asked)
            other = await face.http.get(face.w("/process"), headers={"origin": "https://evil.example"})

            assert allowed.headers["access-control-allow-origin"] == "https://erp.example"
            assert preflight.headers["access-control-allow-origin"] == "https://erp.example"
            assert "access-control-allow-origin" not in other.headers

    asyncio.run(body())


def test_wrong_methods_are_told(tmp_path: Path) -> None:
    """A method that an address does not take answers 405 with those it takes."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            answer = await face.http.put(face.w("/process"))

            assert code(answer) == (405, "method_not_allowed")
            assert {"GET", "POST"} <= set(answer.headers["allow"].split(", "))

    asyncio.run(body())


def test_faults_show_nothing_outside(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What was not foreseen is told in a fixed sentence; the log has the chain."""

    class Broken:
        waiting = 0

        def ring(self, *names: str) -> None:
            raise LookupError("a secret cause")

    async def body() -> None:
        async with open_face(tmp_path) as face:
            face.parts.intake._doorbell = Broken()  # type: ignore[assignment]  # a fake
            answer = await face.create()

            assert code(answer) == (500, "internal")
            assert "secret cause" not in answer.text

    asyncio.run(body())
    assert "a secret cause" in caplog.text


def test_a_large_refused_body_is_drained_before_the_end() -> None:
    """A refusal in the midst of a large body is sent at once, and the connection closed after the rest is read."""
    order: list[str] = []
    rest = [{"type": "http.request", "body": b"x", "more_body": more} for more in (True, True, False)]

    async def refusing(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "http.response.start", "status": 413, "headers": []})
        await send({"type": "http.response.body", "body": b"no", "more_body": False})

    async def receive() -> Any:
        order.append("read")
        return rest.pop(0)

    async def send(message: Any) -> None:
        order.append("end" if message.get("more_body") is False else message["type"].rpartition(".")[2])
        if message["type"] == "http.response.start":
            assert (b"connection", b"close") in message["headers"]

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/v1/w",
        "raw_path": b"/v1/w",
        "server": None,
        "headers": [(b"host", b"localhost"), (b"content-length", b"999999999")],
    }
    asyncio.run(Front(refusing, Settings(), Traffic())(scope, receive, send))  # type: ignore[arg-type]  # a small scope

    assert order == ["read", "start", "body", "read", "read", "end"]
