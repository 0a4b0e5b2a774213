"""A server that receives webhooks, and what tests ask of a webhook."""

import asyncio
import base64
import contextlib
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

from tests.faces.face import Face

ALLOWED = {"webhook_allow": "127.0.0.1", "webhook_schedule": "0,0.2,0.2,0.2,0.2,0.2", "webhook_timeout_seconds": 3}


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


async def until_status(face: Face, hook: dict[str, Any], status: str) -> dict[str, Any]:
    deadline = time.monotonic() + 20
    while True:
        path = face.w(f"/webhooks/{hook['id']}/deliveries")
        first: dict[str, Any] = (await face.http.get(path)).json()["data"]["items"][0]
        if first["status"] == status:
            return first
        assert time.monotonic() < deadline, first
        await asyncio.sleep(0.05)
