"""Webhooks: registered, signed, delivered again until they arrive, and nothing of a run that was erased."""

import asyncio
import base64
import contextlib
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from axelered_box.delivery import sign
from axelered_box.pipeline import expiry
from tests.faces.face import Face, code, open_face

pytestmark = pytest.mark.anyio

ALLOWED = {"webhook_allow": "127.0.0.1", "webhook_schedule": "0,0.2,0.2,0.2,0.2,0.2", "webhook_timeout_seconds": 3}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Receiver:
    """An endpoint on the loopback address: what it got, and how it answers."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.status = 204
        self.hangs = False
        self.port = 0
        self.serving: set[asyncio.Task[Any] | None] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def events(self, kind: str | None = None) -> list[dict[str, Any]]:
        found = [json.loads(body) for _, body in self.got]
        return [event for event in found if kind in (None, event["type"])]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.serving.add(asyncio.current_task())
        try:
            await self._answer(reader, writer)
        finally:
            writer.close()
            self.serving.discard(asyncio.current_task())

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        lines = [line.partition(":") for line in head.split("\r\n")[1:] if line]
        headers = {name.lower(): value.strip() for name, _, value in lines}
        self.got.append((headers, await reader.readexactly(int(headers["content-length"]))))
        if self.hangs:
            await asyncio.sleep(5)
        writer.write(f"HTTP/1.1 {self.status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode())
        with contextlib.suppress(ConnectionError):
            await writer.drain()


@contextlib.asynccontextmanager
async def receiver() -> AsyncIterator[Receiver]:
    one = Receiver()
    server = await asyncio.start_server(one.serve, "127.0.0.1", 0)
    one.port = server.sockets[0].getsockname()[1]
    try:
        yield one
    finally:
        server.close()
        for task in [task for task in one.serving if task is not None]:
            task.cancel()
        await asyncio.sleep(0)


async def until(true: Callable[[], object], limit_s: float = 20) -> None:
    deadline = time.monotonic() + limit_s
    while not true():
        assert time.monotonic() < deadline, "it did not come"
        await asyncio.sleep(0.02)


async def registered(face: Face, url: str, **members: Any) -> dict[str, Any]:
    answer = await face.http.post(face.w("/webhooks"), json={"url": url, **members})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()["data"]
    return made


async def shown(face: Face, hook: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = (await face.http.get(face.w(f"/webhooks/{hook['id']}"))).json()["data"]
    return found


async def finished_run(face: Face) -> str:
    run_id = await face.created()
    await face.finish(run_id)
    return run_id


def signature(secret: str, headers: dict[str, str], body: bytes) -> str:
    """Return what the receiver computes, written from the specification of Standard Webhooks."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


async def test_the_end_of_a_run_arrives_signed_and_thin(tmp_path: Path) -> None:
    async with receiver() as one, open_face(tmp_path, **ALLOWED) as face:
        hook = await registered(face, one.url)
        run_id = await finished_run(face)
        await until(lambda: one.got)

        (headers, body), event = one.got[0], one.events()[0]
        assert headers["webhook-signature"] == signature(hook["secret"], headers, body)
        assert headers["x-axelered-signature"] == hmac.new(hook["secret"].encode(), body, "sha256").hexdigest()
        assert abs(int(headers["webhook-timestamp"]) - time.time()) < 5
        assert event["type"] == "process.completed"
        assert event["data"] == {
            "runId": run_id,
            "workspaceId": face.workspace,
            "status": "completed",
            "files": ["note.txt"],
            "metadata": None,
            "partial": False,
        }
        assert "secret" not in await shown(face, hook)


async def test_it_is_tried_again_under_one_id_until_it_arrives(tmp_path: Path) -> None:
    async with receiver() as one, open_face(tmp_path, **ALLOWED) as face:
        hook = await registered(face, one.url)
        one.status = 500
        await finished_run(face)
        await until(lambda: len(one.got) >= 2)
        one.status = 204
        count = len(one.got)
        await until(lambda: len(one.got) > count)

        assert len({headers["webhook-id"] for headers, _ in one.got}) == 1
        assert len({body for _, body in one.got}) == 1
        listed = (await face.http.get(face.w(f"/webhooks/{hook['id']}/deliveries"))).json()["data"]
        assert listed["total"] == 1
        assert listed["items"][0]["id"] == one.got[0][0]["webhook-id"]
        await until_status(face, hook, "delivered")


async def until_status(face: Face, hook: dict[str, Any], status: str) -> dict[str, Any]:
    deadline = time.monotonic() + 20
    while True:
        path = face.w(f"/webhooks/{hook['id']}/deliveries")
        first: dict[str, Any] = (await face.http.get(path)).json()["data"]["items"][0]
        if first["status"] == status:
            return first
        assert time.monotonic() < deadline, first
        await asyncio.sleep(0.05)


async def test_when_the_schedule_is_used_up_it_is_dead_and_can_be_sent_again(tmp_path: Path) -> None:
    async with receiver() as one, open_face(tmp_path, **{**ALLOWED, "webhook_schedule": "0,0.1"}) as face:
        hook = await registered(face, one.url)
        one.status = 503
        await finished_run(face)
        dead = await until_status(face, hook, "dead")
        assert (dead["attempts"], dead["lastStatus"]) == (2, 503)
        assert "503" in dead["lastError"]

        one.status = 200
        path = face.w(f"/webhooks/{hook['id']}/deliveries/{dead['id']}/redeliver")
        assert (await face.http.post(path)).status_code == 202
        await until_status(face, hook, "delivered")
        assert len({headers["webhook-id"] for headers, _ in one.got}) == 1


async def test_an_endpoint_that_hangs_delays_no_other(tmp_path: Path) -> None:
    async with receiver() as bad, receiver() as good, open_face(tmp_path, **ALLOWED) as face:
        bad.hangs = True
        hook = await registered(face, bad.url)
        await registered(face, good.url)
        await finished_run(face)
        await until(lambda: good.got)
        path = face.w(f"/webhooks/{hook['id']}/deliveries")
        assert (await face.http.get(path)).json()["data"]["items"][0]["attempts"] == 0
        await until(lambda: len(bad.got) >= 2)


async def test_410_disables_it_and_what_waits_goes_out_when_it_is_enabled(tmp_path: Path) -> None:
    async with receiver() as one, open_face(tmp_path, **ALLOWED) as face:
        hook = await registered(face, one.url)
        one.status = 410
        await finished_run(face)
        await until(lambda: one.got)
        paused = await until_status(face, hook, "paused")
        assert paused["lastStatus"] == 410
        assert (await shown(face, hook))["enabled"] is False
        assert "410" in (await shown(face, hook))["pausedReason"]

        one.status = 200
        await face.http.patch(face.w(f"/webhooks/{hook['id']}"), json={"enabled": True})
        await until_status(face, hook, "delivered")
        assert (await shown(face, hook))["pausedReason"] is None


async def test_events_and_enabled_are_obeyed(tmp_path: Path) -> None:
    async with receiver() as one, receiver() as off, receiver() as all_of_them, open_face(tmp_path, **ALLOWED) as face:
        await registered(face, one.url, events=["process.canceled"])
        await registered(face, off.url, enabled=False)
        await registered(face, all_of_them.url)
        await finished_run(face)
        canceled = await face.created()
        await face.http.post(face.w(f"/process/{canceled}/cancel"))
        await until(lambda: len(all_of_them.got) == 3 and one.got)

        assert [event["data"]["runId"] for event in one.events()] == [canceled]
        assert off.got == []
        kinds = [event["type"] for event in all_of_them.events() if event["data"]["runId"] == canceled]
        assert sorted(kinds) == ["process.canceled", "process.completed"]


async def test_a_test_event_comes(tmp_path: Path) -> None:
    async with receiver() as one, open_face(tmp_path, **ALLOWED) as face:
        hook = await registered(face, one.url)
        assert (await face.http.post(face.w(f"/webhooks/{hook['id']}/test"))).status_code == 202
        await until(lambda: one.events("webhook.test"))
        await face.http.patch(face.w(f"/webhooks/{hook['id']}"), json={"enabled": False})
        assert (await face.http.post(face.w(f"/webhooks/{hook['id']}/test"))).status_code == 422


async def test_after_a_rotation_both_secrets_sign(tmp_path: Path) -> None:
    async with receiver() as one, open_face(tmp_path, **ALLOWED) as face:
        hook = await registered(face, one.url)
        new = (await face.http.post(face.w(f"/webhooks/{hook['id']}/rotate"))).json()["data"]["secret"]
        await finished_run(face)
        await until(lambda: one.got)

        headers, body = one.got[0]
        assert headers["webhook-signature"].split(" ") == [
            signature(new, headers, body),
            signature(hook["secret"], headers, body),
        ]


async def test_an_erased_run_leaves_no_name_and_its_expiry_is_told(tmp_path: Path) -> None:
    async with receiver() as one, open_face(tmp_path, **ALLOWED, ttl_seconds=1) as face:
        hook = await registered(face, one.url)
        run_id = await finished_run(face)
        await until(lambda: one.got)
        await until_status(face, hook, "delivered")
        change = "UPDATE runs SET expires_ms = 1 WHERE id = ?"
        await face.parts.tools.database.write(lambda db: db.execute(change, [run_id]))
        await expiry.sweep(face.parts.tools)
        await until(lambda: one.events("process.expired"))

        assert one.events("process.expired")[0]["data"].keys() == {"runId", "workspaceId", "status", "partial"}
        query = "SELECT body FROM deliveries WHERE type = 'process.completed'"
        bodies = await face.parts.tools.database.read(lambda db: [row["body"] for row in db.execute(query)])
        assert bodies == [None]
        listed = (await face.http.get(face.w(f"/webhooks/{hook['id']}/deliveries"))).json()["data"]["items"]
        path = face.w(f"/webhooks/{hook['id']}/deliveries/{listed[-1]['id']}/redeliver")
        assert code(await face.http.post(path)) == (410, "run_erased")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.2:9/x",
        "http://10.0.0.1/x",
        "https://10.0.0.1/x",
        "https://169.254.169.254/x",
        "https://[::1]/x",
        "https://[::ffff:10.0.0.1]/x",
        "https://[64:ff9b::a00:1]/x",
        "https://[2002:a00:1::]/x",
        "http://example.org/x",
        "ftp://127.0.0.1/",
        "https://user:word@127.0.0.1/",
        "x",
    ],
)
async def test_a_target_that_is_not_allowed_is_refused(tmp_path: Path, url: str) -> None:
    async with open_face(tmp_path, **ALLOWED) as face:
        answer = await face.http.post(face.w("/webhooks"), json={"url": url})

        assert answer.status_code == 422, answer.text
        assert answer.json()["detail"][0]["loc"] == ["body", "url"]


async def test_link_local_targets_are_refused_even_when_listed(tmp_path: Path) -> None:
    async with open_face(tmp_path, webhook_allow="169.254.0.0/16,fe80::/10") as face:
        for url in ("http://169.254.169.254/x", "http://[fe80::1]/x"):
            assert (await face.http.post(face.w("/webhooks"), json={"url": url})).status_code == 422


async def test_the_target_is_judged_again_when_connecting(tmp_path: Path) -> None:
    async with receiver() as one:
        async with open_face(tmp_path, **ALLOWED) as face:
            hook = await registered(face, one.url)
        async with open_face(tmp_path, **{**ALLOWED, "webhook_allow": ""}) as face:
            await finished_run(face)
            told = await until_status(face, hook, "retrying")
            assert "WEBHOOK_ALLOW" in told["lastError"]
        assert one.got == []


@pytest.mark.parametrize(
    ("body", "member"),
    [
        ({"url": "http://127.0.0.1:9/", "events": ["process.maybe"]}, "events"),
        ({}, "url"),
        ({"url": "http://127.0.0.1:9/", "colour": "red"}, "colour"),
        ({"url": "http://127.0.0.1:9/", "secret": "whsec_YQ=="}, "secret"),
        ({"url": "http://127.0.0.1:9/", "secret": "whsec_not base64 at all!"}, "secret"),
    ],
)
async def test_a_body_that_is_wrong_is_refused_by_member(tmp_path: Path, body: dict[str, Any], member: str) -> None:
    async with open_face(tmp_path, **ALLOWED) as face:
        answer = await face.http.post(face.w("/webhooks"), json=body)

        assert answer.status_code == 422
        assert member in answer.json()["detail"][0]["loc"]


def test_a_secret_of_ones_own_signs_by_its_text() -> None:
    """A secret that is no whsec_ is used as it is."""
    own = "a secret of thirty-two letters!!"
    sign.check(own)
    headers = sign.headers("id", 1, b"{}", [own])
    wanted = base64.b64encode(hmac.new(own.encode(), b"id.1.{}", hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{wanted}"
