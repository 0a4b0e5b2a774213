"""A prompt as a turn of the conversation that a model was trained on, by the template in its file."""

from typing import Any

from jinja2.exceptions import TemplateError
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from axelered_box.domain.models import Generate, ModelFailed
from axelered_box.llm.runtime.vocabulary import Vocabulary

_SYSTEM, _PROMPT = "\x02system\x03", "\x02prompt\x03"


def prompt_tokens(ask: Generate, vocabulary: Vocabulary, template: str | None) -> list[int]:
    """Return the tokens of what a model is asked; a plain text where it has no template, or no chat is wanted.

    Only the template's own words become control tokens: what a document says cannot end a turn. Raises ModelFailed
    `model_broken` for a template that does not work.
    """
    if not ask.chat or template is None:
        return vocabulary.beginning(_plain(ask))
    try:
        text = _rendered(template, vocabulary, ask.system is not None)
    except (TemplateError, ValueError, TypeError) as error:
        why = f"The chat template in the model's file does not work: {error}. Ask without chat, or use another model."
        raise ModelFailed("model_broken", why) from error
    tokens: list[int] = []
    rest = text
    for mark, content in ((_SYSTEM, ask.system or ""), (_PROMPT, ask.prompt)):
        before, found, after = rest.partition(mark)
        if found:
            tokens += vocabulary.continuation(before, special=True) + vocabulary.continuation(content)
            rest = after
    tokens += vocabulary.continuation(rest, special=True)
    begin = vocabulary.beginning("")
    return tokens if tokens[: len(begin)] == begin else begin + tokens


def _plain(ask: Generate) -> str:
    return f"{ask.system}\n\n{ask.prompt}" if ask.chat and ask.system else ask.prompt


def _rendered(template: str, vocabulary: Vocabulary, system: bool) -> str:
    """Return the template filled with marks; where it knows no system's turn, that goes before the prompt."""
    formatter = Jinja2ChatFormatter(template, eos_token=vocabulary.end_name, bos_token=vocabulary.begin_name)
    user: Any = {"role": "user", "content": _PROMPT}
    if not system:
        return str(formatter(messages=[user]).prompt)
    first: Any = {"role": "system", "content": _SYSTEM}
    together: Any = {"role": "user", "content": f"{_SYSTEM}\n\n{_PROMPT}"}
    try:
        text = str(formatter(messages=[first, user]).prompt)
    except (TemplateError, ValueError):
        text = ""
    if _SYSTEM in text:
        return text
    return str(formatter(messages=[together]).prompt)
