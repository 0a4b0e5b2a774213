"""Where webhooks may go, and which bodies are refused when one is registered."""

from pathlib import Path
from typing import Any

import pytest

from tests.faces.face import open_face
from tests.samples.receiver import ALLOWED, finished_run, receiver, registered, until_status

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


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
