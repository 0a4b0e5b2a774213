"""How a server that speaks OpenAI's protocol is asked for a text, and how its answers and failures are read."""

from typing import Any

import msgspec

from axelered_box.domain.model_wire import ModelReply, failed
from axelered_box.domain.models import Generate, Generated
from axelered_box.egress import Egress, EgressDenied, EgressFailed
from axelered_box.modules.llm_options import LlmConfig


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    usage: _Usage | None = None


async def generate(egress: Egress, config: LlmConfig, ask: Generate, limit_s: float) -> ModelReply:
    """Have a server go on with a text; what keeps it from that is the reply's failure."""
    headers = {"content-type": "application/json", "accept": "application/json"}
    if config.api_key is not None:
        headers["authorization"] = f"Bearer {config.api_key}"
    url = f"{(config.base_url or '').rstrip('/')}/chat/completions"
    body = msgspec.json.encode(_body(config, ask))
    try:
        answer = await egress.post(url, headers=headers, body=body, limit_s=limit_s)
    except EgressDenied as error:
        return failed("egress_denied", str(error))
    except EgressFailed as error:
        return failed("model_unreachable", f"The model server was not reached: {error}")
    except TimeoutError:
        sentence = f"The model server did not answer within {limit_s:g} s (MODEL_TIMEOUT_SECONDS)."
        return failed("model_timed_out", sentence)
    if answer.status != 200:
        return _refused(answer.status)
    try:
        completion = msgspec.json.decode(answer.body, type=_Completion)
        choice = completion.choices[0]
    except (msgspec.MsgspecError, IndexError):
        return failed("model_error", "The model server gave an answer that is none of OpenAI's protocol.")
    usage = completion.usage or _Usage()
    generated = Generated(
        text=choice.message.content or "",
        finished=choice.finish_reason != "length",
        prompt_tokens=usage.prompt_tokens,
        completion_tokens=usage.completion_tokens,
    )
    return ModelReply(answer=generated)


def _body(config: LlmConfig, ask: Generate) -> dict[str, Any]:
    """Return the request as the protocol has it."""
    system = [] if ask.system is None else [{"role": "system", "content": ask.system}]
    body: dict[str, Any] = {
        "model": config.model,
        "messages": [*system, {"role": "user", "content": ask.prompt}],
        "temperature": config.temperature,
        "max_tokens": config.max_tokens or ask.max_tokens,
        "seed": config.seed or 0,
        "stream": False,
    }
    if ask.stop:
        body["stop"] = ask.stop
    if ask.schema is not None:
        body["response_format"] = {"type": "json_schema", "json_schema": {"name": "answer", "schema": ask.schema}}
    return body


def _refused(status: int) -> ModelReply:
    """Return what a status other than 200 means."""
    if status in (401, 403):
        return failed("model_refused", f"The model server refused the key (HTTP {status}). Check llmConfig.apiKey.")
    if status == 404:
        return failed("model_refused", "The model server has no such model (HTTP 404). Check model and baseUrl.")
    return failed("model_error", f"The model server answered HTTP {status}. Its own log says more.")
