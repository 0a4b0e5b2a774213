"""Only what the operator lists is reached, and every attempt is noted."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from axelered_box.domain.models import Generate, Generated
from axelered_box.egress import Egress, EgressDenied, EgressFailed
from axelered_box.modules.llm_options import LlmConfig
from axelered_box.pipeline import openai

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@contextlib.asynccontextmanager
async def server(answer: bytes, heard: list[bytes] | None = None) -> AsyncIterator[int]:
    """Serve one answer to every request on a loopback port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next(int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length"))
        body = await reader.readexactly(length)
        if heard is not None:
            heard.append(head + body)
        writer.write(answer)
        await writer.drain()
        writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with listening:
        yield listening.sockets[0].getsockname()[1]


def http(body: bytes, status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n".encode() + body


async def post(egress: Egress, url: str) -> int:
    return (await egress.post(url, headers={}, body=b"{}", limit_s=5)).status


@pytest.mark.parametrize("listed", ["127.0.0.1", "127.0.0.1:{port}", "10.0.0.0/8, 127.0.0.0/8"])
async def test_a_listed_host_or_network_is_reached(listed: str) -> None:
    async with server(http(b"{}")) as port:
        egress = Egress(listed.format(port=port), "EGRESS_ALLOW")
        assert await post(egress, f"http://127.0.0.1:{port}/v1") == 200
        assert [line["outcome"] for line in egress.lines] == ["200"]


@pytest.mark.parametrize("listed", ["", "127.0.0.1:1", "10.0.0.0/8", "model.local"])
async def test_all_others_are_not(listed: str) -> None:
    heard: list[bytes] = []
    async with server(http(b"{}"), heard) as port:
        egress = Egress(listed, "EGRESS_ALLOW")
        with pytest.raises(EgressDenied, match="EGRESS_ALLOW"):
            await post(egress, f"http://127.0.0.1:{port}/v1")
        assert heard == []
        assert [line["outcome"] for line in egress.lines] == ["denied"]


async def test_a_redirect_is_not_followed() -> None:
    answer = b"HTTP/1.1 302 Found\r\nlocation: http://localhost:1/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    async with server(answer) as port:
        assert await post(Egress("127.0.0.1", "EGRESS_ALLOW"), f"http://127.0.0.1:{port}/v1") == 302


async def test_a_server_that_is_not_there_fails_with_a_sentence() -> None:
    with pytest.raises(EgressFailed, match=r"127\.0\.0\.1:1 was not reached"):
        await post(Egress("127.0.0.1", "EGRESS_ALLOW"), "http://127.0.0.1:1/v1")


async def test_a_model_server_is_asked_as_openai_has_it() -> None:
    heard: list[bytes] = []
    answer = http(
        b'{"choices": [{"message": {"content": "Acme"}, "finish_reason": "stop"}],'
        b' "usage": {"prompt_tokens": 11, "completion_tokens": 2}}'
    )
    async with server(answer, heard) as port:
        config = LlmConfig(
            provider="openai", base_url=f"http://127.0.0.1:{port}/v1/", model="large", api_key="sk-secret-7"
        )
        egress = Egress("127.0.0.1", "EGRESS_ALLOW")
        reply = await openai.generate(egress, config, Generate(prompt="Who?", schema={"type": "string"}), 5)

    assert reply.answer == Generated(text="Acme", finished=True, prompt_tokens=11, completion_tokens=2)
    assert heard[0].startswith(b"POST /v1/chat/completions ")
    assert b"authorization: Bearer sk-secret-7" in heard[0]
    assert b'"json_schema"' in heard[0]
    assert "sk-secret-7" not in str(list(egress.lines))


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (http(b"{}", "401 Unauthorized"), "model_refused"),
        (http(b"{}", "404 Not Found"), "model_refused"),
        (http(b"{}", "500 Internal Server Error"), "model_error"),
        (http(b"<html>"), "model_error"),
        (http(b'{"choices": []}'), "model_error"),
    ],
)
async def test_what_a_model_server_refuses_has_a_code(answer: bytes, code: str) -> None:
    async with server(answer) as port:
        config = LlmConfig(provider="openai", base_url=f"http://127.0.0.1:{port}", model="large")
        reply = await openai.generate(Egress("127.0.0.1", "EGRESS_ALLOW"), config, Generate(prompt="Who?"), 5)

    assert reply.failure is not None
    assert reply.failure.code == code


async def test_a_model_server_that_is_not_listed_is_denied() -> None:
    config = LlmConfig(provider="openai", base_url="http://127.0.0.1:1", model="large")
    reply = await openai.generate(Egress("", "EGRESS_ALLOW"), config, Generate(prompt="Who?"), 5)

    assert reply.failure is not None
    assert reply.failure.code == "egress_denied"


@pytest.mark.parametrize(
    "url",
    [
        "https://[2002:7f00:1::]/",
        "https://[::127.0.0.1]/",
        "https://[fec0::1]/",
        "https://[64:ff9b:1:a00:0:100:808:808]/",
    ],
)
async def test_addresses_that_lead_inside_are_not_public(url: str) -> None:
    with pytest.raises(EgressDenied):
        await Egress("", "WEBHOOK_ALLOW", public=True).check(url)


@pytest.mark.parametrize(
    "url", ["http://a..b/", "http://127.0.0.1:99999/", "http://[127.0.0.1/", "http://127.0.0.1/\x7f"]
)
async def test_an_address_that_is_none_is_a_failure(url: str) -> None:
    with pytest.raises((EgressDenied, EgressFailed)):
        await post(Egress("a..b,127.0.0.1", "EGRESS_ALLOW"), url)


async def test_the_status_counts_however_long_the_answer_is() -> None:
    async with server(http(b"x" * 200_000)) as port:
        egress = Egress("127.0.0.1", "WEBHOOK_ALLOW")
        url = f"http://127.0.0.1:{port}/"
        assert await egress.tell(url, headers={}, body=b"{}", limit_s=5, most=65536) == 200
