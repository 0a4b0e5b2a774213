"""Webhooks: registered, signed, delivered again until they arrive, and nothing of a run that was erased."""

import asyncio
import base64
import hashlib
import hmac
import time
from pathlib import Path

import pytest

from axelered_box.delivery import sign
from axelered_box.pipeline import expiry
from tests.faces.face import code, open_face
from tests.samples.receiver import ALLOWED, finished_run, receiver, registered, shown, signature, until, until_status

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


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


async def test_a_retry_does_not_wait_for_an_endpoint_that_hangs(tmp_path: Path) -> None:
    allowed = {**ALLOWED, "webhook_schedule": "0,0.5,0.5"}
    async with receiver() as slow, receiver() as one, open_face(tmp_path, **allowed) as face:
        slow.hangs, one.status = True, 500
        for url in (slow.url, one.url):
            await registered(face, url)
        await finished_run(face)
        await until(lambda: one.got and slow.got)
        one.status = 204

        await until(lambda: len(one.got) == 2, 2.5)


async def test_a_fault_of_ours_is_an_attempt_and_no_loop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with receiver() as one, open_face(tmp_path, **ALLOWED) as face:
        hook = await registered(face, one.url)
        tries = []

        def broken(*_: object) -> dict[str, str]:
            tries.append(1)
            raise RuntimeError("a fault")

        monkeypatch.setattr(sign, "headers", broken)
        run_id = await finished_run(face)
        await asyncio.sleep(0.5)
        assert 1 <= len(tries) <= 4
        monkeypatch.undo()
        await until(lambda: one.got)
        assert one.events()[0]["data"]["runId"] == run_id
        assert (await shown(face, hook))["enabled"]


async def test_what_is_sent_again_while_the_last_try_is_under_way_is_not_lost(tmp_path: Path) -> None:
    allowed = {**ALLOWED, "webhook_schedule": "0,0.1", "webhook_timeout_seconds": 1}
    async with receiver() as one, open_face(tmp_path, **allowed) as face:
        hook, one.status = await registered(face, one.url), 500
        await finished_run(face)
        await until(lambda: one.got)
        one.hangs = True
        await until(lambda: len(one.got) == 2)
        path = face.w(f"/webhooks/{hook['id']}/deliveries")
        delivery = (await face.http.get(path)).json()["data"]["items"][0]["id"]
        assert (await face.http.post(f"{path}/{delivery}/redeliver")).status_code == 202
        one.hangs, one.status = False, 204

        await until(lambda: len(one.got) == 3, 5)


async def test_changes_at_once_do_not_undo_one_another(tmp_path: Path) -> None:
    async with open_face(tmp_path, **ALLOWED) as face:
        hook = await registered(face, "http://127.0.0.1:9/hook")
        path = face.w(f"/webhooks/{hook['id']}")
        events, other = ["process.failed"], "http://127.0.0.1:9/other"
        changes = [face.http.patch(path, json={name: value}) for name, value in (("url", other), ("events", events))]
        rotated = (await asyncio.gather(*changes, face.http.post(f"{path}/rotate")))[2].json()["data"]

        now = await shown(face, hook)
        assert (now["url"], now["events"]) == (other, events)
        assert now["oldSecretUntil"] is not None
        secret = await face.parts.tools.database.read(
            lambda db: db.execute("SELECT secret FROM webhooks").fetchone()[0]
        )
        assert face.parts.tools.sealer.open(secret) == rotated["secret"]


async def test_a_deleted_workspace_is_told_nothing_until_it_is_back(tmp_path: Path) -> None:
    async with receiver() as one, open_face(tmp_path, **ALLOWED) as face:
        await registered(face, one.url)
        run_id = await face.created()
        assert (await face.server.delete(f"/v1/w/{face.workspace}")).status_code == 200
        await face.finish(run_id)
        await asyncio.sleep(0.5)
        assert not one.got
        await face.server.put(f"/v1/w/{face.workspace}/undelete")

        await until(lambda: one.got)


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


def test_a_secret_of_ones_own_signs_by_its_text() -> None:
    """A secret that is no whsec_ is used as it is."""
    own = "a secret of thirty-two letters!!"
    sign.check(own)
    headers = sign.headers("id", 1, b"{}", [own])
    wanted = base64.b64encode(hmac.new(own.encode(), b"id.1.{}", hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{wanted}"
